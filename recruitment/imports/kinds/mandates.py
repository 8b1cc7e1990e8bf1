from django.core.exceptions import ValidationError

from committees import access, vietnamese
from committees.models import Account, Mandate, Role

from ... import fields
from ..base import Column
from ..base import Kind as Workbook

ROLES = fields.choice({role.label: role.value for role in Role})


class Mandates(Workbook):
    """Who works where, in which role, from when until when. Unknown accounts are made without a usable password."""

    name, title, right = "mandates", "Phân quyền", access.ACCOUNTS
    columns = (
        Column("Tên đăng nhập", "username", fields.text(60), True),
        Column("Mã tổ chức", "code", fields.code, True),
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
        if line.since is None:
            there = next((m for m in known if m.until is None or m.until == line.until), None)
        else:
            there = next((m for m in known if m.since == line.since), None)
        since = line.since or (there.since if there else vietnamese.today())
        if line.until is not None and line.until <= since:
            line.fault("Đến ngày", f"ngày không trước {vietnamese.day(since)}")
        if self.twice(line, (line.username, pk, line.role, since), "Tên đăng nhập"):
            return
        if there is None:
            self.fresh.append((line, Mandate(committee_id=pk, role=line.role, since=since, until=line.until)))
        elif there.until == line.until:
            self.same += 1
        else:
            self.updates.append((there, {"until": line.until}))

    def write(self, ledger):
        ledger.create(Account, list(self.newcomers.values()))
        for line, mandate in self.fresh:
            mandate.account = self.accounts.get(line.username) or self.newcomers[line.username]
        ledger.new += len(ledger.create(Mandate, [mandate for _, mandate in self.fresh]))
        for mandate, values in self.updates:
            ledger.change(mandate, **values)
        ledger.updates += len(self.updates)
