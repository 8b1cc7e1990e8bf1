"""What became of the organisations in a report's period: founded, ended and by whom succeeded, renamed, moved."""

from datetime import date
from operator import itemgetter

import numpy as np

from committees.access import FIGURES
from committees.models import Kind, Reorganisation
from committees.tree import FOREVER
from committees.vietnamese import number

from .base import DAY, ORDINAL, Column, Row, Sheet

FOUNDED, ENDED, RENAMED, TURNED, MOVED = "Thành lập", "Kết thúc", "Đổi tên", "Đổi loại", "Chuyển"


def moves(report):
    """The sheet of reorganisations in the period. One query, for the documents."""
    found = sorted(_Moves(report).found(), key=itemgetter("day", "order"))
    places = np.array([cells["place"] for cells in found], np.int64)
    seen = report.sees(FIGURES, places) if len(found) else np.zeros(0, bool)
    documents = _documents(report) if len(found) else {}
    rows = []
    for k in np.flatnonzero(seen).tolist():
        cells, code = found[k], report.snapshot.structure.codes[found[k]["place"]]
        said = {name: cells[name] for name in ("day", "name", "what", "told")}
        document = documents.get((cells["day"], code), "")
        row = said | {"tt": len(rows) + 1, "document": document}
        rows.append(Row(f"{cells['day'].isoformat()} {code} {cells['what']}", row))
    columns = (
        Column("tt", "TT", ORDINAL, 5),
        Column("day", "Từ ngày", DAY, 12),
        Column("name", "Tổ chức đảng", width=38),
        Column("what", "Việc", width=14),
        Column("told", "Nội dung", width=52),
        Column("document", "Văn bản", width=22),
    )
    hidden = int(np.count_nonzero(~seen))
    notes = (
        [f"{number(hidden)} thay đổi của tổ chức ngoài phạm vi được xem không có trong bảng này."]
        if hidden
        else []
    )
    if rows:
        notes.append("Tổ chức chuyển theo cấp trên đã sáp nhập không ghi riêng từng dòng.")
    return Sheet(
        "sap_xep", "Sắp xếp tổ chức", "Sắp xếp tổ chức đảng trong kỳ", columns, rows, notes=tuple(notes), wide=True,
        empty="Không có tổ chức nào thành lập, kết thúc, đổi tên hoặc chuyển trong kỳ.",
    )  # fmt: skip


def _documents(report):
    """{(day, code): number of the document} by which reorganisations in force say it was done."""
    found = {}
    packages = Reorganisation.objects.filter(
        state=Reorganisation.State.APPLIED, day__range=(report.now.first, report.day)
    )
    for package in packages.order_by("day", "pk"):
        for act in package.acts:
            found[package.day, act.get("Mã tổ chức")] = act.get("Số quyết định") or package.document
    return found


class _Moves:
    def __init__(self, report):
        self.report, self.structure = report, report.snapshot.structure
        self.first, self.last = report.now.first.toordinal(), report.day.toordinal()
        where = report.tree.position
        self.here = report.question.holds(where)

    def found(self):
        for i, places in enumerate(self.structure.places):
            for k, place in enumerate(places):
                before = places[k - 1] if k and places[k - 1].until == place.since else None
                after = places[k + 1] if k + 1 < len(places) else None
                if self._in(place.since) and self._concerns(i, before, place):
                    yield from (
                        self._changed(i, before, place) if before else self._begun(i, place, again=k > 0)
                    )
                ends = place.until != FOREVER and (after is None or after.since > place.until)
                if ends and self._in(place.until) and self._concerns(i, place):
                    yield self._ended(i, place)

    def _in(self, day):
        return self.first <= day <= self.last

    def _concerns(self, i, *places):
        """Whether the committee, or one it stood or stands under, lies at or below the report's."""
        return bool(self.here[i]) or any(
            place and place.parent >= 0 and self.here[place.parent] for place in places
        )

    def _begun(self, i, place, *, again):
        told = str(Kind(place.kind).label) + self._under(place)
        yield self._cells(i, place.since, place.name, "Hoạt động trở lại" if again else FOUNDED, told)

    def _changed(self, i, before, place):
        if place.name != before.name:
            yield self._cells(i, place.since, before.name, RENAMED, f"nay là {place.name}")
        if place.kind != before.kind:
            kinds = f"{Kind(before.kind).label} thành {Kind(place.kind).label}"
            yield self._cells(i, place.since, place.name, TURNED, kinds)
        if place.parent != before.parent and not self._followed(before, place):
            yield self._cells(
                i, place.since, place.name, MOVED, f"về{self._under(place)}".replace("về, thuộc", "về")
            )

    def _followed(self, before, place):
        """Whether it moved only because the one above ended, to its heir."""
        above = before.parent
        return above >= 0 and self.structure.place_on(above, place.since) is None and (
            self.structure.heir(above, place.since) == place.parent
        )  # fmt: skip

    def _ended(self, i, place):
        heir = self.structure.heir(i, place.until)
        told = (
            f"kế thừa: {self._named(heir, place.until)}"
            if heir not in (-1, i)
            else "không có tổ chức kế thừa"
        )
        return self._cells(i, place.until, place.name, ENDED, told)

    def _under(self, place):
        return (
            f", thuộc {self._named(place.parent, place.since)}"
            if place.parent >= 0
            else ", không thuộc tổ chức nào"
        )

    def _named(self, i, day):
        if not self.report.sees(FIGURES, np.array([i]))[0]:
            return "tổ chức ngoài phạm vi được xem"
        return self.structure.name_on(i, date.fromordinal(day))

    def _cells(self, i, day, name, what, told):
        return {
            "place": i,
            "order": name,
            "day": date.fromordinal(day),
            "name": name,
            "what": what,
            "told": told,
        }
