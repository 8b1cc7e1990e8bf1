"""What a committee's report for a period is made of: the report of those days as every page has it, what has changed in
periods closed before, which units stand behind it, the committee's own words."""

from dataclasses import replace
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from committees import vietnamese

from ..figures.review import review
from ..models import FrozenReport, ReportPeriod, Submission, is_demo
from ..reports.annual import annual
from ..reports.annual_report import whole
from ..reports.base import ORDINAL, Column, Row, Sheet
from . import corrections, earlier
from .freezing import Form, freeze, unpack
from .owing import ACCEPTED, SUBMITTED, WORDS
from .sending import Prepared

UNITS, NOTES = "don_vi_nop", "ghi_chu"


def figures_of(submissions, *, whole):
    """{id of a Submission: Report as it was sent}. One query."""
    rows = FrozenReport.objects.filter(submission__in=submissions, form=Form.FIGURES, whole=whole)
    return {row.submission_id: unpack(row.content) for row in rows}


class Composition:
    """A committee's report for a period, as the register has it now. owing: the Owing; duty: the committee's Duty in it.
    Everything is worked out when asked, and once."""

    def __init__(self, snapshot, owing, duty, today):
        self.snapshot, self.owing, self.duty, self.today = snapshot, owing, duty, today
        self.period = owing.period
        self._corrections, self._reports = {}, {}  # {whether small counts are told: what was worked out}

    def _made(self, period, people, code=""):
        """The report of a period's days, no name in it. Two queries."""
        found = annual(
            self.snapshot, code or self.duty.code, since=period.since, last=period.last_day, people=people,
            today=self.today, demo=self._demo,
        )  # fmt: skip
        return whole(found, names=False)  # what is kept for good names nobody: bytes cannot be erased

    @cached_property
    def _demo(self):
        return is_demo()

    @cached_property
    def _accepted(self):
        """[Submission] that hold of the committee and of those that ended and for which it answers."""
        return earlier.accepted([self.duty.pk, *self.owing.succeeded(self.duty)])

    @cached_property
    def _closed(self):
        return earlier.looked_at([row for row in self._accepted if row.period.until <= self.period.since])

    def corrected(self, people):
        """[Corrected] of the periods closed before this one began, as nobody told it yet; the latest period first. Some
        queries a period, once."""
        if people not in self._corrections:
            self._corrections[people] = self._correct(people)
        return self._corrections[people]

    def _correct(self, people):
        closed, _left = self._closed
        reports = figures_of(self._accepted, whole=people) if closed else {}
        found = []
        for row in closed:
            made = self._made(row.period, people, row.committee.code)
            moved = corrections.changes(reports[row.pk], made, self._told(row, reports))
            found.append(earlier.Corrected(row, row.committee_id == self.duty.pk, moved))
        return [one for one in found if one.changes]

    def _told(self, row, reports):
        """{key of a figure: Change} of a closed report by those accepted that were made after it, of whatever days; not by
        an earlier one of this very period, which this one replaces."""
        told = {}
        for other in reversed(self._accepted):
            if other.as_of > row.as_of and other.period_id != self.period.pk:
                mark = earlier.mark(row, other.committee_id == row.committee_id)
                told |= corrections.told_by(reports[other.pk], mark)
        return told

    def report(self, people, notes=""):
        """The Report as it would be sent."""
        made = self.plain(people)
        told = [(one.mark, one.name, one.changes) for one in self.corrected(people)]
        left = [row.period.name for row in self._closed[1]]
        own = [corrections.sheet(told, left), self._units(), _notes(notes)]
        return replace(made, sheets=[*made.sheets, *filter(None, own)])

    def plain(self, people):
        """The report of the days alone. Two queries, once."""
        if people not in self._reports:
            self._reports[people] = self._made(self.period, people)
        return self._reports[people]

    @cached_property
    def units(self):
        """[Duty] of the units directly below."""
        return self.owing.units(self.duty)

    @property
    def behind(self):
        """Which units' reports stand behind this one, by code: {"accepted", "submitted", "lacking"}."""
        said = {"accepted": [], "submitted": [], "lacking": []}
        for unit in self.units:
            sent = unit.behind(self.today)
            said["lacking" if sent is None else sent.state].append(unit.code)
        return said

    def _units(self):
        """The sheet that tells which units stand behind the report, and which lack; None where there is none below."""
        if not self.units:
            return None
        rows = []
        for k, unit in enumerate(self.units, 1):
            sent, state = unit.behind(self.today), unit.state(self.today)
            cells = {"tt": k, "name": unit.name, "state": str(WORDS[state])}
            if sent is not None:
                cells["sent"] = timezone.localdate(sent.sent_at)
                cells["accepted"] = sent.judged_at and timezone.localdate(sent.judged_at)
                if state not in {SUBMITTED, ACCEPTED}:
                    cells["state"] += _("; còn bản đã nhận")
            rows.append(Row(unit.code, cells))
        columns = (
            Column("tt", _("TT"), ORDINAL, 5),
            Column("name", _("Đơn vị"), width=40),
            Column("state", _("Báo cáo của đơn vị"), width=26),
            Column("sent", _("Nộp ngày"), "day", 12),
            Column("accepted", _("Nhận ngày"), "day", 12),
        )
        told = {name: len(codes) for name, codes in self.behind.items()} | {"all": len(self.units)}
        note = _("Đứng sau báo cáo này: %(accepted)d/%(all)d đơn vị đã nhận, %(submitted)d chờ kiểm tra; còn thiếu %(lacking)d.")  # fmt: skip
        return Sheet(
            UNITS, _("Đơn vị nộp"), _("Báo cáo của đơn vị trực thuộc trong kỳ"), columns, rows, notes=(note % told,)
        )  # fmt: skip

    @cached_property
    def doubts(self):
        """[Doubt] of the check: the report against itself, last year's as sent, the units' as sent. Three queries."""
        behind = ((unit.code, unit.behind(self.today)) for unit in self.units)
        sent = {row.pk: code for code, row in behind if row is not None}
        children = [(sent[pk], report) for pk, report in figures_of(list(sent), whole=True).items()]
        return review(self.plain(True), before=self._year_ago(), children=children)

    def _year_ago(self):
        """The committee's closed report of the same days a year before, as sent; None where there is none."""
        first = vietnamese.add_months(self.period.since, -12)
        until = vietnamese.add_months(self.period.until, -12)
        same = ReportPeriod.objects.filter(since=first, until=until, dropped_on=None)
        rows = Submission.objects.filter(
            period__in=same, committee_id=self.duty.pk, state=Submission.State.ACCEPTED
        )
        row = rows.order_by("-judged_at").first()
        return figures_of([row.pk], whole=True).get(row.pk) if row else None

    def prepared(self, notes):
        """What `sending.submit` freezes: both editions, without and with small counts merged."""
        kept = [one for people in (True, False) for one in freeze(self.report(people, notes), whole=people)]
        doubts = [
            {"sheet": one.sheet, "row": one.row, "column": one.column, "kind": one.kind, "words": one.words}
            for one in self.doubts
        ]
        return Prepared(kept=kept, as_of=self.snapshot.number, doubts=doubts, behind=self.behind)


def _notes(text):
    """The committee's own words as a sheet, a line a row; None without any."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return None
    columns = (Column("tt", _("TT"), ORDINAL, 5), Column("name", _("Nội dung"), width=90))
    rows = [Row(str(k), {"tt": k, "name": line}) for k, line in enumerate(lines, 1)]
    return Sheet(NOTES, _("Ghi chú"), _("Ghi chú của đơn vị"), columns, rows)
