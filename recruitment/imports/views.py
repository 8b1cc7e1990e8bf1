from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees import journal
from committees.models import Committee
from committees.vietnamese import number

from ..sheets.xlsx import write_rows
from . import beyond, desk, running
from .blanks import write_blank
from .forms import UploadForm
from .kinds import KINDS
from .matched import matched
from .preview import BAD_ROWS, Preview

BATCH_ROWS = 50
EDITS = 50  # told on a page of the preview


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request):
    """Where workbooks come in: the form, the templates, what waits, and the batches that may be taken back. POST keeps
    the file and leads to its preview."""
    access = request.access
    access.self_service()
    kinds = desk.kinds(access)
    if not kinds:
        raise PermissionDenied
    sent = request.method == "POST"
    form = UploadForm(
        request.POST if sent else None, request.FILES if sent else None, access=access, kinds=kinds
    )
    if form.is_valid():
        try:
            kept, waited = desk.keep(
                access, kind=form.cleaned_data["kind"], source=form.source, content=form.content,
                choices=form.choices,
            )  # fmt: skip
        except desk.TooMany:
            form.add_error(
                None,
                _(
                    "Anh chị đang có %s tệp chờ nhập, mức nhiều nhất. Nhập hoặc bỏ bớt một tệp, rồi tải tệp này lên."
                )
                % desk.MOST_WAITING,
            )
        else:
            if waited:
                messages.warning(
                    request, _("Tệp này đã tải lên rồi; đây là bản đang chờ, không tạo bản thứ hai.")
                )
            if form.layout is not None and form.unmatched:
                messages.success(
                    request,
                    _(
                        "Đã điền sẵn cách ghép cột đã nhớ của nơi gửi. Xem lại trang tính và ghi các giá trị của riêng tệp này."
                    ),
                )
            elif form.layout is not None:
                messages.success(request, _("Đọc theo cách ghép cột đã nhớ của nơi gửi."))
            if form.unmatched:
                return redirect("recruitment:import-columns", kept.pk)
            if not waited and running.long(kept, form.source):
                running.ask(running.CHECK, kept, by=request.user)
            return redirect("recruitment:import", kept.pk)
    page = Paginator(desk.batches(access), BATCH_ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "templates": [(kind.name, kind.title) for kind in kinds],
        "waiting": [(upload, KINDS[upload.kind].title) for upload in desk.waiting(request.user)],
        "jobs": running.told(request.user),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "batches": desk.told(page.object_list),
    }
    return render(
        request, "recruitment/imports/import_list.html", context, status=400 if form.errors else 200
    )


@require_safe
def blank(request, kind):
    """The empty workbook of a KIND."""
    request.access.self_service()
    if kind not in KINDS:
        raise Http404
    request.access.require(KINDS[kind].right)
    file = BytesIO()
    write_blank(file, kind)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("Mẫu %s.xlsx") % KINDS[kind].title.lower())


def own(request, pk):
    """The account's own upload: for everyone else there is none, whatever their rights. 403 once the right is lost."""
    request.access.self_service()
    since = desk.waiting(request.user).defer(None)
    found = get_object_or_404(since, pk=pk)
    request.access.require(KINDS[found.kind].right)
    return found


def previewed(request, upload):
    """The upload checked now, or as its check in the background found it; None where there is no such check. What it
    shows of people beyond the file is journalled as read, and whom it asks of beyond the reach where they stand."""
    if running.long(upload):
        page = running.found(upload, request.user)
    else:
        page = Preview(upload.kind, desk.opened(upload), request.user)
    if page is not None:
        beyond.note(request.user, page.met)
    if page is not None and page.disclosed:
        where = Committee(id=page.scope) if page.scope else None
        journal.read_entry(
            request.user, "list", about=f"import:{upload.kind}", committee=where, file=upload.name,
            count=page.disclosed,
        )  # fmt: skip
    return page


