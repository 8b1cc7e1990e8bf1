"""A dossier on one page: every paper with its validity on the day the cell is likely to meet, and the faults looked
for. Pure."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import add_months, day

from .. import fields
from ..inputs import Day
from ..models import Stage
from ..rules import deadlines, faults
from ..rules.dossier import Paper
from ..rules.papers import FAIL, KINDS, LAPSING, WAIT, Kind
from .actions import rank
from .ahead import CLASS, DECISIVE, MEMBER_CLASS, MENTOR, ON_ADMISSION, WAY, against, label_of, wanted

# What a cell's meeting looks at: until the admission is decided, and after the ceremony.
_BEFORE, _AFTER = WAY[: WAY.index("member_file")], WAY[WAY.index("member_file") :]
MEETS_ON = 10  # the day of the month on which most cells meet (office_practice.md §5)


@dataclass(frozen=True)
class Row:
    """One paper. state: "ok", "missing", "lapsed" (on the day asked), "lapses" (ninety days or less are left then) or
    "open" (it did not conclude well). until: the last day on which it holds, None where it does not lapse."""

    label: str
    form: str
    number: str
    on: date | None
    state: str
    until: date | None = None


@dataclass(frozen=True)
class Checklist:
    """step: the next decisive Kind, None where the road ended; objections: what would forbid it on the day `on`; faults:
    the thirty rows of `rules.faults`, whatever was found in each."""

    on: date
    rows: list
    step: Kind | None
    objections: list
    faults: list

    @property
    def there(self):
        return sum(row.state in {"ok", "lapses"} for row in self.rows)

    @property
    def found(self):
        """Every fault found, ticks not confirmed among them, as Objections in the order of the list."""
        return [one for row in self.faults for one in row.found]


class DayForm(forms.Form):
    """The day on which the cell is likely to meet."""

    on = Day(fields.day, label=_("Ngày họp dự kiến"), required=True)

    def __init__(self, data=None, *, proposed):
        self.proposed = proposed
        super().__init__(data, initial={"on": day(proposed)})

    @property
    def day(self):
        return self.cleaned_data["on"] if self.is_valid() else self.proposed

    @property
    def status(self):
        return 400 if self.is_bound and not self.is_valid() else 200


def cell_meets_on(today):
    """The tenth of the next month: the cell's next meeting but one that may be over."""
    return add_months(today.replace(day=1), 1).replace(day=MEETS_ON)


def checklist(facts, on, book):
    """The Checklist of a dossier for a day, past or to come."""
    left = [code for code in WAY if wanted(facts, code, on)]
    if facts.stage in {Stage.CLOSED, Stage.OFFICIAL}:
        left = []
    step = next((KINDS[code] for code in left if code in DECISIVE), None)
    codes = _AFTER if rank(facts.stage) >= rank(Stage.PROBATION) else _BEFORE
    rules = book.statute.on(on)
    return Checklist(
        on=on,
        rows=[row for code in codes if (row := _row(facts, code, on, rules)) is not None],
        step=step,
        objections=against(facts, step.code, on, book) if step else [],
        faults=faults.table(facts, book, on),
    )


def _row(facts, code, on, rules):
    """The Row of one part of the road; None where this candidacy has no such part."""
    if code in {CLASS, MEMBER_CLASS}:
        days = facts.certificates if code == CLASS else facts.new_member_certificates
        held = max((issued for issued in days if issued <= on), default=None)
        until = held and code == CLASS and deadlines.certificate_lapses_on(held, rules)
        return Row(
            label_of(code),
            "CN-NTVĐ" if code == CLASS else "",
            "",
            held,
            _state(held, until, on),
            until or None,
        )
    if code == MENTOR:
        helping = next((helper for helper in facts.helpers if helper.helps(on)), None)
        since = helping and helping.since
        return Row(label_of(code), "", helping.document if helping else "", since, _state(since, None, on))
    kind, paper = KINDS[code], _last(facts, code)
    if not kind.exists(facts.levels):
        return None
    if paper is None and not wanted(facts, code, on):
        return None
    if paper is None:
        return Row(str(kind.label), kind.form, "", None, "missing")
    considered = facts.last("cell_vote") is not None
    until = deadlines.papers_lapse_on(paper.on, rules) if code in LAPSING and not considered else None
    state = "open" if paper.result in {FAIL, WAIT} else _state(paper.on, until, on)
    return Row(str(kind.label), kind.form, paper.number, paper.on, state, until)


def _last(facts, code):
    if code in ON_ADMISSION:
        on = getattr(facts, ON_ADMISSION[code])
        return on and Paper(code, on)
    return facts.last(code)


def _state(held, until, on):
    if held is None:
        return "missing"
    if not until:
        return "ok"
    if until < on:
        return "lapsed"
    return "lapses" if (until - on).days <= deadlines.NOTICE else "ok"
