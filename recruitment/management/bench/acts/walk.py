"""One package of acts after another, with admissions and targets between: whatever is written, in whatever order."""

import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from committees.acts import Act
from committees.planned import work_out

from ..walk import Violated
from . import laws
from .dice import Dice
from .told import Told
from .world import PAIRS, World

STEPS = 8
# Answers kept to be asked again.
MOST_KEPT = 12
_PARTICULARS = re.compile(r"(?<=^Tổ chức )\S+(?=:)|“[^”]*”|(?<=cấp trên )[A-Z]\S*(?= không)|\d+[/\d]*")


@dataclass
class Tally:
    """What came of the packages. why: {what a refusal said, without its codes and days: how often}."""

    sequences: int = 0
    accepted: int = 0
    refused: int = 0
    acts: int = 0
    undone: int = 0
    why: Counter = field(default_factory=Counter)


class Walk:
    """One world, walked in. dice: a random.Random."""

    def __init__(self, dice, tally=None):
        self.dice, self.tally = dice, tally or Tally()
        self.world, self.did, self.kept = World(), [], {}
        # A target holds from its day's end: the next acts are of a later day.
        self._later = False
        self._ask_about(self.world.today)

    def run(self, steps):
        for _ in range(steps):
            tried = self.dice.random()
            if tried < 0.72:
                self.package()
            elif tried < 0.86:
                self.admit()
            elif tried < 0.94:
                self.give()
            else:
                self.undo()

    def package(self):
        """A package tried: carried out, or refused and nothing changed. Returns whether it was carried out."""
        dice = Dice(self.world, self.dice)
        if self._later and dice.day == self.world.today:
            dice.day += timedelta(days=1)
        rows = dice.package()
        return bool(rows) and self.try_out(rows)

    def try_out(self, rows):
        """The package of these rows."""
        self._did("package", rows)
        acts = [Act(number, row) for number, row in enumerate(rows, start=2)]
        tables, counted, register = self.world.tables(), self.world.counted(), self.world.register()
        planned = work_out(acts, register, PAIRS)
        if self.world.register() != register:
            self._violated(["working out changed the register"])
        if planned.faults:
            self.tally.refused += 1
            said = {_PARTICULARS.sub("…", fault.text) for fault in planned.faults}
            self.tally.why.update(said)
            return False
        self.tally.accepted += 1
        self.tally.acts += len(acts)
        self._later = False
        self.world.write(planned)
        self._look(planned, tables, counted)
        return True

    def admit(self):
        """Somebody is admitted today in a cell that stands."""
        told, today = Told(self.world), self.world.today
        if cells := laws.cells_on(told, today):
            code = self.dice.choice(cells)
            self._did("admit", code, today)
            self._change_facts(today, lambda: self.world.admit(code, today))

    def give(self):
        """A committee is given a target from today on."""
        told, today = Told(self.world), self.world.today
        standing = [code for code in told.rows if told.on(code, today) is not None]
        given = {quota.committee_id for quota in self.world.quotas if quota.effective_on == today}
        standing = [code for code in standing if self.world.committees[code] not in given]
        if standing:
            code, low = self.dice.choice(standing), self.dice.randrange(1, 30)
            self._did("give", code, low, today)
            self._change_facts(today, lambda: self.world.give(code, low, today))
            self._later = True

    def undo(self):
        """The latest package, while nothing was recorded since."""
        if self.world.last is not None:
            self._did("undo")
            tables, self.kept = self.was
            self._taken_back(tables)
            self._asked_again()
            self.tally.undone += 1

    def _change_facts(self, day, change):
        change()
        self.world.last = None
        self.kept = {asked: said for asked, said in self.kept.items() if asked[1] < day}
        self._ask_about(self.world.today)

    def _look(self, planned, tables, counted):
        world, first = self.world, planned.day
        if world.counted() != counted:
            self._violated(["facts or targets were rewritten"])
        told = Told(world)
        self._violated(laws.carried_out(planned.acts, told))
        days = laws.changes_after(told, first)
        self._violated(laws.broken(world, {*days, world.today + timedelta(days=400)}))
        self._asked_again(first)
        # What it was before comes back exactly, and what it is now again.
        now, written, self.was = world.tables(), world.last, (tables, dict(self.kept))
        self._taken_back(tables)
        world.committees, world.placements, world.successions = now
        world.last = written
        world.forget()
        self.kept = {asked: said for asked, said in self.kept.items() if asked[2] < first}
        self._ask_about(world.today)

    def _asked_again(self, before=None):
        """Answers by trees of days before an act are the same bytes ever after."""
        for asked, said in self.kept.items():
            if (before is None or asked[2] < before) and laws.answer(self.world, *asked) != said:
                self._violated([f"{asked} is told otherwise than {said}"])

    def _taken_back(self, tables):
        self.world.take_back()
        if self.world.tables() != tables:
            self._violated(["an undo does not restore the tables"])

    def _ask_about(self, day):
        """Both provinces and a few others, that day and some days on."""
        codes = list(self.world.committees)
        for on in (day, day + timedelta(days=self.dice.choice((1, 5, 40)))):
            for code in (self.dice.choice("PQ"), self.dice.choice(codes)):
                earlier = on - timedelta(days=self.dice.choice((0, 0, 100, 300)))
                self.kept[code, earlier, on] = laws.answer(self.world, code, earlier, on)
        while len(self.kept) > MOST_KEPT:
            del self.kept[self.dice.choice(list(self.kept))]

    def _did(self, *what):
        self.did.append(json.dumps(what, ensure_ascii=False, default=str))

    def _violated(self, found):
        if found := list(found):
            raise Violated("\n".join([*found, "after", *self.did]))


def walk(sequences, seed=9352):
    """Walk so many sequences of STEPS steps. Returns the Tally; raises Violated with the seed and what was done."""
    tally = Tally()
    for k in range(sequences):
        try:
            Walk(random.Random(f"{seed}-{k}"), tally).run(STEPS)  # noqa: S311 - repeatable, no secret
        except Violated as violation:
            raise Violated(f"seed {seed}-{k}: {violation}") from None
        tally.sequences += 1
    return tally
