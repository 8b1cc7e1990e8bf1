from committees import access, vietnamese
from recruitment.models import Quota
from recruitment.quotas.judgement import (
    KNOWN_PLAN,
    aim_faults,
    committee_fault,
    effect_fault,
    shape,
    standing_from,
)

from ... import fields
from ..base import Column
from ..base import Kind as Workbook
from ..groups import GROUP, ended, group_of


class Quotas(Workbook):
    """The whole target of a committee from a day on. A later row is a change; nothing is overwritten."""

    name, title, right = "quotas", "Chỉ tiêu", access.TARGETS
    columns = (
        Column("Mã kế hoạch", "plan", fields.code, True),
        Column("Mã tổ chức", "code", fields.code, True, names=True),
        Column("Chỉ tiêu", "target", fields.target, True),
        Column("Nhóm", "group", GROUP),
        Column("Hiệu lực từ", "effective_on", fields.day),
        Column("Số văn bản", "document", fields.text(200)),
        Column("Ngày lấy số đảng viên", "base_on", fields.day),
        Column("Lý do", "reason", fields.text(400)),
    )
    headings = {column.name: column.heading for column in columns}

    def stood_on(self, line):
        """A name in a row is that of the day the target holds from, else of the plan's last."""
        plan = self.known.small.plans.get(line.plan)
        return line.effective_on or (plan.last_day if plan else None)

    def prepare(self, lines):
        self.written = {}

    def check_remains(self, line):
        super().check_remains(line)
        if line.plan is not None and line.plan not in self.known.small.plans:
            line.fault("Mã kế hoạch", KNOWN_PLAN)
        group_of(self.known, line)

    def check(self, line):
        i = self.known.committee(line, "Mã tổ chức", line.code, self.right)
        plan = self.known.small.plans.get(line.plan)
        if plan is None:
            line.fault("Mã kế hoạch", KNOWN_PLAN)
        group = group_of(self.known, line)
        if i is None or plan is None or group is False:
            return
        day = line.effective_on or plan.since
        if wanted := effect_fault(plan, day):
            line.fault("Hiệu lực từ", wanted)
        if wanted := committee_fault(self.known.structure, i, plan):
            line.fault("Mã tổ chức", wanted)
        for name, wanted in aim_faults(plan, line.target, line.base_on) if line.target is not None else ():
            line.fault(self.headings[name], wanted)
        said = (line.target, line.base_on)
        pk, group_id = self.known.structure.ids[i], group.pk if group else None
        key = (plan.pk, pk, group_id, day)
        earlier = self.written.setdefault(key, line)
        if earlier is not line:
            if (earlier.target, earlier.base_on) != said:
                line.fault(
                    "Chỉ tiêu", f"một giá trị cho cùng ngày: dòng {earlier.number} đã ghi giá trị khác"
                )
            else:
                self.same += 1
            return
        there = standing_from(self.known.small.quotas.get((plan.pk, group_id), {}).get(pk, ()), day)
        if there is None:
            if ended(self.known, line, i, group):
                return
            self.fresh.append(
                Quota(
                    plan=plan, committee_id=pk, group=group, **line.target._asdict(), base_on=line.base_on,
                    effective_on=day, document=line.document or "", reason=line.reason or "",
                )
            )  # fmt: skip
        elif self._said_already(line, there):
            self.same += 1
        else:
            line.fault(
                "Chỉ tiêu", f"giá trị đã có từ ngày {vietnamese.day(day)}; thay đổi thì ghi ngày hiệu lực mới"
            )

    @staticmethod
    def _said_already(line, there):
        """Whether the row that holds from that day says the same. A workbook without a word of the base's day leaves
        the one that stands."""
        aim, base_on = shape(there)
        return line.target == aim and line.base_on in (None, base_on)

    def write(self, ledger):
        ledger.new += len(ledger.create(Quota, self.fresh))
