"""What live pages say of a period that is closed: by whom it was sent, and where the register says otherwise by now."""

from dataclasses import dataclass

from django.urls import reverse

from ..models import Submission
from .composing import figures_of
from .corrections import changes, same_plan


@dataclass(frozen=True)
class Closed:
    """A closed report of the days a page shows. changed: [Change] of the sheets the page has; other_plan: whether it is held
    against another plan than the page."""

    submission: Submission
    changed: list
    address: str
    differs: str
    other_plan: bool


def closed(committee, first, last, report, *, people):
    """The Closed of a committee's report from `first` to `last` (inclusive), held against `report` as it is made now; None
    where nobody closed one. Two queries, one where there is none."""
    rows = Submission.objects.filter(
        committee_id=committee.pk, state=Submission.State.ACCEPTED, period__since=first,
        period__dropped_on=None,
    ).select_related("period", "sent_by")  # fmt: skip
    row = next((one for one in rows.order_by("-judged_at", "-number") if one.period.last_day == last), None)
    if row is None:
        return None
    said = figures_of([row.pk], whole=people).get(row.pk)
    found = changes(said, report) if said else []
    names = ("recruitment:period-unit", "recruitment:period-changes")
    address, differs = (reverse(name, args=[row.period_id, committee.code]) for name in names)
    return Closed(row, found, address, differs, bool(said) and not same_plan(said, report))
