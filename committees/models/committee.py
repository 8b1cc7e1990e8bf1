from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .. import vietnamese
from .penned import Penned, PennedQuerySet


class Kind(models.TextChoices):
    """The six kinds of party organisation; their words are the `Loại` of the workbooks."""

    PROVINCE = "province", _("Đảng bộ tỉnh")
    UPPER = "upper", _("Đảng bộ cấp trên trực tiếp cơ sở")
    GRASSROOTS_PARTY = "grassroots_party", _("Đảng bộ cơ sở")
    GRASSROOTS_CELL = "grassroots_cell", _("Chi bộ cơ sở")
    SECTION = "section", _("Đảng bộ bộ phận")
    CELL = "cell", _("Chi bộ trực thuộc")

    @classmethod
    def grassroots(cls):
        """Tổ chức cơ sở đảng (TCCSĐ)."""
        return {cls.GRASSROOTS_PARTY.value, cls.GRASSROOTS_CELL.value}

    @classmethod
    def cells(cls):
        """Chi bộ: the only kinds at which anyone is admitted."""
        return {cls.GRASSROOTS_CELL.value, cls.CELL.value}


class LawfulPair(Penned):
    """A kind that may stand directly under another; an empty parent means at the top. Data, so that a new model of
    organisation needs no new code (contracts, KIND committees)."""

    parent_kind = models.CharField(max_length=20, choices=Kind.choices, blank=True)
    child_kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta(Penned.Meta):
        constraints = [models.UniqueConstraint(fields=["parent_kind", "child_kind"], name="pair_once")]


class Committee(Penned):
    """A party organisation for as long as anything is remembered of it. What it was called, of which kind and under
    whom stands in its placements: those change, the committee does not."""

    code = models.CharField(_("Mã tổ chức"), max_length=40, unique=True)

    def __str__(self):
        return self.code


class PlacementQuerySet(PennedQuerySet):
    def standing_on(self, day):
        """Placements in force on the day (inclusive of the day they began, exclusive of the day they ended)."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))


class Placement(Penned):
    """Committee X was called N, of kind K, under Y, from day `since` until day `until` (half-open)."""

    # Where a workbook names no day: it has always stood, as far as this register remembers.
    BEGINNING = date(1930, 2, 3)

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="placements")
    name = models.CharField(_("Tên tổ chức đảng"), max_length=200)
    search = models.CharField(max_length=200, editable=False)
    kind = models.CharField(_("Loại"), max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        Committee, null=True, on_delete=models.PROTECT, related_name="child_placements"
    )
    organisation_type = models.CharField(_("Loại hình"), max_length=80, blank=True)
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"), null=True)

    objects = PlacementQuerySet.as_manager()

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["committee", "since"], name="placement_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="placement_ends_after_it_began"
            ),
        ]

    def save(self, *args, **kwargs):
        self.search = vietnamese.fold(self.name)
        return super().save(*args, **kwargs)


class Succession(Penned):
    """Committee `old` ended and `heir` answers for it from `day` on. In a split the rows name shares; the principal
    heir is the one the tree follows. A committee that ended without a row is answered for by the one above it."""

    old = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="heirs")
    heir = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="inherited")
    day = models.DateField()
    share = models.DecimalField(max_digits=7, decimal_places=6, default=1)
    principal = models.BooleanField(default=True)
    document = models.CharField(max_length=120, blank=True)

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["old", "heir", "day"], name="heir_once"),
            models.UniqueConstraint(
                fields=["old", "day"], condition=Q(principal=True), name="one_principal_heir"
            ),
            models.CheckConstraint(condition=~Q(old=F("heir")), name="nobody_inherits_from_itself"),
        ]
