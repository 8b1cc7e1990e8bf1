"""The page on which a whole dossier lies."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..pipeline.deed_views import read
from ..pipeline.dossier import above
from .folder_pages import opened, with_corrected
from .folder_scans import may_add
from .folder_sheets import KEPT_AS, source_of


@never_cache
@require_safe
def candidacy_folder(request, pk):
    """Everything that lies in the folder of a candidacy, in the order of the procedure, and what is not there.
    `?corrected=1`: with what was corrected or withdrawn. Journalled as the person's page."""
    corrected = with_corrected(request.GET)
    found, snapshot = opened(request.access, pk, corrected=corrected)
    candidacy = found.candidacy
    read(request, candidacy.person, candidacy.cell)
    rows = []
    for entry in found.entries:
        adds = bool(entry.thing) and may_add(request.access, candidacy, entry.kind)
        rows.append((entry, source_of(entry), KEPT_AS.get(entry.source, ""), adds))
    context = {
        "folder": found,
        "person": candidacy.person,
        "candidacy": candidacy,
        "rows": rows,
        "crumbs": above(request.access, snapshot, candidacy.cell_id),
    }
    return render(request, "recruitment/papers/candidacy_folder.html", context)
