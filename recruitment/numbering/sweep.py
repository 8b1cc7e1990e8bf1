"""The numbers of all decisions at once, over the snapshot: which are given twice, which are not written as their committee
writes them. No query."""

from datetime import date
from functools import cached_property

import numpy as np

from ..rules import numbers
from .bodies import competent
from .terms import TERM_MONTHS
from .written import folded_number

# A term in days, for rows by the thousand: five years either way, as `terms` where no congress is recorded.
_TERM = round(TERM_MONTHS * 365.25 / 12)
_DIGITS = (1 << 31) - 1


class Sweep:
    """The decisions of some rows (a mask) of the snapshot's admissions."""

    def __init__(self, snapshot, mask):
        rows, self.structure = snapshot.admissions, snapshot.structure
        self.size, self.row = len(mask), np.flatnonzero(mask & (rows["number"] > 0))
        told = rows["number"][self.row]
        self.code, self.padded, self.n = told >> 32, (told >> 31) & 1 == 1, told & _DIGITS
        self.day = rows["decided"][self.row]
        self.place = snapshot.places(rows)[self.row]

    @cached_property
    def _deciding(self):
        """([(committee that decides, its name)], which of them each row has): worked out once for every cell and stretch of
        days between two changes of the structure."""
        days = self.structure.changes
        stretch = np.searchsorted(days, self.day, side="right")
        pairs, which = np.unique(np.stack([self.place, stretch]), axis=1, return_inverse=True)
        found = []
        for place, part in pairs.T.tolist():
            on = date.fromordinal(days[part - 1] if part else int(self.day.min()))
            body = competent(self.structure, place, on)
            found.append((body, self.structure.name_on(body, on)))
        return found, which.ravel()

    def _as(self, values):
        """A mask over all rows of the table, of a mask over those that bear a number."""
        found = np.zeros(self.size, bool)
        found[self.row[values]] = True
        return found

    def twice(self):
        """Mask: the same committee gave the number to another decision within a term."""
        if not len(self.row):
            return np.zeros(self.size, bool)
        found, which = self._deciding
        body = np.array([body for body, _name in found], np.int64)[which]
        codes, of_code = np.unique(self.code, return_inverse=True)
        spelled = [folded_number("1" + numbers.after(int(code))) for code in codes]
        _each, letters = np.unique(spelled, return_inverse=True)
        letters = letters.ravel()[of_code.ravel()]
        order = np.lexsort((self.day, self.n, letters, body))
        same = np.ones(max(len(order) - 1, 0), bool)
        for values in (body, letters, self.n):
            same &= values[order][1:] == values[order][:-1]
        same &= np.diff(self.day[order]) <= _TERM
        met = np.zeros(len(order), bool)
        met[order[1:][same]] = met[order[:-1][same]] = True
        return self._as(met)

    def amiss(self):
        """Mask: not written as numbers of documents are, with letters of another body, or of one that was no more."""
        if not len(self.row):
            return np.zeros(self.size, bool)
        found, which = self._deciding
        rules, known = numbers.rules(), {}
        pairs, of_pair = np.unique(np.stack([self.code, which]), axis=1, return_inverse=True)
        judged = []
        for code, k in pairs.T.tolist():
            key = code, found[k][1]
            if key not in known:
                known[key] = _judged(*key)
            judged.append(known[key])
        wrong, since, until = np.array(judged).T[:, of_pair.ravel()]
        wrong = (wrong == 1) | (self.day < since) | (self.day > until)
        wrong |= (self.n == 0) & (self.code > 0)
        padded = rules.padded_since.toordinal()
        return self._as(wrong | ((self.day >= padded) & (self.n < rules.padded_below) & ~self.padded))


def _judged(code, name):
    """(1 where what stands after the digits is wrong for a body of that name, the first and the last day number on which it
    is right)."""
    seen, always = (
        numbers.judge("12" + numbers.after(code), name),
        (date.min.toordinal(), date.max.toordinal()),
    )
    if seen.verdict == numbers.FITS:
        rule = numbers.rules().of(name)
        return 0, rule.since.toordinal(), rule.until.toordinal()
    return int(seen.verdict in {numbers.WRONG_FORM, numbers.WRONG_TYPE, numbers.WRONG_BODY}), *always
