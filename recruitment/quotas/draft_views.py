"""Handing a target down, on pages: what stands, drafts, comparing, issuing, giving from the remainder. Each view asks the
door, then shows what others worked out."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees import journal
from committees.access import FIGURES, TARGETS
from committees.editing import Overtaken
from committees.vietnamese import number

from .. import columns
from ..models import Allotment, Portion
from . import deeds, drafts, handing, issuing
from .allocation import Unshareable
from .below import Below, Unit
from .draft_forms import DraftForm, PortionsForm
from .draft_pages import Comparison, Editor, HandingDown, drafts_of
from .groups import choices
from .issue_forms import HandOutForm, IssueForm
from .issuing_page import IssuePage
from .plans import plan_of

asks_and_does = require_http_methods(["GET", "HEAD", "POST"])


def _sent(request):
    return request.POST if request.method == "POST" else None


def _where(request, code, committee, right):
    """(snapshot, plan, committee) of an address, as the door gives them."""
    snapshot = columns.current()
    found = request.access.committee(committee, right)
    return snapshot, plan_of(request.access, snapshot, code), found


def allotment_of(access, pk, right=TARGETS):
    """The Allotment of that id, its plan as the snapshot has it. 404 outside one's reach, 403 without the right there;
    a draft is nobody's business but theirs who hand down."""
    access.require(right)
    found = get_object_or_404(Allotment.objects.select_related("plan__previous", "committee"), pk=pk)
    access.check(found.committee_id, right)
    if right != TARGETS and found.issued_on is None and not access.may(TARGETS, found.committee_id):
        raise PermissionDenied
    return found


def _home(draft):
    return redirect("recruitment:allotment-list", draft.plan.code, draft.committee.code)


@require_safe
def allotment_list(request, code, committee):
    """What a committee's target is to its units today, and the drafts of it."""
    page = HandingDown(request.access, *_where(request, code, committee, FIGURES))
    return render(request, "recruitment/quotas/allotment_list.html", {"page": page, "plan": page.plan})


@asks_and_does
def allotment_new(request, code, committee):
    """A new draft, its first numbers shared out by a method."""
    snapshot, plan, found = _where(request, code, committee, TARGETS)
    below = Below(snapshot, plan, found.pk, today=request.access.today)
    form = DraftForm(_sent(request), below=below, drafts=len(drafts_of(plan, found)))
    if form.is_valid():
        said = form.cleaned_data
        draft = partial(drafts.draft, plan, found, by=request.user, portions=form.portions)
        try:
            made = draft(name=said["name"], method=said["method"])
        except deeds.Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Đã lập %s. Sửa từng số, rồi so và ban hành.") % made.name)
            return redirect("recruitment:allotment", made.pk)
    context = {"plan": plan, "below": below, "committee": found}
    return _form(request, "recruitment/quotas/allotment_new.html", form, **context)


@asks_and_does
def allotment(request, pk):
    """The numbers of a draft: hundreds of rows typed and saved at once."""
    access = request.access
    draft = allotment_of(access, pk, FIGURES)
    if draft.issued_on is not None:
        return redirect("recruitment:allotment-annex", draft.pk)
    if draft.dropped_on is not None:
        return _home(draft)
    snapshot = columns.current()
    form = _portions(request, snapshot, draft)
    status = 400
    if request.POST.get("do") == "rest":
        status = _share_rest(request, form, draft)
    elif form.is_valid():
        try:
            drafts.change(
                draft, by=request.user, stamp=form.cleaned_data["stamp"], name=form.cleaned_data["name"],
                portions=form.to_write(),
            )  # fmt: skip
        except deeds.Refused as refusal:
            form.refused(refusal)
        except Overtaken as other:
            form.overtaken(other.fresh)
            status = 409
        else:
            messages.success(request, _("Đã lưu %s.") % form.cleaned_data["name"])
            return redirect("recruitment:allotment", draft.pk)
    page = Editor(access, snapshot, draft, form)
    return _form(request, "recruitment/quotas/allotment.html", form, status, page=page, plan=page.plan)


def _portions(request, snapshot, draft):
    """The form of a draft's numbers: its columns are the groups it has, those with a target, those asked for."""
    plan = snapshot.small.plans[draft.plan.code]
    below = Below(snapshot, plan, draft.committee_id, today=request.access.today)
    portions = {(row.committee_id, row.group_id): row for row in Portion.objects.filter(allotment=draft)}
    offered = {code for code, _label in choices(snapshot, below.code, request.access.today)}
    asked = offered & {*request.GET.getlist("group"), *request.POST.getlist("group")}
    there = {group for _unit, group in portions} | {group.pk for group in below.grouped}
    groups = [group for group in snapshot.groups if group.pk in there or group.code in asked]
    known = {unit.pk for unit in below.units}
    strangers = [_stranger(snapshot, below, pk) for pk in sorted({unit for unit, _group in portions} - known)]
    return PortionsForm(
        _sent(request), row=draft, below=below, groups=groups, portions=portions, strangers=strangers
    )


def _stranger(snapshot, below, pk):
    """A unit of a draft that is none of the committee's any more; it stands at no position."""
    i = snapshot.structure.index[pk]
    return Unit(-1, pk, snapshot.structure.codes[i], snapshot.structure.name_on(i, below.day), False)


