"""An uploaded file mended before it is loaded: cell by cell on its preview, or by the workbook of its faulty rows."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees.vietnamese import number

from ..sheets.package import LARGEST_FILE, MB
from ..sheets.read import SheetError
from . import desk, edits, running
from .kinds import KINDS
from .layout import headings
from .matched import matched
from .mended import Strange, typed_in
from .views import gone, own, show


@never_cache
@require_POST
@matched
def edit(request, pk):
    """Keep what was typed into the preview, take back what its button names, and check again. What another page mended
    meanwhile comes back beside what was typed, 409."""
    upload = own(request, pk)
    sent = edits.typed(request.POST, [heading for heading, _required in headings(upload.kind)])
    if request.POST.get("rest") == edits.OTHER:
        sent = edits.with_rest(sent, edits.OTHER)
    back = edits.back(request.POST.get("back", ""))
    try:
        read = request.POST.getlist("read")
        crossed = desk.mend(upload, by=request.user, sent=sent, back=back, read=read)
    except desk.Gone:
        return gone(request)
    if crossed:
        return show(request, upload, status=409, crossed=crossed)
    return _checked(request, upload, request.POST.get("page", ""))


@never_cache
@require_safe
@matched
def row(request, pk, number):
    """All cells of one row, to be typed anew where the wrong one is not the one a fault stands at. 404 for a row that the
    file does not have, or that was left out."""
    upload = own(request, pk)
    raw = dict(desk.opened(upload).rows).get(number)
    if raw is None:
        raise Http404
    every = [heading for heading, _required in headings(upload.kind)]
    context = {
        "upload": upload,
        "number": number,
        "title": KINDS[upload.kind].title,
        "cells": [edits.control(every, number, heading, raw.get(heading)) for heading in every],
    }
    return render(request, "recruitment/imports/import_row.html", context)


@never_cache
@require_POST
@matched
def mended(request, pk):
    """Lay the workbook of faulty rows, mended in Excel, over the file it came from."""
    upload = own(request, pk)
    file = request.FILES.get("file")
    if file is None:
        messages.warning(request, _("Chưa chọn tệp các dòng đã sửa. Chọn tệp .xlsx đã tải từ trang này."))
        return _preview(upload)
    if file.size > LARGEST_FILE:
        messages.warning(
            request, _("Tệp nặng hơn %s MB, mức lớn nhất nhận được. Chia tệp rồi tải từng phần.") % (LARGEST_FILE // MB)
        )  # fmt: skip
        return _preview(upload)
    try:
        sent = typed_in(file, upload.kind, desk.opened(upload))
        crossed = desk.mend(upload, by=request.user, sent=sent)
    except (SheetError, Strange) as problem:
        messages.warning(request, str(problem))
    except desk.Gone:
        return gone(request)
    else:
        if crossed:
            return show(request, upload, status=409, crossed=crossed)
        rows = len({cell.row for cell in sent})
        messages.success(request, _("Đã đọc %s dòng sửa trong Excel.") % number(rows))
        return _checked(request, upload)
    return _preview(upload)


def _checked(request, upload, page=""):
    """To the preview, checked anew: at once, or in the background."""
    if running.long(upload):
        running.ask(running.CHECK, upload, by=request.user)
    return _preview(upload, page)


def _preview(upload, page=""):
    address = reverse("recruitment:import", args=[upload.pk])
    return redirect(f"{address}?{urlencode({'page': page})}" if page.isdecimal() else address)
