"""Any list one sees as a file: the rows of its page, all of them, in the columns chosen, with real dates and numbers.

An export is asked for as its page is, by the same function with the same parameters, and refused where that is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from tempfile import SpooledTemporaryFile

from django.http import FileResponse
from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.models import Committee

from ..quotas.two_views import by_tree
from ..sheets import csv, xlsx

# Up to this many bytes of a file are kept in memory; a longer one lies on disk, under no name, while it is sent.
IN_MEMORY = 2_000_000
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# A column is as wide as the longest of so many first rows, in characters, between these two.
LOOKED_AT = 100
NARROWEST, WIDEST = 8, 48


class Unanswered(Exception):
    """The list asked for has no answer; its page says why."""


class Unmakeable(Exception):
    """The file cannot be made, however often it is tried; its text says why. ref: the same without a name, from which
    `why_not` of what was to be made says it again."""

    def __init__(self, words, ref):
        super().__init__(words)
        self.ref = ref


@dataclass(frozen=True)
class Export:
    """A list as a file. conditions: its filter in words; said: {parameter: value} as it was asked, for the journal;
    committee: where it was read (decides who may read the entry); view: which of the two views it is, "" where a list has
    none; rows are read as they are written. bare: the headings stand in the first row of a workbook, under no title."""

    name: str
    title: str
    headings: list
    rows: Iterable
    count: int
    conditions: list
    said: dict
    committee: object = None
    place: str = ""
    on: date | None = None
    view: str = ""
    bare: bool = False

    mark = ""  # a list is as it stood when it was asked for, whatever is written later
    beside = ()

    @property
    def line(self):
        """The list, its committee, filter, day and count in one line."""
        number = vietnamese.number(self.count)
        day = vietnamese.day(self.on or vietnamese.today())
        said = [self.title, self.place, *map(str, self.conditions), _("đến hết ngày %s") % day, self.view]
        return "; ".join(filter(None, [*map(str, said), _("%s dòng") % number]))

    def file_name(self, form):
        """Plain letters, digits and dashes: safe in a header and on any disk. It tells the view: a .csv has no line that
        could."""
        where = self.committee.code if self.committee else ""
        words = vietnamese.fold(
            f"{self.title} {where} {(self.on or vietnamese.today()).isoformat()} {self.view}"
        )
        return f"{re.sub('[^a-z0-9]+', '-', words).strip('-')}.{form}"

    def make(self, file, form, told):
        """Write it into an open file, telling (rows done, rows in all); how many rows there were."""

        def rows():
            for done, row in enumerate(self.rows, 1):
                yield row
                told(done, self.count)

        return write(file, self, form, rows())


def of(listing):
    """The Export of a Listing. Raises Unanswered where its page would show a fault, or that there is no plan."""
    if listing.question is None:
        raise Unanswered
    table = listing.table()
    cells = table.cells()
    return Export(
        name=listing.name,
        title=str(listing.title),
        headings=[str(column.header) for column in table.columns],
        rows=(cells(record) for record in listing.data),
        count=listing.count,
        conditions=[words for name, words in listing.conditions if name not in {"tree_on", "tree_day"}],
        said=listing.said,
        committee=listing.committee,
        place=listing.called,
        on=listing.question.on,
        view=by_tree(listing.question.on, listing.question.tree_on),
    )


def home(access, right):
    """The highest committee in which the right is held: where an export of the whole reach is read. None over the whole
    register."""
    spans = access.require(right)
    if not spans or access.may(right, None):
        return None
    first, _end = spans[0]
    return Committee(id=access.tree.id(first), code=access.tree.code(first))


def sent(account, export, form):
    """The answer that sends an Export as a file of a form ("xlsx", "csv"). That it was read is one entry of the reads
    chain: which list and form, where, under which filter, how many rows; without the entry nothing is sent."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)
    count = write(file, export, form, export.rows)
    file.seek(0)
    return handed(account, export, form, file, count=count, name=export.file_name(form))


def write(file, export, form, rows):
    """Write rows of an Export into an open file; how many there were."""
    rows = iter(rows)
    first = list(islice(rows, LOOKED_AT))
    written = _Counted(chain(first, rows))
    if form == "xlsx":
        xlsx.write_rows(
            file,
            "" if export.bare else export.line,
            export.headings,
            written,
            _widths(export.headings, first),
        )
    else:
        csv.write_rows(file, export.headings, written)
    return written.count


def handed(account, export, form, file, *, count, name):
    """The answer that hands an open file over to an account, once the reads chain tells of it, in
    each committee it was read in."""
    for committee in (export.committee, *export.beside):
        journal.read_entry(
            account, "export", about=export.name, committee=committee, form=form, filter=export.said, count=count,
        )  # fmt: skip
    return FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[form])


def _widths(headings, rows):
    """Characters for each column: as its heading and these rows need."""
    longest = [len(heading) for heading in headings]
    for row in rows:
        longest = [max(most, len(_written(value))) for most, value in zip(longest, row, strict=True)]
    return [min(max(most + 2, NARROWEST), WIDEST) for most in longest]


def _written(value):
    return vietnamese.day(value) if isinstance(value, date) else "" if value is None else str(value)


class _Counted:
    """Passes rows on and counts them: what the journal says was read is what was written."""

    def __init__(self, rows):
        self.rows, self.count = rows, 0

    def __iter__(self):
        for row in self.rows:
            self.count += 1
            yield row
