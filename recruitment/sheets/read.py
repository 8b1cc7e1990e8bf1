"""A table out of someone's workbook: find its headings, give its rows with values as a person would read them."""

import math
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from committees.vietnamese import fold

from .cells import rows
from .package import SheetError, open_package, whole_number

HEADING_WITHIN = 40  # rows; title lines, the office's name and the date may stand above
MOST_ROWS, LAST_COLUMN, MOST_COLUMNS = 200_000, "GR", 200
_MOST_SHOWN_DECIMALS = 6
_REMEMBERED = 4096


@dataclass(slots=True)
class Row:
    """One row: its number in the sheet, {heading: value}, and where a heading's column is."""

    number: int
    cells: dict
    _letters: dict

    def address(self, name):
        """The cell of a heading in this row, "E42"; the bare row number where the column is absent."""
        return f"{self._letters.get(name, '')}{self.number}"


@dataclass(slots=True)
class Table:
    """What was found: columns {heading: letter}, unknown headings as written, required headings not found; and the
    visible sheets beside it, which nobody read."""

    sheet: str
    heading_row: int
    columns: dict
    unknown: list
    missing: list
    rows: list = field(default_factory=list)
    others: list = field(default_factory=list)


def read_table(path_or_file, headings, *, sheet=None):
    """Read a table whose headings are [(name, required)]; the first visible sheet unless one is named.

    The heading row is the one of the first 40 that matches most headings; spaces, case, accents, `*` and a
    note in brackets do not matter. Every row's cells hold every heading (None where empty or absent). Values:
    text NFC and stripped; whole numbers int; percentages text as shown ("7%", "3,5%"); dates date (datetime
    with a time of day); truth values bool; errors text ("#REF!"); a formula by its stored value, by its own
    text where none was stored. Rows empty in all known columns are left out, hidden rows are not.

    Raises SheetError (Vietnamese) for files that are not a plain .xlsx, no heading row, the same heading twice,
    over 200,000 rows or 200 columns. About 2 µs a cell; memory bounded by what the file holds.
    """
    with open_package(path_or_file) as package:
        name, part = _choose(package.sheets, sheet)
        filled_rows = _rows(package, part)
        above, table = [], None
        for number, cells in filled_rows:
            if number > HEADING_WITHIN:
                break
            above.append((number, cells))
        else:
            number, cells = None, {}
        table, letters = _headed(name, above, headings)
        table.others = [other for other, _, visible in package.sheets if visible and other != name]
        blank = dict.fromkeys(heading for heading, _ in headings)
        below = [(n, c) for n, c in above if n > table.heading_row]
        if number is not None:
            below.append((number, cells))
        for source in (below, filled_rows):
            for number, cells in source:
                row = blank.copy()
                filled = False
                for letter, value in cells.items():
                    if letter in letters:
                        row[letters[letter]] = value
                        filled = True
                if filled:
                    table.rows.append(Row(number, row, table.columns))
        return table


def _choose(sheets, wanted):
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


def _key(heading):
    """A heading as compared: folded, without `*`, colon and trailing notes in brackets."""
    text = fold(heading).replace("*", " ").rstrip(" :")
    while text != (shorter := re.sub(r"[(\[][^()\[\]]*[)\]][ :]*$", "", text).rstrip()):
        text = shorter
    return " ".join(text.split())


def _headed(sheet, above, headings):
    """(Table without rows, {letter: heading}) from the rows that may hold the headings."""
    names = {_key(name): name for name, _ in headings}
    best, found = None, 0
    for number, cells in above:
        matched = len({key for value in cells.values() if (key := _key(str(value))) in names})
        if matched > found:
            best, found = (number, cells), matched
    if found < min(2, len(names)):
        wanted = ", ".join(f"“{name}”" for name, required in headings if required) or "bảng"
        raise SheetError(
            f"Trang “{sheet}”: không tìm thấy dòng tiêu đề trong {HEADING_WITHIN} dòng đầu. Cần các cột: {wanted}."
        )
    number, cells = best
    columns, letters, unknown = {}, {}, []
    for letter, value in cells.items():
        name = names.get(_key(str(value)))
        if name is None:
            unknown.append(" ".join(str(value).split()))
        elif name in columns:
            raise SheetError(
                f"Trang “{sheet}”: cột “{name}” có hai lần, ở {columns[name]}{number} và {letter}{number}. Giữ một cột."
            )
        else:
            columns[name], letters[letter] = letter, name
    missing = [name for name, required in headings if required and name not in columns]
    return Table(sheet, number, columns, unknown, missing), letters


