"""All papers of a dossier on one page: which are there, until when they hold, what is wrong with them."""

from dataclasses import replace

from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import columns
from ..pipeline import evidence
from ..pipeline.ahead import reasons
from ..pipeline.checklist import DayForm, cell_meets_on, checklist
from ..pipeline.deed_views import read
from ..pipeline.dossier import above
from ..pipeline.paper_views import whole_of
from . import faults


@never_cache
@require_safe
def candidacy_checklist(request, pk):
    """All papers of a dossier: which are there, until when they hold, and the faults looked for, for a day on which the
    cell is likely to meet; what the papers issued so far say against each other, and old
    names of places."""
    candidacy, snapshot = whole_of(request, pk), columns.current()
    form = DayForm(request.GET if "on" in request.GET else None, proposed=cell_meets_on(request.access.today))
    on = form.day
    facts = evidence.facts_of(candidacy, snapshot.structure, on)
    read(request, candidacy.person, candidacy.cell)
    page = checklist(facts, on, snapshot.book)
    step = page.step.code if page.step else ""
    prefetch_related_objects([candidacy], "issued")
    differing = faults.across(candidacy, snapshot=snapshot, on=on)
    context = {
        "person": candidacy.person,
        "candidacy": candidacy,
        "form": form,
        "page": page,
        "reasons": reasons(request.access, candidacy, page.objections, step),
        "faults": [
            _answered_at(request.access, candidacy, one)
            for one in reasons(request.access, candidacy, page.found, step)
        ],
        "issued": len(faults.issued(candidacy)),
        "differing": faults.shown(differing, access=request.access, candidacy=candidacy),
        "crumbs": above(request.access, snapshot, candidacy.cell_id),
    }
    return render(request, "recruitment/papers/candidacy_checklist.html", context, status=form.status)


def _answered_at(access, candidacy, reason):
    """A tick nobody set is set where the paper is put right."""
    if reason.objection.verdict != "tick":
        return reason
    return replace(reason, address=faults.put_right_at(access, candidacy, reason.objection.paper))
