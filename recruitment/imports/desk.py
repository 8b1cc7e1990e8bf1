"""A clerk's desk: workbooks uploaded and not yet loaded, and the batches that may be taken back."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from django.db.models import Q, QuerySet
from django.utils import timezone

from committees import journal
from committees.access import RIGHTS
from committees.browse import reach
from committees.filters import among
from committees.models import Committee, Entry, Role

from ..models import Batch, Upload
from ..sheets.read import HeadingError
from . import edits
from .kinds import KINDS
from .load import load_source, read

MOST_WAITING = 5
MOST_LINES = 50_000  # rows of a file that comes by the browser; longer ones go through `load` on the machine
KEPT_FOR = timedelta(days=1)


class Gone(LookupError):
    """The upload is not there any more: loaded or dropped meanwhile, perhaps by a second click, or a day old."""


class Mended(ValueError):
    """The upload was mended, or read in another way, on another page while it was being loaded: nothing was written."""


@dataclass(frozen=True)
class Unread:
    """A workbook in which no headings are understood yet: in place of its Source until its columns are matched."""

    name: str
    content: bytes
    rows: tuple = ()

    @property
    def digest(self):
        return hashlib.blake2b(self.content, digest_size=32).hexdigest()


class TooMany(ValueError):
    """The account has as many uploads waiting as one may have."""


def kinds(access):
    """The KINDs the account may load somewhere. No query beyond access's own."""
    return [kind for kind in KINDS.values() if access.holds(kind.right)]


def waiting(account):
    """The account's uploads of the last day, newest first, without their content."""
    since = timezone.now() - KEPT_FOR
    return account.uploads.filter(made_at__gt=since).defer("content", "checked").order_by("-made_at", "-pk")


def keep(access, *, kind, source, content, choices=None):
    """(the Upload that waits, whether it waited already). Anybody's uploads that are a day old go; the entry tells the
    file's name and fingerprint, not its rows. choices: `Upload.choices`.

    Raises TooMany. Recognises the same rows by their fingerprint, however the file was saved or is called now.
    """
    mine = waiting(access.account)
    there = mine.filter(kind=kind, digest=source.digest).first()
    if there is not None:
        return there, True
    entry = {"file": source.name, "digest": source.digest, "lines": len(source.rows)}
    where = home(access, KINDS[kind].right)
    with journal.pen(access.account, "upload", about=f"batch:{kind}", committee=where, **entry) as pen:
        if mine.count() >= MOST_WAITING:
            raise TooMany
        _remove(made_at__lte=timezone.now() - KEPT_FOR)
        upload = Upload(
            account=access.account, kind=kind, name=source.name, digest=source.digest, content=content,
            made_at=timezone.now(), choices=choices or {},
        )  # fmt: skip
        Upload.objects.bulk_create([upload])
        pen.rows.clear()
    return upload, False


def home(access, right):
    """The committee of the one mandate that gives the right; None where several do, or one over the whole register."""
    homes = {m.committee_id for m in access.mandates if right in RIGHTS[Role(m.role)]}
    return Committee(id=homes.pop()) if len(homes) == 1 and None not in homes else None


def sender(upload):
    """The Committee the file comes from, as said when it was uploaded, or None."""
    return Committee.objects.filter(pk=upload.choices.get("sender")).first()


def _remove(**which):
    """Delete uploads, under the pen; how many went. Django's own queryset, because ours would tell every snapshot to
    read the register anew, and no snapshot holds an upload."""
    journal.require_pen()
    return QuerySet(Upload).filter(**which).delete()[0]


def as_sent(upload):
    """The Source in an upload as the file gives it. Raises HeadingError where it was not said yet how it is read."""
    if "proposed" in upload.choices:
        raise HeadingError("Cách ghép cột đã nhớ còn chờ xem lại.")
    return read(upload.kind, BytesIO(upload.content), upload.name, upload.choices)


def opened(upload):
    """The Source in an upload with what was mended in it."""
    return edits.laid(as_sent(upload), upload.edits)


def edits_of(upload, page):
    """[edits.Edit] of an upload; page: its preview."""
    return edits.told(page.source.unmended or page.source, upload.edits)


def mend(upload, *, by, sent=(), back=(), read=()):
    """Keep what was typed on a page (`edits.Typed`), read these rows after all, and take back the edits named (row, heading,
    mark of what it showed); [Crossed] where another page came first. Raises Gone. The entry tells how many, never what:
    the file is nobody's register yet."""
    source = as_sent(upload)
    with journal.pen(by, "upload-mend", about=f"batch:{upload.kind}", file=upload.name) as pen:
        row = QuerySet(Upload).filter(pk=upload.pk, account=by)
        stands = row.values_list("edits", flat=True).first()
        if stands is None:
            raise Gone
        made, crossed = edits.merged(stands, source, sent)
        made, others = edits.taken_back(made, source, back)
        made = edits.read_after_all(made, source, read)
        row.update(edits=made)
        pen.note(rows_mended=len(made))
    upload.edits = made
    return crossed + others


def drop(upload, *, by):
    """Forget an upload. Raises Gone."""
    with journal.pen(by, "upload-drop", about=f"batch:{upload.kind}", file=upload.name, digest=upload.digest):
        if not _remove(pk=upload.pk, account=by):
            raise Gone


def apply(upload, *, by, wrote=None, progress=None):
    """Load an upload under the account's rights and forget it, in one pen; the Report. With faults, doubts or
    nothing to write, it stays. Raises Gone, so that two clicks load once, Mended and journal.Busy. wrote, progress: see
    `load_source`."""

    def claim():
        stands = QuerySet(Upload).filter(pk=upload.pk, account=by).values_list("edits", "choices").first()
        if stands is not None and stands != (upload.edits, upload.choices):
            raise Mended
        if not _remove(pk=upload.pk, account=by):
            raise Gone

    report = load_source(
        upload.kind, opened(upload), actor=by, claim=claim, wrote=wrote, progress=progress, ask=True
    )
    if report.batch is None and not Upload.objects.filter(pk=upload.pk).exists():
        raise Gone  # the other click loaded it while this one checked
    return report


def batches(access):
    """The batches the account may take back, newest first: of a KIND whose right it holds where the load belongs."""
    found = Q(pk__in=[])
    for right in {kind.right for kind in kinds(access)}:
        its = Q(kind__in=[kind.name for kind in KINDS.values() if kind.right == right])
        if not access.may(right, None):
            where = [access.structure.ids[i] for i in reach(access, right).nonzero()[0]]
            entries = Entry.objects.filter(chain=Entry.WRITES, committee_id__in=among(where))
            its &= Q(stamp__in=entries.values("number"))
        found |= its
    return Batch.objects.filter(found).order_by("-pk")


def check(access, batch):
    """The door to a batch: 404 outside the account's reach, 403 inside without the right of its KIND."""
    right = KINDS[batch.kind].right
    entry = journal.entry_of(batch.stamp)
    # A load of the whole register names no committee: whoever holds the right everywhere passes.
    if not access.may(right, None):
        access.check(entry.committee_id, right)


@dataclass(frozen=True)
class Loaded:
    """A line of the list: a batch with who wrote it last and when: loaded it, or took it back."""

    batch: Batch
    kind: str
    who: str
    at: datetime


def told(batches):
    """The Loaded of some batches. One query."""
    batches = list(batches)
    entries = journal.entries_of(batches)
    return [
        Loaded(batch, KINDS[batch.kind].title, str(entry.actor) if entry.actor_id else "", entry.at)
        for batch in batches
        for entry in [entries[batch.stamp]]
    ]
