"""Two provinces merged: the act with all that follows it. Whatever it costs, it may write no fact."""

import random
from datetime import timedelta

from django.db.models import Max

from committees import journal, reorganise, vietnamese
from committees.models import Committee
from recruitment.models import Admission, Candidacy, Person, Quota

from .measure import ROUNDS, row, timed
from .scratch import LAST, Scale, admission, grown, person

# Each half of performance.md's 8,800 organisations; the facts lie in the one that ends.
HALF = Scale(provinces=1, units=18, grassroots=750, cells=3_650, admissions=5_000, candidacies=0)
FACTS = (Admission, Candidacy, Person, Quota)


def merged(world):
    """One province into another, taken back after each round. RuntimeError if a single fact was written."""
    (heir, _), (ended, cells) = grown(HALF, "X"), grown(HALF, "Y")
    dice = random.Random(3)  # noqa: S311 - repeatable, no secret
    with journal.pen(None, "bench"):
        people = [person(dice, k) for k in range(HALF.admissions)]
        Person.objects.bulk_create(people, batch_size=2000)
        rows = [admission(dice, human, dice.choice(cells)) for human in people]
        Admission.objects.bulk_create(rows, batch_size=2000)
    codes = dict(Committee.objects.filter(pk__in=(heir, ended)).values_list("pk", "code"))
    act = {
        "Ngày": vietnamese.day(LAST + timedelta(1)), "Việc": "Sáp nhập", "Mã tổ chức": codes[ended],
        "Mã kế thừa": codes[heir], "Số quyết định": "01-NQ",
    }  # fmt: skip
    written, taken = _written(), []
    for _ in range(ROUNDS + 1):
        took, record = timed(lambda: reorganise.apply([act], by=None))
        taken.append(took)
        if _written() != written:
            raise RuntimeError("A merger wrote facts.")
        reorganise.undo(record, by=None)
    yield row("merge_ms", sorted(taken[1:])[ROUNDS // 2], "ms", at_most=200)  # the first round warms up


def _written():
    """How many facts of each kind there are, and the last entry that wrote one."""
    return [(model.objects.count(), model.objects.aggregate(Max("stamp"))) for model in FACTS]
