"""The further sheets of the annual report: dossiers under way, classes, organisations that admitted nobody, and the
nominal list."""

import numpy as np

from committees.access import FIGURES, PEOPLE
from committees.models import Kind
from committees.vietnamese import day, number

from ..models import Admission, Course, Sex, Stage
from ..pipeline.stages import HELD, UNDATED, UNDECIDED, WAITING, ceremonies
from .annual_words import NOT_HELD
from .base import (
    DAY,
    ORDINAL,
    PART,
    PERCENT,
    SIGNED,
    TOTAL,
    WHOLE,
    Column,
    Ref,
    Row,
    Sheet,
    difference,
    ratio,
    total,
)

_CHANGE = {"change": difference(Ref(column="now"), Ref(column="before"))}
_CEREMONIES = {
    HELD: "Đã tổ chức lễ kết nạp",
    WAITING: "Đã có quyết định, chờ lễ",
    UNDATED: "Đã có quyết định, chưa ghi ngày lễ",
}


def pipeline(report):
    """Dossiers by step on the report's day and a year before, and the period's admissions by their ceremony."""
    roads = report.now.road, report.before.road  # a road that nobody is on is known, and empty
    now, before = ({} if road is None else road.counts() for road in roads)
    steps = [stage.value for stage in Stage.open()]
    rows = [Row("open", {"name": "I. Hồ sơ đang theo dõi, theo bước"}, PART)]
    for stage in Stage.open():
        rows.append(_two(stage.value, str(stage.label), now.get(stage), before.get(stage)))
    rows.append(
        _two(UNDECIDED, "Trong đó sổ chưa có quyết định", now.get(UNDECIDED), before.get(UNDECIDED), level=2)
    )
    rows.append(_sum("steps", "Cộng hồ sơ", steps))
    rows.append(Row("year", {"name": "II. Kết nạp trong kỳ, theo lễ kết nạp"}, PART))
    done, done_before = (_by_ceremony(span) for span in (report.now, report.before))
    rows += [_two(which, label, done[which], done_before[which]) for which, label in _CEREMONIES.items()]
    rows.append(_sum("ceremonies", "Cộng kết nạp trong kỳ", list(_CEREMONIES)))
    columns = (
        Column("name", "Bước", width=50),
        Column("now", day(report.day), WHOLE, 14),
        Column("before", day(report.before.last), WHOLE, 14),
        Column("change", "Tăng, giảm", SIGNED, 14),
    )
    heading = f"Tiến độ hồ sơ đến hết ngày {day(report.day)}"
    return Sheet("tien_do", "Tiến độ hồ sơ", heading, columns, rows)


def _by_ceremony(span):
    masks = ceremonies(span.selection)
    return {which: int(np.count_nonzero(mask)) if span.known else None for which, mask in masks.items()}


def _two(key, name, now, before, level=1):
    return Row(key, {"name": name, "now": now, "before": before} | _CHANGE, level=level)


def _sum(key, name, rows):
    summed = total(Ref(row=row) for row in rows)
    return Row(key, {"name": name, "now": summed, "before": summed} | _CHANGE, TOTAL)


