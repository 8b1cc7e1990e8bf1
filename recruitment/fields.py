"""What a cell may hold: one function a sort of value, from what was read to what is stored.

Each returns the value (None for an empty cell) or raises ValueError with a Vietnamese message that says what is
wanted. Pages and imports use the same ones, so a row typed and a row imported pass the same gate.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache, wraps
from typing import NamedTuple

from committees import vietnamese
from committees.reorganise import is_code
from committees.vietnamese import fold

CITIZEN_ID = re.compile(r"[0-9]{9}|[0-9]{12}")
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
MOST = 2_000_000_000  # what a database integer holds
WHOLE = "một số nguyên từ 0 trở lên, như 9.701"


def empty_is_none(parse):
    """An empty cell is None for every sort of value; the column says whether that is allowed."""

    @wraps(parse)
    def gate(value):
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        return parse(value)

    return gate


# What a spreadsheet shows in place of a value: an error, or a formula that nobody computed.
_ERROR = re.compile(r"#(?:[A-Z/0-9_]{2,20}[!?]|N/A|GETTING_DATA)|Err:[0-9]{3}")
_FORMULA = re.compile(r"=(?![>=\s]).*", re.DOTALL)
_UNSAID = "viết bằng chữ; ô này là lỗi hoặc công thức chưa tính của bảng tính"


def words(longest):
    """Any words of at most `longest` characters, NFC, single-spaced: for columns whose words are never refused, so that even
    an error of the spreadsheet is a word that nobody recognises. A formula nobody computed is none."""

    @empty_is_none
    def parse(value):
        if isinstance(value, (date, datetime)):
            value = vietnamese.day(value)
        tidy = unicodedata.normalize("NFC", " ".join(str(value).split()))
        if _FORMULA.fullmatch(tidy):
            raise ValueError(_UNSAID)
        if len(tidy) > longest:
            raise ValueError(f"tối đa {longest} ký tự (đang có {len(tidy)})")
        return tidy

    return parse


def text(longest):
    """Text of at most `longest` characters, NFC, single-spaced; an error of the spreadsheet, or a formula nobody computed,
    says nothing."""
    read = words(longest)

    def parse(value):
        found = read(value)
        if found is not None and _ERROR.fullmatch(found):
            raise ValueError(_UNSAID)
        return found

    return parse


def name(longest):
    """Text that names somebody or something: nobody is called what begins like a formula."""
    read = text(longest)

    def parse(value):
        try:
            found = read(value)
        except ValueError as problem:
            raise ValueError(f"tên {problem}" if str(problem) == _UNSAID else str(problem)) from None
        if found is not None and found.startswith("="):
            raise ValueError(f"tên {_UNSAID}")
        return found

    return parse


@empty_is_none
def schooling(value):
    """Words of Học vấn. Excel takes "12/12" or "9/12" for a day of this year: read back as typed."""
    if isinstance(value, date):
        value = f"{value.day}/{value.month}"
    return words(120)(value)


@empty_is_none
def code(value):
    """A code: 1–40 letters, digits, `.-_`; unique for ever."""
    written = unicodedata.normalize("NFC", str(value).strip())
    if not is_code(written):
        raise ValueError("mã gồm 1–40 chữ cái, chữ số, dấu . - _ (không có dấu cách)")
    return written


@lru_cache(maxsize=8192)
def _day(value):
    try:
        found = vietnamese.parse_day(value)
    except ValueError:
        raise ValueError("một ngày có thật, dạng dd/mm/yyyy") from None
    if not EARLIEST <= found < LATEST:
        raise ValueError("một ngày từ năm 1900 đến 2199, dạng dd/mm/yyyy")
    return found


@empty_is_none
def day(value):
    """A day: a real date, or dd/mm/yyyy."""
    return _day(value)


@empty_is_none
def day_until(value):
    """A last day, inclusive as written; the day after it, as stored."""
    return _day(value) + timedelta(days=1)


@empty_is_none
def past_day(value):
    """A day that has come."""
    found = _day(value)
    if found > vietnamese.today():
        raise ValueError(f"ngày không sau hôm nay ({vietnamese.day(vietnamese.today())})")
    return found


@empty_is_none
def count(value):
    """A whole number from 0."""
    try:
        found = vietnamese.parse_number(value)
    except ValueError:
        raise ValueError(WHOLE) from None
    if not 0 <= found <= MOST:
        raise ValueError(WHOLE)
    return found


@empty_is_none
def amount(value):
    """A number, up to four decimals."""
    try:
        found = vietnamese.parse_decimal(value)
    except ValueError:
        raise ValueError("một số, như 9.701 hoặc 103,73") from None
    if abs(found) >= 10**12 or found != round(found, 4):
        raise ValueError("số có tối đa 12 chữ số và 4 chữ số thập phân")
    return Decimal(found)


@empty_is_none
def tick(value):
    """`x` for yes; an empty cell is no (None)."""
    if value is True or fold(str(value)) in {"x", "co", "1", "v", "true", "✓"}:
        return True
    if value is False or fold(str(value)) in {"khong", "0", "false", "-"}:
        return False
    raise ValueError("đánh dấu x, hoặc để trống")


@empty_is_none
def citizen_id(value):
    """Số định danh cá nhân (12 digits) or an old identity card's 9. A number cell has lost its leading zeros: at most
    two of a province's code (001–096), one of a card's."""
    written = "".join(str(value).split())
    if isinstance(value, int):
        written = (
            written.zfill(12) if len(written) >= 10 else written.zfill(9) if len(written) == 8 else written
        )
    if not CITIZEN_ID.fullmatch(written):
        raise ValueError("12 chữ số (hoặc 9 chữ số của chứng minh nhân dân)")
    return written


def choice(words):
    """One of a few words; `words` maps each to what is stored. Compared without accents or case."""
    words = {str(word): stored for word, stored in words.items()}
    folded = {fold(word): stored for word, stored in words.items()}

    @empty_is_none
    def parse(value):
        try:
            return folded[fold(str(value))]
        except KeyError:
            raise ValueError("một trong: " + ", ".join(words)) from None

    return parse


class Aim(NamedTuple):
    """What a target's text says: a number (`low` alone), a range (`low`, `high`), or a `rate` in per cent of members.
    at_least: "từ N trở lên", the same number with more welcome; per_year: so much in each year of the plan."""

    low: int | None = None
    high: int | None = None
    rate: Decimal | None = None
    at_least: bool = False
    per_year: bool = False


# All read on folded text: "170-200", "từ 170 đến 200"; "Từ 15 trở lên", "tối thiểu 15", "≥ 15"; "120/năm", "mỗi năm 120".
_RANGE = re.compile(r"(?:tu )?(.+?)\s*(?:-| den )\s*(.+)")
_AT_LEAST = re.compile(r"(?:tu (.+?) tro len|(.+?) tro len|(?:it nhat|toi thieu|>=|≥) ?(.+))")
_PER_YEAR = re.compile(r"(?:(.+?) ?(?:/ ?|moi |mot |hang )nam|(?:moi|hang) nam (.+))")
_TARGET = "một số nguyên từ 0 trở lên, “15 trở lên”, “120/năm”, khoảng như 170-200, hoặc tỷ lệ như 7%"


def _said(pattern, written):
    """(what is left of the text, whether the pattern's words stood around it)."""
    found = pattern.fullmatch(written)
    return (next(filter(None, found.groups())).strip(), True) if found else (written, False)


@empty_is_none
def target(value):
    """The Aim of a target as written: `9.701`, `170-200`, `7%`, `từ 15 trở lên`, `120/năm`."""
    if isinstance(value, (int, float)):
        written, at_least, per_year = value, False, False
    else:
        written = fold(unicodedata.normalize("NFKC", str(value)))
        # In either order: "từ 15 trở lên mỗi năm", "từ 15 mỗi năm trở lên", "mỗi năm tối thiểu 15".
        written, first = _said(_PER_YEAR, written)
        written, at_least = _said(_AT_LEAST, written)
        written, second = _said(_PER_YEAR, written)
        per_year = first or second
    try:
        return _aim(written, at_least, per_year)
    except ValueError:
        raise ValueError(_TARGET) from None


def _aim(written, at_least, per_year):
    if isinstance(written, str) and written.endswith("%"):
        rate = vietnamese.parse_decimal(written[:-1].strip())
        if not 0 <= rate <= 100 or rate != round(rate, 4):
            raise ValueError
        return Aim(rate=Decimal(rate), at_least=at_least, per_year=per_year)
    if isinstance(written, str) and (parts := _RANGE.fullmatch(written)):
        low, high = map(vietnamese.parse_number, parts.groups())
        if not 0 <= low <= high or high > MOST or at_least:
            raise ValueError
        return Aim(low, high, per_year=per_year)
    low = vietnamese.parse_number(written)
    if not 0 <= low <= MOST:
        raise ValueError
    return Aim(low, at_least=at_least, per_year=per_year)
