"""How a workbook is read: by what its own words say, or as its user said on the page of columns.

What was said is kept with the upload as JSON (`Upload.choices`): `sheet` (EVERY for all of them), `row` and `rows` of the
headings, `texts` {letter: heading} as they stood there, `columns` {heading of ours: letters}, `words` {heading: {letter:
value}}, `values` {heading: one value for the whole file}, `given` {heading: SHEET, TITLE or SECTION, whose words give
it}, `skip` whether rows of people who left are passed over; and apart from these `sender`, the committee's id, and
`proposed`, what is remembered of such files and has to be looked at first. Without `row` nothing was said, and the words
decide.
"""

import re
from dataclasses import asdict, dataclass, field, replace
from functools import partial

from ..sheets import heads
from ..sheets.between import Left
from ..sheets.heads import Arranged
from ..sheets.package import open_package
from ..sheets.read import HeadingError, Row, by_words, read_table, table_in
from . import words
from .kinds import KINDS

EVERY = "*"  # no sheet can be called so
SHEET, TITLE, SECTION = "sheet", "title", "section"
_ORGANISATION = re.compile(r"\W*(?:chi bộ|đảng bộ|đảng ủy|đảng uỷ)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Choices:
    """What a person said of a workbook. See above."""

    sheet: str = ""
    row: int = 0
    rows: int = 1
    texts: dict = field(default_factory=dict)
    columns: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    given: dict = field(default_factory=dict)
    skip: bool = False

    @classmethod
    def of(cls, said):
        """The Choices in `Upload.choices`, or None where nobody said anything."""
        if not said or not said.get("row"):
            return None
        return cls(**{name: said[name] for name in cls.__dataclass_fields__ if name in said})

    def as_json(self):
        return asdict(self)

    def arranged(self, row):
        """The Arranged with the headings in that row; whether somebody left is read beside what was chosen."""
        status = [at for at, text in self.texts.items() if text == words.STATUS]
        return Arranged(row, self.rows, {**self.columns, words.STATUS_HEADING: status}, self.words, said=True)

    def located(self, sheet, above):
        """The Arranged in a sheet whose headings may stand in another row. Raises HeadingError where they do not."""
        used = {letter for letters in (*self.columns.values(), *self.words.values()) for letter in letters}
        wanted = {letter: text for letter, text in self.texts.items() if letter in used}
        for row in sorted(above):
            there = head_texts(heads.block(above, row, self.rows))
            if wanted and wanted.items() <= there.items():
                return self.arranged(row)
        raise HeadingError(f"Trang “{sheet}” không có dòng tiêu đề như đã chọn.")


def head_texts(columns):
    """{letter: heading as compared} of a `heads.block`."""
    return {letter: heads.joined(texts) for letter, texts in columns.items() if texts}


def headings(kind):
    """[(heading, required)] of a KIND's workbook."""
    return [(column.heading, column.required) for column in KINDS[kind].columns]


def table(kind, path, choices=None):
    """The Table of a workbook of that KIND, read as `choices` (Choices) say, or by its own words. Raises SheetError."""
    about = KINDS[kind]
    wanted = headings(kind)
    asked = [*wanted, (words.STATUS_HEADING, False)] if about.personal else wanted
    options = {"synonyms": words.synonyms(about), "about_people": about.personal}
    if choices is None:
        found = read_table(path, asked, found_by=partial(by_own_words, kind), **options)
    elif choices.sheet == EVERY:
        found = _every(path, asked, choices, options)
    else:
        sheet = choices.sheet or None
        found = read_table(path, asked, sheet=sheet, arranged=choices.arranged(choices.row), **options)
        _give(found, choices)
    _leavers(found, skip=choices is not None and choices.skip)
    return found


def _leavers(found, *, skip):
    """Note which rows are of people who left the Party or moved, as the national sheet says; pass over them if told to."""
    found.columns.pop(words.STATUS_HEADING, None)
    for left in found.left:
        if left.row is not None:
            left.row.cells.pop(words.STATUS_HEADING, None)
    for row in found.rows:
        status = row.cells.pop(words.STATUS_HEADING, None)
        if status is not None and heads.key(str(status)) != words.PRESENT:
            found.gone.append(Left(row.number, "gone", " ".join(str(status).split())))
    if skip and found.gone:
        numbers = {left.number for left in found.gone}
        found.rows = [row for row in found.rows if row.number not in numbers]
        found.left, found.gone = found.left + found.gone, []


def by_own_words(kind, sheet, above):
    """The Arranged that the first rows of a sheet say. Raises HeadingError."""
    about, wanted = KINDS[kind], headings(kind)
    if about.personal:
        wanted = [*wanted, (words.STATUS_HEADING, False)]
    known = words.synonyms(about)
    arranged = by_words(sheet, above, wanted, known)
    columns = heads.block(above, arranged.row, arranged.rows)
    if about.personal and words.is_national(columns):
        return heads.arranged(columns, arranged.row, arranged.rows, wanted, known, likely=True)
    return arranged


def _every(path, wanted, choices, options):
    """One Table of all visible sheets in which the headings stand; its rows are numbered on, and each knows its sheet."""
    tables, unread = [], []
    with open_package(path) as package:
        for name, part, visible in package.sheets:
            if not visible:
                continue
            try:
                one = table_in(package, name, part, wanted, found_by=choices.located, **options)
            except HeadingError:
                unread.append(name)
                continue
            _give(one, choices)
            tables.append(one)
    if not tables:
        raise HeadingError("Không trang tính nào có dòng tiêu đề như đã chọn.")
    return _joined(tables, unread)


@dataclass(slots=True)
class Placed(Row):
    """A row among those of several sheets: `number` counts on through them, the cell's address names the sheet."""

    sheet: str = ""
    at: int = 0

    def address(self, name):
        return f"{self.sheet}!{self._letters.get(name, '')}{self.at}"


def _joined(tables, unread):
    """One Table of several sheets, in their order."""
    first = tables[0]
    rows, left, uncomputed, merged = [], [], [], []
    for one in tables:
        rows += [
            Placed(len(rows) + k, row.cells, row._letters, row.section, one.sheet, row.number)
            for k, row in enumerate(one.rows, start=1)
        ]
        left += [replace(item, said=f"{one.sheet}: {item.said}", row=None) for item in one.left]
        uncomputed += [f"{one.sheet}!{cell}" for cell in one.uncomputed]
        merged += [f"{one.sheet}!{cells}" for cells in one.merged]
    first.sheet, first.others = ", ".join(one.sheet for one in tables), unread
    first.hidden = [f"{one.sheet}!{number}" for one in tables for number in one.hidden]
    first.missing = list(dict.fromkeys(name for one in tables for name in one.missing))
    first.rows, first.left, first.uncomputed, first.merged = rows, left, uncomputed, merged
    return first


def _give(one, choices):
    """Fill in what one value gives for the whole sheet."""
    title = next((text for text in reversed(one.titles) if _ORGANISATION.match(text)), None)
    for row in (*one.rows, *(left.row for left in one.left)):
        for name, value in choices.values.items():
            row.cells[name] = value
        for name, source in choices.given.items():
            row.cells[name] = {SHEET: one.sheet, TITLE: title, SECTION: row.section}[source]
    given = choices.values.keys() | {
        name for name, source in choices.given.items() if source != TITLE or title
    }
    one.missing = [name for name in one.missing if name not in given]
