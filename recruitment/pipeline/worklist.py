"""What is due, overdue or about to lapse in a committee on a day: the one answer behind the command, the lists, the
workplaces and their exports."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from ..facts import NEVER
from ..models import Admission, Candidacy
from ..rules.deadlines import NOTICE
from ..rules.statute import Rule
from .due_candidates import Candidates
from .due_members import Members
from .kinds import ADMISSIONS, CANDIDACIES, KINDS, OBJECTION, OF_CANDIDATES, OF_MEMBERS, ORDER

# When something falls due: late already, not yet, within so many days, after all of these.
OVERDUE, IN_TIME, LATER, TERMS = "overdue", "in_time", "later", ("30", "60", "90")
# Ids asked for at once: fewer than any database's limit of parameters.
_CHUNK = 500


@dataclass(frozen=True)
class Item:
    """One thing to be done. candidacy: its id, None for somebody who came in without one. cell: the code of the committee
    that answers on the day asked. due: None where the kind has no day. rule: of the set in force on that day."""

    person: str
    candidacy: int | None
    cell: str
    kind: str
    due: date | None
    days_left: int | None
    rule: Rule

    def as_json(self):
        rule = {"set": self.rule.set, "citation": self.rule.citation, "mark": self.rule.mark}
        due = self.due and self.due.isoformat()
        return {
            "person": self.person, "candidacy": self.candidacy, "cell": self.cell, "kind": self.kind, "due": due,
            "days_left": self.days_left, "rule": rule,
        }  # fmt: skip


class Worklist:
    """The kinds of a question as masks over the snapshot's tables; by the rule set in force on its day. Objections cost
    a few queries, the rest none. The reader's rights are the caller's to apply (`seen_by`)."""

    def __init__(self, snapshot, question):
        self.snapshot, self.question = snapshot, question
        self.on, self.rules = question.on.toordinal(), snapshot.statute.on(question.on)
        self.tables = {
            CANDIDACIES: Candidates(snapshot, question, self.rules),
            ADMISSIONS: Members(snapshot, question, self.rules),
        }

    @property
    def road(self):
        return self.tables[CANDIDACIES].road

    def candidacies(self, kind=None, term=None):
        """Mask over the snapshot's candidacies that a kind concerns (any of them without one), of those due in a term
        (OVERDUE, IN_TIME, one of TERMS, LATER) where one is named. Kinds of admissions concern none; KeyError for a kind that is
        not there."""
        return self._of(CANDIDACIES, kind, term)

    def admissions(self, kind=None, term=None):
        """The same over the snapshot's admissions."""
        return self._of(ADMISSIONS, kind, term)

    def mask(self, kind):
        """Over the table of the kind itself."""
        return self.tables[KINDS[kind].table].mask(kind)

    def due(self, kind):
        """Day numbers over the table of the kind; NEVER where it has none. Only meant where the mask holds."""
        return self.tables[KINDS[kind].table].due(kind)

    def days(self, kind):
        """When it is due; for a kind without a day, since when it stands."""
        table = self.tables[KINDS[kind].table]
        return table.due(kind) if KINDS[kind].dated else table.since(kind)

    def places(self, table):
        """The committee index of the cell that must act, for each row of a table."""
        if table == ADMISSIONS:
            return self.tables[table].places
        return self.snapshot.followers_on(self.on)

    def rule(self, kind, row):
        """The Rule behind a kind in the set in force on the day; an objection's own."""
        if kind == OBJECTION:
            return self.objections[row][0].rule
        return self.rules[KINDS[kind].rule]

    @property
    def objections(self):
        """{row of the candidacies: [Objection]} of whom something stands against."""
        return self.tables[CANDIDACIES].obstacles.found

    @cached_property
    def recommended(self):
        """Which admissions the cell has voted to recognise: what is still due of them lies with others."""
        voted = self.tables[CANDIDACIES].voted_on("recognition_vote") != NEVER
        return np.isin(self.tables[ADMISSIONS].candidacies, self.snapshot.candidacies["id"][voted])

    def oldest_paper(self, row):
        """The kind of paper that lapses first of a candidacy, a code of `papers.KINDS`."""
        return self.tables[CANDIDACIES].oldest_paper(row)

    def counts(self):
        """{kind: rows} of every kind."""
        return {kind: int(np.count_nonzero(self.mask(kind))) for kind in KINDS}

    @cached_property
    def candidacy_due(self):
        """The earliest due day of each candidacy among the kinds that concern it; NEVER without one."""
        return self._earliest(OF_CANDIDATES, len(self.snapshot.candidacies["id"]))

    @cached_property
    def admission_due(self):
        """The same of each admission."""
        return self._earliest(OF_MEMBERS, len(self.snapshot.admissions["id"]))

    def _earliest(self, kinds, rows):
        days = [np.where(self.mask(kind), self.due(kind), NEVER) for kind in kinds if KINDS[kind].dated]
        return np.minimum.reduce([np.full(rows, NEVER, np.int32), *days])

    def _of(self, table, kind, term):
        kinds = OF_CANDIDATES if table == CANDIDACIES else OF_MEMBERS
        if kind is not None and KINDS[kind].table == table:
            kinds = [kind]
        elif kind is not None:
            kinds = []
        masks = [self.mask(code) & self.within(code, term) for code in kinds]
        return np.logical_or.reduce([np.zeros(len(self.snapshot.tables[table]["id"]), bool), *masks])

    def within(self, kind, term):
        """Which rows of a kind are due in a term; every row where none is named. What has no day is in no term."""
        due = self.due(kind).astype(np.int64)
        if term is None:
            return np.ones(len(due), bool)
        if term == OVERDUE:
            return due < self.on
        if term == IN_TIME:
            return (due != NEVER) & (due >= self.on)
        if term == LATER:
            return (due != NEVER) & (due > self.on + NOTICE)
        last = int(term)
        return (due >= self.on + (last - 29 if last > 30 else 0)) & (due <= self.on + last)

    def items(self):
        """[Item] of everything, by due day, what has none at the end, then by name. Two queries for every 500 people."""
        found = []
        for kind in KINDS:
            table = KINDS[kind].table
            rows = np.flatnonzero(self.mask(kind))
            due = np.where(KINDS[kind].dated, self.due(kind)[rows], NEVER)
            found += [(day, table, row, kind) for day, row in zip(due.tolist(), rows.tolist(), strict=True)]
        people = self._people({(table, row) for _day, table, row, _kind in found})
        tree, known = self.question.tree, []
        places = {table: self.places(table) for table in self.tables}
        for day, table, row, kind in found:
            if (table, row) not in people:
                continue  # deleted since the snapshot was read
            rows = self.snapshot.tables[table]
            name, candidacy = people[table, row]
            cell = tree.code(int(tree.position[places[table][row]]))
            left = None if day == NEVER else day - self.on
            due = None if day == NEVER else date.fromordinal(day)
            item = Item(name, candidacy, cell, kind, due, left, self.rule(kind, row))
            known.append(((day, bytes(rows["key"][row]), ORDER[kind], int(rows["id"][row])), item))
        return [item for _key, item in sorted(known, key=lambda pair: pair[0])]

    def _people(self, wanted):
        """{(table, row): (full name, id of the candidacy or None)}"""
        found = {}
        followed = {
            CANDIDACIES: self.snapshot.candidacies["id"],
            ADMISSIONS: self.tables[ADMISSIONS].candidacies,
        }
        for table, model in ((CANDIDACIES, Candidacy), (ADMISSIONS, Admission)):
            ids = self.snapshot.tables[table]["id"]
            rows = {int(ids[row]): row for name, row in wanted if name == table}
            keys = sorted(rows)
            for first in range(0, len(keys), _CHUNK):
                some = model.objects.filter(pk__in=keys[first : first + _CHUNK])
                for pk, name in some.values_list("pk", "person__full_name"):
                    found[table, rows[pk]] = name, int(followed[table][rows[pk]]) or None
        return found
