"""The sheet in which members' data go to the national database: its 28 columns word for word, filled with the newly admitted
of a committee and a period as far as the register knows. What it does not hold stays empty; nothing is made up.

Source of the columns: vn_software.md §1, seen in sheets that circulate for cleaning the database; "*" is a required one.
The sheet holds dates as text, dd/mm/yyyy. The day of entering the Party is that of the decision (domain.md §1.3).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from committees import vietnamese

from ..models import Admission
from ..quotas.listing import CHUNK, in_order
from ..quotas.moves import stands_at
from ..quotas.question import Selection

_BIRTH, _NATIVE, _HOME = (
    "Nơi đăng ký khai sinh",
    "Quê quán (theo mô hình 2 cấp)",
    "Thường trú (theo mô hình 2 cấp)",
)
_PARTS = ("Quốc gia *", "Tỉnh *", "Địa chỉ chi tiết *")
# Heading → the field of a Line that fills it; "" where the register has no such column.
COLUMNS = {
    "STT": "number",
    "ID": "",
    "Họ và tên *": "name",
    "Tên gọi khác": "",
    "Giới tính *": "sex",
    "Sinh ngày * (dd/mm/yyyy)": "born",
    "Dân tộc *": "ethnicity",
    "Tôn giáo *": "religion",
    "Số định danh cá nhân *": "citizen_id",
    "Số thẻ Đảng* (12 số theo HD38-HD/BTCTW)": "",
    "Nơi cấp thẻ Đảng": "",
    "Ngày cấp thẻ Đảng (dd/mm/yyyy)": "",
    "Số thẻ theo Đảng quyết định 85": "",
    "Tổ chức Đảng đang sinh hoạt * (không sửa)": "cell",
    **{f"{_BIRTH} - {part}": "" for part in _PARTS},
    **dict(
        zip((f"{_NATIVE} - {part}" for part in _PARTS), ("", "native_province", "native_place"), strict=True)
    ),
    **{f"{_HOME} - {part}": "" for part in _PARTS},
    "Ngày vào Đảng* (dd/mm/yyyy)": "decided",
    "Ngày vào Đảng chính thức* (dd/mm/yyyy)": "official",
    "Số CMND cũ (nếu có)": "",
    "Trạng thái hoạt động": "state",
    "Ngày rời khỏi/ Ngày mất/ Ngày miễn sinh hoạt Đảng (dd/mm/yyyy)": "left",
}
ACTIVE, GONE, DEAD = "Đang sinh hoạt Đảng", "Đã ra khỏi Đảng", "Đã từ trần"


def required(heading):
    return "*" in heading


@dataclass(frozen=True)
class Line:
    """One person as the sheet tells it, everything as text but the number."""

    number: int
    name: str
    sex: str
    born: str
    ethnicity: str
    religion: str
    citizen_id: str
    cell: str
    native_province: str
    native_place: str
    decided: str
    official: str
    state: str
    left: str

    def cells(self):
        """What stands under each of COLUMNS."""
        return [getattr(self, field) if field else "" for field in COLUMNS.values()]


def split_place(place):
    """(province, the rest) of a native place as typed: what follows the last comma is the province. Without a comma nobody
    can tell, and all of it is the rest."""
    rest, comma, province = place.rpartition(",")
    return (province.strip(), rest.strip()) if comma else ("", place.strip())


def _day(day):
    return vietnamese.day(day) if day else ""


class Newly:
    """The newly admitted of a question whose decisions lie between two days, both inclusive, among what `known` (a mask of
    the snapshot's admissions) lets be seen: the rows of the list of admissions asked for these days."""

    def __init__(self, snapshot, question, since, known):
        self.snapshot, self.question = snapshot, question
        selection = Selection(snapshot, question)
        self.rows = selection.rows
        self.indexes = np.flatnonzero(selection.mask & known & (self.rows["decided"] >= since.toordinal()))

    def __len__(self):
        return len(self.indexes)

    def lines(self):
        """Line of each, in name order; one query for every CHUNK."""
        number = 0
        queryset = Admission.objects.select_related("person")
        for at in range(0, len(self.indexes), CHUNK):
            for row in in_order(queryset, self.rows["id"], self.indexes[at : at + CHUNK]):
                number += 1
                yield self._line(number, row)

    @cached_property
    def _stands(self):
        return stands_at(self.snapshot, self.question.on.toordinal())[0]

    def _line(self, number, row):
        person, left = row.person, row.left_on
        province, place = split_place(person.native_place)
        gone = left is not None and left <= self.question.on
        return Line(
            number=number, name=person.full_name, sex=person.get_sex_display(), born=_day(person.born),
            ethnicity=person.ethnicity, religion=person.religion, citizen_id=person.citizen_id or "",
            cell=self._cell(row.row), native_province=province, native_place=place, decided=_day(row.decided_on),
            official=_day(row.official_on), left=_day(left) if gone else "",
            state=(DEAD if row.left_as == "died" else GONE) if gone else ACTIVE,
        )  # fmt: skip

    def _cell(self, row):
        """The cell the person belongs to on the day asked, and what stands above it."""
        tree = self.question.tree
        p = int(tree.position[self._stands[row]])
        if p < 0:
            return self.snapshot.structure.name_on(int(self._stands[row]), self.question.on)
        up = int(tree.up[p])
        return f"{tree.name(p)}, {tree.name(up)}" if up >= 0 else tree.name(p)

    def lacking(self):
        """{heading: people of whom it is empty} of the required columns. Of columns the register holds, in one pass over
        the people; of the others everybody."""
        empty = dict.fromkeys(filter(required, COLUMNS), 0)
        for line in self.lines():
            for heading in empty:
                empty[heading] += not (COLUMNS[heading] and getattr(line, COLUMNS[heading]))
        return empty
