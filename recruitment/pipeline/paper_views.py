"""The papers of a dossier: recorded one at a time, put right, taken back; what may be recorded now."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees.access import RECORD

from .. import columns
from ..models import Candidacy, Paper
from ..rules.papers import KINDS
from . import evidence, rights
from .actions import last_step
from .ahead import against, ahead, possible, reasons
from .deed_views import answer, asks_and_does, candidacy_of, read, righted, sent
from .dossier import above
from .dossier import read as whole
from .paper_forms import CorrectionForm, PaperForm, TakeBackForm

PAPER = "recruitment/pipeline/paper_deed.html"


def whole_of(request, pk):
    """The candidacy with all its papers, where the account may record it. Http404, PermissionDenied."""
    request.access.self_service()
    candidacy = whole(Candidacy.objects.filter(pk=pk)).select_related("person", "cell").first()
    if candidacy is None:
        raise Http404
    request.access.check(candidacy.cell_id, RECORD)
    return candidacy


@never_cache
@asks_and_does
def candidacy_record(request, pk, kind):
    """Record one paper of the road, whose kind the address names. Before anything is typed the page says what stands
    against it today."""
    if kind not in KINDS or KINDS[kind].ends:
        raise Http404
    candidacy, snapshot = candidacy_of(request, pk), columns.current()
    rights.require(request.access, kind, candidacy.cell_id)
    today = request.access.today
    facts = evidence.facts_of(candidacy, snapshot.structure, today)
    form = PaperForm(
        sent(request), row=candidacy, kind=kind, snapshot=snapshot, access=request.access,
        members=facts.official_members if "away" in KINDS[kind].fields else None, criteria=_criteria(facts),
    )  # fmt: skip
    standing = [] if form.is_bound else against(facts, kind, today, snapshot.book)
    return answer(request, form, snapshot, PAPER, standing=reasons(request.access, candidacy, standing, kind))


@never_cache
@asks_and_does
def paper_correct(request, pk):
    """Put a paper right."""
    paper, snapshot = _paper(request, pk), columns.current()
    facts = evidence.facts_of(paper.candidacy, snapshot.structure, paper.on)
    form = CorrectionForm(
        sent(request), paper=paper, snapshot=snapshot, access=request.access, criteria=_criteria(facts),
        initial=righted(request, "number"),
    )  # fmt: skip
    return answer(request, form, snapshot, PAPER, paper=paper)


@never_cache
@asks_and_does
def paper_retract(request, pk):
    """Take a paper back that was recorded by mistake; a move to another cell, where the account records there too."""
    paper, snapshot = _paper(request, pk), columns.current()
    for onward in paper.candidacy.onward.all() if paper.kind == "moved" else ():
        rights.require(request.access, paper.kind, onward.cell_id)
    form = TakeBackForm(sent(request), paper=paper, snapshot=snapshot, access=request.access)
    return answer(request, form, snapshot, PAPER)


def _paper(request, pk):
    """The paper, where the account may record its kind. Http404, PermissionDenied."""
    request.access.self_service()
    paper = Paper.objects.select_related("candidacy__person", "candidacy__cell").filter(pk=pk).first()
    if paper is None or KINDS[paper.kind].stored != "paper":
        raise Http404
    request.access.check(paper.candidacy.cell_id, RECORD)
    rights.require(request.access, paper.kind, paper.candidacy.cell_id)
    return paper


def _criteria(facts):
    return [(one.id, one.text) for one in facts.criteria]


@never_cache
@require_safe
def candidacy_step(request, pk):
    """What may be recorded of a candidacy now, and why the rest may not yet."""
    candidacy, snapshot = whole_of(request, pk), columns.current()
    facts = evidence.facts_of(candidacy, snapshot.structure, request.access.today)
    found = possible(request.access, candidacy, facts, snapshot.book)
    read(request, candidacy.person, candidacy.cell)
    context = {
        "person": candidacy.person,
        "candidacy": candidacy,
        "last": last_step(candidacy),
        "ahead": ahead(request.access, candidacy, facts, snapshot.book),
        "now": [one for one in found if not one.reasons],
        "later": [one for one in found if one.reasons],
        "crumbs": above(request.access, snapshot, candidacy.cell_id),
    }
    return render(request, "recruitment/pipeline/candidacy_step.html", context)
