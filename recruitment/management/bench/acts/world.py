"""A register small enough to walk in: two provinces with all that stands under them, admissions and targets. Its tables are
dicts, written the way `committees.reorganise` writes; everything else is the program's own code."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import SimpleNamespace

import numpy as np

from committees.register import Register
from recruitment.columns import Snapshot
from recruitment.facts import NEVER, Table
from recruitment.models import Plan, Quota

START, BEGIN = date(2000, 1, 1), date(2025, 1, 15)
# Contracts, KIND committees; "" is the top.
PAIRS = frozenset(
    {
        ("", "province"), ("province", "upper"), ("province", "grassroots_party"), ("province", "grassroots_cell"),
        ("upper", "grassroots_party"), ("upper", "grassroots_cell"), ("upper", "cell"), ("grassroots_party", "section"),
        ("grassroots_party", "cell"), ("section", "cell"),
    }
)  # fmt: skip
CELLS = {"grassroots_cell", "cell"}
# code: (kind, the code above)
PLANTED = {
    "P": ("province", None), "Q": ("province", None),
    **{f"{top}{n}": ("upper", top) for top in "PQ" for n in "12"},
    "P1A": ("grassroots_party", "P1"), "P1B": ("grassroots_party", "P1"), "P2A": ("grassroots_party", "P2"),
    "Q1A": ("grassroots_party", "Q1"), "Q2A": ("grassroots_party", "Q2"), "QX": ("grassroots_party", "Q"),
    "P1C": ("grassroots_cell", "P1"), "Q0": ("grassroots_cell", "Q"), "P2D": ("cell", "P2"),
    "P1AS": ("section", "P1A"), "P1AS1": ("cell", "P1AS"), "P1AS2": ("cell", "P1AS"),
    **{f"{above}{n}": ("cell", above) for above in ("P1A", "P1B", "P2A", "Q1A", "Q2A", "QX") for n in "56"},
}  # fmt: skip
ADMITTING = ("P1A5", "P1A6", "P1AS1", "P1B5", "P1C", "P2D", "P2A5", "Q1A5", "Q2A5", "QX5", "Q0")
TARGETS = {
    "P": 40,
    "P1": 21,
    "P2": 15,
    "P1A": 13,
    "P1B": 7,
    "P1A5": 5,
    "Q": 33,
    "Q1": 17,
    "Q1A": 9,
    "Q1A5": 4,
    "Q0": 3,
}


@dataclass(frozen=True)
class Written:
    """What taking a package back needs, as `Reorganisation.kept` keeps it: ids made, rows as they were."""

    committees: list
    placements: list
    successions: list
    were: dict


class World:
    """committees: {code: id}; placements, successions: {id: row as Register.of takes it}; facts: [(cell's code, day)];
    quotas; today: the day of the latest act. `last`: the latest Written, None where none may be taken back."""

    def __init__(self):
        self.committees = {code: pk for pk, code in enumerate(PLANTED, start=1)}
        self.placements = {
            pk: (pk, pk, START, None, f"Tên {code}", kind, self.committees.get(above), "")
            for (code, (kind, above)), pk in zip(PLANTED.items(), self.committees.values(), strict=True)
        }
        self.successions, self.last, self.today = {}, None, BEGIN
        self.plan = Plan(
            pk=1, code="KH", name="Kế hoạch", issuer="Tỉnh ủy", since=date(2024, 1, 1), until=date(2041, 1, 1)
        )
        self.facts, self.quotas, self._number = [], [], 1000
        for k, code in enumerate(ADMITTING):
            self.admit(code, date(2024, 1 + k, 5))
        for code, low in TARGETS.items():
            self.give(code, low, self.plan.since)

    def tables(self):
        """All that acts may change, to lay beside what it was."""
        return dict(self.committees), dict(self.placements), dict(self.successions)

    def counted(self):
        """All that they may not: nothing of it is rewritten."""
        quotas = [(quota.committee_id, quota.low, quota.effective_on) for quota in self.quotas]
        return list(self.facts), quotas

    def register(self):
        placements = sorted(self.placements.values(), key=lambda row: row[2])
        named = sorted(self.successions.items(), key=lambda one: (one[1][2], not one[1][4], one[0]))
        return Register.of(self.committees.items(), placements, [row for _pk, row in named])

    def admit(self, code, day):
        """Somebody is admitted in a cell."""
        self.facts.append((code, day))
        self.forget()

    def give(self, code, low, day):
        """A committee is given a target, the whole from that day on."""
        self.quotas.append(
            Quota(committee_id=self.committees[code], low=low, effective_on=day, plan=self.plan)
        )
        self.forget()

    def write(self, planned):
        """As `reorganise.write` does."""
        changes = planned.register.changes()
        founded = {code: self._new() for code in changes.founded}
        self.committees |= founded
        were = {row.pk: self.placements.pop(row.pk) for _code, row in changes.dropped}
        for code, old, new in changes.changed:
            were[old.pk] = self.placements[old.pk]
            self.placements[old.pk] = self._told(old.pk, code, new)
        made = [self._new() for _ in changes.made]
        self.placements |= {
            pk: self._told(pk, code, row) for pk, (code, row) in zip(made, changes.made, strict=True)
        }
        named = [self._new() for _ in changes.heirs]
        for pk, (code, one) in zip(named, changes.heirs, strict=True):
            old, heir = self.committees[code], self.committees[one.heir]
            self.successions[pk] = (old, heir, one.day, one.share, one.principal, one.document)
        self.last = Written(list(founded), made, named, were)
        self.today = max(self.today, *planned.days)
        self.forget()

    def take_back(self):
        """As `undoing.put_back` does."""
        for pk in self.last.successions:
            del self.successions[pk]
        for pk in self.last.placements:
            del self.placements[pk]
        self.placements |= self.last.were
        for code in self.last.committees:
            del self.committees[code]
        self.last = None
        self.forget()

    def _new(self):
        self._number += 1
        return self._number

    def _told(self, pk, code, row):
        above = None if row.parent is None else self.committees[row.parent]
        return (
            pk,
            self.committees[code],
            row.since,
            row.until,
            row.name,
            row.kind,
            above,
            row.organisation_type,
        )

    def forget(self):
        self.__dict__.pop("snapshot", None)

    @cached_property
    def snapshot(self):
        """What figures are asked of: the program's own, around these tables."""
        days = np.array([day.toordinal() for _code, day in self.facts], np.int32)
        never = np.full(len(days), NEVER, np.int32)
        admissions = Table(
            cell=np.array([self.committees[code] for code, _day in self.facts], np.int64), decided=days, held=days,
            cancelled=never, arrived=never, groups=np.zeros(len(days), np.int64),
        )  # fmt: skip
        given = {}
        for quota in self.quotas:
            given.setdefault(quota.committee_id, []).append(quota)
        small = SimpleNamespace(
            groups=[], bits={}, group_ids={}, plans={"KH": self.plan}, quotas={(1, None): given}, reported={},
            headcounts={}, sourceless={},
        )  # fmt: skip
        return Snapshot(0, b"", self.register().structure(), {"admissions": admissions}, small, None)
