"""What may be shown to who sees figures only: no count of fewer than five persons, nor one that tells of it."""

from committees import vietnamese

FEWEST = 5
# Fields of a group's predicate that are lines of a partition, and the partition they belong to.
_SAME = {
    "age": "age",
    "education_row": "education",
    "qualification_row": "qualification",
    "occupation_row": "occupation",
}


def hidden(counts):
    """Which counts of a partition (a list) must be merged: those of 1–4 persons, and as many of the next smallest as
    are needed for the merged sum to tell nothing: two lines and five persons at least."""
    chosen = {k for k, n in enumerate(counts) if 0 < n < FEWEST}
    if not chosen:
        return chosen
    others = sorted(
        (k for k in range(len(counts)) if k not in chosen), key=lambda k: (counts[k] == 0, counts[k])
    )
    while others and (len(chosen) < 2 or sum(counts[k] for k in chosen) < FEWEST):
        chosen.add(others.pop(0))
    return chosen


def merged(counts):
    """({line: people} that may be shown, [lines merged]) of one partition."""
    lines = list(counts)
    away = {lines[k] for k in hidden(list(counts.values()))}
    return {line: n for line, n in counts.items() if line not in away}, [
        line for line in lines if line in away
    ]


def group_is_told(group, partitions_merged):
    """Whether a group's count would undo the merging of a partition it is made of (farmers are one occupation)."""
    return any(_SAME.get(condition["field"]) in partitions_merged for condition in group.predicate)


def instead(group, n, total, partitions_merged):
    """What stands for a group's count of n among `total` persons where the count itself may not; "" where it may."""
    if 0 < n < FEWEST:
        return f"dưới {FEWEST}"
    if 0 < total - n < FEWEST:
        return f"trên {vietnamese.number(total - FEWEST)}"
    return "không hiện" if group_is_told(group, partitions_merged) else ""
