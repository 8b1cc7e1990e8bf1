from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Penned


class ReportPeriod(Penned):
    """A period for which a committee asks those below it for a report (kỳ báo cáo). Days [since, until), half-open;
    `due_on` is the last day on which a report is in time. Who owes one is read off the tree of its last day, never
    stored: whoever stood below the committee then, down to `reach`, and the committee itself, which puts them together."""

    class Reach(models.TextChoices):
        """Down to whom a report is asked for."""

        UNITS = "units", _("Đơn vị trực thuộc")
        GRASSROOTS = "grassroots", _("Đến tổ chức cơ sở đảng")
        CELLS = "cells", _("Đến từng chi bộ")

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="periods")
    name = models.CharField(_("Tên kỳ"), max_length=120)
    since = models.DateField(_("Từ ngày"))
    until = models.DateField(_("Đến trước ngày"))
    due_on = models.DateField(_("Hạn nộp"))
    document = models.CharField(_("Số văn bản"), max_length=200, blank=True)
    reach = models.CharField(_("Ai phải báo cáo"), max_length=10, choices=Reach.choices)
    dropped_on = models.DateField(null=True)

    class Meta(Penned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")), name="period_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("until")), name="period_due_once_it_is_over"
            ),
        ]

    @property
    def last_day(self):
        return self.until - timedelta(days=1)


class Submission(Penned):
    """One report of one committee for a period, as it was sent: the numbers, the papers (`FrozenReport`) and these words
    never change; what the level above made of it does. number: 1 for the first; after a return, or once reopened, the
    next. as_of: the entry of the journal up to which the numbers had read. name, above: what the committee was called and
    whom it was sent to (None for who opened the period): a reorganisation entered late must not take it off the list.

    doubts: what the check said when it was sent, as [{"sheet", "row", "column", "kind", "words"}]; behind: which reports
    of the units stood behind it, as {"accepted": [code], "submitted": [code], "lacking": [code]}."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Đã nộp, chờ kiểm tra")
        RETURNED = "returned", _("Bị trả lại")
        ACCEPTED = "accepted", _("Đã nhận, khóa sổ")
        WITHDRAWN = "withdrawn", _("Đơn vị đã rút lại")

    period = models.ForeignKey(ReportPeriod, on_delete=models.PROTECT, related_name="submissions")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="submissions")
    name = models.CharField(max_length=300, blank=True)
    above = models.ForeignKey(Committee, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUBMITTED)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField()
    as_of = models.BigIntegerField()
    notes = models.TextField(_("Ghi chú của đơn vị"), max_length=4000, blank=True)
    doubts = models.JSONField(default=list)
    behind = models.JSONField(default=dict)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    judged_at = models.DateTimeField(null=True)
    reason = models.CharField(_("Lý do trả lại"), max_length=1000, blank=True)

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["period", "committee", "number"], name="submission_number_once"),
            models.UniqueConstraint(
                fields=["period", "committee"],
                condition=models.Q(state="submitted"),
                name="submission_waits_once",
            ),
        ]


class FrozenReport(Penned):
    """The bytes of a submission in one form, as sent. Made by `bulk_create`, so that the journal keeps their digest and no
    copy. whole: as who may see persons reads it; else with counts under five merged. No names in either: those can be
    erased, these bytes cannot."""

    class Form(models.TextChoices):
        XLSX = "xlsx", "Excel"
        PDF = "pdf", "PDF"
        FIGURES = "json", _("Số liệu")

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="frozen")
    form = models.CharField(max_length=4, choices=Form.choices)
    whole = models.BooleanField()
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta(Penned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["submission", "form", "whole"], name="frozen_once"),
        ]


class Allowance(Penned):
    """An exception the level above grants one committee in a period: a later due day, or that a closed report may be sent
    anew. It holds to its last day (inclusive) and is over then by itself; `ended_on` ends it sooner, from that day on."""

    class Kind(models.TextChoices):
        LATER = "later", _("Nộp muộn hơn")
        REOPEN = "reopen", _("Mở lại để nộp lại")

    period = models.ForeignKey(ReportPeriod, on_delete=models.PROTECT, related_name="allowances")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="allowances")
    kind = models.CharField(_("Cho phép"), max_length=6, choices=Kind.choices)
    since = models.DateField()
    last_day = models.DateField(_("Đến hết ngày"))
    reason = models.CharField(_("Lý do"), max_length=400)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(null=True)

    class Meta(Penned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("since")), name="allowance_ends_after_it_began"
            ),
        ]

    def runs(self, day):
        """Whether it holds on a day."""
        return self.since <= day <= self.last_day and (self.ended_on is None or day < self.ended_on)
