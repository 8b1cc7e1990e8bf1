"""What a committee that is split has to share out among its heirs beside its children and members. Rooms above add theirs
to `sources` when their app is ready; the form of a split asks them all."""

from dataclasses import dataclass, field
from datetime import timedelta

from .models import Kind


@dataclass(frozen=True)
class Parts:
    """Things of one sort: the workbook's heading under which an act names them, what they are called, [(value, label)] of
    each, and whether the labels name people (then showing them is journalled)."""

    heading: str
    title: str
    items: list = field(default_factory=list)
    personal: bool = False


# Functions (access, committee id, day) -> Parts, of what stands there on the eve of the day; an empty one is not shown.
sources = []


def parts_of(access, committee_id, day):
    """The Parts of a committee that have anything in them. The queries of its sources."""
    found = [source(access, committee_id, day) for source in sources]
    return [parts for parts in found if parts.items]


def answered(structure, committee_id, day):
    """(ids of the committees for which this one answers on the eve of the day, itself among them; whether it is a cell
    then)."""
    eve = day - timedelta(days=1)
    i, tree = structure.index[committee_id], structure.at(eve)
    place = structure.place_on(i, eve.toordinal())
    here = (tree.position == tree.position[i]).nonzero()[0] if tree.stands(i) else [i]
    return [structure.ids[j] for j in here], place is not None and place.kind in Kind.cells()
