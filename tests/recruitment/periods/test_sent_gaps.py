"""District says one number of a unit, the unit another, both as they were sent: found once, asked of both."""

from datetime import date

import numpy as np

from committees import vietnamese
from committees.access import Access
from recruitment import columns
from recruitment.figures.gap_page import waiting
from recruitment.figures.gaps import SENT, find
from recruitment.reports.base import WHOLE, Column, Report, Row, Sheet
from tests import factories as make


def apart():
    snapshot = columns.current()
    inside = np.ones(len(snapshot.structure.ids), bool)
    found = [gap for gap in find(snapshot, inside, vietnamese.today()) if gap.kind == SENT]
    return {(snapshot.structure.codes[snapshot.structure.index[gap.committee]], gap.indicator): (int(gap.said), int(gap.other)) for gap in found}  # fmt: skip


def test_what_the_unit_sent_against_what_the_level_above_sent(office, client, django_assert_max_num_queries):
    period = office.period()
    office.submit(period)
    assert apart() == {}, "the level above has sent nothing"
    # Written down after the district had sent: the province counts it, the district's report stays.
    make.make_admission(office.at["T-1-1-1"], date(2014, 6, 1))
    office.submit(period, "T", by=office.people.province)
    found = apart()
    assert set(found) >= {("T-1", "Theo đơn vị: Năm 2014")}
    assert all(code == "T-1" and theirs == own + 1 for (code, _thing), (own, theirs) in found.items())
    with django_assert_max_num_queries(4):
        apart()  # what was sent is compared once
    # Both are asked.
    for name, path in (("district", "T-1"), ("province", "T-1")):
        client.force_login(getattr(office.people, name))
        (line,) = [
            one
            for one in client.get("/discrepancies/").context["list"].all
            if one.gap.kind == SENT and one.thing == "Theo đơn vị: Năm 2014"
        ]
        assert line.mine and path in line.address
        side = next(words.code for words in line.sides if words.side.mine)
        assert (
            client.post(line.address, {"side": side, "number": "36", "reason": "Sổ ghi muộn"}).status_code
            == 302
        )
    assert waiting(Access(office.people.district)) == len(found) - 1


def test_two_columns_of_one_heading_are_two_things(office):
    period = office.period()
    columns = tuple(
        Column(one, "Chứng nhận kỳ này", WHOLE, under=one) for one in ("Nhận thức", "Đảng viên mới")
    )

    def said(key, *numbers):
        row = Row(key, dict(zip(("Nhận thức", "Đảng viên mới"), numbers, strict=True)))
        return Report("r", "", "", "", "", [Sheet("lop", "Lớp", "", columns, [row])])

    make.make_submission(period, office.at["T-1"], state="accepted", report=said(":whole", 3, 4))
    make.make_submission(period, office.at["T"], state="accepted", report=said("T-1", 1, 2))
    assert apart() == {
        ("T-1", "Lớp: Nhận thức, Chứng nhận kỳ này"): (3, 1),
        ("T-1", "Lớp: Đảng viên mới, Chứng nhận kỳ này"): (4, 2),
    }
