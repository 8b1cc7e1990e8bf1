"""The place where files made in the background are fetched: everybody's own."""

from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import deeds

from . import annual_file, filing, folder_file
from .catalogue import PREPARED
from .exports import handed


@never_cache
@require_safe
def file_list(request):
    """The account's own files of the last days, with those that are still being made."""
    request.access.self_service()
    jobs = [
        (job, deeds.concerned(job.args["name"]), _unit(job))
        for job in filing.own(request.user, timezone.now())
    ]
    return render(request, "recruitment/reports/file_list.html", {"jobs": jobs, "days": filing.KEPT.days})


@never_cache
@require_safe
def file(request, pk):
    """One file of the account's own: how far it is, then the way to it."""
    request.access.self_service()
    job = _own(request, pk)
    ready = hasattr(job, "file")
    may, stale = False, False
    try:
        may = ready and filing.may_fetch(job, PREPARED) is not None
    except filing.Stale:
        stale = True
    context = {
        "job": job, "ready": ready, "may": may, "stale": stale, "days": filing.KEPT.days, "unit": _unit(job),
        "why_not": filing.why_not(job, PREPARED), "again": folder_file.page_of(job.args) if stale else "",
    }  # fmt: skip
    answer = render(request, "recruitment/reports/file.html", context)
    if request.htmx and job.ended:
        answer["HX-Refresh"] = (
            "true"  # what was asked for is the progress alone; the way to the file stands beside it
        )
    return answer


@never_cache
@require_safe
def file_fetch(request, pk):
    """The file itself, as its account may still have it. One entry of the reads chain, as of any export."""
    request.access.self_service()
    job = _own(request, pk)
    if not hasattr(job, "file"):
        raise Http404
    try:
        export = filing.may_fetch(job, PREPARED)
    except filing.Stale:  # its page says so, and leads to a new one
        return redirect("recruitment:file", pk)
    if export is None:
        raise PermissionDenied
    content = BytesIO(bytes(job.file.content))
    return handed(request.user, export, job.args["form"], content, count=job.file.count, name=job.file.name)


def _unit(job):
    """What its count is of: the persons a report names, the pages of a dossier, the rows of a list."""
    return {annual_file.NAME: "person", folder_file.NAME: "page"}.get(job.args["name"], "row")


def _own(request, pk):
    job = filing.own(request.user, timezone.now()).filter(pk=pk).first()
    if job is None:
        raise Http404
    return job
