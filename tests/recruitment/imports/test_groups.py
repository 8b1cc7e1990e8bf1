"""A department's own group in a workbook: by its code or name, for whom it concerns, while it is used."""

from datetime import date

import pytest

from committees import journal
from committees.models import Committee
from recruitment.imports.load import load
from recruitment.models import Quota
from tests import factories as make

OLD = {"field": "age", "from": 40, "to": 200}


@pytest.fixture
def own(plan):
    return make.make_group("Ngư dân", OLD, committee=Committee.objects.get(code="T-H1"), code="bien")


def quota(code, group, **more):
    return {"Mã kế hoạch": "KH", "Mã tổ chức": code, "Chỉ tiêu": 5, "Nhóm": group, **more}


@pytest.mark.parametrize("name", ["ngư  dân", "BIEN"])
@pytest.mark.parametrize("code", ["T", "T-H1", "T-H1-X-1"])
def test_it_is_found_for_its_committee_above_and_below(own, name, code):
    report = load("quotas", [quota(code, name)], name="thử")
    assert not report.faults, list(map(str, report.faults))
    assert Quota.objects.get().group == own


def test_for_others_it_is_as_unknown_as_any_other_word(own):
    for word in ("Ngư dân", "thủy thủ"):
        report = load("quotas", [quota("T-H2", word)], name="thử")
        (fault,) = report.faults
        assert fault.wanted.startswith("một trong: Nữ, ") and "Ngư dân" not in fault.wanted
    assert load("quotas", [quota("T-H1", "Ngư dân"), quota("T-H2", "Nữ")], name="thử").new == 2


def test_of_two_of_one_name_the_code_is_wanted(own):
    make.make_group("Ngư dân", OLD, committee=Committee.objects.get(code="T-H2"), code="ngu-dan-2")
    (fault,) = load("quotas", [quota("T", "Ngư dân")], name="thử").faults
    assert fault.wanted == "mã của nhóm; cùng tên này có bien, ngu-dan-2"
    assert load("quotas", [quota("T", "bien"), quota("T-H2", "Ngư dân")], name="thử").new == 2


@pytest.mark.parametrize("kind", ["quotas", "reported"])
def test_an_ended_one_is_named_by_no_new_figure_and_an_old_workbook_still_says_the_same(own, kind):
    told = {"Từ ngày": "01/01/2011", "Đến ngày": "31/12/2015", "Chỉ tiêu báo cáo": "Kết nạp", "Giá trị": 3}
    row = quota("T-H1", "Ngư dân", **told)
    assert load(kind, [row], name="thử").new == 1
    with journal.pen(None, "test"):
        own.ended_on = date(2016, 1, 1)
        own.save()
    assert load(kind, [row], name="thử lại").same == 1
    (fault,) = load(kind, [row | {"Mã tổ chức": "T-H1-X-1"}], name="thử").faults
    assert fault.wanted == "một nhóm còn dùng; nhóm này thôi dùng từ 01/01/2016"
