"""Figures checked and kept on purpose, and what two levels answered where their figures differ."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Penned

from .group import Group


class KeptCheck(Penned):
    """A text of claims that an account kept to check again: its own alone. Verdicts are not stored, they follow from it."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="kept_checks"
    )
    name = models.CharField(_("Tên"), max_length=120)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta(Penned.Meta):
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="check_kept_once")]


class GapAnswer(Penned):
    """What one side says where two figures of one thing differ (chênh lệch số liệu): its number and why. Never changed;
    a side that thinks again answers again, and the latest holds. `said` and `other` are the two figures it was given about.
    Period stored half-open."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="gap_answers")
    kind = models.CharField(max_length=20)
    indicator = models.CharField(_("Chỉ tiêu báo cáo"), max_length=120)
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"))
    said = models.DecimalField(max_digits=16, decimal_places=4)
    other = models.DecimalField(max_digits=16, decimal_places=4)
    side = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="+")
    number = models.DecimalField(_("Số đúng"), max_digits=16, decimal_places=4)
    reason = models.CharField(_("Lý do"), max_length=400)
    answered_at = models.DateTimeField()

    class Meta(Penned.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="gap_period")
        ]
        indexes = [models.Index(fields=["committee", "since"], name="gap_place")]
