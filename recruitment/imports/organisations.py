"""The demo's grassroots organisations and cells: from the names in fixtures/ to rows of `load committees`.

Pure. Bà Rịa – Vũng Tàu gets the 657 grassroots organisations its article speaks of, spread over the fifteen
committees as `profile.csv` says (the spread is reconstructed; the article prints 30/657 only).
"""

import csv
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from .people import dice

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
FIRST_DAY = "01/01/2005"
PARTY, CELL_BASE, SECTION, CELL = "Đảng bộ cơ sở", "Chi bộ cơ sở", "Đảng bộ bộ phận", "Chi bộ trực thuộc"
TERRITORY = "Xã, phường, thị trấn"
BRVT = "ba-ria-vung-tau"

# How a district's organisations beside its communes are picked, in turn, while names last.
DISTRICT_PATTERN = ("district", "school", "district", "school", "company")
# Share of organisations with cells below them (đảng bộ cơ sở), by the list their name comes from.
WITH_CELLS = {"school": 0, "company": 0.35, "district": 0.2, "police": 0.6, "military": 0.7, "border": 0.8,
              "rubber": 1, "maritime": 0.6, "agencies": 0.45, "enterprises": 0.85}  # fmt: skip
ALWAYS_WITH_CELLS = ("Công an ", "Quân sự ", "Trung tâm Y tế", "Bệnh viện")
CELL_NAMES = {
    "Cơ quan": ("Văn phòng", "Phòng Nghiệp vụ 1", "Phòng Nghiệp vụ 2", "Phòng Kế hoạch", "Thanh tra"),
    "Đơn vị sự nghiệp công lập": ("Văn phòng", "Khối chuyên môn 1", "Khối chuyên môn 2", "Phòng Hành chính"),
    "Lực lượng vũ trang": ("Chỉ huy", "Đội 1", "Đội 2", "Đội 3", "Đội 4"),
    "Doanh nghiệp nhà nước": ("Văn phòng", "Đội 1", "Đội 2", "Đội 3", "Xưởng", "Kỹ thuật"),
    "Doanh nghiệp ngoài nhà nước": ("Văn phòng", "Phân xưởng 1", "Phân xưởng 2", "Kỹ thuật"),
}
# The cell of the account bi-thu: the first of xã Phước Long Thọ.
SECRETARY_CELL, SECRETARY_CELL_NAME = "BRVT-DD-008-01", "Chi bộ ấp Phước Trung"


class Organisation(NamedTuple):
    """One grassroots organisation; `cells` are the codes where people are admitted (itself when it is a cell).

    `source`: "open", "closed" (no candidate left), "idle" (candidates, but nobody admitted in 2013–2015).
    """

    code: str
    unit: str
    form: str
    cells: tuple
    source: str
    weight: float


@cache
def read(name):
    """Rows of a fixture file as dicts heading → text; empty when a province has no such file."""
    path = FIXTURES / name
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _row(code, name, kind, above, form):
    return {
        "Mã tổ chức": code,
        "Tên tổ chức đảng": name,
        "Loại": kind,
        "Mã cấp trên": above,
        "Loại hình": form,
        "Từ ngày": FIRST_DAY,
    }


def _hamlet_word(unit, place):
    if not place.startswith("xã"):
        return "khu phố"
    return "thôn" if unit in ("BRVT-CDU", "BRVT-VT", "BRVT-BR", "BRVT-TT") or unit.startswith("HN") else "ấp"


def cell_rows(rng, code, unit, place, form, least=2):
    """Two to six cells under a grassroots committee called `place`."""
    if form == TERRITORY:
        word = _hamlet_word(unit, place)
        names = [f"{word} {i + 1}" for i in range(rng.randint(3, 5))] + ["Quân sự"]
    else:
        names = list(CELL_NAMES[form])[: rng.randint(least, len(CELL_NAMES[form]))]
    rows = [
        _row(
            f"{code}-{i:02d}",
            f"Chi bộ {name}, {place}",
            CELL,
            code,
            "Khu dân cư" if form == TERRITORY else form,
        )
        for i, name in enumerate(names, 1)
    ]
    for row in rows:
        if row["Mã tổ chức"] == SECRETARY_CELL:
            row["Tên tổ chức đảng"] = SECRETARY_CELL_NAME
    return rows


