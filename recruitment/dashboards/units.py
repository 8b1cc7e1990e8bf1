"""The direct children of a committee, ranked by what they reached, each with its bar, trend, state and gap."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from committees import vietnamese
from committees.models import Kind

from ..quotas import veil
from ..quotas.latest import last_admitted
from ..quotas.place import headed
from ..quotas.progress import BEHIND, MET, NO_SOURCE, REPORTED, Progress, Standing, Standings
from ..quotas.sourceless import Marked, marked, marks
from ..quotas.targets import base_words, target_short
from . import drawing
from .pace import which

MOST_YEARS = 10


@dataclass(frozen=True)
class Unit:
    """One child, in numbers; what is said and drawn of them is worked out when the page asks. `rank` is None where no
    percentage says which place it has; `yearly`: people a year of the plan; `hidden`: its count may not be shown; `mark`:
    that it has no source."""

    standing: Standing
    found: Progress
    word: str
    rank: int | None
    yearly: tuple | None
    hidden: bool = False
    mark: Marked | None = None

    @property
    def state(self):
        """As its standing has it; one marked as having no source, of which nothing is wanted, is told apart."""
        nobody = not self.standing.goal and not self.standing.admitted
        return NO_SOURCE if self.mark and nobody else self.standing.state

    @property
    def reported(self):
        return self.standing.basis == REPORTED

    @property
    def unknown(self):
        """Only the whole is reported, and nothing says how much of it is this unit's."""
        return self.found.node.basis == REPORTED and not self.reported

    @property
    def name(self):
        return short_name(self.standing.name, self.word)

    @property
    def remark(self):
        parts = [_remark(self.standing, self.found.plan), self.mark.words if self.mark else ""]
        return "; ".join(filter(None, parts))

    @property
    def target(self):
        return target_short(self.standing.target)

    @property
    def bullet(self):
        if self.hidden or self.unknown:
            return None
        return drawing.bullet(self.standing.admitted, self.standing.goal, reported=self.reported)

    @property
    def trend(self):
        return drawing.years(self.yearly) if self.yearly else None

    @property
    def trend_said(self):
        if not self.yearly:
            return ""
        first, last = self.found.plan.since.year, self.found.day.year
        return f"Từng năm {first}–{last}: {', '.join(map(vietnamese.number, self.yearly))}"


@dataclass(frozen=True)
class Units:
    """The table: what a unit is called, the rows in order, what stands beside them; its sentences when asked."""

    found: Progress
    word: str
    rows: list
    own: int
    merged: int | None
    veiled: bool

    @property
    def heading(self):
        if self.veiled:
            return f"{len(self.rows)} {self.word}, nhóm “{self.found.group.name}”"
        return _heading(self.found, self.word)

    @property
    def column(self):
        return self.word[:1].upper() + self.word[1:]

    @property
    def years(self):
        first, last = self.found.plan.since.year, self.found.day.year
        return f"{first}–{last % 100:02}" if first != last else str(first)

    @property
    def notes(self):
        return _notes(self.found, self.word)


def word_for(kinds):
    """What units of these kinds are called together."""
    if kinds and kinds <= Kind.cells():
        return "chi bộ"
    return "tổ chức đảng" if kinds & Kind.cells() else "đảng bộ"


def short_name(name, word):
    """In a column headed "Đảng bộ" the prefix goes: "Huyện Đất Đỏ"."""
    return name if word == "tổ chức đảng" else headed(name)


def _remark(standing, plan):
    parts = []
    target = standing.target
    if target and target.effective_on and target.effective_on > plan.since:
        parts.append(f"điều chỉnh {target.effective_on.month}/{target.effective_on.year}")
    if target and (target.rate is not None or target.why_not):
        parts.append(base_words(target) or target.why_not)
    if standing.basis == REPORTED:
        parts.append("theo số báo cáo")
    return "; ".join(parts)


def yearly(selection, children, first, last):
    """People a year under each child: {position: (n, …)} for the years of `first` to `last`. No query."""
    if not children or last < first:
        return {}
    tree, span = selection.question.tree, last.year - first.year + 1
    begins = [first, *(date(year, 1, 1) for year in range(first.year + 1, last.year + 1))]
    year = which(selection.when[selection.chosen], begins, last)
    # Children stand one after another behind their committee, which has line 0 of the table.
    lines = np.repeat(np.arange(len(children) + 1), [1, *(tree.end[children] - children)])
    line = lines[selection.where[selection.chosen] - selection.question.position]
    cells = np.bincount(line * span + year, minlength=(len(children) + 1) * span)
    return dict(zip(children, map(tuple, cells.reshape(-1, span)[1:].tolist()), strict=True))


def ranked(children):
    """Standings by exact share of the target, the highest first; then those without a share, by people."""

    def key(child):
        # As exact as fractions: quotients of whole numbers below 2**26 are the same float only if they are equal.
        share = child.admitted / child.goal if child.goal else None
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
    away = veil.hidden(counts, _wholes(selection.snapshot, found)) if veiled else set()
    own_hidden = len(found.children) in away
    hidden_at = {found.children[k].position for k in away - {len(found.children)}}
    first, last = found.plan.since, found.day
    shown_years = not veiled and last.year - first.year < MOST_YEARS
    trend = (
        yearly(selection, [child.position for child in found.children], first, last) if shown_years else {}
    )
    rows, place, without = [], 0, _marked(found, selection.snapshot)
    for child in ranked(found.children):
        hidden = child.position in hidden_at
        has_rank = bool(child.goal) and not hidden
        place += has_rank
        counted = trend.get(child.position) if child.basis != REPORTED else None
        mark = without.get(child.position)
        rows.append(Unit(child, found, word, place if has_rank else None, counted, hidden, mark))
    rows.sort(key=lambda row: row.hidden)
    return Units(
        found,
        word,
        rows,
        own=0 if own_hidden else found.own,
        merged=sum(counts[k] for k in away) if away else None,
        veiled=veiled,
    )


def _wholes(snapshot, found):
    """People admitted under each child in all, and here itself: of these a group's counts are parts."""
    everyone = Standings(snapshot, found.plan, found.tree, found.on, found.day, None).recorded
    below = [int(everyone[child.position]) for child in found.children]
    return [*below, int(everyone[found.node.position]) - sum(below)]


def _marked(found, snapshot):
    """{position: Marked} of the children that are marked as having no source."""
    known = marks(snapshot).at(found.tree, found.on)
    here = [child.position for child in found.children if child.position in known]
    last = last_admitted(snapshot, found.tree, found.on) if here else ()
    return {p: marked(known[p], int(last[p])) for p in here}


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
