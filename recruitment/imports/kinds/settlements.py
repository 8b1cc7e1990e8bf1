from committees import access
from committees.models import Coverage, Settlement
from committees.vietnamese import day as written
from committees.vietnamese import fold

from ... import fields
from ...census import settling
from ...census.land import STATES, land
from ..base import Column
from ..base import Kind as Workbook

OWN, SHARED, NONE = STATES
FORMS = fields.choice(
    {str(label): value for value, label in Coverage.State.choices}
    | {"Riêng": OWN, "Ghép": SHARED, "Chưa có": NONE}
)
KINDS = fields.choice({str(label): value for value, label in Settlement.Kind.choices})
HEADINGS = {"committee": "Mã tổ chức", "cell": "Chi bộ", "since": "Từ ngày"}


class Settlements(Workbook):
    """Settlements and which cell answers for each: one row a settlement and day from which it is so. A later day of a known
    settlement is a change; its last day said otherwise is a correction."""

    name, title, right = "settlements", "Thôn, xóm, tổ dân phố", access.STRUCTURE
    columns = (
        Column("Mã thôn", "settlement", fields.code, True),
        Column("Tên", "name", fields.name(120), True),
        Column("Loại", "kind", KINDS, True),
        Column("Mã tổ chức", "code", fields.code, True),
        Column("Từ ngày", "since", fields.past_day, True),
        Column("Chi bộ", "cell", fields.code),
        Column("Hình thức", "state", FORMS),
    )

    def prepare(self, lines):
        told, structure = land(self.known.snapshot), self.known.structure
        self.there, rows = {}, self.known.snapshot.land.coverage
        named = {row[0]: row for row in told.settlements}
        for row in rows:
            pk, _code, name, _search, kind = named[row[1]]
            self.there.setdefault(named[row[1]][1], (pk, name, kind, []))[3].append(row)
        self.own = {}
        for row in rows:
            if row[3] == OWN:
                spans = self.own.setdefault(structure.index[row[4]], [])
                spans.append((row[5], row[6], named[row[1]][1], None))
        self.lines = {}

    def check(self, line):
        home = self.known.committee(line, "Mã tổ chức", line.code, self.right)
        cell = None
        if line.cell is not None:
            cell = self.known.committee(line, "Chi bộ", line.cell, self.right)
        if home is None or (line.cell is not None and cell is None):
            return
        if self.twice(line, (line.settlement, line.since), "Từ ngày"):
            return
        line.state = line.state or (OWN if cell is not None else NONE)
        line.home, line.answers, ids = home, cell, self.known.structure.ids
        line.cell_id = None if cell is None else ids[cell]
        wanted = settling.faults(
            self.known.structure, committee_id=ids[home], state=line.state, cell_id=line.cell_id,
            since=line.since,
        )  # fmt: skip
        for name, said in wanted:
            line.fault(HEADINGS[name], str(said))
        first = self.lines.setdefault(line.settlement, [])
        if first and (first[0].name, first[0].kind) != (line.name, line.kind):
            line.fault("Tên", f"tên và loại như dòng {first[0].number}: một mã là một thôn")
        first.append(line)
        if not wanted:
            self._compare(line)

    def _compare(self, line):
        """What the row says beside what is known of the settlement."""
        pk, name, kind, rows = self.there.get(line.settlement, (None, line.name, line.kind, []))
        if pk is not None and not self.known.allowed(self.right, rows[-1][2]):
            line.fault("Mã thôn", "mã chưa dùng, hoặc của một thôn trong phạm vi tài khoản này được giao")
            return
        renamed = {"name": line.name, "kind": line.kind} if (name, kind) != (line.name, line.kind) else {}
        same_day = next((row for row in rows if row[5] == line.since), None)
        if same_day is not None:
            ids = self.known.structure.ids
            said = {"committee_id": ids[line.home], "state": line.state, "cell_id": line.cell_id}
            was = dict(zip(said, same_day[2:5], strict=True))
            changed = {name: value for name, value in said.items() if was[name] != value}
            if changed and same_day is not rows[-1]:
                line.fault("Từ ngày", "ngày của lần ghi mới nhất; lần ghi này đã có lần sau")
            elif changed or renamed:
                self.updates.append((line, pk, renamed, same_day[0], changed))
            else:
                self.same += 1
        elif rows and rows[-1][6] is not None:
            line.fault(
                "Mã thôn", f"mã của một thôn chưa kết thúc; thôn này kết thúc ngày {written(rows[-1][6])}"
            )
        elif rows and line.since <= rows[-1][5]:
            line.fault("Từ ngày", f"ngày sau {written(rows[-1][5])}, ngày của lần ghi mới nhất")
        else:
            self.fresh.append((line, pk, renamed))

    def finish(self):
        """No cell is two settlements' own at once, those of the file among them."""
        until = self._ends()
        changed = {(line.settlement, line.since) for line, _pk, _renamed, _row, _said in self.updates}
        for i, spans in self.own.items():
            self.own[i] = [
                (since, until.get((code, since), end), code, None)
                for since, end, code, _line in spans
                if (code, since) not in changed
            ]
        mine = [line for line, *_rest in (*self.fresh, *self.updates) if line.state == OWN]
        for line in sorted(mine, key=lambda line: line.number):
            end = until.get((line.settlement, line.since), self._end_of(line))
            for since, last, code, other in self.own.setdefault(line.answers, []):
                if (
                    code != line.settlement
                    and (last is None or line.since < last)
                    and (end is None or since < end)
                ):
                    where = f" ở dòng {other.number}" if other else ""
                    line.fault(
                        "Chi bộ", f"một chi bộ chưa là chi bộ riêng của thôn khác; đã là của {code}{where}"
                    )
                    break
            self.own[line.answers].append((line.since, end, line.settlement, line))

    def _end_of(self, line):
        """The end that stands in the register for a row that is put right."""
        rows = self.there.get(line.settlement, (None, "", "", []))[3]
        return next((row[6] for row in rows if row[5] == line.since), None)

    def _ends(self):
        """{(settlement, since): the day before which it holds}, where the file brings a later row."""
        found = {}
        for line, *_rest in self.fresh:
            days = sorted({one.since for one in self.lines[line.settlement]} | self._known_days(line))
            found |= {(line.settlement, a): b for a, b in zip(days, days[1:], strict=False)}
        return found

    def _known_days(self, line):
        return {row[5] for row in self.there.get(line.settlement, (None, "", "", []))[3]}

    def differences(self, update):
        line, pk, renamed, row_id, changed = update
        found = []
        if renamed:
            _pk, name, kind, _rows = self.there[line.settlement]
            labels = dict(Settlement.Kind.choices)
            pairs = [("Tên", name, line.name), ("Loại", str(labels[kind]), str(labels[line.kind]))]
            found += [pair for pair in pairs if pair[1] != pair[2]]
        row = next(row for row in self.there[line.settlement][3] if row[0] == row_id)
        structure, states = self.known.structure, dict(Coverage.State.choices)

        def code(pk):
            return "" if pk is None else structure.codes[structure.index[pk]]

        if "committee_id" in changed:
            found.append(("Mã tổ chức", code(row[2]), line.code))
        if "state" in changed:
            found.append(("Hình thức", str(states[row[3]]), str(states[line.state])))
        if "cell_id" in changed:
            found.append(("Chi bộ", code(row[4]), line.cell or ""))
        return found

    def write(self, ledger):
        ids, until = self.known.structure.ids, self._ends()
        codes = dict.fromkeys(line.settlement for line, pk, _renamed in self.fresh if pk is None)
        made = ledger.create(Settlement, [self._settlement(code) for code in codes])
        by_code = {settlement.code: settlement.pk for settlement in made}
        for line, pk, renamed in self.fresh:
            if pk is not None:
                by_code[line.settlement] = pk
                self._rename(ledger, pk, renamed)
                last = self.there[line.settlement][3][-1]
                if end := until.get((line.settlement, last[5])):
                    row = Coverage.objects.get(pk=last[0])
                    if row.until != end:
                        ledger.change(row, until=end)
        rows = [
            Coverage(
                settlement_id=by_code[line.settlement], committee_id=ids[line.home], state=line.state,
                cell_id=line.cell_id, since=line.since, until=until.get((line.settlement, line.since)),
            )
            for line, _pk, _renamed in self.fresh
        ]  # fmt: skip
        ledger.create(Coverage, rows)
        ledger.new += len(rows)
        for _line, pk, renamed, row_id, changed in self.updates:
            self._rename(ledger, pk, renamed)
            if changed:
                ledger.change(Coverage.objects.get(pk=row_id), **changed)
        ledger.updates += len(self.updates)

    def _settlement(self, code):
        line = self.lines[code][0]
        return Settlement(code=code, name=line.name, search=fold(line.name), kind=line.kind)

    @staticmethod
    def _rename(ledger, pk, renamed):
        if renamed:
            row = Settlement.objects.get(pk=pk)
            if any(getattr(row, name) != value for name, value in renamed.items()):
                # The words it is found by go with its name, and come back with it.
                ledger.change(row, **renamed, search=fold(renamed["name"]))
