"""Where the day begins: the secretary's page, and the department's."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal
from committees.access import PEOPLE, RECORD, TARGETS

from .. import columns
from ..quotas.question import ask
from .desk import Desk
from .today import Today


@dataclass(frozen=True)
class Place:
    """Another committee in which the account holds the same right."""

    code: str
    name: str


@never_cache
@require_safe
def today(request):
    """What is overdue, due, without a helper and waiting, as cards. Journalled as a list of people."""
    committee, others = _place(request, PEOPLE)
    snapshot = columns.current()
    question, _found = ask(snapshot, committee.code, on=request.access.today)
    page = Today(request.access, snapshot, question)
    journal.read_entry(request.user, "list", about="worklist", committee=committee, count=page.count)
    context = {"page": page, "others": others, "may_record": request.access.may(RECORD, committee.pk)}
    return render(request, "recruitment/pipeline/today.html", context)


@never_cache
@require_safe
def desk(request):
    """The queues of a department: counts only, each opens its list."""
    committee, others = _place(request, TARGETS)
    snapshot = columns.current()
    question, _found = ask(snapshot, committee.code, on=request.access.today)
    page = Desk(request.access, snapshot, question)
    return render(request, "recruitment/pipeline/desk.html", {"page": page, "others": others})


def _place(request, right):
    """(the committee named, else the first where the right is held; the [Place] of the others where it is). 404 and
    403 as the door."""
    access, code = request.access, request.GET.get("committee")
    committee = access.committee(code, right) if code else None
    places = [
        Place(access.tree.code(first), access.tree.name(first)) for first, _end in access.require(right)
    ]
    if committee is None:
        if not places:
            raise Http404
        committee = access.committee(places[0].code, right)
    return committee, [place for place in places if place.code != committee.code]
