"""A move taken back: the dossier goes on where it was, as if it had never left."""

from django.utils.translation import gettext as _

from ...models import Admission, ScanFile
from ...rules.papers import RECEIVED
from .base import Refused, change_row

# What a move copies or opens at the cell of arrival, in the order in which it may go.
_PARTS = ("scans", "letters", "relatives", "reviews", "papers", "steps", "mentorships")


def rejoin(candidacy, moved):
    """Undo what a move (its Paper, which the caller takes away) did: who helped helps on; where another cell goes on with
    the dossier, that one goes with the copies it was given, and the admission comes back. Needs the pen held.

    Refused where the cell of arrival, or anybody else, wrote there since; then the person moves again. A dozen queries
    and one for each row that goes."""
    onward = candidacy.onward.first()
    entry = onward.stamp if onward else moved.stamp
    for mentorship in candidacy.mentorships.filter(stamp=entry):
        if mentorship.until in (moved.on, mentorship.since):
            change_row(mentorship, until=None)
    if onward is not None:
        _take_away(onward, candidacy)


def _take_away(onward, candidacy):
    admission = Admission.objects.filter(candidacy=onward).first()
    rows = [row for name in _PARTS for row in getattr(onward, name).all()]
    written = any(row.stamp != onward.stamp for row in (*rows, admission) if row is not None)
    if written or onward.issued.exists() or onward.wordings.exists():
        raise Refused(_("Nơi đến đã ghi thêm vào hồ sơ này. Ghi một lần chuyển nữa, về chi bộ cũ."))
    if admission is not None:
        kept = candidacy.papers.filter(kind=RECEIVED).first()
        received = kept.on if kept else admission.received_on
        change_row(admission, candidacy=candidacy, received_on=received)
        if kept is not None:
            kept.delete()
    ScanFile.objects.filter(scan__candidacy=onward).delete()
    for row in rows:
        row.delete()
    onward.delete()
