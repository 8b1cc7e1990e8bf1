"""What goes with an act beside the tree: mandates in committees that end, members that an act names. The rooms above
follow in the same way; `reorganise` asks them all and knows none of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _

from . import vietnamese
from .access import ACCOUNTS
from .acts import FOUND, RECEIVE
from .filters import among
from .models import Account, Headcount, Kind, Mandate, Role
from .packages import Fault
from .undoing import altered, as_told, remove, restore

# Under three official members a cell cannot stand on its own (domain.md §1).
LEAST_OFFICIAL = 3
# Roles that watch over others: never taken over on a department's word alone.
CONTROL = {Role.INSPECTOR.value, Role.ADMINISTRATOR.value}


@dataclass(frozen=True)
class Moving:
    """Something that an act takes along: what, how many, a few lines that tell of it, the page that lists it."""

    title: str
    count: int
    lines: list = field(default_factory=list)
    address: str = ""


class Follower:
    """What a room does when committees change. `name` is its key in what is kept for an undo."""

    name = ""

    def faults(self, planned):
        """[Fault]: what must be said and is not, or cannot be. Before the pen."""
        return []

    def warnings(self, planned):
        """[text]: what to look at before it is carried out. Before the pen."""
        return []

    def describe(self, planned, access):
        """[Moving] for who has that Access (None: the operator of the machine). Before the pen."""
        return []

    def apply(self, planned, record, ids):
        """Under the pen, the structure written. ids: {code: committee id}. Returns what `undo` needs, as JSON."""

    def undo(self, record, kept):
        """Under the pen, before the structure goes back."""

    def prevents(self, record, kept):
        """[text]: what stands in the way of an undo. Under the pen or not."""
        return []


class Mandates(Follower):
    """In a committee that ends, mandates end that day; of those whom its act names as taking over they go on in the heir,
    with the same role. Taking over is no way to more: nobody takes over themself, and what only who opens accounts may
    grant (a role of control, a place above the committee that ends) takes that right in the heir."""

    name = "mandates"

    def faults(self, planned):
        accounts = {name for act in planned.acts for name in act.takers}
        known = set(Account.objects.filter(username__in=accounts).values_list("username", flat=True))
        faults, running = [], self._all_running(planned) if accounts else {}
        for act in planned.acts:
            here = {row.account.username for row in running.get(act.code, ())}
            for name in act.takers:
                if name not in known:
                    faults.append(Fault(act.number, _("không có tài khoản “%s”.") % name))
                elif act.heir is None or name not in here:
                    words = _(
                        "“%(name)s” không có phân quyền đang chạy tại %(code)s để chuyển sang tổ chức kế thừa."
                    )
                    faults.append(Fault(act.number, words % {"name": name, "code": act.code}))
                elif planned.door is not None:
                    mine = [row for row in running[act.code] if row.account.username == name]
                    faults += self._too_much(planned, act, name, mine)
        return faults

    def _too_much(self, planned, act, name, mandates):
        """What an account that is no administrator of the heir may not hand on."""
        door, day = planned.door, planned.ended_on[act.code]
        heir = self._standing(planned, act.heir, day)
        pk, before = planned.register.ids[heir], planned.before
        if door.account.username == name:
            yield Fault(act.number, _("không tự nhận phân quyền cho chính mình."))
        elif heir in planned.fresh or not door.may(ACCOUNTS, pk):
            if any(row.role in CONTROL for row in mandates):
                words = _(
                    "phân quyền kiểm tra, quản trị của “%s” do quản trị hệ thống cấp ở tổ chức kế thừa."
                )
                yield Fault(act.number, words % name)
            tree = before.at(day - timedelta(days=1))
            here = int(tree.position[before.by_code[act.code]])
            if here >= 0 and heir in {tree.code(p) for p in tree.ancestors(here)}:
                words = _(
                    "“%(name)s” chưa có phân quyền ở cấp trên %(heir)s; quản trị hệ thống cấp việc này."
                )
                yield Fault(act.number, words % {"name": name, "heir": heir})

    def _running(self, planned, code):
        day, pk = planned.ended_on.get(code), planned.register.ids.get(code)
        if day is None or code in planned.fresh:
            return []
        rows = Mandate.objects.filter(committee_id=pk).filter(Q(until=None) | Q(until__gt=day))
        return list(
            rows.exclude(until=F("since")).select_related("account").order_by("account__username", "pk")
        )

    def _all_running(self, planned):
        """{code: [Mandate]} of all that end, as they stand now. One query."""
        ids = {planned.register.ids[code]: code for code in planned.ended_on if code not in planned.fresh}
        rows = Mandate.objects.filter(committee_id__in=among(list(ids))).exclude(until=F("since"))
        found = {}
        for row in rows.select_related("account").order_by("account__username", "pk"):
            code = ids[row.committee_id]
            if row.until is None or row.until > planned.ended_on[code]:
                found.setdefault(code, []).append(row)
        return found

    def describe(self, planned, access):
        lines, running = [], self._all_running(planned)
        for code in planned.ended_on:
            takers = {name: heir for heir, act in planned.heirs.get(code, {}).items() for name in act.takers}
            for row in running.get(code, ()):
                name, role = row.account.username, row.get_role_display()
                goes = (
                    _("tiếp tục tại %s") % takers[name]
                    if name in takers
                    else _("kết thúc ngày %s") % vietnamese.day(planned.ended_on[code])
                )
                lines.append(f"{name}, {role}, {code}: {goes}")
        return [Moving(_("Phân quyền"), len(lines), lines)] if lines else []

    def apply(self, planned, record, ids):
        was, made = [], []
        for code, day in planned.ended_on.items():
            running = self._running(planned, code)
            was += [as_told(row) for row in running]
            rows = Mandate.objects.filter(pk__in=[row.pk for row in running])
            rows.filter(since__lt=day).update(until=day)
            rows.filter(since__gte=day).update(until=F("since"))
            for heir, act in planned.heirs.get(code, {}).items():
                made += [
                    self._go_on(row, ids[self._standing(planned, heir, day)], day)
                    for row in running
                    if row.account.username in act.takers
                ]
        return {"was": was, "made": [pk for pk in made if pk]}

    def _standing(self, planned, heir, day):
        after = planned.after
        return after.codes[after.heir(after.by_code[heir], day.toordinal())]

    def _go_on(self, row, heir, day):
        """The mandate in the heir; None where it has that already."""
        since = max(day, row.since)
        there = Mandate.objects.filter(account_id=row.account_id, committee_id=heir, role=row.role)
        if there.overlapping(since, row.until).exists():
            return None
        made = Mandate(
            account_id=row.account_id, committee_id=heir, role=row.role, since=since, until=row.until
        )
        made.save()
        return made.pk

    def undo(self, record, kept):
        remove(Mandate, kept["made"])
        restore(Mandate, kept["was"])

    def prevents(self, record, kept):
        rows = [*kept["made"], *(row["id"] for row in kept["was"])]
        changed = altered(Mandate, rows, record.kept["stamp"])
        people = Account.objects.filter(mandates__in=changed).values_list("username", flat=True).distinct()
        return [_("Phân quyền của %s đã được sửa sau đó.") % name for name in sorted(people)]


class Members(Follower):
    """The members that an act names: of a committee founded or received, or of an heir that the package founds (the rows
    that lead to one heir add up). Those of an heir that was there already are not told by an act."""

    name = "members"

    def _said(self, planned):
        """{code: (day, members, probationary or None, number of the first act)}."""
        found = defaultdict(list)
        for act in planned.acts:
            code = act.code if act.what in (FOUND, RECEIVE) else act.heir
            if act.members is not None and code in {*planned.fresh, *self._received(planned)}:
                found[code].append(act)
        return {
            code: (
                min(act.day for act in acts),
                sum(act.members for act in acts),
                sum(act.probationary or 0 for act in acts)
                if any(act.probationary is not None for act in acts)
                else None,
                acts[0].number,
            )
            for code, acts in found.items()
        }

    @staticmethod
    def _received(planned):
        return {act.code for act in planned.acts if act.what == RECEIVE}

    def faults(self, planned):
        ids = planned.register.ids
        return [
            Fault(
                number,
                _("%(code)s đã có số đảng viên ngày %(day)s.") % {"code": code, "day": vietnamese.day(day)},
            )
            for code, (day, _members, _probationary, number) in self._said(planned).items()
            if code not in planned.fresh
            and Headcount.objects.filter(committee_id=ids[code], day=day).exists()
        ]

    def warnings(self, planned):
        """Cells that would have under three official members by what the acts say."""
        after, found = planned.after, []
        for code, (day, members, probationary, _number) in self._said(planned).items():
            place = after.place_on(after.by_code[code], day.toordinal())
            official = members - (probationary or 0)
            if place is not None and place.kind in Kind.cells() and official < LEAST_OFFICIAL:
                words = _("%(name)s sẽ có %(n)d đảng viên chính thức; chi bộ cần ít nhất %(least)d.")
                found.append(words % {"name": place.name, "n": official, "least": LEAST_OFFICIAL})
        for act in planned.acts:
            if act.members is not None and act.heir and act.heir not in self._said(planned):
                words = _("%(heir)s cần báo lại số đảng viên sau ngày %(day)s (thêm %(n)d từ %(code)s).")
                found.append(
                    words
                    % {"heir": act.heir, "day": vietnamese.day(act.day), "n": act.members, "code": act.code}
                )
        return found

    def describe(self, planned, access):
        said = self._said(planned)
        lines = [
            _("%(code)s: %(n)s đảng viên") % {"code": code, "n": vietnamese.number(members)}
            for code, (_day, members, *_rest) in said.items()
        ]
        total = sum(members for _day, members, *_rest in said.values())
        return [Moving(_("Đảng viên"), total, lines)] if lines else []

    def apply(self, planned, record, ids):
        made = []
        for code, (day, members, probationary, _number) in self._said(planned).items():
            row = Headcount(committee_id=ids[code], day=day, members=members, probationary=probationary)
            row.save()
            made.append(row.pk)
        return made

    def undo(self, record, kept):
        remove(Headcount, kept)

    def prevents(self, record, kept):
        changed = altered(Headcount, kept, record.kept["stamp"])
        return [_("Số đảng viên của lần sắp xếp này đã được sửa sau đó.")] if changed else []
