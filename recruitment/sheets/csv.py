"""Rows to a .csv that a Vietnamese Excel opens by a double click."""

import csv
import io
import unicodedata
from contextlib import nullcontext
from datetime import date, datetime
from decimal import Decimal

from committees.vietnamese import ZONE, day

# What spreadsheets take for the beginning of a formula, with the full-width forms they treat alike (OWASP).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_text(text):
    """Text that no spreadsheet runs: an apostrophe goes before = + - @, tab and line breaks at the start.

    The rule of a .csv, which knows no types; leading blanks are looked through. A workbook does not need it.
    """
    text = unicodedata.normalize("NFC", text.replace("\x00", ""))
    return (
        f"'{text}" if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS) else text
    )


def _written(value):
    """A value as written: numbers without grouping and with a decimal comma, dates dd/mm/yyyy."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal | float):
        return f"{Decimal(str(value)):f}".replace(".", ",")
    if isinstance(value, datetime):
        moment = value.astimezone(ZONE) if value.tzinfo else value
        return f"{day(moment)} {moment:%H:%M}"
    return day(value) if isinstance(value, date) else safe_text(str(value))


def write_rows(path_or_file, headings, rows):
    """Write headings and rows as UTF-8 with a byte order mark, `;` between cells, CRLF lines.

    The semicolon is the list separator of Vietnamese Windows (the comma is its decimal sign). Negative numbers
    stay numbers; text is made safe by `safe_text`. Rows are written as they come. A file given stays open.
    """
    opened = nullcontext(path_or_file) if hasattr(path_or_file, "write") else open(path_or_file, "wb")
    with opened as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow([safe_text(str(heading)) for heading in headings])
        writer.writerows([_written(value) for value in row] for row in rows)
        text.detach()
