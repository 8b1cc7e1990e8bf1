"""Who is who: finds in the register the people a workbook names, in bulk."""

from committees.vietnamese import fold

from ..models import Person

# Well below what SQLite takes as parameters of one statement.
CHUNK = 500


class People:
    """The people of the register that rows of a file may mean.

    A citizen ID decides; without one (or where the register has none), folded name and birth date, which two people
    may share: the caller adds what else must agree (the same cell). One query for each 500 rows, and one for those
    merged into another record, whose name, birth date and number lead to that one (`also`).
    Each line is given its `search`, the folded name.
    """

    def __init__(self, lines):
        self.by_pk, self.by_id, self.by_name = {}, {}, {}
        for line in lines:
            line.search = fold(line.full_name)
        self._ids = {line.citizen_id for line in lines if line.citizen_id}
        self._names = {line.search for line in lines}
        for column, values in (("citizen_id", self._ids), ("search", self._names)):
            for some in chunks(sorted(values)):
                self._know(Person.objects.filter(**{f"{column}__in": some}))

    def _know(self, found):
        found = list(found)
        merged = {person.merged_into_id for person in found} - {None, *self.by_pk}
        for kept in Person.objects.filter(pk__in=merged) if merged else ():
            self.by_pk.setdefault(kept.pk, kept)
        for person in found:
            # One object for each human: two rows may change the same one.
            human = self.by_pk.setdefault(person.merged_into_id or person.pk, person)
            if human is not person and human.pk != person.pk:
                human.also = {*human.also, (person.search, person.born)}
                human.other_numbers = {*human.other_numbers, person.citizen_id}
            if person.citizen_id:
                self.by_id[person.citizen_id] = human
            self.by_name.setdefault((person.search, person.born), {})[human.pk] = human

    def names(self, pk, search, citizen_id):
        """Whether a record of that id, folded name and number may be one of these, or become it."""
        return pk in self.by_pk or search in self._names or citizen_id in self._ids

    def of(self, line):
        """(the person whose citizen ID the row gives or None, everyone of that name and birth date)."""
        namesakes = self.by_name.get((line.search, line.born))
        certain = self.by_id.get(line.citizen_id) if line.citizen_id else None
        if not namesakes:
            return certain, []
        if line.citizen_id:
            # Someone registered under another number is somebody else.
            known = (None, line.citizen_id)
            return certain, [p for p in namesakes.values() if p is certain or p.citizen_id in known]
        return certain, list(namesakes.values())

    def rows(self, queryset):
        """Rows of the queryset that belong to these people, 500 people a query."""
        for some in chunks(sorted(self.by_pk)):
            for row in queryset.filter(person_id__in=some):
                row.person = self.by_pk[row.person_id]
                yield row


def chunks(values):
    """The list in pieces of at most CHUNK."""
    return (values[at : at + CHUNK] for at in range(0, len(values), CHUNK))


def same_human(line, person):
    """Whether name and birth date agree with the citizen ID's holder, as one of their records had them; if not, one of
    the numbers is mistyped."""
    return (line.search, line.born) in {(person.search, person.born), *person.also}
