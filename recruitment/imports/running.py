"""Long files in the background: their check and their loading as jobs, which the page tells of and may be closed over.

Both may be begun anew at any moment: a check only stores what it found, and a load writes its batch, what came of it and
the end of the upload in one transaction. A worker that dies leaves nothing, and whoever takes the job over finds either
all of it done or none.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from committees import journal
from committees.access import Access

from .. import background
from ..models import Batch, Job, Upload
from . import desk, edits, stored
from .kinds import KINDS as WORKBOOKS
from .preview import Preview
from .undo import NoSuchBatch, unload

# Rows up to which a file is checked and loaded while its page is waited for.
LONG = 2000
CHECK, APPLY, UNDO = "import-check", "import-apply", "import-undo"
TOLD_FOR = timedelta(days=1)
MOST_TOLD = 10


def long(upload, source=None):
    """Whether an upload is checked and loaded in the background; it stays so once it was. source: what is read of it, if
    it was read already."""
    return bool(upload.job_id or upload.checked) or len((source or desk.opened(upload)).rows) > LONG


def ask(kind, upload, *, by):
    """The Job that checks or loads the upload: the one that runs already, else a new one. Two pens."""
    last = Job.objects.filter(pk=upload.job_id).first()
    if last is not None and not last.ended:
        return last
    key = f"{kind}:{upload.pk}:{upload.job_id or 0}"  # two clicks saw the same last job
    job = background.ask(kind, by=by, args={"upload": upload.pk}, key=key)
    with journal.pen(by, "upload-run", about=f"batch:{upload.kind}", file=upload.name):
        QuerySet(Upload).filter(pk=upload.pk, account=by).update(job=job)
    upload.job = job
    return job


def looked_at(upload):
    """What tells one state of an upload from another: how it is read, and what was mended."""
    return edits.mark(repr(upload.choices) + repr(sorted(upload.edits.items())))


def found(upload, account):
    """The Stored preview of a long file, or None where there is none of it as it stands and as the account reaches
    today."""
    said = upload.checked
    if not said or said["of"] != looked_at(upload) or said.get("reach") != Access(account).mark():
        return None
    return stored.Stored(said["found"], lambda: desk.opened(upload))


def _asked(job):
    """(the Upload, whether the account may still load such files); None in place of an upload that is gone."""
    upload = Upload.objects.filter(pk=job.args["upload"], account=job.account).first()
    may = (
        job.account.is_active
        and upload is not None
        and Access(job.account).holds(WORKBOOKS[upload.kind].right)
    )
    return upload, may


def _tell(job, **result):
    """Write what came of a job where nothing else was to be written."""
    with journal.pen(job.account, "job-tell", about=f"job:{job.pk}", kind=job.kind):
        QuerySet(Job).filter(pk=job.pk).update(result=result)


def check(job):
    """Check an upload and keep what was found for its page."""
    upload, may = _asked(job)
    if not may:
        return _tell(job, gone=True)
    _keep(job, upload, Preview(upload.kind, desk.opened(upload), job.account, background.Progress(job)))


def _keep(job, upload, preview):
    reach = preview.kind.known.access.mark()
    said = {"of": looked_at(upload), "reach": reach, "found": stored.kept(preview)}
    result = {"bad": preview.bad_count, "doubts": preview.doubt_count, "ready": preview.ready}
    with journal.pen(job.account, "upload-check", about=f"batch:{upload.kind}", file=upload.name, **result):
        QuerySet(Upload).filter(pk=upload.pk).update(checked=said)
        QuerySet(Job).filter(pk=job.pk).update(result=result)


def apply(job):
    """Load an upload; faults that appeared since its check are kept as a check would."""
    if Job.objects.get(pk=job.pk).result.get("batch"):
        return  # a worker before this one wrote it and died before it could say so
    upload, may = _asked(job)
    if not may:
        return _tell(job, gone=True)

    def wrote(report):
        result = {"batch": report.batch, "new": report.new, "changed": report.changed}
        QuerySet(Job).filter(pk=job.pk).update(result=result)

    try:
        report = desk.apply(upload, by=job.account, wrote=wrote, progress=background.Progress(job))
    except desk.Gone:
        if not Job.objects.get(pk=job.pk).result:
            _tell(job, gone=True)
        return
    except desk.Mended:
        report = None
        upload.refresh_from_db()
    if report is None or report.batch is None:
        _keep(job, upload, Preview(upload.kind, desk.opened(upload), job.account))


def ask_undo(batch, *, by):
    """The Job that takes a long load back: one for each state of the batch. One pen."""
    return background.ask(UNDO, by=by, args={"batch": batch.pk}, key=f"{UNDO}:{batch.pk}:{journal.head()[0]}")


def undo(job):
    """Take a load back, if the account still may; what had to stay is kept with the batch."""
    pk = job.args["batch"]
    try:
        if not job.account.is_active:
            raise NoSuchBatch
        done = unload(pk, actor=job.account)
    except NoSuchBatch:  # taken back before, perhaps by a worker that died after it
        return _tell(job, undone=Batch.objects.filter(pk=pk, undone=True).exists())
    _tell(job, undone=True, removed=done.removed, restored=done.restored, kept=len(done.kept))


KINDS = {CHECK: check, APPLY: apply, UNDO: undo}


@dataclass(frozen=True)
class Told:
    """A job of the list: what it does, to which file, and the Batch that came of it."""

    job: Job
    title: str
    name: str
    batch: Batch | None

    @property
    def does(self):
        """The job's kind without what all have in common: check, apply, undo."""
        return self.job.kind.removeprefix("import-")


def told(account):
    """[Told] of the account's jobs of the last day, newest first. Three queries."""
    since = timezone.now() - TOLD_FOR
    jobs = list(account.jobs.filter(kind__in=KINDS, due_at__gt=since).order_by("-pk")[:MOST_TOLD])
    uploads = account.uploads.defer("content", "checked").in_bulk([job.args.get("upload") for job in jobs])
    batches = Batch.objects.defer("made", "changed", "taken", "kept").in_bulk(
        [pk for job in jobs if (pk := _batch(job)) is not None]
    )
    return [
        Told(job, WORKBOOKS[of.kind].title, of.name, batch)
        for job in jobs
        for batch in [batches.get(_batch(job))]
        for of in [batch or uploads.get(job.args.get("upload"))]
        if of is not None
    ]


def _batch(job):
    """The id of the batch that a job made or takes back."""
    return job.result.get("batch") or job.args.get("batch")
