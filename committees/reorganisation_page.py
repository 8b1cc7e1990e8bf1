"""The page of one reorganisation: the dry run of a draft, or the record of what was done, and what prevents its undo."""

from datetime import date, timedelta
from functools import cached_property

from . import journal, reorganise, undoing, vietnamese
from .access import STRUCTURE, Access
from .act_words import act_of
from .acts import RECEIVE
from .browse import reach
from .comparison import Sides
from .deeds import doer
from .draft_desk import Desk
from .drafting import is_away
from .filters import among
from .following import Moving
from .models import Mandate, Reorganisation, Role

# Of each thing that moved, so many lines are kept beside the record; they name committees and accounts, never candidates.
MOST_LINES = 40


def within(access):
    """The reorganisations an account may see: those of committees in the reach of its STRUCTURE right; those of the
    whole register where it holds that there. The newest first."""
    found = Reorganisation.objects.select_related("committee").order_by("-pk")
    if access.may(STRUCTURE, None):
        return found
    mask = reach(access, STRUCTURE)
    return found.filter(committee_id__in=among([access.structure.ids[i] for i in mask.nonzero()[0]]))


def drafts_within(access):
    """The open drafts among them."""
    return within(access).filter(state=Reorganisation.State.DRAFT, kept__away__isnull=True)


class Row:
    """A reorganisation in the list."""

    def __init__(self, record, entry, name):
        self.record, self.where = record, name
        self.count = len(record.acts)
        self.writer = doer(entry) if entry else ""
        self.at = entry.at if entry else None


def rows(access, records):
    """The Rows of some reorganisations, with who wrote each last. One query."""
    entries, structure = journal.entries_of(records), access.structure
    found = []
    for one in records:
        i = structure.index.get(one.committee_id)
        name = structure.name_on(i, access.today) if i is not None else ""
        found.append(Row(one, entries.get(one.stamp), name))
    return found


def _least(access, committee_id):
    """The Access of who may change the structure in that committee (None: everywhere) and has no other mandate."""
    least = Access(access.account)
    least.structure, least.tree = access.structure, access.tree
    least.mandates = [Mandate(role=Role.STAFF, committee_id=committee_id)]
    return least


class Page(Desk):
    """What the page shows; nothing is worked out twice."""

    @cached_property
    def entry(self):
        """The journal's entry that wrote it last."""
        return journal.entries_of([self.record]).get(self.record.stamp)

    @property
    def writer(self):
        return doer(self.entry) if self.entry else ""

    @property
    def is_applied(self):
        return self.record.state == Reorganisation.State.APPLIED

    @property
    def is_undone(self):
        return self.record.state == Reorganisation.State.UNDONE

    @property
    def is_away(self):
        return is_away(self.record)

    @cached_property
    def where(self):
        i = self.structure.index.get(self.record.committee_id)
        return self.structure.name_on(i, self.access.today) if i is not None else ""

    @property
    def documents(self):
        """The linked documents: [(number, day or None, issuer)]."""
        return [
            (one["number"], date.fromisoformat(one["day"]) if one.get("day") else None, one.get("issuer", ""))
            for one in self.record.documents
        ]

    @cached_property
    def faulty(self):
        """The acts that have faults."""
        return [line for line in self.lines if line.faults]

    @cached_property
    def other_faults(self):
        """Faults that are about no act alone."""
        return self.faults.get(None, [])

    @property
    def fault_count(self):
        return sum(map(len, self.faults.values()))

    @cached_property
    def warnings(self):
        """What to look at first, in words."""
        return [str(warning) for warning in self.planned.warnings] if self.is_draft else []

    @cached_property
    def days(self):
        """The first and the last day on which something takes effect."""
        told = [vietnamese.parse_day(row["Ngày"]) for row in self.record.acts if row.get("Ngày")]
        return (min(told), max(told)) if told else (self.day, self.day)

    @cached_property
    def sides(self):
        """The trees before and after; None where there is nothing to set side by side."""
        if not self.record.acts or self.is_undone:
            return None
        first, last = self.days
        if self.is_applied:
            eve = first - timedelta(days=1)
            own = undoing.own_codes(self.record.kept)
            return Sides(self.access, (self.structure, eve), (self.structure, last), own)
        if not self.planned.days or not self.planned.touched:
            return None
        # The same day without the package and with it: what others did that day stands on both sides.
        return Sides(
            self.access, (self.planned.before, last), (self.planned.after, last), set(self.planned.touched)
        )

    @cached_property
    def moving(self):
        """[Moving]: what would go along; of what was done, what was told then."""
        if self.is_applied:
            return [Moving(**one) for one in self.record.kept.get("told", [])]
        return self._moving(self.access)

    def _moving(self, access):
        if not self.is_draft or self.sides is None:
            return []
        found = [one for follower in reorganise.followers for one in follower.describe(self.planned, access)]
        return [one for one in found if one.count or one.lines]

    @property
    def told(self):
        """What is kept of what moves beside the record: as told to whoever may open the record and reaches no further, not
        to who carries it out."""
        return [
            {
                "title": str(one.title),
                "count": one.count,
                "lines": [str(text) for text in one.lines[:MOST_LINES]],
            }
            for one in self._moving(_least(self.access, self.record.committee_id))
        ]

    @property
    def received(self):
        """Whether an organisation came from outside, whose people are to be recorded."""
        return self.is_applied and any(act_of(row) == RECEIVE for row in self.record.acts)

    @cached_property
    def prevented(self):
        """What prevents an undo, in words."""
        return reorganise.prevents(self.record) if self.is_applied else []

    @property
    def ready(self):
        """Whether the draft can be carried out as it stands."""
        return bool(
            self.is_draft
            and self.record.acts
            and self.record.document
            and not self.is_away
            and not self.faults
        )
