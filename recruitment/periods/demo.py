"""The periods of the demo, of one commune: last year, which every cell has reported and the commune has closed; and the
last quarter, open, with one cell that is late, one whose report was returned, one that waits."""

from datetime import timedelta

from committees import vietnamese
from committees.models import Account, Committee

from .. import columns
from ..census.period import Period, latest
from ..models import Allowance, DemoMark, ReportPeriod
from . import deeds, sending
from .composing import Composition
from .owing import Owing

COMMUNE, DESK = "BRVT-DD-008", "huyen-dat-do"
SAID = "dựng lại"


def play_periods():
    """Write them down, once: False where anybody opened a period already, or the places are not there. Not inside a pen."""
    at = {one.code: one for one in Committee.objects.filter(code__startswith=COMMUNE)}
    desk = Account.objects.filter(username=DESK).first()
    if ReportPeriod.objects.exists() or desk is None or COMMUNE not in at:
        return False
    mark = DemoMark.objects.first()
    made_on = mark.made_on if mark else vietnamese.today()
    _closed_year(at, desk, Period(made_on.year - 1), max(made_on, vietnamese.today()))
    _open_quarter(at, desk, latest(made_on))
    return True


def _closed_year(at, desk, year, due_on):
    period = _opened(at[COMMUNE], year, due_on)
    snapshot = columns.current()
    for duty in reversed(Owing(period, snapshot.structure).reached):
        sent = _send(period, at[duty.code], desk if duty.above is None else None)
        if duty.above is not None:
            sending.accept(sent, by=desk)


def _open_quarter(at, desk, quarter):
    """The first cell says nothing and is late; of the others one is closed, one returned, one waits."""
    due_on = max(quarter.until, vietnamese.today() - timedelta(days=1))
    period = _opened(at[COMMUNE], quarter, due_on)
    _late, *others = [one for one in Owing(period, columns.current().structure).reached if one.above]
    for k, duty in enumerate(others):
        sent = _send(period, at[duty.code], None)
        if k == 0:
            sending.accept(sent, by=desk)
        elif k == 1:
            sending.give_back(sent, by=desk, reason="Số hồ sơ đang theo dõi chưa khớp danh sách của chi bộ.")
    if len(others) > 1:
        deeds.allow(
            period, at[others[1].code], by=desk, kind=Allowance.Kind.LATER, reason="Chi bộ họp lại ngày chủ nhật",
            last_day=vietnamese.today() + timedelta(days=5),
        )  # fmt: skip


def _opened(committee, span, due_on):
    words = span.words
    return deeds.open_period(
        by=None, committee=committee, name=f"Báo cáo {words}", since=span.since, until=span.until,
        due_on=due_on, reach=ReportPeriod.Reach.UNITS, document=f"Công văn ({SAID})",
    )  # fmt: skip


def _send(period, committee, by):
    snapshot = columns.current()
    owing = Owing(period, snapshot.structure)
    owing.duties  # noqa: B018 what the units have sent stands behind the report
    composed = Composition(snapshot, owing, owing.find(committee.pk), vietnamese.today())
    return sending.submit(period, committee, by=by, notes="", seen=0, prepared=composed.prepared(""))
