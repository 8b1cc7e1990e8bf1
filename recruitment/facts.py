"""Rows of fact tables as arrays, in name order, with their groups as bits. The columns room's reader.

A Table is a dict of equal-long numpy arrays. Days are day numbers (date.toordinal); NEVER stands for no day.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from django.db import connection

from committees.vietnamese import fold

from .models import Stage
from .rules import form2, names, papers

NEVER = np.int32(2**31 - 1)
# 1970-01-01 as a day number: numpy counts from there, date.toordinal from year one.
EPOCH = 719163
CHUNK = 50_000
STAGES = {stage.value: k for k, stage in enumerate(Stage)}
RESULTS = {"": 0, papers.PASS: 1, papers.WAIT: 2, papers.FAIL: 3}

EDUCATION = [*form2.EDUCATION, form2.UNKNOWN]
QUALIFICATION = [*form2.QUALIFICATION, form2.UNKNOWN]
OCCUPATION = [*form2.OCCUPATION, form2.UNKNOWN]

# What a row about a person lacks, one bit each: names nobody knows, nothing said at all, a birthday that stands for a year
# alone; of an admission the numbers of its documents.
FLAWS = {
    name: 1 << k
    for k, name in enumerate(
        "number native birth ethnicity religion words blank approval ceremony_approval decision_number".split()
    )
}
_KNOWN = {
    "ethnicity": ("ethnicity", names.ethnicity),
    "religion": ("religion", names.religion),
    "education": ("words", form2.education),
    "qualification": ("words", form2.qualification),
    "occupation": ("words", form2.occupation),
}


def days(values):
    """Day numbers of dates as a database driver gives them (date, ISO text or None); each distinct one read once."""
    known = {value: date.fromisoformat(str(value)).toordinal() for value in set(values) - {None}}
    known[None] = NEVER
    return np.fromiter(map(known.__getitem__, values), np.int32, len(values))


def ages(born, on):
    """Completed years on a day, arrays of day numbers; a birthday on 29/2 completes on 1/3 of a common year."""
    birth, day = ((numbers.astype(np.int64) - EPOCH).astype("datetime64[D]") for numbers in (born, on))
    years = day.astype("datetime64[Y]").astype(np.int64) - birth.astype("datetime64[Y]").astype(np.int64)

    def of_year(when):
        month = when.astype("datetime64[M]")
        return (month.astype(np.int64) % 12) * 32 + (when - month.astype("datetime64[D]")).astype(np.int64)

    return np.clip(years - (of_year(day) < of_year(birth)), -1, 200).astype(np.int16)


@dataclass(frozen=True)
class Spec:
    """How a fact table is read: SELECT `columns` FROM `source`, one row a fact; `build` makes arrays of a chunk.
    `models`: whose rows stand in it, its own first; `fresh`: which of them an entry later than %s wrote."""

    source: str
    columns: dict
    order: str
    build: object
    models: tuple
    fresh: str


class Table(dict):
    """{name: array}. `id` is the primary key; rows stand in the order of `key`, then id, where there is a key."""

    @classmethod
    def read(cls, spec, groups, since=None):
        """All rows, or those stamped later than `since`. One query, fetched 50,000 rows at a time."""
        columns = ", ".join(spec.columns.values())
        sql = f"SELECT {columns} FROM {spec.source}"  # noqa: S608 - identifiers are this module's constants
        if since is not None:
            sql += f" WHERE {spec.fresh}"
        sql += f" ORDER BY {spec.order}"
        parts = []
        with connection.cursor() as cursor:
            cursor.execute(sql, [since] * spec.fresh.count("%s") if since is not None else [])
            while rows := cursor.fetchmany(CHUNK):
                raw = dict(zip(spec.columns, map(list, zip(*rows, strict=True)), strict=True))
                parts.append(spec.build(raw, groups))
        if not parts:
            parts = [spec.build({name: [] for name in spec.columns}, groups)]
        return cls({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})

    def refreshed(self, spec, groups, since):
        """This table with the rows written after `since` replaced or added, order kept; self if there are none."""
        fresh = Table.read(spec, groups, since)
        if not len(fresh["id"]):
            return self
        kept = ~np.isin(self["id"], fresh["id"], kind="sort")
        old = self if kept.all() else {name: column[kept] for name, column in self.items()}
        if "key" not in self:
            joined = {name: np.concatenate([old[name], fresh[name]]) for name in self}
            order = np.lexsort((joined["id"], joined["day"], joined["candidacy"]))
            return Table({name: column[order] for name, column in joined.items()})
        at, end = (np.searchsorted(old["key"], fresh["key"], side) for side in ("left", "right"))
        for k in np.flatnonzero(at < end):  # namesakes stand in order of id
            at[k] += np.searchsorted(old["id"][at[k] : end[k]], fresh["id"][k])
        # np.insert keeps the type it is given, and would cut a name longer than any before.
        old = {**old, "key": old["key"].astype(np.promote_types(old["key"].dtype, fresh["key"].dtype))}
        return Table({name: np.insert(old[name], at, fresh[name]) for name in self})


def judged(values, judge, dtype):
    """judge(value) of every value as an array; each distinct value is judged once."""
    known = {value: judge(value) for value in set(values)}
    return np.fromiter(map(known.__getitem__, values), dtype, len(values))


def codes(values, rows, recognise):
    """Small codes of words: the place of the recognised row in `rows`."""
    return judged(values, lambda words: rows.index(recognise(words)), np.int8)


def bits(raw, groups, age):
    """One bit a group, from its predicate. Each distinct word is folded and judged once."""
    bits = np.zeros(len(age), np.int64)
    recognised = {
        "education_row": "education",
        "qualification_row": "qualification",
        "occupation_row": "occupation",
    }
    for k, group in enumerate(groups):
        mask = np.ones(len(age), bool)
        for condition in group.predicate:
            name = condition["field"]
            if name == "age":
                mask &= (age >= condition.get("from", -1)) & (age <= condition.get("to", 200))
                continue
            values = raw[recognised.get(name, name)]
            recognise = getattr(form2, recognised[name]) if name in recognised else str
            mask &= judged(values, partial(_holds, condition, recognise), bool)
        bits |= mask.astype(np.int64) << k
    return bits


def _holds(condition, recognise, value):
    if "is" in condition:
        return bool(value) == condition["is"]
    word = fold(recognise(value)) if value else ""
    if "in" in condition:
        return word in condition["in"]
    return word not in condition["not_in"]


def lacks(table, *columns):
    """SQL for the bits of FLAWS of a row joined with its person `p`: which of these columns of the table, of the citizen ID
    and of the native place are empty."""
    told = {"number": "p.citizen_id", "native": "p.native_place"} | {
        name: f"{table}.{name}" for name in columns
    }
    return " + ".join(
        f"CASE WHEN COALESCE({column}, '') = '' THEN {FLAWS[flaw]} ELSE 0 END"
        for flaw, column in told.items()
    )


def flaws(raw):
    """The bits of FLAWS of every row; `lacks`, those that the database tells. Each distinct word is judged once."""
    found = np.array(raw["lacks"], np.int32)
    found |= judged(raw["born"], lambda day: FLAWS["birth"] * str(day).endswith("-01-01"), np.int32)
    for column, (flaw, recognise) in _KNOWN.items():
        found |= judged(raw[column], partial(_flaw, FLAWS[flaw], recognise), np.int32)
    return found


def _flaw(bit, recognise, words):
    if not words.strip():
        return FLAWS["blank"]
    return bit if recognise(words) == form2.UNKNOWN else 0
