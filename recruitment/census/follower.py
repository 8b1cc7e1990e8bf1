"""Settlements in a reorganisation. The tree answers for most: a cell or commune that ended is stood for by its heir, and
nothing is rewritten. In a split they go where the act's column `Thôn` says; those of a split commune that it does not name go
where their cell went; the rest stays with the principal heir: a warning says so where there is a choice, and once the column
is written it must name them all."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from committees import vietnamese
from committees.acts import MOVE, SETTLEMENTS, SPLIT
from committees.filters import among
from committees.following import Fault, Follower, Moving
from committees.models import Coverage, Kind
from committees.undoing import altered, as_told, remove, restore

from . import settling


@dataclass(frozen=True)
class _Going:
    """One settlement that goes to an heir which the tree would not find: its coverage so far, the heir's code, and what of
    the coverage becomes the heir ("cell" or "committee")."""

    row: Coverage
    heir: str
    part: str
    act: object


class Settlements(Follower):
    """Which settlement goes to which heir of a split."""

    name = "settlements"

    def faults(self, planned):
        found = []
        for act in planned.acts:
            if act.settlements and act.what != SPLIT:
                found.append(Fault(act.number, _("cột “Thôn” chỉ ghi ở dòng Chia tách."), SETTLEMENTS))
        for code, heirs in self._splits(planned):
            found += self._of_split(planned, code, heirs)
        return found

    def _splits(self, planned):
        """[(code, {heir code: act})] of what is split, the principal heir first."""
        return [
            (code, heirs)
            for code, heirs in planned.heirs.items()
            if any(act.what == SPLIT for act in heirs.values()) and code in planned.origin.ids
        ]

    def _of_split(self, planned, code, heirs):
        first = next(iter(heirs.values()))
        rows, found, named = self._rows(planned, code), [], {}
        for heir, act in heirs.items():
            for settlement in act.settlements:
                if settlement not in rows:
                    words = _("“%(thon)s” không phải là thôn của %(code)s vào ngày %(day)s.")
                    told = {"thon": settlement, "code": code, "day": vietnamese.day(act.day)}
                    found.append(Fault(act.number, words % told, SETTLEMENTS))
                elif settlement in named:
                    words = _("“%s” đã ghi cho một tổ chức kế thừa khác.")
                    found.append(Fault(act.number, words % settlement, SETTLEMENTS))
                named[settlement] = heir
        if self._is_told(heirs) and (left := self._left(planned, code, heirs, rows)):
            words = _("Chia tách %(code)s: cột “Thôn” chưa nêu %(left)s theo tổ chức kế thừa nào.")
            told = {"code": code, "left": ", ".join(left)}
            found.append(Fault(first.number, words % told, SETTLEMENTS))
        later = {
            key
            for key, row in rows.items()
            if row.until is not None and row.settlement.coverage.filter(since__gt=first.day).exists()
        }
        for going in self._moving(planned, code, heirs, rows):
            if going.row.settlement.code in later:
                words = _("thôn “%(thon)s” đã có lần ghi sau ngày %(day)s.")
                told = {"thon": going.row.settlement.code, "day": vietnamese.day(first.day)}
                found.append(Fault(going.act.number, words % told))
        return found

    @staticmethod
    def _is_told(heirs):
        return any(SETTLEMENTS in act.row for act in heirs.values())

    def _left(self, planned, code, heirs, rows):
        """Codes, in order, of the settlements that no row names where there is a choice: none where there is only one."""
        named = {key for act in heirs.values() for key in act.settlements}
        left = [key for key in rows if key not in named and self._asked(planned, code, heirs, rows[key])]
        return sorted(left) if len(rows) > 1 else []

    def _rows(self, planned, code):
        """{settlement code: Coverage} of those that a committee answers for on the day it is split: of its own, and where it
        is a cell those covered by it, or by one it stands for."""
        day, before = planned.ended_on[code], planned.before
        i = before.by_code.get(code)
        if i is None:
            return {}
        eve = day.toordinal() - 1
        tree = before.at(day.fromordinal(eve))
        here = [before.ids[j] for j in (tree.position == tree.position[i]).nonzero()[0].tolist()]
        part = "cell" if self._is_cell(before, i, eve) else "committee"
        rows = Coverage.objects.running_on(day).filter(**{f"{part}_id__in": among(here)})
        return {row.settlement.code: row for row in rows.select_related("settlement", "committee", "cell")}

    @staticmethod
    def _is_cell(structure, i, day):
        place = structure.place_on(i, day) or structure.last_place(i)
        return place is not None and place.kind in Kind.cells()

    def _follows(self, planned, heirs, row):
        """The heir under which a settlement's cell stands after the split; None where it has none, or stands elsewhere."""
        if row.cell_id is None:
            return None
        after, day = planned.after, next(iter(heirs.values())).day
        tree = after.at(day)
        p = int(tree.position[after.by_code[row.cell.code]])
        for heir in heirs:
            q = int(tree.position[after.by_code[heir]])
            if 0 <= q <= p < tree.end[q]:
                return heir
        return None

    def _part(self, planned, code):
        before = planned.before
        i = before.by_code[code]
        return "cell" if self._is_cell(before, i, planned.ended_on[code].toordinal() - 1) else "committee"

    def _asked(self, planned, code, heirs, row):
        """Whether a settlement that no row names has nothing to follow."""
        return self._part(planned, code) == "cell" or self._follows(planned, heirs, row) is None

    def _moving(self, planned, code, heirs, rows):
        """[_Going] of those that go to another heir than the principal one."""
        part, principal, found = self._part(planned, code), next(iter(heirs)), []
        named = {key: heir for heir, act in heirs.items() for key in act.settlements}
        for key, row in rows.items():
            heir = named.get(key)
            if heir is None and part == "committee":
                heir = self._follows(planned, heirs, row)
            if heir is not None and heir != principal:
                found.append(_Going(row, heir, part, heirs[heir]))
        return found

    def _all(self, planned):
        return [
            going
            for code, heirs in self._splits(planned)
            for going in self._moving(planned, code, heirs, self._rows(planned, code))
        ]

    def warnings(self, planned):
        """Settlements that stay with the principal heir unasked; those whose cell goes to another committee than theirs,
        while theirs stands."""
        return [*self._unasked(planned), *self._torn(planned)]

    def _unasked(self, planned):
        for code, heirs in self._splits(planned):
            rows = {} if self._is_told(heirs) else self._rows(planned, code)
            if left := self._left(planned, code, heirs, rows):
                words = _(
                    "Chia tách %(code)s: %(left)s đều theo %(heir)s, tổ chức kế thừa chính; ghi cột “Thôn” nếu chia."
                )
                yield words % {"code": code, "left": ", ".join(left), "heir": next(iter(heirs))}

    @staticmethod
    def _torn(planned):
        moved = [act.code for act in planned.acts if act.what == MOVE]
        if not moved or not Coverage.objects.exists():
            return []
        after, found = planned.after, []
        tree = after.at(planned.days[-1])
        ids = [
            pk
            for code in moved
            if (pk := planned.register.ids.get(code)) is not None and code not in planned.fresh
        ]
        rows = Coverage.objects.filter(until=None, cell_id__in=among(ids))
        for row in rows.select_related("settlement", "committee", "cell").order_by("settlement__code"):
            home, cell = (int(tree.position[after.by_code[one.code]]) for one in (row.committee, row.cell))
            if home >= 0 and not home <= cell < tree.end[home]:
                words = _(
                    "Thôn %(thon)s thuộc %(home)s, chi bộ %(cell)s của nó chuyển đi nơi khác; cần ghi lại."
                )
                found.append(
                    words % {"thon": row.settlement.code, "home": row.committee.code, "cell": row.cell.code}
                )
        return found

    def describe(self, planned, access):
        found = []
        for code, heirs in self._splits(planned):
            rows, principal = self._rows(planned, code), next(iter(heirs))
            going = {one.row.settlement.code: one.heir for one in self._moving(planned, code, heirs, rows)}
            lines = [
                f"{row.settlement.name} ({key}): {going.get(key, principal)}"
                for key, row in sorted(rows.items())
            ]
            if lines:
                address = f"{reverse('recruitment:settlement-list')}?committee={code}"
                found.append(Moving(_("Thôn của %s") % code, len(lines), lines, address))
        return found

    def apply(self, planned, record, ids):
        was, made = [], []
        for going in self._all(planned):
            row, day = going.row, going.act.day
            was.append(as_told(row))
            said = {f"{name}_id": getattr(row, f"{name}_id") for name in ("committee", "cell")}
            said[f"{going.part}_id"] = ids[going.heir]
            said["state"] = self._state(going, said["cell_id"])
            if row.since == day:
                for name, value in said.items():
                    setattr(row, name, value)
                row.save()
                continue
            until, row.until = row.until, day
            row.save()
            later = Coverage(
                settlement_id=row.settlement_id, since=day, until=until, document=going.act.document,
                **said,
            )  # fmt: skip
            later.save()
            made.append(later.pk)
        return {"was": was, "made": made}

    @staticmethod
    def _state(going, cell_id):
        """An heir that is another settlement's own cell already is shared with the one that comes to it."""
        row = going.row
        own = going.part == "cell" and row.state == Coverage.State.OWN
        if own and settling.shared_already(row.settlement_id, cell_id, going.act.day, row.until):
            return Coverage.State.SHARED
        return row.state

    def undo(self, record, kept):
        remove(Coverage, kept["made"])
        restore(Coverage, kept["was"])

    def prevents(self, record, kept):
        rows = [*kept["made"], *(row["id"] for row in kept["was"])]
        changed = altered(Coverage, rows, record.kept["stamp"])
        codes = Coverage.objects.filter(pk__in=changed).values_list("settlement__code", flat=True).distinct()
        return [_("Thôn %s đã được ghi lại sau đó.") % code for code in sorted(codes)]
