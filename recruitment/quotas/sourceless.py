"""Organisations marked as having no source left (không còn nguồn): who, since when, why, and what is done. Read from the
snapshot; a mark is its committee's own, and no heir takes it over."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from django.utils.translation import gettext as _

from committees.models import Kind
from committees.tree import FOREVER
from committees.vietnamese import day

# What may be marked: where people are admitted, and what is made of such cells alone.
KINDS = Kind.cells() | Kind.grassroots() | {Kind.SECTION.value}
# Offered while one types; any other words are taken as well.
CAUSES = (
    "Đảng viên cao tuổi, quần chúng trong độ tuổi còn ít",
    "Quần chúng đi làm ăn xa",
    "Doanh nghiệp ít lao động, lao động hay thay đổi",
    "Quần chúng chưa đủ tuổi hoặc học vấn",
    "Biên chế ổn định, cán bộ đều là đảng viên",
    "Đơn vị ít người, nhiều năm không tuyển mới",
    "Quần chúng chưa có nguyện vọng",
)

_known = WeakKeyDictionary()


class Marks:
    """Every mark ever made, in order of committee and day: its row, and as arrays the committee's index and the day
    numbers since and until (exclusive)."""

    def __init__(self, snapshot):
        index = snapshot.structure.index
        rows = [row for rows in snapshot.small.sourceless.values() for row in rows]
        self.rows = sorted(rows, key=lambda row: (index[row.committee_id], row.since))
        self.committee = np.array([index[row.committee_id] for row in self.rows], np.int32)
        self.since = np.array([row.since.toordinal() for row in self.rows], np.int64)
        self.until = np.array(
            [row.until.toordinal() if row.until else FOREVER for row in self.rows], np.int64
        )

    def __len__(self):
        return len(self.rows)

    @cached_property
    def ids(self):
        return np.array([row.pk for row in self.rows], np.int64)

    def running(self, on):
        """Mask of those in force on a day."""
        return (self.since <= on.toordinal()) & (self.until > on.toordinal())

    def at(self, tree, on):
        """{position: Sourceless} in force on a day, of committees that stand themselves in a tree."""
        chosen = np.flatnonzero(self.running(on) & self.standing(tree))
        where = tree.position[self.committee[chosen]]
        return {p: self.rows[k] for p, k in zip(where.tolist(), chosen.tolist(), strict=True)}

    def standing(self, tree):
        """Mask of those whose committee itself stands in a tree."""
        p = tree.position[self.committee]
        return (p >= 0) & (tree.order[p] == self.committee) if len(tree) else np.zeros(len(self), bool)

    def spoken(self, on):
        """Indexes of the committees of which a mark tells something by a day: of them no report is needed."""
        return set(self.committee[self.since <= on.toordinal()].tolist())


def marks(snapshot):
    """The Marks of a snapshot, kept with it."""
    if snapshot not in _known:
        _known[snapshot] = Marks(snapshot)
    return _known[snapshot]


@dataclass(frozen=True)
class Marked:
    """A mark as a page tells of it. admitted: the day of the last admission on or after its first, None: nobody since."""

    row: object
    admitted: date | None = None

    @property
    def since(self):
        return self.row.since

    @property
    def cause(self):
        return self.row.cause

    @property
    def measure(self):
        return self.row.measure

    @property
    def doubtful(self):
        """Whether somebody was admitted although there was said to be nobody: the mark is to be looked at again."""
        return self.admitted is not None

    @property
    def words(self):
        """ "không còn nguồn từ 01/03/2026: quần chúng đi làm ăn xa", and whether it is to be looked at again."""
        said = _("không còn nguồn từ %(day)s: %(cause)s") % {"day": day(self.since), "cause": self.cause}
        if self.doubtful:
            said += "; " + _("có kết nạp ngày %s, cần xem lại") % day(self.admitted)
        return said


def marked(row, last):
    """The Marked of a row; last: the day number of the last admission there."""
    return Marked(row, date.fromordinal(last) if last >= row.since.toordinal() else None)
