"""A long file on its way: how far its check or its loading is, and where what came of it is told."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees.vietnamese import number

from .. import background
from ..models import Batch, Job
from . import running
from .kinds import KINDS


@never_cache
@require_safe
def job(request, pk):
    """How far one's own check or load is; once it ended, on to its result. 404 for anybody else's."""
    request.access.self_service()
    found = background.own(request.user, pk)
    if found is None or found.kind not in running.KINDS:
        raise Http404
    upload = request.user.uploads.filter(pk=found.args.get("upload")).defer("content", "checked").first()
    batch = Batch.objects.filter(pk=found.args.get("batch")).defer("made", "changed", "taken").first()
    if found.state == Job.State.DONE or (found.ended and upload is None and batch is None):
        return _on(request, found, upload)
    of = batch or upload
    context = {
        "job": found,
        "upload": upload,
        "batch": batch,
        "name": of.name if of else "",
        "does": found.kind.removeprefix("import-"),
        "title": KINDS[of.kind].title if of else "",
    }
    return render(request, "recruitment/imports/import_job.html", context)


def _on(request, job, upload):
    """To what came of it; htmx, which swaps a part of the page only, is told to leave the page."""
    if job.kind == running.UNDO:
        where = reverse("recruitment:import-batch", args=[job.args["batch"]])
    elif upload is None:
        if "batch" in job.result:
            counts = {name: number(job.result[name]) for name in ("new", "changed")}
            done = _("Đã nhập %(new)s dòng mới, %(changed)s thay đổi.") % counts
            messages.success(request, done, extra_tags=str(job.result["batch"]))
        else:
            messages.warning(
                request, _("Tệp này không còn chờ: đã được nhập hoặc đã bỏ. Các lần nhập ở bên dưới.")
            )
        where = reverse("recruitment:import-list")
    else:
        if job.kind == running.APPLY:
            messages.warning(
                request,
                _(
                    "Chưa nhập gì: dữ liệu hoặc tệp đã đổi từ lần kiểm tra trước. Bản kiểm tra mới ở dưới đây."
                ),
            )
        where = reverse("recruitment:import", args=[upload.pk])
    answer = redirect(where)
    if request.headers.get("HX-Request"):
        answer.status_code = 200
        answer["HX-Redirect"] = where
    return answer
