"""Papers of one form for many dossiers: chosen, looked at line by line, issued, printed as one file."""

import io
from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal
from committees.access import RECORD
from committees.sending import sending
from committees.vietnamese import number

from ..background import own
from ..models import IssuedFile
from ..pipeline.deed_views import asks_and_does, sent
from ..quotas.listing import where
from ..sheets.binder import PDF, Part, bind
from . import batch, batch_job, given_out, joined
from .batch_page import BatchPage
from .joined_views import held_words

# The days looked at where nobody says otherwise.
LATELY = timedelta(days=30)


def _page(request):
    access = request.access
    committee = where(access, RECORD, request.GET.get("committee"))
    return BatchPage(
        access, committee, request.GET, sent(request), since=access.today - LATELY, until=access.today
    )


@never_cache
@asks_and_does
def issuing(request):
    """Choose a form and dossiers, look at every line, issue those ticked. `?line=` names dossiers; else the days of the papers
    do. Journalled as a list of people. Some twenty queries a line that can be issued."""
    page = _page(request)
    if request.method == "POST" and request.POST.get("do") == "issue" and not page.wrong:
        where = _issued(request, page)
        if where is not None:
            return where
    journal.read_entry(request.user, "list", about="issuing", committee=page.committee, count=len(page.lines))
    return render(request, "recruitment/papers/issuing.html", {"page": page}, status=page.status)


def _issued(request, page):
    """Keep the common words, issue the ticked lines at once or in the background, and lead to them as they stand then; None
    where one was not issued: then the page itself says so, with what was ticked and answered as it was."""
    if len(page.picks) > batch_job.LONG:
        job = batch_job.waiting(request.user, page.form, page.picks, page.confirmed, page.committee)
        if job is not None:
            return redirect("recruitment:issuing-job", job.pk)
    with sending(None):  # a line is not the page: each is a deed of its own
        picks, others = _as_shown(request, page)
        said = page.common.words
        picks, overtaken = batch.keep_words(picks, page.form, said, by=request.user)
        for name in overtaken:
            words = _("%s: lời văn vừa được người khác sửa. Xem lại dòng này rồi phát hành.")
            messages.warning(request, words % name)
        seen = batch.marks(picks, page.form, today=request.access.today) if said else page.seen
        seen = {pk: seen.get(pk, "") for pk in picks}
        if len(picks) > batch_job.LONG:
            job = batch_job.asked(request.user, page.form, picks, page.confirmed, page.committee, seen)
            return redirect("recruitment:issuing-job", job.pk)
        made, refused = batch.issue(
            picks, page.form, access=request.access, confirmed=page.confirmed, by=request.user, seen=seen
        )
    if made:
        words = (
            _("Đã phát hành một văn bản chung vào %s hồ sơ.")
            if page.together
            else _("Đã phát hành %s văn bản.")
        )
        messages.success(request, words % number(len(made)))
    if refused:
        messages.warning(request, _("%s dòng chưa phát hành: lý do ở từng dòng.") % number(len(refused)))
        if page.together:
            for words in dict.fromkeys(one for reasons in refused.values() for one in reasons):
                messages.warning(request, words)
    page.short = bool(refused or overtaken or others)
    return None if page.short else redirect(page.address("issuing", page.pks, ticked=()))


def _as_shown(request, page):
    """(ids of those ticked whose papers say what the lines showed, [Candidacy] of the others, whom it tells). Of one paper
    for several: all or none."""
    others = batch.otherwise(page.picks, page.form, page.seen, today=request.access.today)
    for one in others:
        words = _("%s: hồ sơ vừa được sửa sau khi anh chị mở trang. Xem lại dòng này rồi phát hành.")
        messages.warning(request, words % one.person.full_name)
    if others and page.together:
        return [], others
    gone = {one.pk for one in others}
    return [pk for pk in page.picks if pk not in gone], others


@never_cache
@require_safe
def issuing_job(request, pk):
    """How far a batch in the background is, then the way to its lines: the account's own."""
    request.access.self_service()
    job = own(request.user, pk)
    if job is None or job.kind != batch_job.KIND:
        raise Http404
    answer = render(
        request, "recruitment/papers/issuing_job.html", {"job": job, "lines": batch_job.lines_of(job)}
    )
    if request.htmx and job.ended:
        answer["HX-Refresh"] = "true"
    return answer


@never_cache
@require_safe
def issuing_print(request):
    """What was issued of these lines as one PDF to print, page for page as issued. One entry of the reads chain. Bytes that
    are not those issued are not printed: the page says which."""
    page = _page(request)
    rows = [one.issued for one in page.lines if one.issued is not None]
    if held := [row for row in rows if not joined.seen(request.access, row)]:
        messages.error(request, f"{_called(held[0])}: {held_words()}")
        return redirect(page.address("issuing", page.pks))
    files = IssuedFile.objects.filter(issued__in=rows, form=IssuedFile.Form.PDF)
    files = {file.issued_id: file for file in files}
    spoilt = [row for row in rows if row.pk in files and not given_out.whole(files[row.pk])]
    if spoilt or not files:
        for row in spoilt:
            words = _(
                "%(title)s %(number)s: bản lưu không còn đúng như lúc phát hành, không in. Báo quản trị."
            )
            messages.error(request, words % {"title": row.title, "number": row.number})
        return redirect(page.address("issuing", page.pks))
    parts = {  # one paper for several dossiers is printed once
        files[row.pk].digest: Part(_called(row), PDF, bytes(files[row.pk].content))
        for row in rows
        if row.pk in files
    }
    file = io.BytesIO()
    bind(file, parts.values(), page.title, numbered=False)
    journal.read_entry(
        request.user, "export", about="issuing", committee=page.committee, form="pdf", count=len(parts),
        filter={"form": page.form, "issued": sorted(files)},
    )  # fmt: skip
    return given_out.attached(file.getvalue(), f"in-nhieu-{request.access.today.isoformat()}.pdf", "pdf")


def _called(row):
    return f"{row.number} {row.candidacy.person.full_name}".strip()
