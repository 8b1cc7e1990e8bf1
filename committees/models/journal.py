"""The journal's rows. Written only by `committees.journal`; never changed, never deleted."""

from django.db import models

from .. import vietnamese
from .penned import PenRequired


class Head(models.Model):
    """The last link of a chain. Its row is the lock that makes writers take turns."""

    chain = models.CharField(max_length=10, primary_key=True)
    number = models.BigIntegerField(default=0)
    hash = models.BinaryField(default=bytes)
    # Snapshots older than this entry must be read anew: rows were deleted, and no stamp tells of a missing row.
    whole_from = models.BigIntegerField(default=0)


class EntryQuerySet(models.QuerySet):
    def _refuse(self, *args, **kwargs):
        raise PenRequired("Journal entries are only appended, by committees.journal.")

    update = delete = bulk_create = bulk_update = _raw_delete = _refuse


class Entry(models.Model):
    """One deed (chain `writes`) or one reading (chain `reads`).

    `digest` covers the salted payload and `hash` covers the digest: erasing payload and salt of a person leaves the
    chain verifiable.
    """

    WRITES, READS = "writes", "reads"

    chain = models.CharField(max_length=10)
    number = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey("committees.Account", null=True, on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=60)
    about = models.CharField(max_length=120, blank=True)
    # No constraint: an undone load takes its committees away again, its entries stay.
    committee = models.ForeignKey(
        "committees.Committee", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    payload = models.TextField(blank=True)
    salt = models.BinaryField(default=bytes)
    digest = models.BinaryField()
    hash = models.BinaryField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="entry_once")]
        indexes = [models.Index(fields=["chain", "committee", "-number"], name="entry_by_committee")]
        base_manager_name = "objects"

    def is_todays(self, deed, account):
        """Whether this is that deed, done today by that account (None: the operator of the machine): what was a slip of
        the hand may be taken back as long."""
        mine = self.actor_id == (account and account.pk)
        return mine and self.deed == deed and vietnamese.parse_day(self.at) == vietnamese.today()

    def save(self, *args, **kwargs):
        raise PenRequired("Journal entries are only appended, by committees.journal.")

    def delete(self, *args, **kwargs):
        raise PenRequired("Journal entries are never deleted.")
