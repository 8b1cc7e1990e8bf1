"""Who is who: finds in the register the people a workbook names, in bulk."""

from committees.vietnamese import fold

from ..models import Person

# Well below what SQLite takes as parameters of one statement.
CHUNK = 500


class People:
    """The people of the register that rows of a file may mean.

    A citizen ID decides; without one (or where the register has none), folded name and birth date, which two people
    may share: the caller adds what else must agree (the same cell). One query for each 500 rows.
    """

    def __init__(self, lines):
        self.by_id, self.by_name = {}, {}
        ids = sorted({line.citizen_id for line in lines if line.citizen_id})
        names = sorted({fold(line.full_name) for line in lines})
        for column, values in (("citizen_id", ids), ("search", names)):
            for some in (values[at : at + CHUNK] for at in range(0, len(values), CHUNK)):
                for person in Person.objects.filter(**{f"{column}__in": some}):
                    if person.citizen_id:
                        self.by_id[person.citizen_id] = person
                    self.by_name.setdefault((person.search, person.born), {})[person.pk] = person

    def of(self, line):
        """(the person whose citizen ID the row gives or None, everyone of that name and birth date)."""
        namesakes = list(self.by_name.get((fold(line.full_name), line.born), {}).values())
        certain = self.by_id.get(line.citizen_id) if line.citizen_id else None
        if line.citizen_id:
            # Someone registered under another number is somebody else.
            namesakes = [person for person in namesakes if person.citizen_id in (None, line.citizen_id)]
        return certain, namesakes


def same_human(line, person):
    """Whether name and birth date agree with the citizen ID's holder; if not, one of the numbers is mistyped."""
    return person.search == fold(line.full_name) and person.born == line.born
