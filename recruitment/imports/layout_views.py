"""The page on which a person says how a workbook is read: sheet, headings, which column gives which of ours."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from committees.vietnamese import number

from ..sheets.package import SheetError
from . import arranging, desk, running
from .kinds import KINDS
from .layout import EVERY, Choices
from .layout_forms import ColumnsForm, HeadForm
from .sight import Sight
from .views import gone, own
from .words import is_national


def _stands(upload):
    """The Choices by which the upload is read, or that are proposed for it; None without any."""
    return Choices.of(upload.choices) or Choices.of(upload.choices.get("proposed"))


def _head(data, upload):
    """(Sight, (sheet, row, rows)): what was asked for where it fits the file, else what stands, else what seems so."""
    stands = _stands(upload)
    asked = data.get("sheet") or (stands.sheet if stands else None)
    try:
        sight = Sight(upload.content, asked)
    except SheetError:
        sight, asked = Sight(upload.content), None
    sheet = EVERY if asked == EVERY and len(sight.sheets) > 1 else sight.sheet
    form = HeadForm({"sheet": sheet, **{k: data[k] for k in ("row", "rows") if k in data}}, sight=sight)
    form.full_clean()
    row = form.cleaned_data.get("row")
    if row is not None:
        return sight, (sheet, row, form.cleaned_data.get("rows") or 1)
    if stands is not None and stands.sheet == sheet:
        return sight, (sheet, stands.row, stands.rows)
    return sight, (sheet, *sight.head(upload.kind))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request, pk):
    """GET shows the file as it is and what is proposed for it; another sheet or heading row is asked for by its
    parameters. POST reads the file so from now on."""
    upload = own(request, pk)
    sent = request.method == "POST"
    sight, head = _head(request.POST if sent else request.GET, upload)
    stands = _stands(upload)
    if stands is None or (stands.sheet, stands.row, stands.rows) != head:
        stands = sight.proposed(upload.kind, *head[1:])
    sender = desk.sender(upload)
    form = ColumnsForm(
        request.POST if sent else None, kind=upload.kind, sight=sight, head=head, sender=sender, stands=stands
    )
    if form.is_valid():
        remember = form.cleaned_data.get("remember", False)
        try:
            lost = arranging.arrange(upload, form.choices, by=request.user, remember=remember)
        except desk.Gone:
            return gone(request)
        except SheetError as problem:
            form.add_error(None, str(problem))
        else:
            upload.refresh_from_db()
            if lost:
                messages.warning(
                    request,
                    _("%s chỗ đã sửa không giữ được: dòng hoặc cột ấy nay đọc khác trước.") % number(lost),
                )
            if running.long(upload):
                running.ask(running.CHECK, upload, by=request.user)
            return redirect("recruitment:import", upload.pk)
    sheet, row, rows = head
    context = {
        "upload": upload,
        "title": KINDS[upload.kind].title,
        "sight": sight,
        "head": {"sheet": sheet, "row": row, "rows": rows},
        "head_form": HeadForm(None, sight=sight, initial={"sheet": sheet, "row": row, "rows": rows}),
        "form": form,
        "sender": sender,
        "layouts": arranging.layouts(upload) if sender else [],
        "national": is_national(form.block),
        "ready": Choices.of(upload.choices) is not None,
    }
    status = 400 if form.errors else 200
    return render(request, "recruitment/imports/columns.html", context, status=status)


@never_cache
@require_POST
def forget(request, pk):
    """Propose a remembered way of reading no more: one of the upload's sender and KIND."""
    upload = own(request, pk)
    wanted = request.POST.get("layout", "")
    found = (
        arranging.layouts(upload).filter(pk=wanted).first()
        if wanted.isdecimal() and len(wanted) < 19
        else None
    )
    if found is None:
        raise Http404
    request.access.check(found.committee_id, KINDS[upload.kind].right)
    arranging.forget(found, by=request.user)
    messages.success(request, _("Đã quên. Lần sau tệp như vậy được đọc theo tên cột."))
    return redirect("recruitment:import-columns", upload.pk)
