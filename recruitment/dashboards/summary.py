"""Everything the dashboard of one committee says, as one object. Knows no HTTP and asks no database."""

from dataclasses import dataclass
from functools import cached_property

from committees import access, vietnamese

from ..models import Plan
from ..quotas import veil
from ..quotas.group_targets import GroupTargets, group_targets
from ..quotas.latest import last_admitted
from ..quotas.progress import REPORTED, Progress
from ..quotas.question import Question, Selection, ask
from ..quotas.several import Several, several, term_of
from ..quotas.sourceless import Marked, marked, marks
from ..quotas.targets import base_words, target_short
from . import drawing
from .beside import Ground, Pipeline, ground, pipeline
from .makeup import Makeup, makeup
from .outlook import Outlook, outlook
from .pace import Pace, pace
from .reported import Reports, reports
from .units import Units, units
from .words import Headline


@dataclass(frozen=True)
class Summary:
    """One page, in numbers; what is said and drawn of them is worked out when the page asks. Parts are None where they
    do not apply or may not be shown."""

    found: Progress
    question: Question
    people: bool
    words: Headline
    units: Units | None
    pace: Pace | None
    outlook: Outlook | None
    makeup: Makeup | None
    pipeline: Pipeline | None
    ground: Ground | None
    reports: Reports | None
    several: Several | None
    term: tuple | None
    group_targets: GroupTargets | None
    veiled: bool
    instead: str
    mark: Marked | None

    @property
    def node(self):
        return self.found.node

    @property
    def target(self):
        return target_short(self.node.target)

    @property
    def base(self):
        """What a rate is taken of, in words; nothing for any other target."""
        return "" if self.node.goal is None else base_words(self.node.target)

    @cached_property
    def hero(self):
        """The headline's picture; None without a target, and where the number itself may not be shown."""
        node, previous = self.node, self.found.previous
        if self.veiled:
            return None
        earlier = previous.admitted if previous and previous.admitted else None
        return drawing.hero(node.admitted, node.goal, earlier=earlier, reported=self.reported)

    @property
    def reported(self):
        return self.found.node.basis == REPORTED

    @property
    def admitted(self):
        """The number as shown: None where the count of a group may not be; `instead` then says what may."""
        return None if self.instead else self.node.admitted

    @property
    def reports_first(self):
        """Whether what was reported is the figure itself, or all there is of those that ended, or contradicts itself: then
        it is read before the rest."""
        said = self.reports
        return said is not None and (self.reported or bool(said.disagree) or (self.empty and said.inherited))

    @property
    def empty(self):
        """Nothing on record and nothing reported in the period: not the same as nobody having been admitted."""
        return self.node.admitted == 0 and not self.reported

    @property
    def unknown(self):
        """Other things are reported of the period, but nobody says how many were admitted: not a zero."""
        return self.empty and self.reports is not None and self.node.percent is None

    @property
    def hero_words(self):
        """What the headline's picture says: {finding, reached, wanted, before}."""
        number, before = vietnamese.number, self.found.previous
        done = "Đã học" if not self.counts_people else "Kết nạp"
        said = {
            "reached": f"{done} {number(self.node.admitted)}",
            "wanted": f"Chỉ tiêu {self.target}",
            "before": f"{before.plan.name}: {number(before.admitted)}" if before else "",
        }
        return said | {"finding": "; ".join(part for part in said.values() if part)}

    @property
    def counts_people(self):
        return self.found.plan.counts == Plan.Counts.ADMISSIONS


def summary(snapshot, plan, committee, *, on=None, tree_on=None, group=None, audience=access.FIGURES):
    """The Summary of a committee under a plan (codes), on a day, by the tree of a day, for a group if named.

    audience: access.PEOPLE where who asks may see persons there, else access.FIGURES: counts of fewer than five
    persons by trait are then merged. Days as `progress` takes them. Raises Unanswerable. No query.
    """
    question, found = ask(snapshot, committee, plan=plan, on=on, tree_on=tree_on, group=group)
    selection = Selection(snapshot, question)
    people = audience == access.PEOPLE
    node = found.node
    # Counts by group are counts of traits: for figures alone only what cannot single anyone out is left.
    veiled = question.group is not None and not people
    told = node.basis != REPORTED
    paced = told and not veiled and (node.goal or node.admitted)
    months = pace(selection, node) if paced else None
    return Summary(
        found=found,
        question=question,
        people=people,
        words=Headline(found),
        units=units(found, selection, people=people),
        pace=months,
        outlook=outlook(selection, found, months, people=people, today=vietnamese.today()) if told else None,
        makeup=makeup(selection, people=people) if told else None,
        pipeline=None if veiled else pipeline(selection, node),
        ground=None if question.group is not None else ground(found, selection),
        reports=reports(snapshot, found),
        several=several(snapshot, found),
        term=None if veiled else term_of(snapshot, found),
        group_targets=None if question.group is not None else group_targets(selection, found, people=people),
        veiled=veiled,
        mark=_mark(snapshot, found),
        instead=veil.in_a_sentence(snapshot, question, node.admitted) if veiled else "",
    )


def _mark(snapshot, found):
    """That the committee itself is marked as having no source, as a Marked; None."""
    tree, p = found.tree, found.node.position
    row = marks(snapshot).at(tree, found.on).get(p)
    return marked(row, int(last_admitted(snapshot, tree, found.on)[p])) if row else None
