"""The official forms inside a report of any period: 1-BTCTW, 2A- and 2B-BTCTW, 7-BTCTW."""

import numpy as np

from committees.models import Kind

from ..quotas import veil
from ..quotas.breakdown import PARTITIONS, group_counts, mean_age, partition_counts
from ..quotas.counting import counts
from ..rules import form2
from ..rules.official_forms import bounds, edition, together
from .annual_flows import Flows
from .annual_names import Names
from .annual_words import no_source_said
from .official import NOT_SHOWN, sheet

MERGED = "gộp"
NEW_MEMBERS = "2A-BTCTW"
BY_NAME = "2B-BTCTW"


def forms(report, answers):
    """The sheets of the official forms, 2B only for who may see persons: ethnic groups of few tell who they are. One
    query, and two for 2B."""
    notes = {"bieu_1": answers.flows.notes, "bieu_2": tuple(_sources(report))}
    wanted = {"bieu_1": "1-BTCTW", "bieu_2": NEW_MEMBERS, "bieu_2b": BY_NAME, "bieu_7": "7-BTCTW"}
    if not report.people:
        del wanted["bieu_2b"]
    sealed = report.tree.kind(report.position) not in Kind.cells()
    return [
        sheet(
            edition(code, report.period.last), answers, name=name, day=report.day, sealed=sealed,
            ago=report.period.compared.removeprefix("cùng kỳ "), notes=notes.get(name, ()),
        )
        for name, code in wanted.items()
    ]  # fmt: skip


class Answers:
    """What a report answers to the rows of the forms."""

    def __init__(self, report):
        self.flows = Flows(report)
        self.names = Names(report)
        self._form = edition(NEW_MEMBERS, report.period.last)
        self._spans = {
            name: _Span(getattr(report, name), report.people, self._form) for name in ("now", "before")
        }

    def figure(self, column, asks):
        which = "before" if column.endswith("before") else "now"
        if column.startswith("women"):
            return self.names.women(which, asks)
        if asks[0] == "flow":
            return self.flows.figure(which, asks[1])
        if asks[:2] in {("line", "ethnicity"), ("line", "religion")}:
            return self.names.people(which, asks)
        return self._spans[which].figure(asks)

    def found(self, each):
        return self.names.found(each)

    def merged(self, partition):
        """What the lines of a partition come to that are not shown one by one."""
        away = {name: span.merged.get(partition) for name, span in self._spans.items()}
        if any(n is not None for n in away.values()):
            yield "Các dòng ghi “gộp”, cộng lại", away


class _Span:
    """The figures of form 2 in one Span; words stand where a count may not be shown."""

    def __init__(self, span, people, form):
        self.span, self.people = span, people
        self.chosen, self.rows = span.selection.chosen, span.selection.rows
        self.counts, self.merged, self.groups, self.form = {}, {}, {}, form
        if span.known:
            for name in PARTITIONS:
                self._partition(name)
            self.groups = self._groups()

    def _partition(self, name):
        """Lines as the form cuts them. Who sees figures only is shown those everybody is shown, so that no other cut beside
        them tells of a few."""
        counts, lines = partition_counts(self.rows, self.chosen, name), self.form.lines_of(name)
        if set(lines) != set(counts):
            cut = (
                self._ages(lines)
                if name == "age"
                else {one: sum(map(counts.get, together(one))) for one in lines}
            )
            self.counts[name] = cut if self.people else dict.fromkeys(lines, MERGED)
            if not self.people:
                self.merged[name] = self.span.total
            return
        shown, away = (counts, []) if self.people else veil.merged(counts)
        self.counts[name] = shown | dict.fromkeys(away, MERGED)
        if away:
            self.merged[name] = sum(counts[line] for line in away)

    def _ages(self, bands):
        """{band: people} of bands of ages; whoever is in none of them, or whose age is not known, in "unknown"."""
        ages, cut = self.rows["age"][self.chosen], {}
        for band in bands:
            if band != form2.UNKNOWN:
                first, last = bounds(band)
                cut[band] = int(np.count_nonzero((ages >= first) & (ages <= last)))
        return cut | {form2.UNKNOWN: len(ages) - sum(cut.values())}

    def _groups(self):
        """{code: what stands there} of the groups everybody counts: the form asks for no other."""
        common = [group for group in self.span.snapshot.groups if group.committee_id is None]
        counts = group_counts(self.span.snapshot, self.rows, self.chosen, common)
        if self.people:
            return counts
        veiled = veil.of(self.span.selection)
        return {
            group.code: veiled.instead(group, counts[group.code]) or counts[group.code] for group in common
        }

    def figure(self, asks):
        """What stands in the row that asks this; None where the register cannot say."""
        what, *more = asks
        if what == "organisations":
            return self._organisations(*more)
        if not self.span.known:
            return None
        if what == "total":
            return self.span.total
        if what == "group":
            return self.groups.get(more[0])
        if what == "line":
            return self.counts[more[0]].get(more[1])
        if what == "recognised":
            return self._recognised()
        # A mean of few tells of each.
        return mean_age(self.rows, self.chosen) if self.people else NOT_SHOWN

    def _recognised(self):
        """Probationers who became official in the time, where they were admitted."""
        span, rows = self.span, self.span.snapshot.admissions
        mask = counts(rows, span.last) & (rows["official"] >= span.first.toordinal())
        mask &= rows["official"] <= span.last.toordinal()
        n = int(
            np.count_nonzero(
                mask & span.question.holds(span.question.tree.position[span.snapshot.places(rows)])
            )
        )
        return n if self.people else veil.instead(n, n) or n

    def _organisations(self, kind, which):
        found, tree = self.span.organisations, self.span.question.tree
        here = np.array([tree.kind(p) == kind for p in found.positions.tolist()], bool)
        if which == "all":
            return int(here.sum())
        if which == "admitted":
            return int((here & found.admitted).sum()) if self.span.known else None
        # A total reported by the committee above names no organisation and no kind.
        told = found.no_source_at(self.span.question.position)
        unnamed = told.figure or not self.span.source_told
        return None if unnamed else int((here & found.no_source).sum())


def _sources(report):
    """By what it is known which organisations have no source."""
    found = report.now.organisations.no_source_at(report.position)
    if figure := found.figure:
        yield f"Tổ chức không còn quần chúng: chỉ có số chung {int(figure.value)}, nguồn {figure.source}."
    elif report.now.source_told and (said := no_source_said(found)):
        yield f"Tổ chức không còn quần chúng, cuối kỳ: {said}."
