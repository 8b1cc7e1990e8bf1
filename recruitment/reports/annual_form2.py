"""The sheet in the rows of form 2-BTCTW: this period, the same period of the year before, and their ratio."""

from collections import Counter

import numpy as np

from ..quotas import veil
from ..quotas.breakdown import PARTITIONS, group_counts, mean_age, partition_counts
from ..rules import form2
from .annual_words import NOT_HELD, no_source_said
from .base import DECIMAL, PART, PERCENT, PLAIN, TOTAL, WHOLE, Column, Ref, Row, Sheet, ratio, total

MERGED = "gộp"


class _Period:
    """The figures the form asks for in one Span; words stand where a count may not be shown."""

    def __init__(self, span, people):
        self.span, self.people = span, people
        self.chosen, self.rows = span.selection.chosen, span.selection.rows
        self.counts, self.merged = {}, {}
        if not span.known:
            return
        for name in PARTITIONS:
            counts = partition_counts(self.rows, self.chosen, name)
            shown, away = (counts, []) if people else veil.merged(counts)
            self.counts[name] = shown | dict.fromkeys(away, MERGED)
            if away:
                self.merged[name] = sum(counts[line] for line in away)
        self.groups = self._groups()

    def _groups(self):
        """{code: what stands there} of the groups everybody counts: the form asks for no other."""
        common = [group for group in self.span.snapshot.groups if group.committee_id is None]
        counts = group_counts(self.span.snapshot, self.rows, self.chosen, common)
        if self.people:
            return counts
        veiled = veil.of(self.span.selection)
        return {
            group.code: veiled.instead(group, counts[group.code]) or counts[group.code] for group in common
        }

    def figure(self, asks):
        """What stands in the row that asks this; None where the register cannot say."""
        what, *more = asks
        if what == "organisations":
            return self._organisations(*more)
        if not self.span.known:
            return None
        if what == "total":
            return self.span.total
        if what == "group":
            return self.groups.get(more[0])
        if what == "line":
            return self.counts[more[0]][more[1]]
        # A mean of few tells of each.
        return mean_age(self.rows, self.chosen) if self.people else None

    def _organisations(self, kind, which):
        found, tree = self.span.organisations, self.span.question.tree
        here = np.array([tree.kind(p) == kind for p in found.positions.tolist()], bool)
        if which == "all":
            return int(here.sum())
        if which == "admitted":
            return int((here & found.admitted).sum()) if self.span.known else None
        # A total reported by the committee above names no organisation and no kind.
        told = found.no_source_at(self.span.question.position)
        unnamed = told.figure or not self.span.source_told
        return None if unnamed else int((here & found.no_source).sum())


def structure(report):
    """Sheet 2-BTCTW. Each part's heading is the sum of its rows and equals the total of part I."""
    now, before = _Period(report.now, report.people), _Period(report.before, report.people)
    done = "Thực hiện"
    columns = (
        Column("name", "Tiêu chí", width=46, number="1"),
        Column("now", "Kỳ này", WHOLE, 11, done, "2"),
        Column("before", "Cùng kỳ năm trước", WHOLE, 11, done, "3"),
        Column("ratio", "(%) kỳ này so với cùng kỳ năm trước", PERCENT, 14, number="4(=2*100/3)"),
        Column("note", "Ghi chú", width=18),
    )
    rows, seen = [], Counter()
    for line in form2.FORM:
        seen[line.label] += 1
        rows.append(_row(line, now, before, f"{line.label} {seen[line.label]}"))
        if line.asks and line.asks[0] == "line" and line.asks[2] == form2.UNKNOWN:
            rows += _merged(line.asks[1], now, before)
    return Sheet(
        "bieu_2", "Cơ cấu (2-BTCTW)", "Biểu 2-BTCTW: đảng viên mới kết nạp", columns, rows,
        notes=tuple(_notes(report)), signed=True,
    )  # fmt: skip


_RATIO = ratio(Ref(column="now"), Ref(column="before"))


def key(asks):
    """The key of the row that asks this."""
    return ":".join(asks)


def _row(line, now, before, spare):
    cells = {"name": line.label}
    if not line.asks:
        if not line.held:
            cells["note"] = NOT_HELD
        return Row(spare, cells, PART if line.held else PLAIN, line.level)
    if line.asks[0] == "partition":
        summed = total(Ref(row=row) for row in _lines(line.asks[1], now, before))
        return Row(
            key(line.asks), cells | {"now": summed, "before": summed, "ratio": _RATIO}, PART, line.level
        )
    cells |= {"now": now.figure(line.asks), "before": before.figure(line.asks)}
    if line.asks[0] == "mean_age":
        if not now.people:
            cells["note"] = "không hiện"
        return Row(key(line.asks), cells, level=line.level, kind=DECIMAL)
    kept = now.span.known or before.span.known or line.asks[0] == "total"
    if kept and cells["now"] is None and cells["before"] is None:
        cells["note"] = NOT_HELD
    look = TOTAL if line.asks[0] == "total" else PLAIN
    return Row(key(line.asks), cells | {"ratio": _RATIO}, look, line.level)


def _lines(partition, now, before):
    lines = [key(("line", partition, line)) for line in PARTITIONS[partition]]
    return [*lines, f"merged:{partition}"] if partition in {*now.merged, *before.merged} else lines


def _merged(partition, now, before):
    if partition not in {*now.merged, *before.merged}:
        return []
    cells = {
        "name": "Các dòng ghi “gộp”, cộng lại",
        "now": now.merged.get(partition),
        "before": before.merged.get(partition),
    }
    return [Row(f"merged:{partition}", cells, level=1)]


def _notes(report):
    yield "Tuổi là tuổi tròn vào ngày quyết định. Mỗi phần II cộng lại đúng bằng tổng số ở phần I; các dòng trong phần I trùng nhau, không cộng."
    yield f"Dòng “{form2.OF_UNKNOWN}” và “{form2.UNTRAINED}” không có trong mẫu biểu, thêm để cộng đủ."
    found = report.now.organisations.no_source_at(report.position)
    if figure := found.figure:
        yield f"Tổ chức không còn quần chúng: chỉ có số chung {int(figure.value)}, nguồn {figure.source}."
    elif report.now.source_told and (said := no_source_said(found)):
        yield f"Tổ chức không còn quần chúng, cuối kỳ: {said}."
