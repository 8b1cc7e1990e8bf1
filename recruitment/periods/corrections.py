"""What was reported and closed, against what the register says by now: figure by figure. A closed report stays as it is;
what came late stands in the next one as a correction (bổ sung, đính chính kỳ trước). Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..reports.base import DECIMAL, PERCENT, SIGNED, TEXT, WHOLE, Column, Ref, Row, Sheet, difference
from ..reports.official import NOT_SHOWN

SHEET = "dinh_chinh"
# Sheets of a period's report that no later one corrects: they speak of other periods or of words.
OWN_SHEETS = {SHEET, "don_vi_nop", "ghi_chu"}
FIXED = "tong_hop"  # the sheet whose lines are the form's own, not units or groups that come and go
BY_UNIT = "theo_don_vi"
# What follows from the plan a report is held against: these rows of the summary, these columns of the units. Two plans
# correct nothing of each other.
PLAN = (FIXED, "plan", "name")
OF_PLAN = {"target", "admitted", "assigned", "met"}
OTHER_TARGETS = "target_"  # the targets of other plans beside it, named by their rows
# What follows from the term: its rows of the summary, its sheet. The heading of a column tells its days.
TERM, OF_TERM = "nhiem_ky", "term_"
MERGED = "merged:"  # rows that stand for lines not shown: which ones changes with the numbers
NAMED = 12  # closed periods told by name that were not looked at
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
        return _key((self.sheet, self.row, self.column))

    @property
    def moved(self):
        """By how much; None where one of the two says nothing."""
        return None if None in (self.was, self.now) else self.now - self.was


def _key(place):
    return ":".join(place)


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
    the Change} that a later report has corrected already: what it gave then counts as said, and is taken back where
    nothing stands by now. Only what both can say is compared: a sheet, a column or a line of the summary that one of them
    does not have is another edition of the form, a word in the place of a number no number, another plan another target."""
    before, after, both = _counts(said), _counts(now), _shared(said, now)
    told, comparable = told or {}, _comparable(said, now)
    places = dict.fromkeys([*before, *after, *((one.sheet, one.row, one.column) for one in told.values())])
    found = []
    for place in places:
        sheet_key, row, column = place
        if (sheet_key, column) not in both or (sheet_key == FIXED and row not in both[sheet_key, column]):
            continue
        if not comparable(place):
            continue
        corrected = told.get(_key(place))
        known = before.get(place) or after.get(place) or (None, corrected.words, corrected.place)
        was = corrected.now if corrected else before[place][0] if place in before else None
        is_now = after[place][0] if place in after else None
        if was != is_now:
            found.append(Change(*place, *known[1:], was, is_now))
    return found


def same_plan(said, now):
    """Whether two reports are held against one plan, as far as both tell."""
    return _agree(_cell(said, PLAN), _cell(now, PLAN))


def _agree(one, other):
    return None in (one, other) or one == other


def _cell(report, place):
    """What stands in a cell; None where there is no such cell."""
    sheet_key, row_key, column = place
    rows = next((one.rows for one in report.sheets if one.key == sheet_key), ())
    return next((row.cells.get(column) for row in rows if row.key == row_key), None)


def _comparable(said, now):
    """A function of a place (sheet, row, column): whether the number there is one of the same thing in both reports, and
    shown in both."""
    veiled, one_plan = _veiled(said) | _veiled(now), same_plan(said, now)
    first_day = (FIXED, f"{OF_TERM}now", "name")
    one_term = _agree(_term(said), _term(now)) and _agree(_cell(said, first_day), _cell(now, first_day))

    def holds(place):
        sheet_key, row, column = place
        if row.startswith(MERGED) or place in veiled:
            return False
        if not one_term and (sheet_key == TERM or (sheet_key == FIXED and row.startswith(OF_TERM))):
            return False
        if sheet_key == FIXED and row.startswith(OTHER_TARGETS):
            return one_plan and _cell(said, (FIXED, row, "name")) == _cell(now, (FIXED, row, "name"))
        return one_plan or {FIXED: row, BY_UNIT: column}.get(sheet_key) not in OF_PLAN

    return holds


def _veiled(report):
    """{(sheet, row, column)} where words stand for a count that may not be shown."""
    return {
        (sheet.key, row.key, column.key)
        for sheet in report.sheets
        for row in sheet.rows
        for column in sheet.columns
        if column.kind in (WHOLE, SIGNED)
        and (isinstance(row.cells.get(column.key), str) or str(row.cells.get("note")).startswith(NOT_SHOWN))
    }


def _term(report):
    """Which plan of several years, and which of its days, a report looks back on."""
    found = next((one for one in report.sheets if one.key == TERM), None)
    return found and (found.heading, *(one.heading for one in found.columns if one.key.startswith(OF_TERM)))


def _shared(said, now):
    """{(sheet, column) that both reports have: keys of the rows that both have}."""
    others, found = {sheet.key: sheet for sheet in now.sheets}, {}
    for one in said.sheets:
        if (other := others.get(one.key)) is not None:
            rows = {row.key for row in one.rows} & {row.key for row in other.rows}
            columns = {column.key for column in one.columns} & {column.key for column in other.columns}
            found |= dict.fromkeys(((one.key, column) for column in columns), rows)
    return found


def sheet(told, left=()):
    """The sheet of corrections; told: [(mark of a closed report, what it is called, [Change])], the latest first; left: what
    those are called that were not looked at. None where there is nothing to say."""
    rows = [
        Row(
            f"{mark}:{one.key}",
            {"period": name, "place": one.place, "name": one.words, "was": one.was, "now": one.now,
             "change": difference(Ref("", "now"), Ref("", "was"))},
        )
        for mark, name, found in told
        for one in found
    ]  # fmt: skip
    if not rows and not left:
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
    if left:
        names = ", ".join(left[:NAMED]) + ("…" if len(left) > NAMED else "")
        notes.append(
            _("Không xét riêng %(n)d kỳ đã khóa nằm trong một kỳ dài hơn đã xét: %(names)s.")
            % {"n": len(left), "names": names}
        )
    return Sheet(
        SHEET, _("Đính chính"), _("Bổ sung, đính chính kỳ trước"), columns, rows[:MOST], notes=tuple(notes), wide=True,
        empty=_("Không có số nào của kỳ trước phải đính chính."),
    )  # fmt: skip


def told_by(report, mark):
    """{key of a figure: the Change} of the closed report of this mark, as far as this report corrected it."""
    found = next((one for one in report.sheets if one.key == SHEET), None)
    start, told = f"{mark}:", {}
    for row in found.rows if found else ():
        if row.key.startswith(start):
            key, said = row.key.removeprefix(start), row.cells
            sheet_key, rest = key.split(":", 1)
            told[key] = Change(
                sheet_key, *rest.rsplit(":", 1), said["name"], said["place"], said.get("was"), said.get("now")
            )
    return told
