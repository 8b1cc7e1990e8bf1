"""Members who came and went in a report's period and in the one before: what form 1-BTCTW asks."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from committees.vietnamese import add_months, day, number

from ..census.form1 import ADMITTED
from ..census.movements import BELOW, NOBODY, Count, Movements, rows_of

MOST_NAMED = 12


@dataclass(frozen=True)
class Days:
    """The days of a Span, as `Movements` takes them."""

    since: date
    last_day: date

    @property
    def until(self):
        return self.last_day + timedelta(days=1)

    @property
    def eve(self):
        return self.since - timedelta(days=1)

    def holds(self, row):
        return self.since <= row.since and row.until <= self.until


class Flows:
    """Of both periods, asked when the first figure is: one query."""

    def __init__(self, report):
        self.report = report

    @cached_property
    def _found(self):
        report = self.report
        snapshot, question = report.snapshot, report.question
        spans = {name: getattr(report, name) for name in ("now", "before")}
        # Openings may be brought forward from the count of a day in the year before.
        first = add_months(report.before.first, -12)
        rows = rows_of(question, snapshot, first, report.day + timedelta(days=1))
        return {
            name: Movements(snapshot, question, Days(span.first, span.last), rows)
            for name, span in spans.items()
        }

    def figure(self, which, name):
        """The number in a row of form 1-BTCTW."""
        return figure(self._found[which], self.report.position, name, getattr(self.report, which).known)

    @property
    def members(self):
        """The Count at the end: counted then, worked out, or the last one of the year before; None where nobody counted."""
        found, p = self._found["now"], self.report.position
        closing, last = found.movement(p).closing, found.period.last_day
        return (
            found.counted(p) or (closing and Count(closing, last, brought=True)) or found.last_count(p, last)
        )

    @property
    def notes(self):
        return tuple(notes(self._found["now"], self.report.position, self._found["before"]))


def figure(found, p, name, known=True):
    """The number in a row of form 1-BTCTW of a position (Movements): by what was written, else as reported; None where
    nobody said. known: whether the register has admissions of the time."""
    value = None if name == ADMITTED and not known else found.movement(p).value(name)
    if not value and found.basis(p) == NOBODY and (told := found.reported(p).get(name)):
        return int(told.value)
    return value


def notes(found, p, before):
    """What must be known of where the numbers of a position come from. before: the Movements of the period compared with."""
    opening, counted, basis = found.opening(p), found.counted(p), found.basis(p)
    if basis == NOBODY:
        told = found.reported(p).values()
        sources = "; ".join(dict.fromkeys(figure.source or "không ghi nguồn" for figure in told))
        yield f"Chưa ai ghi biến động của kỳ này{f'; dòng có số là số báo cáo: {sources}' if sources else ''}."
    elif basis == BELOW:
        yield "Các dòng tăng, giảm cộng từ đơn vị trực thuộc."
        yield from _lacking(found, p)
    yield from _over_the_edge(found, p)
    if before.basis(p) == BELOW:
        yield from (f"Cột cùng kỳ: {said}" for said in _lacking(before, p))
    yield from (f"Cột cùng kỳ: {said}" for said in _over_the_edge(before, p))
    base, spans = found.broken(p)
    if spans:
        yield f"Số đảng viên ngày {day(base.day)} chưa chuyển sang đầu kỳ được: có số ghi {_said(spans)}."
    elif opening is None:
        yield f"Chưa có số đảng viên ngày {day(found.period.eve)}, nên chưa tính được cuối kỳ."
    elif opening.brought:
        yield f"Số đầu kỳ: số đảng viên ngày {day(opening.day)} cộng biến động ghi từ đó."
    closing = found.movement(p).closing
    if counted and closing is not None and closing != counted.members:
        yield (
            f"Cộng ra {number(closing)}, khác số đảng viên ngày {day(counted.day)} là {number(counted.members)}:"
            " xem lại trước khi gửi."
        )


def _lacking(found, p):
    """Which units below a sum lacks, or lacks a part of."""
    units, silent, partly = found.tree.children(p), found.silent(p), found.lacking(p)
    if silent:
        yield f"{number(len(silent))}/{number(len(units))} đơn vị chưa báo: {_names(found, silent)}; chưa tính số cuối kỳ."
    if partly:
        yield f"{number(len(partly))}/{number(len(units))} đơn vị báo chưa đủ: {_names(found, partly)}; chưa tính số cuối kỳ."


def _over_the_edge(found, p):
    if spans := found.cut(p):
        yield f"Có số ghi {_said(spans)}, không nằm gọn trong kỳ nên không tính vào đây; chưa tính số cuối kỳ."


def _names(found, positions):
    return _several([found.tree.name(p) for p in positions])


def _said(spans):
    return _several([f"từ {day(first)} đến {day(last)}" for first, last in spans])


def _several(words):
    more = len(words) - MOST_NAMED
    return ", ".join(words[:MOST_NAMED]) + (f" và {number(more)} nữa" if more > 0 else "")