def _rows(package, part):
    """Yield (number, {letter: value}) of the rows with a value, in the order of the file."""
    formats, texts = package.formats, [_tidy(text) for text in package.texts]
    # Dates, codes and words come back thousands of times; reading each spelling once halves the whole.
    read, tidy = lru_cache(_REMEMBERED)(_value), lru_cache(_REMEMBERED)(_tidy)
    origin = datetime(1904, 1, 1) if package.counts_from_1904 else datetime(1899, 12, 30)
    number = 0
    for piece in package.pieces(part, "row", "sheetData"):
        if piece.empty:
            number += piece.count
            continue
        for number, said in rows(piece, number):  # noqa: B020
            cells = {}
            for letter, style, kind, formula, raw, inline in said:
                if kind == "s" and raw:
                    place = whole_number(raw)
                    if not 0 <= place < len(texts):
                        raise SheetError(
                            f"Ô {letter}{number}: chữ bị mất trong tệp. Lưu lại bằng Excel rồi nhập lại."
                        )
                    value = texts[place]
                elif kind == "inlineStr":
                    value = tidy(inline)
                elif raw:
                    value = read(raw, kind, formats.get(style or "0"), origin)
                elif formula and kind in ("", "n"):
                    value = f"={formula}"
                else:
                    continue
                if value is not None:
                    cells[letter] = value
                    if len(letter) > 1 and (len(letter), letter) > (len(LAST_COLUMN), LAST_COLUMN):
                        raise SheetError(
                            f"Ô {letter}{number}: bảng rộng quá {MOST_COLUMNS} cột. Xóa cột thừa."
                        )
            if cells:
                if number > MOST_ROWS:
                    raise SheetError(
                        f"Dòng {number}: bảng dài quá 200.000 dòng. Chia tệp rồi nhập từng phần."
                    )
                yield number, cells


# Control characters, whether written as such or as _x0000_, would be refused by a database later.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\u200b\u200c\u200d\u2060\ufeff\u00ad]")


def _tidy(text):
    """Text NFC, stripped, without invisible characters; None when nothing is left."""
    if "_x" in text:
        # The format writes control characters as _x000D_ and a literal underscore before x as _x005F_.
        text = re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", text).replace("\r\n", "\n")).strip()
    return text or None


def _value(raw, kind, shown, origin):
    """A stored value as a person reads it, by its type and by what its format shows."""
    if kind == "b":
        return raw.strip() == "1"
    if kind == "d":
        return _moment(raw, datetime.fromisoformat)
    if kind not in ("", "n"):
        return _tidy(raw)
    try:
        number = float(raw)
    except ValueError:
        return _tidy(raw)
    if shown == "date" and 1 <= number < 2_958_466:
        # 1900 had no 29 February, but spreadsheets count one: the first sixty serials are a day behind.
        days = number + (number < 60 and origin.year == 1899)
        return _moment(days, lambda days: origin + timedelta(seconds=round(days * 86_400)))
    if isinstance(shown, int):
        return _percentage(raw, shown)
    return int(number) if number.is_integer() else number if math.isfinite(number) else _tidy(raw)


def _moment(raw, read):
    """A date, or a datetime where there is a time of day; the text itself where it is neither."""
    try:
        moment = read(raw)
    except (ValueError, OverflowError):
        return _tidy(str(raw))
    return moment if moment.time() != moment.min.time() else moment.date()


def _percentage(raw, decimals):
    """0.035 as "3,5%": what was typed; a computed quotient is cut to what the format shows, half-up."""
    value = Decimal(raw).normalize() * 100
    if -value.as_tuple().exponent > _MOST_SHOWN_DECIMALS:
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{value.normalize():f}%".replace(".", ",")
