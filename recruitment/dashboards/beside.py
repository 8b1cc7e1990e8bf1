"""The pipeline beside the target, and the organisations behind it: what may still come, and where nothing can."""

from dataclasses import dataclass, field

import numpy as np

from committees import vietnamese
from committees.models import Kind

from ..models import Plan, Stage
from ..pipeline.stages import HELD, UNDATED, UNDECIDED, WAITING, Road, ceremonies
from ..quotas.organisations import Organisations
from ..quotas.progress import REPORTED
from . import drawing
from .units import short_name, word_for


@dataclass(frozen=True)
class Line:
    """One row of the pipeline, drawn on the scale 0 to `scale` people. `opens`: (list, filter value) of the list
    behind it, None for what is no list."""

    label: str
    count: int
    scale: int
    opens: tuple | None
    kind: str = "met"

    @property
    def chart(self):
        return drawing.share(self.count, self.scale, kind=self.kind, band=False)


@dataclass(frozen=True)
class Pipeline:
    """What leads towards the target, what is left of it (None without a target), and the source behind both."""

    toward: list
    rest: Line | None
    source: list

    @property
    def heading(self):
        return _heading(self.toward, self.rest)

    @property
    def source_total(self):
        return sum(line.count for line in self.source)


def pipeline(selection, standing):
    """The Pipeline on the day asked; None for a plan that counts no admissions."""
    question = selection.question
    if question.plan.counts != Plan.Counts.ADMISSIONS:
        return None
    road = Road(selection.snapshot, question).counts()
    done = {name: int(np.count_nonzero(mask)) for name, mask in ceremonies(selection).items()}
    parts = [
        ("Đã tổ chức lễ kết nạp", done[HELD], ("admissions", HELD)),
        ("Đã có quyết định, chờ lễ", done[WAITING], ("admissions", WAITING)),
        ("Đã có quyết định, chưa ghi ngày lễ", done[UNDATED], ("admissions", UNDATED)),
        ("Hồ sơ ghi chờ lễ, chưa có quyết định trong sổ", road[UNDECIDED], ("candidacies", UNDECIDED)),
        ("Đã trình, chờ quyết định", road[Stage.SUBMITTED], ("candidacies", Stage.SUBMITTED.value)),
        ("Chi bộ đã biểu quyết", road[Stage.CELL], ("candidacies", Stage.CELL.value)),
        ("Đang lập, thẩm tra hồ sơ", road[Stage.DOSSIER], ("candidacies", Stage.DOSSIER.value)),
    ]
    optional, goal = {UNDATED, UNDECIDED}, standing.goal
    if standing.basis == REPORTED:
        parts = [part for part in parts if part[2][0] == "candidacies"]
    reached = sum(n for _, n, _ in parts) + (standing.admitted if standing.basis == REPORTED else 0)
    missing = max(goal - reached, 0) if goal is not None else None
    sources = [
        ("Đã học lớp nhận thức", road[Stage.CLASS], ("candidacies", Stage.CLASS.value)),
        ("Trong danh sách nguồn", road[Stage.SOURCE], ("candidacies", Stage.SOURCE.value)),
    ]
    if goal is None and not any(n for _, n, _ in [*parts, *sources]):
        return None
    scale = max([goal or 0, reached] + [n for _, n, _ in sources])

    def line(label, n, opens, kind="met"):
        return Line(label, n, scale, opens, kind)

    return Pipeline(
        toward=[line(*part) for part in parts if part[1] or part[2][1] not in optional],
        rest=None
        if missing is None
        else line("Phần còn lại, chưa thuộc bước nào ở trên", missing, None, "quiet"),
        source=[line(*part, "quiet") for part in sources],
    )


def _heading(toward, rest):
    preparing = sum(line.count for line in toward if line.opens[0] == "candidacies")
    said = f"{vietnamese.number(preparing)} hồ sơ đang lập hoặc chờ quyết định"
    if rest is None:
        return said
    if rest.count:
        return f"{said}; còn {vietnamese.number(rest.count)} chỉ tiêu chưa có hồ sơ nào"
    return f"{said}; chỉ tiêu đã đủ người"


@dataclass(frozen=True)
class Closed:
    """No-source organisations under one child, drawn beside the most of any; `source` where only the child's own
    report says so."""

    code: str
    name: str
    count: int
    whole: int
    most: int
    source: str = ""

    @property
    def chart(self):
        return drawing.share(self.count, self.most, kind="quiet", band=False)


@dataclass(frozen=True)
class Ground:
    """Grassroots organisations below the committee: how many admitted anyone, which cannot (`marked` of them by a mark,
    `told` by their own report), which might but do not."""

    whole: int
    admitted: int | None
    no_source: int
    marked: int
    told: int
    source: str
    idle: int | None
    rows: list = field(default_factory=list)
    others: tuple = ()

    @property
    def none(self):
        """How many admitted nobody in the period; None where only reports speak."""
        return None if self.admitted is None else self.whole - self.admitted


def ground(found, selection):
    """The Ground of a Progress; None at and below grassroots organisations, or where none stands below."""
    tree, p = found.tree, found.node.position
    if tree.kind(p) not in {Kind.PROVINCE, Kind.UPPER}:
        return None
    organisations = Organisations(selection.snapshot, selection.question, found)
    node = organisations.no_source_at(p)
    if not len(organisations) and node.figure is None:
        return None
    word = word_for({tree.kind(child.position) for child in found.children} or {Kind.UPPER})
    rows = []
    below = organisations.no_sources([child.position for child in found.children])
    for child, said in zip(found.children, below, strict=True):
        if said.count:
            source = said.figure.source if said.figure else ""
            rows.append((said.count, said.whole, child.code, short_name(child.name, word), source))
    rows.sort(key=lambda row: (-row[0], row[2]))
    most = max((row[0] for row in rows), default=0)
    others = len(found.children) - len(rows)
    rest = node.whole - sum(row[1] for row in rows)
    admitted, idle = (organisations.admitted, organisations.idle) if len(organisations) else (None, None)
    return Ground(
        whole=len(organisations),
        admitted=None if admitted is None else int(np.count_nonzero(admitted)),
        no_source=node.count,
        marked=node.marked,
        told=node.told,
        source=node.figure.source if node.figure else "",
        idle=None if idle is None else int(np.count_nonzero(idle)),
        rows=[Closed(code, name, count, whole, most, source) for count, whole, code, name, source in rows],
        others=(others, rest, word) if others and not node.figure else (),
    )
