"""What was declared for a plan: by unit in numbers, and in one cell by name for those who may see persons."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.access import PEOPLE, RECORD
from committees.models import Kind

from ..models import Candidacy, Plan
from ..quotas.below import Below
from ..quotas.declared import DECLARED, NOBODY, SOURCELESS, WAITING, Answer, Answers
from ..quotas.listing import in_order
from ..quotas.place import Crumb, crumbs
from ..quotas.sourceless import marks
from ..quotas.targets import target_words

# So many units are named in a message to send round.
MOST_NAMED = 30
STATES = {
    DECLARED: gettext_lazy("Đã đăng ký"),
    WAITING: gettext_lazy("Chưa trả lời"),
    NOBODY: gettext_lazy("Không có người để đăng ký"),
    SOURCELESS: gettext_lazy("Không còn nguồn"),
}


def is_cell(tree, p):
    return tree.kind(p) in Kind.cells()


def day_of(access, plan):
    """The day of every number: today, or the plan's last day once it is over."""
    return min(access.today, plan.last_day)


class DeclaredPage:
    """Common to both: which plan and committee, by the tree of which day, whether one may still declare. One query. The
    committee must stand on that day."""

    def __init__(self, access, snapshot, plan, committee):
        self.access, self.snapshot, self.plan, self.committee = access, snapshot, plan, committee
        self.on = day_of(access, plan)
        self.tree = snapshot.tree(self.on)
        self.position = self.tree.of(committee.pk)
        self.answers = Answers(snapshot, plan, self.tree, self.on)
        self.people = access.may(PEOPLE, committee.pk)
        self.moment = timezone.localtime()

    @property
    def name(self):
        return self.tree.name(self.position)

    @property
    def over(self):
        return self.plan.last_day < self.access.today

    @cached_property
    def answer(self):
        return self.answers.at(self.position)

    @property
    def crumbs(self):
        """The committees above within the reader's reach, as far as the plan concerns them."""
        found = crumbs(self.access, self.tree, self.position)
        return [crumb for crumb in found if concerned(self.plan, self.tree, crumb.code)] + [
            Crumb(self.committee.code, self.name)
        ]

    def address(self, code):
        """This page for another committee."""
        return (
            f"{reverse('recruitment:plan-declared', args=[self.plan.code])}?{urlencode({'committee': code})}"
        )

    def list_of(self, code):
        """The list behind a number of people declared: by name, so for those alone who may see persons."""
        if not self.people:
            return ""
        asked = urlencode({"committee": code, "declared": self.plan.code, "on": self.on.isoformat()})
        return f"{reverse('recruitment:candidacy-list')}?{asked}"

    @property
    def list_here(self):
        return self.list_of(self.committee.code)


def concerned(plan, tree, code):
    """Whether a committee (by code) is the plan's own or below it: others have nothing to declare for it."""
    if plan.committee_id is None:
        return True
    p, at = tree.of(tree.structure.ids[tree.structure.by_code[code]]), tree.of(plan.committee_id)
    return at >= 0 and at <= p < tree.end[at]


@dataclass(frozen=True)
class UnitRow:
    """A unit directly below. target: what it is given so far, in words; last: what it reached the time before."""

    name: str
    code: str
    answer: Answer
    target: str
    last: int
    address: str
    list: str
    cell: bool

    @property
    def state(self):
        return STATES[self.answer.state] if self.cell else ""


class UnitsPage(DeclaredPage):
    """The units directly below a committee, each by what its cells said."""

    @cached_property
    def below(self):
        return Below(self.snapshot, self.plan, self.committee.pk, today=self.access.today)

    @cached_property
    def rows(self):
        return [self._row(p) for p in self.tree.children(self.position)]

    def _row(self, p):
        # Targets are those of the plan's first day, while it has not begun: by the tree of that day.
        code, there = self.tree.code(p), self.below.tree.of(self.tree.id(p))
        return UnitRow(
            name=self.tree.name(p), code=code, answer=self.answers.at(p), target=target_words(self._targets.get(there)),
            last=self.below.last.get(there, 0), address=self.address(code), list=self.list_of(code),
            cell=is_cell(self.tree, p),
        )  # fmt: skip

    @cached_property
    def _targets(self):
        return self.below.targets()

    @property
    def target(self):
        return target_words(self._targets.get(self.below.position))

    @cached_property
    def last_said(self):
        """Which time before is counted beside."""
        if self.plan.previous_id:
            return self.plan.previous.name
        first, last = self.below.last_period
        return _("từ %(first)s đến %(last)s") % {"first": vietnamese.day(first), "last": vietnamese.day(last)}

    @property
    def message(self):
        """What to send round: numbers and units, no name of a person."""
        answer, number = self.answer, vietnamese.number
        told = {
            "name": self.name, "plan": self.plan.name, "day": vietnamese.day(self.on), "n": number(answer.people),
            "done": number(answer.of[DECLARED]), "all": number(answer.cells),
        }  # fmt: skip
        said = _(
            "%(name)s, đăng ký nguồn kết nạp %(plan)s, đến %(day)s: %(done)s/%(all)s chi bộ đã đăng ký %(n)s người."
        )
        lines = [said % told]
        late = [row for row in self.rows if row.answer.waiting]
        if late:
            lines.append(_("Còn %s chi bộ chưa trả lời:") % number(answer.waiting))
            lines += [
                f"- {row.name}" if row.cell else f"- {row.name}: {number(row.answer.waiting)}"
                for row in late[:MOST_NAMED]
            ]
        lines.append(_("Mở phần mềm, đánh dấu người đăng ký rồi lưu; không gửi họ tên qua Zalo."))
        return "\n".join(lines)


@dataclass(frozen=True)
class Candidate:
    """Somebody a cell may declare. declared: whether it is; open: whether it may be now."""

    pk: int
    record: Candidacy
    declared: bool
    open: bool


class CellPage(DeclaredPage):
    """One cell: its candidates, each with whether it is declared; numbers alone for who may not see persons."""

    @property
    def may_declare(self):
        return self.access.may(RECORD, self.committee.pk) and not self.over and self.counts

    @property
    def counts(self):
        """Whether the plan counts admissions: for another there is nothing to declare."""
        return self.plan.counts == Plan.Counts.ADMISSIONS

    @property
    def state(self):
        return STATES[self.answer.state]

    @cached_property
    def mark(self):
        """That the cell has no source, a Sourceless; None."""
        return marks(self.snapshot).at(self.tree, self.on).get(self.position)

    @property
    def open_count(self):
        return int(self.answers.open[self.position])

    @cached_property
    def candidates(self):
        """[Candidate] in name order: the open ones, and those declared whose road has gone on. One query; none for who
        may not see persons."""
        if not self.people:
            return []
        told, rows = self.answers.declared, self.snapshot.candidacies
        here = self.tree.position[self.snapshot.followers_on(self.on.toordinal())] == self.position
        chosen = np.flatnonzero((told.open | told.mask) & here)
        records = in_order(Candidacy.objects.select_related("person"), rows["id"], chosen)
        return [Candidate(one.pk, one, bool(told.mask[one.row]), bool(told.open[one.row])) for one in records]
