from django.conf import settings
from django.db import models

from committees.models import Penned

# Of rows that figures are made of, what of them counts: kept of those that an undone load took away.
COUNTED = {
    "recruitment.admission": ("cell_id", "decided_on", "ceremony_on", "cancelled_on", "arrived_on"),
    "recruitment.certificate": ("cell_id", "issued_on", "kind", "arrived_on"),
    "recruitment.plan": (
        "code", "name", "kind", "issuer", "committee_id", "since", "until", "counts_by", "counts",
    ),
    "recruitment.quota": (
        "plan_id", "committee_id", "group_id", "low", "high", "rate", "at_least", "per_year", "base_on", "effective_on",
        "document", "reason",
    ),
    "recruitment.reportedfigure": ("committee_id", "indicator", "value", "since", "until", "group_id"),
    "committees.headcount": ("committee_id", "day", "members"),
}  # fmt: skip


class Batch(Penned):
    """One workbook that came in, so that it can be undone: which rows it made, and what stood in those it changed.

    made: {model label: [[first id, last id], …]} in order of making; changed: {model label: {id: old values}}. Once
    undone, taken: {model label: {id: what COUNTED of it}} of the rows that went, and of those put back as they were
    before; no names. Empty of a load that was undone before this was kept. kept: [[model label, id, why]] of the rows
    that an undo had to leave.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    made = models.JSONField(default=dict)
    changed = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)
    taken = models.JSONField(default=dict)
    kept = models.JSONField(default=list)


class DemoMark(Penned):
    """Stands where the database holds the demo world: its people are synthetic, and `demo` may write there."""

    made_on = models.DateField()


def is_demo():
    """Whether this is the demonstration. Asked of the database only where it can be: a real register pays nothing."""
    return (settings.DEBUG or settings.DEMO) and DemoMark.objects.exists()
