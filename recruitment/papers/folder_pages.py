"""The folder of a candidacy behind its door, for the page and for the files made of it."""

from django.http import Http404

from committees.access import PEOPLE

from .. import columns
from ..models import Candidacy
from . import case
from .folder import folder


def opened(access, pk, *, corrected=False):
    """(Folder of the candidacy, the snapshot it was laid out by), where the account may see the cell's people. Http404,
    PermissionDenied."""
    access.self_service()
    cell = Candidacy.objects.filter(pk=pk).values_list("cell_id", flat=True).first()
    if cell is None:
        raise Http404
    access.check(cell, PEOPLE)
    snapshot = columns.current()
    return folder(case.candidacy(pk), snapshot, access, corrected=corrected), snapshot


def with_corrected(params):
    """Whether what was corrected or withdrawn was asked for, too."""
    return params.get("corrected") == "1"
