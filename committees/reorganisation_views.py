"""Reorganisations: the list, a package's head, the dry run, carrying it out, undoing it. Each view asks the door, then
shows what others worked out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import drafting, reorganise, vietnamese
from .access import STRUCTURE
from .editing import Overtaken
from .models import Reorganisation
from .reorganisation_forms import ApplyForm, HeadForm
from .reorganisation_page import Page, rows, within

asks_and_does = require_http_methods(["GET", "HEAD", "POST"])
ROWS = 20
ACT_ROWS = 40


def reorganisation_of(access, pk):
    """The Reorganisation of that id: 403 for who may change no structure, 404 outside the reach of that right."""
    access.require(STRUCTURE)
    record = get_object_or_404(Reorganisation.objects.select_related("committee"), pk=pk)
    if record.committee_id is not None:
        access.check(record.committee_id, STRUCTURE)
    elif not access.may(STRUCTURE, None):
        raise Http404
    return record


def posted(request):
    return request.POST if request.method == "POST" else None


@require_safe
def reorganisation_list(request):
    """Packages within reach: drafts, those carried out, those undone; and the drafts put away."""
    access = request.access
    access.require(STRUCTURE)
    page = Paginator(within(access).filter(kept__away__isnull=True).defer("kept"), ROWS).get_page(
        request.GET.get("page")
    )
    away = list(within(access).filter(kept__away=True)[:ROWS])
    context = {
        "rows": rows(access, list(page.object_list)),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "away": away,
    }
    return render(request, "committees/reorganisation_list.html", context)


@asks_and_does
def reorganisation_new(request):
    """A new draft, without acts yet."""
    access = request.access
    access.require(STRUCTURE)
    form = HeadForm(posted(request), access=access)
    if form.is_valid():
        made = drafting.draft(by=request.user, committee=form.cleaned_data["committee"], **form.values())
        messages.success(request, _("Đã lập đợt “%s”. Thêm từng việc ở dưới.") % made.name)
        return redirect("committees:act-list", made.pk)
    return render(
        request, "committees/reorganisation_form.html", {"form": form}, status=400 if form.errors else 200
    )


@asks_and_does
def reorganisation_edit(request, pk):
    """A draft's name, day, decision and linked documents."""
    record = reorganisation_of(request.access, pk)
    if record.state != Reorganisation.State.DRAFT:
        return redirect("committees:reorganisation", pk)
    form = HeadForm(posted(request), access=request.access, row=record)
    if form.is_valid():
        try:
            drafting.describe(record, by=request.user, stamp=form.cleaned_data["stamp"], **form.values())
        except Overtaken as other:
            form.overtaken(other.fresh)
        except drafting.Closed as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã lưu phần chung của đợt."))
            return redirect("committees:act-list", pk)
    context = {"form": form, "record": record}
    return render(request, "committees/reorganisation_form.html", context, status=form.status)


@require_safe
def reorganisation(request, pk):
    """The dry run of a draft; of what was carried out, the record."""
    return _page(request, reorganisation_of(request.access, pk))


def _page(request, record, form=None, *, status=200, notice=""):
    page = Page(request.access, record)
    every = "all" in request.GET  # for paper
    acts = Paginator(page.lines, max(len(page.lines), 1) if every else ACT_ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "record": record,
        "form": form or (ApplyForm(page=page) if page.ready else None),
        "acts": acts,
        "pages": acts.paginator.get_elided_page_range(acts.number),
        "notice": notice,
        "every": every,
    }
    return render(request, "committees/reorganisation.html", context, status=status)


@require_POST
def reorganisation_apply(request, pk):
    """Carry a draft out, on the tree that its dry run showed."""
    record = reorganisation_of(request.access, pk)
    page = Page(request.access, record)
    if not page.is_draft:
        return redirect("committees:reorganisation", pk)
    if not page.ready:
        return _page(
            request, record, status=400, notice=_("Chưa thực hiện: đợt này chưa sẵn sàng, xem dưới đây.")
        )
    form = ApplyForm(request.POST, page=page)
    if not form.is_valid():
        return _page(request, record, form, status=400)
    said = form.cleaned_data
    try:
        drafting.carry_out(
            record, page.planned, by=request.user, stamp=said["stamp"], seen=said["seen"], told=page.told
        )
    except Overtaken as other:
        form.overtaken(other.fresh)
        if form.repeated:
            return redirect("committees:reorganisation", pk)
        told = {"name": form.rival_name, "at": vietnamese.day(form.rival.at)}
        return _page(
            request, other.fresh, status=409,
            notice=_("Chưa thực hiện: %(name)s đã sửa đợt này ngày %(at)s, trong khi anh chị đang xem. Xem lại bản dưới đây.") % told,
        )  # fmt: skip
    except drafting.Unseen:
        return _page(
            request, record, status=409,
            notice=_("Chưa thực hiện: cây tổ chức đã thay đổi từ khi anh chị xem. Dưới đây là bản chạy thử mới."),
        )  # fmt: skip
    except (drafting.Closed, reorganise.Refused) as why:
        return _page(request, record, status=400, notice=str(why))
    told = vietnamese.number(len(record.acts))
    messages.success(request, _("Đã thực hiện %s việc. Trang này là bản ghi lại.") % told)
    return redirect("committees:reorganisation", pk)


@require_POST
def reorganisation_undo(request, pk):
    """Put the structure back as it stood before, where nothing was built on it since."""
    record = reorganisation_of(request.access, pk)
    try:
        reorganise.undo(record, by=request.user)
    except reorganise.Refused as why:
        for text in why.faults:
            messages.warning(request, text)
    else:
        messages.success(request, _("Đã hoàn tác: cây tổ chức lại như trước đợt này."))
    return redirect("committees:reorganisation", pk)


@require_POST
def reorganisation_copy(request, pk):
    """The same acts as another draft."""
    record = reorganisation_of(request.access, pk)
    try:
        made = drafting.copy(record, by=request.user)
    except drafting.Closed as why:
        messages.warning(request, str(why))
        return redirect("committees:reorganisation", pk)
    messages.success(request, _("Đã chép thành “%s”.") % made.name)
    return redirect("committees:act-list", made.pk)


@require_POST
def reorganisation_drop(request, pk):
    """Put a draft away, or bring it back."""
    record = reorganisation_of(request.access, pk)
    back = request.POST.get("do") == "restore"
    try:
        (drafting.bring_back if back else drafting.put_away)(record, by=request.user)
    except drafting.Closed as why:
        messages.warning(request, str(why))
    else:
        said = _("Đã lấy lại đợt “%s”.") if back else _("Đã cất đợt “%s”; lấy lại ở cuối danh sách.")
        messages.success(request, said % record.name)
    return redirect("committees:reorganisation-list")
