"""How many rows failed each standing check, day by day."""

from django.db import models

from committees.models import Penned


class FaultCount(Penned):
    """How many rows failed a check on a day, {committee id as text: rows} of the committees at which any did; so any node
    can be asked by any tree. check "": of all checks together. Made by `bulk_create`, so that the journal keeps no copy."""

    day = models.DateField()
    check_code = models.CharField(max_length=32, blank=True)
    counts = models.JSONField(default=dict)

    class Meta(Penned.Meta):
        constraints = [models.UniqueConstraint(fields=["check_code", "day"], name="fault_count_once_a_day")]
