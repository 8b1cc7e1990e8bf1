"""What people would do instead: bare arrays, a recursive query, a count for every cell of the page, a form a row."""

from datetime import date

import numpy as np
from django import forms
from django.db import connection

from committees import vietnamese
from committees.models import Kind, Placement
from recruitment.facts import NEVER, STAGES
from recruitment.models import Admission, Person, Stage
from recruitment.pipeline.stages import HELD, UNDECIDED, WAITING
from recruitment.quotas.breakdown import PARTITIONS
from recruitment.quotas.organisations import placed

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
# Stages whose candidacies the page counts as such; DECIDED only where no decision is in the register.
UNDER_WAY = [STAGES[stage] for stage in Stage.open() if stage != Stage.DECIDED]
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
    """[a .count() for each number of the page]: children and their years, months, groups, rows of the form."""
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
        return lambda: sum(
            facts.filter(cell_id__in=cells[at : at + 500], **more).count() for at in range(0, len(cells), 500)
        )

    years = range(FIRST.year, LAST.year + 1)
    counts = []
    for child in below.get(top, ()):
        cells = under(child)
        counts.append(count(cells))
        counts.extend(count(cells, decided_on__year=year) for year in years)
    everything = under(top)
    counts.extend(
        count(everything, decided_on__year=year, decided_on__month=month)
        for year in years
        for month in range(1, 13)
    )
    for more in ({"sex": "F"}, {"union_member": True}, {"education": "12/12"}, {"religion": "Công giáo"}):
        counts.append(count(everything, **more))
    for words in ("Nông dân", "Công nhân", "Viên chức", "Sinh viên", "Bộ đội", ""):
        counts.append(count(everything, occupation=words))
    return counts


def bare(snapshot, tree, top):
    """{name: numbers} of a dashboard by the shortest path over the same arrays, for one known sort of plan: nothing
    is named, ranked, drawn, hidden, or asked twice. Equal to `told` of the dashboard itself."""
    rows, p, first, last = snapshot.admissions, tree.of(top), FIRST.toordinal(), LAST.toordinal()
    where, decided, in_force = tree.position[snapshot.places(rows)], rows["decided"], rows["cancelled"] > last
    counted = in_force & (decided >= first) & (decided <= last)
    rolled = tree.roll(np.bincount(where[np.flatnonzero(counted)], minlength=len(tree)))
    inside = np.flatnonzero(counted & (where >= p) & (where < tree.end[p]))
    children = np.array(tree.children(p))
    years = LAST.year - FIRST.year + 1
    begins = [date(FIRST.year + k // 12, k % 12 + 1, 1).toordinal() for k in range(12 * years)]
    month = np.repeat(np.arange(len(begins)), np.diff([*begins, last + 1]))[decided[inside] - first]
    line = np.repeat(np.arange(len(children) + 1), [1, *(tree.end[children] - children)])[where[inside] - p]
    table = np.bincount(line * len(begins) + month, minlength=(len(children) + 1) * len(begins))
    table = table.reshape(len(children) + 1, years, 12)
    answer = {"node": rolled[p], "children": rolled[children]}
    answer |= {"years": table[1:].sum(axis=2), "months": table.sum(axis=0).ravel()}
    answer |= {
        name: np.bincount(rows[name][inside], minlength=len(lines))
        for name, lines in PARTITIONS.items()
        if name != "age"
    }
    age, bits = rows["age"][inside], rows["groups"][inside]
    answer["age"] = np.add.reduceat(np.bincount(age, minlength=201), [18, 31, 36, 41, 46, 51, 56, 61])
    answer["mean_age"] = vietnamese.percent(int(age.sum(dtype=np.int64)), 100 * len(age))
    answer["groups"] = [np.count_nonzero(bits & (1 << k)) for k in range(len(snapshot.groups))]
    held = rows["held"][inside]
    answer["ceremonies"] = [np.count_nonzero(held <= last), np.count_nonzero((held > last) & (held < NEVER))]
    rows, persons = snapshot.candidacies, snapshot.admissions["person"][in_force & (decided <= last)]
    where, stages = tree.position[snapshot.places(rows)], snapshot.stages_on(last)
    stages = np.where((where >= p) & (where < tree.end[p]), stages, -1)
    waiting = rows["person"][np.flatnonzero(stages == STAGES[Stage.DECIDED])]
    answer["stages"] = np.bincount(stages + 1, minlength=len(STAGES) + 1)[1:][UNDER_WAY]
    answer["undecided"] = len(waiting) - np.count_nonzero(np.isin(waiting, persons))
    ours, founded = placed(tree, Kind.grassroots())
    recent = vietnamese.add_months(LAST, -36).toordinal()
    rows, late = snapshot.admissions, np.flatnonzero(in_force & (decided > recent) & (decided <= last))
    idle = tree.roll(np.bincount(tree.position[snapshot.places(rows)[late]], minlength=len(tree)))[ours] == 0
    answer["organisations"] = [np.count_nonzero(rolled[ours]), np.count_nonzero(idle & (founded <= recent))]
    return answer


def told(snapshot, found):
    """The same numbers as they stand in the Summary that the page shows."""
    units = {row.standing.position: row for row in found.units.rows}
    figures = {figure.name: {bar.line: bar.count for bar in figure.bars} for figure in found.makeup.figures}
    toward = {line.opens[1]: line.count for line in [*found.pipeline.toward, *found.pipeline.source]}
    lines = {name: [figures[name].get(line, 0) for line in lines] for name, lines in PARTITIONS.items()}
    return {
        "node": found.node.admitted,
        "children": [units[p].standing.admitted for p in sorted(units)],
        "years": [units[p].yearly for p in sorted(units)],
        "months": found.pace.counts,
        **lines,
        "age": lines["age"][:-1],
        "mean_age": found.makeup.mean_age,
        "groups": [figures["group"][group.code] for group in snapshot.groups],
        "ceremonies": [toward[HELD], toward[WAITING]],
        "stages": [toward[list(Stage)[k].value] for k in UNDER_WAY],
        "undecided": toward.get(UNDECIDED, 0),
        "organisations": [found.ground.admitted, found.ground.idle],
    }


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
