"""The demo's hamlets: those of one district of Bà Rịa – Vũng Tàu after the names of their cells, two of them without one,
and the four of Ninh Bình that its article counts and does not name. All of it is reconstructed, and says so.
"""

import re
from datetime import date

from committees.models import Committee, Coverage, Placement, Settlement

from ..census import settling
from ..quotas.deeds import Refused

DISTRICT, FOUR = "BRVT-DD", "NB"
SAID = "dựng lại"
FIRST, CHANGED = date(2005, 1, 1), date(2014, 7, 1)
_NAME = re.compile(r"Chi bộ ((ấp|thôn|khu phố) [^,]+)(?:,.*)?")
_KINDS = {"ấp": Settlement.Kind.AP, "thôn": Settlement.Kind.THON, "khu phố": Settlement.Kind.KHU_PHO}
OWN, SHARED, NONE = Coverage.State
# Hamlets without a cell of their own: commune, name, the cell where they meet, and whether only since CHANGED.
LACKING = (
    ("BRVT-DD-008", "Ấp 4", "BRVT-DD-008-03", False),
    ("BRVT-DD-003", "Ấp 5", "BRVT-DD-003-04", True),
)


def play_settlements():
    """Write them down, once: False where anybody wrote a settlement already. What stands otherwise by now is left out.
    Not inside a pen: each deed takes its own."""
    if Settlement.objects.exists():
        return False
    cells = Placement.objects.filter(committee__code__startswith=f"{DISTRICT}-", kind="cell", until=None)
    made, numbers = 0, {}
    for cell in cells.select_related("committee", "parent").order_by("committee__code"):
        if (found := _NAME.fullmatch(cell.name)) and cell.parent is not None:
            n = numbers[cell.parent.code] = numbers.get(cell.parent.code, 0) + 1
            made += _write_down(
                f"{cell.parent.code}-T{n:02d}", found[1], _KINDS[found[2]], cell.parent, OWN, cell.committee
            )
    at = {
        one.code: one
        for one in Committee.objects.filter(code__in=[FOUR, *sum((row[::2] for row in LACKING), ())])
    }
    for home, name, cell, later in LACKING:
        if {home, cell} <= at.keys():
            n = numbers.get(home, 0) + 1
            code, state = f"{home}-T{n:02d}", NONE if later else SHARED
            made += _write_down(code, name, Settlement.Kind.AP, at[home], state, None if later else at[cell])
            if later and (row := Coverage.objects.filter(settlement__code=code).first()):
                _do(settling.cover, row, since=CHANGED, committee=at[home], state=SHARED, cell=at[cell])
    if FOUR in at:
        for n in range(1, 5):
            name = f"Thôn thứ {n} trong 4 thôn chưa có chi bộ (bài báo không nêu tên)"
            made += _write_down(f"{FOUR}-T{n:02d}", name, Settlement.Kind.THON, at[FOUR], SHARED, None)
    return made > 0


def _write_down(code, name, kind, home, state, cell):
    return _do(
        settling.write_down, code=code, name=name[:1].upper() + name[1:], kind=kind, committee=home, state=state,
        cell=cell, since=FIRST,
    )  # fmt: skip


def _do(deed, *row, **said):
    """Whether it could be done: a committee may have moved or ended since the demo was made."""
    try:
        deed(*row, by=None, note=SAID, **said)
    except Refused:
        return False
    return True
