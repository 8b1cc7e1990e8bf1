"""The table of form 1-BTCTW of one committee and period, and how it agrees with the headcount and with the units below."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from committees import vietnamese
from committees.access import FIGURES, PEOPLE, RECORD, STRUCTURE
from committees.vietnamese import add_months, percent

from .. import columns
from ..quotas.forms import NOW
from ..quotas.links import Links
from ..quotas.listing import where
from ..quotas.place import Crumb, crumbs, name_on
from ..quotas.progress import Unanswerable
from ..quotas.question import ask
from ..quotas.reported import value_words
from .flow_forms import PeriodForm
from .flow_lines import MATCHED, WORDS_SHORT, Line, Match, Unit
from .form1 import ADMITTED, ROWS, Movement
from .movements import NOBODY, OWN, Movements, rows_of, spans_of
from .period import Period


class FlowPage:
    """`question` is None where the address asked for what has no answer. 404, 403 as the door."""

    def __init__(self, access, params):
        self.access = access
        self.committee = where(access, FIGURES, params.get("committee"))
        self.snapshot = columns.current()
        self.moment = timezone.localtime()
        self.form = PeriodForm(params, committee=self.committee.code, today=access.today)
        self.question = self._asked() if self.form.is_valid() else None

    def _asked(self):
        self.period = self.form.period()
        on = min(self.period.last_day, self.access.today)
        tree_on = self.access.today if self.form.cleaned_data["tree_on"] == NOW else None
        try:
            return ask(self.snapshot, self.committee.code, on=on, tree_on=tree_on)[0]
        except Unanswerable as why:
            self.form.add_error(None, str(why))
            self.form.heirs = getattr(why, "heirs", ())
            return None

    @property
    def status(self):
        return 400 if self.form.errors else 200

    @cached_property
    def name(self):
        if self.question:
            return self.question.name
        return name_on(self.snapshot, self.committee.code, self.access.today)

    @cached_property
    def crumbs(self):
        if not self.question:
            return []
        above = crumbs(self.access, self.question.tree, self.question.position)
        return [*above, Crumb(self.question.code, self.question.name)]

    @property
    def now(self):
        """Whether it is shown by today's tree, not by that of the period's end."""
        return self.question.tree_on > self.question.on

    @cached_property
    def may_write(self):
        return self.access.may(RECORD, self.committee.pk)

    @cached_property
    def people(self):
        return self.access.may(PEOPLE, self.committee.pk)

    @cached_property
    def _rows(self):
        """Everybody's rows from the year before the same period a year ago on: openings may be brought forward."""
        first = add_months(self.period.year_ago.since, -12)
        return rows_of(self.question, self.snapshot, first, self.period.until)

    @cached_property
    def found(self):
        return Movements(self.snapshot, self.question, self.period, self._rows)

    @cached_property
    def ago(self):
        return Movements(self.snapshot, self.question, self.period.year_ago, self._rows)

    @property
    def p(self):
        return self.question.position

    @cached_property
    def movement(self):
        return self.found.movement(self.p)

    @cached_property
    def opening(self):
        return self.found.opening(self.p)

    @cached_property
    def counted(self):
        return self.found.counted(self.p)

    @cached_property
    def basis(self):
        return self.found.basis(self.p)

    @cached_property
    def reported(self):
        """{row: ReportedFigure}, where nobody wrote any row: a reported figure never stands beside one that was."""
        return self.found.reported(self.p) if self.basis == NOBODY else {}

    @cached_property
    def lines(self):
        then, found = self.ago.movement(self.p), []
        for key, words, depth in ROWS:
            now, ago = self.movement.value(key), then.value(key)
            figure = self.reported.get(key)
            if figure is not None and (now is None or (key == ADMITTED and not now)):
                told, source = value_words(figure.value), figure.source or _("không ghi nguồn")
            else:
                told, source = ("–" if now is None else vietnamese.number(now)), ""
            link = self._admissions() if key == ADMITTED and now and not source else ""
            found.append(Line(key, str(words), depth, now, ago, percent(now, ago), told, source, link))
        return found

    def _admissions(self, code=""):
        """The admissions of the period, where persons may be seen."""
        if not self.people:
            return ""
        links = Links(self.question, people=True)
        return links.admissions(code or self.question.code, decided_from=self.period.since.isoformat())

    @property
    def gap(self):
        """What is worked out less what was counted at the end; None where one of them is not known."""
        closing = self.movement.closing
        return None if None in (closing, self.counted) else closing - self.counted.members

    @cached_property
    def units(self):
        """[Unit] of those directly below."""
        found = []
        for child in self.question.tree.children(self.p):
            movement, counted = self.found.movement(child), self.found.counted(child)
            members = counted and counted.members
            gap = None if None in (movement.closing, members) else movement.closing - members
            tree = self.question.tree
            found.append(
                Unit(
                    tree.code(child),
                    tree.name(child),
                    self.found.basis(child),
                    movement,
                    members,
                    gap,
                    self.query(committee=tree.code(child)),
                )
            )
        return found

    @property
    def silent(self):
        """The units below that wrote nothing, nor anybody under them."""
        return [unit for unit in self.units if unit.basis == NOBODY]

    @property
    def telling(self):
        """The units below of which anything is known."""
        return [unit for unit in self.units if unit.basis != NOBODY]

    @cached_property
    def matches(self):
        """[Match] of every row; the committee's own figure is what it wrote itself, never the sum it is matched with."""
        own = self.movement if self.basis == OWN else Movement(self.movement.opening, self.movement.admitted)
        found = []
        for key, words, depth in ROWS:
            if key not in MATCHED:
                continue
            values = [value for unit in self.units if (value := unit.movement.value(key)) is not None]
            below = sum(values) if values else None
            found.append(Match(str(words), depth, own.value(key), below, len(values), len(self.units)))
        return found

    @property
    def apart(self):
        """Matches that differ."""
        return [match for match in self.matches if match.difference]

    @cached_property
    def entered(self):
        """The committee's own rows in the period, and those that reach over an end of it."""
        i = self.snapshot.structure.by_code[self.committee.code]
        rows = [row for row in self._rows if row.committee_id == self.committee.pk and self.period.holds(row)]
        return rows + self.found.astride(i)

    @cached_property
    def astride(self):
        return self.found.astride(self.snapshot.structure.by_code[self.committee.code])

    @cached_property
    def cut(self):
        """[(first day, last day)] of its own rows, and of what its sum lacks, that reach over an end of the period."""
        return sorted({*spans_of(self.astride), *self.found.cut(self.p)})

    @cached_property
    def broken(self):
        return self.found.broken(self.p)

    # The share of the year ----------------------------------------------------------------------------------

    @cached_property
    def share(self):
        """(admitted since the year began, Count at its start or None, per cent, the list behind it)."""
        year = Period(self.period.year)
        whole = Movements(self.snapshot, self.question, year, ())
        admitted = int(whole.decided(year.since, self.question.on)[self.p])
        base = whole.last_count(self.p, year.since)
        link = (
            Links(self.question, people=True).admissions(year=year.year) if self.people and admitted else ""
        )
        return admitted, base, percent(admitted, base.members) if base else None, link

    # Addresses -----------------------------------------------------------------------------------------------

    def query(self, period=None, **other):
        period = period or self.period
        said = {
            "committee": self.committee.code, "year": period.year, "part": period.part,
            "tree_on": self.form.cleaned_data.get("tree_on", ""), **other,
        }  # fmt: skip
        return urlencode({name: value for name, value in said.items() if value != ""})

    @property
    def here(self):
        return self.query()

    @property
    def earlier(self):
        return self.query(self.period.before)

    @property
    def later(self):
        return self.query(self.period.after) if self.period.after.since <= self.access.today else ""

    @property
    def new(self):
        return f"{reverse('recruitment:flow-new')}?{self.query(tree_on='')}"

    @cached_property
    def counts(self):
        """{"eve", "last": where the members of that day are written down}, for who may."""
        if not self.access.may(STRUCTURE, self.committee.pk):
            return {}
        where, days = reverse("recruitment:headcount"), {"eve": self.period.eve, "last": self.period.last_day}
        return {
            name: f"{where}?{urlencode({'committee': self.committee.code, 'on': day.isoformat()})}"
            for name, day in days.items()
            if day <= self.access.today
        }

    @property
    def unit_words(self):
        return list(WORDS_SHORT.values())
