"""Where two figures of one thing differ: each kind is found once and only where it is true; each side answers for itself,
sees no more than it may, and its answer stays beside the figures."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees import journal, vietnamese
from committees.access import Access
from committees.models import Account, Committee, Entry, Role
from recruitment import columns
from recruitment.figures.gap_page import waiting
from recruitment.figures.gaps import find
from recruitment.models import GapAnswer, ReportedFigure
from recruitment.pipeline.lists import admissions
from tests import factories as make
from tests.undone import undone

FIRST, LAST = date(2012, 1, 1), date(2012, 12, 31)
LIST = "/discrepancies/"


@pytest.fixture
def world(db):
    """A province with two districts of two communes; a clerk, a leader and an inspector of each level."""
    made = make.make_province("A", districts=2, communes=2, cells=1)
    for code, name in (("A", "tinh"), ("A-1", "huyen"), ("A-1-1", "xa"), ("A-1-2", "xa2")):
        for role, word in ((Role.STAFF, ""), (Role.STANDING, "-bt"), (Role.INSPECTOR, "-kt")):
            make.make_account(f"{name}{word}", role, made[code])
    return made


def kinds(code="A"):
    """[(kind, code of the committee, said, other)] at and below a committee."""
    snapshot = columns.current()
    tree = snapshot.tree(vietnamese.today())
    p = tree.of(Committee.objects.get(code=code).pk)
    inside = (tree.position >= p) & (tree.position < tree.end[p])
    codes = dict(zip(snapshot.structure.ids, snapshot.structure.codes, strict=True))
    found = find(snapshot, inside, vietnamese.today())
    return [(gap.kind, codes[gap.committee], int(gap.said), int(gap.other)) for gap in found]


def reported(made, code, value, indicator="Kết nạp", **more):
    make.make_reported(made[code], indicator, value, FIRST, LAST, **more)


def _said(response):
    return " ".join(response.content.decode().split())


def test_every_kind_is_found_where_it_is_true_and_nowhere_else(world):
    made = world
    assert kinds() == []
    # District says 36, its communes 35 together; one commune has 17 in the register, and no headcount agrees with it.
    for code, value in (("A-1", 36), ("A-1-1", 20), ("A-1-2", 15), ("A-2", 7)):
        reported(made, code, value)
    assert kinds() == [("below", "A-1", 36, 35)]
    make.make_admissions(made["A-1-1-1"], 17, date(2012, 3, 1))
    assert kinds() == [
        ("below", "A-1", 36, 35), ("records", "A-1", 36, 17), ("records", "A-1-1", 20, 17),
    ]  # fmt: skip
    assert kinds("A-2") == [] and kinds("A-1-1") == [("records", "A-1-1", 20, 17)]
    # Two sources of one figure; the last one entered is the one that stands in.
    reported(made, "A-2", 9, source="Báo cáo của tỉnh")
    assert kinds("A-2") == [("sources", "A-2", 9, 7)]
    # Where a unit has not told, its silence is no zero; but what the others told already exceeds the whole.
    reported(made, "A-2", 3, "Khai trừ")
    reported(made, "A-2-1", 2, "Khai trừ")
    assert kinds("A-2") == [("sources", "A-2", 9, 7)]
    reported(made, "A-2-1", 4, "Xóa tên")
    reported(made, "A-2", 3, "Xóa tên")
    assert ("below", "A-2", 3, 4) in kinds("A-2")
    # Members: as reported, as counted, as counted below. A rate adds up to nothing.
    make.make_reported(made["A-1-1"], "Đảng viên", 50, LAST, LAST)
    make.make_headcount(made["A-1-1"], LAST, 51)
    make.make_headcount(made["A-1-1-1"], LAST, 49)
    assert [gap for gap in kinds("A-1-1") if gap[0] != "records"] == [
        ("below", "A-1-1", 51, 49), ("counted", "A-1-1", 50, 51),
    ]  # fmt: skip
    before = len(kinds())
    for code, value in (("A-1", 90), ("A-1-1", 80), ("A-1-2", 100)):
        reported(made, code, value, "Tỷ lệ chi bộ có kết nạp")
    assert len(kinds()) == before


def test_the_form_of_movements_between_levels(world):
    quarter = date(2012, 1, 1), date(2012, 4, 1)
    make.make_flow(world["A-1"], *quarter, died=3, expelled=1)
    make.make_flow(world["A-1-1"], *quarter, died=2)
    assert kinds() == [], "one of the communes has not told"
    make.make_flow(world["A-1-2"], *quarter, died=2, expelled=1)
    assert kinds() == [("flows", "A-1", 3, 4)]
    make.make_headcount(world["A-1-1"], date(2011, 12, 31), 40)
    make.make_headcount(world["A-1-1"], date(2012, 3, 31), 39)
    assert ("closing", "A-1-1", 38, 39) in kinds("A-1-1")


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 30), st.lists(st.none() | st.integers(0, 20), min_size=2, max_size=2))
def test_a_whole_against_its_parts(world, whole, parts):
    with undone():
        reported(world, "A-1", whole, "Phát thẻ")
        for code, value in zip(("A-1-1", "A-1-2"), parts, strict=True):
            if value is not None:
                reported(world, code, value, "Phát thẻ")
        told = [value for value in parts if value is not None]
        apart = bool(told) and (sum(told) != whole if len(told) == 2 else sum(told) > whole)
        assert kinds() == ([("below", "A-1", whole, sum(told))] if apart else [])
        columns.forget()


def test_each_side_answers_for_itself_and_sees_no_more_than_it_may(client, world, django_user_model):
    make.make_gap(world["A-1-1"], 36, 35)
    there = {}

    def as_(name):
        client.force_login(django_user_model.objects.get(username=name))

    def answers(side, **more):
        return client.post(there["gap"], {"side": side, "number": "36", "reason": "Rà lại sổ", **more})

    as_("huyen")
    (line,) = client.get(LIST).context["list"].lines
    there["gap"] = line.address
    assert len(line.waiting) == 2
    assert waiting(_door("huyen")) == 1
    assert "1 chỗ chờ đơn vị anh chị trả lời" in _said(client.get("/reports/"))
    assert answers("A-1-1").status_code == 400, "the level above does not answer for the one below"
    assert not GapAnswer.objects.exists()
    assert answers("A-1", number="ba mươi").status_code == 400
    assert answers("A-1", reason="").status_code == 400
    assert answers("A-1").status_code == 302
    assert answers("A-1").status_code == 302, "pressed twice"
    assert waiting(_door("huyen")) == 0
    # The other side reads it, and answers with its own number; who only reads, reads.
    for name in ("xa-bt", "xa-kt", "tinh-kt"):
        as_(name)
        assert "Rà lại sổ" in _said(client.get(there["gap"]))
        assert answers("A-1-1").status_code == 403
    as_("tinh")
    assert answers("A-1-1").status_code == 403, "two levels above: not asked"
    as_("xa")
    assert answers("A-1").status_code == 400
    assert answers("A-1-1", number="35", reason="Một người của năm sau").status_code == 302
    page = _said(client.get(LIST))
    assert "vẫn khác nhau" in page and "Một người của năm sau" in page and "Rà lại sổ" in page
    answers("A-1-1", number="36", reason="Thống nhất với huyện")
    assert "đã thống nhất" in _said(client.get(there["gap"])) and "Một người của năm sau" in _said(
        client.get(there["gap"])
    )
    assert GapAnswer.objects.count() == 3, "nothing that was answered is lost"
    assert Entry.objects.filter(deed="gap-answer").count() == 3
    as_("xa2")
    assert client.get(there["gap"]).status_code == 404
    assert client.get(LIST).context["list"].all == []


def _door(name):
    return Access(Account.objects.get(username=name))


def test_a_unit_asked_about_a_sum_sees_its_own_number_only(client, world, django_user_model):
    for code, value in (("A-1", 3600), ("A-1-1", 1777), ("A-1-2", 1818)):
        reported(world, code, value, "Phát thẻ")
    client.force_login(django_user_model.objects.get(username="xa"))
    (line,) = client.get(LIST).context["list"].lines
    for page in (client.get(LIST), client.get(line.address), client.get("/exports/gaps.csv")):
        text = b"".join(page).decode() if page.streaming else page.content.decode()
        assert "1777" in text.replace(".", "")
        for hidden in ("3600", "1818", "3595", "A-1-2"):
            assert hidden not in text.replace(".", ""), hidden
    said = {"side": "A-1-1", "number": "1.782", "reason": "Sót năm thẻ đổi"}
    assert client.post(line.address, said).status_code == 302
    assert client.get(line.address.replace("/A-1-1/", "/A-1/")).status_code == 404
    client.force_login(django_user_model.objects.get(username="huyen"))
    (line,) = client.get(LIST).context["list"].lines
    assert "Sót năm thẻ đổi" in _said(client.get(line.address))
    client.post(line.address, {"side": "A-1", "number": "3.600", "reason": "Theo sổ"})
    client.force_login(django_user_model.objects.get(username="xa2"))
    (line,) = client.get(LIST).context["list"].lines
    client.post(line.address, {"side": "A-1-2", "number": "1.818", "reason": "Đúng"})
    client.force_login(django_user_model.objects.get(username="huyen"))
    (line,) = client.get(LIST).context["list"].lines
    assert line.asked.state == "agreed", "1.782 and 1.818 make 3.600"


def test_an_answer_is_about_the_figures_it_was_given_about(
    client, world, django_user_model, django_assert_num_queries
):
    make.make_gap(world["A-1-1"], 36, 35)
    client.force_login(django_user_model.objects.get(username="xa"))
    (line,) = client.get(LIST).context["list"].lines
    about = client.get(line.address).context["form"].now
    said = {"side": "A-1-1", "number": "36", "reason": "Đúng", "about": about}
    with journal.pen(None, "test"):
        figure = ReportedFigure.objects.get(value=36)
        figure.value = Decimal(37)
        figure.save()
    overtaken = client.post(line.address, said)
    assert overtaken.status_code == 409 and "Số đã đổi" in _said(overtaken) and not GapAnswer.objects.exists()
    assert client.post(line.address, said | {"about": overtaken.context["form"].now}).status_code == 302
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)
    for year in (2013, 2014):
        make.make_gap(world["A-1-1"], 36, 35, year=year)
    client.get(LIST)
    with django_assert_num_queries(6):
        assert len(client.get(LIST).context["list"].lines) == 3
    assert len(client.get(f"{LIST}?year=2013").context["list"].lines) == 1
    assert client.get(f"{LIST}?state=agreed").context["list"].lines == []
    assert client.get(f"{LIST}?year=abc").status_code == 400
    with journal.pen(None, "test"):
        figure = ReportedFigure.objects.get(value=37)
        figure.value = Decimal(38)
        figure.save()
    line = next(one for one in client.get(f"{LIST}?year=2012").context["list"].lines)
    assert line.asked.state == "open" and "trả lời về số cũ" in _said(client.get(LIST))
    assert np.count_nonzero([one.mine for one in client.get(LIST).context["list"].all]) == 3


def test_the_second_figure_opens_what_it_counts(client, world, django_user_model):
    reported(world, "A-1-1", 20)
    make.make_admissions(world["A-1-1-1"], 17, date(2012, 3, 1))
    make.make_admissions(world["A-1-1-1"], 2, date(2011, 3, 1))
    make.make_admissions(world["A-1-1-1"], 2, date(2013, 3, 1))
    for name, opens in (("xa", True), ("xa-bt", False)):
        client.force_login(django_user_model.objects.get(username=name))
        (line,) = client.get(LIST).context["list"].lines
        assert bool(line.behind) == opens
        if opens:
            assert client.get(line.behind).status_code == 200
            asked = QueryDict(line.behind.partition("?")[2])
            assert admissions(_door(name), asked).count == line.gap.other == 17


@pytest.mark.once
def test_who_sees_figures_only_is_told_of_no_few_in_the_register(client, world, django_user_model):
    """S6: a reported figure of a group leads to no count of fewer than five persons, nor to what is missing from it."""
    make.make_admissions(world["A-1-1-1"], 3, date(2012, 3, 1), religion="Phật giáo")
    make.make_admissions(world["A-1-1-1"], 40, date(2012, 3, 1))
    reported(world, "A-1-1", 91, group="religious")
    for name, told, apart in (("xa", "3", "+88"), ("xa-kt", "3", "+88"), ("xa-bt", "dưới 5", "")):
        client.force_login(django_user_model.objects.get(username=name))
        (line,) = client.get(LIST).context["list"].lines
        assert (line.said, line.other, line.difference) == ("91", told, apart)
        for page in (client.get(LIST), client.get(line.address), client.get("/exports/gaps.csv")):
            text = b"".join(page).decode() if page.streaming else page.content.decode()
            assert told in text and ("+88" in text) <= bool(apart)
