"""A scratch database beside the real one, and a world of a known scale in it."""

import random
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from committees import journal
from committees.models import Committee, Kind, Placement
from committees.vietnamese import fold, name_sort_key
from recruitment import columns
from recruitment.models import Admission, Candidacy, Person, Plan, Quota, Stage, Step

FIRST, LAST = date(2011, 1, 1), date(2020, 12, 31)
SINCE = date(2005, 1, 1)


@dataclass(frozen=True)
class Scale:
    """How much there is: organisations at each level, facts, open candidacies (performance.md, top)."""

    provinces: int
    units: int
    grassroots: int
    cells: int
    admissions: int
    candidacies: int


SCALES = {
    "province": Scale(1, 18, 750, 3_600, 10_000, 20_000),
    "city": Scale(1, 175, 2_000, 15_000, 100_000, 60_000),
    "nation": Scale(34, 3_300, 50_000, 250_000, 2_000_000, 1_000_000),
}


@contextmanager
def scratch_database():
    """Migrated, empty, and gone afterwards. The process talks to it alone meanwhile."""
    name = connection.settings_dict["NAME"]
    test = connection.settings_dict["TEST"]
    if connection.vendor == "postgresql":
        test["NAME"] = f"{name}_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    columns.forget()
    try:
        yield
    finally:
        columns.forget()
        connection.creation.destroy_test_db(name, verbosity=0)


def build(scale, dice=None):
    """Fill the scratch database. Returns the plan's code and the top committee's. One pen for each table."""
    dice = dice or random.Random(9352)  # noqa: S311 - a repeatable world, no secret
    top, cells = grown(scale)
    dice.shuffle(cells)
    _facts(scale, dice, cells)
    plan = Plan(
        code="BENCH",
        name="Kế hoạch đo",
        issuer="Đo",
        committee_id=top,
        since=FIRST,
        until=LAST + timedelta(1),
    )
    with journal.pen(None, "bench"):
        plan.save()
        units = Placement.objects.filter(kind=Kind.UPPER).values_list("committee_id", flat=True)
        share = max(1, scale.admissions // max(1, scale.units))
        rows = [Quota(plan=plan, committee_id=pk, low=share, effective_on=FIRST) for pk in units]
        rows.append(Quota(plan=plan, committee_id=top, low=scale.admissions, effective_on=FIRST))
        Quota.objects.bulk_create(rows, batch_size=5000)
    return plan.code, Committee.objects.get(pk=top).code


def grown(scale, prefix=""):
    """Provinces → units → grassroots (one in four a cell itself) → cells, codes beginning with `prefix`. Returns (top id,
    cell ids)."""
    levels = [("P", Kind.PROVINCE, scale.provinces), ("U", Kind.UPPER, scale.units)]
    alone = scale.grassroots // 4
    above, cells, top = [None], [], None
    for letter, kind, count in levels:
        above = _level(prefix + letter, kind, count, above)
        top = top or above[0]
    units = above
    cells += _level(prefix + "K", Kind.GRASSROOTS_CELL, alone, units)
    parties = _level(prefix + "G", Kind.GRASSROOTS_PARTY, scale.grassroots - alone, units)
    cells += _level(prefix + "C", Kind.CELL, scale.cells - alone, parties)
    return top, cells


def _level(letter, kind, count, above):
    with journal.pen(None, "bench"):
        made = Committee.objects.bulk_create(
            [Committee(code=f"{letter}{k:06}") for k in range(count)], batch_size=5000
        )
        Placement.objects.bulk_create(
            [
                Placement(
                    committee=committee, name=f"{kind.label} {k}", search=fold(f"{kind.label} {k}"), kind=kind,
                    parent_id=above[k % len(above)], since=SINCE,
                )
                for k, committee in enumerate(made)
            ],
            batch_size=5000,
        )  # fmt: skip
    return [committee.pk for committee in made]


FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLE = "Văn Thị Hữu Đức Minh Thanh Ngọc Quốc Hồng Thu Xuân Kim".split()
GIVEN = "An Anh Ánh Bình Châu Cường Dũng Đạt Giang Hà Hải Hạnh Hòa Hùng Lan Linh Long Mai Nam Nga Phương Tâm Yến".split()
OCCUPATIONS = ("Nông dân", "Công nhân", "Viên chức", "Sinh viên", "Bộ đội", "")


def person(dice, k):
    """A made-up human; the number keeps names apart."""
    name = f"{dice.choice(FAMILY)} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}"
    return Person(
        full_name=name, search=fold(name), sort_key=name_sort_key(name), sex=dice.choice("FM"),
        born=date(1970, 1, 1) + timedelta(dice.randrange(25 * 365)), ethnicity=dice.choice(("Kinh", "Kinh", "Tày")),
        religion=dice.choice(("Không", "Không", "Công giáo")), education="12/12", qualification="Đại học",
        occupation=OCCUPATIONS[k % len(OCCUPATIONS)], union_member=k % 2 == 0,
    )  # fmt: skip


def admission(dice, human, cell):
    decided = FIRST + timedelta(dice.randrange((LAST - FIRST).days))
    return Admission(
        person=human, cell_id=cell, decided_on=decided, ceremony_on=decided + timedelta(20), **human.traits()
    )


def _facts(scale, dice, cells, chunk=20_000):
    for first in range(0, scale.admissions, chunk):
        count = min(chunk, scale.admissions - first)
        with journal.pen(None, "bench"):
            people = Person.objects.bulk_create([person(dice, k) for k in range(count)], batch_size=2000)
            Admission.objects.bulk_create(
                [admission(dice, human, dice.choice(cells)) for human in people], batch_size=2000
            )
    stages = Stage.open()
    for first in range(0, scale.candidacies, chunk):
        count = min(chunk, scale.candidacies - first)
        with journal.pen(None, "bench"):
            people = Person.objects.bulk_create([person(dice, k) for k in range(count)], batch_size=2000)
            entered = [LAST - timedelta(dice.randrange(700)) for _ in people]
            rows = [
                Candidacy(
                    person=human, cell_id=dice.choice(cells), entered_on=on, stage=stages[k % len(stages)]
                )
                for k, (human, on) in enumerate(zip(people, entered, strict=True))
            ]
            Candidacy.objects.bulk_create(rows, batch_size=2000)
            Step.objects.bulk_create(
                [Step(candidacy=row, stage=row.stage, on=row.entered_on) for row in rows], batch_size=2000
            )
