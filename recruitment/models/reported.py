from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Penned

from .group import Group


class ReportedFigure(Penned):
    """What a unit or a document says (số liệu báo cáo): never mixed with what records show. Period stored half-open."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="reported_figures")
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"))
    indicator = models.CharField(_("Chỉ tiêu báo cáo"), max_length=120)
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="reported_figures")
    value = models.DecimalField(_("Giá trị"), max_digits=16, decimal_places=4)
    source = models.CharField(_("Nguồn"), max_length=300, blank=True)

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "since", "until", "indicator", "source"],
                condition=Q(group=None),
                name="reported_once_a_source",
            ),
            models.UniqueConstraint(
                fields=["committee", "since", "until", "indicator", "group", "source"],
                name="reported_once_a_group_and_source",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="reported_period"),
        ]
