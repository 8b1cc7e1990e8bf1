"""Who the new members are, in the rows of form 2-BTCTW, as bars on one scale, for those who may see so much."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from committees import vietnamese

from ..quotas import veil
from ..quotas.breakdown import PARTITIONS, group_counts, mean_age, partition_counts
from ..quotas.groups import concerning, label
from ..rules import form2
from . import drawing

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
    total: int
    said: str = ""

    @property
    def share(self):
        return "" if self.count is None else _share(self.count, self.total)

    @property
    def chart(self):
        return None if self.count is None else drawing.share(self.count, self.total)


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
    total: int
    mean_age: Decimal | None
    figures: list

    @property
    def heading(self):
        return _heading(self.total, self.figures[0].bars)

    @property
    def said(self):
        said = f"Các biểu đồ cùng một thước: hết chiều ngang là 100 %, tức {vietnamese.number(self.total)} người."
        return (
            said
            if self.mean_age is None
            else f"{said} Tuổi bình quân {vietnamese.decimal(self.mean_age, 1)}."
        )

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
def _share(n, total):
    return vietnamese.percent_text(vietnamese.percent(n, total, 1), 1)


def makeup(selection, *, people):
    """The Makeup of the selected admissions; None when there are none, or too few of them for who sees figures only.

    people: whether who asks may see persons; otherwise counts of 1–4 are merged, with what would tell of them."""
    chosen, rows = selection.chosen, selection.rows
    total = len(chosen)
    if not total or (not people and (total < veil.FEWEST or selection.question.group is not None)):
        return None
    figures = []
    for name in PARTITIONS if "education" in rows else ():
        counts = partition_counts(rows, chosen, name)
        shown, away = (counts, []) if people else veil.merged(counts)
        bars = [
            Bar(_label(name, line), line, n, total) for line, n in shown.items() if n or line != form2.UNKNOWN
        ]
        if away:
            bars.append(Bar("Các dòng nhỏ gộp lại", "", sum(counts[line] for line in away), total))
        figures.append(Figure(name, *HEADINGS[name], bars, total))
    groups = sorted(_groups(selection, people), key=lambda bar: -(bar.count or 0))
    remark = "Một người có thể thuộc nhiều nhóm: không cộng các dòng này."
    figures.insert(0, Figure("group", "Nhóm được quan tâm", remark, groups, None))
    return Makeup(total, mean_age(rows, chosen) if "age" in rows and people else None, figures)


def _groups(selection, people):
    """Bars of the groups that concern the committee and were in use on the day asked."""
    snapshot, rows, chosen, question = (
        selection.snapshot,
        selection.rows,
        selection.chosen,
        selection.question,
    )
    shown = [group for group in concerning(snapshot, question.code) if group.offered_on(question.on)]
    counts, total = group_counts(snapshot, rows, chosen, shown), len(chosen)
    veiled = None if people else veil.of(selection)
    for group in shown:
        n = counts[group.code]
        said = veiled.instead(group, n) if veiled else ""
        name = label(snapshot, group, question.code, question.tree_on)
        yield Bar(name, group.code, None if said else n, total, said)


def _heading(total, groups):
    shown = {bar.line: bar.count for bar in groups if bar.count is not None}
    parts = [
        f"{word} {vietnamese.percent_text(vietnamese.percent(shown[code], total, 1), 1)}"
        for code, word in (("women", "nữ"), ("youth_union", "đoàn viên"))
        if code in shown
    ]
    beginning = f"Cơ cấu {vietnamese.number(total)} người"
    return f"{beginning}: {', '.join(parts)}" if parts else beginning
