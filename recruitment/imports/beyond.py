"""Whom a file speaks of by citizen ID that is recorded beyond the reach of who brings it. The answer cannot help telling
that the number is somebody's, so that it was asked is journalled where that somebody stands, as the pages have it; a file
that would ask of too many is told of none."""

from collections import Counter

from committees import access
from committees.models import Committee

from ..pipeline.people import note_met

# People beyond reach of whom one file may ask.
MOST_MET = 50
TOO_MANY = (
    "số người đã có hồ sơ ngoài phạm vi tài khoản này không quá {most} trong một tệp; có nhiều hơn thì gửi tệp lên "
    "cấp trên để nhập"
)


class Beyond:
    """The people of one file who stand beyond reach, as the account that brings it has it; nobody to who may read
    everywhere. Three queries for each 500 people of it."""

    def __init__(self, people, known, doubts, lines):
        """people: the `People` of the lines; doubts: knows where records lie."""
        self.met, self.strangers, self.too_many = {}, set(), False
        if known.allowed(access.RECORD, None):
            return
        holders = {person.pk for line in lines if (person := people.by_id.get(line.citizen_id)) is not None}
        like = {person.pk for line in lines for person in people.of(line)[1]}
        cells = doubts.cells(holders | like)
        # Where a record of theirs lies beyond reach: {person id: committee id}.
        for pk in sorted(holders):
            where = next((cell for cell in cells[pk] if not known.allowed(access.PEOPLE, cell)), None)
            if where is not None:
                self.met[pk] = where
        # Of whom nothing lies where the account may write: what stands of them is not its to change.
        self.strangers = {
            pk
            for pk, lies in cells.items()
            if lies and not any(known.allowed(access.RECORD, cell) for cell in lies)
        }
        self.too_many = len(self.met) > MOST_MET
        if self.too_many:
            people.by_id = {number: one for number, one in people.by_id.items() if one.pk not in self.met}
            lines[0].fault_of_file("Số định danh cá nhân", TOO_MANY.format(most=MOST_MET))

    def entries(self, kind):
        """[(about what, committee id, of how many)] to be journalled, as JSON: of each person, or of each committee where
        they were too many to be told of."""
        if self.too_many:
            return [[f"import:{kind}", where, n] for where, n in Counter(self.met.values()).items()]
        return [[f"recruitment.person:{pk}", where, 1] for pk, where in self.met.items()]


def note(account, entries):
    """Journal `Beyond.entries` where those people stand. Three queries each."""
    for about, where, count in entries:
        said = {} if count == 1 else {"count": count}
        note_met(account, about, Committee(id=where), **said)
