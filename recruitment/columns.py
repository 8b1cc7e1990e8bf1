"""The snapshot: counted facts and structure as arrays, equal to the database at one instant (invariant 11).

Versioned by the journal's head. A request reads the head; equal (number, hash) means current. Otherwise only rows
stamped later are read, unless something was deleted or the chain is another one; then the head is read again, and
the round repeated if it moved meanwhile. A snapshot is immutable and swapped in whole: threads keep theirs.
Never read inside an open pen: its rows are not yet the database's (performance.md §8.3).
"""

import threading
from functools import cached_property
from types import SimpleNamespace

import numpy as np

from committees import journal
from committees.models import Coverage, Headcount, Settlement
from committees.models.penned import held
from committees.tree import STRUCTURAL, carries_on, read_structure

from .fact_tables import (
    ADMISSIONS,
    CANDIDACIES,
    CERTIFICATES,
    FORMER_CELLS,
    MENTORSHIPS,
    PAPERS,
    REVIEWS,
    STEPS,
)
from .facts import NEVER, Table
from .models import (
    AddedRuleSet,
    FormText,
    Group,
    Holiday,
    Plan,
    Quota,
    ReportedFigure,
    RuleChange,
    Sourceless,
)
from .rules import statute, working_days


class Snapshot:
    """Everything a figure needs, as of entry `number` of the journal."""

    def __init__(self, number, digest, structure, tables, small, book, land=None):
        self.number, self.hash = number, digest
        self.structure, self.tables, self.small, self.book = structure, tables, small, book
        self.land = land
        self._rows = {}
        # Asked several times a page, and true for as long as the snapshot is.
        self._places = {
            id(table): structure.indexes[table["cell"]] for table in tables.values() if "cell" in table
        }

    @property
    def admissions(self):
        return self.tables["admissions"]

    @property
    def candidacies(self):
        return self.tables["candidacies"]

    @property
    def certificates(self):
        return self.tables["certificates"]

    @property
    def statute(self):
        """The rule sets with the administrators' corrections (`rules.statute.Statute`)."""
        return self.book.statute

    @property
    def calendar(self):
        """The working days (`rules.working_days.Calendar`)."""
        return self.book.calendar

    @property
    def form_texts(self):
        """[FormText] that stand, in order of day."""
        return self.book.form_texts

    def tree(self, day):
        return self.structure.at(day)

    def places(self, table):
        """Committee indexes (in the structure) of the rows of one of this snapshot's tables: of candidacies, the cells
        that follow them now; for a day `followers_on`."""
        return self._places[id(table)]

    def followers_on(self, day):
        """Committee indexes of the cells that followed the candidacies at the end of a day number: where an act split a
        cell since, the one that was."""
        places, told = self.places(self.candidacies), self.tables["former_cells"]
        since = np.flatnonzero(told["day"] > day)
        if not len(since):
            return places
        places = places.copy()
        # Rows stand in order of candidacy and day: written backwards, the first to end after the day stays.
        places[self.rows_of("former_cells")[since[::-1]]] = self.places(told)[since[::-1]]
        return places

    @cached_property
    def groups(self):
        """Groups in their order: bit k of a row's `groups` is groups[k]."""
        return self.small.groups

    def bit(self, code):
        """The mask bit of a group code; KeyError if there is no such group."""
        return self.small.bits[code]

    @cached_property
    def stage_days(self):
        """Steps as arrays (candidacy row, stage, day) in order of candidacy, day and stage. Of a candidacy that came from
        outside the tree, what happened before is told of the day on which it came."""
        steps, row = self.tables["steps"], self.rows_of("steps")
        arrived = self.candidacies["arrived"][row]
        day = np.where(arrived == NEVER, steps["day"], np.maximum(steps["day"], arrived))
        # Two steps of one day stand in the order of the procedure, whichever was entered first.
        told = np.lexsort((steps["stage"], day, steps["candidacy"]))
        return row[told], steps["stage"][told], day[told]

    @cached_property
    def _by_id(self):
        order = np.argsort(self.candidacies["id"], kind="stable")
        return order, self.candidacies["id"][order]

    def rows_of(self, name):
        """For each row of a table that speaks of candidacies, which row of theirs it belongs to. Worked out once."""
        if name not in self._rows:
            self._rows[name] = self.rows_with(self.tables[name]["candidacy"])
        return self._rows[name]

    def rows_with(self, ids):
        """The rows of the candidacies with these ids (an array)."""
        order, known = self._by_id
        found = np.searchsorted(known, ids)
        return order[found] if len(order) else found

    def stages_on(self, day):
        """Stage code of every candidacy as it stood at the end of a day number; -1 before it was entered."""
        row, stage, on = self.stage_days
        taken = np.flatnonzero(on <= day)
        stages = np.full(len(self.candidacies["id"]), -1, np.int16)
        # Steps come in order of (candidacy, day, stage): the last write of a row wins, which is its latest step.
        stages[row[taken]] = stage[taken]
        return stages

    def mentored_on(self, day):
        """Mask over the candidacies: which had someone assigned to help them at the end of a day number."""
        told, rows = self.tables["mentorships"], self.candidacies
        running = (told["day"] <= day) & (told["until"] > day)
        return np.isin(rows["id"], told["candidacy"][running])


