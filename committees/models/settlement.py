from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .. import vietnamese
from .committee import Committee
from .penned import Penned, PennedQuerySet


class Settlement(Penned):
    """A place where people live together (thôn, xóm, ấp, bản, khu phố, tổ dân phố), for as long as anything is
    remembered of it. Of which committee it is and which cell answers for it stands in its coverage: that changes."""

    class Kind(models.TextChoices):
        THON = "thon", _("Thôn")
        XOM = "xom", _("Xóm")
        AP = "ap", _("Ấp")
        BAN = "ban", _("Bản")
        KHU_PHO = "khu_pho", _("Khu phố")
        TO_DAN_PHO = "to_dan_pho", _("Tổ dân phố")

    code = models.CharField(_("Mã thôn"), max_length=40, unique=True)
    name = models.CharField(_("Tên"), max_length=120)
    search = models.CharField(max_length=120, editable=False)
    kind = models.CharField(_("Loại"), max_length=12, choices=Kind.choices)
    # Set once it has ended: what it was merged into, and by which document.
    heir = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged", verbose_name=_("Nhập vào")
    )
    ended_by = models.CharField(_("Văn bản kết thúc"), max_length=200, blank=True)

    class Meta(Penned.Meta):
        verbose_name = _("Thôn, xóm, ấp, bản, khu phố, tổ dân phố")

    def __str__(self):
        return self.code

    def save(self, *args, **kwargs):
        self.search = vietnamese.fold(self.name)
        return super().save(*args, **kwargs)


class CoverageQuerySet(PennedQuerySet):
    def running_on(self, day):
        """Rows in force on the day (inclusive of the day they began, exclusive of the day they ended)."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))


class Coverage(Penned):
    """Settlement X was of committee Y and answered for by cell C, from day `since` until day `until` (half-open). Rows of
    one settlement never overlap; the last one's end is the settlement's own."""

    class State(models.TextChoices):
        OWN = "own", _("Có chi bộ riêng")
        SHARED = "shared", _("Sinh hoạt ghép")
        NONE = "none", _("Chưa có chi bộ")

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="coverage")
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="settlements", verbose_name=_("Của tổ chức đảng")
    )
    state = models.CharField(_("Hình thức"), max_length=8, choices=State.choices)
    cell = models.ForeignKey(
        Committee, null=True, on_delete=models.PROTECT, related_name="covered", verbose_name=_("Chi bộ")
    )
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"), null=True)
    document = models.CharField(_("Số văn bản"), max_length=200, blank=True)
    note = models.CharField(_("Ghi chú"), max_length=400, blank=True)

    objects = CoverageQuerySet.as_manager()

    class Meta(Penned.Meta):
        verbose_name = _("Chi bộ của thôn, xóm")
        constraints = [
            models.UniqueConstraint(fields=["settlement", "since"], name="coverage_once_a_day"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="coverage_ends_after_it_began"
            ),
            # Who meets with others may do so in a cell nobody wrote down.
            models.CheckConstraint(
                condition=Q(state="own", cell__isnull=False) | Q(state="none", cell=None) | Q(state="shared"),
                name="coverage_names_its_cell",
            ),
        ]
