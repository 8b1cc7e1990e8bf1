"""The pages of classes. Each view asks the door, then shows what others worked out; opening a list of people is
journalled."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees import journal
from committees.access import FIGURES, PEOPLE, RECORD
from committees.picking import Choosable
from committees.vietnamese import day, number

from .. import columns
from ..pipeline.actions import Refused
from . import deeds, issuing, numbered
from .forms import RUNNING, CompletionForm, CourseFilter, CourseForm, FindForm, TickForm, done
from .grids import AttendanceForm, CertificatesForm, MarksForm
from .invitees import MOST, Invitees
from .pages import CoursePage, Courses, course_of

asks_and_does = require_http_methods(["GET", "HEAD", "POST"])
ON_A_PAGE = 25


def _sent(request):
    return request.POST if request.method == "POST" else None


def _read(request, course, count):
    journal.read_entry(
        request.user, "list", about=deeds.about(course), committee=course.committee, count=count
    )


def _home(course):
    return redirect("recruitment:course", pk=course.pk)


def _told(request, skipped):
    """Say of whom it was not done, and why."""
    if skipped:
        said = "; ".join(f"{name}: {why}" for name, why in skipped)
        messages.warning(request, _("Bỏ qua %(n)d người. %(said)s.") % {"n": len(skipped), "said": said})


def _may_open(access):
    """Whether a class may be opened anywhere: by whoever records for a committee that is no cell."""
    return access.holds(RECORD) and any(True for _i in Choosable(access, RECORD, RUNNING))


@never_cache
@require_safe
def course_list(request):
    """Classes run by committees within reach, and those their people attend."""
    access = request.access
    access.require(FIGURES)
    form = CourseFilter(request.GET, access=access)
    courses, statute = Courses(access, **form.asked()), columns.current().statute
    paginator = Paginator(courses.found.select_related("committee"), ON_A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "pages": paginator.get_elided_page_range(page.number),
        "lines": courses.lines(list(page), statute), "totals": courses.totals, "may_open": _may_open(access),
        "may_see": access.holds(PEOPLE), "narrowed": any(form.asked().values()),
    }  # fmt: skip
    return render(
        request, "recruitment/courses/course_list.html", context, status=400 if form.errors else 200
    )


@never_cache
@asks_and_does
def course_new(request):
    """Open a class."""
    access = request.access
    access.require(RECORD)
    if not _may_open(access):
        raise PermissionDenied
    form = CourseForm(_sent(request), access=access)
    if done(form, lambda said: deeds.open_course(by=request.user, **form.values())):
        messages.success(request, _("Đã mở %s. Việc tiếp theo: mời học viên.") % form.outcome.name)
        numbered.tell(request, form.outcome, "course_opening")
        return _home(form.outcome)
    return render(request, "recruitment/courses/course_form.html", {"form": form}, status=form.status)


@never_cache
@asks_and_does
def course_edit(request, pk):
    """Correct what is known of a class."""
    course = course_of(request.access, pk, RECORD)
    form = CourseForm(_sent(request), access=request.access, row=course)
    if done(form, lambda said: deeds.edit_course(
        course, by=request.user, stamp=said["stamp"], **form.values())
    ):  # fmt: skip
        messages.success(request, _("Đã lưu thông tin lớp."))
        numbered.tell(request, form.outcome, "course_opening")
        return _home(course)
    page = CoursePage(request.access, course, columns.current())
    return render(
        request, "recruitment/courses/course_form.html", {"form": form, "page": page}, status=form.status
    )


@never_cache
@require_safe
def course(request, pk):
    """One class: who is in it, and what is next."""
    found = course_of(request.access, pk)
    page = CoursePage(request.access, found, columns.current())
    if page.learners:
        _read(request, found, len(page.learners))
    last = issuing.last_issued_today(found, request.user) if page.may_record and page.certified else None
    return render(request, "recruitment/courses/course.html", {"page": page, "undoable": last and last[1]})


@never_cache
@asks_and_does
def course_invite(request, pk):
    """Who may be invited to a class, to be ticked; and who is on its list, to be taken off."""
    access, course = request.access, course_of(request.access, pk, RECORD)
    snapshot = columns.current()
    page, find = CoursePage(access, course, snapshot), FindForm(request.GET, access=access)
    invitees = Invitees(course, access=access, snapshot=snapshot, **find.asked())
    removing = request.POST.get("do") == "remove"
    form = TickForm(_sent(request), row=course, name="learner" if removing else "person")

    def deed(said):
        if removing:
            return deeds.take_off(course, form.chosen, by=request.user, stamp=said["stamp"])
        people = [(one.person, one.cell_id) for one in invitees.chosen(form.chosen)]
        return deeds.invite(course, people, by=request.user, snapshot=snapshot, stamp=said["stamp"])

    if done(form, deed):
        if removing:
            messages.success(request, _("Đã bỏ %d người khỏi lớp.") % form.outcome)
        else:
            messages.success(request, _("Đã đưa %d người vào lớp.") % form.outcome.added)
            _told(request, form.outcome.skipped)
            if form.outcome.unproposed:
                told = "; ".join(f"{name}: {why}" for name, why in form.outcome.unproposed)
                messages.warning(request, _("Đã vào danh sách, chưa ghi giấy cử đi học. %s") % told)
            if small := CoursePage(access, course, snapshot).small:
                said = {"n": number(small.value), "cite": small.citation}
                messages.warning(request, _("Lớp còn dưới %(n)s học viên (%(cite)s).") % said)
        return _home(course)
    shown = invitees.shown
    _read(request, course, len(shown) + len(page.learners))
    context = {
        "page": page, "form": form, "find": find, "invitees": invitees, "shown": shown, "most": MOST,
        "chosen": form.chosen if form.is_bound else (),
    }  # fmt: skip
    return render(request, "recruitment/courses/invite.html", context, status=form.status)


def _grid(request, pk, form_class, template, deed, said):
    """A page with a line for each learner: deed(course, form, values) does it."""
    access, course = request.access, course_of(request.access, pk, RECORD)
    page = CoursePage(access, course, columns.current())
    form = form_class(_sent(request), row=course, learners=page.everyone)
    status = None
    if request.POST.get("do") == "fill":
        form.fill()
        status = 200
    elif done(form, lambda values: deed(course, page, form, values)):
        messages.success(request, said)
        return _home(course)
    _read(request, course, len(page.everyone))
    return render(request, template, {"page": page, "form": form}, status=status or form.status)


@never_cache
@asks_and_does
def course_attendance(request, pk):
    """How many periods each learner attended: the whole class in one page."""
    return _grid(
        request, pk, AttendanceForm, "recruitment/courses/attendance.html",
        lambda course, page, form, said: deeds.record_attendance(
            course, {one: value for one, (value,) in form.rows(said).items()}, standard=page.standard,
            by=request.user, stamp=said["stamp"],
        ),
        _("Đã ghi số tiết đã dự."),
    )  # fmt: skip


@never_cache
@asks_and_does
def course_results(request, pk):
    """The marks of the essays, of whoever attended enough to write them."""
    return _grid(
        request, pk, MarksForm, "recruitment/courses/results.html",
        lambda course, page, form, said: deeds.record_marks(
            course, form.rows(said), standard=page.standard, by=request.user, stamp=said["stamp"]
        ),
        _("Đã ghi điểm thu hoạch."),
    )  # fmt: skip


@never_cache
@asks_and_does
def course_completion(request, pk):
    """The decision that recognises who completed the class; taken back where it was recorded by mistake."""
    course = course_of(request.access, pk, RECORD)
    page = CoursePage(request.access, course, columns.current())
    form = CompletionForm(_sent(request), row=course)

    def deed(said):
        if form.reopens:
            return deeds.reopen(course, by=request.user, stamp=said["stamp"])
        return deeds.complete(
            course, number=said["completion_number"], on=said["completed_on"], standard=page.standard,
            by=request.user, stamp=said["stamp"],
        )  # fmt: skip

    if done(form, deed):
        saved = _("Đã bỏ quyết định. Danh sách và kết quả sửa được lại.") if form.reopens else _(
            "Đã ghi quyết định công nhận hoàn thành ngày %s.") % day(form.outcome.completed_on)  # fmt: skip
        messages.success(request, saved)
        numbered.tell(request, form.outcome, "course_completion")
        return _home(course)
    return render(
        request, "recruitment/courses/completion.html", {"page": page, "form": form}, status=form.status
    )


@never_cache
@asks_and_does
def course_certificates(request, pk):
    """Certificates for all who passed, in one go, with the numbers the office gave."""
    course = course_of(request.access, pk, RECORD)
    page, form = _certificates(request, course)
    status = None
    if form.is_bound and form.fills:
        status = 200 if form.fill() else 400
    elif done(form, lambda said: _issue(course, page, form, said, request.user)):
        messages.success(request, _("Đã cấp %d chứng nhận.") % form.outcome.count)
        _told(request, form.outcome.skipped)
        return _home(course)
    elif form.differences is not None:
        # Whoever came first may have issued some: the list is told anew, what was typed of the others stays.
        typed, fresh = form.data, course_of(request.access, pk, RECORD)
        page, form = _certificates(request, fresh, typed)
        form.is_valid()
        form.overtaken(fresh)
    _read(request, course, len(form.learners))
    return render(
        request, "recruitment/courses/certificates.html", {"page": page, "form": form},
        status=status or form.status,
    )  # fmt: skip


def _certificates(request, course, typed=None):
    page = CoursePage(request.access, course, columns.current())
    return page, CertificatesForm(typed or _sent(request), row=course, learners=page.everyone)


def _issue(course, page, form, said, by):
    try:
        return issuing.issue(
            course, issued_on=said["issued_on"], numbers=form.numbers(said), standard=page.standard, by=by,
            stamp=said["stamp"], confirmed=said["confirmed"],
        )  # fmt: skip
    except issuing.InUse as refusal:
        form.in_use = refusal.numbers
        raise


@never_cache
@require_POST
def course_certificates_undo(request, pk):
    """Take back the certificates the account issued last, today."""
    course = course_of(request.access, pk, RECORD)
    try:
        count = issuing.undo(course, by=request.user)
    except Refused as refusal:
        messages.warning(request, " ".join(refusal.reasons))
    else:
        messages.success(request, _("Đã bỏ %d chứng nhận vừa cấp.") % count)
    return redirect(reverse("recruitment:course", args=[course.pk]))
