from django.db import models
from django.utils.translation import gettext_lazy as _

from .committee import Committee
from .penned import Penned


class Headcount(Penned):
    """Members of a committee on a day (số đảng viên), probationary members among them."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="headcounts")
    day = models.DateField(_("Ngày"))
    members = models.PositiveIntegerField(_("Số đảng viên"))
    probationary = models.PositiveIntegerField(_("Dự bị"), null=True)

    class Meta(Penned.Meta):
        constraints = [models.UniqueConstraint(fields=["committee", "day"], name="headcount_once")]