def classes(report):
    """Classes closed and certificates issued in the period and in the one before, unit by unit. One query."""
    tree, here = report.tree, [*report.children]
    columns, cells, groups = [Column("tt", "TT", ORDINAL, 5), Column("name", "Đơn vị", width=38)], {}, []
    held = list(
        Course.objects.filter(closed_on__lte=report.day).values_list("committee_id", "kind", "closed_on")
    )
    for kind, word in (
        (Course.Kind.AWARENESS, "Nhận thức về Đảng"),
        (Course.Kind.NEW_MEMBER, "Đảng viên mới"),
    ):
        awareness = kind == Course.Kind.AWARENESS
        name = kind.value
        cells[f"{name}_courses"] = _courses(report, held, kind)
        cells[f"{name}_now"] = report.now.certificates(awareness)
        cells[f"{name}_before"] = report.before.certificates(awareness)
        columns += [
            Column(f"{name}_courses", "Lớp trong kỳ", WHOLE, 9, word),
            Column(f"{name}_now", "Chứng nhận kỳ này", WHOLE, 11, word),
            Column(f"{name}_before", "Chứng nhận cùng kỳ", WHOLE, 11, word),
            Column(f"{name}_ratio", "So cùng kỳ", PERCENT, 11, word),
        ]
        groups.append((f"{name}_ratio", ratio(Ref(column=f"{name}_now"), Ref(column=f"{name}_before"))))

    def counts(p):
        return {name: None if rolled is None else int(rolled[p]) for name, rolled in cells.items()}

    rows = [
        Row(tree.code(p), {"tt": k, "name": tree.name(p)} | counts(p) | dict(groups))
        for k, p in enumerate(here, 1)
    ]
    whole = counts(report.position)
    if here:
        rest = {
            name: None if n is None else n - sum(row.cells[name] for row in rows) for name, n in whole.items()
        }
        if any(rest.values()):
            rows.append(
                Row(
                    ":own",
                    {"name": "Ghi ngay tại đây hoặc ở tổ chức đã sáp nhập vào đây"} | rest | dict(groups),
                )
            )
        summed = total([Ref(row=row.key) for row in rows])
        whole = dict.fromkeys(cells, summed)
    rows.append(Row(":whole", {"name": report.question.name} | whole | dict(groups), TOTAL))
    missing = [column.under for column in columns if column.key in cells and cells[column.key] is None]
    notes = ["Người học tính tại chi bộ khi được cấp chứng nhận; lớp tính tại nơi mở, theo ngày bế giảng."]
    if missing:
        notes.append(f"Ô trống: {NOT_HELD}.")
    return Sheet(
        "lop", "Lớp", "Lớp bồi dưỡng nhận thức về Đảng và lớp đảng viên mới", tuple(columns), rows,
        notes=tuple(notes), wide=True,
    )  # fmt: skip


def _courses(report, held, kind):
    """Courses a position; None where the register holds none of the kind by the day."""
    of_kind = [(committee, closed) for committee, which, closed in held if which == kind]
    if not of_kind:
        return None
    index, first = report.snapshot.structure.index, report.now.first
    where = [index[committee] for committee, closed in of_kind if closed >= first and committee in index]
    return report.tree.roll(report.tree.count(np.array(where, np.int32)))


def organisations(report):
    """Grassroots organisations without source, and those with source that admitted nobody in the period."""
    found, tree = report.now.organisations, report.tree
    seen = report.sees(FIGURES, tree.order[found.positions]) if len(found) else np.zeros(0, bool)
    rows = [Row(":none", {"name": "A. Không còn nguồn"}, PART)]
    rows += [
        _organisation(report, p, "không còn nguồn", _source(found, p))
        for p in found.positions[found.no_source & seen].tolist()
    ]
    rows += _reported(report, found)
    if report.now.known:
        idle = found.idle if found.idle is not None else np.zeros(len(found), bool)
        still = ~found.admitted & ~found.no_source
        rows.append(Row(":still", {"name": "B. Có nguồn, chưa kết nạp ai trong kỳ"}, PART))
        for k in np.flatnonzero(still & seen).tolist():
            said = "ba năm liền không kết nạp" if idle[k] else "chưa kết nạp"
            rows.append(_organisation(report, int(found.positions[k]), said))
    listed = [row for row in rows if row.look != PART]
    for k, row in enumerate(listed, 1):
        row.cells["tt"] = k
    columns = (
        Column("tt", "TT", ORDINAL, 5),
        Column("name", "Tổ chức cơ sở đảng", width=40),
        Column("above", "Thuộc", width=36),
        Column("kind", "Loại", width=16),
        Column("state", "Tình trạng", width=24),
        Column("source", "Nguồn", width=24),
    )
    hidden = int(np.count_nonzero(~seen))
    notes = [f"{number(hidden)} tổ chức ngoài phạm vi được xem không có trong bảng này."] if hidden else []
    return Sheet(
        "chua_ket_nap", "Không còn nguồn, chưa kết nạp", "Tổ chức không còn nguồn và tổ chức chưa kết nạp ai",
        columns, rows if listed else [], notes=tuple(notes), wide=True,
        empty="Không có tổ chức cơ sở đảng nào như vậy trong kỳ.",
    )  # fmt: skip


