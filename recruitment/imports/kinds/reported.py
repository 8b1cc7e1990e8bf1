from committees import access
from recruitment.models import ReportedFigure

from ... import fields
from ..base import Column
from ..base import Kind as Workbook
from ..groups import GROUP, ended, group_of


class Reported(Workbook):
    """What a unit or a document says, with its source. A second source stands beside the first."""

    name, title, right = "reported", "Số liệu báo cáo", access.OFFICE
    columns = (
        Column("Mã tổ chức", "code", fields.code, True, names=True),
        Column("Từ ngày", "since", fields.day, True),
        Column("Đến ngày", "until", fields.day_until, True),
        Column("Chỉ tiêu báo cáo", "indicator", fields.text(120), True),
        Column("Giá trị", "value", fields.amount, True),
        Column("Nhóm", "group", GROUP),
        Column("Nguồn", "source", fields.text(300)),
    )

    def check_remains(self, line):
        super().check_remains(line)
        group_of(self.known, line)
        self._days(line)

    @staticmethod
    def _days(line):
        if line.since and line.until and line.until <= line.since:
            line.fault("Đến ngày", "ngày không trước “Từ ngày”")

    def check(self, line):
        i = self.known.committee(line, "Mã tổ chức", line.code, self.right)
        group = group_of(self.known, line)
        self._days(line)
        if i is None or group is False:
            return
        pk, group_id = self.known.structure.ids[i], group.pk if group else None
        key = (line.since, line.until, line.indicator, group_id, line.source or "")
        if self.twice(line, (pk, *key), "Chỉ tiêu báo cáo"):
            return
        there = next(
            (
                figure
                for figure in self.known.small.reported.get(pk, ())
                if (figure.since, figure.until, figure.indicator, figure.group_id, figure.source) == key
            ),
            None,
        )
        if there is None:
            if ended(self.known, line, i, group):
                return
            self.fresh.append(
                ReportedFigure(
                    committee_id=pk, since=line.since, until=line.until, indicator=line.indicator, value=line.value,
                    group=group, source=line.source or "",
                )
            )  # fmt: skip
        elif there.value == line.value:
            self.same += 1
        else:
            self.updates.append((there, {"value": line.value}))

    def write(self, ledger):
        ledger.new += len(ledger.create(ReportedFigure, self.fresh))
        for there, values in self.updates:
            # Read again: the snapshot's own row belongs to every thread.
            ledger.change(ReportedFigure.objects.get(pk=there.pk), **values)
        ledger.updates += len(self.updates)
