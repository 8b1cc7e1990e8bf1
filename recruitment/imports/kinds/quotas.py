from committees import access, vietnamese
from recruitment.models import Quota

from ... import fields
from ..base import Column
from ..base import Kind as Workbook
from ..groups import GROUP, group_of


class Quotas(Workbook):
    """The whole target of a committee from a day on. A later row is a change; nothing is overwritten."""

    name, title, right = "quotas", "Chỉ tiêu", access.TARGETS
    columns = (
        Column("Mã kế hoạch", "plan", fields.code, True),
        Column("Mã tổ chức", "code", fields.code, True),
        Column("Chỉ tiêu", "target", fields.target, True),
        Column("Nhóm", "group", GROUP),
        Column("Hiệu lực từ", "effective_on", fields.day),
        Column("Số văn bản", "document", fields.text(200)),
    )

    def prepare(self, lines):
        self.written = {}

    def check_remains(self, line):
        super().check_remains(line)
        if line.plan is not None and line.plan not in self.known.small.plans:
            line.fault("Mã kế hoạch", "mã của một kế hoạch đã có")
        group_of(self.known, line)

    def check(self, line):
        i = self.known.committee(line, "Mã tổ chức", line.code, self.right)
        plan = self.known.small.plans.get(line.plan)
        if plan is None:
            line.fault("Mã kế hoạch", "mã của một kế hoạch đã có")
        group = group_of(self.known, line)
        if i is None or plan is None or group is False:
            return
        day = line.effective_on or plan.since
        if day >= plan.until:
            line.fault(
                "Hiệu lực từ", f"ngày không sau ngày cuối của kế hoạch ({vietnamese.day(plan.last_day)})"
            )
        first, last = self.known.structure.first_day(i), self.known.structure.last_day(i)
        if first is None or first >= plan.until or (last is not None and last < plan.since):
            line.fault("Mã tổ chức", "một tổ chức hoạt động trong thời gian của kế hoạch")
        pk, group_id = self.known.structure.ids[i], group.pk if group else None
        key = (plan.pk, pk, group_id, day)
        earlier = self.written.setdefault(key, line)
        if earlier is not line:
            if earlier.target != line.target:
                line.fault(
                    "Chỉ tiêu", f"một giá trị cho cùng ngày: dòng {earlier.number} đã ghi giá trị khác"
                )
            else:
                self.same += 1
            return
        there = next(
            (
                q
                for q in self.known.small.quotas.get((plan.pk, group_id), {}).get(pk, ())
                if q.effective_on == day
            ),
            None,
        )
        if there is None:
            low, high, rate = line.target
            self.fresh.append(
                Quota(
                    plan=plan, committee_id=pk, group=group, low=low, high=high, rate=rate,
                    effective_on=day, document=line.document or "",
                )
            )  # fmt: skip
        elif (there.low, there.high, there.rate) == line.target:
            self.same += 1
        else:
            line.fault(
                "Chỉ tiêu", f"giá trị đã có từ ngày {vietnamese.day(day)}; thay đổi thì ghi ngày hiệu lực mới"
            )

    def write(self, ledger):
        ledger.new += len(ledger.create(Quota, self.fresh))
