"""A book as a file: every column of its form in a workbook, and on paper as a bound book is: numbered pages, headings and
column numbers on each, a last line that says how many pages and lines there are, places to sign and seal."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.utils.text import capfirst

from committees.models import Kind
from committees.vietnamese import day, number

from ..courses.grids import written
from ..models import is_demo
from ..papers.registers.books import BY_HAND, ORDINAL
from ..quotas.tables import DayColumn
from ..sheets.pdf import write_pdf
from . import exports
from .annual_words import head
from .base import DAY, TEXT, Column, Report, Row, Sheet
from .base import ORDINAL as PLACE

SHORT = "short"  # the parameter that asks for the form of a village cell


@dataclass(frozen=True)
class BookFile(exports.Export):
    """The Export of a book, which may be a .pdf too. short: in the form of a village cell."""

    book: object = None
    listing: object = None
    short: bool = False

    def make(self, file, form, told):
        if form != "pdf":
            return super().make(file, form, told)
        done = 0

        def step(n):
            nonlocal done
            done += n
            told(min(done, self.count), self.count)

        write_pdf(file, report(self), step)
        return self.count


def of(book):
    """A function of an access and what is asked to the BookFile of a book. Raises what its Listing does, Unanswered where
    its page would show a fault."""

    def asked(access, params):
        listing = book.listing(access, params)
        told = vars(exports.of(listing))
        return BookFile(**told, book=book, listing=listing, short=bool(book.short and params.get(SHORT)))

    return asked


def report(file):
    """The Report of a BookFile as it is printed: a sheet for every part of the form."""
    book, listing, question = file.book, file.listing, file.listing.question
    parts, rows = book.short if file.short else book.parts, _rows(listing)
    numbers = _numbers(parts)
    sheets = [
        Sheet(
            f"part{k}", str(part.heading), str(part.heading), _columns(listing, part, numbers), rows,
            notes=(str(book.missing),) if book.missing and k == len(parts) else (), wide=True,
            signed=k == len(parts), empty="Chưa có dòng nào.",
        )
        for k, part in enumerate(parts, 1)
    ]  # fmt: skip
    about = SimpleNamespace(
        tree=question.tree, position=question.position, question=question, today=question.on
    )
    left, right, (_made, signer) = head(about)
    sealed = question.tree.kind(question.position) not in Kind.cells()
    return Report(
        file.file_name("pdf").removesuffix(".pdf"), str(book.title), question.name, _period(file),
        f"{number(file.count)} {book.unit}.", sheets,
        ("Bản trình diễn: họ tên, ngày sinh là giả.",) if is_demo() else (), left=left, right=right,
        signers=("NGƯỜI GIỮ SỔ", signer),
        signs=("(Ký, ghi rõ họ tên)", "(Ký, đóng dấu)" if sealed else "(Ký, ghi rõ họ tên; chi bộ không đóng dấu)"),
        closing=f"Sổ này có {{pages}} trang, đánh số từ 1 đến {{pages}}, ghi {number(file.count)} {book.unit}.",
    )  # fmt: skip


def _period(file):
    span = getattr(file.listing, "span", None)
    said = [f"Từ {day(span[0])} đến hết {day(span[1])}"] if span else []
    said += [str(words) for words in file.conditions]
    return capfirst("; ".join([*said, f"theo sổ đến hết ngày {day(file.listing.question.on)}"]))


def _rows(listing):
    """[Row] of every line with all its columns."""
    every = listing.table(columns=listing.every)
    names, cells, found = [column.name for column in every.columns], every.cells(), []
    for place, record in enumerate(listing.data, 1):
        told = {name: _plain(value) for name, value in zip(names, cells(record), strict=True)}
        found.append(Row(str(record.pk), {ORDINAL: place} | told))
    return found


def _plain(value):
    """A value as a sheet takes it: days and whole numbers as they are, the rest as words."""
    if value is None or hasattr(value, "toordinal") or type(value) is int:
        return value
    return str(written(value))


def _numbers(parts):
    """{key: "(3)"}: the form's number of each column; a column named again in a later part bears the same."""
    keys = dict.fromkeys(column.key for part in parts for column in part.columns)
    return {key: f"({k})" for k, key in enumerate(keys, 1)}


def _columns(listing, part, numbers):
    there = listing.table(columns=listing.every).base_columns
    return tuple(_column(there.get(one.key), one, numbers[one.key]) for one in part.columns)


def _column(known, one, place):
    if one.key == ORDINAL:
        return Column(ORDINAL, "TT", PLACE, one.width, number=place)
    heading = one.heading or (known.verbose_name if known is not None else BY_HAND[one.key])
    kind = DAY if isinstance(known, DayColumn) else TEXT
    return Column(one.key, str(heading), kind, one.width, str(one.under), place)
