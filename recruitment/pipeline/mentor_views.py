"""Who helps whom: the mentors of one's cells with their load, and candidates nobody helps."""

from dataclasses import dataclass

import numpy as np
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal
from committees.access import PEOPLE, RECORD

from .. import columns
from ..models import Candidacy, Mentorship
from ..quotas.place import headed
from . import actions
from .deed_views import answer, asks_and_does, sent
from .mentor_forms import UnableForm

A_PAGE, WITHOUT = 40, 40


@dataclass(frozen=True)
class Mentor:
    """An official member of a cell and the candidates they help now; unable: from which day they can help no more."""

    name: str
    cell: str
    mine: bool
    helped: list

    @property
    def unable(self):
        return next((m for m in self.helped if m.unable_on is not None), None)


@never_cache
@require_safe
def mentor_list(request):
    """The mentors within reach, those of most candidates first, and the candidates without one. Twelve queries."""
    access, snapshot = request.access, columns.current()
    cells, committee = _cells(access, snapshot, request.GET.get("committee", ""))
    loads = sorted(actions.loads(cells), key=lambda row: -row[2])
    page = Paginator(loads, A_PAGE).get_page(request.GET.get("page"))
    helped = _helped(list(page))
    structure = snapshot.structure

    def cell_name(cell):
        return structure.name_on(structure.index[cell], access.today)

    mentors = [
        Mentor(name, headed(cell_name(cell)), access.may(RECORD, cell), helped.get((cell, name), []))
        for cell, name, _number in page
    ]
    alone = (
        Candidacy.objects.filter(cell_id__in=cells, stage__in=actions.HELPED)
        .exclude(mentorships__in=Mentorship.objects.filter(until=None))
        .select_related("person")
        .order_by("entered_on", "pk")
    )
    count, first = alone.count(), list(alone[:WITHOUT])
    without = [(row, cell_name(row.cell_id), access.may(RECORD, row.cell_id)) for row in first]
    shown = sum(len(mentor.helped) for mentor in mentors) + len(without)
    journal.read_entry(request.user, "list", about="mentors", committee=committee, count=shown)
    context = {
        "page": page, "pages": page.paginator.get_elided_page_range(page.number), "mentors": mentors,
        "without": without, "alone": count, "more": count - len(without),
        "name": cell_name(committee.pk) if committee else "",
    }  # fmt: skip
    return render(request, "recruitment/pipeline/mentors.html", context)


def _cells(access, snapshot, code):
    """(ids of all committees whose people the account may see, below the one of that code where one is named; that
    committee). Http404, PermissionDenied."""
    structure, committee = snapshot.structure, None
    if code:
        committee, tree = access.committee(code, PEOPLE), access.tree
        p = tree.of(committee.pk)
        spans = [(p, int(tree.end[p]))]
    else:
        spans = access.require(PEOPLE)
    position = access.tree.position
    mask = np.zeros(len(position), bool)
    for first, end in spans:
        mask |= (position >= first) & (position < end)
    return [structure.ids[i] for i in np.flatnonzero(mask)], committee


def _helped(rows):
    """{(cell id, mentor): [Mentorship]} of these rows of `actions.loads`, candidates in order of day. One query."""
    found = {}
    running = Mentorship.objects.filter(
        candidacy__cell_id__in={cell for cell, *_ in rows}, mentor__in={name for _, name, _ in rows}, until=None,
        candidacy__stage__in=actions.HELPED,
    )  # fmt: skip
    for row in running.select_related("candidacy__person").order_by("since", "pk"):
        found.setdefault((row.candidacy.cell_id, row.mentor), []).append(row)
    return found


@never_cache
@asks_and_does
def mentor_unable(request, pk):
    """That a mentor can help no more; their candidates wait for somebody else."""
    request.access.self_service()
    mentorship = (
        Mentorship.objects.select_related("candidacy__person", "candidacy__cell").filter(pk=pk).first()
    )
    if mentorship is None:
        raise Http404
    request.access.check(mentorship.candidacy.cell_id, RECORD)
    snapshot = columns.current()
    form = UnableForm(sent(request), mentorship=mentorship, snapshot=snapshot, access=request.access)
    return answer(request, form, snapshot)
