"""Snapshots made of roads without a database: what a forecast looks at, and nothing else."""

from datetime import date
from types import SimpleNamespace

import numpy as np

from committees.tree import Structure
from recruitment.columns import Snapshot
from recruitment.facts import NEVER, STAGES
from recruitment.imports import history, organisations, world
from recruitment.imports.organisations import BRVT
from recruitment.models import Plan, Quota
from recruitment.rules import statute

UNITS = [row["Mã tổ chức"] for row in organisations.read(f"{BRVT}/profile.csv")]


def structure(kinds, parents):
    """A Structure of {code: kind} under {code: parent}, standing for ever."""
    ids = {code: pk for pk, code in enumerate(sorted(kinds), 1)}
    places = [
        (ids[code], date(2000, 1, 1), None, ids.get(parents.get(code)), kind, code, "", code)
        for code, kind in kinds.items()
    ]
    return Structure([(pk, code) for code, pk in ids.items()], places, [])


def snapshot(shape, roads, plans=(), *, certificates=None, admitted=None):
    """shape: a Structure; roads: [(code of the committee, [(stage, day), …])]; plans: [(Plan, {code: target})].
    certificates: {number of a road: day} where they are not of the day of its class; admitted: [(code, day)] of people
    nobody followed."""
    ids = {code: shape.ids[i] for code, i in shape.by_code.items()}
    cells = np.array([ids[code] for code, _steps in roads], np.int64)
    numbers = np.arange(1, len(roads) + 1)
    steps = [
        (k, STAGES[stage], day.toordinal()) for k, (_c, road) in enumerate(roads, 1) for stage, day in road
    ]
    told = dict(certificates or {})
    for k, (_code, road) in enumerate(roads):
        if k not in told and (day := dict(road).get("class")):
            told[k] = day
    direct = list(admitted or ())
    decided = [(k, dict(road)) for k, (_code, road) in enumerate(roads) if "decided" in dict(road)]
    days = [road["decided"].toordinal() for _k, road in decided] + [day.toordinal() for _code, day in direct]
    held = [road.get("probation") for _k, road in decided] + [None] * len(direct)
    tables = {
        "candidacies": {
            "id": numbers, "person": numbers, "cell": cells,
            "entered": np.array([road[0][1].toordinal() for _code, road in roads]),
            "arrived": np.full(len(roads), NEVER),
        },
        "former_cells": {name: np.zeros(0, np.int64) for name in ("id", "candidacy", "cell", "day")},
        "steps": {
            "id": np.arange(len(steps)), "candidacy": np.array([k for k, _stage, _day in steps], np.int64),
            "stage": np.array([stage for _k, stage, _day in steps], np.int16),
            "day": np.array([day for _k, _stage, day in steps], np.int32),
        },
        "admissions": {
            "id": np.arange(len(days)), "decided": np.array(days, np.int32),
            "candidacy": np.array([k + 1 for k, _road in decided] + [0] * len(direct), np.int64),
            "person": np.array([k + 1 for k, _road in decided] + [10**6 + k for k in range(len(direct))], np.int64),
            "cell": np.array([cells[k] for k, _road in decided] + [ids[code] for code, _day in direct], np.int64),
            "held": np.array([NEVER if day is None else day.toordinal() for day in held], np.int64),
            "cancelled": np.full(len(days), NEVER), "arrived": np.full(len(days), NEVER), "groups": np.zeros(len(days), np.int64),
        },
        "certificates": {
            "id": np.arange(len(told)), "person": np.array([k + 1 for k in told], np.int64),
            "cell": np.array([cells[k] for k in told], np.int64),
            "issued": np.array([day.toordinal() for day in told.values()], np.int32),
            "awareness": np.ones(len(told), bool), "arrived": np.full(len(told), NEVER), "groups": np.zeros(len(told), np.int64),
        },
    }  # fmt: skip
    quotas = {}
    for plan, targets in plans:
        for code, number in targets.items():
            quota = Quota(plan_id=plan.pk, committee_id=ids[code], low=number, effective_on=plan.since)
            quotas.setdefault((plan.pk, None), {}).setdefault(ids[code], []).append(quota)
    small = SimpleNamespace(
        groups=[], bits={}, plans={plan.code: plan for plan, _targets in plans}, quotas=quotas, reported={},
        headcounts={}, sourceless={},
    )  # fmt: skip
    return Snapshot(1, b"", shape, tables, small, SimpleNamespace(statute=statute.read(), calendar=None))


def year_plan(year, **said):
    return Plan(
        pk=year, code=f"P-{year}", name=str(year), since=date(year, 1, 1), until=date(year + 1, 1, 1), **said
    )


def province():
    """A Structure of Bà Rịa – Vũng Tàu and its fifteen units alone."""
    return structure({"BRVT": "province", **dict.fromkeys(UNITS, "upper")}, dict.fromkeys(UNITS, "BRVT"))


def history_roads(last, seed=world.SEED):
    """The demo's roads to a day, each at its unit."""
    _rows, found = organisations.brvt(world.SEED)
    return [(road.unit, road.steps) for road in history.roads(seed, found, last)]
