"""Who the new members are, in the rows of form 2-BTCTW, as bars on one scale, for those who may see so much."""

from dataclasses import dataclass, field
from functools import lru_cache

from committees import vietnamese

from .. import charts
from ..quotas.breakdown import PARTITIONS, group_counts, mean_age, partition_counts
from ..rules import form2
from . import veil

HEADINGS = {
    "age": ("Tuổi khi kết nạp", "Mỗi người một dòng, tròn tuổi vào ngày quyết định."),
    "education": ("Học vấn", "Mỗi người một dòng."),
    "qualification": ("Trình độ chuyên môn", "Mỗi người một dòng, theo trình độ cao nhất."),
    "occupation": ("Nghề nghiệp", "Mỗi người một dòng."),
}
_AGE_LABELS = {"60+": "Trên 60 tuổi", form2.UNKNOWN: "Chưa rõ"}


@dataclass(frozen=True)
class Bar:
    """One line: `count` None where `said` stands instead of the number ("dưới 5"); `line` names it in addresses."""

    label: str
    line: str
    count: int | None
    share: str
    chart: charts.Share | None
    said: str = ""


@dataclass(frozen=True)
class Figure:
    """One partition (it ends with its total) or the overlapping groups (they never do)."""

    name: str
    heading: str
    remark: str
    bars: list
    total: int | None


@dataclass(frozen=True)
class Makeup:
    heading: str
    said: str
    figures: list = field(default_factory=list)

    @property
    def blocks(self):
        """The figures as they stand beside one another: two short ones share the place beside a long one."""
        by_name = {figure.name: figure for figure in self.figures}
        order = [["group"], ["age"], ["occupation"], ["education", "qualification"]]
        found = [[by_name[name] for name in names if name in by_name] for names in order]
        return [block for block in found if block]


def _label(partition, line):
    if partition == "age":
        return _AGE_LABELS.get(line, f"{line.replace('-', '–')} tuổi")
    return "Chưa rõ" if line == form2.UNKNOWN else line


@lru_cache(maxsize=4096)
def _bar(label, line, n, total):
    return Bar(
        label, line, n, vietnamese.percent_text(vietnamese.percent(n, total, 1), 1), charts.share(n, total)
    )


def makeup(selection, *, people):
    """The Makeup of the selected admissions; None when there are none, or too few of them for who sees figures only.

    people: whether who asks may see persons; otherwise counts of 1–4 are merged, with what would tell of them."""
    chosen, rows = selection.chosen, selection.rows
    total = len(chosen)
    if not total or (not people and (total < veil.FEWEST or selection.question.group is not None)):
        return None
    figures, merged_partitions = [], set()
    for name in PARTITIONS if "education" in rows else ():
        counts = partition_counts(rows, chosen, name)
        shown, away = (counts, []) if people else veil.merged(counts)
        if away:
            merged_partitions.add(name)
        bars = [
            _bar(_label(name, line), line, n, total)
            for line, n in shown.items()
            if n or line != form2.UNKNOWN
        ]
        if away:
            bars.append(_bar("Các dòng nhỏ gộp lại", "", sum(counts[line] for line in away), total))
        figures.append(Figure(name, *HEADINGS[name], bars, total))
    counts = group_counts(selection.snapshot, rows, chosen)
    groups = [
        _group(group, counts[group.code], total, people, merged_partitions)
        for group in selection.snapshot.groups
    ]
    groups.sort(key=lambda bar: -(bar.count or 0))
    remark = "Một người có thể thuộc nhiều nhóm: không cộng các dòng này."
    figures.insert(0, Figure("group", "Nhóm được quan tâm", remark, groups, None))
    said = f"Các biểu đồ cùng một thước: hết chiều ngang là 100 %, tức {vietnamese.number(total)} người."
    age = mean_age(rows, chosen) if "age" in rows and people else None
    if age is not None:
        said += f" Tuổi bình quân {vietnamese.decimal(age, 1)}."
    return Makeup(_heading(total, counts, groups), said, figures)


def _group(group, n, total, people, merged_partitions):
    if not people:
        if 0 < n < veil.FEWEST:
            return Bar(group.name, group.code, None, "", None, f"dưới {veil.FEWEST}")
        if 0 < total - n < veil.FEWEST:
            return Bar(
                group.name, group.code, None, "", None, f"trên {vietnamese.number(total - veil.FEWEST)}"
            )
        if veil.group_is_told(group, merged_partitions):
            return Bar(group.name, group.code, None, "", None, "không hiện")
    return _bar(group.name, group.code, n, total)


def _heading(total, counts, groups):
    shown = {bar.line: bar.count for bar in groups if bar.count is not None}
    parts = [
        f"{word} {vietnamese.percent_text(vietnamese.percent(shown[code], total, 1), 1)}"
        for code, word in (("women", "nữ"), ("youth_union", "đoàn viên"))
        if code in shown
    ]
    beginning = f"Cơ cấu {vietnamese.number(total)} người"
    return f"{beginning}: {', '.join(parts)}" if parts else beginning
