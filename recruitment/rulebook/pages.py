"""The statute book as its pages show it: sets in order, rules with their words, their corrections and who made them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from committees import journal
from committees.access import RULES

from ..models import AddedRuleSet, RuleChange
from . import values
from .deeds import following


def keeps_the_book(access):
    """Whether the account may change rules and calendar: they hold for the whole register, so RULES must reach all of
    it."""
    return access.spans(RULES) == [(0, len(access.tree))]


@dataclass(frozen=True)
class Correction:
    """A correction with who wrote it (an Entry, or None) and its value in words."""

    change: RuleChange
    words: str
    entry: object
    mine_today: bool


@dataclass(frozen=True)
class Line:
    """A rule as it stands on a day, with its corrections, the newest first."""

    rule: object
    corrections: list = field(default_factory=list)

    @property
    def words(self):
        return values.say(self.rule)


class SetPage:
    """One rule set as of a day on which it judges: today, or the nearest of its own days. Three queries, whatever its
    size: its corrections, their entries, and whether it was added."""

    def __init__(self, statute, code, *, on, account=None):
        """on: the day asked; KeyError for a code no set has."""
        self.statute, self.as_begun, self.account = statute, statute.named(code), account
        self.next = following(statute, self.as_begun)
        self.on = self._within(on)
        self.rules = statute.on(self.on)

    def _within(self, day):
        last = self.last
        return max(self.as_begun.since, day if last is None else min(day, last))

    @property
    def last(self):
        """The last day it judges, or None while no other follows."""
        return self.next and self.next.since - timedelta(days=1)

    @property
    def unconfirmed(self):
        return sum(not rule.confirmed for rule in self.rules.values())

    @cached_property
    def changes(self):
        """{rule: [Correction]}, the newest first."""
        rows = list(RuleChange.objects.filter(rule_set=self.as_begun.code).order_by("-stamp", "-pk"))
        entries, found = journal.entries_of(rows) if rows else {}, {}
        for row in rows:
            entry = entries.get(row.stamp)
            rule = self.as_begun.get(row.rule)
            if rule is None:
                continue  # a row outlives the rule of the files it corrected
            words = values.say(type(rule)(**{**vars(rule), "value": row.value}))
            mine = entry is not None and entry.is_todays("rule-correct", self.account)
            found.setdefault(row.rule, []).append(Correction(row, words, entry, mine))
        return found

    @cached_property
    def lines(self):
        return [self.line(code) for code in self.rules]

    def line(self, code):
        """The Line of one rule; KeyError if there is none."""
        return Line(self.rules[code], self.changes.get(code, []))

    def last_of(self, code):
        """The correction written last of a rule, or None."""
        known = self.changes.get(code)
        return known[0].change if known else None

    @cached_property
    def added(self):
        """(AddedRuleSet, its Entry) where an administrator added the set, else None."""
        row = AddedRuleSet.objects.filter(code=self.as_begun.code).first()
        return row and (row, journal.entries_of([row]).get(row.stamp))


@dataclass(frozen=True)
class SetRow:
    """A rule set in the list."""

    rule_set: object
    last: date | None
    unconfirmed: int
    current: bool


def sets(statute, today):
    """[SetRow], the newest first. No query."""
    rows = []
    for one in statute.sets:
        after = following(statute, one)
        last = after and after.since - timedelta(days=1)
        shown = statute.on(max(one.since, today if last is None else min(today, last)))
        rows.append(
            SetRow(
                one, last, sum(not r.confirmed for r in shown.values()), shown.code == statute.on(today).code
            )
        )
    return rows[::-1]
