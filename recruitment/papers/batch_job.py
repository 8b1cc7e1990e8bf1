"""A batch in the background. One that was killed half-way is run again, and issues what the first run did not."""

from urllib.parse import urlencode

from django.urls import reverse

from committees import journal
from committees.access import Access
from committees.vietnamese import fold

from ..background import Progress, ask
from ..models import Job
from . import batch, joined

KIND = "issue"
# Lines past which the page does not wait.
LONG = 10


def asked(account, form, pks, confirmed, committee, seen=None):
    """The Job that issues the form for these candidacies; the one there is where the account waits for the same already.
    confirmed: {candidacy id: [key]}; seen: as `batch.issue` takes it."""
    there = waiting(account, form, pks, confirmed, committee)
    args = _args(form, pks, confirmed, committee)
    marks = seen and {str(pk): mark for pk, mark in seen.items()}
    return there or ask(KIND, by=account, args=args | {"seen": marks}, total=len(pks))


def waiting(account, form, pks, confirmed, committee):
    """The Job for which the account waits that does just this; None."""
    args = _args(form, pks, confirmed, committee)
    jobs = Job.objects.filter(account=account, kind=KIND, state__in=[Job.State.WAITING, Job.State.RUNNING])
    return next((job for job in jobs if {name: job.args.get(name) for name in args} == args), None)


def _args(form, pks, confirmed, committee):
    return {
        "form": form, "picks": list(pks), "committee": committee.code,
        "confirmed": {str(pk): sorted(keys) for pk, keys in confirmed.items()},
    }  # fmt: skip


def run(job):
    """Issue what a Job asks for, by the rights its account has now; nothing where it is closed."""
    if not job.account.is_active:
        return
    confirmed = {int(pk): keys for pk, keys in job.args["confirmed"].items()}
    seen = job.args.get("seen") and {int(pk): mark for pk, mark in job.args["seen"].items()}
    made, refused = batch.issue(
        job.args["picks"], job.args["form"], access=Access(job.account), confirmed=confirmed, by=job.account,
        seen=seen, told=Progress(job),
    )  # fmt: skip
    with journal.pen(job.account, "job-tell", about=f"job:{job.pk}", kind=KIND):
        fresh = Job.objects.get(pk=job.pk)
        if fresh.attempts == job.attempts:
            fresh.result = {"issued": len(made), "refused": len(refused)}
            if made and job.args["form"] in joined.FORMS:
                fresh.result["together"] = True
            fresh.save()


def lines_of(job):
    """The address on which the lines of a job stand as they are now."""
    said = [("committee", job.args["committee"]), ("form", fold(job.args["form"]))]
    return (
        f"{reverse('recruitment:issuing')}?{urlencode([*said, *(('line', pk) for pk in job.args['picks'])])}"
    )
