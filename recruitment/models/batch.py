from django.conf import settings
from django.db import models

from committees.models import Penned


class Batch(Penned):
    """One workbook that came in, so that it can be undone: which rows it made, and what stood in those it changed.

    made: {model label: [[first id, last id], …]} in order of making; changed: {model label: {id: old values}}.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    made = models.JSONField(default=dict)
    changed = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)


class DemoMark(Penned):
    """Stands where the database holds the demo world: its people are synthetic, and `demo` may write there."""

    made_on = models.DateField()


def is_demo():
    """Whether this is the demonstration. Asked of the database only where it can be: a real register pays nothing."""
    return (settings.DEBUG or settings.DEMO) and DemoMark.objects.exists()
