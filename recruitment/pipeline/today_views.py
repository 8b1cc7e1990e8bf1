"""Where the day begins: the secretary's page, and the department's."""

from dataclasses import dataclass
from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal
from committees.access import OFFICE, PEOPLE, RECORD

from .. import columns
from ..quotas.question import ask
from .checklist import DayForm, cell_meets_on
from .desk import Desk
from .meeting import Meeting
from .today import Today

WEEKDAYS = [
    _("Thứ Hai"),
    _("Thứ Ba"),
    _("Thứ Tư"),
    _("Thứ Năm"),
    _("Thứ Sáu"),
    _("Thứ Bảy"),
    _("Chủ nhật"),
]


@dataclass(frozen=True)
class Place:
    """Another committee in which the account holds the same right."""

    code: str
    name: str


@never_cache
@require_safe
def today(request):
    """What is overdue, due, without a helper and waiting, as cards. Journalled as a list of people."""
    committee, others = _place(request.access, PEOPLE, request.GET.get("committee"))
    page = _page(Today, request.access, committee)
    journal.read_entry(request.user, "list", about="worklist", committee=committee, count=page.count)
    may_record = request.access.may(RECORD, committee.pk)
    return _render(request, "today", page, others, may_record=may_record)


@never_cache
@require_safe
def meeting_sheet(request):
    """One page to print for the cell's meeting, with names. Journalled as a list of people."""
    committee, others = _place(request.access, PEOPLE, request.GET.get("committee"))
    asked = request.GET if "on" in request.GET else None
    form = DayForm(asked, proposed=cell_meets_on(request.access.today))
    page = _page(partial(Meeting, on=form.day), request.access, committee)
    journal.read_entry(request.user, "list", about="meeting", committee=committee, count=page.count)
    return _render(request, "meeting_sheet", page, others, form=form, status=form.status)


@never_cache
@require_safe
def desk(request):
    """The queues of a department: counts only, each opens its list."""
    committee, others = _place(request.access, OFFICE, request.GET.get("committee"))
    return _render(request, "desk", _page(Desk, request.access, committee), others)


def _page(page, access, committee):
    snapshot = columns.current()
    question, _progress = ask(snapshot, committee.code, on=access.today)
    return page(access, snapshot, question)


def _render(request, name, page, others, *, status=200, **more):
    context = {"page": page, "others": others, "weekday": WEEKDAYS[request.access.today.weekday()], **more}
    return render(request, f"recruitment/pipeline/{name}.html", context, status=status)


def _place(access, right, code):
    """(the committee named, else the first where the right is held; [Place] of the others). 404, 403 as the door."""
    committee = access.committee(code, right) if code else None
    tree, spans = access.tree, access.require(right)
    places = [Place(tree.code(p), tree.name(p)) for span in spans for p in _tops(tree, *span)]
    if committee is None:
        if not places:
            raise Http404
        committee = access.committee(places[0].code, right)
    return committee, [place for place in places if place.code != committee.code]


def _tops(tree, first, end):
    """Positions in a span of the tree that have nobody above them there: several where it is the whole register."""
    while first < end:
        yield first
        first = int(tree.end[first])
