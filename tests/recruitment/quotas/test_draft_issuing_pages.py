"""From a draft to targets on pages, and what is handed out beyond any draft: shown first, refused, taken back."""

import pytest

from recruitment import columns
from recruitment.models import Quota
from recruitment.quotas.progress import progress
from tests import factories as make

from .handing_down import FIRST, accounts, at, at_the_desk, build, goals, issue, save, text, the_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with at_the_desk():
        yield


@pytest.fixture
def world():
    return build()


@pytest.fixture
def people(world):
    return accounts(world)


@pytest.fixture
def alice(client, people):
    client.force_login(people["standing"])
    return client


class TestIssuing:
    def test_the_dashboard_is_right_at_the_next_request(self, alice):
        draft = the_draft(alice)
        where = at("dashboard", "T") + "?plan=KH-27"
        assert {child.goal for child in alice.get(where).context["page"].found.found.children} == {None}
        answer = issue(alice, draft)
        assert answer.status_code == 302
        assert "Đã ban hành 3 chỉ tiêu theo 12-QĐ/TU" in text(alice.get(answer.url))
        found = alice.get(where).context["page"].found.found
        assert [child.goal for child in found.children] == [10, 20, 10] and found.goal == 40
        assert found.on == FIRST, "a plan that has not begun is seen as of its first day"
        assert Quota.objects.filter(document="12-QĐ/TU").count() == 3

    def test_what_would_change_is_shown_first(self, alice, world):
        make.make_quota(world["plan"], world["T-1"], 7)
        make.make_quota(world["plan"], world["T-2"], 20)
        answer = alice.get(at("allotment-issue", the_draft(alice).pk))
        told = [
            (change.name, change.before, change.number, change.moved)
            for change in answer.context["page"].changes
        ]
        assert told == [("Tổ chức T-1", "7", 10, 3), ("Tổ chức T-3", "", 10, None)]
        assert "2 chỉ tiêu sẽ được ghi, 1 giữ nguyên" in text(answer)

    @pytest.mark.parametrize(
        ("said", "field", "wanted"),
        [
            ({"document": ""}, "document", ""),
            ({"issued_on": "31/2/2026"}, "issued_on", "Tìm thấy “31/2/2026”"),
            ({"effective_on": "31/12/2026"}, "effective_on", "trong kỳ của kế hoạch"),
            ({"effective_on": "1/1/2028"}, "effective_on", "trong kỳ của kế hoạch"),
        ],
    )
    def test_what_is_refused(self, alice, said, field, wanted):
        draft = the_draft(alice)
        answer = issue(alice, draft, **said)
        assert answer.status_code == 400 and wanted in " ".join(answer.context["form"].errors[field])
        assert set(goals().values()) == {None}
        assert issue(alice, draft).status_code == 302

    def test_a_change_wants_a_reason_and_a_free_day(self, alice):
        assert issue(alice, the_draft(alice)).status_code == 302
        draft = the_draft(alice, total="50")
        answer = issue(alice, draft, reason="điều chỉnh")
        assert "Tổ chức T-1 (13): cần ngày hiệu lực khác: từ 01/01/2027 đã giao 10." in text(answer)
        answer = issue(alice, draft, effective_on="01/07/2027")
        assert "lý do: có đơn vị đang có chỉ tiêu khác" in text(answer)
        assert issue(alice, draft, effective_on="01/07/2027", reason="điều chỉnh").status_code == 302

    def test_a_draft_changed_meanwhile_is_read_again_first(self, client, people, alice):
        draft = the_draft(alice)
        stamp = draft.stamp
        client.force_login(people["staff"])
        save(client, draft, T_1="14")
        answer = issue(client, draft, stamp=stamp)
        assert answer.status_code == 409 and "can-bo đã sửa phương án này" in text(answer)
        assert answer.context["page"].changes[0].number == 14 and not Quota.objects.filter(low=14).exists()
        assert issue(client, draft, stamp=answer.context["form"]["stamp"].value()).status_code == 302
        assert goals()["T-1"] == 14

    def test_taken_back_by_a_button(self, alice):
        draft = the_draft(alice)
        issue(alice, draft)
        assert "Rút lại" in text(alice.get(at("allotment-list", "KH-27", "T")))
        answer = alice.post(at("allotment-undo", draft.pk))
        assert "Đã rút lại 3 chỉ tiêu" in text(alice.get(answer.url))
        assert set(goals().values()) == {None}
        assert "Chưa rút lại được" in text(alice.get(alice.post(at("allotment-undo", draft.pk)).url))

    def test_children_pass_it_on(self, client, people, alice):
        issue(alice, the_draft(alice))
        client.force_login(people["district"])
        draft = the_draft(client, committee="T-2", method="hand")
        save(client, draft, T_2_1="11", T_2_2="9")
        assert issue(client, draft).status_code == 302
        found = progress(columns.current(), "KH-27", "T-2", on=FIRST)
        assert [child.goal for child in found.children] == [11, 9] and found.goal == 20


class TestHandingOut:
    def hand(self, client, **said):
        said = {
            "child": "T-1",
            "more": "3",
            "group": "",
            "effective_on": "01/01/2027",
            "document": "",
            "reason": "",
        } | said
        return client.post(at("hand-out", "KH-27", "T"), said)

    def test_from_the_remainder_and_on_to_the_next(self, alice):
        answer = self.hand(alice, document="05-CV")
        assert answer.status_code == 302
        after = alice.get(answer.url)
        assert "Đã giao thêm 3 cho Tổ chức T-1: nay là 3. Còn 37 chưa giao." in text(after)
        assert (
            after.context["form"]["document"].value() == "05-CV"
            and not after.context["form"]["child"].value()
        )
        assert goals()["T-1"] == 3

    @pytest.mark.parametrize(
        ("said", "field", "wanted"),
        [
            ({"more": "41"}, "more", "còn 40 chưa giao"),
            ({"more": "41", "beyond": "on"}, "reason", "lý do giao hơn chỉ tiêu chung"),
            ({"more": "0"}, "more", "từ 1 trở lên"),
            ({"child": ""}, "child", ""),
            ({"effective_on": "1/1/2029"}, "effective_on", "trong kỳ của kế hoạch"),
        ],
    )
    def test_what_is_refused(self, alice, said, field, wanted):
        answer = self.hand(alice, **said)
        assert answer.status_code == 400 and wanted in " ".join(answer.context["form"].errors[field])
        assert goals()["T-1"] is None
        assert self.hand(alice).status_code == 302

    def test_beyond_with_a_reason(self, alice):
        answer = self.hand(alice, more="41", beyond="on", reason="bù nơi không đạt")
        assert "Giao hơn chỉ tiêu chung 1." in text(alice.get(answer.url))

    def test_the_same_unit_twice_a_day_is_told_what_stands(self, alice):
        self.hand(alice)
        answer = self.hand(alice)
        assert "từ 01/01/2027 đã giao 3" in " ".join(answer.context["form"].errors["effective_on"])

    def test_without_a_target_of_the_whole(self, alice):
        assert "Chưa có chỉ tiêu chung" in text(alice.get(at("hand-out", "KH-27", "T-1")))
