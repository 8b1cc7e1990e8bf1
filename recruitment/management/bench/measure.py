"""Rounds, medians, rows. Rivals run in turn, so that a machine whose speed drifts drifts for all of them."""

import gc
import statistics
import time
from dataclasses import dataclass

ROUNDS = 15


@dataclass
class Row:
    """One figure of performance.md §9. `goal` is what `value` is held against; `holds` None where it has none."""

    job: str
    value: float
    unit: str
    goal: str
    holds: bool | None
    rounds: int

    def as_json(self):
        return self.__dict__ | {"value": round(self.value, 3)}


def row(job, value, unit, *, at_most=None, at_least=None, rounds=ROUNDS):
    """A Row judged against its goal."""
    if at_most is not None:
        return Row(job, value, unit, f"≤ {at_most}", value <= at_most, rounds)
    if at_least is not None:
        return Row(job, value, unit, f"≥ {at_least}", value >= at_least, rounds)
    return Row(job, value, unit, "–", None, rounds)


def interleaved(rivals, rounds=ROUNDS, clock=time.perf_counter):
    """{name: median milliseconds} of callables run in turn, after one unmeasured turn each. clock: whose seconds."""
    taken = {name: [] for name in rivals}
    for turn in range(rounds + 1):
        for name, work in rivals.items():
            gc.collect()
            began = clock()
            work()
            if turn:
                taken[name].append((clock() - began) * 1e3)
    return {name: statistics.median(values) for name, values in taken.items()}


def timed(work):
    """(milliseconds, what the work returned) of one run."""
    began = time.perf_counter()
    result = work()
    return (time.perf_counter() - began) * 1e3, result
