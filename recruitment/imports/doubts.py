"""Rows that may be about somebody the register knows: the same name, accents aside, and the same birth date, and no citizen
ID that would decide it; and rows that may be about somebody whom an earlier row of the same file, in another cell, speaks
of. Whoever sees the row says who is meant (`edits`); the command takes them for somebody new, and tells.

Only people are named, and may be chosen, whose every record lies where the account may write about persons: nobody learns
by a file that somebody of this name is known elsewhere, and nobody gets somebody else's record into his own cell by it.
"""

from committees import access
from committees.vietnamese import fold

from ..models import Admission, Candidacy, Certificate
from ..pipeline.matching import chunks
from .edits import OTHER, SAME_PERSON


class Doubts:
    """The doubts of one file. Three queries for each 500 people in doubt."""

    def __init__(self, people, known):
        """people: the `People` of the file; known: what the register holds and who asks."""
        self.people, self.known = people, known
        self.rows = {}  # {row number: (line, [Person])}
        self.earlier = {}  # {row number: the line before it in the file that may be about the same person}
        self._spoken_of, self._cells = {}, {}

    def chosen(self, line):
        """The person whom the row was said to mean; None where nothing was said, or nothing that holds any more."""
        if not line.decided.startswith(SAME_PERSON):
            return None
        pk = line.decided.removeprefix(SAME_PERSON)
        return next(
            (person for person in self._like(line) if str(person.pk) == pk and self._ours(person)), None
        )

    def note(self, line):
        """Remember of whom a row speaks, for the rows after it."""
        self._spoken_of.setdefault((line.search, line.born), []).append(line)

    def raise_for(self, line):
        """Note a row that would make a new person, where it may be one of those known or spoken of before."""
        if line.decided == OTHER:
            return
        before = self._spoken_of.get((line.search, line.born), ())
        twin = next((other for other in before if _may_be_one(line, other)), None)
        if twin is not None:
            self.earlier[line.number] = twin
        if (found := self._like(line)) or twin is not None:
            self.rows[line.number] = (line, found)

    def settle(self):
        """Leave the people out whom the account may not deal with; called once every row was judged."""
        self._read([person.pk for _line, found in self.rows.values() for person in found])
        self.rows = {
            number: (line, ours)
            for number, (line, found) in self.rows.items()
            if (ours := [person for person in found if self._ours(person)]) or number in self.earlier
        }

    def cells(self, people):
        """{person id: ids of the committees in which they were entered, the last at the end} of these ids."""
        self._read(people)
        return {pk: self._cells[pk] for pk in people}

    def cell_of(self, person):
        """The index of the committee in which the person was entered last; None for somebody without any."""
        self._read([person.pk])
        cells = self._cells[person.pk]
        return self.known.structure.index[cells[-1]] if cells else None

    def _like(self, line):
        """The namesakes of the row's birth date, without those who come from elsewhere."""
        return [person for person in self.people.of(line)[1] if not _from_elsewhere(line, person)]

    def _ours(self, person):
        self._read([person.pk])
        cells = self._cells[person.pk]
        return bool(cells) and all(self.known.allowed(access.RECORD, cell) for cell in cells)

    def _read(self, people):
        """Where the records of these people lie, the latest last."""
        wanted = sorted(set(people) - self._cells.keys())
        self._cells.update({pk: [] for pk in wanted})
        for some in chunks(wanted):
            for model in (Certificate, Candidacy, Admission):
                rows = model.objects.filter(person_id__in=some).order_by("pk")
                for pk, cell in rows.values_list("person_id", "cell_id"):
                    self._cells[pk].append(cell)


def _from_elsewhere(line, other):
    """Whether both have a native place, and not the same."""
    both = line.native_place and other.native_place
    return bool(both) and fold(line.native_place) != fold(other.native_place)


def _may_be_one(line, other):
    """Whether two rows of the same name and birth date, in two cells, may be about one person."""
    numbers = {line.citizen_id, other.citizen_id} - {None}
    return line.code != other.code and len(numbers) < 2 and not _from_elsewhere(line, other)
