"""The closed reports that a report looks back on: those of its committee, and of those that ended and for which it answers."""

from dataclasses import dataclass

from ..models import Submission

# How many of the latest closed reports are looked at whatever they are of. Of those before them only the ones that lie within
# no longer one: what came late to a quarter came late to its year too.
LATEST = 8


def accepted(committees):
    """[Submission] that hold of some committees (ids), one a period of each, the last made first. One query."""
    rows = Submission.objects.filter(
        committee_id__in=committees, state=Submission.State.ACCEPTED, period__dropped_on=None
    )
    found = {}
    rows = rows.select_related("period", "committee").defer("doubts", "behind", "notes")
    for row in rows.order_by("-number"):
        found.setdefault((row.period_id, row.committee_id), row)
    return sorted(found.values(), key=lambda row: (row.as_of, row.pk), reverse=True)


def looked_at(closed):
    """([Submission] in which a report looks for what came late, [those it leaves out]), the latest period first."""
    rows = sorted(closed, key=lambda row: (row.period.until, row.period.since, row.pk), reverse=True)
    left = [row for row in rows[LATEST:] if any(_within(row, other) for other in rows)]
    return [row for row in rows if row not in left], left


def _within(row, other):
    """Whether the days of a closed report are some of the days of another of the same committee."""
    one, whole = row.period, other.period
    inside = whole.since <= one.since and one.until <= whole.until
    return (
        inside
        and row.committee_id == other.committee_id
        and (one.since, one.until) != (whole.since, whole.until)
    )


def mark(row, own):
    """What the sheet of corrections calls a closed report. own: whether it is of the committee that corrects it."""
    return str(row.period_id) if own else f"{row.period_id}@{row.committee.code}"


@dataclass(frozen=True)
class Corrected:
    """A closed report and what is another number in it by now. own: whether it is of the committee that corrects it, not of
    one that ended and for which it answers."""

    submission: Submission
    own: bool
    changes: list

    @property
    def period(self):
        return self.submission.period

    @property
    def code(self):
        return self.submission.committee.code

    @property
    def mark(self):
        return mark(self.submission, self.own)

    @property
    def name(self):
        if self.own:
            return self.period.name
        return f"{self.period.name}, {self.submission.name or self.code}"
