"""The statute book: what the rules said on a day, each value with the place that says so. Pure.

A rule set is one readable file of `rulesets/`, or one an administrator added; a correction changes one value of a set
from a day on. Whoever judges a step asks `statute.on(day of the step)`.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

FILES = Path(__file__).with_name("rulesets")
# Units of a value; a count has none. A fraction is text ("2/3", "1/2": more than a half); a duty has no value.
UNITS = frozenset({"months", "working_days", "days", "years", "percent", "points", None})
MARKS = frozenset({"S", "M", "?"})


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
    """One value corrected by an administrator: in the set `rule_set`, for steps dated `since` or later, until the next
    set. One of a set or a rule that no file knows any longer touches nothing: rows outlive the files they corrected."""

    rule_set: str
    rule: str
    value: object
    citation: str
    mark: str
    document: str
    since: date


class Statute:
    """All rule sets, in order of day, with the corrections (of two with the same day the later given wins). Immutable;
    make a new one when something was written."""

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
                if change.rule in rules:
                    rules[change.rule] = _corrected(rules[change.rule], change)
            self._known[key] = replace(chosen, rules=MappingProxyType(rules))
        return self._known[key]

    def predates(self, day):
        """Whether no set reaches back to that day."""
        return day < self.sets[0].since

    def named(self, code):
        """The set of that code as it began, without corrections. KeyError if there is none."""
        return {one.code: one for one in self.sets}[code]

    def with_(self, added=(), changes=()):
        """This statute with sets and corrections an administrator wrote. An added set begins with what was in force on
        the day before it, corrections included."""
        so_far = Statute(self.sets, [*self.changes, *changes])
        for one in sorted(added, key=lambda one: one.since):
            before = so_far.on(one.since - timedelta(days=1))
            rules = {code: replace(rule, set=one.code) for code, rule in before.items()}
            documents = ((one.document, "", one.since, "S"),)
            new = RuleSet(one.code, one.name, one.since, documents, MappingProxyType(rules))
            so_far = Statute([*so_far.sets, new], so_far.changes)
        return so_far


def _corrected(rule, change):
    return replace(
        rule, value=change.value, citation=change.citation, mark=change.mark, document=change.document
    )


@dataclass(frozen=True)
class Book:
    """What a step is judged by: the Statute and the Calendar of working days."""

    statute: Statute
    calendar: object


@cache
def read(folder=FILES):
    """The Statute of the data files. ValueError names the file and what is wrong with it: every set has a day of its
    own and knows the same rules, of the same sort, each with a title, a citation and a mark."""
    sets = [_read(path) for path in sorted(folder.glob("*.toml"))]
    if not sets:
        raise ValueError(f"{folder} holds no rule set")
    first, known = sets[0], set().union(*(one.rules for one in sets))
    for one in sets:
        if missing := known - set(one.rules):
            raise ValueError(f"{one.code}: {', '.join(sorted(missing))} missing")
        if odd := [code for code in sorted(known) if _sort(one[code]) != _sort(first[code])]:
            raise ValueError(f"{one.code}: {', '.join(odd)} of another sort than in {first.code}")
    if len({one.since for one in sets}) < len(sets) or len({one.code for one in sets}) < len(sets):
        raise ValueError("two rule sets have the same day or code")
    return Statute(sets)


def _sort(rule):
    return type(rule.value), rule.unit


def _read(path):
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        rules = {code: _rule(code, said, told["code"]) for code, said in told["rule"].items()}
        documents = tuple(
            (one["number"], one["issuer"], one["day"], one["mark"]) for one in told.get("document", ())
        )
        found = RuleSet(told["code"], told["name"], told["since"], documents, MappingProxyType(rules))
    except KeyError as fault:
        raise ValueError(f"{path.name}: {fault} missing") from None
    except ValueError as fault:  # what tomllib raises too
        raise ValueError(f"{path.name}: {fault}") from None
    if type(found.since) is not date:
        raise ValueError(f"{path.name}: since is no date")
    return found


def _rule(code, said, set_code):
    if said.get("mark") not in MARKS or not said.get("citation") or not said.get("title"):
        raise ValueError(f"{code} wants a title, a citation and a mark")
    unit, value = said.get("unit"), said.get("value")
    if unit not in UNITS or not isinstance(value, int | str | None) or (unit and type(value) is not int):
        raise ValueError(f"{code} wants a whole number of a known unit, a word, a fraction or no value")
    return Rule(code, said["title"], value, unit, said["citation"], said["mark"], set_code)
