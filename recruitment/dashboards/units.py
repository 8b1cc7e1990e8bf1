"""The direct children of a committee, ranked by what they reached, each with its bar, trend, state and gap."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from committees import vietnamese
from committees.models import Kind

from .. import charts
from ..facts import EPOCH, NEVER
from ..quotas.progress import BEHIND, MET, REPORTED, Standing
from . import drawing, veil

_PREFIXES = ("Đảng bộ ", "Chi bộ ")
MOST_YEARS = 10


@dataclass(frozen=True)
class Unit:
    """One child. `rank` is None where no percentage says which place it has; `hidden`: its count may not be shown;
    `unknown`: only the whole is reported, and nothing says how much of it is this unit's."""

    standing: Standing
    rank: int | None
    name: str
    remark: str
    target: str
    bullet: charts.Bullet | None
    trend: charts.Years | None
    trend_said: str
    hidden: bool = False
    unknown: bool = False

    @property
    def reported(self):
        return self.standing.basis == REPORTED


@dataclass(frozen=True)
class Units:
    """The table: heading, what a unit is called, the rows, and what must be said under it."""

    heading: str
    word: str
    column: str
    years: str
    rows: list
    notes: list
    own: int
    merged: int | None


def target_words(target):
    """A target as written: "9.352", "170–200", "30 (7 %)"; "–" for none."""
    if target is None or target.value is None:
        return "–"
    said = vietnamese.number(target.value)
    if target.to is not None:
        said += f"–{vietnamese.number(target.to)}"
    if target.rate is not None:
        rate = vietnamese.decimal(target.rate, 4).rstrip("0").rstrip(",")
        said += f" ({rate} %)"
    return said


def word_for(kinds):
    """What units of these kinds are called together."""
    if kinds and kinds <= Kind.cells():
        return "chi bộ"
    return "tổ chức đảng" if kinds & Kind.cells() else "đảng bộ"


def short_name(name, word):
    """In a column headed "Đảng bộ" the prefix goes: "Huyện Đất Đỏ"."""
    if word != "tổ chức đảng":
        for prefix in _PREFIXES:
            if name.startswith(prefix):
                rest = name[len(prefix) :]
                return rest[:1].upper() + rest[1:]
    return name


def _remark(standing, plan):
    parts = []
    target = standing.target
    if target and target.effective_on and target.effective_on > plan.since:
        parts.append(f"điều chỉnh {target.effective_on.month}/{target.effective_on.year}")
    if target and target.why_not:
        parts.append(target.why_not)
    if standing.basis == REPORTED:
        parts.append("theo số báo cáo")
    return "; ".join(parts)


