"""What people would do instead: bare arrays, a recursive query, a count for every cell of the page, a form a row."""

import numpy as np
from django import forms
from django.db import connection

from committees.models import Placement
from recruitment.models import Admission, Person

from .scratch import FIRST, LAST

# Children with what each admitted, by walking the tree in SQL: the best one statement does.
CTE = """
WITH RECURSIVE below(root, node) AS (
  SELECT committee_id, committee_id FROM committees_placement WHERE parent_id = %s AND until IS NULL
  UNION ALL
  SELECT below.root, p.committee_id FROM below
  JOIN committees_placement p ON p.parent_id = below.node AND p.until IS NULL)
SELECT below.root, count(a.id) FROM below
LEFT JOIN recruitment_admission a ON a.cell_id = below.node
  AND a.cancelled_on IS NULL AND a.decided_on BETWEEN %s AND %s
GROUP BY below.root
"""


def recursive(top):
    with connection.cursor() as cursor:
        cursor.execute(CTE, [top, FIRST, LAST])
        return dict(cursor.fetchall())


def naive(top):
    """One .count() for each number of the children's table: admitted, and the months of the top."""
    below = {}
    for child, parent in Placement.objects.filter(until=None).values_list("committee_id", "parent_id"):
        below.setdefault(parent, []).append(child)

    def under(pk):
        found, stack = [], [pk]
        while stack:
            found.append(stack.pop())
            stack.extend(below.get(found[-1], ()))
        return found

    counted = {}
    for child in below.get(top, ()):
        cells = under(child)
        counted[child] = sum(
            Admission.objects.filter(
                cell_id__in=cells[at : at + 500], cancelled_on=None, decided_on__range=(FIRST, LAST)
            ).count()
            for at in range(0, len(cells), 500)
        )
    return counted


def bare(snapshot, tree, top):
    """The numbers of a dashboard by the shortest path over the same arrays: children, months, structure."""
    rows = snapshot.admissions
    where = tree.position[snapshot.places(rows)]
    decided = rows["decided"]
    first, last = FIRST.toordinal(), LAST.toordinal()
    mask = (decided >= first) & (decided <= last) & (rows["cancelled"] > last)
    total = np.concatenate([[0], np.cumsum(np.bincount(where[mask], minlength=len(tree)))])
    rolled = total[tree.end] - total[:-1]
    p = tree.of(top)
    inside = mask & (where >= p) & (where < tree.end[p])
    answer = [rolled[child] for child in tree.children(p)]
    answer.append(np.bincount((decided[inside] - first) // 31))
    answer.extend(np.bincount(rows[name][inside]) for name in ("education", "qualification", "occupation"))
    bits = rows["groups"][inside]
    answer.extend(np.count_nonzero(bits & (1 << k)) for k in range(len(snapshot.groups)))
    answer.append(np.bincount(np.clip(rows["age"][inside], 0, 100)))
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
