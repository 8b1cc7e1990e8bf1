"""One candidacy as its page tells it: past, present and next, each paper with the rule set that judged it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from committees.models import Entry

from ..models import Paper, Stage
from ..rules import deadlines, papers
from . import actions
from .ahead import Ahead
from .rights import may_record
from .whereabouts import Whereabouts

# At which stop of the road the papers of a phase are told.
_STOP = {
    papers.SOURCE: Stage.SOURCE, papers.DOSSIER: Stage.DOSSIER, papers.VOTES: Stage.CELL,
    papers.UPWARDS: Stage.SUBMITTED, papers.DECIDED: Stage.DECIDED, papers.PROBATION: Stage.PROBATION,
    papers.OUT: Stage.CLOSED,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A paper at its stop: its kind, the name of the rule set that judged it, and until when it holds where it lapses
    before the cell has considered. mine: the reader may put it right or take it back."""

    paper: Paper
    kind: papers.Kind
    judged_by: str
    until: date | None
    lapsed: bool
    mine: bool


@dataclass(frozen=True)
class Stop:
    """One stage of a road: done (with its day), now, or next, with the papers that belong there."""

    label: str
    state: str
    on: object = None
    papers: tuple = ()


@dataclass(frozen=True)
class Walk:
    """A candidacy with its stops, its mentors ([(mentorship, last day or None)]), and what its cell was called. `mine`:
    the reader may record there, and `entry` tells who wrote it last. Of the walk that goes on: `ahead`, where the
    dossier lies (`lies`) and how many its mentor helps (`load`). now_at: what the cell that answers for it today is
    called. departed: by which reorganisation it went out of the tree with its cell."""

    candidacy: object
    cell: str
    stops: list
    mentors: list
    today: date
    mine: bool
    steps: list
    entry: Entry | None = field(default=None, compare=False)
    ahead: Ahead | None = None
    lies: Whereabouts | None = None
    load: int = 0
    now_at: str = ""
    departed: str | None = None

    @property
    def handed_on(self):
        """Whether another cell answers for it by now than the one that entered it, without a move of the person's."""
        return not self.over and self.now_at not in {"", self.cell}

    @property
    def over(self):
        return self.candidacy.stage in {Stage.CLOSED, Stage.OFFICIAL}

    @property
    def admission(self):
        """The admission it led to, if that is in force."""
        found = getattr(self.candidacy, "admission", None)
        return found if found is not None and found.cancelled_on is None else None

    @property
    def number(self):
        """Which step of the road it stands on, from 1."""
        return actions.rank(self.candidacy.stage) + 1

    @property
    def days(self):
        """How many days it has stood there."""
        return (self.today - self.steps[-1].on).days

    @property
    def mentor(self):
        return actions.running_mentorship(self.candidacy)

    @property
    def helped(self):
        return self.candidacy.stage in actions.HELPED

    @property
    def reviews(self):
        """The latest first."""
        return sorted(self.candidacy.reviews.all(), key=lambda review: review.on, reverse=True)

    @property
    def letters(self):
        """How many letters of verification are out, not yet answered."""
        return sum(letter.answered_on is None for letter in self.candidacy.letters.all())

    @property
    def takes_back(self):
        """Whether the last step, told without a paper, may have been recorded by mistake: the deed asks further."""
        if self.candidacy.departed_on:
            return False
        by_paper = {line.kind.stage for stop in self.stops for line in stop.papers}
        stage = self.steps[-1].stage
        return len(self.steps) > 1 and stage in {*actions.BY_HAND, Stage.CLOSED} and stage not in by_paper


def stops_of(access, candidacy, statute):
    """[Stop] of a candidacy, its papers told at them. No query where steps and papers were prefetched."""
    reached = {step.stage: step.on for step in actions.road(candidacy)}
    here, told = actions.rank(candidacy.stage), _told(access, candidacy, statute)
    if candidacy.stage == Stage.CLOSED:
        here = max((actions.rank(stage) for stage in reached), default=0)
    stops = []
    for stage in Stage.road():
        at, lines = actions.rank(stage), tuple(told.get(stage, ()))
        if stage.value in reached or at < here:
            state = "now" if at == here and candidacy.stage not in {Stage.CLOSED, Stage.OFFICIAL} else "done"
            stops.append(Stop(stage.label, state, reached.get(stage.value), lines))
        elif candidacy.stage != Stage.CLOSED or lines:
            stops.append(Stop(stage.label, "next", None, lines))
    if candidacy.stage == Stage.CLOSED:
        on = reached.get(Stage.CLOSED.value)
        stops.append(Stop(Stage.CLOSED.label, "now", on, tuple(told.get(Stage.CLOSED, ()))))
    return stops


def _told(access, candidacy, statute):
    """{stage: [Line]} in order of day."""
    found, considered = {}, actions.rank(candidacy.stage) >= actions.rank(Stage.CELL)
    order = papers.ORDER
    for paper in sorted(candidacy.papers.all(), key=lambda paper: (paper.on, order[paper.kind], paper.pk)):
        kind, rules, until = papers.KINDS[paper.kind], statute.on(paper.on), None
        if kind.code in papers.LAPSING and not considered:
            until = deadlines.papers_lapse_on(paper.on, rules)
        lapsed = until is not None and until < access.today
        mine = kind.stored == "paper" and may_record(access, kind.code, candidacy.cell_id)
        if mine and kind.code == "moved":  # taken back where the account records at the cell of arrival too
            mine = all(may_record(access, kind.code, onward.cell_id) for onward in candidacy.onward.all())
        line = Line(paper, kind, rules.name, until, lapsed, mine)
        found.setdefault(_STOP[kind.phase], []).append(line)
    return found


def mentors_of(candidacy):
    """[(mentorship, its last day or None)] in order of day."""
    told = sorted(candidacy.mentorships.all(), key=lambda mentorship: (mentorship.since, mentorship.pk))
    return [(row, row.until and row.until - timedelta(days=1)) for row in told]
