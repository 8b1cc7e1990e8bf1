"""New members by the rows of form 2-BTCTW: partitions that sum to the total, and groups that overlap (invariant 5)."""

import numpy as np

from committees import vietnamese

from ..facts import EDUCATION, OCCUPATION, QUALIFICATION
from ..rules import form2

AGE = [*form2.AGE_BANDS, form2.UNKNOWN]
PARTITIONS = {
    "age": AGE,
    "education": EDUCATION,
    "qualification": QUALIFICATION,
    "occupation": OCCUPATION,
}
# The line of each age from -1 (not known, the last of the array) to 200. Ages below the first band fall on -1, which
# is the last line: "unknown".
_AGES = np.append(np.arange(201), -1)
_AGE_LINES = (
    np.searchsorted([first for first, _ in form2.AGE_BANDS.values()], _AGES, side="right") - 1
) % len(AGE)


def places(rows, partition, chosen=slice(None)):
    """For the chosen rows of a fact table (indexes; all by default) the place of their line in PARTITIONS[partition].

    Who is under 18 on the counting day, or whose age is not known, stands in "unknown": the form has no other line.
    """
    values = rows[partition][chosen]
    return _AGE_LINES[values] if partition == "age" else values


def partition_counts(rows, chosen, partition):
    """{line: people} of the chosen rows (indexes) over all lines of a partition; sums to their number."""
    lines = PARTITIONS[partition]
    found = np.bincount(places(rows, partition, chosen), minlength=len(lines))
    return dict(zip(lines, found.tolist(), strict=True))


def group_counts(snapshot, rows, chosen, groups):
    """{group code: people} of the chosen rows (indexes) in each of these groups. Never to be summed."""
    bits = rows["groups"][chosen]
    return {group.code: int(np.count_nonzero(bits & snapshot.bit(group.code))) for group in groups}


def in_line(rows, partition, line):
    """Which rows stand in one line of a partition; KeyError for a partition or line there is not."""
    lines = PARTITIONS[partition]
    if line not in lines:
        raise KeyError(line)
    return places(rows, partition) == lines.index(line)


def mean_age(rows, chosen):
    """Mean of completed years on the counting day, two places half-up, as Decimal; None where no age is known."""
    ages = rows["age"][chosen]
    ages = ages[ages >= 0]
    # 100·sum/(100·n): the one exact rounding of this project, lent by percentages.
    return vietnamese.percent(int(ages.sum(dtype=np.int64)), 100 * len(ages))
