from functools import partial

import numpy as np
from django.shortcuts import render
from django.views.decorators.http import require_safe

from committees.access import FIGURES, PEOPLE

from .. import columns
from .filters import ListForm, UnitForm
from .links import Links
from .listing import Chosen
from .lists import ListPage, where
from .organisations import Organisations
from .question import Selection, ask, seen_by
from .tables import QuotaTable, UnitTable
from .units import ALL, of_kind, quota_rows, unit_rows, writers


@require_safe
def unit_list(request):
    """Grassroots organisations that admitted anyone, or none, or have no source: the lists behind those figures."""
    committee = where(request.access, FIGURES, request.GET.get("committee"))
    snapshot = columns.current()
    form = UnitForm(request.GET, snapshot=snapshot, committee=committee, today=request.access.today)
    question, found = form.answer(partial(ask, snapshot, committee.code)) or (None, None)
    page = ListPage(request, snapshot, committee, form, question)
    if question:
        selection = Selection(snapshot, question)
        organisations = Organisations(snapshot, question, found)
        chosen = of_kind(organisations, form.cleaned_data["kind"] or ALL)
        seen = seen_by(request.access, FIGURES, snapshot, question.tree.order[organisations.positions])
        indexes, fetch = unit_rows(organisations, selection, chosen & seen)
        links = Links(question, people=request.access.may(PEOPLE, committee.pk))
        table = UnitTable(Chosen(indexes, fetch), links=links)
        page.show(table, count=len(indexes), out_of_reach=int(np.count_nonzero(chosen & ~seen)))
    return render(request, "recruitment/quotas/unit_list.html", {"page": page}, status=page.status)


@require_safe
def quota_list(request):
    """Targets under a plan, with every change, its document and who wrote it into the register."""
    committee = where(request.access, FIGURES, request.GET.get("committee"))
    snapshot = columns.current()
    form = ListForm(request.GET, snapshot=snapshot, committee=committee, today=request.access.today)
    question, _found = form.answer(partial(ask, snapshot, committee.code)) or (None, None)
    page = ListPage(request, snapshot, committee, form, question)
    if question:
        every = np.arange(len(snapshot.structure), dtype=np.int32)
        rows = quota_rows(snapshot, question, seen_by(request.access, FIGURES, snapshot, every))
        table = QuotaTable(rows, links=Links(question, people=False), writers={})
        page.show(table, count=len(rows))
        table.writers = writers([row.record for row in table.paginated_rows])
    return render(request, "recruitment/quotas/quota_list.html", {"page": page}, status=page.status)
