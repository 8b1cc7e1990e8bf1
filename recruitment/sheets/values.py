"""What a stored cell says to a person: texts tidied, serial numbers as days, quotients as the percentages shown."""

import math
import re
import unicodedata
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from openpyxl.styles.numbers import is_date_format

_MOST_SHOWN_DECIMALS = 6

# Control characters, whether written as such or as _x0000_, would be refused by a database later.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\u200b\u200c\u200d\u2060\ufeff\u00ad]")


def tidy(text):
    """Text NFC, stripped, without invisible characters; None when nothing is left."""
    if "_x" in text:
        # The format writes control characters as _x000D_ and a literal underscore before x as _x005F_.
        text = re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", text).replace("\r\n", "\n")).strip()
    return text or None


def value_of(raw, kind, shown, origin):
    """A stored value as a person reads it, by its type and by what its format shows."""
    if kind == "b":
        return raw.strip() == "1"
    if kind == "d":
        return _moment(raw, datetime.fromisoformat)
    if kind not in ("", "n"):
        return tidy(raw)
    try:
        number = float(raw)
    except ValueError:
        return tidy(raw)
    if shown == "date" and 1 <= number < 2_958_466:
        # 1900 had no 29 February, but spreadsheets count one: the first sixty serials are a day behind.
        days = number + (number < 60 and origin.year == 1899)
        return _moment(days, lambda days: origin + timedelta(seconds=round(days * 86_400)))
    if not math.isfinite(number):
        return tidy(raw)
    if isinstance(shown, int):
        return _percentage(raw, shown)
    return int(number) if number.is_integer() else number


def _moment(raw, read):
    """A date, or a datetime where there is a time of day; the text itself where it is neither."""
    try:
        moment = read(raw)
    except (ValueError, OverflowError):
        return tidy(str(raw))
    return moment if moment.time() != moment.min.time() else moment.date()


def _percentage(raw, decimals):
    """0.035 as "3,5%": what was typed; a computed quotient is cut to what the format shows, half-up."""
    value = Decimal(raw).normalize() * 100
    if -value.as_tuple().exponent > _MOST_SHOWN_DECIMALS:
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{value.normalize():f}%".replace(".", ",")


def format_of(number, codes):
    """What a number format shows: None for a plain number, "date", or the decimals of a percentage."""
    code = codes.get(number, "")
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code).partition(";")[0]
    if "%" in bare:
        return len(re.search(r"\.([0#?]*)|$", bare)[1] or "")
    # 27–36 and 50–58 are the dates of East Asian editions; they carry no code in the file.
    return "date" if 27 <= number <= 36 or 50 <= number <= 58 or is_date_format(code) else None


def text_of(item):
    """The text of a shared or inline string: its runs joined, pronunciation hints left out."""
    space = item.tag.partition("}")[0] + "}"
    plain = item.find(space + "t")
    if plain is not None:
        return plain.text or ""
    return "".join(run.findtext(space + "t", "") for run in item.iterfind(space + "r"))
