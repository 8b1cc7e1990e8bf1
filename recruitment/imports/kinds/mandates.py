from datetime import timedelta

from django.core.exceptions import ValidationError

from committees import access, vietnamese
from committees.models import Account, Mandate, Role

from ... import fields
from ..base import Column
from ..base import Kind as Workbook

ROLES = fields.choice({role.label: role.value for role in Role})


class Mandates(Workbook):
    """Who works where, in which role, from when until when. Unknown accounts are made without a usable password.

    In a committee that has a last day no mandate goes beyond it, for its heir would be open to it: an empty last day
    says that one."""

    name, title, right = "mandates", "Phân quyền", access.ACCOUNTS
    columns = (
        Column("Tên đăng nhập", "username", fields.text(60), True),
        Column("Mã tổ chức", "code", fields.code, True, names=True),
        Column("Vai trò", "role", ROLES, True),
        Column("Từ ngày", "since", fields.day),
        Column("Đến ngày", "until", fields.day_until),
    )

    def prepare(self, lines):
        names = {line.username for line in lines if line.username}
        self.accounts = {account.username: account for account in Account.objects.filter(username__in=names)}
        self.there = {}
        for mandate in Mandate.objects.filter(account__username__in=names).select_related("account"):
            key = (mandate.account.username, mandate.committee_id, mandate.role)
            self.there.setdefault(key, []).append(mandate)
        self.newcomers = {}

    def check(self, line):
        i = self.known.committee(line, "Mã tổ chức", line.code, self.right)
        if i is None:
            return
        if self.known.actor is not None and line.username == self.known.actor.username:
            line.fault("Tên đăng nhập", "một tài khoản khác: không ai tự giao quyền cho mình")
        if line.username not in self.accounts and line.username not in self.newcomers:
            account = Account(username=line.username)
            try:
                account._meta.get_field("username").run_validators(line.username)
            except ValidationError:
                line.fault("Tên đăng nhập", "chữ cái, chữ số và các dấu @ . + - _")
                return
            account.set_unusable_password()
            self.newcomers[line.username] = account
        pk = self.known.structure.ids[i]
        known = self.there.get((line.username, pk, line.role), [])
        end = self._end(i)
        until = line.until or end
        if line.since is None:
            there = next((m for m in known if m.until is None or m.until == until), None)
        else:
            there = next((m for m in known if m.since == line.since), None)
        since = line.since or (there.since if there else vietnamese.today())
        if line.until is not None and line.until <= since:
            line.fault("Đến ngày", f"ngày không trước {vietnamese.day(since)}")
        if self.twice(line, (line.username, pk, line.role, since), "Tên đăng nhập"):
            return
        until = line.until or (end and max(end, since))  # one that began after the end was never in force
        if there is not None and there.until == until:
            self.same += 1
        elif end is not None and (until > end or (there is None and line.until is None)):
            self._fault_of_end(line, i, end, since)
        elif there is None:
            self.fresh.append((line, Mandate(committee_id=pk, role=line.role, since=since, until=until)))
        else:
            self.updates.append((there, {"until": until}))

    def _end(self, i):
        """The first day on which committee i stands no more; None where no end is known."""
        last = self.known.structure.last_day(i)
        return last and last + timedelta(days=1)

    def _fault_of_end(self, line, i, end, since):
        """An heir out of reach stays unnamed."""
        structure, last = self.known.structure, vietnamese.day(end - timedelta(days=1))
        heir, named = structure.heir(i, max(end, self.known.today).toordinal()), ""
        if heir >= 0 and self.known.allowed(self.right, structure.ids[heir]):
            named = f"; tổ chức kế thừa là {structure.codes[heir]}"
        if since >= end:
            on = vietnamese.day(since)
            line.fault(
                "Mã tổ chức",
                f"mã của một tổ chức còn hoạt động ngày {on}; {line.code} chỉ đến hết {last}{named}",
            )
        else:
            line.fault("Đến ngày", f"ngày không sau {last}, ngày cuối cùng của {line.code}{named}")

    def write(self, ledger):
        ledger.create(Account, list(self.newcomers.values()))
        for line, mandate in self.fresh:
            mandate.account = self.accounts.get(line.username) or self.newcomers[line.username]
        ledger.new += len(ledger.create(Mandate, [mandate for _, mandate in self.fresh]))
        for mandate, values in self.updates:
            ledger.change(mandate, **values)
        ledger.updates += len(self.updates)
