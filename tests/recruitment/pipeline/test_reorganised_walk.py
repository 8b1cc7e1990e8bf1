"""Any sequence of acts: no dossier is lost or doubled, no day before an act is told otherwise, and taken back from the last
all stands as at first."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from committees import reorganise, tree
from committees.models import Kind
from recruitment import columns
from recruitment.models import Candidacy
from recruitment.pipeline.actions import HELPED
from tests import factories as make
from tests.undone import undone

from .test_reorganised import act, as_it_stood, everything

pytestmark = [pytest.mark.django_db, pytest.mark.once]
START, LAST = date(2024, 1, 1), date(2024, 6, 1)
CELLS = [f"T-1-{b}-{c}" for b in (1, 2) for c in (1, 2, 3)]


def build():
    at = make.make_province("T", districts=1, communes=2, cells=3)
    for k, code in enumerate(CELLS * 2):
        steps = [("class", START + timedelta(days=30)), ("dossier", START + timedelta(days=60))][: k % 3]
        candidacy = make.make_candidacy(at[code], START + timedelta(days=k), *steps)
        if k % 4 == 0:
            make.tell_step(candidacy, "probation", date(2024, 4, 1))
    return at


def standing(day):
    structure = tree.structure()
    at = structure.at(day)
    return [at.code(p) for p in range(len(at)) if at.kind(p) in Kind.cells()]


def under_way(code):
    """Ids of those open or in probation for whom the cell answers."""
    structure = tree.structure()
    at = structure.at(date(2030, 1, 1))
    p = at.position[structure.by_code[code]]
    rows = Candidacy.objects.filter(stage__in=HELPED).select_related("cell").order_by("pk")
    return [row.pk for row in rows if at.position[structure.by_code[row.cell.code]] == p]


def package(choose, k, day):
    """(rows, ids that leave the tree) of one act on the cells that stand."""
    cells = standing(day)
    code = choose(cells)
    what = choose(["Sáp nhập", "Chia tách", "Chuyển ra ngoài", "Đổi tên"] if len(cells) > 2 else ["Đổi tên"])
    if what == "Sáp nhập":
        return [act(what, code, day=day, heir=choose([one for one in cells if one != code]))], []
    if what == "Chuyển ra ngoài":
        return [act(what, code, day=day)], under_way(code)
    if what == "Đổi tên":
        return [act(what, code, day=day, name=f"Tên {k}")], []
    goes = {f"N{k}-{n}": [] for n in (1, 2)}
    for pk in under_way(code):
        goes[choose(list(goes))].append(str(pk))
    found = [
        act("Thành lập", heir, day=day, kind="Chi bộ trực thuộc", name=heir, above="T-1-1") for heir in goes
    ]
    return [
        *found,
        *(act(what, code, day=day, heir=heir, goes="; ".join(ids) or ";") for heir, ids in goes.items()),
    ], []


def test_nothing_is_lost_and_nothing_that_was_is_told_otherwise(db):
    build()

    @settings(max_examples=8)
    @given(st.data(), st.integers(1, 4))
    def walk(data, acts):
        with undone():
            first, records, stood, gone = everything(), [], [], set()
            every = set(Candidacy.objects.filter(stage__in=HELPED).values_list("pk", flat=True))
            for k in range(acts):
                day = LAST + timedelta(days=30 * k)
                rows, left = package(lambda options: data.draw(st.sampled_from(options)), k, day)
                stood.append((day - timedelta(days=1), as_it_stood(day - timedelta(days=1))))
                records.append(reorganise.apply(rows, by=None))
                gone |= set(left)
                for on, told in stood:
                    assert as_it_stood(on) == told
                open_now = Candidacy.objects.filter(stage__in=HELPED).values_list("pk", flat=True)
                assert set(open_now) == every - gone
                snapshot = columns.current()
                at = snapshot.tree(day)
                where = at.position[snapshot.followers_on(day.toordinal())]
                assert (where >= 0).all(), "every dossier has somebody who answers for it"
                assert sorted(pk for code in standing(day) for pk in under_way(code)) == sorted(every - gone)
            for record in reversed(records):
                reorganise.undo(record, by=None)
            assert everything() == first
            for on, told in stood[:1]:
                assert as_it_stood(on) == told

    walk()
