"""A register of which every instant can be told whole: each person was admitted twice on one day, and a headcount counts
the admissions."""

import random
from datetime import date, timedelta
from itertools import count

import numpy as np

from committees import journal
from committees.models import Headcount, Kind
from recruitment import columns
from recruitment.models import Admission, Candidacy, Group, Person, Stage
from recruitment.pipeline import actions
from tests import factories as make
from tests.recruitment.snapshots import Between, Elsewhere

DAY = date(2014, 5, 19)
_numbers = count(100)


def build():
    """Six people, each admitted twice on one day (at two cells); a headcount that says how many admissions there are."""
    with journal.pen(None, "test"):
        cells = [make.make_committee(code, Kind.GRASSROOTS_CELL) for code in ("A", "B")]
        for _ in range(6):
            admit_twice(cells)
        for k in range(3):
            make.make_candidacy(cells[k % 2], DAY)
        Headcount(committee=cells[0], day=DAY, members=0).save()
        tally()
    return cells


def admit_twice(cells):
    person = make.make_person()
    day = DAY + timedelta(days=random.randrange(300))
    for cell in cells:
        make.make_admission(cell, day, person=person)
    return person


def tally():
    Headcount.objects.update(members=Admission.objects.count())


def a_pair(rng=random):
    return Admission.objects.filter(
        person=rng.choice(sorted(Admission.objects.values_list("person", flat=True)))
    )


def many_things(cells):
    """Rows made and changed in every table, in one deed."""
    with journal.pen(None, "many"):
        admit_twice(cells)
        a_pair().update(decided_on=DAY + timedelta(days=random.randrange(300, 600)))
        person = Person.objects.order_by("?").first()
        person.full_name = f"Đỗ Thị {random.choice('ABCDEGH')}"
        person.save()
        candidacy = Candidacy.objects.filter(stage=Stage.SOURCE).order_by("pk").first()
        if candidacy is None:
            make.make_candidacy(cells[0], DAY)
        else:
            actions.advance(candidacy, Stage.CLASS, on=DAY + timedelta(days=9))
        tally()


def one_pair_less(cells):
    with journal.pen(None, "less"):
        admit_twice(cells)  # so that the number of rows stays, and only their ids tell
        a_pair().delete()
        tally()


def another_predicate(cells):
    with journal.pen(None, "group"):
        group = Group.objects.get(code="women")
        group.predicate = [{"field": "sex", "in": ["m" if "f" in group.predicate[0]["in"] else "f"]}]
        group.save()


def a_new_committee(cells):
    """Sorts before all others: every index of the structure shifts."""
    with journal.pen(None, "found"):
        make.make_committee(f"0-{next(_numbers)}", Kind.GRASSROOTS_CELL, cells[0])


def torn(snapshot):
    """What must hold of every instant and does not hold of this snapshot."""
    rows = snapshot.admissions
    people, where, how_many = np.unique(rows["person"], return_inverse=True, return_counts=True)
    first = np.full(len(people), 2**31 - 1)
    np.minimum.at(first, where, rows["decided"])
    (counts,) = snapshot.small.headcounts.values()
    found = []
    if not (how_many == 2).all():
        found.append("half a pair")
    if not (rows["decided"] == first[where]).all():
        found.append("half a change")
    if counts[0].members != len(rows["id"]):
        found.append("two tables of two instants")
    return found


def interleaved(read, deed, *, warm):
    """Answers of read() with `deed` committed elsewhere right before its first, second, … last statement."""
    with Elsewhere() as elsewhere:
        for at in count(1):
            if warm:
                deed()  # something to be read
            else:
                columns.forget()
            with Between(at, elsewhere, deed) as between:
                answer = read()
            if not between.ran:
                return
            yield at, answer
