"""What people would do instead: bare arrays, a recursive query, a count for every cell of the page, a form a row."""

import numpy as np
from django import forms
from django.db import connection

from committees.models import Placement
from recruitment.models import Admission, Person

from .scratch import FIRST, LAST

# The tree walked in SQL, then what each child admitted a year, the months, and three partitions: the page's numbers
# in five statements, the best that can be written by hand.
BELOW = """
WITH RECURSIVE below(root, node) AS (
  SELECT committee_id, committee_id FROM committees_placement WHERE parent_id = %s AND until IS NULL
  UNION ALL
  SELECT below.root, p.committee_id FROM below
  JOIN committees_placement p ON p.parent_id = below.node AND p.until IS NULL)
SELECT {what}, count(*) FROM below
JOIN recruitment_admission a ON a.cell_id = below.node
  AND a.cancelled_on IS NULL AND a.decided_on BETWEEN %s AND %s
GROUP BY {what}
"""
PERIOD = {"sqlite": "substr(a.decided_on, 1, {})", "postgresql": "substr(a.decided_on::text, 1, {})"}


def recursive(top):
    """Children by year, months, education, occupation, sex and union members."""
    period = PERIOD[connection.vendor].format
    asked = [f"root, {period(4)}", period(7), "a.education", "a.occupation", "a.sex, a.union_member"]
    with connection.cursor() as cursor:
        for what in asked:
            cursor.execute(BELOW.format(what=what), [top, FIRST, LAST])
            cursor.fetchall()


def naive(top):
    """One .count() for each number of the page: children and their years, months, groups, rows of the form."""
    below = {}
    for child, parent in Placement.objects.filter(until=None).values_list("committee_id", "parent_id"):
        below.setdefault(parent, []).append(child)

    def under(pk):
        found, stack = [], [pk]
        while stack:
            found.append(stack.pop())
            stack.extend(below.get(found[-1], ()))
        return found

    facts = Admission.objects.filter(cancelled_on=None, decided_on__range=(FIRST, LAST))

    def count(cells, **more):
        return sum(
            facts.filter(cell_id__in=cells[at : at + 500], **more).count() for at in range(0, len(cells), 500)
        )

    years = range(FIRST.year, LAST.year + 1)
    for child in below.get(top, ()):
        cells = under(child)
        count(cells)
        for year in years:
            count(cells, decided_on__year=year)
    everything = under(top)
    for year in years:
        for month in range(1, 13):
            count(everything, decided_on__year=year, decided_on__month=month)
    for more in ({"sex": "F"}, {"union_member": True}, {"education": "12/12"}, {"religion": "Công giáo"}):
        count(everything, **more)
    for words in ("Nông dân", "Công nhân", "Viên chức", "Sinh viên", "Bộ đội", ""):
        count(everything, occupation=words)


def bare(snapshot, tree, top):
    """The numbers of a dashboard by the shortest path over the same arrays: children and years, months, structure,
    pipeline, organisations that admitted anyone and that have been idle."""
    rows, places = snapshot.admissions, snapshot.places(snapshot.admissions)
    where, decided = tree.position[places], rows["decided"]
    first, last = FIRST.toordinal(), LAST.toordinal()
    p = tree.of(top)
    inside = (decided >= first) & (decided <= last) & (rows["cancelled"] > last)
    rolled = tree.roll(np.bincount(where[inside], minlength=len(tree)))
    inside &= (where >= p) & (where < tree.end[p])
    children = np.array(tree.children(p))
    days, at = decided[inside], np.searchsorted(children, where[inside], side="right") - 1
    answer = [
        rolled[children],
        np.bincount(at * 16 + (days - first) // 366),
        np.bincount((days - first) // 31),
    ]
    answer.extend(np.bincount(rows[name][inside]) for name in ("education", "qualification", "occupation"))
    bits = rows["groups"][inside]
    answer.extend(np.count_nonzero(bits & (1 << k)) for k in range(len(snapshot.groups)))
    answer.append(np.bincount(np.clip(rows["age"][inside], 0, 100)))
    answer.append(np.bincount(snapshot.stages_on(last) + 1))
    recent = tree.roll(np.bincount(where[inside & (decided > last - 1096)], minlength=len(tree)))
    answer.extend((np.count_nonzero(rolled), np.count_nonzero(recent)))
    return answer


class PersonForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = (
            "full_name",
            "sex",
            "born",
            "ethnicity",
            "religion",
            "education",
            "qualification",
            "occupation",
        )


class AdmissionForm(forms.ModelForm):
    class Meta:
        model = Admission
        fields = ("cell", "decided_on", "ceremony_on", "decision_number", "sex", "born", "occupation")
