"""Why a figure shown on 30/06 differs today, as it is told: who may see which deed, and whom it names."""

import html
from datetime import date

import pytest
from django.urls import reverse

from committees import journal
from committees.models import Entry, Role
from recruitment.fields import Aim
from recruitment.imports.load import load
from recruitment.models import Admission
from recruitment.pipeline import admissions
from recruitment.quotas import deeds
from tests import factories as make

from .since_world import AFTER, NOW, SEEN, at_moment, build, enter, rows


@pytest.fixture
def world(db):
    return build()


def page(client, status=200, **asked):
    got = client.get(
        reverse("recruitment:change-list"),
        {"committee": "T", "on": "2026-06-30", "since": "30/06/2026"} | asked,
    )
    assert got.status_code == status
    text = " ".join(html.unescape(got.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())
    return got.context and got.context["page"], text


class TestPage:
    @pytest.fixture(autouse=True)
    def now(self, world):
        with at_moment(NOW):
            yield

    @pytest.fixture
    def staff(self, client, world):
        client.force_login(world.staff)
        return client

    def changed(self, world):
        enter(world, n=6, full_name="Nguyễn Thị Ghi Sau")
        row = Admission.objects.order_by("pk").first()
        with at_moment(AFTER):
            admissions.cancel(row, on=date(2026, 6, 25), reason="x", stamp=row.stamp, by=world.staff)
        return row

    def test_the_sum_first(self, staff, world):
        self.changed(world)
        _page, text = page(staff)
        assert '<p class="lead">Khi ấy 23 + ghi sau 6 − hủy 1 = nay 28</p>' in text
        assert "57,50 %" in text and "70,00 %" in text

    def test_each_deed_with_who_when_and_whom(self, staff, world):
        row = self.changed(world)
        found, text = page(staff)
        assert [(line.kind, line.who) for line in found.lines][:1] == [("cancelled", "can-bo")]
        assert row.person.full_name in text and "10:00 10/07/2026" in text
        assert "hủy từ ngày 25/06/2026" in text and "15/06/2026, Tổ chức T-1-1-1" in text
        entry = Entry.objects.filter(chain=Entry.READS).latest("number")
        assert (entry.deed, entry.about, entry.committee.code) == ("list", "changes", "T")

    def test_figures_only_no_name_no_small_number(self, client, world):
        row = self.changed(world)
        client.force_login(make.make_account("thuong-vu", Role.STANDING, world.at["T"]))
        before = Entry.objects.filter(chain=Entry.READS).count()
        found, text = page(client)
        assert (
            row.person.full_name not in text
            and "Ghi Sau" not in text
            and "hủy" not in text.split("Theo đơn vị")[0].split("Khi ấy 23")[1][:60]
        )
        assert '<p class="lead">Khi ấy 23 + các thay đổi nhỏ gộp lại 5 = nay 28</p>' in text
        assert found.lines == [] and Entry.objects.filter(chain=Entry.READS).count() == before

    def test_a_workbook_is_one_line(self, staff, client, world):
        with at_moment(AFTER):
            load("admissions", rows(7), name="danh sách tháng 6.xlsx")
        found, text = page(staff)
        (line,) = found.lines
        assert (line.count, line.effect, line.person) == (7, 7, None)
        assert "7 người; tệp “danh sách tháng 6.xlsx”" in text
        client.force_login(make.make_account("thuong-vu", Role.STANDING, world.at["T"]))
        found, text = page(client)
        assert [line.count for line in found.lines] == [7] and "ghi sau 7" in text

    def test_units(self, staff, client, world):
        self.changed(world)
        enter(world, "T-2-1-1", n=2)
        assert page(staff)[0].units == [("Tổ chức T-1", "T-1", 7, 5), ("Tổ chức T-2", "T-2", 2, 2)]
        client.force_login(make.make_account("thuong-vu", Role.STANDING, world.at["T"]))
        assert page(client)[0].units == [("Các đơn vị còn lại, gộp", "", 9, None)]

    def test_of_a_place_out_of_reach_no_name(self, client, world):
        row = Admission.objects.filter(cell=world.at["T-1-1-1"]).first()
        with at_moment(AFTER), journal.pen(None, "admission-correct"):
            row.cell = world.at["T-2-1-1"]
            row.save()
        client.force_login(make.make_account("huyen", Role.STAFF, world.at["T-2"]))
        _page, text = page(client, committee="T-2")
        assert "nơi khác thành Tổ chức T-2-1-1" in text and "T-1-1-1" not in text

    def test_who_was_put_out_of_reach_is_named_no_more(self, client, world):
        row = Admission.objects.filter(cell=world.at["T-1-1-1"]).first()
        with at_moment(AFTER), journal.pen(None, "admission-correct"):
            row.cell = world.at["T-2-1-1"]
            row.save()
        client.force_login(make.make_account("huyen", Role.STAFF, world.at["T-1"]))
        found, text = page(client, committee="T-1")
        assert [line.kind for line in found.lines] == ["corrected_out"]
        assert row.person.full_name not in text and "Tổ chức T-1-1-1 thành nơi khác" in text
        client.force_login(world.staff)
        assert row.person.full_name in page(client, committee="T-1")[1]

    def test_a_target_entered_late(self, staff, world):
        with at_moment(AFTER):
            deeds.set_quota(
                world.plan, world.at["T"], by=world.staff, target=Aim(46), effective_on=date(2026, 6, 1),
                document="09-CV", reason="giao bổ sung",
            )  # fmt: skip
        found, text = page(staff)
        assert "Chỉ tiêu khi ấy 40, nay 46" in text and not found.same
        assert "Tổ chức T: 46, hiệu lực từ 01/06/2026, 09-CV, giao bổ sung" in text
        assert "57,50 %" in text and "50,00 %" in text

    def test_nothing_since_is_said(self, staff, world):
        found, text = page(staff)
        assert (
            found.same
            and "Không có gì ghi, sửa hoặc hủy sau ngày 30/06/2026 làm đổi số này: vẫn là 23." in text
        )

    def test_what_nobody_can_tell_is_said_with_its_number(self, staff, world):
        with at_moment(AFTER), journal.pen(None, "test"):
            Admission.objects.filter(pk=Admission.objects.first().pk).update(decided_on=date(2026, 6, 1))
        assert "1 dòng đã bỏ hoặc sửa hàng loạt mà sổ không giữ nội dung cũ" in page(staff)[1]

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"since": "21/07/2026"}, "Đã xem vào ngày: Ngày này chưa đến."),
            ({"since": "31/2/2026"}, "Đã xem vào ngày: Tìm thấy “31/2/2026”"),
            ({"group": "women"}, "Trang này xem số chung của mọi nhóm"),
            ({"plan": "X"}, "Kế hoạch: Không có lựa chọn “X” ở đây."),
            ({"tree_on": "2026-01-01"}, "Ngày của cây tổ chức"),
        ],
    )
    def test_what_is_refused(self, staff, world, wrong, said):
        _page, text = page(staff, 400, **wrong)
        assert said in text and "<title>Lỗi: " in text
        assert page(staff)[0].found is not None

    def test_without_days_the_last_figure_that_was_seen(self, staff, world):
        found, _text = page(staff, on="", since="")
        assert (found.question.on, found.since) == (date(2026, 7, 20), date(2026, 7, 19))
        assert page(staff, since="")[0].since == SEEN

    def test_many_lines_are_paged(self, staff, world):
        enter(world, n=30)
        found, _text = page(staff)
        assert found.page.paginator.num_pages == 2 and len(found.lines) == 25
        assert len(page(staff, page=2)[0].lines) == 5

    @pytest.mark.parametrize("more", [1, 3])
    def test_queries_do_not_grow(self, staff, world, more, django_assert_num_queries):
        enter(world, n=more)
        page(staff)
        with django_assert_num_queries(14):
            assert len(page(staff)[0].lines) == more

    def test_the_way_there(self, staff, world):
        for name, parts, asked in (
            ("dashboard", ["T"], {"plan": "KH"}), ("report-annual", ["T"], {"year": 2026}),
            ("explanation", [], {"committee": "T", "plan": "KH"}),
        ):  # fmt: skip
            text = html.unescape(
                staff.get(reverse(f"recruitment:{name}", args=parts), asked).content.decode()
            )
            assert 'href="/changes/?plan=KH&on=' in text, name
