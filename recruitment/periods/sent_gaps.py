"""Reports sent for one period that say two numbers of one unit: its own and that of the level above. What was sent never
changes, so two reports are compared once."""

from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

from ..figures.gaps import SENT, Gap, superior_of
from ..figures.review import against
from ..models import Submission

_STANDING = (Submission.State.SUBMITTED, Submission.State.ACCEPTED)
# Pairs of reports whose differences are remembered; one pair takes a few hundred bytes.
_REMEMBERED = 4096


def sent_gaps(snapshot, inside, today):
    """[Gap] between the reports that stand sent of the committees of a mask and of the committees above them. One query, and
    one for each pair of reports that was not compared yet."""
    latest, index = _latest(), snapshot.structure.index
    for (period, pk), sent in latest.items():
        i = index.get(pk)
        if i is None or not inside[i]:
            continue
        superior = superior_of(snapshot, i, sent.period.last_day)
        above = latest.get((period, superior))
        if above is None:
            continue
        for name, own, theirs in _apart(_known(above), _known(sent), snapshot.structure.codes[i]):
            yield Gap(
                SENT, committee=pk, indicator=name, group=None, since=sent.period.since, until=sent.period.until,
                said=own, said_by=_("báo cáo đã nộp của đơn vị"), other=theirs,
                other_by=_("báo cáo đã nộp của cấp trên"), superior=superior,
            )  # fmt: skip


def _latest():
    """{(period id, committee id): the Submission that stands}. One query."""
    rows = Submission.objects.filter(state__in=_STANDING, period__dropped_on=None)
    rows = rows.select_related("period").defer("doubts", "behind", "notes").order_by("number")
    return {(row.period_id, row.committee_id): row for row in rows}


def _known(submission):
    """What tells a submission from any other, a restored register's included."""
    return submission.pk, submission.sent_at


@lru_cache(maxsize=_REMEMBERED)
def _apart(above, below, code):
    """((what it is, the unit's number, that of the level above), …) of two submissions (as `_known`), without counts under
    five."""
    from .composing import figures_of  # the rooms behind it are not wanted at the start of every command

    reports = figures_of([above[0], below[0]], whole=False)
    if len(reports) < 2:
        return ()
    found, higher = [], reports[above[0]]
    for doubt in against(higher, reports[below[0]], code):
        sheet = higher.sheet(doubt.sheet)
        column = next(one for one in sheet.columns if one.key == doubt.column)
        # Two columns of one heading are told apart by what stands over both.
        twice = sum(one.heading == column.heading for one in sheet.columns) > 1
        over = f"{column.under}, " if twice and column.under else ""
        name = f"{sheet.title}: {over}{column.heading}"[:120]
        found.append((name, Fraction(doubt.other), Fraction(doubt.said)))
    return tuple(found)
