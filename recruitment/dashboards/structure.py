"""Who was admitted: the breakdowns of a committee's new members between two days, as one document."""

import numpy as np

from committees import vietnamese

from ..quotas.breakdown import PARTITIONS, group_counts, mean_age, partition_counts
from ..quotas.counting import counts
from ..quotas.groups import concerning
from ..quotas.progress import Unanswerable, standing_position


def structure(snapshot, committee, first, last):
    """The document of contracts §1 `structure` for a committee's code: admissions in force decided from `first` to
    `last`, both inclusive, by the tree of `last`. Groups: those everybody counts, and the departments' own that concern
    the committee and were in use on `last`. No query. Raises Unanswerable."""
    places = snapshot.structure
    if committee not in places.by_code:
        raise Unanswerable(f"Không có tổ chức đảng mang mã “{committee}”.")
    if last < first:
        raise Unanswerable(
            f"Ngày cuối ({vietnamese.day(last)}) không được trước ngày đầu ({vietnamese.day(first)})."
        )
    tree = snapshot.tree(last)
    p = standing_position(snapshot, tree, places.by_code[committee], last)
    rows = snapshot.admissions
    where = tree.position[snapshot.places(rows)]
    mask = counts(rows, last) & (where >= p) & (where < tree.end[p])
    mask &= (rows["decided"] >= first.toordinal()) & (rows["decided"] <= last.toordinal())
    chosen = np.flatnonzero(mask)
    age = mean_age(rows, chosen)
    groups = [group for group in concerning(snapshot, committee) if group.offered_on(last)]
    return {
        "committee": committee,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "total": len(chosen),
        "mean_age": None if age is None else float(age),
        "groups": group_counts(snapshot, rows, chosen, groups),
        **{name: partition_counts(rows, chosen, name) for name in PARTITIONS},
    }
