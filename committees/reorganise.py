"""The only writer of structure: dated acts on committees, a package of them under one pen, judged at its end.

An act takes effect at the start of its day. Nothing that was is rewritten: a placement ends, another begins. Facts and
targets stay where they are; `tree` finds the heir that answers for them.
"""

import re
from dataclasses import dataclass, replace

from django.db.models import F, Q

from . import journal, vietnamese
from .access import STRUCTURE, Access
from .acts import CHANGE, DISSOLVE, FOUND, HAND_OVER, MERGE, MOVE, RECEIVE, RENAME, SPLIT, Act
from .lawful import amiss
from .models import Committee, LawfulPair, Mandate, Placement, Succession

MOST_FAULTS = 200
_CODE = re.compile(r"[\w.\-]{1,40}")


class Refused(ValueError):
    """The package is not carried out; `faults` names each row and what is wanted, in Vietnamese."""

    def __init__(self, faults):
        super().__init__("; ".join(faults))
        self.faults = faults


def is_code(text):
    """Whether the text may be a committee's code: 1–40 letters, digits, `.-_`; not dots alone, which no address can
    carry."""
    return bool(_CODE.fullmatch(text)) and bool(text.strip("."))


def found(rows, create):
    """Found committees. rows: [(code, parent code or None, Placement without committee and parent)], parents in any
    order. create(model, objects) inserts in bulk. Needs the pen held; the caller has judged the rows."""
    journal.require_pen()
    made = create(Committee, [Committee(code=code) for code, _, _ in sorted(rows, key=lambda row: row[0])])
    ids = {committee.code: committee.pk for committee in made}
    wanted = {above for _, above, _ in rows if above is not None} - ids.keys()
    ids |= dict(Committee.objects.filter(code__in=wanted).values_list("code", "pk"))
    for code, above, placement in rows:
        placement.committee_id, placement.parent_id = ids[code], ids.get(above)
        placement.search = vietnamese.fold(placement.name)
    create(Placement, [placement for _, _, placement in rows])


def apply(rows, *, by):
    """Carry out a package of acts given as rows of the workbook `reorganisations` {heading: value}.

    Acts are applied by day, then in order of row; after the last act of each day the tree must be lawful, else
    Refused, and nothing is written. by: the Account (every committee named must lie within its right to change
    structure), or None for the machine's operator. One pen for the whole; one query a row written.
    """
    acts = [Act(number, row) for number, row in enumerate(rows, start=2)]
    if faults := [fault for act in acts for fault in act.faults]:
        raise Refused(faults[:MOST_FAULTS])
    if not acts:
        return
    door = Access(by) if by is not None else None
    if door is not None:
        _ = door.tree  # read before the pen: inside, the head does not yet tell of what is written
    with journal.pen(by, "reorganise", about=f"{len(acts)} acts") as pen:
        for day in sorted({act.day for act in acts}):
            package = _Package(day, door)
            for act in acts:
                if act.day == day:
                    package.carry_out(act)
            package.judge()
            package.write()
        pen.rows.clear()
        pen.note(acts=[act.row for act in acts])


@dataclass(frozen=True)
class _Place:
    """How a committee stands: what a placement says, by codes."""

    name: str
    kind: str
    parent: str | None
    organisation_type: str = ""


