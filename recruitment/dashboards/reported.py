"""What units and documents say beside the records: shown as said, with their source, never repaired."""

from dataclasses import dataclass, field
from datetime import timedelta

from committees.vietnamese import fold

from ..quotas.reported import STANDS_IN, period_words, says_what, value_words


@dataclass(frozen=True)
class Report:
    indicator: str
    group: str
    period: str
    value: str
    source: str


@dataclass(frozen=True)
class Reports:
    """Reported figures of a committee within a plan's period; `disagree` where their parts miss their whole."""

    rows: list = field(default_factory=list)
    disagree: str = ""


def reports(snapshot, found):
    """The Reports of a Progress's committee whose period lies in the plan's, or just after it (a count on the day
    after the last is a count of its end). None when there are none."""
    plan = found.plan
    latest = plan.until + timedelta(days=1)
    figures = [
        figure
        for figure in snapshot.small.reported.get(found.tree.id(found.node.position), ())
        if plan.since <= figure.since and figure.until <= latest
    ]
    if not figures:
        return None
    names = {group.pk: group.name for group in snapshot.groups}
    rows = [
        Report(
            figure.indicator,
            names.get(figure.group_id, ""),
            period_words(figure),
            value_words(figure.value),
            figure.source,
        )
        for figure in sorted(figures, key=_order)
    ]
    return Reports(rows, _disagreement(plan, figures))


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
