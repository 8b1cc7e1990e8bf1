"""Where the running plan will end: the sentence, its picture, the dossiers that can still count, and how it is worked
out. A cell has its dossiers instead of a number."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from committees import vietnamese
from committees.models import Kind

from .. import charts
from ..charts.outlook import place
from ..models import Stage
from ..pipeline.forecast import Forecast, forecast
from ..pipeline.latest import STEPS
from ..pipeline.outcome import ANSWERS, THROWS
from ..pipeline.season import Season, season
from ..pipeline.still import IN_TIME, LAPSING
from ..pipeline.waits import YEARS
from ..quotas import veil
from . import drawing
from .pace import Pace, month_of, months_of

NBSP = vietnamese.NBSP


@dataclass(frozen=True)
class Line:
    """The dossiers at one stage: `open` of them, of which `in_time`, and `lapsing` lose their certificate first."""

    stage: str
    label: str
    open: int
    in_time: int
    lapsing: int

    @property
    def late(self):
        return self.open - self.in_time - self.lapsing


@dataclass(frozen=True)
class Month:
    """One line of the table under the chart: what was reached by its end (None: it is not over), and the paces."""

    label: str
    reached: int | None
    steady: str
    season: str


@dataclass(frozen=True)
class Outlook:
    """What is said and drawn is worked out when the page asks. people: whether who asks may see persons."""

    told: Forecast
    season: Season | None
    pace: Pace | None
    people: bool

    @property
    def plan(self):
        return self.told.found.plan

    @property
    def is_cell(self):
        found = self.told.found
        return found.tree.kind(found.node.position) in Kind.cells()

    @property
    def last_day(self):
        return vietnamese.day(self.plan.last_day)

    @property
    def heading(self):
        if self.is_cell:
            return f"Hồ sơ của chi bộ còn kịp đến {self.last_day}"
        if self.told.expected is None:
            return "Chưa dự báo được kết quả cuối kỳ"
        return f"Dự kiến đến {self.last_day} {self.end}{self._chance}"

    @property
    def end(self):
        """ "đạt 187 (khoảng 176–199)" """
        low, high = self.told.interval
        verb = "đạt" if self.told.target else "có"
        around = "" if low == high else f" (khoảng {vietnamese.number(low)}–{vietnamese.number(high)})"
        return f"{verb} {vietnamese.number(self.told.expected)}{around}"

    @property
    def _chance(self):
        chance, target = self.told.chance, self.told.target
        if not target or chance is None:
            return ""
        if self.told.admitted >= target:
            return ", đã đạt chỉ tiêu"
        return f", khả năng đạt chỉ tiêu {share(chance)}"

    @property
    def why_not(self):
        return "" if self.is_cell else self.told.why_not

    def _count(self, which):
        latest = self.told.latest
        return 0 if latest is None else int(np.count_nonzero(getattr(latest, which)))

    @property
    def in_time(self):
        return self._shown(self._count("in_time"))

    @property
    def lapsing(self):
        return self._shown(self._count("lapsing"))

    def _shown(self, count):
        """A count as its reader may know it: who sees figures only is told of none from one to four."""
        return f"dưới {veil.FEWEST}" if not self.people and 0 < count < veil.FEWEST else count

    @cached_property
    def lines(self):
        """[Line] of the stages where somebody stands; none for who sees figures only, to whom a stage's count would tell
        of few."""
        latest = self.told.latest
        if latest is None or not self.people:
            return []
        parts = [
            np.bincount(latest.stages[mask], minlength=latest.goal).tolist()
            for mask in (np.ones(len(latest.stages), bool), latest.in_time, latest.lapsing)
        ]
        found = [
            Line(stage.value, str(stage.label), *counts)
            for stage, counts in zip(Stage, zip(*parts, strict=True), strict=False)
        ]
        return [line for line in reversed(found) if line.open]

    @property
    def opens(self):
        """What the numbers open: (in time, lapsing)."""
        return IN_TIME, LAPSING

    # The picture ---------------------------------------------------------------------------------------

    @cached_property
    def _months(self):
        return months_of(self.plan.since, self.plan.last_day)

    @cached_property
    def _season(self):
        target = self.told.target
        return self.season.pace(self.plan, target) if self.season and target else []

    @cached_property
    def _over(self):
        """People at the end of each month that is over."""
        if self.pace is None:
            return []
        whole = int(place(self.plan.since, self.told.found.on))
        return list(self.pace.cumulative[:whole])

    @cached_property
    def chart(self):
        """None where nothing is expected, or for more months than a chart shows."""
        told, first = self.told, self.plan.since
        if told.expected is None or self._months > charts.MOST_MONTHS or told.found.on < first:
            return None
        now = place(first, told.found.on)
        return drawing.outlook(
            tuple(self._over), (now, told.admitted), self._months, first, ahead=tuple(self._ahead(now)),
            target=told.target, season=tuple(self._season),
        )  # fmt: skip

    def _ahead(self, now):
        """Month by month from the day on: as the season goes, where it is known, else evenly."""
        told, last = self.told, self._months
        low, high = told.interval
        share = self.season.pace(self.plan, 1) if self.season else []
        share = [Fraction(0), *(share or [Fraction(k, last) for k in range(1, last + 1)])]
        begun = int(now)
        here = share[begun] + (share[min(begun + 1, last)] - share[begun]) * (now - begun)
        for k in range(begun + 1, last + 1):
            part = (share[k] - here) / (1 - here) if here < 1 else Fraction(1)
            yield k, *(told.admitted + (end - told.admitted) * part for end in (low, told.expected, high))

    @property
    def labels(self):
        told, number = self.told, vietnamese.number
        low, high = told.interval
        around = "" if low == high else f" ({number(low)}–{number(high)})"
        return {
            "finding": self.heading,
            "reached": number(told.admitted),
            "expected": f"dự kiến {number(told.expected)}{around}",
            "season": f"nhịp các năm {self._season_years}" if self._season else "",
            "planned": f"nhịp chia đều đến {number(told.target)}" if told.target else "",
        }

    @property
    def _season_years(self):
        first, last = self.season.first, self.season.last
        return f"{first}–{last % 100:02}" if first != last else str(first)

    @cached_property
    def months(self):
        """[Month] of the plan: what the chart shows."""
        target = self.told.target
        if self.chart is None:
            return []
        return [
            Month(
                month_of(self.plan.since, k),
                self._over[k - 1] if k <= len(self._over) else None,
                _people(Fraction(target * k, self._months)) if target else "",
                _people(self._season[k - 1]) if self._season else "",
            )
            for k in range(1, self._months + 1)
        ]

    # The method ----------------------------------------------------------------------------------------

    @cached_property
    def method(self):
        """[(what, how)] in plain words, with the counts it rests on."""
        told, number = self.told, vietnamese.number
        rows = []
        if told.come is not None:
            tries = number(ANSWERS * THROWS)
            rows += [
                ("Cách tính", f"Mỗi hồ sơ đang mở được thử đi tiếp {tries} lần từ bước đang đứng, theo thời gian và tỷ lệ "
                 f"chuyển bước của {YEARS} năm qua, có xét tháng trong năm; cộng với người mới vào nguồn từ nay đến cuối kỳ. "
                 "Cùng số liệu thì cùng kết quả."),
                ("Đọc thế nào", "Số dự kiến là trung bình các lần thử. Khoảng là nơi 8 trong 10 lần thử rơi vào. Khả năng là "
                 "tỷ lệ số lần thử đạt chỉ tiêu."),
                ("Dựa trên", self._rests_on),
            ]  # fmt: skip
            moved, expected = told.rates.shown
            rows.append(
                ("Năm nay", f"{number(round(moved))} lượt chuyển bước từ đầu năm; theo nhịp các năm là {number(round(expected))}."
                 " Phần còn lại của năm nghiêng theo đó một phần."),
            )  # fmt: skip
        if told.usual:
            usual = "; ".join(
                f"{_lower(STEPS[step])} {number(one.days)} ngày"
                for step, one in zip(list(Stage)[1:], told.usual, strict=False)
            )
            rows.append(("Thường mất", f"{usual} (một nửa số hồ sơ nhanh hơn)."))
            rows.append(
                ("Ngày muộn nhất", f"Đếm lùi từ {self.last_day} theo thời gian thường mất của các bước sau."
                 f" Chi bộ phải biểu quyết khi chứng nhận còn giá trị: {self._certificate}."),
            )  # fmt: skip
        return rows

    @property
    def _rests_on(self):
        basis, number = self.told.basis, vietnamese.number
        own = f"{number(basis.own)} hồ sơ của đơn vị, {number(basis.own_done)} đã đi hết chặng"
        if not basis.above:
            return f"{own}."
        return (
            f"{own}; gộp với {number(basis.all)} hồ sơ của {basis.above}, {number(basis.all_done)} đã đi hết chặng: "
            "bước nào đơn vị có ít hồ sơ thì theo nhịp chung nhiều hơn."
        )

    @property
    def _certificate(self):
        rule = self.told.latest.rules["certificate"]
        sure = "" if rule.confirmed else ", cần xác nhận"
        return f"{rule.value} tháng ({rule.citation}{sure})"


def _people(value):
    """A pace as people, half-up."""
    return vietnamese.decimal(value, 0)


def _lower(words):
    words = str(words)
    return words[:1].lower() + words[1:]


def share(chance):
    """A chance as it may be said: never surer than it is."""
    if 0 < chance < 0.01:
        return f"dưới 1{NBSP}%"
    if 0.99 < chance < 1:
        return f"trên 99{NBSP}%"
    return vietnamese.percent_text(vietnamese.percent(round(chance * 1000), 1000, 0), 0)


def outlook(selection, found, pace, *, people, today):
    """The Outlook of a Progress and its Pace: for a plan that runs on, whole, by the tree of its own day; else None."""
    plan, question = found.plan, selection.question
    if question.group is not None or found.tree_on != found.on:
        return None
    if found.on >= plan.last_day or plan.last_day < today or found.on > today:
        return None
    told = forecast(selection.snapshot, found)
    if told.latest is None and told.why_not is None:
        return None
    return Outlook(told, season(selection.snapshot, found), pace, people)