def _source(found, p):
    """By what it is known that an organisation has no source: its mark with cause and measure, else its own report."""
    mark, figure = found.mark_at(p), found.report_at(p)
    if mark:
        parts = [f"từ {day(mark.since)}: {mark.cause}", mark.measure, mark.document]
        return "; ".join(filter(None, parts))
    return figure.source if figure else ""


def _organisation(report, p, said, source=""):
    tree = report.tree
    above = int(tree.up[p])
    cells = {
        "name": tree.name(p),
        "above": tree.name(above) if above >= 0 else "",
        "kind": str(Kind(tree.kind(p)).label),
        "state": said,
        "source": source,
    }
    return Row(tree.code(p), cells)


def _reported(report, found):
    """Committees that told a number of organisations without source and named none."""
    for p in [report.position, *report.children]:
        told = found.no_source_at(p)
        if told.figure:
            state = f"báo cáo {number(told.count)} tổ chức không còn nguồn"
            cells = {"name": report.tree.name(p), "state": state, "source": told.figure.source}
            yield Row(f"told:{report.tree.code(p)}", cells)


def nominal(report):
    """Those admitted in the period, by name, with the least that tells who and by which decision: no ethnicity, no
    religion, no citizen's number. (Sheet, how many are named, how many lie beyond the reader's reach.) One query for
    every thousand people."""
    selection, structure = report.now.selection, report.snapshot.structure
    seen = selection.mask & report.sees(PEOPLE, selection.places)
    chosen = np.flatnonzero(seen)
    beyond = len(selection) - len(chosen)
    ids = selection.rows["id"][chosen].tolist()
    found = Admission.objects.select_related("person").in_bulk(ids)
    rows = []
    for k, record in enumerate((found[pk] for pk in ids if pk in found), 1):
        cells = {
            "tt": k,
            "name": record.person.full_name,
            "born": record.born,
            "sex": "Nữ" if record.sex == Sex.FEMALE else "Nam",
            "cell": structure.name_on(structure.index[record.cell_id], record.decided_on),
            "number": record.decision_number,
            "decided": record.decided_on,
            "held": record.ceremony_on,
            "official": record.official_on,
            "education": record.education,
            "qualification": record.qualification,
            "occupation": record.occupation,
        }
        rows.append(Row(str(record.pk), cells))
    columns = (
        Column("tt", "TT", ORDINAL, 5),
        Column("name", "Họ và tên", width=26),
        Column("born", "Sinh ngày", DAY, 12),
        Column("sex", "Giới tính", width=8),
        Column("cell", "Chi bộ", width=32),
        Column("number", "Số quyết định", width=14),
        Column("decided", "Ngày quyết định", DAY, 12),
        Column("held", "Ngày kết nạp", DAY, 12),
        Column("official", "Chính thức", DAY, 12),
        Column("education", "Học vấn", width=12),
        Column("qualification", "Chuyên môn", width=16),
        Column("occupation", "Nghề nghiệp", width=20),
    )
    notes = [f"{number(beyond)} người khác ngoài phạm vi được xem hồ sơ."] if beyond else []
    return Sheet(
        "danh_sach", "Danh sách trích ngang", f"Danh sách đảng viên kết nạp {report.period.words}", columns, rows,
        notes=tuple(notes), wide=True, empty="Sổ không ghi ai kết nạp trong kỳ này.",
    )  # fmt: skip
