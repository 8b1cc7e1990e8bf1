"""The quarters of the demo's year in one district of Bà Rịa – Vũng Tàu: what its communes and itself say of members who came
and went, and the members of a few cells. All of it is reconstructed, and says so.
"""

from datetime import date

from committees import journal, vietnamese
from committees.models import Committee, Flow, Headcount

from ..census import flowing
from ..census.period import Period, latest
from ..models import DemoMark
from ..quotas.deeds import Refused
from .people import dice
from .world import SEED

DISTRICT = "BRVT-DD"
COMMUNES = tuple(f"{DISTRICT}-{n:03d}" for n in range(1, 9))
SAID = "dựng lại"
# What a commune's quarter usually brings: mostly nothing, now and then one or two.
WRITTEN, USUAL = ("from_same_province", "died", "moved_out", "asked_out"), (0, 0, 0, 1, 0, 2)
# Members and those in probation at the end of the year before; the last cell is too small to stand alone.
MEMBERS = {
    "BRVT-DD-008": (52, 3), "BRVT-DD-008-01": (31, 1), "BRVT-DD-008-02": (17, 0), "BRVT-DD-008-03": (4, 2),
}  # fmt: skip


def play_flows():
    """Write them down, once: False where anybody wrote a flow already, or the places are not there. One commune says nothing
    of the last quarter, and the district counts one more gone than its communes do. Not inside a pen."""
    mark = DemoMark.objects.first()
    made_on = mark.made_on if mark else vietnamese.today()
    at = {one.code: one for one in Committee.objects.filter(code__in=[DISTRICT, *COMMUNES, *MEMBERS])}
    if Flow.objects.exists() or len(at) < len({DISTRICT, *COMMUNES, *MEMBERS}):
        return False
    last = latest(made_on)
    _count(at, date(last.year - 1, 12, 31))
    for period in (Period(last.year, part) for part in range(1, last.part + 1)):
        whole = dict.fromkeys(WRITTEN, 0)
        for code in COMMUNES:
            rng = dice(SEED, code, period.year, period.part, "flows")
            counts = {name: rng.choice(USUAL) for name in WRITTEN}
            whole = {name: whole[name] + number for name, number in counts.items()}
            if (code, period) != (COMMUNES[-2], last):
                _enter(at[code], period, counts)
        if period == last:
            whole["moved_out"] += 1
        _enter(at[DISTRICT], period, whole)
    return True


def _count(at, day):
    with journal.pen(None, "demo", note=f"Số đảng viên của một xã và các chi bộ của xã ({SAID})"):
        there = set(Headcount.objects.filter(day=day).values_list("committee_id", flat=True))
        Headcount.objects.bulk_create([
            Headcount(committee=at[code], day=day, members=members, probationary=new)
            for code, (members, new) in MEMBERS.items()
            if at[code].pk not in there
        ])  # fmt: skip


def _enter(committee, period, counts):
    """A committee that no longer stood then says nothing."""
    try:
        flowing.enter(
            by=None, committee=committee, since=period.since, until=period.until, document=f"Biểu 1-BTCTW ({SAID})",
            **counts,
        )  # fmt: skip
    except Refused:
        return
