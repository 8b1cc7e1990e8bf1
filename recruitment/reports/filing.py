"""Long lists and reports as files, made in the background and fetched by who asked. A file is no way around a right: the
account's reach is asked again when it is made and when it is fetched, and one made under another reach is not given out
(S7). What is made of papers is no way around their end either: it is not given out once one was withdrawn or dropped."""

from datetime import timedelta
from tempfile import SpooledTemporaryFile

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import access as door
from committees import journal, vietnamese

from ..background import Hopeless, Progress, ask
from ..models import Job, PreparedFile
from .exports import IN_MEMORY, TYPES, Unanswered, Unmakeable

KIND, SWEEP = "export", "files-sweep"
# Rows past which a list is made in the background: some seconds on a small machine.
LONG = 5_000
KEPT = timedelta(days=7)


class Stale(Exception):
    """What a file was made of is another by now."""


def asked(account, name, form, params, export):
    """The Job that makes a list (an Export of the list `name`, or what has its shape) as a file of a form; the one there is
    where the account waits for the same already."""
    args = {"name": name, "form": form, "query": params.urlencode()}
    waiting = Job.objects.filter(account=account, kind=KIND, state__in=[Job.State.WAITING, Job.State.RUNNING])
    for job in waiting:
        if job.args == args:
            return job
    return ask(KIND, by=account, args=args, total=export.count)


def asked_again(account, args, lists):
    """(Access, Export) of a job's arguments as the account may ask today. lists: {name: function of an access and its
    parameters}. None where it may not, or has no answer any more."""
    if not account.is_active or args["name"] not in lists:
        return None
    access = door.Access(account)
    try:
        return access, lists[args["name"]](access, QueryDict(args["query"]))
    except (PermissionDenied, Http404, Unanswered):
        return None


def make(job, lists):
    """Make the file a Job stands for; none where its account may not have it any more, or it is there already. Stale where
    what it is made of changed meanwhile: the next try makes it of what is there then."""
    found = asked_again(job.account, job.args, lists)
    if found is None or PreparedFile.objects.filter(job=job).exists():
        return
    access, export = found
    under, form = access.mark(), job.args["form"]
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        try:
            count = export.make(file, form, Progress(job))
        except Unmakeable as fault:
            _unmade(job, fault.ref)
            raise Hopeless(_("Một bản lưu không còn nguyên hoặc không đọc được.")) from None
        file.seek(0)
        content = file.read()
    with journal.pen(
        job.account, "file-make", about=f"job:{job.pk}", kind=export.name, count=count, form=form
    ):
        fresh = Job.objects.get(pk=job.pk)
        if fresh.attempts != job.attempts:
            return  # taken over meanwhile: the file is the other worker's to make
        if export.mark and export.moved():
            raise Stale
        PreparedFile.objects.bulk_create([
            PreparedFile(
                job=fresh, name=export.file_name(form), content_type=TYPES[form], content=content, count=count,
                made_at=timezone.now(),
            )
        ])  # fmt: skip
        fresh.result = {"reach": under, "count": count, "mark": export.mark}
        fresh.save()


def _unmade(job, ref):
    with journal.pen(job.account, "job-tell", about=f"job:{job.pk}", kind=KIND):
        fresh = Job.objects.get(pk=job.pk)
        if fresh.attempts == job.attempts:
            fresh.result = {"wrong": ref}
            fresh.save()


def why_not(job, lists):
    """Why the file could never be made, naming what is in the way, to an account that may see it now; "" else."""
    ref = job.result.get("wrong")
    found = asked_again(job.account, job.args, lists) if ref else None
    return found[1].why_not(ref) if found else ""


def may_fetch(job, lists):
    """The Export whose file this account may be given now; None where its reach is another than when it was made. Stale
    where papers in it have ended, or others came."""
    found = asked_again(job.account, job.args, lists)
    if found is None or found[0].mark() != job.result.get("reach"):
        return None
    if found[1].mark != job.result.get("mark", ""):
        raise Stale
    return found[1]


def own(account, now):
    """The account's jobs that make files, the latest first, of the days a file is kept; each with its PreparedFile without
    the content. One query."""
    jobs = Job.objects.filter(account=account, kind=KIND, due_at__gt=now - KEPT).select_related("file")
    return jobs.defer("file__content").order_by("-due_at", "-pk")


def due(now):
    """[Job] not yet saved: files past their days are to go, once a day. One query."""
    if not _past(now).exists():
        return []
    today = now.astimezone(vietnamese.ZONE).date()
    return [Job(kind=SWEEP, key=f"{SWEEP}:{today}", due_at=now, args={})]


def sweep(job):
    """Take away what files past their days hold. The row stays without it: a deletion would have every process read the
    whole register anew."""
    with journal.pen(None, "file-sweep", about="job") as pen:
        pen.note(count=_past(timezone.now()).update(content=b""))


def _past(now):
    return PreparedFile.objects.filter(made_at__lte=now - KEPT).exclude(content=b"")