def yearly(selection, children, first, last):
    """People a year under each child: {position: [n, …]} for the years of `first` to `last`. No query."""
    span = last.year - first.year + 1
    if not children or span < 1:
        return {}
    chosen = selection.mask & (selection.when != NEVER)
    where, when = selection.where[chosen], selection.when[chosen]
    year = (when.astype(np.int64) - EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    # Children stand one after another in preorder: the last that begins at or before a position holds it.
    starts = np.array(children, np.int64)
    child = np.searchsorted(starts, where, side="right") - 1
    below = child >= 0
    cell = child[below] * span + (year[below] - first.year)
    table = np.bincount(cell, minlength=len(children) * span).reshape(len(children), span)
    return dict(zip(children, table.tolist(), strict=True))


def ranked(children):
    """Standings by exact share of the target, the highest first; then those without a share, by people."""

    def key(child):
        share = Fraction(child.admitted, child.goal) if child.goal else None
        return (share is None, -(share or 0), child.goal is None, -child.admitted, child.code)

    return sorted(children, key=key)


def units(found, selection, *, people):
    """The Units of a Progress; None where the committee has nothing below it. people: who asks may see persons."""
    if not found.children:
        return None
    kinds = {found.tree.kind(child.position) for child in found.children}
    word = word_for(kinds)
    # Counts of a group are counts of persons' traits: small ones are merged, and so is what would tell of them.
    veiled = found.group is not None and not people
    counts = [child.admitted for child in found.children] + [found.own]
    away = veil.hidden(counts) if veiled else set()
    own_hidden = len(found.children) in away
    hidden_at = {found.children[k].position for k in away - {len(found.children)}}
    first, last = found.plan.since, found.day
    shown_years = not veiled and first <= last and last.year - first.year < MOST_YEARS
    trend = (
        yearly(selection, [child.position for child in found.children], first, last) if shown_years else {}
    )
    rows, place = [], 0
    for child in ranked(found.children):
        hidden = child.position in hidden_at
        place += child.percent is not None and not hidden
        rows.append(_unit(child, found, word, trend, place, hidden))
    rows.sort(key=lambda row: row.hidden)
    return Units(
        heading=f"{len(found.children)} {word}, nhóm “{found.group.name}”"
        if veiled
        else _heading(found, word),
        word=word,
        column=word[:1].upper() + word[1:],
        years=f"{first.year}–{last.year % 100:02}" if first.year != last.year else str(first.year),
        rows=rows,
        notes=_notes(found, word),
        own=0 if own_hidden else found.own,
        merged=sum(counts[k] for k in away) if away else None,
    )


def _unit(child, found, word, trend, place, hidden):
    plan, first, last = found.plan, found.plan.since, found.day
    whole_reported = found.node.basis == REPORTED
    values = trend.get(child.position) if child.basis != REPORTED else None
    said = f"Từng năm {first.year}–{last.year}: {', '.join(map(vietnamese.number, values))}" if values else ""
    return Unit(
        standing=child,
        rank=place if child.percent is not None and not hidden else None,
        name=short_name(child.name, word),
        remark=_remark(child, plan),
        target=target_words(child.target),
        bullet=None if hidden else _bullet(child, whole_reported),
        trend=drawing.years(tuple(values)) if values else None,
        trend_said=said,
        hidden=hidden,
        unknown=whole_reported and child.basis != REPORTED,
    )


def _bullet(child, whole_reported):
    reported = child.basis == REPORTED
    if whole_reported and not reported:
        return None
    return drawing.bullet(child.admitted, child.goal, reported=reported)


def _heading(found, word):
    number = vietnamese.number
    if found.node.basis == REPORTED and not any(child.basis == REPORTED for child in found.children):
        return f"{number(len(found.children))} {word}; nguồn chỉ nêu số chung, chưa có số từng đơn vị"
    if not found.assigned:
        return f"{number(len(found.children))} {word}, chưa đơn vị nào được giao chỉ tiêu"
    behind = [child for child in found.with_target if child.state == BEHIND]
    met = sum(child.state == MET for child in found.with_target)
    if not behind:
        said = (
            f"Cả {number(met)} {word} được giao chỉ tiêu đều đạt"
            if met > 1
            else f"{number(met)} {word} đạt chỉ tiêu"
        )
        return said if met else f"{number(found.assigned)} {word} được giao chỉ tiêu 0"
    short = sum(-child.surplus for child in behind)
    missing = f"{number(len(behind))} {word} còn thiếu {number(short)} người"
    return f"{number(met)} trong {number(found.assigned)} {word} đạt chỉ tiêu; {missing}"


def _notes(found, word):
    notes = []
    without = len(found.children) - found.assigned
    if without and found.assigned:
        notes.append(
            f"{vietnamese.number(without)} {word} chưa được giao chỉ tiêu, không xếp hạng và không tính là chưa đạt."
        )
    total = sum(child.goal for child in found.with_target)
    if found.node.goal is not None and found.assigned and total != found.node.goal:
        notes.append(
            f"Chỉ tiêu các đơn vị cộng lại là {vietnamese.number(total)}, khác chỉ tiêu chung"
            f" {vietnamese.number(found.node.goal)}: mỗi số giữ nguyên như văn bản giao."
        )
    if any(child.basis == REPORTED for child in found.children):
        notes.append("Đơn vị ghi “theo số báo cáo” chưa có hồ sơ từng người; số ấy không cộng lên cấp trên.")
    return notes
