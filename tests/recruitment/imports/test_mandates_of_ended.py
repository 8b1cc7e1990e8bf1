"""Workbooks of mandates in committees that ended, or will: nothing that an act ended comes back by loading it again."""

from datetime import date, timedelta

import pytest

from committees import reorganise, vietnamese
from committees.models import Mandate
from recruitment.imports.load import load

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ENDED = date(2025, 7, 1)
LATER = vietnamese.today() + timedelta(days=30)


def row(**said):
    return {"Tên đăng nhập": "a", "Mã tổ chức": "T-H1-X", "Vai trò": "Cán bộ Ban Tổ chức", "Từ ngày": "01/01/2020"} | said  # fmt: skip


def merge(day, heir="T-H2-Y"):
    found = {"Việc": "Thành lập", "Mã tổ chức": heir, "Loại": "Đảng bộ cơ sở", "Tên mới": "Xã Y", "Mã cấp trên mới": "T-H2"}  # fmt: skip
    end = {"Việc": "Sáp nhập", "Mã tổ chức": "T-H1-X", "Mã kế thừa": heir}
    reorganise.apply([found | {"Ngày": day}, end | {"Ngày": day}], by=None)


def spans():
    return list(Mandate.objects.filter(account__username="a").order_by("since").values_list("since", "until"))


def loaded(**said):
    report = load("mandates", [row(**said)], name="thử")
    assert not report.faults, list(map(str, report.faults))
    return report.new, report.changed, report.same


def wanted(actor=None, **said):
    was = spans()
    [fault] = load("mandates", [row(**said)], name="thử", actor=actor).faults
    assert spans() == was
    return fault.heading, fault.wanted


@pytest.mark.parametrize("day", [ENDED, LATER])
@pytest.mark.parametrize("since", ["01/01/2020", vietnamese.day(LATER + timedelta(days=9))])
def test_the_same_file_again_leaves_what_the_act_ended(register, day, since):
    assert loaded(**{"Từ ngày": since}) == (1, 0, 0)
    merge(day)
    ended = spans()
    assert ended[0][1] is not None
    assert loaded(**{"Từ ngày": since}) == (0, 0, 1)
    assert spans() == ended


@pytest.mark.parametrize("day", [ENDED, LATER])
def test_a_mandate_beyond_the_last_day_is_led_to_the_heir(register, day):
    loaded()
    merge(day)
    last = vietnamese.day(day - timedelta(days=1))
    heading, said = wanted(**{"Đến ngày": vietnamese.day(day)})
    assert heading == "Đến ngày" and f"không sau {last}" in said and "kế thừa là T-H2-Y" in said
    assert wanted(**{"Từ ngày": "01/01/2021"})[0] == "Đến ngày"
    heading, said = wanted(**{"Từ ngày": vietnamese.day(day)})
    assert heading == "Mã tổ chức" and "kế thừa là T-H2-Y" in said
    assert wanted(**{"Từ ngày": None, "Vai trò": "Kiểm tra"})[1]
    assert loaded(**{"Từ ngày": "01/01/2021", "Đến ngày": last}) == (1, 0, 0)
    assert loaded(**{"Đến ngày": "31/12/2020"}) == (0, 1, 0)


def test_an_heir_out_of_reach_stays_unnamed(register, give):
    actor = give("huyen", "administrator", "T-H1")
    merge(LATER)
    _heading, said = wanted(actor)
    assert "ngày cuối cùng của T-H1-X" in said and "T-H2-Y" not in said
