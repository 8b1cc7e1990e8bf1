"""How a told value stands on a paper. Pure."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from committees.vietnamese import day as written
from committees.vietnamese import percent_text

from ..rules.papers import KINDS
from ..sheets.document import Grid
from .terms import BODIES, BY_WHOM


def names_body(name):
    """Whether a field names an organisation, whose tone stands where that of the fixed words does; a person's never moves."""
    first, _dot, part = name.partition(".")
    return first in BODIES or first in KINDS and part in {*BY_WHOM, "issuer"} or part in {"organiser", "to"}


def plain(value):
    """A told value as text that is kept and held against another: a day as 31/12/2025, "" for what nobody told."""
    if value is None or value is False:
        return ""
    if isinstance(value, date):
        return written(value)
    return percent_text(value) if isinstance(value, Decimal) else str(value)


def as_grid(rows):
    """The Grid of rows of cells, the first its headings, each column as wide as the longest text in it asks."""
    widths = [max(len(row[k]) for row in rows) ** 0.5 + 1 for k in range(len(rows[0]))]
    return Grid(rows[0], tuple(rows[1:]), tuple(widths))


def long_day(day):
    """A date as documents write it out: days below ten and the first two months with a nought (05-HD/VPTW)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return _("ngày %(day)s tháng %(month)s năm %(year)s") % {
        "day": f"{day.day:02}",
        "month": month,
        "year": day.year,
    }
