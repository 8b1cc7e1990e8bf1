from committees import access, reorganise, vietnamese
from committees.models import Committee, Kind, LawfulPair, Placement

from ... import fields
from ..base import OUT_OF_REACH, Column
from ..base import Kind as Workbook

KINDS = fields.choice({kind.label: kind.value for kind in Kind})


class Committees(Workbook):
    """Committees that stand, or once stood. Adds only: a known code with other content is a fault."""

    name, title, right = "committees", "Tổ chức đảng", access.STRUCTURE
    columns = (
        Column("Mã tổ chức", "code", fields.code, True),
        Column("Tên tổ chức đảng", "name", fields.name(200), True),
        Column("Loại", "kind", KINDS, True),
        Column("Mã cấp trên", "parent", fields.code),
        Column("Loại hình", "organisation_type", fields.text(80)),
        Column("Từ ngày", "since", fields.day),
        Column("Đến ngày", "until", fields.day_until),
    )

    def prepare(self, lines):
        self.pairs = {tuple(pair) for pair in LawfulPair.objects.values_list("parent_kind", "child_kind")}
        self.lines = {}
        for line in lines:
            if line.code is not None and not self.twice(line, line.code, "Mã tổ chức"):
                self.lines[line.code] = line
        self.fresh = {}

    def check(self, line):
        structure = self.known.structure
        i = structure.by_code.get(line.code)
        if i is not None:
            if not self.known.allowed(self.right, structure.ids[i]):
                line.fault("Mã tổ chức", OUT_OF_REACH)
            elif any(self._says(line, place) for place in structure.places[i]):
                self.same += 1
                self.known.touched.add(i)
            else:
                line.fault("Mã tổ chức", "nội dung như đã có; muốn thay đổi tổ chức, dùng reorganisations")
            return
        if self._above_is_known(line):
            self.fresh[line.code] = line

    def check_remains(self, line):
        if line.code is not None:
            self._above_is_known(line)

    def _above_is_known(self, line):
        if line.parent is None:
            if self.known.access is None:
                return True
            line.fault("Mã cấp trên", OUT_OF_REACH)
            return False
        return line.parent in self.lines or (
            self.known.committee(line, "Mã cấp trên", line.parent, self.right) is not None
        )

    def _says(self, line, place):
        """Whether a placement of the register is what the row says."""
        structure = self.known.structure
        above = structure.codes[place.parent] if place.parent >= 0 else None
        written = (line.name, line.kind, line.parent, line.organisation_type or "")
        if written != (place.name, place.kind, above, place.organisation_type):
            return False
        if line.since is not None and line.since.toordinal() != place.since:
            return False
        return line.until is None or line.until.toordinal() == place.until

    def finish(self):
        circling = self._rings()
        self.since = {}
        for line in self.fresh.values():
            # A row with a superior that is itself at fault, near or far, cannot be judged against it.
            if line.code in circling or not self._rooted(line):
                continue
            since, until = self._founded(line), line.until
            if until is not None and until <= since:
                line.fault("Đến ngày", f"ngày từ {vietnamese.day(since)} trở đi")
                continue
            above = self._kind_above(line, since)
            if above is None:
                line.fault("Mã cấp trên", f"tổ chức đã thành lập và còn vào ngày {vietnamese.day(since)}")
            elif (above, line.kind) not in self.pairs:
                under = f"dưới {Kind(above).label}" if above else "trên cùng, không có cấp trên"
                line.fault("Loại", f"loại được đứng {under}; {Kind(line.kind).label} thì không")

    def _rooted(self, line):
        """Whether the superiors lead, row by row, to the top or to a committee of the register."""
        while line.parent in self.fresh:
            line = self.fresh[line.parent]
        return line.parent is None or line.parent in self.known.structure.by_code

    def _rings(self):
        """Codes whose superiors in the file lead round in a ring; notes one fault a ring."""
        circling, done = set(), set()
        for line in self.fresh.values():
            road = []
            while line is not None and line.code not in done:
                done.add(line.code)
                road.append(line.code)
                line = self.fresh.get(line.parent)
            if line is not None and line.code in road:
                line.fault("Mã cấp trên", "một tổ chức khác: cấp trên không vòng lại chính nó")
                circling.update(road)
            elif line is not None and line.code in circling:
                circling.update(road)
        return circling

    def _founded(self, line):
        """The day the row's committee began: as written, else its superior's, else from the beginning."""
        road = [line]
        while line.since is None and line.code not in self.since and line.parent in self.fresh:
            line = self.fresh[line.parent]
            road.append(line)
        since = self.since.get(line.code) or line.since
        if since is None and line.parent is not None:
            since = self.known.structure.first_day(self.known.structure.by_code[line.parent])
        for below in road:
            self.since[below.code] = since or Placement.BEGINNING
        return self.since[road[0].code]

    def _kind_above(self, line, since):
        """The superior's kind on the founding day; "" at the top; None if it did not stand then."""
        if line.parent is None:
            return ""
        above = self.fresh.get(line.parent)
        if above is not None:
            stood = self._founded(above) <= since and (above.until is None or since < above.until)
            return above.kind if stood else None
        i = self.known.structure.by_code.get(line.parent)
        place = self.known.structure.place_on(i, since.toordinal()) if i is not None else None
        return place.kind if place else None

    def write(self, ledger):
        rows = [
            (
                line.code,
                line.parent,
                Placement(
                    name=line.name,
                    kind=line.kind,
                    organisation_type=line.organisation_type or "",
                    since=self.since[line.code],
                    until=line.until,
                ),
            )
            for line in self.fresh.values()
        ]
        reorganise.found(rows, ledger.create)
        ledger.new += len(rows)

    def founded_under(self):
        """A file that founds one whole tree belongs to that tree's top, which nobody could know before."""
        tops = [line.code for line in self.fresh.values() if line.parent is None]
        if len(tops) != 1 or self.known.touched:
            return None
        return Committee.objects.get(code=tops[0])
