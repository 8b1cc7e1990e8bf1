from functools import partial

import numpy as np
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal
from committees.access import PEOPLE

from .. import columns
from ..models import Admission, Candidacy, Certificate, Stage
from ..quotas.listing import Chosen, in_order
from ..quotas.lists import ListPage, where
from ..quotas.question import Selection, ask, seen_by
from .filters import AdmissionForm, CandidacyForm, counts_people
from .stages import Road
from .tables import AdmissionTable, CandidacyTable, CertificateTable


def _noted(request, about, committee, form, count):
    """One read entry for the list opened: which, where, under which conditions, how many."""
    said = {name: value for name, value in request.GET.dict().items() if value and name != "committee"}
    journal.read_entry(request.user, "list", about=about, committee=committee, filter=said, count=count)


@never_cache
@require_safe
def admission_list(request):
    """The admissions behind a figure, with the same mask and count; or all to date where no plan is named."""
    committee = where(request.access, PEOPLE, request.GET.get("committee"))
    snapshot = columns.current()
    form = AdmissionForm(request.GET, snapshot=snapshot, committee=committee, today=request.access.today)
    question, _found = form.answer(partial(ask, snapshot, committee.code)) or (None, None)
    page = ListPage(request, snapshot, committee, form, question)
    if question:
        selection = form.narrow(Selection(snapshot, question))
        rows, every = selection.rows, len(selection)
        selection.narrow(seen_by(request.access, PEOPLE, snapshot, selection.places))
        people = counts_people(question.plan)
        model = Admission if people else Certificate
        fetch = partial(_records, model.objects.select_related("person"), rows)
        orders = (
            {"decided_on": rows["decided"], "ceremony_on": rows["held"]}
            if people
            else {"issued_on": rows["issued"]}
        )
        data = Chosen(selection.chosen, fetch, orders)
        named = partial(_cell_name, snapshot)
        table = (
            AdmissionTable(data, cell_name=named, on=question.on)
            if people
            else CertificateTable(data, cell_name=named)
        )
        page.show(table, count=len(selection), out_of_reach=every - len(selection))
        _noted(request, "admissions" if people else "certificates", committee, form, page.count)
    return render(request, "recruitment/pipeline/admission_list.html", {"page": page}, status=page.status)


@never_cache
@require_safe
def candidacy_list(request):
    """Candidacies as they stood at the end of a day."""
    committee = where(request.access, PEOPLE, request.GET.get("committee"))
    snapshot = columns.current()
    form = CandidacyForm(request.GET, snapshot=snapshot, committee=committee, today=request.access.today)
    question, _found = form.answer(partial(ask, snapshot, committee.code)) or (None, None)
    page = ListPage(request, snapshot, committee, form, question)
    if question:
        road = Road(snapshot, question)
        mask = form.narrow(road)
        seen = mask & seen_by(request.access, PEOPLE, snapshot, road.places)
        chosen = np.flatnonzero(seen)
        fetch = partial(_records, Candidacy.objects.select_related("person"), road.rows)
        orders = {"entered_on": road.rows["entered"], "stage": road.stages}
        labels = [stage.label for stage in Stage]
        stages = dict(zip(road.rows["id"][chosen].tolist(), road.stages[chosen].tolist(), strict=True))
        table = CandidacyTable(
            Chosen(chosen, fetch, orders),
            cell_name=partial(_cell_name, snapshot),
            stage_of={pk: labels[stage] for pk, stage in stages.items()},
            on=question.on,
        )
        page.show(table, count=len(chosen), out_of_reach=int(np.count_nonzero(mask & ~seen)))
        _noted(request, "candidacies", committee, form, page.count)
    return render(request, "recruitment/pipeline/candidacy_list.html", {"page": page}, status=page.status)


def _records(queryset, rows, indexes):
    return in_order(queryset, rows["id"][indexes])


def _cell_name(snapshot, committee_id, day):
    structure = snapshot.structure
    i = structure.index[committee_id]
    place = structure.place_on(i, day.toordinal()) or structure.last_place(i) or structure.places[i][0]
    return place.name
