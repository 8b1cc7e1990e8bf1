"""A table out of someone's workbook: find its headings, give its rows with values as a person would read them."""

from dataclasses import dataclass, field
from itertools import chain

from committees.vietnamese import fold

from . import between, heads, legacy, merged
from .between import FOOT, Between
from .heads import HEADING_WITHIN, Synonyms
from .lines import Lines
from .package import SheetError, open_package

# What stands in one of two columns under one heading where the other says which it is.
_NO = frozenset(("0", "-", "–", "—", "khong"))


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
    of rows read although they are hidden, cells whose formula has no stored result, and those merged over several rows."""

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
    merged: list = field(default_factory=list)


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
    Text and days in cells merged down a column stand in every row of it.

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
    titled = heads.block(above, arranged.row, arranged.rows).keys()
    last = arranged.row + arranged.rows - 1
    below = [(number, cells) for number, cells in above.items() if number > last]
    _rows(
        table, chain(below, later, filled), arranged, headings, titled, about_people, every_row, lines.merged
    )
    if not arranged.said and (found := merged.parted(arranged, lines.merged, [cells for _, cells in below])):
        raise HeadingError(_several(name, arranged.row, *found))
    numbers = {row.number for row in table.rows}
    table.hidden = sorted(lines.hidden & numbers)
    columns = _used(arranged)
    table.uncomputed = [
        cell
        for cell in lines.uncomputed
        if cell.rstrip("0123456789") in columns and int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) in numbers
    ]
    return table


def _used(arranged):
    """The letters of all columns that are read."""
    used = {letter for letters in arranged.columns.values() for letter in letters}
    return used | {letter for words in arranged.words.values() for letter in words}


def _several(sheet, row, name, letters):
    some = " và ".join(f"{letter}{row}" for letter in letters[:2])
    return f"Trang “{sheet}”: cột “{name}” có hai lần, ở {some}. Giữ một cột."


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
    columns = heads.block(above, row, rows)
    arranged = heads.arranged(columns, row, rows, headings, synonyms)
    for name, letters in heads.undecided(columns, headings, synonyms, arranged).items():
        if name in arranged.columns:
            raise HeadingError(_several(sheet, row, name, letters))
        raise HeadingError(
            f"Trang “{sheet}”: cột “{name}” chia thành {', '.join(letters)}, không cột nào ghi là tổng. "
            "Ghi “Tổng số” ở cột cần đọc, hoặc giữ một cột."
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
    used = _used(arranged)
    unknown = [heads.spoken(texts) for letter, texts in there.items() if letter not in used]
    missing = [name for name, required in headings if required and name not in columns]
    titles = [
        " ".join(str(value).split())
        for number, cells in above.items()
        if number < arranged.row
        for value in cells.values()
    ]
    return Table(sheet, arranged.row, columns, unknown, missing, titles=titles)


def _keep(table, row, cells, watch):
    watch(row.number, cells)
    table.rows.append(row)


def _rows(table, lines, arranged, headings, titled, about_people, every_row, spans):
    """Put the rows below the headings into the table; old fonts are refused where they show. titled: the columns that
    have a heading; spans: the merged cells, known once the lines are at their end."""
    blank = dict.fromkeys(name for name, _ in headings)
    required = {
        name: [*arranged.columns.get(name, ()), *arranged.words.get(name, ())]
        for name, needed in headings
        if needed and name in table.columns
    }
    letters = {}
    for name, columns in arranged.columns.items():
        for letter in columns:
            letters.setdefault(letter, []).append(name)
    known = _used(arranged)
    judge = Between(required, known, about_people=about_people)
    watch, seen, signed = legacy.Watch(table.sheet), set(), []
    for number, cells in lines:
        seen.update(cells)
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
            _say_which(row, cells, name, words, arranged)
        lacking = sum(row[name] is None for name in required)
        entry = Row(number, row, _places(table.columns, arranged, cells), judge.section)
        kind = None
        if not every_row and (lacking or not judge.begun or judge.calls_itself_sum(row)):
            kind = judge.kind(cells, row, lacking, below=bool(signed))
        if kind == FOOT:
            signed.append((entry, cells))
            continue
        if kind is not None:
            table.left.append(between.left(entry, kind, cells))
            if kind == between.SECTION:
                judge.section = max((str(value) for value in cells.values()), key=len)
            continue
        judge.begun = True
        if signed and lacking * 2 < len(required):
            # Nobody signs between two rows of data: what looked so are rows that lack something.
            for before, its_cells in signed:
                _keep(table, before, its_cells, watch)
            signed = []
        _keep(table, entry, cells, watch)
    watch.end()
    table.left += [between.left(entry, FOOT, cells) for entry, cells in signed]
    table.left.sort(key=lambda one: one.number)
    table.rows.sort(key=lambda one: one.number)
    untitled = seen - known - titled
    table.unknown += [f"(cột {letter} không có tiêu đề)" for letter in heads.in_order(untitled)]
    merged.fill(table, spans, arranged.columns, required)


def _say_which(row, cells, name, words, arranged):
    """Say by which of the columns is filled what the heading's value is. Nobody is both: the cells say so, and fault."""
    there = [letter for letter in words if letter in cells and not _says_no(cells[letter])]
    if len(there) < 2:
        row[name] = words[there[0]] if there else None
    else:
        row[name] = f"cả hai cột {' và '.join(words[letter] for letter in there)} đều có chữ"
    for other, columns in arranged.columns.items():
        if set(columns) == set(words):
            row[other] = cells[there[0]] if len(there) == 1 else row[name]


def _says_no(value):
    return not value or (value.__class__ is str and fold(value) in _NO)


def _places(columns, arranged, cells):
    """{heading: letter} of a row whose values stand now in this column, now in that."""
    several = {name: letters for name, letters in arranged.columns.items() if len(letters) > 1}
    found = {
        name: next((letter for letter in letters if letter in cells), next(iter(letters)))
        for name, letters in {**several, **arranged.words}.items()
    }
    return columns | found if found else columns
