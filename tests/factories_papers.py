"""Papers, scans, blocks of numbers and what else the issuing of papers needs, as `tests.factories` makes the rest."""

from contextlib import nullcontext
from datetime import date

from django.utils import timezone

from committees import journal
from committees.models.penned import held
from recruitment.models import IssuedPaper, NumberBlock
from recruitment.papers import catalogue


def make_block(committee, first=1, last=20, *, suffix="-QĐ/HU", sign="QĐ", since=date(2012, 1, 1), **facts):
    """Numbers a body's clerk reserved, `first` to `last`."""
    block = NumberBlock(
        committee=committee, first=first, last=last, suffix=suffix, sign=sign, since=since, **facts
    )
    with journal.pen(None, "test") if held.get() is None else nullcontext():
        block.save()
    return block


def make_issued(candidacy, form, on, said, **facts):
    """A paper as it was issued, without its bytes: for what is asked of the words it said alone."""
    template = catalogue.forms()[form][-1]
    facts = {
        "edition": template.edition,
        "title": template.title,
        "issued_at": timezone.now(),
        **facts,
    }
    issued = IssuedPaper(candidacy=candidacy, form=form, on=on, said=said, **facts)
    with journal.pen(None, "test") if held.get() is None else nullcontext():
        issued.save()
    return issued
