from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Penned

from .group import Group


class Plan(Penned):
    """Who set targets, by which document, for which period (kế hoạch, nghị quyết). Stored half-open."""

    class CountsBy(models.TextChoices):
        DECISION = "decision", _("Quyết định")
        CEREMONY = "ceremony", _("Lễ kết nạp")

    class Counts(models.TextChoices):
        ADMISSIONS = "admissions", _("Kết nạp")
        TRAINED = "trained", _("Cử học nhận thức")

    code = models.CharField(_("Mã kế hoạch"), max_length=40, unique=True)
    name = models.CharField(_("Tên"), max_length=200)
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


class Quota(Penned):
    """The whole target of a committee under a plan, possibly for a group, from a day on. A change is a new row;
    nothing is overwritten (invariant 4).

    Exactly one shape: a number (`low` alone), a range (`low` and `high`), or a `rate` in per cent of the members.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="quotas")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="quotas")
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="quotas")
    low = models.PositiveIntegerField(_("Chỉ tiêu"), null=True)
    high = models.PositiveIntegerField(_("đến"), null=True)
    rate = models.DecimalField(_("Tỷ lệ"), max_digits=7, decimal_places=4, null=True)
    effective_on = models.DateField(_("Hiệu lực từ"))
    document = models.CharField(_("Số văn bản"), max_length=200, blank=True)

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
        ]