class _Package:
    """The acts of one day: worked out in memory, judged, then written."""

    def __init__(self, day, door):
        self.day, self.faults, self.access = day, [], door
        self.ids = dict(Committee.objects.values_list("code", "pk"))
        self.codes = {pk: code for code, pk in self.ids.items()}
        self.pairs = set(LawfulPair.objects.values_list("parent_kind", "child_kind"))
        self.before = {self.codes[row.committee_id]: row for row in Placement.objects.standing_on(day)}
        self.standing = {code: self._read(row) for code, row in self.before.items()}
        self.was = dict(self.standing)
        later = Placement.objects.filter(since__gt=day).values_list("committee_id", flat=True)
        self.later = {self.codes[pk] for pk in later}
        self.named = {  # who answers for a committee that ended by an earlier act
            self.codes[old]: self.codes[heir]
            for old, heir in Succession.objects.filter(principal=True, day__lte=day)
            .order_by("day")
            .values_list("old_id", "heir_id")
        }
        self.ended, self.fresh, self.heirs = {}, [], {}
        ended = Placement.objects.filter(until__lte=day).order_by("since")
        self.above = {  # of those that ended: the committee that stood above
            self.codes[pk]: self.codes.get(above)
            for pk, above in ended.values_list("committee_id", "parent_id")
        } | {code: place.parent for code, place in self.was.items()}

    def _read(self, row):
        above = self.codes[row.parent_id] if row.parent_id is not None else None
        return _Place(row.name, row.kind, above, row.organisation_type)

    def carry_out(self, act):
        """Work out one act. What is wrong is noted, and the other acts are still looked at."""
        deeds = {
            FOUND: self._found, RECEIVE: self._found, RENAME: self._alter, CHANGE: self._alter, MOVE: self._alter,
            MERGE: self._end, DISSOLVE: self._end, SPLIT: self._split, HAND_OVER: self._hand_over,
        }  # fmt: skip
        known = [code for code in (act.code, act.heir, act.above) if code is not None]
        if act.what in (FOUND, RECEIVE) and act.code not in self.ids:
            known.remove(act.code)
        strangers = [code for code in known if code not in self.ids and code not in self.fresh]
        outside = [
            code
            for code in known
            if self.access and code in self.ids and not self.access.may(STRUCTURE, self.ids[code])
        ]
        for code in strangers or outside:
            why = "không có tổ chức mang mã này" if strangers else "ngoài phạm vi tài khoản này được giao"
            self._fault(act, f"“{code}”: {why}.")
        if act.code in self.later:
            self._fault(act, f"“{act.code}” đã có thay đổi sau ngày {vietnamese.day(self.day)}.")
        if not (strangers or outside or act.code in self.later):
            deeds[act.what](act)

    def _fault(self, act, text):
        self.faults.append(f"Dòng {act.number}: {text}")

    def _stands(self, act):
        if act.code not in self.standing:
            self._fault(act, f"tổ chức “{act.code}” không hoạt động vào ngày {vietnamese.day(self.day)}.")
        return act.code in self.standing

    def _found(self, act):
        """A new committee; one that was handed over may come back under its own code."""
        if not is_code(act.code):
            self._fault(act, f"mã “{act.code}” gồm 1–40 chữ cái, chữ số, dấu . - _.")
        elif act.code in self.fresh or (act.code in self.ids and not self._returns(act)):
            self._fault(act, f"mã “{act.code}” đã dùng.")
        elif self.access and act.above is None:
            self._fault(act, "cần “Mã cấp trên mới” trong phạm vi tài khoản này được giao.")
        else:
            if act.code not in self.ids:
                self.fresh.append(act.code)
            self.standing[act.code] = _Place(act.name, act.kind, act.above)

    def _returns(self, act):
        return act.what == RECEIVE and act.code not in self.standing and act.code not in self.ended

    def _alter(self, act):
        """Another name, kind or superior from this day on."""
        if self._stands(act):
            said = {"name": act.name, "kind": act.kind, "parent": act.above}
            said = {name: value for name, value in said.items() if value is not None}
            self.standing[act.code] = replace(self.standing[act.code], **said)

    def _end(self, act):
        """It ends; its heir (the one named, else the one above) answers for it, and its children go there.

        A committee that ended without a named heir may be given one by a later act.
        """
        if act.heir and act.code not in self.standing and act.code in self.ids.keys() - self.named.keys():
            if act.code not in self.heirs:
                self._succeed(act, act.heir)
                return
        if not self._stands(act):
            return
        heir = act.heir or self.standing[act.code].parent
        if heir is None:
            self._fault(act, f"“{act.code}” không có cấp trên: cần “Mã kế thừa”.")
            return
        if self._succeed(act, heir):
            self._close(act)
            for code, place in self.standing.items():
                if place.parent == act.code:
                    self.standing[code] = replace(place, parent=heir)

    def _succeed(self, act, heir):
        """Note an heir; whether it may be one."""
        heirs = self.heirs.setdefault(act.code, {})
        if heir == act.code:
            self._fault(act, f"“{act.code}” không kế thừa chính nó.")
        elif heir in heirs:
            self._fault(act, f"“{heir}” đã là tổ chức kế thừa của “{act.code}”.")
        else:
            heirs[heir] = act
            return True
        return False

    def _split(self, act):
        """One row an heir; the first is the principal one. Children move by rows of their own."""
        again = act.code in self.heirs and self.ended.get(act.code) == SPLIT
        if (again or self._stands(act)) and self._succeed(act, act.heir) and not again:
            self._close(act)

    def _hand_over(self, act):
        if self._stands(act):
            self._close(act)

    def _close(self, act):
        row = self.before.get(act.code)
        if row is None or (row.since == self.day and not self._stood_before(row)):
            self._fault(act, f"“{act.code}” thành lập và kết thúc trong cùng một ngày.")
        self.ended[act.code] = act.what
        del self.standing[act.code]

    def _stood_before(self, row):
        return Placement.objects.filter(committee_id=row.committee_id, since__lt=self.day).exists()

    def judge(self):
        """Refuse unless the tree of the day is lawful: every superior stands, every pair of kinds is lawful, no ring;
        every ended committee has an heir that stands; shares make a whole. What was amiss before is not held against
        the package."""
        before = amiss(self.was, self.pairs)
        for code, text in amiss(self.standing, self.pairs).items():
            if before.get(code) != text:
                self.faults.append(f"Tổ chức {code}: {text}")
        for code, heirs in self.heirs.items():
            if self._answering(code) is None:
                self.faults.append(f"Tổ chức {code}: tổ chức kế thừa không còn hoạt động.")
            shares = [act.share for act in heirs.values()]
            if any(share is not None for share in shares) and (None in shares or sum(shares) != 1):
                self.faults.append(f"Tổ chức {code}: “Tỷ lệ” của các dòng cộng lại phải là 100%.")
        if self.faults:
            raise Refused(self.faults[:MOST_FAULTS])

    def _answering(self, code):
        """The committee that stands for an ended one at the end of the day, or None."""
        seen = set()
        while code not in self.standing:
            if code is None or code in seen:
                return None
            seen.add(code)
            named = next(iter(self.heirs.get(code, ())), None) or self.named.get(code)
            code = named or self.above.get(code)
        return code

    def write(self):
        """Write what changed. Mandates in a committee that ends end that day; one not begun never begins."""
        made = Committee.objects.bulk_create([Committee(code=code) for code in self.fresh])
        ids = self.ids | {committee.code: committee.pk for committee in made}
        for code, place in self.standing.items():
            if place != self.was.get(code):
                self._place(ids[code], place, ids.get(place.parent), self.before.get(code))
        for code in self.ended.keys() - self.standing.keys():
            self._end_placement(self.before[code])
            running = Mandate.objects.filter(committee_id=ids[code])
            running.filter(Q(until=None) | Q(until__gt=self.day), since__lt=self.day).update(until=self.day)
            running.filter(Q(until=None) | Q(until__gt=F("since")), since__gte=self.day).update(
                until=F("since")
            )
        for code, heirs in self.heirs.items():
            for place, (heir, act) in enumerate(heirs.items()):
                # Without shares the tree's own answer: the principal heir has all.
                share = act.share if act.share is not None else int(place == 0)
                Succession(
                    old_id=ids[code], heir_id=ids[heir], day=self.day, share=share, principal=place == 0,
                    document=act.document,
                ).save()  # fmt: skip

    def _place(self, pk, place, parent_id, old):
        said = {
            "name": place.name, "kind": place.kind, "parent_id": parent_id,
            "organisation_type": place.organisation_type,
        }  # fmt: skip
        until = old.until if old else None
        if old is not None and old.since == self.day:  # a second package of the same day
            for name, value in said.items():
                setattr(old, name, value)
            old.save()
            return
        if old is not None:
            self._end_placement(old)
        Placement(committee_id=pk, since=self.day, until=until, **said).save()

    def _end_placement(self, row):
        if row.since == self.day:
            row.delete()
        else:
            row.until = self.day
            row.save()
