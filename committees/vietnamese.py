"""Vietnamese as it is written: text folded for search, sort keys, numbers, dates, and what day it is.

Stands below every other module: standard library only, imports nothing of ours, so that any room may use it.
Messages are Vietnamese because they reach the reader unchanged; each says what was found and what is wanted.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import isfinite
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"

# Every dash a keyboard, Word or Excel may have put where the writer meant "-".
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
# Old fonts and other keyboards leave the look-alikes Ð (eth) and Ɖ for Đ.
_UNIFIED = str.maketrans({**dict.fromkeys(_DASHES, "-"), "ð": "đ", "ɖ": "đ"})
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{30 + 2 * place}" for place, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_END, _SPACE, _DASH, _OTHER, _DIGITS, _FOREIGN = "00", "02", "10", "12", "20", "98"


def _letters(text):
    """Lower-case, decomposed, single-spaced text with one dash and no invisible characters (BOM, joiners)."""
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").translate(_UNIFIED).split())


def fold(text):
    """Text as searched: "Đất  Đỏ" and "đất đỏ" both give "dat do".

    Equal for NFC and NFD, any case, đ and d, ủy and uỷ, any kind of space and any dash. Stored columns and
    queries must both pass here.
    """
    # "đ" is a letter of its own in Unicode: it does not decompose.
    return "".join(c for c in _letters(text) if not unicodedata.combining(c)).replace("đ", "d")


def _clusters(word):
    """Pairs (letter with its hat or horn but no tone, tone digit) of a decomposed word."""
    pairs = []
    for character in word:
        if not unicodedata.combining(character):
            pairs.append([character, "0"])
        elif pairs and character in _TONES:
            pairs[-1][1] = _TONES[character]
        elif pairs:
            pairs[-1][0] = unicodedata.normalize("NFC", pairs[-1][0] + character)
    return pairs


def _codes(letters):
    """Codes of the letters of one word; each code is a prefix of no other, so longer words stay comparable."""
    for is_number, run in groupby(letters, key=str.isdecimal):
        run = list(run)
        if is_number:
            # Runs of digits compare as numbers (thôn 2 before thôn 10): their length goes first, two digits.
            for start in range(0, len(run), 99):
                digits = "".join(str(int(c)) for c in run[start : start + 99]).lstrip("0") or "0"
                yield f"{_DIGITS}{len(digits):02}{digits}"
            continue
        for letter in run:
            plain = unicodedata.normalize("NFD", letter)[0]
            if code := _RANK.get(letter) or _RANK.get(plain):
                yield code
            else:
                yield _FOREIGN if letter.isalpha() else _DASH if letter == "-" else _OTHER


def sort_key(text):
    """Key of Vietnamese dictionary order: a ă â … d đ …, then the tones ngang huyền hỏi ngã sắc nặng.

    Only ASCII digits, so every database collation and Python agree. The tone is a secondary key and belongs
    to the syllable, not to the letter that carries it: hòa and hoà are equal and stand before hoá. Numbers
    inside compare as numbers. Same for NFC and NFD. At most four digits a character of Vietnamese text.
    """
    words = [_clusters(word) for word in _letters(text).split()]
    base = _SPACE.join("".join(_codes([letter for letter, _ in word])) for word in words)
    tones = "".join(next((tone for _, tone in word if tone != "0"), "0") for word in words)
    return base + _END + tones


def name_sort_key(full_name):
    """Key of a list of people: by given name (the last word), then by the family and middle names.

    Digits only, as `sort_key`; an empty name gives the empty key. The given name counts with its tone before
    the family name is looked at, as in lists kept in an office: all the Hoa, then all the Hòa.
    """
    words = full_name.split()
    return sort_key(words[-1]) + _END + sort_key(" ".join(words[:-1])) if words else ""


def number(n):
    """A whole number as written: 9701 gives "9.701", -498 gives "−498" (U+2212)."""
    return f"{n:,d}".replace(",", ".").replace("-", MINUS)


def signed(n):
    """A difference as written: "+349", "−498", "0"."""
    return f"+{number(n)}" if n > 0 else number(n)


def _half_up(value, places):
    """The Fraction as a Decimal of exactly that many places; halves go away from zero. Exact at any size."""
    return _divided(value.numerator, value.denominator, places)


def _divided(part, whole, places):
    """part/whole (whole numbers, whole > 0) as `_half_up` gives it: a page rounds hundreds of times, so no Fraction."""
    digits = (2 * abs(part) * 10**places + whole) // (2 * whole)
    return Decimal((int(part < 0 and digits > 0), tuple(map(int, str(digits))), -places))


def decimal(x, places=2):
    """A fraction or decimal as written, rounded half-up once: 103.734 gives "103,73", 9701.5 "9.701,50"."""
    whole, _, rest = f"{_half_up(Fraction(x), places):,f}".partition(".")
    return (whole.replace(",", ".") + ("," + rest if rest else "")).replace("-", MINUS)


def percent(part, whole, places=2):
    """100·part/whole as a Decimal with that many places: exact, then rounded half-up once.

    None when either is missing or the whole is 0: no target is never 0 % (the caller says which it is).
    """
    if part is None or not whole:
        return None
    if type(part) is int and type(whole) is int and whole > 0:
        return _divided(100 * part, whole, places)
    return _half_up(Fraction(part) * 100 / Fraction(whole), places)


def percent_text(value, places=2):
    """A percentage as written: Decimal("103.73") gives "103,73 %", the space unbreakable."""
    return f"{decimal(value, places)}{NBSP}%"


def day(d):
    """A date as written, "31/12/2015"; an aware datetime by the date in Vietnam."""
    if isinstance(d, datetime) and d.tzinfo:
        d = d.astimezone(ZONE)
    return f"{d.day:02}/{d.month:02}/{d.year:04}"


def _found(value):
    """What was found, short enough for a message."""
    text = "" if value is None else str(value)
    return f"“{text[:39]}…”" if len(text) > 40 else f"“{text}”" if text.strip() else "ô trống"


_WHOLE = r"[0-9]+|[1-9][0-9]{0,2}(?P<gap>[. ])[0-9]{3}(?:(?P=gap)[0-9]{3})*"
_NUMBER = re.compile(rf"([+-]?)({_WHOLE})")
_DECIMAL = re.compile(rf"([+-]?)({_WHOLE})(?:,([0-9]+))? ?%?")
_LONGEST = 15  # digits; what a spreadsheet keeps, and far above any count of people


def _is_number(value):
    """A number of Python's that is finite and no truth value."""
    if isinstance(value, float | Decimal):
        return isfinite(value) and abs(value) < 10**_LONGEST
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**_LONGEST


