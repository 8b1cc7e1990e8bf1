"""What a committee that is split has to share out among its heirs beside its children and members. Rooms above add theirs
to `sources` when their app is ready; the form of a split asks them all."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Parts:
    """Things of one sort: the workbook's heading under which an act names them, what they are called, and
    [(value, label)] of each."""

    heading: str
    title: str
    items: list = field(default_factory=list)


# Functions (access, committee id) -> Parts, of what stands open there today; an empty one is not shown.
sources = []


def parts_of(access, committee_id):
    """The Parts of a committee that have anything in them. The queries of its sources."""
    found = [source(access, committee_id) for source in sources]
    return [parts for parts in found if parts.items]
