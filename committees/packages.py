"""The acts of one day, worked out on a register and judged at their end. Writes nothing."""

import re
from typing import NamedTuple

from . import vietnamese
from .access import STRUCTURE
from .acts import CHANGE, DISSOLVE, FOUND, HAND_OVER, MERGE, MOVE, RECEIVE, RENAME, SPLIT
from .lawful import amiss, comes_back
from .register import Heir, Row

NO_HEIR = "tổ chức kế thừa không còn hoạt động."
RING = "tổ chức kế thừa lại do chính nó kế thừa."
_CODE = re.compile(r"[\w.\-]{1,40}")


class Fault(NamedTuple):
    """What is wrong, in Vietnamese; the number of the act it is about, None where it is about none alone; the heading of
    its row at which to look."""

    number: int | None
    text: str
    heading: str = ""

    def __str__(self):
        return self.text if self.number is None else f"Dòng {self.number}: {self.text}"


def is_code(text):
    """Whether the text may be a committee's code: 1–40 letters, digits, `.-_`; not dots alone, which no address can
    carry."""
    return bool(_CODE.fullmatch(text)) and bool(text.strip("."))


class _Place(NamedTuple):
    """How a committee stands: what a placement says, by codes."""

    name: str
    kind: str
    parent: str | None
    organisation_type: str = ""


