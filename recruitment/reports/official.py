"""An official form as a sheet: the rows and columns its file says, the figures whoever is asked answers."""

from ..rules.official_forms import OWN
from .annual_words import NOT_HELD
from .base import DECIMAL, PART, PERCENT, PLAIN, TEXT, TOTAL, WHOLE, Column, Ref, Row, Sheet, ratio, total

TO_CONFIRM = "cần xác nhận"
NOT_SHOWN = "không hiện"
# Figures that are answered; the others follow from them.
ANSWERED = ("now", "women", "before", "women_before")
_RATIO = ratio(Ref(column="now"), Ref(column="before"))
_SHARE = ratio(Ref(column="now"), Ref(row="total", column="now"))
_KINDS = {"name": TEXT, "note": TEXT, "share": PERCENT, "ratio": PERCENT}
_WIDTHS = {"name": 46, "note": 20, "ratio": 14}
SIGNS = ("(Ký, họ tên, số điện thoại di động và cố định)", "(Ký, đóng dấu)")


def key(asks):
    """The key of the row that asks this."""
    return ":".join(asks)


def sheet(form, answers, *, name, day, ago="năm trước", sealed=True, notes=()):
    """The Sheet of a Form (rules.official_forms).

    answers: `figure(column, asks)` gives a number, words that stand in its place, or None where the register cannot say;
    `found(each)` the [(key, label)] of which each has a row; `merged(partition)` the [(label, {column: number})] that
    stand for lines not shown. name: the sheet's key; day: the last of the period; ago: what the period before is called."""
    columns = tuple(
        Column(
            column.key, column.heading.replace("năm trước", ago), _KINDS.get(column.key, WHOLE),
            _WIDTHS.get(column.key, 11), column.under.replace("năm trước", ago), column.number,
        )
        for column in form.columns
    )  # fmt: skip
    built = [pair for line in form.lines for pair in _rows(form, line, answers, _asked(form))]
    for at, (line, row) in enumerate(built):
        if parts := _parts(form, built, at):
            summed = total(Ref(row=part.key) for part in parts)
            row.cells.update(dict.fromkeys(_asked(form), summed) | _following(form))
        elif line.mark not in ("S", OWN):
            row.cells["note"] = "; ".join(filter(None, [row.cells.get("note"), TO_CONFIRM]))
    return Sheet(
        name, form.tab, form.heading, columns, [row for _, row in built],
        notes=(*form.notes, *_said(form, day), *notes), signed=True, headed=True,
        signs=SIGNS if sealed else (SIGNS[0], "(Ký, họ tên)"),
    )  # fmt: skip


def _asked(form):
    return [column.key for column in form.columns if column.key in ANSWERED]


def _following(form):
    there = {column.key for column in form.columns}
    return {name: said for name, said in (("ratio", _RATIO), ("share", _SHARE)) if name in there}


def _rows(form, line, answers, columns):
    """[(Line, Row)] of one line of the form: one, or one of each found, with what stands for those not shown after the
    last of a partition."""
    if line.each:
        return [
            (line, _row(form, line, answers, columns, ("line", line.each, which), label))
            for which, label in answers.found(line.each)
        ]
    if line.asks is None:
        return [(line, Row(f":{line.at}", {"name": line.words, "note": NOT_HELD}, level=line.level))]
    if not line.asks:
        return [(line, Row(f":{line.at}", {"name": line.words}, PLAIN if line.level else PART, line.level))]
    if line.asks[0] in ("sum", "partition"):
        asked = f":{line.at}" if line.asks[0] == "sum" else key(line.asks)
        return [(line, Row(asked, {"name": line.words}, PART, line.level))]
    rows = [(line, _row(form, line, answers, columns, line.asks, line.words))]
    if line.asks[0] == "line" and line.asks[2] == form.lines_of(line.asks[1])[-1]:
        rows += [
            (line, Row(f"merged:{line.asks[1]}", {"name": label} | numbers, level=line.level))
            for label, numbers in answers.merged(line.asks[1])
        ]
    return rows


def _row(form, line, answers, columns, asks, label):
    said = {column: answers.figure(column, asks) for column in columns}
    cells = {"name": label}
    if set(said.values()) == {NOT_SHOWN}:
        cells["note"] = NOT_SHOWN
    elif set(said.values()) == {None}:
        cells["note"] = NOT_HELD
    else:
        cells |= said
    if asks == ("mean_age",):
        return Row(key(asks), cells, level=line.level, kind=DECIMAL)
    return Row(key(asks), cells | _following(form), TOTAL if asks == ("total",) else PLAIN, line.level)


def _parts(form, built, at):
    """The rows a sum or a partition's heading adds up; none for any other row."""
    line, _row = built[at]
    if not line.asks or line.asks[0] not in ("sum", "partition"):
        return []
    if line.asks[0] == "partition":
        wanted = {key(("line", line.asks[1], one)) for one in form.lines_of(line.asks[1])}
        return [row for _, row in built if row.key in wanted or row.key == f"merged:{line.asks[1]}"]
    parts = []
    for other, row in built[at + 1 :]:
        if other.level <= line.level:
            break
        if other.level == line.level + 1:
            parts.append(row)
    return parts


def _said(form, day):
    """By which edition it is, whether that is sure, and which rows are ours."""
    told = f"Mẫu {form.code} theo {form.document}, từ {form.since.day:02}/{form.since.month:02}/{form.since.year}"
    if form.since > day:
        told += "; kỳ này trước ngày ấy"
    yield told + (f" ({TO_CONFIRM})." if form.mark != "S" else ".")
    own = dict.fromkeys(line.label for line in form.lines if line.mark == OWN)
    if own:
        yield f"Thêm vào mẫu để cộng đủ hoặc đối chiếu: {'; '.join(own)}."
    if any(line.mark not in ("S", OWN) for line in form.lines):
        yield f"Dòng ghi “{TO_CONFIRM}”: chưa thấy trong bản mẫu đã xem, chờ cơ quan tổ chức xác nhận."
