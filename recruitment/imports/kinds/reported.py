from datetime import timedelta

from committees import access, vietnamese
from recruitment.models import ReportedFigure
from recruitment.quotas.reported import counts_heads

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

    def stood_on(self, line):
        """A name in a row is that of the period's last day."""
        return line.until - timedelta(days=1) if line.until else None

    def check_remains(self, line):
        super().check_remains(line)
        group_of(self.known, line)
        self._days(line)
        self._whole(line)

    @staticmethod
    def _days(line):
        if line.since and line.until and line.until <= line.since:
            line.fault("Đến ngày", "ngày không trước “Từ ngày”")

    @staticmethod
    def _whole(line):
        """Whoever counts people or organisations counts whole ones: 9.701 that a spreadsheet took for a decimal is asked
        about, never cut."""
        value, raw = line.value, line.raw.get("Giá trị")
        if value is None or not line.indicator or not counts_heads(line.indicator):
            return
        if value != int(value) or value < 0:
            thousands = value * 1000
            meant = isinstance(raw, float) and 0 < value < 1000 and thousands == int(thousands)
            line.fault("Giá trị", fields.WHOLE, vietnamese.number(int(thousands)) if meant else "")

    def _stood(self, line, i):
        """Of a committee that never stood in the period nobody reported anything."""
        structure = self.known.structure
        first, last = structure.first_day(i), structure.last_day(i)
        if first is None or first >= line.until or (last is not None and last < line.since):
            line.fault("Mã tổ chức", "mã của một tổ chức hoạt động trong thời gian báo cáo")
            return False
        return True

    def check(self, line):
        i = self.known.committee(line, "Mã tổ chức", line.code, self.right)
        group = group_of(self.known, line)
        self._days(line)
        self._whole(line)
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
            if not self._stood(line, i) or ended(self.known, line, i, group):
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