def _match(pattern, value):
    text = " ".join(str(value).split()).translate(_UNIFIED)
    found = pattern.fullmatch(text)
    return found if found and sum(map(str.isdigit, text)) <= _LONGEST else None


def parse_number(text):
    """The whole number someone wrote: "9.701", "9 701", "9701", "−5", or a whole int, float, Decimal.

    ValueError for anything else: "9.70" (dots group by three), "9,5", 9.5, True, more than 15 digits.
    """
    if _is_number(text):
        if text == int(text):
            return int(text)
    elif isinstance(text, str) and (found := _match(_NUMBER, text)):
        return int(found[1] + re.sub("[. ]", "", found[2]))
    raise ValueError(f"Tìm thấy {_found(text)}. Cần một số nguyên, ví dụ 9701 hoặc 9.701.")


def parse_decimal(text):
    """The number someone wrote with a decimal comma: "103,73", "103,73 %" (103.73), "9.701,5"; or a number.

    A float is read by the digits it shows. ValueError for anything else, "103.73" included: a dot groups.
    """
    if _is_number(text):
        return Decimal(str(text))
    if isinstance(text, str) and (found := _match(_DECIMAL, text)):
        return Decimal(f"{found[1]}{re.sub('[. ]', '', found[2])}.{found[4] or '0'}".removesuffix(".0"))
    raise ValueError(f"Tìm thấy {_found(text)}. Cần một số, dấu phẩy trước phần thập phân, ví dụ 103,73.")


_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_TOGETHER = re.compile(r"([0-9]{2})()([0-9]{2})([0-9]{4}|[0-9]{2})")
_IN_WORDS = re.compile(r"(?:ngay )?([0-9]{1,2})() thang ([0-9]{1,2}),? nam ([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")


def _full_year(year):
    """A two-digit year is the one among the ninety past, the present and the ten to come (65 is 1965)."""
    if len(year) == 4:
        return int(year)
    last = today().year + 10
    return last - (last - int(year)) % 100


def parse_day(value):
    """The date someone wrote, day first: 24/4/2015, 24-04-2015, 24.4.15, 240415, 24042015; ngày 24 tháng 4 năm
    2015; ISO 2015-04-24.

    A date passes, a datetime gives its date (in Vietnam when aware), a whole number of 6 or 8 digits is read
    like its text. ValueError for the rest and for years outside 1900–2199.
    """
    if isinstance(value, datetime):
        return (value.astimezone(ZONE) if value.tzinfo else value).date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split()).translate(_UNIFIED)
    text = re.sub(r" ?([/.-]) ?", r"\1", text)
    try:
        if found := _ISO.fullmatch(text):
            read = date(int(found[1]), int(found[2]), int(found[3]))
        elif found := (
            _DAY_FIRST.fullmatch(text) or _TOGETHER.fullmatch(text) or _IN_WORDS.fullmatch(fold(text))
        ):
            read = date(_full_year(found[4]), int(found[3]), int(found[1]))
        else:
            read = None
    except ValueError:
        raise ValueError(
            f"Tìm thấy {_found(value)}: không có ngày này trong lịch. Cần ngày/tháng/năm."
        ) from None
    if read is None or not 1900 <= read.year < 2200:
        raise ValueError(f"Tìm thấy {_found(value)}. Cần ngày/tháng/năm, ví dụ 24/04/2015.")
    return read


def today():
    """The date it is now in Vietnam, wherever the server stands."""
    return datetime.now(ZONE).date()


def midnight(day):
    """The moment at which a day begins in Vietnam."""
    return datetime.combine(day, time.min, ZONE)


def add_months(d, n):
    """The same day n months later (earlier when n < 0); a day the month lacks becomes its last: 31/01 → 28/02."""
    year, month = divmod(d.year * 12 + d.month - 1 + n, 12)
    return date(year, month + 1, min(d.day, monthrange(year, month + 1)[1]))


def months_between(a, b):
    """Completed months from a to b: the greatest n with add_months(a, n) ≤ b; negative when b is earlier."""
    n = (b.year - a.year) * 12 + b.month - a.month
    return n - (add_months(a, n) > b)


def age_on(born, on):
    """Completed years of age on a day; a birthday of 29/02 completes on 01/03 in common years.

    Negative before birth: the caller decides what that means.
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