def _small():
    """Plans, quotas, groups, reported figures, headcounts and organisations without source, whole. Six queries."""
    groups = list(Group.objects.order_by("order", "code"))
    plans = {plan.code: plan for plan in Plan.objects.select_related("committee", "previous", "term")}
    quotas, reported, headcounts, sourceless = {}, {}, {}, {}
    for quota in Quota.objects.order_by("effective_on", "id"):
        quotas.setdefault((quota.plan_id, quota.group_id), {}).setdefault(quota.committee_id, []).append(
            quota
        )
    for figure in ReportedFigure.objects.order_by("id"):
        reported.setdefault(figure.committee_id, []).append(figure)
    for count in Headcount.objects.order_by("day"):
        headcounts.setdefault(count.committee_id, []).append(count)
    for row in Sourceless.objects.order_by("since"):
        sourceless.setdefault(row.committee_id, []).append(row)
    return SimpleNamespace(
        groups=groups,
        bits={group.code: 1 << k for k, group in enumerate(groups)},
        group_ids={group.code: group.pk for group in groups},
        plans=plans,
        quotas=quotas,
        reported=reported,
        headcounts=headcounts,
        sourceless=sourceless,
    )


def written_rules():
    """What administrators wrote of the rules and the working days: (rule sets, corrections, days). Three queries."""
    added = [
        statute.Added(row.code, row.name, row.since, row.document)
        for row in AddedRuleSet.objects.order_by("since")
    ]
    changes = [
        statute.Change(row.rule_set, row.rule, row.value, row.citation, row.mark, row.document, row.since)
        for row in RuleChange.objects.order_by("since", "id")
    ]
    return added, changes, sorted(Holiday.objects.values_list("day", "what"))


def _book():
    """Rule sets and working days, as files and administrators have them (`written`: their part), and the texts of forms
    they put right. Four queries."""
    added, changes, days = written = written_rules()
    rules, calendar = statute.read().with_(added, changes), working_days.calendar(days)
    texts = list(FormText.objects.filter(taken_back_on=None).order_by("since", "id"))
    return SimpleNamespace(statute=rules, calendar=calendar, written=written, form_texts=texts)


def _land():
    """Settlements and who answered for each, as plain rows. Two queries."""
    settlements = Settlement.objects.values_list("id", "code", "name", "search", "kind")
    coverage = Coverage.objects.values_list(
        "id", "settlement_id", "committee_id", "state", "cell_id", "since", "until", "note"
    )
    return SimpleNamespace(
        settlements=list(settlements.order_by("code")), coverage=list(coverage.order_by("since", "id"))
    )


_LAND = (Settlement, Coverage)
_BOOK = (AddedRuleSet, RuleChange, Holiday, FormText)
_SMALL = (Plan, Quota, Group, ReportedFigure, Headcount, Sourceless)
_TABLES = {
    "admissions": ADMISSIONS,
    "candidacies": CANDIDACIES,
    "certificates": CERTIFICATES,
    "steps": STEPS,
    "former_cells": FORMER_CELLS,
    "mentorships": MENTORSHIPS,
    "papers": PAPERS,
    "reviews": REVIEWS,
}


_ALL = tuple(
    dict.fromkeys(
        [
            *_SMALL,
            *_LAND,
            *_BOOK,
            *STRUCTURAL,
            *(model for spec in _TABLES.values() for model in spec.models),
        ]
    )
)


def _read(known, version):
    """A snapshot of what the statements saw; the caller checks that they all saw the same instant."""
    number, digest, _ = version
    kept = carries_on(known, version)
    if not kept:
        small = _small()
        tables = {name: Table.read(spec, small.groups) for name, spec in _TABLES.items()}
        return Snapshot(number, digest, read_structure(), tables, small, _book(), _land())
    since = known.number
    written = journal.written_since(since, _ALL)
    small = known.small if written.isdisjoint(_SMALL) else _small()
    regrouped = small is not known.small and _predicates(small) != _predicates(known.small)
    tables = {}
    for name, spec in _TABLES.items():
        if regrouped:
            tables[name] = Table.read(spec, small.groups)
        elif written.isdisjoint(spec.models):
            tables[name] = known.tables[name]
        else:
            tables[name] = known.tables[name].refreshed(spec, small.groups, since)
    structure = known.structure if written.isdisjoint(STRUCTURAL) else read_structure()
    book = known.book if written.isdisjoint(_BOOK) else _book()
    land = known.land if written.isdisjoint(_LAND) else _land()
    return Snapshot(number, digest, structure, tables, small, book, land)


def _predicates(small):
    return [(group.code, group.predicate) for group in small.groups]


_current = None
_reading = threading.Lock()


def current():
    """The snapshot equal to the database at one instant during this call.

    One query when nothing was written since; after a write, about a dozen that read only what changed; a first load
    reads everything. Raises journal.Busy if twenty rounds in a row were overtaken by writers, and RuntimeError inside
    an open pen: what is taken back there would stay in the snapshot of every thread.
    """
    global _current
    if held.get() is not None:
        raise RuntimeError(
            "Ask columns.current() before the pen is taken: inside, its rows are not yet facts."
        )
    version = journal.head()
    known = _current
    if known is not None and (known.number, known.hash) == version[:2]:
        return known
    with _reading:
        # Asked again: whoever held this lock may have read further than the version seen while waiting for it.
        known, version = _current, journal.head()
        for _ in range(20):
            if known is not None and (known.number, known.hash) == version[:2]:
                _current = known
                return known
            known, version = _read(known, version), journal.head()
    raise journal.Busy


def forget():
    """Drop this process's snapshot: for measurements of a first load."""
    global _current
    _current = None
