import re
from functools import partial
from tempfile import SpooledTemporaryFile

from django.http import FileResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal, vietnamese
from committees.access import FIGURES, PEOPLE

from .. import columns
from ..models import is_demo
from ..quotas.question import seen_by
from ..sheets.book import write_book
from ..sheets.pdf import write_pdf
from ..sheets.report_docx import write_docx
from .annual import annual
from .annual_page import AnnualPage, PeriodForm
from .annual_report import named, whole

WRITERS = {
    "xlsx": (write_book, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": (write_pdf, "application/pdf"),
    "docx": (write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
IN_MEMORY = 2_000_000


def _asked(request, code):
    """The page of the report that the address asks for, as much of it as the reader may see."""
    access = request.access
    committee = access.committee(code, FIGURES)
    snapshot = columns.current()
    form = PeriodForm(request.GET, snapshot=snapshot, code=committee.code, today=access.today)
    question = partial(
        annual,
        snapshot,
        committee.code,
        today=access.today,
        people=access.may(PEOPLE, committee.pk),
        sees=lambda right, places: seen_by(access, right, snapshot, places),
        demo=is_demo(),
    )
    return AnnualPage(access, snapshot, committee, form, form.answer(question))


@never_cache
@require_safe
def report(request, code):
    """A committee's period on the screen: the finding, the numbers, the units."""
    return _shown(request, _asked(request, code))


def _shown(request, page):
    status = 200 if page.found else 400
    return render(request, "recruitment/reports/annual.html", {"page": page}, status=status)


@never_cache
@require_safe
def report_file(request, code, form):
    """The whole report as a file; where the address asks for what has no answer, the page says why. That it was read is
    an entry of the reads chain, with the number of persons it names; without the entry nothing is sent."""
    page = _asked(request, code)
    if page.found is None:
        return _shown(request, page)
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
    name = re.sub("[^a-z0-9]+", "-", vietnamese.fold(report.name)).strip("-")
    return FileResponse(file, as_attachment=True, filename=f"{name}.{form}", content_type=content_type)
