"""What somebody mends in an uploaded workbook before it is loaded: cells typed anew, rows left out, who is meant.

Kept as `Upload.edits`: {row number as text: {heading: what was typed}}, under ROW what was decided of the row as a
whole, and under READ that a row taken for no data is one. The file itself never changes, so every edit can be taken back alone.

A cell on a page is named by its row, its column and a mark of what it showed there. A page left open therefore says
nothing of cells that it did not change, however they were mended elsewhere meanwhile; and where it would change one that
another page mended since, whoever comes second is told.
"""

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from operator import itemgetter

from django.utils.translation import gettext_lazy as _

from .telling import shown

ROW = ""  # stands for the row as a whole
READ = "*"
DROP, OTHER, SAME_PERSON = "drop", "other", "person:"
LONGEST = (
    400  # characters kept of a cell: more than any column takes, so that its own check says it is too long
)
_PREFIX = "cell"


WORDS = {
    DROP: _("Bỏ dòng này"),
    OTHER: _("Người khác: lập hồ sơ mới"),
    "": _("Chưa chọn"),
}
SAME_WORDS = _("Là một người: ghi vào hồ sơ có sẵn")


def words(heading, text):
    """A cell, or what was decided of a row, as people read it."""
    if heading == READ:
        return _("Đọc dòng này")
    if heading != ROW:
        return text
    return SAME_WORDS if text.startswith(SAME_PERSON) else WORDS.get(text, "")


@dataclass(frozen=True)
class Typed:
    """One cell of a page that was sent: `mark` of what the page had shown there, and what stands in it now."""

    row: str
    heading: str
    mark: str
    text: str


@dataclass(frozen=True)
class Crossed:
    """A cell that another page mended after this one was opened: what stands there, and what was typed here."""

    row: str
    heading: str
    stands: str
    typed: str

    @property
    def mine(self):
        return words(self.heading, self.typed)

    @property
    def theirs(self):
        return words(self.heading, self.stands)


def tidy(text):
    """What was typed as a cell of a workbook would hold it: NFC, single-spaced, no control characters."""
    plain = "".join(sign if sign.isprintable() else " " for sign in unicodedata.normalize("NFC", str(text)))
    return " ".join(plain.split())[:LONGEST]


def as_shown(value):
    """A cell of the file in the words in which a page shows it, and takes it back."""
    return tidy(shown(value))


