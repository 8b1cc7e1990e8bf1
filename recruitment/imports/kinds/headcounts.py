from committees import access
from committees.models import Headcount

from ... import fields
from ..base import Column
from ..base import Kind as Workbook


class Headcounts(Workbook):
    """Members of a committee on a day."""

    name, title, right = "headcounts", "Số đảng viên", access.STRUCTURE
    day = "day"
    columns = (
        Column("Mã tổ chức", "code", fields.code, True, names=True),
        Column("Ngày", "day", fields.past_day, True),
        Column("Số đảng viên", "members", fields.count, True),
        Column("Dự bị", "probationary", fields.count),
    )

    def check(self, line):
        i = self.known.committee(line, "Mã tổ chức", line.code, self.right)
        if i is None or self.twice(line, (i, line.day), "Ngày"):
            return
        if self.known.structure.place_on(i, line.day.toordinal()) is None:
            line.fault("Ngày", "một ngày tổ chức này còn hoạt động")
        pk = self.known.structure.ids[i]
        there = next((c for c in self.known.small.headcounts.get(pk, ()) if c.day == line.day), None)
        probationary = line.probationary
        if there is not None and probationary is None:  # an empty cell says nothing
            probationary = there.probationary
        if probationary is not None and probationary > line.members:
            line.fault("Dự bị", f"không quá số đảng viên ({line.members})")
        if there is None:
            self.fresh.append(
                Headcount(committee_id=pk, day=line.day, members=line.members, probationary=probationary)
            )
        elif (there.members, there.probationary) == (line.members, probationary):
            self.same += 1
        else:
            self.updates.append((there, {"members": line.members, "probationary": probationary}))

    def write(self, ledger):
        ledger.new += len(ledger.create(Headcount, self.fresh))
        for there, values in self.updates:
            # Read again: the snapshot's own row belongs to every thread.
            ledger.change(Headcount.objects.get(pk=there.pk), **values)
        ledger.updates += len(self.updates)
