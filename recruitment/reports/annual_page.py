"""The page of a report: its form, the addresses behind its numbers, what the templates need around both."""

from dataclasses import replace
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from committees.forms import DayField

from ..models import Plan
from ..quotas.breakdown import PARTITIONS
from ..quotas.forms import Answering, Menu, OneOf, TreeField, plans_for
from ..quotas.links import Links
from ..quotas.place import crumbs, name_on
from ..quotas.progress import REPORTED, Unanswerable
from .annual_period import read_year
from .annual_report import FURTHER, on_screen, rows
from .annual_words import finding_pieces
from .base import PART

# Rows past which a report as a file is made in the background: a second on a small machine, with what its sheets ask.
LONG = 2_000
ASKED = ("year", "since", "last", "plan", "tree_on", "sheet")


class PeriodForm(Answering, forms.Form):
    """Which year, or which days instead, held against which plan, by which tree."""

    year = forms.CharField(label=_("Năm"), required=False)
    since = DayField(label=_("Hoặc từ ngày"))
    last = DayField(label=_("Đến hết ngày"))
    plan = OneOf(label=_("So với kế hoạch"), required=False)
    tree_on = TreeField()
    sheet = OneOf(label=_("Bảng"), required=False, choices=[("", ""), *FURTHER.items()])

    def __init__(self, data, *, snapshot, code, today):
        super().__init__(data)
        self.today = today
        plans, nearest = plans_for(snapshot, code, today, among=_counts_admissions)
        # To begin with: the last year of the plan in view, as the dashboard shows its last day.
        self.first = str(min(nearest.last_day.year, today.year) if nearest else today.year)
        decided = snapshot.admissions["decided"]
        begun = [plan.since.year for plan in plans] + [today.year]
        if len(decided):
            begun.append(today.fromordinal(int(decided.min())).year)
        offered = [str(year) for year in range(today.year, min(begun) - 1, -1)]
        given = self.data.get("year") or self.first
        self.data = {"year": given, **{name: self.data.get(name, "") for name in ASKED[1:]}}
        self.fields["tree_on"].offer(self.data["tree_on"], today)
        if given not in offered:
            offered.append(given)
        self.fields["year"].widget = Menu(choices=[(year, year) for year in offered])
        own = [("", _("Kế hoạch của kỳ ấy"))]
        self.fields["plan"].choices = own + [(plan.code, plan.name) for plan in plans]

    def clean_year(self):
        try:
            return read_year(self.cleaned_data["year"], self.today)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self):
        said = super().clean()
        given = {name for name in ("since", "last") if self.data[name]}
        for name in {"since", "last"} - given if given else ():
            self.add_error(
                name, _("Một kỳ khác năm cần cả ngày đầu và ngày cuối, ví dụ 01/01/2025 và 31/03/2025.")
            )
        return said

    def answer(self, question):
        """question(year or None, since=…, last=…, plan=…, tree_on=…), or None with the form's errors telling why there is
        no answer."""
        if not self.is_valid():
            return None
        try:
            said = self.cleaned_data
            days = {"since": said["since"], "last": said["last"]}
            year = None if said["since"] else said["year"]
            return question(year, **days, plan=said["plan"] or None, tree_on=said["tree_on"])
        except Unanswerable as error:
            self.refused(error)
            return None


def _counts_admissions(plan):
    return plan.counts == Plan.Counts.ADMISSIONS


