"""One committee's report in a period: looked at, sent, taken back, judged, excepted; the papers as they were sent."""

import hashlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees import journal
from committees.access import FIGURES, OFFICE, RECORD
from committees.editing import Overtaken
from committees.models import Committee

from .. import columns
from ..models import Allowance, FrozenReport, Submission
from ..quotas.deeds import Refused
from ..reports.annual_views import WRITERS
from . import deeds, sending
from .composing import figures_of
from .forms import AllowForm, EndForm, JudgeForm, StampForm, SubmitForm
from .late import Late
from .owing import AHEAD
from .pages import duty_of
from .unit_page import ReportTables, UnitPage

OVERTAKEN = gettext_lazy("Báo cáo vừa thay đổi sau khi anh chị mở trang. Xem lại rồi làm tiếp.")
form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _page(request, pk, code, right=FIGURES):
    snapshot = columns.current()
    owing, duty = duty_of(request.access, pk, code, snapshot.structure, right)
    return UnitPage(request.access, snapshot, owing, duty)


def _committee(page):
    return Committee(id=page.duty.pk, code=page.duty.code)


def _home(page):
    return redirect("recruitment:period-unit", page.period.pk, page.duty.code)


@never_cache
@require_safe
def period_unit(request, pk, code):
    """The report of a committee as it would be sent, or as it was."""
    return _shown(request, _page(request, pk, code))


def _shown(request, page, *, sent=None, judged=None, status=200):
    context = {"page": page}
    if page.may_send and not page.fault:
        initial = {"seen": page.duty.last_number, "shown": page.shown}
        if page.sent is not None:
            initial["notes"] = page.sent.notes
        context["sending"] = sent or SubmitForm(initial=initial)
    if page.may_judge:
        context["judging"] = judged or JudgeForm(initial={"stamp": page.sent.stamp})
    return render(request, "recruitment/periods/unit.html", context, status=status)


@require_POST
def period_submit(request, pk, code):
    """Send the report to the level above: what was shown is what is frozen."""
    page = _page(request, pk, code, RECORD)
    if not page.open or page.line.key == AHEAD or page.fault:
        messages.warning(request, _("Chưa nộp được: báo cáo này %s.") % page.line.state.words)
        return _home(page)
    form = SubmitForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        if said["shown"] != page.shown:
            form.data = {**form.data.dict(), "shown": page.shown, "seen": page.duty.last_number}
            form.add_error(
                None, _("Số liệu vừa thay đổi sau khi anh chị mở trang. Xem lại các bảng rồi nộp.")
            )
            return _shown(request, page, sent=form, status=409)
        try:
            made = sending.submit(
                page.period, _committee(page), by=request.user, seen=said["seen"], notes=said["notes"],
                prepared=page.composed.prepared(said["notes"]),
            )  # fmt: skip
        except Refused as refusal:
            form.refused(refusal)
            return _shown(request, _page(request, pk, code, RECORD), sent=form, status=409)
        told = (
            _("Đã chốt báo cáo.")
            if made.state == Submission.State.ACCEPTED
            else _("Đã nộp báo cáo, chờ cấp trên kiểm tra.")
        )
        messages.success(request, told)
        return _home(page)
    return _shown(request, page, sent=form, status=400)


@require_POST
def period_take_back(request, pk, code):
    """Take back what was sent, while nobody above has judged it."""
    page = _page(request, pk, code, RECORD)
    if page.sent is None:
        raise Http404
    form = StampForm(request.POST)
    try:
        if not form.is_valid():
            raise Overtaken(page.sent)
        sending.take_back(page.sent, by=request.user, stamp=form.cleaned_data["stamp"])
    except Overtaken:
        messages.warning(request, OVERTAKEN)
    except Refused as refusal:
        messages.warning(request, _("Chưa rút được: cần %s.") % refusal)
    else:
        messages.success(request, _("Đã rút báo cáo lại. Sửa rồi nộp lần khác."))
    return _home(page)


def _checking(request, pk, code):
    """The page of a committee whose report the reader's own committee checks. 403 for everybody else within reach."""
    page = _page(request, pk, code)
    if not page.checks:
        raise PermissionDenied
    return page


