"""Two snapshots laid side by side, and a full read to lay beside one that was kept."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from django.db import connection, connections

from committees import journal
from recruitment import columns


def full():
    """Everything read from the database, whatever this process already knows."""
    return columns._read(None, journal.head())


def _values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _small(small):
    return {
        "groups": [_values(group) for group in small.groups],
        "bits": small.bits,
        "group_ids": small.group_ids,
        "plans": {code: _values(plan) for code, plan in small.plans.items()},
        "previous": {code: plan.previous and plan.previous.code for code, plan in small.plans.items()},
        "quotas": {
            key: {cell: [_values(row) for row in rows] for cell, rows in cells.items()}
            for key, cells in small.quotas.items()
        },
        "reported": {cell: [_values(row) for row in rows] for cell, rows in small.reported.items()},
        "sourceless": {cell: [_values(row) for row in rows] for cell, rows in small.sourceless.items()},
        "headcounts": {cell: [_values(row) for row in rows] for cell, rows in small.headcounts.items()},
    }


def differences(kept, fresh):
    """Names of everything in which two snapshots differ; empty when they are equal."""
    found = []
    if (kept.number, kept.hash) != (fresh.number, fresh.hash):
        found.append("version")
    for name, table in fresh.tables.items():
        for column, values in table.items():
            if not np.array_equal(kept.tables[name][column], values):
                found.append(f"{name}.{column}")
        if "cell" in table and not np.array_equal(kept.places(kept.tables[name]), fresh.places(table)):
            found.append(f"{name} places")
    for name in ("ids", "codes", "places", "heirs", "shares"):
        if getattr(kept.structure, name) != getattr(fresh.structure, name):
            found.append(f"structure.{name}")
    old, new = _small(kept.small), _small(fresh.small)
    found += [f"small.{name}" for name in new if old[name] != new[name]]
    found += [f"land.{name}" for name, rows in vars(fresh.land).items() if vars(kept.land)[name] != rows]
    if not all(map(np.array_equal, kept.stage_days, fresh.stage_days)):
        found.append("stage_days")
    return found


class Elsewhere:
    """Another thread with its own connection: call it with a deed to have it done there, committed when it returns."""

    def __enter__(self):
        self._thread = ThreadPoolExecutor(1)
        return self

    def __call__(self, deed):
        return self._thread.submit(deed).result(20)

    def __exit__(self, *problem):
        self._thread.submit(connections.close_all)
        self._thread.shutdown()


class Between:
    """While entered, has `deed` done elsewhere right before this connection's statement number `at`."""

    def __init__(self, at, elsewhere, deed):
        self.at, self.elsewhere, self.deed = at, elsewhere, deed
        self.count, self.ran = 0, False

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        if self.count == self.at:
            self.ran = True
            self.elsewhere(self.deed)
        return execute(sql, params, many, context)

    def __enter__(self):
        self._wrapped = connection.execute_wrapper(self)
        self._wrapped.__enter__()
        return self

    def __exit__(self, *problem):
        return self._wrapped.__exit__(*problem)
