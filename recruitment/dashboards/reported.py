"""What units and documents say beside the records: shown as said, with their source, never repaired."""

from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np

from committees import vietnamese
from committees.vietnamese import fold

from ..quotas.reported import STANDS_IN, period_words, says_what, value_words


@dataclass(frozen=True)
class Report:
    indicator: str
    group: str
    period: str
    value: str
    source: str
    whose: str = ""  # of a committee that ended, and for which the one asked answers: what that was called


@dataclass(frozen=True)
class Reports:
    """Reported figures of a committee within a plan's period, then those of the committees it answers for;
    `disagree` where the parts of its own miss their whole."""

    rows: list = field(default_factory=list)
    disagree: str = ""

    @property
    def inherited(self):
        """Whether any of them was reported of a committee that ended."""
        return any(row.whose for row in self.rows)


def reports(snapshot, found):
    """The Reports of a Progress's committee whose period lies in the plan's, or just after it (a count on the day
    after the last is a count of its end). None when there are none."""
    plan, tree = found.plan, found.tree
    latest = plan.until + timedelta(days=1)
    names = {group.pk: group.name for group in snapshot.groups}

    def of(committee):
        return [
            figure
            for figure in snapshot.small.reported.get(committee, ())
            if plan.since <= figure.since and figure.until <= latest
        ]

    def rows(figures, whose=""):
        return [
            Report(
                figure.indicator,
                names.get(figure.group_id, ""),
                period_words(figure),
                value_words(figure.value),
                figure.source,
                whose,
            )
            for figure in sorted(figures, key=_order)
        ]

    own = of(tree.id(found.node.position))
    told = rows(own)
    for i in _before(snapshot, found):
        told += rows(of(snapshot.structure.ids[i]), snapshot.structure.name_on(i, plan.last_day))
    return Reports(told, _disagreement(plan, own)) if told else None


def _before(snapshot, found):
    """Indexes of the committees that ended and for which the Progress's committee answers, by its tree and by today's."""
    asked, today = found.tree, snapshot.tree(vietnamese.today())
    here = int(asked.order[found.node.position])
    alike = (asked.position == found.node.position) & (today.position == today.position[here])
    alike[here] = False
    return np.flatnonzero(alike).tolist()


def _order(figure):
    """Admissions first, then by indicator and time."""
    indicator = fold(figure.indicator)
    return indicator not in STANDS_IN.values(), indicator, figure.since, figure.until


def _disagreement(plan, figures):
    """A sentence where parts that fill the period one after another do not add up to what is said of the whole."""
    said = [f for f in figures if says_what(f, plan) and f.group_id is None]
    whole = [f for f in said if (f.since, f.until) == (plan.since, plan.until)]
    parts = sorted((f for f in said if f not in whole), key=lambda figure: figure.since)
    if not whole or not parts:
        return ""
    ends = [plan.since, *(part.until for part in parts)]
    if [part.since for part in parts] != ends[:-1] or ends[-1] != plan.until:
        return ""
    total, stated = sum(part.value for part in parts), whole[-1].value
    if total == stated:
        return ""
    return (
        f"Cộng {len(parts)} số từng phần được {value_words(total)}, nguồn ghi cả giai đoạn {value_words(stated)}:"
        f" chênh {value_words(abs(stated - total))}. Cả hai giữ nguyên như nguồn, không sửa."
    )
