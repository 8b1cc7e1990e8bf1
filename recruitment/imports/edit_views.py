"""An uploaded file mended before it is loaded: cell by cell on its preview, or by the workbook of its faulty rows."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from committees.vietnamese import number

from ..sheets.package import LARGEST_FILE, MB
from ..sheets.read import SheetError
from . import desk, edits, running
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
    row, dash, heading = request.POST.get("back", "").partition("-")
    try:
        crossed = desk.mend(upload, by=request.user, sent=sent, back=[(row, heading)] if dash else [])
    except desk.Gone:
        return gone(request)
    if crossed:
        return show(request, upload, status=409, crossed=crossed)
    return _checked(request, upload, request.POST.get("page", ""))


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
        messages.success(
            request, _("Đã đọc %s dòng sửa trong Excel. Kết quả kiểm tra ở dưới đây.") % number(rows)
        )
    return _preview(upload)


def _checked(request, upload, page=""):
    """To the preview, checked anew: at once, or in the background."""
    if running.long(upload):
        running.ask(running.CHECK, upload, by=request.user)
    return _preview(upload, page)


def _preview(upload, page=""):
    address = reverse("recruitment:import", args=[upload.pk])
    return redirect(f"{address}?{urlencode({'page': page})}" if page.isdecimal() else address)
