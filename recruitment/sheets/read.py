"""A table out of someone's workbook: find its headings, give its rows with values as a person would read them."""

from dataclasses import dataclass, field
from itertools import chain

from committees.vietnamese import fold

from . import heads, legacy
from .between import SUMS, Between
from .heads import HEADING_WITHIN, Synonyms
from .lines import Lines
from .package import SheetError, open_package


class HeadingError(SheetError):
    """The headings were not found, or one twice: a person who sees the sheet can say which column is which."""


@dataclass(slots=True)
class Row:
    """One row: its number in the sheet, {heading: value}, where each heading's column is, the section it stands in."""

    number: int
    cells: dict
    _letters: dict
    section: str | None = None

    def address(self, name):
        """The cell of a heading in this row, "E42"; the bare row number where the column is absent."""
        return f"{self._letters.get(name, '')}{self.number}"


@dataclass(slots=True)
class Table:
    """What was found: columns {heading: letter}, unknown headings as written, required headings not found; the visible
    sheets beside it, which nobody read; what stands above the headings; rows left out (`between.Left`), the numbers
    of rows read although they are hidden, and cells whose formula has no stored result."""

    sheet: str
    heading_row: int
    columns: dict
    unknown: list
    missing: list
    rows: list = field(default_factory=list)
    others: list = field(default_factory=list)
    titles: list = field(default_factory=list)
    left: list = field(default_factory=list)
    hidden: list = field(default_factory=list)
    uncomputed: list = field(default_factory=list)
    gone: list = field(default_factory=list)


def read_table(
    path_or_file, headings, *, sheet=None, arranged=None, synonyms=None, about_people=False, found_by=None,
    every_row=False,
):  # fmt: skip
    """Read a table whose headings are [(name, required)]; the first visible sheet unless one is named.

    The heading row is the one of the first 40 that matches most headings; spaces, case, accents, `*` and a
    note in brackets do not matter, and it may be spread over three rows. `arranged` says where headings and columns are
    instead. Every row's cells hold every heading (None where empty or absent). Values: text NFC and stripped; whole
    numbers int; percentages text as shown ("7%", "3,5%"); dates date (datetime with a time of day); truth values bool;
    errors text ("#REF!"); a formula by its stored value, by its own text where none was stored. Rows empty in all known
    columns are left out, hidden rows are not; sums, section headings, column numbers and signers are left out and told
    (`Table.left`), unless `every_row` says that whatever is written is data: "tổng" may be the very thing that is told.

    Raises SheetError (Vietnamese) for files that are not a plain .xlsx, text in an old 8-bit font, over 200,000 rows or
    200 columns; HeadingError for no heading row, the same heading twice. About 2 µs a cell; memory bounded by what the
    file holds.
    """
    with open_package(path_or_file) as package:
        name, part = choose(package.sheets, sheet)
        table = table_in(
            package, name, part, headings, arranged=arranged, synonyms=synonyms, about_people=about_people,
            found_by=found_by, every_row=every_row,
        )  # fmt: skip
        table.others = [other for other, _, visible in package.sheets if visible and other != name]
        return table


def table_in(
    package, name, part, headings, *, arranged=None, synonyms=None, about_people=False, found_by=None, every_row=False
):  # fmt: skip
    """The Table of one sheet of an open package. See `read_table`. found_by(name, above) gives the Arranged of this sheet
    from its first rows {number: cells}."""
    synonyms = synonyms or Synonyms()
    lines = Lines(package, part)
    filled, above, later = iter(lines), {}, []
    for number, cells in filled:
        if number > HEADING_WITHIN:
            later.append((number, cells))
            break
        above[number] = cells
    if arranged is None:
        arranged = found_by(name, above) if found_by else by_words(name, above, headings, synonyms)
    table = _table(name, above, arranged, headings)
    last = arranged.row + arranged.rows - 1
    below = [(number, cells) for number, cells in above.items() if number > last]
    _rows(table, chain(below, later, filled), arranged, headings, about_people, every_row)
    numbers = {row.number for row in table.rows}
    table.hidden = sorted(lines.hidden & numbers)
    columns = {letter for letters in arranged.columns.values() for letter in letters}
    table.uncomputed = [
        cell
        for cell in lines.uncomputed
        if cell.rstrip("0123456789") in columns and int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) in numbers
    ]
    return table


