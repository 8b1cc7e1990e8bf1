"""How values are told to people: cells as a workbook holds them, fields as the register does, and what was kept."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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


MOST_TOLD = 100  # rows told of those that were no data, hidden, …


def reading(table, read=()):
    """What was not read of a Table as a row, and what the file hides, {name: [how many, the first of them]}: `left` [(row,
    kind, words, whether it can be read)], `hidden` [row], `uncomputed` [cell], `merged` [cells], `gone` [(row, words)].
    read: {row number: …} of those read after all."""
    lists = {
        "left": [
            (left.number, left.kind, left.said[:120], left.row is not None)
            for left in table.left
            if left.number not in read
        ],
        "hidden": table.hidden,
        "uncomputed": table.uncomputed,
        "merged": table.merged,
        "gone": [(left.number, left.said[:60]) for left in table.gone],
    }
    return {name: [len(found), found[:MOST_TOLD]] for name, found in lists.items() if found}


# What an undo had to leave, row by row of these tables.
ROWS = {
    "committees.account": _("tài khoản"),
    "committees.committee": _("tổ chức đảng"),
    "committees.headcount": _("số đảng viên"),
    "committees.mandate": _("phân quyền"),
    "committees.placement": _("tên và vị trí của tổ chức"),
    "committees.coverage": _("lần ghi chi bộ của thôn"),
    "committees.reorganisation": _("đợt sắp xếp"),
    "committees.settlement": _("thôn, xóm"),
    "recruitment.admission": _("lần kết nạp"),
    "recruitment.candidacy": _("hồ sơ"),
    "recruitment.certificate": _("chứng nhận"),
    "recruitment.mentorship": _("phân công giúp đỡ"),
    "recruitment.person": _("người"),
    "recruitment.plan": _("kế hoạch"),
    "recruitment.quota": _("chỉ tiêu"),
    "recruitment.reportedfigure": _("số liệu báo cáo"),
    "recruitment.step": _("bước của hồ sơ"),
}


def kept_words(kept):
    """[(model label, id, why)] of an undo in one sentence; empty where nothing was kept."""
    counts = Counter((label, why) for label, _id, why in kept)
    parts = [
        gettext("%(count)s %(rows)s (%(why)s)")
        % {"count": vietnamese.number(n), "rows": ROWS[label], "why": why}
        for (label, why), n in counts.items()
    ]
    return gettext("Giữ lại %(rows)s.") % {"rows": ", ".join(parts)} if parts else ""