@require_POST
def period_judge(request, pk, code):
    """Accept the report, or return it with reasons."""
    page = _checking(request, pk, code)
    form = JudgeForm(request.POST)
    if page.sent is None or not form.is_valid():
        messages.warning(request, _("Không có báo cáo nào đang chờ kiểm tra ở đây."))
        return _home(page)
    said = form.cleaned_data
    try:
        if request.POST.get("do") == "return":
            sending.give_back(page.sent, by=request.user, reason=said["reason"] or "", stamp=said["stamp"])
            told = _("Đã trả lại báo cáo của %s.")
        else:
            sending.accept(page.sent, by=request.user, stamp=said["stamp"])
            told = _("Đã nhận báo cáo của %s; kỳ này của đơn vị đã khóa sổ.")
    except Refused as refusal:
        form.refused(refusal)
        if page.may_judge:
            return _shown(request, page, judged=form, status=400)
        messages.warning(request, _("Chưa làm được: cần %s.") % refusal)
    except Overtaken:
        messages.warning(request, OVERTAKEN)
    else:
        messages.success(request, told % page.duty.name)
    return _home(page)


@form_methods
def period_allow(request, pk, code):
    """Grant one committee an exception, and end one."""
    page = _checking(request, pk, code)
    form = AllowForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": Allowance.Kind.REOPEN if page.duty.standing else Allowance.Kind.LATER},
    )
    if form.is_valid():
        try:
            deeds.allow(page.period, _committee(page), by=request.user, **form.values())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Đã cho phép; hết ngày ấy thì tự hết hiệu lực."))
            return _home(page)
    context = {"page": page, "form": form}
    return render(request, "recruitment/periods/allow.html", context, status=400 if form.errors else 200)


@form_methods
def allowance_end(request, pk):
    """End an exception before its day."""
    access = request.access
    access.require(OFFICE)
    row = get_object_or_404(Allowance.objects.select_related("period", "committee"), pk=pk)
    access.check(row.committee_id, FIGURES)
    page = _checking(request, row.period_id, row.committee.code)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            deeds.end_allowance(row, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Đã thôi cho phép từ hôm nay."))
            return _home(page)
    context = {"page": page, "form": form, "row": row}
    return render(
        request, "recruitment/periods/allowance_end.html", context, status=400 if form.errors else 200
    )


def _submission(page, number):
    """The Submission of that number with its words; 404."""
    found = page.duty.sent
    row = next((one for one in found if one.number == int(number)), None)
    if row is None:
        raise Http404
    return Submission.objects.select_related("sent_by", "judged_by").get(pk=row.pk)


@never_cache
@require_safe
def period_report(request, pk, code, number):
    """A report as it was sent, whatever has become of it."""
    page = _page(request, pk, code)
    row = _submission(page, number)
    report = figures_of([row.pk], whole=page.people)[row.pk]
    context = {"page": page, "row": row, "report": report, "tables": ReportTables(report)}
    return render(request, "recruitment/periods/report.html", context)


@never_cache
@require_safe
def period_file(request, pk, code, number, form):
    """The very bytes that were sent. That they were read is an entry of the reads chain; what does not have the digest it
    was frozen with is not sent."""
    page = _page(request, pk, code)
    row = _submission(page, number)
    kept = get_object_or_404(FrozenReport, submission=row, form=form, whole=page.people)
    content = bytes(kept.content)
    if hashlib.sha256(content).hexdigest() != kept.digest:
        raise ValueError("A frozen report does not have the digest it was frozen with.")
    journal.read_entry(
        request.user, "export", about=f"frozen:{row.pk}", committee=_committee(page), form=form,
        count=0, digest=kept.digest,
    )  # fmt: skip
    answer = HttpResponse(content, content_type=WRITERS[form][1])
    answer["Content-Disposition"] = f'attachment; filename="{kept.name}"'
    return answer


@never_cache
@require_safe
def period_changes(request, pk, code):
    """What is closed against what the register says now, and the facts behind it."""
    page = _page(request, pk, code)
    if page.duty.standing is None:
        raise Http404
    late = Late(request.access, page.snapshot, page.owing, page.duty, page.duty.standing)
    if late.lines:
        journal.read_entry(
            request.user, "list", about="corrections", committee=_committee(page), count=len(late.lines),
            filter={"period": page.period.name},
        )  # fmt: skip
    return render(request, "recruitment/periods/changes.html", {"page": page, "late": late})