def by_words(sheet, above, headings, synonyms):
    """The Arranged that the words of the first rows say. Raises HeadingError, or SheetError where they are written in
    an old font."""
    found = heads.find(above, headings, synonyms)
    if found is None:
        legacy.refuse(sheet, above.items())
        wanted = ", ".join(f"“{name}”" for name, required in headings if required) or "bảng"
        raise HeadingError(
            f"Trang “{sheet}”: không tìm thấy dòng tiêu đề trong {HEADING_WITHIN} dòng đầu. Cần các cột: {wanted}."
        )
    row, rows = found
    arranged = heads.arranged(heads.block(above, row, rows), row, rows, headings, synonyms)
    for name, letters in arranged.columns.items():
        if len(letters) > 1 and not arranged.words:
            raise HeadingError(
                f"Trang “{sheet}”: cột “{name}” có hai lần, ở {letters[0]}{row} và {letters[1]}{row}. Giữ một cột."
            )
    return arranged


def choose(sheets, wanted):
    """(name, part) of the sheet wanted, or of the first visible one."""
    if wanted is not None:
        for name, part, _ in sheets:
            if fold(name) == fold(wanted):
                return name, part
        names = ", ".join(f"“{name}”" for name, _, _ in sheets)
        raise SheetError(f"Không có trang tính “{wanted}”. Tệp có: {names}.")
    if not sheets:
        raise SheetError("Tệp không có trang tính nào. Chọn lại tệp .xlsx có bảng cần nạp.")
    return next(((name, part) for name, part, visible in sheets if visible), sheets[0][:2])


def _table(sheet, above, arranged, headings):
    """The Table without its rows."""
    there = heads.block(above, arranged.row, arranged.rows)
    columns = {name: letters[0] for name, letters in arranged.columns.items() if letters}
    for name, words in arranged.words.items():
        columns.setdefault(name, next(iter(words)))
    used = {letter for letters in arranged.columns.values() for letter in letters}
    used |= {letter for words in arranged.words.values() for letter in words}
    unknown = [heads.spoken(texts) for letter, texts in there.items() if letter not in used]
    missing = [name for name, required in headings if required and name not in columns]
    titles = [
        " ".join(str(value).split())
        for number, cells in above.items()
        if number < arranged.row
        for value in cells.values()
    ]
    return Table(sheet, arranged.row, columns, unknown, missing, titles=titles)


def _rows(table, lines, arranged, headings, about_people, every_row):
    """Put the rows below the headings into the table; old fonts are refused where they show."""
    blank = dict.fromkeys(name for name, _ in headings)
    required = [name for name, needed in headings if needed and name in table.columns]
    between = Between(len(required), about_people=about_people)
    letters, several = {}, {}
    for name, columns in arranged.columns.items():
        if len(columns) > 1:
            several[name] = columns
        for letter in columns:
            letters.setdefault(letter, []).append(name)
    known = letters.keys() | {letter for words in arranged.words.values() for letter in words}
    watch = legacy.Watch(table.sheet)
    for number, cells in lines:
        row, filled = blank.copy(), False
        for letter, value in cells.items():
            if letter in known:
                filled = True
                for name in letters.get(letter, ()):
                    if row[name] is None:
                        row[name] = value
        if not filled:
            continue
        for name, words in arranged.words.items():
            row[name] = next((words[letter] for letter in words if letter in cells), None)
        lacking = sum(row[name] is None for name in required)
        sums = any(v.__class__ is str and v[:4] in SUMS for v in cells.values())
        odd = (lacking or sums or not table.rows) and not every_row
        if odd and not between.data(number, list(cells.values()), lacking):
            continue
        watch(number, cells)
        at = table.columns
        if several or arranged.words:
            at = at | {
                name: next((c for c in columns if c in cells), columns[0])
                for name, columns in several.items()
            }
            at |= {
                name: next((c for c in words if c in cells), next(iter(words)))
                for name, words in arranged.words.items()
            }
        table.rows.append(Row(number, row, at, between.section))
    watch.end()
    table.left = between.left
