"""Who stood under whom as the register knew it after an entry: reorganisations written since are taken back, those undone
since are carried out again, committees loaded since are left out.

A reorganisation's record keeps the rows it wrote and those it changed; once undone only its acts are left, which come to
the same on what stood then.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from committees import vietnamese
from committees.acts import Act
from committees.models import LawfulPair, Placement, Reorganisation, Succession
from committees.planned import work_out
from committees.register import Register, Row

from .traces import trace

DEED, UNDO = "reorganise", "reorganise-undo"
PLACEMENT = "committees.placement"


@dataclass
class Back:
    """What takes a package back on a Register: rows and heirs that go, rows that come, codes it had founded."""

    gone: list = field(default_factory=list)
    back: list = field(default_factory=list)
    heirs: list = field(default_factory=list)
    founded: list = field(default_factory=list)

    def on(self, register):
        for code, row in self.gone:
            if row in register.rows.get(code, ()):
                register.replace(code, row, None)
        for code, row in self.back:
            register.put(code, row)
        for code, heir in self.heirs:
            register.heirs[code] = [
                one for one in register.heirs.get(code, ()) if (one.heir, one.day) != heir
            ]
        for code in self.founded:
            del register.ids[code], register.rows[code]


def acted(told):
    """Whether an entry carried a package out or took one back, a workbook of acts included."""
    return "acts" in (told.said or {})


def undid(told):
    """Whether it took one back."""
    return acted(told) and told.deed in {UNDO, "unload"}


def of(snapshot, number, tellings, loads, tree_on):
    """(Structure as of entry `number`, whether by it the tree of a day is another). tellings, loads: as `past` reads
    them. Four to seven queries where structure was written since, none otherwise."""
    loaded = trace(PLACEMENT, tellings, loads, lambda first, last: 0)
    told, now = [one for one in tellings if acted(one)], snapshot.structure
    if not loaded.spans and not any(day <= tree_on for one in told for day in _days(one)):
        return now, False
    register = _walked_back(Register.read(), number, told)
    if loaded.spans:
        for code, rows in register.rows.items():
            register.rows[code] = [row for row in rows if row.pk is None or not loaded.loaded_by(row.pk)]
    former = register.structure()
    return former, not _same(former.at(tree_on), now.at(tree_on))


def _walked_back(register, number, told):
    """The Register before these entries, the last of them first. An undone package founds its committees anew, under ids
    that no fact has."""
    kept = _kept(register, [one for one in told if not undid(one)])
    again, pairs, unrecorded = {}, None, set()
    for one in reversed(told):
        record = one.said.get("record")
        if record is None:
            unrecorded |= _days(one)
        elif undid(one):
            pairs = pairs or set(LawfulPair.objects.values_list("parent_kind", "child_kind"))
            acts = [Act(k, row) for k, row in enumerate(one.said["acts"])]
            done = work_out(acts, register, pairs).register
            again[record], register = _difference(register, done), done
        elif record in again or record in kept:
            (again.pop(record, None) or kept[record]).on(register)
    if unrecorded:
        _by_days(register, unrecorded, number)
    return register


def _kept(register, told):
    """{record id: Back} of the packages that stand. Two queries."""
    ids = {one.said["record"] for one in told if "record" in one.said}
    records = Reorganisation.objects.filter(pk__in=ids, state=Reorganisation.State.APPLIED)
    kept = dict(records.values_list("pk", "kept")) if ids else {}
    wanted = [pk for one in kept.values() for pk in one["successions"]]
    codes = {pk: code for code, pk in register.ids.items()}
    heirs = {
        pk: (codes[old], (codes[heir], day))
        for pk, old, heir, day in Succession.objects.filter(pk__in=wanted).values_list("pk", "old_id", "heir_id", "day")
    }  # fmt: skip
    rows = {row.pk: (code, row) for code, told in register.rows.items() for row in told}
    return {
        pk: Back(
            gone=[rows[at] for at in (*one["placements"], *map(int, one["changed"])) if at in rows],
            back=[_row(values, codes) for values in (*one["changed"].values(), *one["dropped"])],
            heirs=[heirs[at] for at in one["successions"] if at in heirs],
        )
        for pk, one in kept.items()
    }


def _row(values, codes):
    """(code, Row) of a placement's values as a record keeps them."""
    since, until = values["since"], values["until"]
    return codes[values["committee_id"]], Row(
        values["id"], date.fromisoformat(since), date.fromisoformat(until) if until else None, values["name"],
        values["kind"], codes.get(values["parent_id"]), values["organisation_type"],
    )  # fmt: skip


def _difference(before, after):
    """The Back from one Register to the one that it became."""
    found = Back(founded=[code for code in after.ids if code not in before.ids])
    for code, rows in after.rows.items():
        was = before.rows.get(code, [])
        if rows != was:
            found.gone += [(code, row) for row in rows if row not in was]
            found.back += [(code, row) for row in was if row not in rows]
    for code, heirs in after.heirs.items():
        known = len(before.heirs.get(code, ()))
        found.heirs += [(code, (one.heir, one.day)) for one in heirs[known:]]
    return found


def _by_days(register, days, number):
    """Take back packages of which no record was kept (before there were any): a placement written since that begins on a
    day of theirs is one they made, one that ends on such a day was running until then. Two queries."""
    late = set(Placement.objects.filter(stamp__gt=number).values_list("pk", flat=True))
    for code, rows in register.rows.items():
        if any(row.pk in late for row in rows):
            register.rows[code] = [
                row._replace(until=None) if row.pk in late and row.until in days else row
                for row in rows
                if not (row.pk in late and row.since in days)
            ]
    codes = {pk: code for code, pk in register.ids.items()}
    for old, heir, day in Succession.objects.filter(stamp__gt=number).values_list("old_id", "heir_id", "day"):
        Back(heirs=[(codes[old], (codes[heir], day))]).on(register)


def _days(told):
    return {vietnamese.parse_day(act["Ngày"]) for act in told.said["acts"] if act.get("Ngày")}


def _same(one, other):
    """Whether two trees over the same committees are one: the same places, each under the same."""
    return all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("order", "up", "position")
    )
