"""A person recorded twice: in a cell of each of two districts, in one cell twice; who may see which."""

from datetime import date
from functools import partial
from types import SimpleNamespace

from committees.models import Role
from recruitment import columns
from recruitment.duplicates import merging
from recruitment.duplicates.choosing import FIELDS, value_of
from recruitment.duplicates.widening import key
from tests import factories as make

NAME, BORN = "Nguyễn Thị Ngọc Ánh", date(1992, 9, 21)
HERE, THERE = "T-1-1-1", "T-2-1-1"
ENTERED = date(2014, 2, 3)


def build():
    """Alice keeps the province, Bob is secretary of a cell of T-1, Charlie of one of T-2."""
    at = make.make_province("T", districts=2, communes=1, cells=2)
    return SimpleNamespace(
        at=at,
        alice=make.make_account("alice", Role.STAFF, at["T"]),
        bob=make.make_account("bob", Role.SECRETARY, at[HERE]),
        charlie=make.make_account("charlie", Role.SECRETARY, at[THERE]),
        inspector=make.make_account("kiem-tra", Role.INSPECTOR, at["T-1"]),
    )


def person(name=NAME, *, born=BORN, sex="F", **said):
    return make.make_person(name, sex=sex, born=born, **said)


def followed(world, code, human, on=ENTERED, *steps, **said):
    """The person on a cell's list; the Candidacy."""
    return make.make_candidacy(world.at[code], on, *steps, person=human, **said)


def merged(world, kept, gone, *, by=None, known=True, values=None, **options):
    """Merge as the page does, the kept record's word standing unless told otherwise; the Merge."""
    door = make.door(by or world.alice)
    door.tree  # noqa: B018 - as every page does, the reach is asked before the pen is taken
    said = {name: value_of(kept, name) or value_of(gone, name) for name in FIELDS} | (values or {})
    deed = partial(
        merging.merge, door, columns.current(), kept, gone, values=said, by=door.account, **options
    )
    try:
        return deed()
    except merging.Widens as refusal:
        if not known:
            raise
        return deed(known=key(refusal.found))
