from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .committee import Committee
from .penned import Penned


class Flow(Penned):
    """Members of a committee who came and went in [since, until) (biến động đảng viên), by the rows of form 1-BTCTW, as
    the committee says itself; whoever was admitted is counted from records and stands not here.

    Rows of one committee never overlap: a quarter, its months, or single days in which something happened.
    """

    INCREASE = ("from_other_province", "from_same_province", "restored")
    DECREASE = ("died", "expelled", "struck_off", "asked_out", "moved_out")
    NAMES = (
        *INCREASE,
        "died",
        "expelled",
        "struck_off",
        "struck_off_probationary",
        "asked_out",
        "moved_out",
    )

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="flows", verbose_name=_("Tổ chức đảng")
    )
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"))
    from_other_province = models.PositiveIntegerField(_("Chuyển đến từ tỉnh khác"), default=0)
    from_same_province = models.PositiveIntegerField(_("Chuyển đến trong tỉnh"), default=0)
    restored = models.PositiveIntegerField(_("Phục hồi"), default=0)
    died = models.PositiveIntegerField(_("Từ trần"), default=0)
    expelled = models.PositiveIntegerField(_("Khai trừ"), default=0)
    struck_off = models.PositiveIntegerField(_("Xóa tên"), default=0)
    struck_off_probationary = models.PositiveIntegerField(_("Trong đó dự bị"), default=0)
    asked_out = models.PositiveIntegerField(_("Xin ra"), default=0)
    moved_out = models.PositiveIntegerField(_("Chuyển đi"), default=0)
    document = models.CharField(_("Nguồn, số văn bản"), max_length=200, blank=True)

    class Meta(Penned.Meta):
        verbose_name = _("Biến động đảng viên")
        constraints = [
            models.UniqueConstraint(fields=["committee", "since"], name="flow_once"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="flow_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(struck_off_probationary__lte=F("struck_off")), name="probationary_are_a_part"
            ),
        ]

    @property
    def last_day(self):
        """The last day of the period, inclusive."""
        return self.until - timedelta(days=1)
