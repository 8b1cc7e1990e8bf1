"""The demo world: five provinces of published figures, from the files in fixtures/ and the generators beside this.

`steps()` is pure and gives the same rows on every machine and day; `load_world` puts them through the same
`load` as any workbook, so a second run finds everything the same and writes nothing.
"""

from functools import cache
from typing import NamedTuple

from committees import journal, vietnamese

from ..figures.published import load_published
from ..models import Batch, Claim
from . import organisations, recruits
from .load import load
from .organisations import BRVT, read
from .people import NORTH, SOUTH, Population, dice

SEED = 2015
PROVINCES = {
    BRVT: "Bà Rịa – Vũng Tàu",
    "cao-bang": "Cao Bằng",
    "ha-nam": "Hà Nam",
    "bac-ninh": "Bắc Ninh",
    "ninh-binh": "Ninh Bình",
}
# A kind may speak of what the kinds before it brought.
KINDS = ("committees", "headcounts", "plans", "quotas", "mandates", "reported", "admissions", "candidates")
WHAT = {
    "committees": "tổ chức đảng",
    "headcounts": "số đảng viên",
    "plans": "kế hoạch",
    "quotas": "chỉ tiêu",
    "mandates": "phân quyền",
    "reported": "số liệu báo cáo",
    "admissions": "kết nạp (họ tên giả)",
    "candidates": "quần chúng (họ tên giả)",
}
NO_SOURCE = "Tổ chức đảng không còn nguồn"
# The article's own cause for nearly all; the unit for which it stands is reconstructed.
CAUSES = ("Biên chế ổn định, cán bộ đều là đảng viên",) * 5 + ("Đơn vị ít người, nhiều năm không tuyển mới",)
SHARE_PRINTED = "dựng lại theo đơn vị; bài báo chỉ in 30/657"


class Step(NamedTuple):
    """One batch to load: a kind of workbook, its name in the journal, its rows."""

    kind: str
    name: str
    rows: list


def _no_source(found):
    return [
        {
            "Mã tổ chức": organisation.code,
            "Từ ngày": "01/01/2015",
            "Đến ngày": "31/12/2015",
            "Chỉ tiêu báo cáo": NO_SOURCE,
            "Giá trị": 1,
            "Nguồn": f"{CAUSES[i % len(CAUSES)]} ({SHARE_PRINTED})",
        }
        for i, organisation in enumerate(o for o in found if o.source == "closed")
    ]


@cache
def _generated():
    """{(province, kind): rows} of everything that is not written in a file. About two seconds, once a process."""
    brvt_rows, brvt = organisations.brvt(SEED)
    tl_rows, tl = organisations.thanh_liem(SEED)
    south = Population(dice(SEED, "BRVT", "people"), SOUTH, written=_written_people())
    north = Population(dice(SEED, "HN", "people"), NORTH)
    return {
        (BRVT, "committees"): brvt_rows,
        (BRVT, "plans"): read(f"{BRVT}/past_plans.csv"),
        (BRVT, "quotas"): read(f"{BRVT}/past_quotas.csv"),
        (BRVT, "reported"): _no_source(brvt),
        (BRVT, "admissions"): recruits.brvt_admissions(SEED, brvt, south),
        (BRVT, "candidates"): recruits.brvt_candidates(SEED, brvt, south),
        ("ha-nam", "committees"): tl_rows,
        ("ha-nam", "admissions"): recruits.thanh_liem_admissions(SEED, tl, north),
        ("ha-nam", "candidates"): recruits.thanh_liem_candidates(SEED, tl, north),
    }


def _written_people():
    """(folded name, birth date) of the people written by hand, whom no generated person may equal."""
    rows = [*read(f"{BRVT}/admissions.csv"), *read(f"{BRVT}/candidates.csv")]
    return {(vietnamese.fold(row["Họ và tên"]), vietnamese.parse_day(row["Sinh ngày"])) for row in rows}


def everybody():
    """(folded name, birth date) of all people of Bà Rịa – Vũng Tàu that are written or generated here."""
    made = [*_generated()[BRVT, "admissions"], *_generated()[BRVT, "candidates"]]
    return _written_people() | {(vietnamese.fold(row["Họ và tên"]), row["Sinh ngày"]) for row in made}


def steps():
    """The batches in the order they must be loaded: kind by kind, and each province a batch of its own, so that a
    journal entry belongs to one province. Mandates reach over provinces and come as one batch."""
    made = []
    for kind in KINDS:
        for folder, province in PROVINCES.items():
            rows = [*read(f"{folder}/{kind}.csv"), *_generated().get((folder, kind), ())]
            if rows:
                made.append(Step(kind, f"Bản trình diễn: {province}, {WHAT[kind]}", rows))
    return made


def accounts():
    """The demo's accounts: rows Tên đăng nhập · Họ tên · Việc."""
    return read("accounts.csv")


def load_world(progress=lambda text: None):
    """Load every batch as the operator of the machine, then the published figures. Returns the new batches' reports.

    A batch that is there and not undone is left alone: a second run writes nothing, an interrupted one goes on,
    and what somebody changed in the demo since stays changed. `progress` is called with a line of text after each
    batch. A batch that does not fit a database which held some of them already is left out, and said. Raises ValueError
    with the first faults if the demo's own files are wrong; that batch is not written.
    """
    there = set(Batch.objects.filter(undone=False).values_list("name", flat=True))
    reports = []
    for kind, name, rows in steps():
        if name in there:
            continue
        report = load(kind, rows, name=name, actor=None)
        if report.faults and there:
            progress(f"{name} – bỏ qua, không khớp với cơ sở dữ liệu đã thay đổi: {report.faults[0]}")
            continue
        if report.faults:
            raise ValueError("; ".join(map(str, report.faults[:5])))
        reports.append(report)
        progress(f"{name}: {vietnamese.number(len(rows))} dòng")
    if Claim.objects.count() < len(read("published.csv")):
        with journal.pen(None, "load", about="claims", name="Bản trình diễn: số liệu đã công bố"):
            load_published(organisations.FIXTURES)
    return reports
