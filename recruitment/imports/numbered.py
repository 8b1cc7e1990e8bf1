"""Numbers of decisions in a workbook, looked at before it is loaded: given twice by one committee within five years, in the
file or in the register, or not written as that committee writes. Told, never refused."""

from collections import defaultdict

from committees.vietnamese import add_months

from ..models import Admission
from ..numbering.bodies import competent
from ..numbering.doubts import misspelled
from ..numbering.terms import TERM_MONTHS
from ..numbering.written import folded_number

MOST_TOLD = 20
# Numbers looked up at once: one pass over the register's decisions each time.
_AT_ONCE = 10_000


def told(structure, rows):
    """[(row number, sentence)] about the numbers of new rows [(row number, number, cell id, day)], in order of row. One query
    for 10,000 numbers. No person is named."""
    found, bearers, bodies = {}, defaultdict(list), {}
    rows = sorted(row for row in rows if row[1])
    for row, number, cell_id, on in rows:
        body = bodies.setdefault((cell_id, on), competent(structure, structure.index[cell_id], on))
        for doubt in misspelled(number, structure.name_on(body, on), on):
            found[row] = doubt.words
        others = bearers[body, folded_number(number)]
        if (other := next((one for one, day in others if _one_term(day, on)), None)) is not None:
            found[row] = f"Số {number} đã ghi ở dòng {other} của tệp này cho cùng cấp ủy."
        others.append((row, on))
    for number, cell_id, on in _known({number for _row, number, _cell, _on in rows}):
        if cell_id in structure.index:
            body = competent(structure, structure.index[cell_id], on)
            for row, day in bearers.get((body, folded_number(number)), ()):
                if _one_term(on, day):
                    found.setdefault(
                        row, f"Số {number} đã dùng trong cùng nhiệm kỳ của cấp ủy này, ở một văn bản khác."
                    )
    return sorted(found.items())


def _one_term(a, b):
    first, last = sorted((a, b))
    return last <= add_months(first, TERM_MONTHS)


def _known(numbers):
    """(number, cell id, day) of the register's decisions in force that bear one of these numbers, as they are spelled."""
    wanted = sorted(numbers)
    standing = Admission.objects.filter(cancelled_on=None, arrived_on=None).order_by("decided_on", "pk")
    for at in range(0, len(wanted), _AT_ONCE):
        rows = standing.filter(decision_number__in=wanted[at : at + _AT_ONCE])
        yield from rows.values_list("decision_number", "cell_id", "decided_on")
