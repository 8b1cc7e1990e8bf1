"""What pages say of one paper for several dossiers: that it is not given out to who may not see all on it, and that it is
put right for all of them at once."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _

from committees import journal
from committees.access import RECORD
from committees.vietnamese import fold

from . import joined
from .makers import may_make


def held_words():
    """Why the file of such a paper is not given out."""
    return _(
        "Bản này nêu cả người của chi bộ khác: tệp giữ ở cấp ủy trên, nơi có quyền xem mọi người trong bản."
    )


def opened(account, deed, row, about, **said):
    """Journal that the file of an IssuedPaper, or the scan of one, was opened: an entry in each cell it names people of."""
    for cell, copy in joined.by_cell(row).items():
        journal.read_entry(
            account, deed, about=about(copy), committee=cell, candidacy=copy.candidacy_id, **said
        )


def door(access, row):
    """PermissionDenied unless the account may see everybody that paper names."""
    if not joined.seen(access, row):
        raise PermissionDenied


def may_all(access, issued):
    """Whether the account may issue and withdraw the paper in every dossier it lies in."""
    return all(may_make(access, copy.form, copy.candidacy, copy.on) for copy in joined.copies(issued))


def shared(access, issued):
    """{n, at} of an IssuedPaper that stands for several dossiers: in how many it lies, and where these stand to be issued
    anew, "" for who may not; None for any other."""
    there = joined.standing(issued) if issued is not None and issued.form in joined.FORMS else []
    if len(there) < 2:
        return None
    at = ""
    if issued.committee_id and access.may(RECORD, issued.committee_id) and may_all(access, issued):
        said = [("committee", issued.committee.code), ("form", fold(issued.form))]
        said += [("line", copy.candidacy_id) for copy in there]
        at = f"{reverse('recruitment:issuing')}?{urlencode(said)}"
    return {"n": len(there), "at": at}