def mark(text):
    """A short mark of what a cell shows."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def field_name(headings, row, heading, text):
    """The name of the control of a cell that shows `text`; headings: all of the KIND, in order."""
    column = "" if heading == ROW else headings.index(heading)
    return f"{_PREFIX}-{row}-{column}-{mark(text)}"


@dataclass(frozen=True)
class Control:
    """What a cell is typed in: under which heading, its name, what it holds, how wide it is."""

    heading: str
    name: str
    value: str
    width: str


def control(headings, row, heading, value):
    """The Control of a cell that holds `value` in the file as it stands mended."""
    text = as_shown(value)
    return Control(heading, field_name(headings, row, heading, text), text, width(heading))


def width(heading):
    """The class of a control by what its column holds."""
    if heading.endswith(("ngày", "Ngày")) or heading.startswith("Ngày"):
        return "w-date"
    return "w-code" if heading.startswith(("Mã", "Số")) else ""


def typed(data, headings):
    """[Typed] of a form that was sent; whatever is no cell of ours is passed over."""
    found = []
    for name, text in data.items():
        prefix, _, rest = name.partition("-")
        row, _, rest = rest.partition("-")
        column, _, was = rest.partition("-")
        if prefix != _PREFIX or not row.isdecimal() or not (column == "" or column.isdecimal()):
            continue
        if column and int(column) >= len(headings):
            continue
        found.append(Typed(row, headings[int(column)] if column else ROW, was, tidy(text)))
    return found


def back(value):
    """[(row, heading, mark)] of what such a button sent."""
    row, first, rest = value.partition("-")
    heading, last, seen = rest.rpartition("-")
    return [(row, heading, seen)] if first and last else []


def with_rest(sent, decided):
    """The [Typed] with every row of which nothing was decided yet decided so."""
    return [replace(cell, text=decided) if (cell.heading, cell.text) == (ROW, "") else cell for cell in sent]


def merged(edits, source, sent):
    """(edits with what was sent laid in, [Crossed]); source: the file as it came. Cells that the page did not change are
    left as they stand; what is typed as the file has it is no edit any more. Pure."""
    raws = {str(number): raw for number, raw in _read(source, edits)}
    made, crossed = {row: dict(cells) for row, cells in edits.items()}, []
    for cell in sent:
        raw = raws.get(cell.row)
        if raw is None or (cell.heading != ROW and cell.heading not in raw):
            continue
        original = "" if cell.heading == ROW else as_shown(raw[cell.heading])
        stands = made.get(cell.row, {}).get(cell.heading, original)
        if cell.text == stands or mark(cell.text) == cell.mark:
            continue
        if mark(stands) != cell.mark:
            crossed.append(Crossed(cell.row, cell.heading, stands, cell.text))
        elif cell.text == original:
            _forget(made, cell.row, cell.heading)
        else:
            made.setdefault(cell.row, {})[cell.heading] = cell.text
    return made, crossed


def without(edits, row, heading):
    """The edits, one of them taken back."""
    made = {number: dict(cells) for number, cells in edits.items()}
    _forget(made, row, heading)
    return made


def taken_back(edits, source, back):
    """(edits without those of [(row, heading, mark)] a page took back, [Crossed] where another value stands by now than the
    page showed); source: the file as it came. Pure."""
    raws = {str(number): raw for number, raw in source.rows}
    crossed = []
    for row, heading, seen in back:
        stands = edits.get(row, {}).get(heading)
        if stands is None:
            continue
        if mark(stands) == seen:
            edits = without(edits, row, heading)
        else:
            original = "" if heading in (ROW, READ) else as_shown(raws.get(row, {}).get(heading))
            crossed.append(Crossed(row, heading, stands, original))
    return edits, crossed


def moved(edits, before, after):
    """(the edits of one reading of a file as those of another, how many could not come along). A row is known by its
    sheet and its number there; an edited cell stays where the file says the same in it."""
    numbers = {after.place(number): (number, raw) for number, raw in _read(after, edits)}
    made, gone, raws = {}, 0, {str(number): (number, raw) for number, raw in _read(before, edits)}
    for row, cells in edits.items():
        was, raw = raws.get(row, (None, {}))
        now, other = numbers.get(before.place(was), (None, {})) if was is not None else (None, {})
        kept = {
            heading: text
            for heading, text in cells.items()
            if now is not None
            and (heading in (ROW, READ) or as_shown(raw.get(heading)) == as_shown(other.get(heading)))
        }
        gone += len(cells) - len(kept)
        if kept:
            made[str(now)] = kept
    return made, gone


def read_after_all(edits, source, rows):
    """The edits with these rows, numbers as text, read as data where the file has them and they were taken for none."""
    made = {number: dict(cells) for number, cells in edits.items()}
    for row in rows:
        if row in _passed_over(source):
            made.setdefault(row, {})[READ] = READ
    return made


def _passed_over(source):
    """{row number as text: Left} of rows that can be read after all."""
    left = source.table.left if source.table is not None else ()
    return {str(one.number): one for one in left if one.row is not None}


def _read(source, edits):
    """[(row number, its cells)] of the file, with the rows that were taken for no data and are to be read."""
    after_all = [
        (one.number, one.row.cells)
        for number, one in _passed_over(source).items()
        if READ in edits.get(number, ())
    ]
    return sorted([*source.rows, *after_all], key=itemgetter(0)) if after_all else source.rows


def _forget(made, row, heading):
    cells = made.get(row, {})
    cells.pop(heading, None)
    if not cells:
        made.pop(row, None)


def laid(source, edits):
    """The Source with the edits over its rows: mended cells as typed, rows left out gone, the rest as it came."""
    if not edits:
        return source
    rows, decided = [], {}
    for number, raw in _read(source, edits):
        cells = edits.get(str(number))
        if cells:
            deed = cells.get(ROW, "")
            if deed == DROP:
                continue
            if deed:
                decided[number] = deed
            raw = raw | {heading: text or None for heading, text in cells.items() if heading in raw}
        rows.append((number, raw))
    return replace(source, rows=rows, decided=decided, unmended=source)


@dataclass(frozen=True)
class Edit:
    """One edit as a page tells it: what the file says there and what was typed; of a whole row: what was decided."""

    row: str
    heading: str
    was: str
    now: str

    @property
    def says(self):
        return words(self.heading, self.now)

    @property
    def column(self):
        """The heading of the cell, nothing of a whole row."""
        return "" if self.heading == READ else self.heading

    @property
    def back(self):
        """The value of the button that takes it back: of a cell that shows what it shows now."""
        return f"{self.row}-{self.heading}-{mark(self.now)}"


def told(source, edits):
    """[Edit] in the order of the rows; source: the file as it came."""
    found = []
    for number, raw in _read(source, edits):
        for heading, text in edits.get(str(number), {}).items():
            was = "" if heading in (ROW, READ) else as_shown(raw.get(heading))
            found.append(Edit(str(number), heading, was, text))
    return found
