"""The page of one committee's report in a period: as it would be sent, or as it was."""

import hashlib
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.access import OFFICE, PEOPLE, RECORD

from ..models import Submission
from ..quotas.progress import Unanswerable
from ..reports.annual_page import above
from ..reports.annual_period import Period
from .composing import NOTES, UNITS, Composition, figures_of
from .corrections import SHEET, changes
from .freezing import pack
from .owing import AHEAD, LATE, REOPENED, RETURNED, SUBMITTED, WAITING
from .pages import Line

# Sheets of a report that a page shows unfolded.
FIRST = {"tong_hop", "theo_don_vi", SHEET, UNITS, NOTES}


class ReportTables:
    """The sheets of a report as a page shows them: [(Sheet, headings above, lines)], a line as `_sheet.html` takes it."""

    def __init__(self, report):
        self.report = report

    @property
    def first(self):
        """What every reader wants to see."""
        return [_table(sheet) for sheet in self.report.sheets if sheet.key in FIRST]

    @property
    def rest(self):
        return [_table(sheet) for sheet in self.report.sheets if sheet.key not in FIRST]


def _table(sheet):
    lines = [
        (row, row.look == "part", [(column, text, "") for column, text in cells])
        for row, cells in sheet.lines()
    ]
    return sheet, above(sheet), lines


class UnitPage:
    """One committee's report in a period: as it would be sent, or as it was."""

    def __init__(self, access, snapshot, owing, duty):
        self.access, self.snapshot, self.owing, self.duty = access, snapshot, owing, duty
        self.period, self.today = owing.period, access.today
        self.people = access.may(PEOPLE, duty.pk)
        self.line = Line(duty, self.today)
        self.moment = timezone.localtime()

    @property
    def may_send(self):
        """Whether the reader may send the report now."""
        return self.open and self.line.key != AHEAD and self.access.may(RECORD, self.duty.pk)

    @property
    def may_take_back(self):
        return self.line.key == SUBMITTED and self.access.may(RECORD, self.duty.pk)

    @property
    def checks(self):
        """Whether the reader works at the desk of the committee above, that of the period's last day or today's: who was
        above a unit that was moved since sees it no more."""
        if self.duty.above is None:
            return False
        tree = self.access.tree
        p = tree.of(self.duty.pk)
        up = int(tree.up[p]) if p >= 0 else -1
        desks = {self.duty.above} | ({tree.id(up)} if up >= 0 else set())
        return any(self.access.may(OFFICE, desk) for desk in desks)

    @property
    def may_judge(self):
        return self.line.key == SUBMITTED and self.checks

    @property
    def open(self):
        """Whether a report is still to be sent."""
        return self.line.key in {WAITING, LATE, RETURNED, REOPENED, AHEAD}

    @cached_property
    def composed(self):
        return Composition(self.snapshot, self.owing, self.duty, self.today)

    @cached_property
    def fault(self):
        """Why there is no report of these days; "" where there is one."""
        try:
            self.live  # noqa: B018
        except Unanswerable as why:
            return str(why)
        return ""

    @cached_property
    def live(self):
        """The Report as the register has it now."""
        return self.composed.report(self.people)

    @property
    def corrected(self):
        """[Corrected] of the closed reports that the report corrects; while it is open."""
        return [] if not self.open or self.fault else self.composed.corrected(self.people)

    @cached_property
    def shown(self):
        """The digest of what would be sent, small counts told."""
        return hashlib.sha256(pack(self.composed.report(True))).hexdigest()

    @cached_property
    def sent(self):
        """The Submission that the page shows, with its words; None."""
        row = self.duty.shown(self.today)
        return row and Submission.objects.select_related("sent_by", "judged_by").get(pk=row.pk)

    @cached_property
    def frozen(self):
        """The Report as sent, of the Submission shown; None."""
        return figures_of([self.sent.pk], whole=self.people).get(self.sent.pk) if self.sent else None

    @property
    def report(self):
        return self.live if self.open else self.frozen

    @property
    def tables(self):
        return ReportTables(self.report)

    @cached_property
    def doubts(self):
        """What the check says: of the live report while it is open, as it was said once it is sent."""
        if not self.open:
            return self.sent.doubts if self.sent else []
        return [] if self.fault else self.composed.doubts

    @cached_property
    def changed(self):
        """[Change] between what is closed and what the register says now."""
        standing = self.duty.standing
        if standing is None:
            return []
        said = figures_of([standing.pk], whole=self.people)[standing.pk]
        return changes(said, self.composed.plain(self.people))

    @property
    def address(self):
        return reverse("recruitment:period-unit", args=[self.period.pk, self.duty.code])

    @property
    def figures(self):
        """The live report of the same days, where every number opens the list behind it."""
        asked = Period(self.period.since, self.period.last_day).asked
        return f"{reverse('recruitment:report-annual', args=[self.duty.code])}?{urlencode(asked)}"

    @property
    def may_grant(self):
        return self.checks and self.line.key != SUBMITTED

    @property
    def history(self):
        return list(reversed(self.duty.sent))

    @property
    def title(self):
        return _("%(name)s, %(period)s") % {"name": self.duty.name, "period": self.period.name}
