"""The page for people who came with an organisation received from outside: typed one after another, listed below."""

from collections import Counter
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from committees import journal
from committees.access import RECORD
from committees.editing import Overtaken, VersionedForm
from committees.models import Committee

from .. import columns
from ..models import Candidacy
from . import arriving
from .actions import Refused
from .admitting import Impossible
from .arriving_forms import KEPT, ReceivedForm, cells_of
from .deed_views import asks_and_does, sent
from .people import WhoIsIt, note_beyond

SHOWN = 200


@never_cache
@asks_and_does
def received_people(request):
    """Record people who came with a cell from outside, and see who was recorded so. Opening it with people listed is a
    reading."""
    access, snapshot = request.access, columns.current()
    access.require(RECORD)
    cells = cells_of(access, arriving.came(snapshot.structure))
    if request.method == "POST" and request.POST.get("drop"):
        return _dropped(request, cells)
    kept = {name: request.GET[name][:160] for name in KEPT if request.GET.get(name)}
    form = ReceivedForm(sent(request), access=access, cells=cells, structure=snapshot.structure, initial=kept)
    if form.is_valid():
        asked = form.asked()
        try:
            candidacy = arriving.receive(access, snapshot, by=request.user, **asked)
        except (WhoIsIt, Refused, Impossible) as refusal:
            entry = journal.sent_before(request.user)
            if before := entry and Candidacy.objects.filter(stamp=entry.number).first():
                return _recorded(request, form, before)
            _told(form, refusal)
        else:
            return _recorded(request, form, candidacy)
        finally:
            note_beyond(access, asked["person"]["citizen_id"])
    people = _people(request, cells, form)
    context = {"form": form, "cells": cells, "people": people, "most": SHOWN}
    status = 400 if form.is_bound else 200
    return render(request, "recruitment/pipeline/received_people.html", context, status=status)


def _told(form, refusal):
    if isinstance(refusal, WhoIsIt):
        form.offer(refusal.offers)
    elif isinstance(refusal, Impossible):
        for field, words in refusal.faults.items():
            form.add_error(field if field in form.fields else None, words)
    else:
        form.add_error(refusal.field if refusal.field in form.fields else None, list(refusal.reasons))
        if form["same"].value():
            form.look_again()


def _recorded(request, form, candidacy):
    address = reverse("recruitment:person", args=[candidacy.person_id])
    words = format_html(_('Đã ghi <a href="{}">{}</a> về cùng tổ chức.'), address, candidacy.person.full_name)
    messages.success(request, words)
    return redirect(f"{reverse('recruitment:received-people')}?{urlencode(form.kept)}")


def _dropped(request, cells):
    """Take away somebody recorded by mistake."""
    pk = request.POST["drop"]
    rows = Candidacy.objects.filter(cell_id__in=cells, arrived_on__isnull=False).select_related("cell")
    candidacy = rows.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
    if candidacy is None:
        raise Http404
    version = VersionedForm(request.POST)
    if not version.is_valid():
        messages.error(request, " ".join(version.errors["stamp"]))
        return redirect("recruitment:received-people")
    try:
        arriving.drop(candidacy, by=request.user, stamp=version.cleaned_data["stamp"])
    except (Overtaken, Refused) as refusal:
        words = getattr(refusal, "reasons", [_("Hồ sơ này vừa được ghi thêm. Xem lại rồi bỏ.")])
        messages.error(request, " ".join(words))
    else:
        messages.success(request, _("Đã bỏ một người ghi nhầm."))
    return redirect("recruitment:received-people")


def _people(request, cells, form):
    """[(candidacy, its cell's name, whether it may be taken away)], the latest first; what is shown is journalled in the
    cell it is of, three queries each."""
    rows = Candidacy.objects.filter(cell_id__in=cells, arrived_on__isnull=False).order_by("-pk")
    found = list(rows.select_related("person", "admission")[:SHOWN])
    shown = Counter(row.cell_id for row in found)
    if form.offers:
        shown[int(form["cell"].value())] += len(form.offers)
    for cell, count in shown.items():
        where = Committee(id=cell)
        journal.read_entry(request.user, "list", about="candidacies", committee=where, count=count)
    entries = journal.entries_of(found)
    return [
        (
            row,
            cells[row.cell_id].name,
            (entry := entries.get(row.stamp)) is not None and entry.deed == arriving.DEED,
        )
        for row in found
    ]
