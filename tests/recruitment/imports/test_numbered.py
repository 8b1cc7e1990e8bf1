"""Numbers of decisions in a workbook are told before it is loaded, and never stand in its way."""

from datetime import date

import pytest
from django.urls import reverse

from committees.models import Role
from recruitment import columns
from recruitment.imports.numbered import told
from recruitment.models import Admission
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_numbers_given_twice_or_written_otherwise_are_told_by_row(django_assert_num_queries):
    at = make.make_province("T", districts=2, communes=1, cells=2)
    make.place(at["T-1"], "upper", at["T"], name="Đảng bộ huyện Đất Đỏ", since=date(2010, 1, 1))
    make.make_admission(at["T-1-1-2"], date(2012, 4, 2), full_name="Lý Oanh", decision_number="145-QĐ/HU")
    one, other = at["T-1-1-1"].pk, at["T-2-1-1"].pk
    rows = [
        (2, "145-QĐ/HU", one, date(2015, 4, 2)), (3, "146-QĐ/HU", one, date(2015, 4, 2)),
        (4, "146 - qd/hu", one, date(2015, 4, 3)), (5, "145-QĐ/HU", other, date(2015, 4, 2)),
        (6, "145-QĐ/HU", one, date(2017, 4, 3)), (7, "147-QĐ/TU", one, date(2015, 4, 2)), (8, "", one, date(2015, 4, 2)),
    ]  # fmt: skip
    structure = columns.current().structure
    with django_assert_num_queries(1):
        found = dict(told(structure, rows))
    assert sorted(found) == [2, 4, 6, 7]
    assert "một văn bản khác" in found[2] and "Oanh" not in " ".join(found.values())
    assert "dòng 3" in found[4] and "dòng 2" in found[6]  # of the register's 2012 five years have passed
    assert "147-QĐ/HU" in found[7] and "sai nơi ban hành" in found[7]


def test_the_preview_tells_of_them_and_the_file_may_be_loaded(client):
    at = make.make_province()
    staff = make.make_account("an", Role.STAFF, at["T-1"])
    client.force_login(staff)
    common = {
        "Sinh ngày": "14/03/1990", "Giới tính": "Nam", "Mã tổ chức": "T-1-1-1", "Ngày quyết định": "02/04/2015",
        "Số quyết định": "145-QĐ/HU",
    }  # fmt: skip
    upload = make.make_upload(
        staff, "admissions", [{"Họ và tên": name} | common for name in ("Lê An", "Lê Bình")]
    )
    page = client.get(reverse("recruitment:import", args=[upload.pk])).content.decode()
    assert "1 dòng có số quyết định cần xem lại" in page and "đã ghi ở dòng 2 của tệp này" in page
    client.post(reverse("recruitment:import-apply", args=[upload.pk]))
    assert Admission.objects.filter(decision_number="145-QĐ/HU").count() == 2
