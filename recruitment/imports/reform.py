"""The demo's reform of 01/07/2025: the acts of four packages, written in fixtures/reform, carried out as any others are.

Each is a Reorganisation of its own province, with its page, and can be undone while nothing was built on it. The
neighbours that join (Nam Định, Bắc Giang) are small and reconstructed throughout; they come with the reform only.
"""

from typing import NamedTuple

from committees import reorganise, vietnamese
from committees.models import Committee, Reorganisation

from ..models import Batch
from .load import load
from .organisations import read
from .standing import standing
from .world import WHAT, Step, steps

NEIGHBOURS = ("committees", "headcounts", "admissions")
ENDS = ("Giải thể", "Sáp nhập")


class Packet(NamedTuple):
    """One package: its name, the code of the committee to whose reach it belongs, of one whose end tells that it was
    played, its rows of `reorganisations`."""

    name: str
    code: str
    ends: str
    rows: list


def play_reform():
    """Play every package that was not played, once: bring the neighbours, carry out the acts, by which the accounts of the
    provinces go on in the new ones, and give the district's clerk a place in her commune.

    Returns whether anything was played now. Raises reorganise.Refused, or ValueError as `world.load_world`.
    """
    waiting = [one for one in packets() if not _played(one)]
    if not waiting:
        return False
    for kind in NEIGHBOURS:
        _once(
            Step(kind, f"Bản trình diễn: Nam Định, Bắc Giang, {WHAT[kind]}", list(read(f"reform/{kind}.csv")))
        )
    for one in waiting:
        record = Reorganisation(name=one.name, committee=Committee.objects.get(code=one.code))
        reorganise.apply(one.rows, by=None, record=record)
    _once(Step("mandates", "Bản trình diễn: phân quyền từ 01/07/2025", list(read("reform/mandates.csv"))))
    return True


def _played(packet):
    """Whether what it ends has ended, by it or by any other act."""
    return not standing([packet.ends], vietnamese.parse_day(packet.rows[0]["Ngày"]))


def _once(step):
    """Load a step of the reform unless it is there. Raises ValueError with the first faults."""
    if Batch.objects.filter(name=step.name, undone=False).exists():
        return
    report = load(step.kind, step.rows, name=step.name, actor=None)
    if report.faults:
        raise ValueError("; ".join(map(str, report.faults[:5])))


def packets():
    """The Packets in the order to play."""
    structure = [row for step in steps() if step.kind == "committees" for row in step.rows]
    structure += read("reform/committees.csv")
    return [
        Packet(
            about["Tên"],
            about["Mã tổ chức"],
            about["Kết thúc"],
            _with_moves(read(f"reform/{about['Tệp']}.csv"), structure),
        )
        for about in read("reform/packages.csv")
    ]


def _with_moves(written, structure):
    """The acts as written, and where a district's other organisations go: in turn to the new communes of that district,
    before the district ends."""
    ending = {row["Mã tổ chức"] for row in written if row["Việc"] in ENDS}
    raised = [row["Mã tổ chức"] for row in written if row["Việc"] == "Đổi loại"]
    communes, below = {}, {}
    for row in structure:
        below.setdefault(row["Mã cấp trên"], []).append(row["Mã tổ chức"])
    above = {code: parent for parent, codes in below.items() for code in codes}
    for code in raised:
        communes.setdefault(above[code], []).append(code)
    moves = []
    for district, heirs in communes.items():
        staying = [code for code in below[district] if code not in ending and code not in raised]
        for i, code in enumerate(staying):
            moves.append(
                {
                    "Ngày": written[0]["Ngày"],
                    "Việc": "Chuyển",
                    "Mã tổ chức": code,
                    "Mã cấp trên mới": heirs[i % len(heirs)],
                    "Số quyết định": "quyết định dựng lại",
                }
            )
    first_end = next(i for i, row in enumerate(written) if row["Việc"] == "Giải thể")
    return [*written[:first_end], *moves, *written[first_end:]]
