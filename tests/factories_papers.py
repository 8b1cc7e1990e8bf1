"""Papers, scans, blocks of numbers and what else the issuing of papers needs, as `tests.factories` makes the rest."""

from contextlib import nullcontext
from datetime import date

from committees import journal
from committees.models.penned import held
from recruitment.models import NumberBlock


def make_block(committee, first=1, last=20, *, suffix="-QĐ/HU", sign="QĐ", since=date(2012, 1, 1), **facts):
    """Numbers a body's clerk reserved, `first` to `last`."""
    block = NumberBlock(
        committee=committee, first=first, last=last, suffix=suffix, sign=sign, since=since, **facts
    )
    with journal.pen(None, "test") if held.get() is None else nullcontext():
        block.save()
    return block
