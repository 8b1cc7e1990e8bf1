"""The papers of a candidacy on screen: how each form of the road stands."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal
from committees.access import PEOPLE, RECORD

from .. import columns
from ..models import Candidacy
from ..pipeline.dossier import above
from . import case as cases
from . import folder_scans
from .road import road


def candidacy_seen(request, pk):
    """The candidacy with all that papers tell of it, where the account may see persons: the door decides by its cell.
    Http404, PermissionDenied. Eleven queries."""
    request.access.self_service()
    cell = Candidacy.objects.filter(pk=pk).values_list("cell_id", flat=True).first()
    if cell is None:
        raise Http404
    request.access.check(cell, PEOPLE)
    return cases.candidacy(pk)


def read(request, candidacy, *, sensitive=False):
    """Journal that a page of the person was opened; sensitive: that it showed native place, ethnicity or religion."""
    journal.read_entry(
        request.user, "person-sensitive" if sensitive else "person",
        about=f"recruitment.person:{candidacy.person_id}", committee=candidacy.cell,
    )  # fmt: skip


@never_cache
@require_safe
def candidacy_papers(request, pk):
    """Every form of the road for one candidacy, in the order of the procedure, each with how it stands."""
    candidacy, snapshot = candidacy_seen(request, pk), columns.current()
    phases = road(candidacy, snapshot=snapshot, today=request.access.today)
    stands = [one for _phase, _words, there in phases for one in there]
    read(request, candidacy, sensitive=any(one.changes for one in stands))
    context = {
        "person": candidacy.person,
        "candidacy": candidacy,
        "phases": phases,
        "papers": [one for one in stands if not one.sheet],
        "issued": [one for one in stands if one.issued],
        "changed": [one for one in stands if one.state == "changed"],
        "origin": _origin(request.access, candidacy),
        "keeps": request.access.may(RECORD, candidacy.cell_id),
        "scanned": folder_scans.folder(candidacy),
        "crumbs": above(request.access, snapshot, candidacy.cell_id),
    }
    return render(request, "recruitment/papers/candidacy_papers.html", context)


def _origin(access, candidacy):
    """The candidacy it goes on with from another cell, where what was issued there lies and the reader may look; None."""
    before = candidacy.origin
    return before if before is not None and access.may(PEOPLE, before.cell_id) else None
