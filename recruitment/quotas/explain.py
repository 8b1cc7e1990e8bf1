"""How one percentage came about: every term of it, from the same calculation. Knows no HTTP; no query."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from committees import vietnamese

from . import veil
from .heirs import borne_on
from .inherited import inherited
from .left_out import NOT_GROUP, LeftOut
from .progress import REPORTED, Progress, Unanswerable, find_plan
from .question import Question, ask
from .reported import period_words, says_what, standing_in, value_words
from .target_terms import terms
from .targets import target_short, years_of
from .words import Words
from .years import year_of


@dataclass(frozen=True)
class Said:
    """A reported figure of what the plan counts, within its period. why_not: why it does not stand in for the records; ""
    for the one that does."""

    value: str
    period: str
    group: str
    source: str
    why_not: str


@dataclass(frozen=True)
class Explanation:
    """One percentage and what it is made of; its parts are worked out when the page asks. people: whether the reader may
    see persons there; instead: what stands in the place of a group's count that may not be told; year: which year of
    the plan it is about, None for the whole."""

    snapshot: object
    question: Question
    found: Progress
    people: bool
    instead: str = ""
    year: int | None = None

    @property
    def node(self):
        return self.found.node

    @property
    def plan(self):
        return self.found.plan

    @cached_property
    def words(self):
        return Words(self.found)

    @property
    def percent(self):
        """As written; None where there is none, or where it would tell a count that may not be shown."""
        return None if self.admitted is None else self.words.percent

    @property
    def target(self):
        return target_short(self.node.target)

    @property
    def reported(self):
        return self.node.basis == REPORTED

    @property
    def admitted(self):
        """The number as shown: None where `instead` stands for it."""
        return None if self.instead else self.node.admitted

    @property
    def veiled(self):
        """Whether the count is one of a trait, to a reader of figures: then it is not told by parts."""
        return self.question.group is not None and not self.people

    @cached_property
    def terms(self):
        return terms(self.snapshot, self.question, self.node.target)

    # What was left out -------------------------------------------------------------------------------------

    @cached_property
    def left_out(self):
        return LeftOut(self.snapshot, self.question)

    @cached_property
    def lines(self):
        """[(Line, whether its count may be shown)]. Who is not of the group tells of who is."""
        return [(line, not (self.instead and line.reason == NOT_GROUP)) for line in self.left_out.lines]

    @cached_property
    def moved_in(self):
        """People counted elsewhere who belong here since; None where a trait would be told."""
        return None if self.veiled else int(self.left_out.moved_in.sum())

    @cached_property
    def moved_out(self):
        return None if self.veiled else int(self.left_out.moved_out.sum())

    @cached_property
    def inherited(self):
        """What committees that ended brought; None where none did, and where a trait would be told."""
        return None if self.veiled or self.reported else inherited(self.left_out.selection)

    # What is said beside the records ---------------------------------------------------------------------------

    @cached_property
    def said(self):
        """[Said] of what the plan counts, of days within its period, in order of entry."""
        plan, figures = self.plan, self.snapshot.small.reported.get(self._committee, ())
        names = {group.pk: group.name for group in self.snapshot.groups}
        return [
            Said(
                value_words(figure.value), period_words(figure), names.get(figure.group_id, ""), figure.source,
                self._why_not(figure, figures),
            )
            for figure in figures
            if says_what(figure, plan) and figure.since < plan.until and plan.since < figure.until
        ]  # fmt: skip

    @property
    def _committee(self):
        return self.question.tree.id(self.question.position)

    def _why_not(self, figure, figures):
        plan, group = self.plan, self.question.group
        if (figure.since, figure.until) != (plan.since, plan.until):
            return _("không phải của đúng cả kỳ")
        if figure.group_id != (group.pk if group else None):
            return _("của nhóm khác") if figure.group_id else _("của toàn bộ, không riêng nhóm được hỏi")
        if self.question.on < plan.last_day:
            return _("chỉ thay khi kỳ đã hết, ngày được hỏi là %s") % vietnamese.day(self.question.on)
        if not self.reported:
            return _("sổ đã có hồ sơ từng người trong kỳ")
        return "" if figure is standing_in(figures, plan, figure.group_id) else _("có số ghi vào sổ sau")


def explain(snapshot, plan, committee, *, on=None, tree_on=None, group=None, year=None, people=False):
    """The Explanation of what a committee reached under a plan; codes and days as `progress` takes them. year: which year
    of the plan (from 1), where its target is a count of each year. people: whether who asks may see persons there.
    Raises Unanswerable."""
    if year is not None:
        plan = _year(snapshot, plan, year)
    question, found = ask(snapshot, committee, plan=plan, on=on, tree_on=tree_on, group=group)
    if year is not None and not _yearly(snapshot, question):
        raise Unanswerable(_("Chỉ tiêu của %s không giao theo từng năm.") % found.node.name)
    veiled = question.group is not None and not people
    instead = veil.in_a_sentence(snapshot, question, found.admitted) if veiled else ""
    return Explanation(snapshot, question, found, people, instead, year)


def _year(snapshot, code, k):
    plan = find_plan(snapshot, code)
    years = len(years_of(plan))
    if not 1 <= k <= years:
        raise Unanswerable(
            _("%(plan)s có %(years)s năm; không có năm thứ %(k)s.")
            % {"plan": plan.name, "years": years, "k": k}
        )
    return year_of(plan, k)


def _yearly(snapshot, question):
    group_id = question.group.pk if question.group else None
    rows = borne_on(snapshot, question.plan, question.day, question.tree, group_id).get(question.position, [])
    return bool(rows) and all(quota.per_year for row in rows for quota in row.quotas)
