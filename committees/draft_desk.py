"""One reorganisation as its pages work on it: what its acts say, what a dry run has against them, what is known of the
committees they name. Knows no HTTP."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from . import reorganise
from .access import STRUCTURE, TREE
from .act_words import Names, line
from .acts import FOUND, MOVE, SPLIT
from .browse import reach
from .drafting import rows_of
from .models import Headcount, Kind, Mandate, Reorganisation, Role
from .parting import parts_of
from .picking import SEPARATOR


@dataclass(frozen=True)
class About:
    """A committee that an act is about, as it stands on the draft's day. above: the code of its superior, "" where that is
    out of reach. children: {code: name}; members: (number, day)
    of its latest headcount by then, None where there is none; mandates: running ones, with their accounts."""

    pk: int
    code: str
    name: str
    kind: str
    above: str = ""
    above_name: str = ""
    children: dict = field(default_factory=dict)
    members: tuple | None = None
    mandates: list = field(default_factory=list)
    parts: list = field(default_factory=list)

    @property
    def kind_label(self):
        return Kind(self.kind).label


class Desk:
    """A draft, or the record of what was carried out or undone, under one account's access."""

    def __init__(self, access, record):
        self.access, self.record = access, record
        self.structure = access.structure
        self.day = record.day or access.today

    @property
    def is_draft(self):
        return self.record.state == Reorganisation.State.DRAFT

    @cached_property
    def names(self):
        """As called on the eve of the day, when the acts had not changed anything."""
        return Names(self.structure, self.day - timedelta(days=1), self.record.acts)

    @property
    def founded(self):
        """The committees that the package itself founds, in words."""
        return [self.names.of(code) for code in self.names.fresh]

    @cached_property
    def planned(self):
        """The dry run of a draft: acts are numbered from 1. What `reorganise.plan` costs; about 0,1 s at 16,000
        committees."""
        numbers = range(1, len(self.record.acts) + 1)
        return reorganise.plan(rows_of(self.record), by=self.access.account, numbers=numbers)

    @cached_property
    def faults(self):
        """{number of an act: [what is wrong with it]}; what is about none alone stands under None."""
        found = {}
        for fault in self.planned.faults if self.is_draft else ():
            found.setdefault(fault.number, []).append(fault.text)
        return found

    @cached_property
    def lines(self):
        """An ActLine for each act."""
        return [
            line(k, row, self.names, self.faults.get(k, ()))
            for k, row in enumerate(self.record.acts, start=1)
        ]

    def label(self, code):
        """What stands in a field once this committee is chosen; a code nobody knows stands as it is."""
        if not code:
            return ""
        return f"{self.names[code]}{SEPARATOR}{code}"

    def standing(self, code):
        """The index of a committee that stands on the draft's day, or None."""
        i = self.structure.by_code.get(code)
        return i if i is not None and self.structure.place_on(i, self.day.toordinal()) else None

    @cached_property
    def mine(self):
        """Mask over committee indexes: where the account may change the structure. A tree of long ago holds others too."""
        return reach(self.access, STRUCTURE)

    def children(self, i):
        """{code: name} of those within reach directly under committee i on the eve of the draft's day, in order of code."""
        tree = self.structure.at(self.day - timedelta(days=1))
        if not tree.stands(i):
            return {}
        below = tree.children(int(tree.position[i]))
        return {tree.code(p): tree.name(p) for p in below if self.mine[tree.order[p]]}

    def about(self, code, *, mandates=False, parts=False):
        """The About of a committee within reach that stands on the draft's day; None where none does. One query for its
        members, one for its mandates where asked, those of the sources for its parts."""
        i = self.standing(code)
        if i is None or not self.mine[i]:
            return None
        pk, place = self.structure.ids[i], self.structure.place_on(i, self.day.toordinal())
        seen = place.parent >= 0 and self.access.may(TREE, self.structure.ids[place.parent])
        above = self.structure.codes[place.parent] if seen else ""
        count = Headcount.objects.filter(committee_id=pk, day__lte=self.day).order_by("-day").first()
        return About(
            pk, code, place.name, place.kind, above, self.names[above] if above else "", self.children(i),
            members=(count.members, count.day) if count else None,
            mandates=self._mandates(pk) if mandates else [],
            parts=parts_of(self.access, pk, self.day) if parts else [],
        )  # fmt: skip

    def _mandates(self, pk):
        """[(username, words)] of the mandates in force in the committee on the draft's day. One query."""
        rows = Mandate.objects.filter(committee_id=pk).in_force_on(self.day).select_related("account")
        return [
            (row.account.username, f"{row.account} ({row.account.username}), {Role(row.role).label}")
            for row in rows.order_by("account__username", "role")
        ]

    def goes_with(self, number):
        """Indexes of the acts that are put in and taken out together with act `number`: a split's, or it alone."""
        row = self.record.acts[number - 1]
        return self.split_rows(row["Mã tổ chức"]) if row["Việc"] == SPLIT else [number - 1]

    def split_rows(self, code):
        """Indexes of the acts by which a committee is split: its heirs, their founding, its children's moves."""
        acts, i = self.record.acts, self.structure.by_code.get(code)
        heirs = {row["Mã kế thừa"] for row in acts if row["Việc"] == SPLIT and row["Mã tổ chức"] == code}
        children = self.children(i) if i is not None else {}
        return [k for k, row in enumerate(acts) if _of_split(row, code, heirs, children)]


def _of_split(row, code, heirs, children):
    what, own = row["Việc"], row["Mã tổ chức"]
    if what == SPLIT:
        return own == code
    if what == FOUND:
        return own in heirs
    return what == MOVE and own in children and row.get("Mã cấp trên mới") in heirs
