from tempfile import SpooledTemporaryFile

from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal

from . import filing
from .annual_file import WRITERS, AnnualFile, asked, plain
from .annual_report import named, whole

IN_MEMORY = 2_000_000


@never_cache
@require_safe
def report(request, code):
    """A committee's period on the screen: the finding, the numbers, the units."""
    return _shown(request, asked(request.access, code, request.GET))


def _shown(request, page):
    status = 200 if page.found else 400
    return render(request, "recruitment/reports/annual.html", {"page": page}, status=status)


@never_cache
@require_safe
def report_file(request, code, form):
    """The whole report as a file; where the address asks for what has no answer, the page says why. That it was read is
    an entry of the reads chain, with the number of persons it names; without the entry nothing is sent. A long one is made
    in the background, and its own page tells how far it is."""
    page = asked(request.access, code, request.GET)
    if page.found is None:
        return _shown(request, page)
    if page.long:
        params = request.GET.copy()
        params["committee"] = page.committee.code
        wanted = AnnualFile(page.found, page.committee)
        return redirect("recruitment:file", filing.asked(request.user, wanted.name, form, params, wanted).pk)
    report = whole(page.found)
    return sent(
        request, report, form, about="annual", committee=page.committee, count=named(report),
        filter=page.found.chosen,
    )  # fmt: skip


def sent(request, report, form, *, about, committee, count=None, **details):
    """The answer that sends a Report as a file of a form ("xlsx", "pdf"). That it was read is one entry of the reads
    chain: what (`about`), where, how many persons it names (by default, its rows); without the entry nothing is sent."""
    write, content_type = WRITERS[form]
    file = SpooledTemporaryFile(max_size=IN_MEMORY)
    write(file, report)
    if count is None:
        count = sum(len(sheet.rows) for sheet in report.sheets)
    journal.read_entry(
        request.user, "export", about=about, committee=committee, form=form, count=count, **details
    )
    file.seek(0)
    name = f"{plain(report.name)}.{form}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