def _share_rest(request, form, draft):
    """Write out what is left into the fields; the status of the answer."""
    if not form.is_valid():
        return 400
    try:
        added = form.share_rest(draft.method)
    except Unshareable as why:
        form.add_error(None, _("Chưa chia được: %s.") % why)
        return 400
    if not added:
        form.add_error(None, _("Không còn gì để chia nốt."))
        return 400
    messages.info(request, _("Chưa lưu. Đã chia nốt %s vào các ô dưới đây: xem lại rồi lưu.") % number(added))
    return 200


@require_POST
def allotment_copy(request, pk):
    """The same numbers as another draft."""
    draft = allotment_of(request.access, pk)
    made = drafts.copy(draft, by=request.user, name=(_("%s, bản sao") % draft.name)[:120])
    messages.success(request, _("Đã chép thành %s.") % made.name)
    return redirect("recruitment:allotment", made.pk)


@require_POST
def allotment_drop(request, pk):
    """Put a draft away, or bring it back."""
    draft = allotment_of(request.access, pk)
    back = request.POST.get("do") == "restore"
    try:
        (drafts.restore if back else drafts.drop)(draft, by=request.user)
    except deeds.Refused as refusal:
        messages.warning(request, _("Chưa làm được: cần %s.") % refusal)
    else:
        messages.success(
            request, (_("Đã lấy lại %s.") if back else _("Đã cất %s; lấy lại ở cuối trang.")) % draft.name
        )
    return _home(draft)


@asks_and_does
def allotment_issue(request, pk):
    """What would change, the document, and the deed."""
    draft = allotment_of(request.access, pk)
    if draft.issued_on is not None or draft.dropped_on is not None:
        return _home(draft)
    snapshot = columns.current()
    form = IssueForm(_sent(request), draft=draft, today=request.access.today)
    status, refused, rival = 400, {}, None
    if form.is_valid():
        try:
            made = issuing.issue(draft, by=request.user, **form.values())
        except issuing.Unissued as refusal:
            form.refused(refusal)
            refused = refusal.lines
        except deeds.Refused as refusal:
            form.refused(refusal)
        except Overtaken as other:
            draft, status, rival = allotment_of(request.access, pk), 409, journal.entry_of(other.fresh.stamp)
            form.data = {**form.data.dict(), "stamp": draft.stamp}
        else:
            told = {"n": number(len(made)), "document": form.cleaned_data["document"]}
            messages.success(
                request, _("Đã ban hành %(n)s chỉ tiêu theo %(document)s. In phụ lục ở dưới.") % told
            )
            return _home(draft)
    page = IssuePage(request.access, snapshot, draft, form, refused, rival)
    context = {"page": page, "plan": page.plan, "form": form}
    failed = form.is_bound and (form.errors or refused or rival)
    return render(
        request, "recruitment/quotas/allotment_issue.html", context, status=status if failed else 200
    )


@require_POST
def allotment_undo(request, pk):
    """Take back what was issued by a slip today."""
    draft = allotment_of(request.access, pk)
    try:
        count = issuing.take_back(draft, by=request.user)
    except deeds.Refused as refusal:
        messages.warning(request, _("Chưa rút lại được: cần %s.") % refusal)
    else:
        told = {"n": number(count), "name": draft.name}
        messages.success(request, _("Đã rút lại %(n)s chỉ tiêu; %(name)s lại là dự thảo.") % told)
    return _home(draft)


@require_safe
def allotment_compare(request, code, committee):
    """Up to three drafts beside each other, where they differ."""
    where = _where(request, code, committee, TARGETS)
    page = Comparison(request.access, *where, chosen=set(request.GET.getlist("draft")))
    return render(request, "recruitment/quotas/allotment_compare.html", {"page": page, "plan": page.plan})


@asks_and_does
def hand_out(request, code, committee):
    """More for one unit out of what the committee's target still holds; one stays for the next unit."""
    snapshot, plan, found = _where(request, code, committee, TARGETS)
    page = HandingDown(request.access, snapshot, plan, found)
    form = HandOutForm(_sent(request), below=page.below, today=request.access.today, asked=request.GET)
    if form.is_valid():
        said = form.values()
        try:
            quota, left = handing.hand_out(plan, found, by=request.user, snapshot=snapshot, **said)
        except deeds.Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _told(page, quota, left, said["more"]))
            return redirect(f"{request.path}?{urlencode(form.to_keep())}")
    return _form(request, "recruitment/quotas/hand_out.html", form, page=page, plan=plan)


def _told(page, quota, left, more):
    name = next(unit.name for unit in page.units if unit.pk == quota.committee_id)
    said = {"more": number(more), "name": name, "value": number(quota.low)}
    told = _("Đã giao thêm %(more)s cho %(name)s: nay là %(value)s.") % said
    if left.left is None:
        return told
    return f"{told} {_('Còn %s chưa giao.') % number(left.left) if left.left >= 0 else _('Giao hơn chỉ tiêu chung %s.') % number(-left.left)}"


def _form(request, template, form, status=400, **context):
    """The page of a form; refused, it keeps what was typed and says so by its status."""
    refused = form.is_bound and (form.errors or status != 400)
    return render(request, template, {"form": form, **context}, status=status if refused else 200)
