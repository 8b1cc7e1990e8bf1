"""The statute book: what the rules said on a day, each value with the place that says so. Pure.

A rule set is one readable file of `rulesets/`, or one an administrator added; a correction changes one value of a set
from a day on. Whoever judges a step asks `statute.on(day of the step)`.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

FILES = Path(__file__).with_name("rulesets")
# Units of a value. A fraction is text ("2/3", "1/2": more than a half); a duty has no value.
MONTHS, WORKING_DAYS, DAYS = "months", "working_days", "days"


@dataclass(frozen=True)
class Rule:
    """One rule. value: a number in `unit`, a fraction as text, a word or None for a bare duty. citation: where the rules
    say so. mark: "S" seen in a source, "M" from memory, "?" open; anything but S wants an official's word before it is
    relied on. set: the code of the rule set it was read from. document: of the correction that gave the value."""

    code: str
    title: str
    value: object
    unit: str | None
    citation: str
    mark: str
    set: str = ""
    document: str = ""

    @property
    def confirmed(self):
        return self.mark == "S"


@dataclass(frozen=True)
class RuleSet(Mapping):
    """The rules in force from the day `since`: {code: Rule}. KeyError for a code no set knows."""

    code: str
    name: str
    since: date
    documents: tuple = ()
    rules: Mapping = field(default_factory=dict)

    def __getitem__(self, code):
        return self.rules[code]

    def __iter__(self):
        return iter(self.rules)

    def __len__(self):
        return len(self.rules)


@dataclass(frozen=True)
class Added:
    """A rule set an administrator added: what the one in force before it said, until changed. document: its number."""

    code: str
    name: str
    since: date
    document: str


@dataclass(frozen=True)
class Change:
    """One value corrected by an administrator: in the set `rule_set`, for steps dated `since` or later."""

    rule_set: str
    rule: str
    value: object
    citation: str
    mark: str
    document: str
    since: date


class Statute:
    """All rule sets, in order of day, with the corrections. Immutable; make a new one when something was written."""

    def __init__(self, sets, changes=()):
        self.sets = tuple(sorted(sets, key=lambda one: one.since))
        self.changes = tuple(sorted(changes, key=lambda change: change.since))
        self._known = {}

    @cached_property
    def _starts(self):
        return [one.since for one in self.sets]

    def on(self, day):
        """The RuleSet by which a step dated `day` is judged, corrections effective by that day included. Days before
        the first set are judged by the first: the register says so beside it (`predates`)."""
        chosen = self.sets[max(bisect_right(self._starts, day) - 1, 0)]
        changes = [c for c in self.changes if c.rule_set == chosen.code and c.since <= day]
        key = chosen.code, len(changes)
        if key not in self._known:
            rules = dict(chosen.rules)
            for change in changes:
                rules[change.rule] = replace(
                    rules[change.rule], value=change.value, citation=change.citation, mark=change.mark,
                    document=change.document,
                )  # fmt: skip
            self._known[key] = replace(chosen, rules=MappingProxyType(rules))
        return self._known[key]

    def predates(self, day):
        """Whether no set reaches back to that day."""
        return day < self.sets[0].since

    def named(self, code):
        """The set of that code as it began, without corrections. KeyError if there is none."""
        return {one.code: one for one in self.sets}[code]

    def with_(self, added=(), changes=()):
        """This statute with sets and corrections an administrator wrote."""
        sets = list(self.sets)
        for one in sorted(added, key=lambda one: one.since):
            before = [known for known in sorted(sets, key=lambda s: s.since) if known.since <= one.since]
            based = before[-1] if before else min(sets, key=lambda s: s.since)
            rules = {code: replace(rule, set=one.code) for code, rule in based.rules.items()}
            sets.append(RuleSet(one.code, one.name, one.since, ((one.document, "", one.since, "S"),), rules))
        return Statute(sets, [*self.changes, *changes])


@dataclass(frozen=True)
class Book:
    """What a step is judged by: the Statute and the Calendar of working days."""

    statute: Statute
    calendar: object


@cache
def read(folder=FILES):
    """The Statute of the data files. ValueError names the file and rule where a file says something else than a set:
    every set knows the same rules, each with a citation and a mark."""
    sets = [_read(path) for path in sorted(folder.glob("*.toml"))]
    known = set().union(*(one.rules for one in sets))
    for one in sets:
        if missing := known - set(one.rules):
            raise ValueError(f"{one.code}: {', '.join(sorted(missing))} missing")
    return Statute(sets)


def _read(path):
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    rules = {}
    for code, said in told["rule"].items():
        if said.get("mark") not in {"S", "M", "?"} or not said.get("citation") or not said.get("title"):
            raise ValueError(f"{path.name}: {code} wants a title, a citation and a mark")
        rules[code] = Rule(
            code,
            said["title"],
            said.get("value"),
            said.get("unit"),
            said["citation"],
            said["mark"],
            told["code"],
        )
    documents = tuple(
        (one["number"], one["issuer"], one["day"], one["mark"]) for one in told.get("document", ())
    )
    return RuleSet(told["code"], told["name"], told["since"], documents, rules)
