"""What was reported and closed, against what the register says by now: figure by figure. A closed report stays as it is;
what came late stands in the next one as a correction (bổ sung, đính chính kỳ trước). Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..reports.base import DECIMAL, PERCENT, SIGNED, TEXT, WHOLE, Column, Ref, Row, Sheet, difference

SHEET = "dinh_chinh"
# Sheets of a period's report that no later one corrects: they speak of other periods or of words.
OWN_SHEETS = {SHEET, "don_vi_nop", "ghi_chu"}
FIXED = "tong_hop"  # the sheet whose lines are the form's own, not units or groups that come and go
MOST = 300  # lines of a sheet; past that it says how many there are


@dataclass(frozen=True)
class Change:
    """One figure that is another by now. was, now: whole numbers, None where nothing stood."""

    sheet: str
    row: str
    column: str
    words: str
    place: str
    was: int | None
    now: int | None

    @property
    def key(self):
        return f"{self.sheet}:{self.row}:{self.column}"

    @property
    def moved(self):
        """By how much; None where one of the two says nothing."""
        return None if None in (self.was, self.now) else self.now - self.was


def _counts(report):
    """{(sheet, row, column): (number, what it is of, its sheet)} of the plain counts: what follows from others by a formula
    follows from them here too."""
    found = {}
    for sheet in report.sheets:
        if sheet.key in OWN_SHEETS:
            continue
        for row in sheet.rows:
            for column in sheet.columns:
                said = row.cells.get(column.key)
                if column.kind in (WHOLE, SIGNED) and row.kind not in (PERCENT, DECIMAL) and _whole(said):
                    found[sheet.key, row.key, column.key] = said, _words(sheet, row, column), sheet.title
    return found


def _whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def _words(sheet, row, column):
    """ "Đảng bộ xã A, Cùng kỳ 2014": the row's name, and the column's heading where there are several of numbers."""
    named = next((row.cells.get(one.key) for one in sheet.columns if one.kind == TEXT), "")
    numbers = [one for one in sheet.columns if one.kind in (WHOLE, SIGNED)]
    return str(named or row.key) + (f", {column.heading}" if len(numbers) > 1 else "")


def changes(said, now, told=None):
    """[Change] between a report as it was sent and the same made now, in the order of its sheets. told: {key of a figure:
    number} that a later report has corrected already: it is then that number which counts as said. Only what both can say
    is compared: a sheet, a column or a line of the summary that one of them does not have is another edition of the form."""
    before, after, both = _counts(said), _counts(now), _shared(said, now)
    found = []
    for place in [*before, *(one for one in after if one not in before)]:
        sheet_key, row, column = place
        if (sheet_key, column) not in both or (sheet_key == FIXED and row not in both[sheet_key, column]):
            continue
        _number, words, title = before.get(place) or after[place]
        was = before[place][0] if place in before else None
        was = (told or {}).get(":".join(place), was)
        is_now = after[place][0] if place in after else None
        if was != is_now:
            found.append(Change(*place, words, title, was, is_now))
    return found


def _shared(said, now):
    """{(sheet, column) that both reports have: keys of the rows that both have}."""
    others, found = {sheet.key: sheet for sheet in now.sheets}, {}
    for one in said.sheets:
        if (other := others.get(one.key)) is not None:
            rows = {row.key for row in one.rows} & {row.key for row in other.rows}
            columns = {column.key for column in one.columns} & {column.key for column in other.columns}
            found |= dict.fromkeys(((one.key, column) for column in columns), rows)
    return found


def sheet(told):
    """The sheet of corrections; told: [(period, [Change])], the latest first. None where there is nothing to correct."""
    rows = [
        Row(
            f"{period.pk}:{one.key}",
            {"period": period.name, "place": one.place, "name": one.words, "was": one.was, "now": one.now,
             "change": difference(Ref("", "now"), Ref("", "was"))},
        )
        for period, found in told
        for one in found
    ]  # fmt: skip
    if not rows:
        return None
    columns = (
        Column("period", _("Kỳ đã khóa"), width=20),
        Column("place", _("Bảng"), width=16),
        Column("name", _("Số liệu"), width=36),
        Column("was", _("Đã báo cáo"), WHOLE, 11),
        Column("now", _("Nay"), WHOLE, 11),
        Column("change", _("Chênh"), SIGNED, 10),
    )
    notes = [_("Báo cáo các kỳ đã khóa giữ nguyên như đã nộp; thay đổi ghi vào sổ sau đó nằm ở bảng này.")]
    if len(rows) > MOST:
        notes.append(_("Còn %d dòng nữa, xem ở trang của kỳ ấy.") % (len(rows) - MOST))
    return Sheet(
        SHEET, _("Đính chính"), _("Bổ sung, đính chính kỳ trước"), columns, rows[:MOST], notes=tuple(notes), wide=True
    )  # fmt: skip


def told_by(report, period):
    """{key of a figure: number} of an earlier period that this report corrected."""
    found = next((one for one in report.sheets if one.key == SHEET), None)
    start = f"{period.pk}:"
    return {
        row.key.removeprefix(start): row.cells.get("now")
        for row in (found.rows if found else ())
        if row.key.startswith(start)
    }
