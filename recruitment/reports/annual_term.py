"""A report beside the term before: what the plan of several years has come to, against its predecessor at the same time
and as a whole."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from committees.vietnamese import add_months, day, months_between

from ..models import Plan
from ..quotas.forms import plans_for
from ..quotas.progress import REPORTED, Standings
from .annual_period import Period, months_before
from .annual_span import Span
from .annual_words import NOT_HELD
from .base import (
    MOST_DRAWN,
    ORDINAL,
    PERCENT,
    SIGNED,
    TOTAL,
    WHOLE,
    Chart,
    Column,
    Ref,
    Row,
    Sheet,
    difference,
    ratio,
)


@dataclass(frozen=True)
class Term:
    """The plan of several years in force on a report's day, and what stood before it. now, same: admissions by day of
    decision, from the first day of either to the same time; before: the plan it follows, None where it names none."""

    plan: Plan
    now: Span
    same: Span
    before: Plan | None
    question: object

    @cached_property
    def _whole(self):
        if self.before is None:
            return None
        snapshot, tree, last = self.now.snapshot, self.question.tree, self.before.last_day
        return Standings(snapshot, self.before, tree, last, last, None)

    def whole(self, p):
        """(what the whole term before came to at a position, whether that is a report); (None, False) where nobody knows."""
        if self._whole is None:
            return None, False
        standing = self._whole.standing(p)
        told = standing.basis == REPORTED
        return (standing.admitted, told) if told or self._kept else (None, False)

    @cached_property
    def _kept(self):
        """Whether the register reaches into the term before."""
        last = self.before.last_day
        return Span(self.now.snapshot, replace(self.question, on=last, day=last), self.before.since).known


def term_of(snapshot, question, plan):
    """The Term a question's day lies in; None where no plan of more than a year is in force. plan: the one the report is
    held against, which goes before others. No query."""
    on = question.on

    def several_years(one):
        return one.since <= on <= one.last_day and one.counts == Plan.Counts.ADMISSIONS and _long(one)

    chosen = plan
    if plan is None or not several_years(plan):
        _, chosen = plans_for(snapshot, question.code, max(question.tree_on, on), among=several_years)
    if chosen is None:
        return None
    before = snapshot.small.plans.get(chosen.previous.code) if chosen.previous_id else None
    period = Period(chosen.since, chosen.last_day)
    if before is None:
        first, then = add_months(chosen.since, -period.shift), period.ago(on)
    else:
        months = months_between(before.since, chosen.since)
        first, then = before.since, min(before.last_day, months_before(on, months))
    now = Span(snapshot, question, chosen.since)
    return Term(chosen, now, Span(snapshot, replace(question, on=then, day=then), first), before, question)


def _long(plan):
    return Period(plan.since, plan.last_day).months > 12


def term_rows(term):
    """[(key, words, value, note)] of the summary: this term, the same time of the one before, the whole of it."""
    whole, told = term.whole(term.question.position)
    name = term.before.name if term.before else ""
    same = f"{day(term.same.first)}–{day(term.same.last)}"
    rows = [
        ("term_now", f"Kết nạp từ {day(term.plan.since)}", term.now.total, term.plan.name if term.now.known else NOT_HELD),
        ("term_same", "Cùng thời điểm nhiệm kỳ trước", term.same.total, same if term.same.known else f"{same}: {NOT_HELD}"),
    ]  # fmt: skip
    note = f"{name}, theo số báo cáo" if told else name if whole is not None else f"{name}: {NOT_HELD}"
    return [*rows, ("term_whole", "Cả nhiệm kỳ trước", whole, note)] if name else rows


def terms(report):
    """The sheet of the units beside the term before."""
    term, tree = report.term, report.tree
    if term is None:
        columns = (Column("name", "Đơn vị", width=38),)
        return Sheet(
            "nhiem_ky", "So với nhiệm kỳ trước", "So với nhiệm kỳ trước", columns, [],
            empty="Không có kế hoạch nhiều năm nào đang chạy vào ngày cuối kỳ để so với nhiệm kỳ trước.",
        )  # fmt: skip
    same = "Cùng thời điểm nhiệm kỳ trước"
    columns = [
        Column("tt", "TT", ORDINAL, 5),
        Column("name", "Đơn vị", width=38),
        Column("term_now", f"Từ {day(term.plan.since)} đến {day(report.day)}", WHOLE, 14),
        Column("term_same", f"Từ {day(term.same.first)} đến {day(term.same.last)}", WHOLE, 14, same),
        Column("term_ratio", "So sánh", PERCENT, 12, same),
        Column("term_change", "Tăng, giảm", SIGNED, 11, same),
    ]
    if term.before:
        columns += [
            Column("term_whole", "Cả nhiệm kỳ", WHOLE, 12, term.before.name),
            Column("term_share", "Đã bằng", PERCENT, 12, term.before.name),
            Column("note", "Ghi chú", width=20),
        ]
    rows = [
        _unit(term, tree.code(p), p, {"tt": k, "name": tree.name(p)})
        for k, p in enumerate(report.children, 1)
    ]
    drawn = _drawn(term, rows)
    rows.append(_unit(term, ":whole", report.position, {"name": report.question.name}, TOTAL))
    notes = [
        "Theo ngày quyết định kết nạp và theo cùng một cây tổ chức; cả nhiệm kỳ trước theo cách tính của kế hoạch ấy."
    ]
    if not term.before:
        notes.append(f"{term.plan.name} không nêu kế hoạch trước: so với cùng số năm liền trước.")
    return Sheet(
        "nhiem_ky", "So với nhiệm kỳ trước", f"So với nhiệm kỳ trước: {term.plan.name}", tuple(columns), rows,
        notes=tuple(notes), wide=True, chart=drawn,
    )  # fmt: skip


def _drawn(term, rows):
    """The units beside the same time of the term before, as bars; None where nothing of it is kept."""
    if not term.same.total or not 1 < len(rows) <= MOST_DRAWN:
        return None
    title = "Kỳ này so với cùng thời điểm nhiệm kỳ trước"
    return Chart(title, "name", ("term_ratio",), tuple(row.key for row in rows), Fraction(1))


_FOLLOWS = {
    "term_ratio": ratio(Ref(column="term_now"), Ref(column="term_same")),
    "term_change": difference(Ref(column="term_now"), Ref(column="term_same")),
}
_SHARE = {"term_share": ratio(Ref(column="term_now"), Ref(column="term_whole"))}


def _unit(term, key, p, cells, look="plain"):
    cells = cells | {"term_now": term.now.at(p), "term_same": term.same.at(p)} | _FOLLOWS
    if term.before:
        whole, told = term.whole(p)
        cells |= {"term_whole": whole, "note": "theo số báo cáo" if told else ""} | _SHARE
    return Row(key, cells, look)