def show(request, upload, *, status=200, crossed=()):
    """The preview of an upload; crossed: the cells that were mended on another page meanwhile. Of one that is being
    checked, or must be checked anew, what is known of that."""
    if upload.job_id and not upload.job.ended:
        return redirect("recruitment:import-job", upload.job_id)
    before = desk.batches(request.access).filter(kind=upload.kind, digest=upload.digest, undone=False)
    found = previewed(request, upload)
    context = {
        "upload": upload,
        "page": found,
        "before": next(iter(desk.told(before[:1])), None),
        "overtaken": status == 409 and not crossed,
        "crossed": crossed,
    }
    if found is None:
        context["title"] = KINDS[upload.kind].title
        return render(request, "recruitment/imports/import_unchecked.html", context, status=status)
    bad = Paginator(list(found.bad), BAD_ROWS).get_page(request.GET.get("page"))
    told = desk.edits_of(upload, found) if upload.edits else []
    mended = Paginator(told, EDITS).get_page(request.GET.get("mended"))
    context |= {
        "bad": bad,
        "bad_pages": bad.paginator.get_elided_page_range(bad.number),
        "rows": found.mending(bad.object_list),
        "mended": mended,
        "mended_pages": mended.paginator.get_elided_page_range(mended.number),
    }
    return render(request, "recruitment/imports/import.html", context, status=status)


@never_cache
@require_safe
@matched
def upload(request, pk):
    """What the file would do, checked anew at each visit."""
    return show(request, own(request, pk))


@never_cache
@require_safe
@matched
def faults(request, pk):
    """The rows to be mended as a workbook, each with its reasons beside it. 404 where there is none."""
    upload = own(request, pk)
    page = previewed(request, upload)
    if page is None or not page.bad_count:
        raise Http404
    headings, rows = page.faulty_rows()
    file = BytesIO()
    write_rows(file, "", headings, rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("Dòng cần sửa, %s") % upload.name)


def gone(request):
    """Back to the list, which says why: the file waits no more."""
    messages.warning(request, _("Tệp này không còn chờ: đã được nhập hoặc đã bỏ. Các lần nhập ở bên dưới."))
    return redirect("recruitment:import-list")


def _loaded_already(request):
    """Whether the file of the form that was sent is loaded: a second click on a button that worked."""
    digest = request.POST.get("digest", "")
    if not digest.isalnum():  # a NUL is no text to PostgreSQL
        return False
    return desk.batches(request.access).filter(digest=digest, undone=False).exists()


@never_cache
@require_POST
@matched
def apply(request, pk):
    """Load the file, all of it or nothing, under the account's rights. Faults that appeared since the preview come back
    with it, 409."""
    try:
        upload = own(request, pk)
    except Http404:
        if _loaded_already(request):
            return gone(request)
        raise
    if running.long(upload):
        job = running.ask(running.APPLY, upload, by=request.user)
        return redirect("recruitment:import-job", job.pk)
    try:
        report = desk.apply(upload, by=request.user)
    except desk.Gone:
        return gone(request)
    except desk.Mended:
        return show(request, get_object_or_404(desk.waiting(request.user), pk=pk), status=409)
    except journal.Busy:
        messages.warning(
            request, _("Dữ liệu đang được ghi liên tục, chưa nhập gì. Bấm nhập lại sau ít phút.")
        )
        return redirect("recruitment:import", pk)
    if report.faults or report.doubts:
        return show(request, upload, status=409)
    if report.batch is None:  # somebody else wrote the same meanwhile: the preview says so
        return redirect("recruitment:import", pk)
    done = _("Đã nhập %(new)s dòng mới, %(changed)s thay đổi.")
    counts = {"new": number(report.new), "changed": number(report.changed)}
    messages.success(request, done % counts, extra_tags=str(report.batch))
    return redirect("recruitment:import-list")


@never_cache
@require_POST
def drop(request, pk):
    """Forget an upload."""
    upload = own(request, pk)
    try:
        desk.drop(upload, by=request.user)
    except desk.Gone:
        return gone(request)
    messages.success(request, _("Đã bỏ tệp %s. Không có gì được ghi.") % upload.name)
    return redirect("recruitment:import-list")
