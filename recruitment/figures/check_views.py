"""Figures typed or uploaded are checked while one waits; nothing is stored unless it is kept on purpose."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees.access import FIGURES

from ..models import KeptCheck
from ..sheets import xlsx
from . import checked
from .check_forms import CheckForm, KeepForm
from .statements import OPERATIONS
from .workbook import CODE, DAY, DOCUMENT, HEADINGS, ISSUER, NUMBER, OPERATION, PUBLISHED, TERMS

_HINTS = {
    CODE: gettext_lazy("Mã tự đặt, mỗi dòng một mã."),
    OPERATION: ", ".join(OPERATIONS),
    PUBLISHED: gettext_lazy("Như in trong văn bản: 103,73%, trên 80%, 12.133 hoặc 170-200."),
    TERMS: gettext_lazy("Các số cách nhau bằng dấu chấm phẩy: phần;toàn bộ, hoặc a;b;c."),
    DOCUMENT: gettext_lazy("Tên bài hay báo cáo; các dòng cùng tên được so với nhau."),
    NUMBER: gettext_lazy("Ví dụ 12-QĐ/TU. Dòng chỉ có số văn bản thì để trống phép tính và công bố."),
    ISSUER: gettext_lazy("Ví dụ Huyện ủy Đất Đỏ, Chi bộ thôn 3."),
    DAY: gettext_lazy("Ngày ghi trên văn bản, ngày/tháng/năm."),
}


def _shown(request, form, *, name="", status=200):
    found = form.checked
    text = (found.text if form.files else form["text"].value()) if found else ""
    context = {
        "form": form, "found": found, "text": text, "name": name, "kept": checked.kept(request.user),
        "keep": form if isinstance(form, KeepForm) else KeepForm(),
    }  # fmt: skip
    return render(request, "recruitment/figures/check.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """The page of checking: what is pasted or uploaded, judged; `kept` names a text of the account's own."""
    request.access.require(FIGURES)
    if request.method == "POST":
        form = CheckForm(request.POST, request.FILES)
        return _shown(request, form, status=200 if form.is_valid() else 400)
    asked = request.GET.get("kept", "")
    if not asked:
        return _shown(request, CheckForm())
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        raise Http404
    row = get_object_or_404(KeptCheck, account=request.user, pk=int(asked))
    form = CheckForm({"text": row.text})
    form.is_valid()
    return _shown(request, form, name=row.name)


@require_safe
def template(request):
    """The empty workbook of claims."""
    request.access.require(FIGURES)
    file = BytesIO()
    xlsx.template(
        file,
        _("Số liệu cần kiểm"),
        [(name, required, str(_HINTS.get(name, ""))) for name, required in HEADINGS],
    )
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("Mẫu kiểm số liệu.xlsx"))


@never_cache
@require_POST
def file(request):
    """What was found, as a workbook. It holds what the account itself typed, so no reading is journalled."""
    request.access.require(FIGURES)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _shown(request, form, status=400)
    headings, rows = form.checked.rows()
    out = BytesIO()
    xlsx.write_rows(
        out, _("Kết quả kiểm số liệu"), headings, rows, [10, 40, 24, 14, 14, 34, 24, 48, 16, 24, 28, 48]
    )
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=_("Kết quả kiểm số liệu.xlsx"))


@never_cache
@require_POST
def keep(request):
    """A text is kept under a name, for the account alone."""
    request.access.require(FIGURES)
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _shown(request, form, status=400)
    try:
        row, before = checked.keep(
            by=request.user, name=form.cleaned_data["name"], text=form.cleaned_data["text"]
        )
    except checked.TooMany:
        said = _("Anh chị đang giữ %s lần kiểm, mức nhiều nhất. Bỏ bớt một lần rồi giữ lần này.")
        form.add_error(None, said % checked.MOST_KEPT)
        return _shown(request, form, status=400)
    said = _("Phần này đã giữ rồi, dưới tên “%s”.") if before else _("Đã giữ lại: %s.")
    messages.success(request, said % row.name)
    return redirect(f"{reverse('recruitment:figure-check')}?kept={row.pk}")


@require_POST
def drop(request):
    """A kept text goes."""
    request.access.require(FIGURES)
    asked = request.POST.get("kept", "")
    try:
        checked.drop(
            by=request.user, pk=int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else 0
        )
    except KeptCheck.DoesNotExist:
        messages.warning(request, _("Lần kiểm này không còn: đã bỏ trước đó."))
    else:
        messages.success(request, _("Đã bỏ lần kiểm đã giữ."))
    return redirect("recruitment:figure-check")
