"""Organisations without source: the managed list, a new mark, one mark with its history; and those in which nobody was
admitted for years."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees import journal
from committees.access import FIGURES, RECORD
from committees.editing import Overtaken
from committees.models import Committee

from .. import columns
from ..models import Sourceless
from . import lists
from . import sourceless_deeds as deeds
from .deeds import Refused
from .latest import last_admitted
from .list_pages import show
from .place import name_on
from .plan_tables import who
from .sourceless import CAUSES, marked
from .sourceless_forms import CAUSES_ID, ChangeForm, MarkForm, SourceForm

form_methods = require_http_methods(["GET", "HEAD", "POST"])
_OFFERED = {"causes": CAUSES, "causes_id": CAUSES_ID}


@require_safe
def sourceless_list(request):
    """The organisations marked as having no source, with cause and measure."""
    page = lists.sourceless(request.access, request.GET)
    return show(request, page, "recruitment/quotas/sourceless_list.html")


@require_safe
def idle_list(request):
    """The organisations that admitted nobody for some years."""
    return show(request, lists.idle(request.access, request.GET), "recruitment/quotas/idle_list.html")


@form_methods
def sourceless_new(request):
    """Mark an organisation within reach as having no source."""
    access = request.access
    access.require(RECORD)
    typed = request.POST if request.method == "POST" else None
    form = MarkForm(typed, access=access, committee=_named(access, request.GET.get("committee", "")))
    if form.is_valid():
        try:
            row = deeds.mark(by=request.user, **form.values())
        except Refused as refusal:
            form.refused(refusal)
        else:
            name = name_on(columns.current(), row.committee.code, access.today)
            messages.success(
                request,
                _("Đã đánh dấu %s không còn nguồn. Chỉ tiêu 0 ở đây không phải là chưa hoàn thành.") % name,
            )
            return redirect("recruitment:sourceless", row.pk)
    context = {"form": form, **_OFFERED}
    return render(
        request, "recruitment/quotas/sourceless_new.html", context, status=400 if form.errors else 200
    )


def _named(access, code):
    """The committee an address names, where it may be written to; None."""
    i = access.structure.by_code.get(code)
    if i is None or not access.may(RECORD, access.structure.ids[i]):
        return None
    return Committee(id=access.structure.ids[i], code=code)


@form_methods
def sourceless(request, pk):
    """One mark: why, what is done, what was said before, who wrote it; changed, or ended, by who records there."""
    access = request.access
    access.self_service()
    row = get_object_or_404(Sourceless.objects.select_related("committee"), pk=pk)
    access.check(row.committee_id, FIGURES)
    may_change = access.may(RECORD, row.committee_id)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    ends = request.POST.get("do") == "end"
    typed = request.POST if request.method == "POST" else None
    changing = ChangeForm(None if ends else typed, row=row, today=access.today)
    ending = SourceForm(typed if ends else None, row=row, today=access.today)
    if typed is not None and (done := _done(request, row, changing, ending)):
        return done
    return _page(request, row, changing, ending, may_change and row.until is None)


def _done(request, row, changing, ending):
    """The answer once the deed asked for is done; None where it was refused, which the form then says."""
    form = ending if ending.is_bound else changing
    if not form.is_valid():
        return None
    said = form.cleaned_data
    if form is ending:
        deed = partial(deeds.end, row, on=said["on"])
    else:
        deed = partial(deeds.change, row, **form.values())
    try:
        kept = deed(by=request.user, stamp=said["stamp"])
    except Refused as refusal:
        form.refused(refusal)
    except Overtaken as other:
        form.overtaken(other.fresh)
    else:
        if kept is None:
            messages.success(request, _("Đã bỏ lần đánh dấu ghi nhầm."))
            return redirect(f"{reverse('recruitment:sourceless-list')}?committee={row.committee.code}")
        messages.success(request, _("Đã ghi ngày có nguồn trở lại.") if form is ending else _("Đã lưu."))
        return redirect("recruitment:sourceless", kept.pk)
    return None


def _page(request, row, changing, ending, may_change):
    access, snapshot = request.access, columns.current()
    i = snapshot.structure.index[row.committee_id]
    rows = list(Sourceless.objects.filter(committee=row.committee_id).order_by("-since"))
    entries = journal.entries_of(rows)
    tree = snapshot.tree(access.today)
    p = int(tree.position[i])
    last = int(last_admitted(snapshot, tree, access.today)[p]) if row.until is None and tree.stands(i) else -1
    context = {
        "row": row, "mark": marked(row, last), "code": row.committee.code, "may_change": may_change,
        "name": snapshot.structure.name_on(i, access.today), "changing": changing, "ending": ending,
        "history": [(one, who(entries.get(one.stamp))) for one in rows], **_OFFERED,
    }  # fmt: skip
    bound = next((form for form in (changing, ending) if form.is_bound), None)
    return render(
        request, "recruitment/quotas/sourceless.html", context, status=bound.status if bound else 200
    )