class AnnualPage:
    """Around an Annual; `found` is None where the address asked for what has no answer."""

    def __init__(self, access, snapshot, committee, form, found):
        self.access, self.snapshot, self.committee = access, snapshot, committee
        self.form, self.found = form, found
        self.sheet = form.cleaned_data["sheet"] if found else ""
        self.report = on_screen(found, self.sheet) if found else None
        self.moment = timezone.localtime()

    @cached_property
    def name(self):
        if self.found:
            return self.found.question.name
        return name_on(self.snapshot, self.committee.code, self.access.today)

    @cached_property
    def crumbs(self):
        if not self.found:
            return []
        return crumbs(self.access, self.found.tree, self.found.position)

    def _query(self, **other):
        said = self.found.period.asked | {"tree_on": self.form.data["tree_on"]} | other
        return urlencode({name: value for name, value in said.items() if value})

    @cached_property
    def files(self):
        """{form: address} of the same report as a file."""
        query = self._query(plan=self.form.cleaned_data["plan"])
        return {
            form: f"{reverse('recruitment:report-annual-file', args=[self.committee.code, form])}?{query}"
            for form in ("xlsx", "pdf", "docx")
        }

    @cached_property
    def rows(self):
        """How many rows the file has, at most."""
        return rows(self.found)

    @property
    def long(self):
        """Whether the file is made in the background."""
        return self.rows > LONG

    @cached_property
    def parts(self):
        """[(words, address, whether it is shown)] of the parts of the year that have begun."""
        begun = [part for part in self.found.period.parts if part.first <= self.access.today]
        return [
            (part.short, self._here(part.asked | {"sheet": self.sheet}), part == self.found.period)
            for part in begun
        ]

    @cached_property
    def sheets(self):
        """[(words, address, whether it is shown)] of what the page can show."""
        asked = self.found.period.asked | {"plan": self.form.cleaned_data["plan"]}
        return [
            (words, self._here(asked | {"sheet": key}), key == self.sheet)
            for key, words in {"": _("Kết quả, đơn vị"), **FURTHER}.items()
            if key != "bieu_2b" or self.found.people
        ]

    def _here(self, said):
        said = said | {"tree_on": self.form.data["tree_on"]}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{reverse('recruitment:report-annual', args=[self.committee.code])}?{query}"

    @cached_property
    def finding(self):
        """[(words, explanation)] of the sentence that tells the period; only a share of a plan's target has one."""
        pieces = finding_pieces(self.found)
        return [(text, self._plan_links.explained(plan=plan) if plan else "") for text, plan in pieces]

    @property
    def changes(self):
        """What was entered, corrected or cancelled since the day the numbers end with."""
        return self._plan_links.changes()

    @cached_property
    def tables(self):
        """[(Sheet, [(heading above, how many columns, how many rows)], lines)]; a line is (Row, whether a heading,
        [(Column, text, address)])."""
        return [(sheet, above(sheet), self._lines(sheet)) for sheet in self.report.sheets]

    def _lines(self, sheet):
        return [
            (
                row,
                row.look == PART and not any(text for _, text in cells[1:]),
                [
                    (column, text, self._address(sheet, row, column) if text not in {"", "0"} else "")
                    for column, text in cells
                ],
            )
            for row, cells in sheet.lines()
        ]

    def _address(self, sheet, row, column):
        """The list behind a number: the same question, so that it holds as many; the explanation of a percentage of a
        plan's target (column or row "percent", "percent_0" … against the others); "" where nothing may be opened."""
        what, code = column.key, self.committee.code
        if sheet.key in FURTHER and sheet.key != "nhiem_ky":
            return self._listed(row.key.split(":", 2), what) if sheet.key.startswith("bieu") else ""
        if sheet.key == "tong_hop":
            what = row.key if column.key == "value" else ""
        elif not row.key.startswith(":"):
            code = row.key
            if what == "name" and self.access.may(
                "figures", self.found.tree.id(self.found.tree.of(self._id(code)))
            ):
                return f"{reverse('recruitment:report-annual', args=[code])}?{self._query()}"
        elif row.key != ":whole":
            return ""
        return self._opens(what, code)

    def _listed(self, asks, what):
        """The list behind a figure of an official form: those admitted, of a group, of a line."""
        if what not in {"now", "before"}:
            return ""
        span, links = self._spans[what], self._span_links(what)
        first = {"decided_from": span.first.isoformat()}
        if asks in (["total"], ["flow", "admitted"]):
            return self._opens(what, self.committee.code)
        if asks[0] == "group":
            return links.admissions(**first, also=asks[1])
        if asks[0] == "line" and asks[2] in PARTITIONS.get(asks[1], ()):
            return links.admissions(**first, band=f"{asks[1]}:{asks[2]}")
        return ""

    def _span_links(self, what):
        return Links(self._spans[what].question, people=self.found.people)

    def _id(self, code):
        return self.snapshot.structure.ids[self.snapshot.structure.by_code[code]]

    def _opens(self, what, code):
        found = self.found
        if what in self._spans:
            span = self._spans[what]
            year = found.period.year and what in {"now", "before"}
            days = {"year": span.first.year} if year else {"decided_from": span.first.isoformat()}
            return self._span_links(what).admissions(code, **days)
        if found.plan is None:
            return ""
        if what == "target":
            return self._plan_links.quotas(code)
        if what.startswith("percent"):
            k = what.removeprefix("percent").removeprefix("_")
            plan = found.several.others(found.plan)[int(k)].plan if k else found.plan
            return self._plan_links.explained(code, plan=plan.code)
        return self._plan_links.admissions(code) if what == "admitted" and not self._told(code) else ""

    def _told(self, code):
        """Whether the number is a report: no list stands behind it."""
        standings = [self.found.found.node, *self.found.found.children]
        return any(standing.code == code and standing.basis == REPORTED for standing in standings)

    @cached_property
    def _plan_links(self):
        return Links(replace(self.found.question, plan=self.found.plan), people=self.found.people)

    @cached_property
    def _spans(self):
        """{column or row: the Span of days it counts}."""
        found, term = self.found, self.found.term
        spans = {"now": found.now, "before": found.before}
        return spans | ({"term_now": term.now, "term_same": term.same} if term else {})


def above(sheet):
    """What stands over the headings: (words, columns, rows), one heading over the columns that share it."""
    if not any(column.under for column in sheet.columns):
        return []
    found = []
    for column in sheet.columns:
        if column.under and found and found[-1][0] == column.under:
            found[-1] = (column.under, found[-1][1] + 1, 1)
        else:
            found.append((column.under or column.heading, 1, 1 if column.under else 2))
    return found
