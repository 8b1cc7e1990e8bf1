from committees import access, acts, journal, reorganise
from committees.models import Kind, Reorganisation

from ... import fields
from ..base import Column
from ..base import Kind as Workbook

WHAT = fields.choice({what: what for what in acts.NEEDS})
KINDS = fields.choice({kind.label: kind.value for kind in Kind})
LABEL = Reorganisation._meta.label_lower


class Reorganisations(Workbook):
    """Acts on committees. The rows of one file are one package, judged as a whole by `reorganise.plan`; a row that was
    carried out before is the same. What a row says is read by `acts.Act` there; the columns here only name the cell in
    which something cannot be read."""

    name, title, right = "reorganisations", "Sắp xếp tổ chức", access.STRUCTURE
    columns = (
        Column("Ngày", "day", fields.day, True),
        Column("Việc", "what", WHAT, True),
        Column("Mã tổ chức", "code", fields.code, True),
        Column("Loại", "kind", KINDS),
        Column("Mã kế thừa", "heir", fields.code),
        Column("Mã cấp trên mới", "above", fields.code),
        Column("Tên mới", "new_name", fields.name(200)),
        Column("Tỷ lệ", "share", fields.text(20)),
        Column("Số quyết định", "document", fields.text(120)),
        Column(acts.TYPE, "type", fields.text(80)),
        Column(acts.TAKERS, "takers", fields.text(400)),
        Column(acts.DOSSIERS, "dossiers", fields.text(2000)),
        Column(acts.SETTLEMENTS, "settlements", fields.text(2000)),
        Column(acts.MEMBERS, "members", fields.count),
        Column(acts.PROBATIONARY, "probationary", fields.count),
    )

    def prepare(self, lines):
        done = Reorganisation.objects.filter(state=Reorganisation.State.APPLIED).values_list(
            "acts", flat=True
        )
        self.done = {_said(row) for rows in done for row in rows}
        self.lines, self.broken = lines, False

    def check_remains(self, line):
        self.broken = True

    def check(self, line):
        self._touch(line)
        if _said(self._row(line)) in self.done:
            self.same += 1
        else:
            self.fresh.append(line)

    def _touch(self, line):
        structure = self.known.structure
        named = (structure.by_code.get(code) for code in (line.code, line.heir, line.above))
        self.known.touched.update(i for i in named if i is not None)

    def _row(self, line):
        """The row as `acts.Act` reads it: only the columns there are."""
        return {
            column.heading: line.raw[column.heading]
            for column in self.columns
            if line.raw.get(column.heading) not in (None, "")
        }

    def _strangers(self):
        """Note the codes that neither the register nor a row that founds knows; none while one that founds lacks its own."""
        founding = {line.code for line in self.lines if line.what in (acts.FOUND, acts.RECEIVE)}
        if None in founding:
            return
        for line in self.lines:
            for heading, code in (
                ("Mã tổ chức", line.code),
                ("Mã kế thừa", line.heir),
                ("Mã cấp trên mới", line.above),
            ):
                if code is not None and code not in founding:
                    self.known.committee(line, heading, code, self.right)

    def finish(self):
        """Acts lean on each other: where a cell could not be read, only the codes are judged; the package once it can."""
        if self.broken:
            return self._strangers()
        if not self.fresh:
            return
        numbers = [line.number for line in self.fresh]
        rows = [self._row(line) for line in self.fresh]
        self.planned = reorganise.plan(rows, by=self.known.actor, numbers=numbers)
        by_number = {line.number: line for line in self.fresh}
        for fault in self.planned.faults:
            line = by_number.get(fault.number, self.fresh[0])
            line.fault(fault.heading or "Mã tổ chức", f"xem lại: {fault.text}")

    def write(self, ledger):
        record = Reorganisation(name=reorganise.UNNAMED)
        pen = journal.require_pen()
        reorganise.write(pen, self.planned, record, self.known.access)
        ledger.made[LABEL] = [[record.pk, record.pk]]
        ledger.new += len(self.fresh)

    @classmethod
    def take_back(cls, pen, batch):
        """Undo the package of a load, whole or not at all: (rows taken away, [why not]). Under the pen."""
        [[pk, _last]] = batch.made[LABEL]
        record = Reorganisation.objects.get(pk=pk)
        count = len(record.acts)
        try:
            reorganise.take_back(pen, record)
        except reorganise.Refused as refused:
            return 0, [(LABEL, pk, why) for why in refused.faults]
        return count, []


def _said(row):
    """A row as a value that equals another's that says the same."""
    read = acts.Act(0, row)
    values = (
        read.day, read.what, read.code, read.kind, read.heir, read.above, read.name, read.share, read.document,
        read.type, read.members, read.probationary,
    )  # fmt: skip
    return *values, *(tuple(part) for part in (read.takers, read.dossiers, read.settlements))
