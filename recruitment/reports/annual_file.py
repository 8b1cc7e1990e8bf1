"""The annual report as a file: made at once where it is short, else in the background as a long list is (`filing`)."""

import re
from dataclasses import dataclass
from functools import partial

from committees import vietnamese
from committees.access import FIGURES, PEOPLE
from committees.models import Committee

from .. import columns
from ..models import is_demo
from ..quotas.question import seen_by
from ..sheets.book import write_book
from ..sheets.pdf import write_pdf
from ..sheets.report_docx import write_docx
from .annual import Annual, annual
from .annual_page import AnnualPage, PeriodForm
from .annual_report import file_name, named, rows, whole
from .exports import TYPES, Unanswered

NAME = "annual"
WRITERS = {
    form: (write, TYPES[form])
    for form, write in (("xlsx", write_book), ("pdf", write_pdf), ("docx", write_docx))
}


def asked(access, code, params):
    """The page of the report that an address asks for, as much of it as the reader may see."""
    committee = access.committee(code, FIGURES)
    snapshot = columns.current()
    form = PeriodForm(params, snapshot=snapshot, code=committee.code, today=access.today)
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


@dataclass(frozen=True)
class AnnualFile:
    """The report of a page as `filing` takes it, like an Export: put together only when it is written. count: its rows, at
    most."""

    found: Annual
    committee: Committee

    name, mark, beside = NAME, "", ()  # as it stood when it was asked for

    @property
    def count(self):
        return rows(self.found)

    @property
    def said(self):
        return self.found.chosen

    def file_name(self, form):
        return f"{plain(file_name(self.found))}.{form}"

    def make(self, file, form, told):
        """Write it into an open file, telling (rows done, rows in all); how many persons it names."""
        report, done = whole(self.found), 0
        every = sum(len(sheet.rows) for sheet in report.sheets)

        def step(n):
            nonlocal done
            done += n
            told(done, every)

        WRITERS[form][0](file, report, step)
        told(every, every)
        return named(report)


def of_page(access, params):
    """The AnnualFile of an address' parameters and, as `committee`, the code. Raises Unanswered where the page would show
    a fault, Http404 and PermissionDenied as the page does."""
    page = asked(access, params.get("committee", ""), params)
    if page.found is None:
        raise Unanswered
    return AnnualFile(page.found, page.committee)


def plain(name):
    """A name in plain letters, digits and dashes: safe in a header and on any disk."""
    return re.sub("[^a-z0-9]+", "-", vietnamese.fold(name)).strip("-")
