from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Penned
from committees.models.penned import PennedQuerySet, require_pen
from committees.vietnamese import fold

from .group import Group


class Plan(Penned):
    """Who set targets, by which document, for which period (kế hoạch, nghị quyết). Stored half-open."""

    class Kind(models.TextChoices):
        """By what right it sets them. One result stands against the targets of each."""

        CONGRESS = "congress", _("Nghị quyết đại hội")
        ASSIGNED = "assigned", _("Ban thường vụ giao")
        OWN = "own", _("Kế hoạch của đơn vị")

        @classmethod
        def of(cls, issuer):
            """What an issuer's name tells where nobody said the kind: a congress, else a standing committee."""
            return cls.CONGRESS if "dai hoi" in fold(issuer) else cls.ASSIGNED

    class CountsBy(models.TextChoices):
        DECISION = "decision", _("Quyết định")
        CEREMONY = "ceremony", _("Lễ kết nạp")

    class Counts(models.TextChoices):
        ADMISSIONS = "admissions", _("Kết nạp")
        TRAINED = "trained", _("Cử học nhận thức")

    code = models.CharField(_("Mã kế hoạch"), max_length=40, unique=True)
    name = models.CharField(_("Tên"), max_length=200)
    kind = models.CharField(_("Loại kế hoạch"), max_length=10, choices=Kind.choices, default=Kind.ASSIGNED)
    issuer = models.CharField(_("Cơ quan ban hành"), max_length=160)
    committee = models.ForeignKey(Committee, null=True, on_delete=models.PROTECT, related_name="plans")
    document = models.CharField(_("Số văn bản"), max_length=120, blank=True)
    issued_on = models.DateField(_("Ngày ban hành"), null=True)
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"))
    counts_by = models.CharField(
        _("Ngày tính"), max_length=10, choices=CountsBy.choices, default=CountsBy.DECISION
    )
    counts = models.CharField(_("Đếm"), max_length=12, choices=Counts.choices, default=Counts.ADMISSIONS)
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    # The plan of the whole term whose years this one is one of: its targets are read beside the term's.
    term = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="years")

    class Meta(Penned.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="plan_ends_after_it_began")
        ]

    def __str__(self):
        return self.name

    @property
    def last_day(self):
        """The last day of the period, inclusive."""
        return self.until - timedelta(days=1)


_APPEND_ONLY = "A target is changed by another row from another day, never overwritten."


class QuotaQuerySet(PennedQuerySet):
    """Rows are added, or taken back with the slip or the load that brought them; none is ever changed."""

    def update(self, **values):
        require_pen()
        raise TypeError(_APPEND_ONLY)

    def bulk_create(self, objs, *args, **kwargs):
        if kwargs.get("update_conflicts"):
            raise TypeError(_APPEND_ONLY)
        return super().bulk_create(objs, *args, **kwargs)


class Quota(Penned):
    """The whole target of a committee under a plan, possibly for a group, from a day on. A change is a new row;
    nothing is overwritten (invariant 4).

    Exactly one shape: a number (`low` alone), a range (`low` and `high`), or a `rate` in per cent of the members.
    `at_least`: written "từ N trở lên", counted as N. `per_year`: N in each year of the plan's period. `base_on`: the
    day on which a rate's members are counted; the plan's first day when empty.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="quotas")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="quotas")
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="quotas")
    low = models.PositiveIntegerField(_("Chỉ tiêu"), null=True)
    high = models.PositiveIntegerField(_("đến"), null=True)
    rate = models.DecimalField(_("Tỷ lệ"), max_digits=7, decimal_places=4, null=True)
    at_least = models.BooleanField(_("trở lên"), default=False)
    per_year = models.BooleanField(_("mỗi năm"), default=False)
    base_on = models.DateField(_("Ngày lấy số đảng viên"), null=True)
    effective_on = models.DateField(_("Hiệu lực từ"))
    document = models.CharField(_("Số văn bản"), max_length=200, blank=True)
    reason = models.CharField(_("Lý do điều chỉnh"), max_length=400, blank=True)

    objects = QuotaQuerySet.as_manager()

    class Meta(Penned.Meta):
        constraints = [
            # Two constraints, because a missing group never equals another missing one in SQL.
            models.UniqueConstraint(
                fields=["plan", "committee", "effective_on"], condition=Q(group=None), name="quota_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["plan", "committee", "group", "effective_on"], name="group_quota_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(rate=None, low__isnull=False) | Q(rate__isnull=False, low=None, high=None),
                name="quota_has_one_shape",
            ),
            models.CheckConstraint(
                condition=Q(base_on=None) | Q(rate__isnull=False), name="quota_base_day_is_a_rates"
            ),
        ]

    def save(self, *args, **kwargs):
        """A first save only: what was once a target on a day stays so (invariant 4)."""
        if not self._state.adding:
            raise TypeError(_APPEND_ONLY)
        super().save(*args, **kwargs)
