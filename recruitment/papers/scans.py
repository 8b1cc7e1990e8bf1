"""Scans of the papers in a candidacy's folder: added, replaced and dropped here and nowhere else.

The bytes lie in the database, beside the journal that tells of them: nothing on a disk that a server could give out or run,
and one back-up holds both. A scan changes nothing that is counted, so the candidacy's own stamp stays.
"""

import hashlib
import json

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from committees import journal, vietnamese

from ..models import PreparedFile, Scan, ScanFile
from ..sheets import scan_apart
from ..sheets.scan_kinds import MB, Limits

LIMITS = Limits(settings.SCAN_MB * MB, settings.SCAN_PAGES, settings.SCAN_MEGAPIXELS * 1_000_000)
MOST_OF_DOSSIER = settings.SCAN_DOSSIER_MB * MB


class Refused(ValueError):
    """The deed is not done; the text says why, in Vietnamese."""


class Known(Refused):
    """The very same file is in the folder already: `scan`."""

    def __init__(self, scan):
        self.scan = scan
        words = _("Tệp này đã có trong hồ sơ: “%(title)s”, thêm ngày %(day)s. Không thêm lần nữa.")
        on = vietnamese.day(timezone.localdate(scan.added_at))
        super().__init__(words % {"title": scan.title, "day": on})


class Spoilt(Exception):
    """The bytes kept are not those that were put there."""


def of(candidacy):
    """Its Scans that are kept, without their bytes, in the order they were added. One query."""
    return list(_all(candidacy).filter(dropped_at=None))


def dropped(candidacy):
    """Its Scans whose bytes are gone, with why. One query."""
    return list(_all(candidacy).exclude(dropped_at=None))


def _all(candidacy):
    return candidacy.scans.select_related("paper", "issued", "added_by").order_by("added_at", "pk")


def content(scan):
    """The bytes of a scan, proven to be those that were put there: by the digest beside them and by the one in the journal,
    while its entry is not erased. Spoilt; Refused where they are gone. Two queries."""
    kept = ScanFile.objects.filter(scan=scan).values_list("content", flat=True).first()
    if scan.dropped_at or kept is None:
        raise Refused(_("Bản quét này đã bỏ."))
    digest = hashlib.sha256(bytes(kept)).hexdigest()
    if {digest} != {scan.digest, *_journalled(scan)}:
        raise Spoilt(scan.pk)
    return bytes(kept)


def _journalled(scan):
    """The digest that the entry which wrote the scan tells; nothing where the entry is erased."""
    entry = journal.entry_of(scan.stamp)
    told = json.loads(entry.payload) if entry is not None and entry.payload else {}
    for row in told.get("rows", ()):
        if row["model"] == scan._meta.label_lower and row.get("id") == scan.pk:
            yield row["new"]["digest"]


def add(candidacy, files, *, title, by, paper=None, issued=None, form=""):
    """Put files [(name, bytes)], in their order the pages of one scan, into the folder; the Scan. paper, issued: what it is
    a picture of, if one of these; form: the form that is of. sheets' ScanError for a file that is not taken; Known;
    Refused where the folder is full. The files are cleaned before the pen is taken. One pen."""
    cleaned = scan_apart.clean(files, LIMITS)
    scan = Scan(candidacy=candidacy, paper=paper, issued=issued, form=form, title=title)
    with _pen(candidacy, "scan-add", by) as pen:
        return _put(scan, cleaned, by, pen)


def replace(old, files, *, by, after=False):
    """Put files in the place of a scan, or, after: behind its pages; the new Scan, of the same paper. The old one's bytes
    go. As `add`; Refused where somebody dropped it meanwhile."""
    if after:
        files = [(f"scan.{old.kind}", content(old)), *files]
    cleaned = scan_apart.clean(files, LIMITS)
    new = Scan(candidacy=old.candidacy, paper=old.paper, issued=old.issued, form=old.form, title=old.title)
    with _pen(old.candidacy, "scan-replace", by) as pen:
        fresh = _kept(old)
        if cleaned.kind == old.kind and hashlib.sha256(cleaned.content).hexdigest() == old.digest:
            raise Known(old)
        _forget(fresh, _("Thay bằng bản quét khác"))
        return _put(new, cleaned, by, pen)


def drop(scan, *, why, by):
    """Take a scan out of the folder that was put there by mistake: its bytes go, the row with its digest stays. Refused where
    somebody was first. One pen."""
    with _pen(scan.candidacy, "scan-drop", by, reason=why) as pen:
        pen.about = f"recruitment.scan:{scan.pk}"
        return _forget(_kept(scan), why)


def _pen(candidacy, deed, by, **details):
    about = f"recruitment.candidacy:{candidacy.pk}"
    return journal.pen(by, deed, about=about, committee=candidacy.cell, **details)


def _kept(scan):
    """The scan as it stands under the pen."""
    fresh = Scan.objects.get(pk=scan.pk)
    if fresh.dropped_at:
        raise Refused(_("Bản quét này đã có người bỏ hoặc thay. Mở lại trang giấy tờ để xem bản mới."))
    return fresh


def _put(scan, cleaned, by, pen):
    """Needs the pen held: whether the file is known and the folder has room is decided where nobody else can write."""
    there = Scan.objects.filter(candidacy=scan.candidacy, dropped_at=None)
    scan.digest = hashlib.sha256(cleaned.content).hexdigest()
    known = there.filter(digest=scan.digest).first()
    if known is not None:
        raise Known(known)
    lies = there.aggregate(size=Sum("size"))["size"] or 0
    if lies + len(cleaned.content) > MOST_OF_DOSSIER:
        raise Refused(
            _(
                "Các bản quét của hồ sơ này đã gần đủ %s MB, mức nhiều nhất. Bỏ bản không cần, hoặc quét lại nhẹ hơn."
            )
            % settings.SCAN_DOSSIER_MB
        )
    scan.kind, scan.pages, scan.size = cleaned.kind, cleaned.pages, len(cleaned.content)
    scan.added_at, scan.added_by = timezone.now(), by
    scan.save()
    ScanFile.objects.bulk_create([ScanFile(scan=scan, content=cleaned.content)])
    pen.about = f"recruitment.scan:{scan.pk}"
    pen.note(digest=scan.digest)
    return scan


def _forget(scan, why):
    """Needs the pen held. Emptied, not deleted: a deleted row would have every snapshot of figures built anew."""
    scan.dropped_at, scan.dropped_why = timezone.now(), why
    scan.save()
    ScanFile.objects.filter(scan=scan).update(content=b"")
    _empty_folders(scan.candidacy_id)
    return scan


def _empty_folders(pk):
    """Needs the pen held. What was made in the background of the folder of that candidacy holds the scan too."""
    asked = {"job__args__name": "folder", "job__args__query__startswith": f"{urlencode({'candidacy': pk})}&"}
    PreparedFile.objects.filter(**asked).exclude(content=b"").update(content=b"")