class Package:
    """The acts of one day on a Register, which `commit` changes. ended: {code: what ended it}; fresh: codes of committees
    that were not there before; heirs: {code: {heir: act}}, the principal heir first."""

    def __init__(self, register, day, pairs, door):
        self.register, self.day, self.pairs, self.access, self.faults = register, day, pairs, door, []
        self.before = register.standing(day)
        self.was = {code: _Place(*row.said) for code, row in self.before.items()}
        self.standing = dict(self.was)
        self.later = {code for code, rows in register.rows.items() if rows and rows[-1].since > day}
        # Of those that ended: the committee that stood above, and whom an act named since as answering; those that ended
        # by being succeeded, on the very day.
        self.named, self.above, self.succeeded = {}, {}, set()
        for code, rows in register.rows.items():
            if code in self.was:
                continue
            if ended := [row for row in rows if row.until is not None and row.until <= day]:
                last = ended[-1]
                self.above[code] = last.parent
                named = [one for one in register.heirs.get(code, ()) if last.until <= one.day <= day]
                if named:
                    latest = max(one.day for one in named)
                    told = sorted(
                        (one for one in named if one.day == latest), key=lambda one: not one.principal
                    )
                    self.named[code] = [one.heir for one in told]
                    if latest == day or last.until in {one.day for one in named}:
                        self.succeeded.add(code)
        self.above |= {code: place.parent for code, place in self.was.items()}
        self.ended, self.fresh, self.heirs, self._touched, self.coming = {}, [], {}, {}, set()

    def carry_out_all(self, acts):
        """Work out acts in order of row. A row may lean on what a later one founds."""
        self.coming = {act.code for act in acts if act.what in (FOUND, RECEIVE)}
        for act in acts:
            self.carry_out(act)

    def carry_out(self, act):
        """Work out one act. What is wrong is noted, and the other acts are still looked at."""
        deeds = {
            FOUND: self._found, RECEIVE: self._found, RENAME: self._alter, CHANGE: self._alter, MOVE: self._alter,
            MERGE: self._end, DISSOLVE: self._end, SPLIT: self._split, HAND_OVER: self._hand_over,
        }  # fmt: skip
        ids = self.register.ids
        self._touched[act.code] = act.number
        known = [code for code in (act.code, act.heir, act.above) if code is not None]
        if act.what in (FOUND, RECEIVE) and act.code not in ids:
            known.remove(act.code)
        strangers = [code for code in known if code not in ids and code not in self.coming]
        outside = [code for code in known if not self._within(code)]
        for code in strangers or outside:
            why = "không có tổ chức mang mã này" if strangers else "ngoài phạm vi tài khoản này được giao"
            self._fault(act, f"“{code}”: {why}.")
        if act.code in self.later:
            self._fault(act, f"“{act.code}” đã có thay đổi sau ngày {vietnamese.day(self.day)}.")
        if not (strangers or outside or act.code in self.later):
            deeds[act.what](act)

    def _within(self, code):
        """Whether who acts may change it; what the package itself founds lies where its superior does."""
        founded = code in self.register.fresh or code not in self.register.ids
        return self.access is None or founded or self.access.may(STRUCTURE, self.register.ids[code])

    def _fault(self, act, text):
        self.faults.append(Fault(act.number, text))

    def _stands(self, act):
        if act.code not in self.standing:
            self._fault(act, f"tổ chức “{act.code}” không hoạt động vào ngày {vietnamese.day(self.day)}.")
        return act.code in self.standing

    def _found(self, act):
        """A new committee; one that was handed over may come back under its own code."""
        there = act.code in self.register.ids
        if not is_code(act.code):
            self._fault(act, f"mã “{act.code}” gồm 1–40 chữ cái, chữ số, dấu . - _.")
        elif act.code in self.fresh or (there and not self._returns(act)):
            self._fault(act, f"mã “{act.code}” đã dùng.")
        elif self.access and act.above is None:
            self._fault(act, "cần “Mã cấp trên mới” trong phạm vi tài khoản này được giao.")
        else:
            if not there:
                self.fresh.append(act.code)
            self.standing[act.code] = _Place(act.name, act.kind, act.above, act.type or "")

    def _returns(self, act):
        """Whether it may come back: it went outside, and was not succeeded."""
        gone = {*self.standing, *self.ended, *self.heirs, *self.succeeded}
        return act.what == RECEIVE and act.code not in gone

    def _alter(self, act):
        """Another name, kind or superior from this day on."""
        if self._stands(act):
            said = {"name": act.name, "kind": act.kind, "parent": act.above, "organisation_type": act.type}
            said = {name: value for name, value in said.items() if value is not None}
            self.standing[act.code] = self.standing[act.code]._replace(**said)

    def _end(self, act):
        """It ends; its heir (the one named, else the one above) answers for it, and its children go there.

        A committee that ended without a named heir may be given one by a later act.
        """
        if (
            act.heir
            and act.code not in self.standing
            and act.code in self.register.ids.keys() - self.named.keys()
        ):
            if act.code not in self.heirs:
                self._succeed(act, act.heir)
                return
        if not self._stands(act):
            return
        heir = act.heir or self.standing[act.code].parent
        if heir is None:
            self._fault(act, f"“{act.code}” không có cấp trên: cần “Mã kế thừa”.")
            return
        if not act.heir and not self._within(heir):
            self._fault(
                act,
                f"“{act.code}”: cấp trên ngoài phạm vi tài khoản này được giao; cần “Mã kế thừa” trong phạm vi.",
            )
        elif self._succeed(act, heir):
            self._close(act)
            goes_to = self._answering(heir) or heir  # an heir that ended by a row above passes them on
            for code, place in self.standing.items():
                if place.parent == act.code:
                    self.standing[code] = place._replace(parent=goes_to)

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
        if row is not None and row.until is not None:
            self._fault(act, f"“{act.code}” đã có thay đổi sau ngày {vietnamese.day(self.day)}.")
        if row is None or (row.since == self.day and self.register.rows[act.code][0].since == self.day):
            self._fault(act, f"“{act.code}” thành lập và kết thúc trong cùng một ngày.")
        self.ended[act.code] = act.what
        del self.standing[act.code]

    def judge(self):
        """Note what is amiss unless the tree of the day is lawful: every superior stands, every pair of kinds is lawful,
        no ring; every ended committee has an heir that stands; shares make a whole. What was amiss before is not held
        against the package."""
        if found := amiss(self.standing, self.pairs):
            before = amiss(self.was, self.pairs)
            for code, text in found.items():
                if before.get(code) != text:
                    self._amiss(code, text)
        for code, heirs in self.heirs.items():
            if any(self._answering(heir) is None for heir in heirs):
                self._amiss(code, NO_HEIR)
            elif comes_back(code, self._heirs_of):
                self._amiss(code, RING)
            shares = [act.share for act in heirs.values()]
            if any(share is not None for share in shares) and (None in shares or sum(shares) != 1):
                self._amiss(code, "“Tỷ lệ” của các dòng cộng lại phải là 100%.")

    def _amiss(self, code, text):
        place = self.standing.get(code)
        number = self._touched.get(code) or (self._touched.get(place.parent) if place else None)
        self.faults.append(Fault(number, f"Tổ chức {code}: {text}"))

    def _answering(self, code):
        """The committee that stands for an ended one at the end of the day, or None."""
        seen = set()
        while code not in self.standing:
            if code is None or code in seen:
                return None
            seen.add(code)
            code = next(iter(self._heirs_of(code)), None)
        return code

    def _heirs_of(self, code):
        """To whom one passes on that does not stand at the end of the day, the principal heir first."""
        if code in self.standing:
            return []
        above = self.above.get(code)
        return list(self.heirs.get(code, ())) or self.named.get(code) or ([above] if above else [])

    def commit(self):
        """Change the register to what the acts come to. Where changes of later days are known already, a fault is noted
        if one of those days is no longer lawful."""
        edges = {
            edge for rows in self.register.rows.values() for row in rows for edge in (row.since, row.until)
        }
        later = sorted(edge for edge in edges if edge is not None and edge > self.day)
        before = [amiss(self.register.standing(day), self.pairs) for day in later]
        self._write()
        after = self.register.structure() if later else None
        for day, known in zip(later, before, strict=True):
            for code, text in self._amiss_later(day, after).items():
                if known.get(code) != text:
                    self._amiss(code, f"từ ngày {vietnamese.day(day)}, {text}")

    def _amiss_later(self, day, after):
        """{code: what is wrong} on a day whose changes were known before; after: the Structure with these acts in it."""
        found, number = amiss(self.register.standing(day), self.pairs), day.toordinal()
        for code in self.heirs:
            i = after.by_code[code]
            back = comes_back(i, lambda one: [share.heir for share in after.passes_to(one, number)])
            if back or after.heir(i, number) < 0:
                found[code] = NO_HEIR
        return found

    def _write(self):
        for code in self.fresh:
            self.register.found(code)
        for code, place in self.standing.items():
            if place != self.was.get(code):
                self._place(code, place)
        for code in self.ended.keys() - self.standing.keys():
            self._end_row(code, self.before[code])
        for code, heirs in self.heirs.items():
            for k, (heir, act) in enumerate(heirs.items()):
                # Without shares the tree's own answer: the principal heir has all.
                share = act.share if act.share is not None else int(k == 0)
                self.register.heirs.setdefault(code, []).append(
                    Heir(heir, self.day, share, principal=k == 0, document=act.document)
                )

    def _place(self, code, place):
        old = self.before.get(code)
        said = {
            "name": place.name, "kind": place.kind, "parent": place.parent,
            "organisation_type": place.organisation_type,
        }  # fmt: skip
        if old is not None and old.since == self.day:  # a second package of the same day
            search = old.search if old.name == place.name else None
            self.register.replace(code, old, old._replace(**said, search=search))
            return
        if old is not None:
            self._end_row(code, old)
        self.register.put(code, Row(pk=None, since=self.day, until=old.until if old else None, **said))

    def _end_row(self, code, row):
        self.register.replace(code, row, None if row.since == self.day else row._replace(until=self.day))
