"""One row of the workbook `reorganisations`, read: which act, on whom, and what it needs."""

import unicodedata
from decimal import Decimal

from . import vietnamese
from .models import Kind

FOUND, RENAME, CHANGE, MOVE = "Thành lập", "Đổi tên", "Đổi loại", "Chuyển"
MERGE, SPLIT, DISSOLVE = "Sáp nhập", "Chia tách", "Giải thể"
RECEIVE, HAND_OVER = "Tiếp nhận từ ngoài", "Chuyển ra ngoài"
# What each act needs, by the names of `Act`.
NEEDS = {
    FOUND: ("kind", "name"), RENAME: ("name",), CHANGE: ("kind",), MOVE: ("above",), MERGE: ("heir",),
    SPLIT: ("heir",), DISSOLVE: (), RECEIVE: ("kind", "name"), HAND_OVER: (),
}  # fmt: skip
HEADINGS = {"kind": "Loại", "name": "Tên mới", "above": "Mã cấp trên mới", "heir": "Mã kế thừa"}
# Beside what the act does to the tree, what goes with it: who takes over, which dossiers and settlements go to this heir,
# how many members it has from then on. Read here, carried out by `reorganise.followers`.
TAKERS, DOSSIERS, SETTLEMENTS = "Người tiếp quản", "Hồ sơ", "Thôn"
MEMBERS, PROBATIONARY, TYPE = "Số đảng viên", "Dự bị", "Loại hình"
_ACTS = {vietnamese.fold(what): what for what in NEEDS}
_KINDS = {vietnamese.fold(str(kind.label)): kind.value for kind in Kind}


class Act:
    """One act. `faults`: [(heading, what the row lacks there, in Vietnamese)]; share is a part of 1, or None where none is named."""

    def __init__(self, number, row):
        self.number, self.faults = number, []
        self.row = {heading: value for heading, value in row.items() if value not in (None, "")}
        self.code, self.heir, self.above, self.name = map(
            self._text, ("Mã tổ chức", "Mã kế thừa", "Mã cấp trên mới", "Tên mới")
        )
        self.document = self._text("Số quyết định") or ""
        self.what, self.kind = self._choice("Việc", _ACTS), self._choice("Loại", _KINDS)
        self.day = self._read("Ngày", vietnamese.parse_day)
        self.share = self._read("Tỷ lệ", parse_share) if "Tỷ lệ" in self.row else None
        self.type = self._text(TYPE)
        self.takers, self.settlements = self._list(TAKERS), self._list(SETTLEMENTS)
        self.dossiers = self._read(DOSSIERS, lambda _row: list(map(_count, self._list(DOSSIERS)))) or []
        self.members, self.probationary = (
            self._read(heading, _count) if heading in self.row else None
            for heading in (MEMBERS, PROBATIONARY)
        )
        if self.code is None:
            self._fault("Mã tổ chức", "cần cột “Mã tổ chức”.")
        if "Việc" not in self.row:
            self._fault("Việc", f"cần cột “Việc”: một trong {', '.join(NEEDS)}.")
        for name in NEEDS.get(self.what, ()):
            if getattr(self, name) is None and HEADINGS[name] not in self.row:
                self._fault(HEADINGS[name], f"Việc {self.what} cần cột “{HEADINGS[name]}”.")
        for name, longest in (("name", 200), ("document", 120), ("type", 80)):
            if len(getattr(self, name) or "") > longest:
                heading = {"document": "Số quyết định", "type": TYPE}.get(name) or HEADINGS[name]
                self._fault(heading, f"“{heading}” tối đa {longest} ký tự.")
        if self.probationary is not None and (self.members is None or self.probationary > self.members):
            self._fault(PROBATIONARY, f"“{PROBATIONARY}” không quá “{MEMBERS}”.")

    def _text(self, heading):
        return unicodedata.normalize("NFC", " ".join(str(self.row.get(heading, "")).split())) or None

    def _list(self, heading):
        """What is written there, parted by ";"."""
        parts = (self._text(heading) or "").replace(",", ";").split(";")
        return [part.strip() for part in parts if part.strip()]

    def _choice(self, heading, words):
        written = self.row.get(heading)
        found = words.get(vietnamese.fold(str(written)))
        if written is not None and found is None:
            self._fault(heading, f"{heading} “{written}” không có trong danh mục.")
        return found

    def _read(self, heading, parse):
        try:
            return parse(self.row.get(heading, ""))
        except ValueError as problem:
            self._fault(heading, f"{heading}: {problem}")
            return None

    def _fault(self, heading, text):
        self.faults.append((heading, text))


def _count(value):
    number = vietnamese.parse_number(value)
    if not 0 <= number < 2**31:
        raise ValueError("Cần một số nguyên không âm.")
    return number


def parse_share(value):
    """60%, 60 or 0,6 as 0.6."""
    share = vietnamese.parse_decimal(value)
    if share > 1 or str(value).strip().endswith("%"):
        share /= 100
    if not 0 < share <= 1 or share != round(share, 6):
        raise ValueError("Cần một tỷ lệ từ 0 đến 100%.")
    return Decimal(share)
