from committees import access
from recruitment.models import Plan
from recruitment.quotas.judgement import KNOWN_PLAN, last_target, plan_faults, term_fault

from ... import fields
from ..base import OUT_OF_REACH, Column
from ..base import Kind as Workbook

COUNTS_BY = fields.choice({choice.label: choice.value for choice in Plan.CountsBy})
COUNTS = fields.choice({choice.label: choice.value for choice in Plan.Counts})
KIND = fields.choice({choice.label: choice.value for choice in Plan.Kind})
LINKS = ("previous", "term")  # other plans that a plan names


def _period(line):
    """An unsaved Plan of what a row says of a period, to be judged."""
    return Plan(
        code=line.code or "", name=line.name or "", since=line.since, until=line.until,
        counts=line.counts or Plan.Counts.ADMISSIONS, counts_by=line.counts_by or Plan.CountsBy.DECISION,
        term_id=0 if line.term else None,
    )  # fmt: skip


class Plans(Workbook):
    """Who set targets, by which document, for which period."""

    name, title, right = "plans", "Kế hoạch", access.TARGETS
    columns = (
        Column("Mã kế hoạch", "code", fields.code, True),
        Column("Tên", "name", fields.name(200), True),
        Column("Cơ quan ban hành", "issuer", fields.name(160), True),
        Column("Từ ngày", "since", fields.day, True),
        Column("Đến ngày", "until", fields.day_until, True),
        Column("Mã tổ chức", "committee", fields.code),
        Column("Số văn bản", "document", fields.text(120)),
        Column("Ngày ban hành", "issued_on", fields.day),
        Column("Ngày tính", "counts_by", COUNTS_BY),
        Column("Đếm", "counts", COUNTS),
        Column("Kế hoạch trước", "previous", fields.code),
        Column("Loại kế hoạch", "kind", KIND),
        Column("Kế hoạch nhiệm kỳ", "term", fields.code),
    )
    headings = {column.name: column.heading for column in columns}

    def prepare(self, lines):
        self.lines = {line.code: line for line in lines if line.code is not None}
        self.fresh = {}

    def check_remains(self, line):
        if line.committee is not None:
            self.known.committee(line, "Mã tổ chức", line.committee, self.right)
        self._judge(line, None)

    def check(self, line):
        if self.twice(line, line.code, "Mã kế hoạch"):
            return
        i = None
        if line.committee is not None:
            i = self.known.committee(line, "Mã tổ chức", line.committee, self.right)
        elif self.known.access is not None:
            line.fault("Mã tổ chức", OUT_OF_REACH)
        self._judge(line, line.previous)
        there = self.known.small.plans.get(line.code)
        values = {
            "name": line.name,
            "kind": line.kind or (there.kind if there else Plan.Kind.of(line.issuer)),
            "issuer": line.issuer,
            "committee_id": self.known.structure.ids[i] if i is not None else None,
            "document": line.document or "",
            "issued_on": line.issued_on,
            "since": line.since,
            "until": line.until,
            "counts_by": line.counts_by or Plan.CountsBy.DECISION,
            "counts": line.counts or Plan.Counts.ADMISSIONS,
        }
        if there is None:
            self.fresh[line.code] = Plan(code=line.code, **values)
            return
        if not self._may_change(there):
            line.fault("Mã kế hoạch", "một kế hoạch trong phạm vi tài khoản này được giao")
        if self._linked(there) == self._wanted(line, there) and all(
            getattr(there, name) == value for name, value in values.items()
        ):
            self.same += 1
        else:
            self.updates.append((there, values))

    @staticmethod
    def _linked(plan):
        """(code of the plan before, code of the term's plan) as they stand."""
        return tuple(getattr(plan, name).code if getattr(plan, f"{name}_id") else None for name in LINKS)

    @staticmethod
    def _wanted(line, there):
        """The same as a row wants them. A workbook without a word of the term leaves it as it stands."""
        term = line.term or (there.term.code if there is not None and there.term_id else None)
        return line.previous, term

    def _may_change(self, plan):
        """A plan of no committee is the whole register's: the operator of the machine alone changes it."""
        if plan.committee_id is None:
            return self.known.access is None
        return self.known.allowed(self.right, plan.committee_id)

    def _judge(self, line, previous):
        """Faults of the plan itself, as a page would find them."""
        faults = plan_faults(
            code=line.code, since=line.since, until=line.until, previous=previous,
            known=lambda code: code in self.known.small.plans or code in self.lines,
            before=self._before, last_target=last_target(self.known.snapshot, line.code),
        )  # fmt: skip
        for name, wanted in faults:
            line.fault(self.headings[name], wanted)
        if line.term is not None and (wanted := self._term_fault(line)):
            line.fault(self.headings["term"], wanted)

    def _term_fault(self, line):
        """What is wanted of the term's plan that a row names: one that stands, or one of this file."""
        written, there = self.lines.get(line.term), self.known.small.plans.get(line.term)
        if written is None and there is None:
            return KNOWN_PLAN
        if None in (line.since, line.until) or written and None in (written.since, written.until):
            return None
        return term_fault(_period(line), there if written is None else _period(written))

    def _before(self, code):
        written, there = self.lines.get(code), self.known.small.plans.get(code)
        if written:
            return written.previous
        return there.previous.code if there and there.previous_id else None

    def differences(self, update):
        plan, values = update
        committee = values["committee_id"]
        found = self.compared(plan, {name: value for name, value in values.items() if name != "committee_id"})
        if committee != plan.committee_id:
            found.append(("Mã tổ chức", self._code(plan.committee_id), self._code(committee)))
        pairs = zip(LINKS, self._linked(plan), self._wanted(self.lines[plan.code], plan), strict=True)
        for name, before, wanted in pairs:
            if before != wanted:
                found.append((self.headings[name], before or "", wanted or ""))
        return found

    def _code(self, committee_id):
        structure = self.known.structure
        return "" if committee_id is None else structure.codes[structure.index[committee_id]]

    def write(self, ledger):
        ledger.new += len(ledger.create(Plan, list(self.fresh.values())))
        rows = dict(self.fresh)
        for plan, values in self.updates:
            # Read again: the snapshot's own row belongs to every thread.
            rows[plan.code] = Plan.objects.get(pk=plan.pk)
            ledger.change(rows[plan.code], **values)
        ledger.updates += len(self.updates)
        for code, row in rows.items():
            there = None if code in self.fresh else row
            wanted = dict(zip(LINKS, self._wanted(self.lines[code], there), strict=True))
            named = {
                name: rows.get(other) or self.known.small.plans.get(other) for name, other in wanted.items()
            }
            links = {f"{name}_id": plan.pk if plan else None for name, plan in named.items()}
            if all(getattr(row, name) == pk for name, pk in links.items()):
                continue
            if there is None:
                for name, pk in links.items():
                    setattr(row, name, pk)
                row.save()
            else:
                ledger.change(row, **links)
