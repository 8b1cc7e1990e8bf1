"""The numbers of all decisions at once: as they are doubted one by one."""

from datetime import date

import numpy as np
import pytest

from recruitment import columns
from recruitment.numbering.doubts import doubts
from recruitment.numbering.sweep import Sweep
from recruitment.rules.numbers import after, coded
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_sweep_finds_what_each_number_alone_is_doubted_for():
    at = make.make_province("T", districts=3, communes=1, cells=2)
    make.place(at["T-1"], "upper", at["T"], name="Đảng bộ huyện Đất Đỏ", since=date(2010, 1, 1))
    make.place(at["T-2"], "upper", at["T"], name="Đảng bộ xã Long Tân", since=date(2010, 1, 1))
    make.place(at["T-3"], "upper", at["T"], name="Đảng bộ huyện Long Điền", since=date(2010, 1, 1))
    one, other, beyond, third = (at[code] for code in ("T-1-1-1", "T-1-1-2", "T-2-1-1", "T-3-1-1"))
    rows = {
        make.make_admission(cell, on, decision_number=number).pk: (cell, on, number)
        for cell, on, number in [
            (one, date(2015, 4, 2), "145-QĐ/HU"), (other, date(2015, 9, 2), "145 - qd/hu"),
            (beyond, date(2015, 4, 2), "145-QĐ/ĐU"), (third, date(2015, 4, 5), "145-QĐ/HU"), (one, date(2015, 4, 3), "146-QĐ/HU"),
            (one, date(2010, 4, 2), "147-QĐ/HU"), (other, date(2015, 4, 4), "147-QĐ/HU"),  # five years and two days
            (one, date(2015, 5, 2), "148-QĐ/TU"), (one, date(2015, 5, 3), "149-XX/HU"), (one, date(2015, 5, 4), "số mười"),
            (one, date(2025, 8, 2), "150-QĐ/HU"), (beyond, date(2026, 2, 2), "5-QĐ/ĐU"), (beyond, date(2026, 2, 3), "06-QĐ/ĐU"),
            (beyond, date(2012, 2, 3), "7-QĐ/ĐU"), (beyond, date(2012, 2, 3), ""),
        ]
    }  # fmt: skip
    snapshot = columns.current()
    ids = snapshot.admissions["id"]
    sweep = Sweep(snapshot, np.ones(len(ids), bool))
    twice, amiss = (set(ids[mask].tolist()) for mask in (sweep.twice(), sweep.amiss()))
    bodies = {one: at["T-1"], other: at["T-1"], beyond: at["T-2"], third: at["T-3"]}
    for pk, (cell, on, number) in rows.items():
        row = cell.admissions.get(pk=pk)
        found = doubts(number, issuer="", committee_id=bodies[cell].pk, on=on, but=row, kind="decision")
        assert (any(doubt.double for doubt in found), any(not doubt.double for doubt in found)) == (
            pk in twice, pk in amiss,
        ), number  # fmt: skip
    assert (len(twice), len(amiss)) == (2, 6)
    assert not Sweep(snapshot, np.zeros(len(ids), bool)).twice().any()


def test_a_number_as_one_whole_number():
    assert coded("") == 0 and coded("05-QĐ/HU") != coded("5-QĐ/HU")
    assert after(coded("145-QĐ/HU") >> 32) == "-QĐ/HU" and coded("145-QĐ/HU") & (1 << 31) - 1 == 145
    assert 0 < coded("mười" * 10) < 2**63 and coded("9" * 40) & (1 << 31) - 1 == 0
