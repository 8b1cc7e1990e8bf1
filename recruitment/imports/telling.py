"""How values are told to people: cells as a workbook holds them, and fields as the register does."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from committees import vietnamese

TICK = "x"


def shown(value):
    """A cell's value as it is read: dates dd/mm/yyyy, a tick as x, numbers as typed (no grouping: it may be a code)."""
    if value is None or value is False:
        return ""
    if value is True:
        return TICK
    if isinstance(value, (date, datetime)):
        return vietnamese.day(value)
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(value)).normalize():f}".replace(".", ",")
    return " ".join(str(value).split())


def said(row, name, value):
    """What stands, or shall stand, in field `name` of the row: a choice by its word, the end of a period as its last
    day (stored is the day after)."""
    if value is None or value == "":
        return ""
    choices = dict(row._meta.get_field(name).flatchoices)
    if choices:
        return str(choices.get(value, value))
    if name == "until":
        value -= timedelta(days=1)
    return vietnamese.number(value) if type(value) is int else shown(value)
