"""What an administrator adds to the statute book and the calendar, dated and with its document, and the criteria a
committee adds for its own candidates."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Penned


class Mark(models.TextChoices):
    SEEN = "S", _("Đã đối chiếu văn bản")
    MEMORY = "M", _("Cần xác nhận")
    OPEN = "?", _("Chưa rõ, cần xác nhận")


class AddedRuleSet(Penned):
    """A rule set beside those of `rules/rulesets`: from its day on it says what the one before it said, until changed."""

    code = models.CharField(_("Mã"), max_length=20, unique=True)
    name = models.CharField(_("Tên"), max_length=160)
    since = models.DateField(_("Có hiệu lực từ"), unique=True)
    document = models.CharField(_("Số văn bản"), max_length=120)


class RuleChange(Penned):
    """One value of a rule set corrected, for steps dated `since` or later. Nothing is overwritten: the latest row of a
    day wins."""

    rule_set = models.CharField(_("Bộ quy tắc"), max_length=20)
    rule = models.CharField(_("Quy tắc"), max_length=32)
    value = models.JSONField(_("Giá trị"), null=True)
    citation = models.CharField(_("Căn cứ"), max_length=400)
    mark = models.CharField(_("Mức tin cậy"), max_length=1, choices=Mark.choices)
    document = models.CharField(_("Số văn bản"), max_length=120)
    since = models.DateField(_("Áp dụng từ ngày"))


class Holiday(Penned):
    """A weekday nobody works, or a day at a weekend that is worked in its place. Rows of `rules/calendar.csv` are laid
    down by a migration; an administrator adds each year's swap days."""

    class What(models.TextChoices):
        OFF = "nghỉ", _("Nghỉ")
        WORKED = "làm", _("Làm bù")

    day = models.DateField(_("Ngày"), unique=True)
    what = models.CharField(_("Nghỉ hay làm"), max_length=5, choices=What.choices)
    name = models.CharField(_("Tên"), max_length=80)
    mark = models.CharField(_("Mức tin cậy"), max_length=1, choices=Mark.choices, default=Mark.MEMORY)
    document = models.CharField(_("Số văn bản"), max_length=120, blank=True)


class Criterion(Penned):
    """What a committee asks of its candidates beyond the rules, from a day until a day (half-open)."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="criteria")
    text = models.CharField(_("Tiêu chí"), max_length=200)
    document = models.CharField(_("Số văn bản"), max_length=120, blank=True)
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"), null=True)

    class Meta(Penned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="criterion_ends_after_it_began"
            )
        ]

    def runs_on(self, day):
        """Whether it is asked of a step dated `day`."""
        return self.since <= day and (self.until is None or day < self.until)
