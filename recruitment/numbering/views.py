"""The pages of a body's numbers: what was given, what is reserved."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from committees import journal
from committees.access import PEOPLE, RECORD
from committees.editing import Overtaken

from ..models import NumberBlock
from ..rules import numbers
from . import deeds
from .bodies import DECIDING
from .forms import BlockForm, PlaceForm, ReserveForm
from .page import Numbers

asks_and_does = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def number_book(request):
    """The numbers of one body, by type; `type`: every number of one, `only`: as `page.ONLY`. Journalled as a list of
    people."""
    access, asked = request.access, request.GET
    access.require(PEOPLE)
    chosen = PlaceForm(asked, access=access) if asked.get("place") else None
    if chosen is not None and chosen.is_valid():
        return redirect(_address(chosen.cleaned_data["place"].code))
    committee = _place(access, PEOPLE, asked.get("committee"))
    before = asked.get("before", "")
    start = int(before) if before.isdecimal() and len(before) < 19 else None
    page = Numbers(access, committee.pk, asked.get("type", ""), start, asked.get("only", ""))
    count = len(page.chosen.held) if page.chosen else len(page.uses)
    journal.read_entry(request.user, "list", about="numbers", committee=committee, count=count)
    context = {
        "page": page,
        "committee": committee,
        "form": chosen or PlaceForm(access=access),
        "may_reserve": access.may(RECORD, committee.pk),
    }
    status = 400 if chosen is not None else 200
    return render(request, "recruitment/numbering/number_book.html", context, status=status)


@never_cache
@asks_and_does
def number_block_new(request):
    """Reserve a block of numbers."""
    committee = _place(request.access, RECORD, request.GET.get("committee"))
    name = _name(request.access, committee.pk)
    form = ReserveForm(
        request.POST if request.method == "POST" else None, suffix=_suffix(request.access, committee.pk, name)
    )
    if form.is_valid():
        said = form.cleaned_data | {"note": form.cleaned_data["note"] or ""}
        try:
            block = deeds.reserve(committee, by=request.user, **said)
        except deeds.Refused as refusal:
            form.refuse(refusal.faults)
        else:
            told = {"first": block.first, "last": block.last, "suffix": block.suffix}
            messages.success(request, _("Đã giữ các số từ %(first)s đến %(last)s (%(suffix)s).") % told)
            return redirect(_address(committee.code))
    context = {"form": form, "committee": committee, "name": name}
    return render(request, "recruitment/numbering/number_block_new.html", context, status=form.status)


@never_cache
@asks_and_does
def number_block(request, pk):
    """Which numbers of a block went elsewhere, and from when on none is taken from it."""
    access = request.access
    access.self_service()
    block = NumberBlock.objects.select_related("committee").filter(pk=pk).first()
    if block is None:
        raise Http404
    access.check(block.committee_id, RECORD)
    form = BlockForm(request.POST if request.method == "POST" else None, row=block)
    if form.is_valid():
        said = form.cleaned_data
        try:
            deeds.change(
                block, skipped=said["skipped"] or frozenset(), ended_on=said["ended_on"], note=said["note"] or "",
                by=request.user, stamp=said["stamp"],
            )  # fmt: skip
        except deeds.Refused as refusal:
            form.refuse(refusal.faults)
        except Overtaken as other:
            form.overtaken(other.fresh)
        else:
            messages.success(request, _("Đã lưu dải số."))
            return redirect(_address(block.committee.code))
    context = {
        "form": form, "reserved": block, "committee": block.committee, "name": _name(access, block.committee_id),
    }  # fmt: skip
    return render(request, "recruitment/numbering/number_block.html", context, status=form.status)


def _place(access, right, code):
    """The committee named, else the first in which the right is held. 404, 403 as the door."""
    if code:
        return access.committee(code, right)
    spans = access.require(right)
    if not spans:
        raise Http404
    return access.committee(access.tree.code(spans[0][0]), right)


def _name(access, committee_id):
    return access.structure.name_on(access.structure.index[committee_id], access.today)


def _suffix(access, committee_id, name):
    """How a block of a committee of that name begins: with decisions where it decides, else with resolutions; "" where its
    letters are not known."""
    rule = numbers.rules().of(name)
    if rule is None:
        return ""
    place = access.structure.place_on(access.structure.index[committee_id], access.today.toordinal())
    decides = place is not None and place.kind in DECIDING
    return f"-{'QĐ' if decides else 'NQ'}/{rule.bodies[0]}"


def _address(code):
    return f"{reverse('recruitment:number-book')}?{urlencode({'committee': code})}"