def _names(rng, unit):
    """(name, list it comes from, form) of a unit's organisations: communes first, then as its list says."""
    lists = {}
    for row in read(f"{BRVT}/organisation_names.csv"):
        lists.setdefault(row["Nhóm"], []).append((row["Tên"], row["Nhóm"], row["Loại hình"]))
    group, wanted = unit["Nhóm"], int(unit["Tổ chức cơ sở"])
    if group != "district":
        return lists[group][:wanted]
    names = [
        (row["Tên"], "commune", TERRITORY)
        for row in read(f"{BRVT}/communes.csv")
        if row["Mã tổ chức"] == unit["Mã tổ chức"]
    ]
    for words in (lists["school"], lists["company"]):
        rng.shuffle(words)
    for turn in cycle(DISTRICT_PATTERN):
        if len(names) == wanted:
            return names
        if lists[turn]:
            name, *rest = lists[turn].pop(0)
            names.append((name.format(unit["Tên ngắn"]), *rest))


def _sources(rng, unit, names, party):
    """Which organisations have no source left, and which admitted nobody for three years; never a commune."""
    closed, idle = int(unit["Không còn nguồn"]), int(unit["Ba năm không kết nạp"])
    places = [i for i, (_, group, _) in enumerate(names) if group != "commune"]
    rng.shuffle(places)
    places.sort(key=lambda i: party[i])  # small organisations run dry first
    state = ["open"] * len(names)
    for i in places[:closed]:
        state[i] = "closed"
    for i in places[closed : closed + idle]:
        state[i] = "idle"
    return state


def _sections(rows):
    """Puts the last two cells of an organisation under a section (đảng bộ bộ phận) of their own."""
    head, tail = rows[:-2], rows[-2:]
    code = tail[0]["Mã cấp trên"]
    place = tail[0]["Tên tổ chức đảng"].split(", ", 1)[1]
    section = _row(
        f"{code}-BP", f"Đảng bộ bộ phận Khối sản xuất, {place}", SECTION, code, tail[0]["Loại hình"]
    )
    return [*head, section, *({**row, "Mã cấp trên": f"{code}-BP"} for row in tail)]


def brvt(seed):
    """(rows, organisations) of Bà Rịa – Vũng Tàu below its fifteen committees."""
    rows, found = [], []
    for unit in read(f"{BRVT}/profile.csv"):
        rng = dice(seed, unit["Mã tổ chức"])
        names = _names(rng, unit)
        party = [
            group == "commune"
            and not name.startswith("khu dân cư")
            or name.startswith(ALWAYS_WITH_CELLS)
            or rng.random() < WITH_CELLS.get(group, 0)
            for name, group, _ in names
        ]
        states = _sources(rng, unit, names, party)
        for i, (name, group, form) in enumerate(names):
            code = f"{unit['Mã tổ chức']}-{i + 1:03d}"
            kind = PARTY if party[i] else CELL_BASE
            full = f"{'Đảng bộ' if party[i] else 'Chi bộ'} {name}"
            rows.append(_row(code, full, kind, unit["Mã tổ chức"], form))
            cells = cell_rows(rng, code, unit["Mã tổ chức"], name, form) if party[i] else []
            if group == "enterprises" and i < 3 and len(cells) >= 4:
                cells = _sections(cells)
            rows += cells
            codes = tuple(row["Mã tổ chức"] for row in cells if row["Loại"] == CELL) or (code,)
            weight = (3 if group == "commune" else 1) * len(codes) ** 0.5 * rng.uniform(0.5, 1.6)
            found.append(Organisation(code, unit["Mã tổ chức"], form, codes, states[i], weight))
    return rows, found


def thanh_liem(seed):
    """(rows to add, organisations) of Thanh Liêm: cells for the grassroots committees that the file leaves bare.

    The last five organisations admit nobody, so that the district shows a share of organisations that did.
    """
    rng = dice(seed, "HN-TL")
    written = read("ha-nam/committees.csv")
    below = {}
    for row in written:
        below.setdefault(row["Mã cấp trên"], []).append(row["Mã tổ chức"])
    rows, found = [], []
    base = [row for row in written if row["Mã cấp trên"] == "HN-TL"]
    for i, row in enumerate(base):
        code, form = row["Mã tổ chức"], row["Loại hình"]
        cells = below.get(code, [])
        if row["Loại"] == PARTY and not cells:
            more = cell_rows(rng, code, "HN-TL", row["Tên tổ chức đảng"].removeprefix("Đảng bộ "), form)
            rows += more
            cells = [cell["Mã tổ chức"] for cell in more]
        source = "idle" if i >= len(base) - 5 else "open"
        weight = (3 if form == TERRITORY else 0.8) * rng.uniform(0.6, 1.5)
        found.append(Organisation(code, "HN-TL", form, tuple(cells) or (code,), source, weight))
    return rows, found
