"""The pages of classes: who sees what, what a POST does, how it is refused, and what is journalled."""

import csv
import html
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from committees import vietnamese
from committees.models import Entry, Role
from recruitment.courses import deeds
from recruitment.models import Candidacy, Certificate, Course, Participant, Stage
from tests import factories as make

from . import course_world as w


@pytest.fixture
def world(db):
    return w.build()


def at(name, world=None):
    return reverse(f"recruitment:{name}", args=[world.course.pk] if world else [])


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def stamp(world):
    return Course.objects.get(pk=world.course.pk).stamp


def field(world, name, *values):
    return {f"{name}_{row.pk}": value for row, value in zip(w.rows(world), values, strict=True)}


class TestList:
    def test_what_a_class_counts_and_what_is_due(self, client, world):
        w.completed(world)
        client.force_login(world.alice)
        page = text(client.get(at("course-list")))
        assert "1 lớp, 3 người được cử học, 0 người đã được cấp chứng nhận" in page
        due = vietnamese.day(world.today - timedelta(days=5))
        assert "Đã bế giảng" in page and f"Quá hạn 5 ngày, từ {due}" in page

    def test_only_what_is_within_reach(self, client, world):
        w.invited(world)
        client.force_login(world.charlie)
        page = text(client.get(at("course-list")))
        assert "Lớp khóa I" not in page and "Chưa có lớp nào" in page

    def test_a_cell_sees_the_class_its_people_attend_and_no_other_name(self, client, world):
        stranger = make.make_candidacy(world.at["T-1-1-2"], world.entered, full_name="Hồ Thị Lạ")
        world.people.append(stranger)
        w.invited(world)
        client.force_login(world.bob)
        assert "1 lớp, 3 người được cử học" in text(client.get(at("course-list")))
        page = text(client.get(at("course", world)))
        assert "Nguyễn Văn An" in page and "Hồ Thị Lạ" not in page
        assert "4 học viên" not in page and "Mời" not in page

    def test_filters(self, client, world):
        client.force_login(world.alice)
        year, kind = world.course.opened_on.year, "awareness"
        for query, found in [
            (f"year={year}&kind={kind}&state=ended", True), ("kind=new_member", False), ("state=planned", False),
            ("under=T-1", True), ("under=T-1-1-1", False), ("year=2001", False),
        ]:  # fmt: skip
            page = text(client.get(f"{at('course-list')}?{query}"))
            assert ("Lớp khóa I" in page) is found, query
            assert found or "Không có lớp nào khớp" in page
        assert client.get(f"{at('course-list')}?year=x").status_code == 400

    def test_eighteen_classes_with_921_people_and_sixteen_of_one_town(self, client, db):
        """The published story: the district sent 921 people to 18 classes, one town 16 of them."""
        made = make.make_province(communes=2)
        staff = make.make_account("huyen", Role.STAFF, made["T-1"])
        town = make.make_account("thi-tran", Role.STAFF, made["T-1-2"])
        with make._pen():
            sizes, towns = [51] * 17 + [54], 16
            for k, size in enumerate(sizes):
                course = make.make_course(made["T-1"], date(2015, 1, 5), name=f"Lớp {k + 1}")
                for n in range(size):
                    cell = made["T-1-2-1" if k == 0 and n < towns else "T-1-1-1"]
                    make.make_participant(course, cell)
        client.force_login(staff)
        assert "18 lớp, 921 người được cử học" in text(client.get(f"{at('course-list')}?year=2015"))
        client.force_login(town)
        assert "1 lớp, 16 người được cử học" in text(client.get(f"{at('course-list')}?year=2015"))


class TestOpening:
    said = {
        "committee": "T-1", "kind": "awareness", "name": "Lớp II", "opened_on": "1/3/2026", "closed_on": "050326",
        "periods": "50", "organiser": "Trung tâm chính trị",
    }  # fmt: skip

    def test_opened(self, client, world):
        client.force_login(world.alice)
        answer = client.post(at("course-new"), self.said)
        course = Course.objects.get(name="Lớp II")
        assert answer.url == reverse("recruitment:course", args=[course.pk])
        assert (course.committee, course.opened_on) == (world.at["T-1"], date(2026, 3, 1))

    def test_refused_at_its_field(self, client, world):
        client.force_login(world.alice)
        answer = client.post(at("course-new"), {**self.said, "closed_on": "1/2/2026"})
        assert answer.status_code == 400
        assert "<title>Lỗi:" in text(answer) and "trước ngày khai giảng" in text(answer)
        assert not Course.objects.filter(name="Lớp II").exists()

    def test_not_for_another_district_and_not_by_a_cell(self, client, world):
        client.force_login(world.alice)
        answer = client.post(at("course-new"), {**self.said, "committee": "T-2"})
        assert answer.status_code == 400 and "Không có tổ chức đảng nào khớp" in text(answer)
        client.force_login(world.bob)
        assert client.get(at("course-new")).status_code == 403

    def test_two_editors(self, client, world):
        client.force_login(world.alice)
        shown, said = stamp(world), {k: v for k, v in self.said.items() if k != "committee"}
        assert client.post(at("course-edit", world), {**said, "stamp": shown}).status_code == 302
        answer = client.post(at("course-edit", world), {**said, "name": "Lớp III", "stamp": shown})
        assert answer.status_code == 409
        assert "Lớp III" in text(answer) and Course.objects.get(pk=world.course.pk).name == "Lớp II"


class TestInvite:
    def test_ticked_and_invited(self, client, world):
        client.force_login(world.alice)
        page = text(client.get(at("course-invite", world)))
        assert "3 trong 3 người mời được" in page and "Nguyễn Văn An" in page
        said = {"stamp": stamp(world), "person": [world.people[0].pk, world.people[1].pk], "do": "invite"}
        answer = client.post(at("course-invite", world), said, follow=True)
        assert "Đã đưa 2 người vào lớp" in text(answer)
        assert "Lớp còn dưới 25 học viên (" in text(answer), "a warning, no refusal"
        assert Participant.objects.count() == 2
        assert "1 trong 1 người mời được" in text(client.get(at("course-invite", world)))

    def test_a_thousand_ticks_are_one_form(self, client, world):
        client.force_login(world.alice)
        said = {"stamp": stamp(world), "person": [world.people[0].pk] * 1200, "do": "invite"}
        assert client.post(at("course-invite", world), said).status_code == 302
        assert Participant.objects.count() == 1

    def test_search_and_cell(self, client, world):
        client.force_login(world.alice)
        assert "1 trong 3 người" in text(client.get(f"{at('course-invite', world)}?q=binh"))
        assert "Không có ai khớp" in text(client.get(f"{at('course-invite', world)}?under=T-1-1-2"))

    def test_nobody_ticked(self, client, world):
        client.force_login(world.alice)
        answer = client.post(at("course-invite", world), {"stamp": stamp(world), "do": "invite"})
        assert answer.status_code == 400 and "Chưa chọn ai" in text(answer)

    def test_nobody_beyond_the_committee_that_runs_it(self, client, world):
        stranger = make.make_candidacy(world.at["T-2-1-1"], world.entered, full_name="Hồ Thị Lạ")
        client.force_login(world.alice)
        assert "Hồ Thị Lạ" not in text(client.get(at("course-invite", world)))
        said = {"stamp": stamp(world), "person": [stranger.pk], "do": "invite"}
        client.post(at("course-invite", world), said)
        assert not Participant.objects.exists()

    def test_a_certificate_that_lasts_needs_no_class_one_that_lapses_does(self, client, world):
        lasting, lapsed, lapsing = (one.person for one in world.people)
        issued = world.today - timedelta(days=30)
        make.make_certificate(world.at["T-1-1-1"], issued, person=lasting)
        make.make_certificate(world.at["T-1-1-1"], vietnamese.add_months(world.today, -61), person=lapsed)
        make.make_certificate(world.at["T-1-1-1"], vietnamese.add_months(world.today, -59), person=lapsing)
        client.force_login(world.alice)
        page = text(client.get(at("course-invite", world)))
        assert lasting.full_name not in page
        assert "Chứng nhận hết hạn" in page and "Chứng nhận sắp hết hạn" in page

    def test_who_failed_is_offered_again_who_waits_for_the_certificate_is_not(self, client, world):
        w.invited(world)
        w.attended(world, 39)
        w.marked(world, None)
        w.decided(world)
        world.course = make.make_course(world.at["T-1"], world.today, name="Lớp II")
        client.force_login(world.alice)
        page = text(client.get(at("course-invite", world)))
        assert "1 trong 1 người mời được" in page and "Nguyễn Văn An" in page
        assert "2 người đang ở một lớp chưa xong hoặc chờ cấp chứng nhận" in page

    def test_probationary_members_without_theirs(self, client, world):
        cell, held = world.at["T-1-1-1"], world.today - timedelta(days=60)
        new = make.make_admission(cell, held, ceremony_on=held, full_name="Đỗ Dự Bị")
        learnt = make.make_admission(cell, held, ceremony_on=held, full_name="Đỗ Đã Học")
        make.make_certificate(cell, world.today, person=learnt.person, kind="new_member")
        make.make_admission(cell, held, ceremony_on=held, official_on=world.today, full_name="Đỗ Chính Thức")
        make.make_admission(cell, held, full_name="Đỗ Chờ Lễ")
        world.course = make.make_course(world.at["T-1"], world.today, kind="new_member")
        client.force_login(world.alice)
        page = text(client.get(at("course-invite", world)))
        assert "1 trong 1 người mời được" in page and "Đỗ Dự Bị" in page
        client.post(at("course-invite", world), {"stamp": stamp(world), "person": [new.pk], "do": "invite"})
        assert Participant.objects.get().person == new.person

    def test_taken_off(self, client, world):
        w.invited(world)
        client.force_login(world.alice)
        said = {"stamp": stamp(world), "learner": [w.rows(world)[0].pk], "do": "remove"}
        assert "Đã bỏ 1 người" in text(client.post(at("course-invite", world), said, follow=True))
        assert Participant.objects.count() == 2


class TestGrids:
    def test_attendance_in_one_page(self, client, world):
        w.invited(world)
        client.force_login(world.alice)
        said = {"stamp": stamp(world), **field(world, "attended", "50", "39", "")}
        assert client.post(at("course-attendance", world), said).status_code == 302
        assert [row.attended for row in w.rows(world)] == [50, 39, None]
        page = text(client.get(at("course", world)))
        assert "Chưa đủ số tiết" in page and "39/50" in page

    def test_the_empty_ones_filled_nothing_saved(self, client, world):
        w.invited(world)
        client.force_login(world.alice)
        said = {"stamp": stamp(world), "do": "fill", **field(world, "attended", "30", "", "")}
        answer = client.post(at("course-attendance", world), said)
        assert answer.status_code == 200 and text(answer).count('value="50"') == 2
        assert [row.attended for row in w.rows(world)] == [None] * 3

    def test_a_page_sent_without_its_stamp_clears_nothing(self, client, world):
        w.invited(world)
        w.attended(world)
        client.force_login(world.alice)
        assert client.post(at("course-attendance", world), {}).status_code == 400
        assert [row.attended for row in w.rows(world)] == [50] * 3

    def test_two_editors_are_told_and_lose_nothing(self, client, world):
        w.invited(world)
        shown = stamp(world)
        w.attended(world, 41)
        client.force_login(world.dung)
        said = {"stamp": shown, **field(world, "attended", "42", "50", "50")}
        answer = client.post(at("course-attendance", world), said)
        assert answer.status_code == 409
        assert "Lê Thị Cúc đã sửa bản ghi này" in text(answer)
        assert 'value="42"' in text(answer) and ">41<" in text(answer)
        assert w.rows(world)[0].attended == 41

    def test_marks_with_a_comma_and_faults_at_their_field(self, client, world):
        w.invited(world)
        w.attended(world, 39)
        client.force_login(world.alice)
        short, able, third = w.rows(world)
        page = text(client.get(at("course-results", world)))
        assert f"mark_{able.pk}" in page and f"mark_{short.pk}" not in page
        wrong = {"stamp": stamp(world), f"mark_{able.pk}": "11", f"mark_{third.pk}": "6"}
        answer = client.post(at("course-results", world), wrong)
        assert answer.status_code == 400 and "Tìm thấy “11”. Cần điểm từ 0 đến 10" in text(answer)
        wrong = {"stamp": stamp(world), f"mark_{able.pk}": "6", f"second_mark_{able.pk}": "7"}
        answer = client.post(at("course-results", world), wrong)
        assert answer.status_code == 400 and "Chỉ viết lại khi bài đầu dưới 5 điểm" in text(answer)
        right = {
            "stamp": stamp(world),
            f"mark_{able.pk}": "7,25",
            f"mark_{third.pk}": "4",
            f"second_mark_{third.pk}": "5",
        }
        assert client.post(at("course-results", world), right).status_code == 302
        assert 'value="7,25"' in text(client.get(at("course-results", world)))
        page = text(client.get(at("course", world)))
        assert "Khá" in page and "Trung bình" in page

    def test_certificates_filled_from_a_block_and_issued(self, client, world):
        w.completed(world)
        client.force_login(world.alice)
        said = {"stamp": stamp(world), "issued_on": vietnamese.day(world.today)}
        block = {"first": "099", "prefix": "CN-", "without": "100", "first_line": "7", "do": "fill"}
        answer = client.post(at("course-certificates", world), {**said, **block})
        page = text(answer)
        assert answer.status_code == 200 and not Certificate.objects.exists()
        assert all(f'value="{n}"' in page for n in ("CN-099", "CN-101", "CN-102", "7", "8", "9"))
        numbers = field(world, "number", "CN-099", "CN-101", "") | field(world, "line", "7", "8", "")
        page = text(client.post(at("course-certificates", world), {**said, **numbers}, follow=True))
        assert "Đã cấp 2 chứng nhận." in page and "Hoàn tác lần cấp vừa rồi" in page
        assert Candidacy.objects.filter(stage=Stage.CLASS).count() == 2
        page = text(client.post(at("course-certificates-undo", world), follow=True))
        assert "Đã bỏ 2 chứng nhận vừa cấp." in page and not Certificate.objects.exists()

    def test_a_number_in_use_is_confirmed(self, client, world):
        w.completed(world)
        other = make.make_course(world.at["T-1"])
        make.make_certificate(world.at["T-1-1-1"], world.today, course=other, number="01")
        client.force_login(world.alice)
        said = {
            "stamp": stamp(world),
            "issued_on": vietnamese.day(world.today),
            **field(world, "number", "01", "", ""),
        }
        answer = client.post(at("course-certificates", world), said)
        assert answer.status_code == 400 and "Số đã dùng trong năm ở đơn vị này: 01" in text(answer)
        assert "Vẫn cấp với các số này" in text(answer)
        assert client.post(at("course-certificates", world), {**said, "confirmed": "on"}).status_code == 302

    def test_the_second_clerk_sees_who_is_left(self, client, world):
        w.completed(world)
        shown, first = stamp(world), w.rows(world)[0]
        w.issue(world, {first.pk: ("01", "")})
        client.force_login(world.dung)
        said = {
            "stamp": shown,
            "issued_on": vietnamese.day(world.today),
            **field(world, "number", "05", "06", ""),
        }
        answer = client.post(at("course-certificates", world), said)
        page = text(answer)
        assert answer.status_code == 409 and f"number_{first.pk}" not in page and 'value="06"' in page
        assert Certificate.objects.count() == 1

    def test_the_decision(self, client, world):
        w.invited(world)
        w.attended(world)
        w.marked(world)
        client.force_login(world.alice)
        said = {"stamp": stamp(world), "do": "record", "completion_number": "45-QĐ", "completed_on": ""}
        assert "Ghi ngày quyết định." in text(client.post(at("course-completion", world), said))
        said["completed_on"] = vietnamese.day(world.today)
        assert client.post(at("course-completion", world), said).status_code == 302
        answer = client.post(at("course-completion", world), {"stamp": stamp(world), "do": "reopen"})
        assert answer.status_code == 302 and Course.objects.get(pk=world.course.pk).completed_on is None


class TestDoor:
    WRITES = ("edit", "invite", "attendance", "results", "completion", "certificates")

    def test_who_sees_figures_sees_counts_and_no_name(self, client, world):
        w.completed(world)
        client.force_login(world.standing)
        page = text(client.get(at("course", world)))
        assert "3 học viên" in page and "Nguyễn Văn" not in page and "/people/" not in page
        for name in self.WRITES:
            assert client.get(at(f"course-{name}", world)).status_code == 403
        assert client.get(reverse("recruitment:certificate-register")).status_code == 403

    def test_another_district_finds_nothing(self, client, world):
        w.completed(world)
        client.force_login(world.charlie)
        for name in ("course", *(f"course-{name}" for name in self.WRITES)):
            assert client.get(at(name, world)).status_code == 404

    def test_a_cell_whose_people_learn_may_look_and_not_write(self, client, world):
        w.invited(world)
        client.force_login(world.bob)
        assert client.get(at("course", world)).status_code == 200
        assert client.get(at("course-attendance", world)).status_code == 404

    def test_reading_names_is_journalled_figures_are_not(self, client, world):
        w.invited(world)
        client.force_login(world.standing)
        before = Entry.objects.filter(chain=Entry.READS).count()
        client.get(at("course", world))
        assert Entry.objects.filter(chain=Entry.READS).count() == before
        client.force_login(world.alice)
        client.get(at("course", world))
        entry = Entry.objects.filter(chain=Entry.READS).latest("number")
        assert (entry.deed, entry.about, entry.actor) == ("list", deeds.about(world.course), world.alice)

    @pytest.mark.parametrize("name", ["course-list", "course", "course-invite", "course-attendance", "course-certificates", "certificate-register", "certificate-sheet"])  # fmt: skip
    def test_as_many_queries_for_three_learners_as_for_one(self, client, db, name):
        world = w.build(learners=1)
        w.completed(world)
        w.issue(world)
        make.make_candidacy(world.at["T-1-1-2"], world.entered)  # who may be invited
        client.force_login(world.alice)
        address = at(name, None if name in {"course-list"} or "certificate-" in name else world)
        client.get(address)
        with CaptureQueriesContext(connection) as one:
            assert client.get(address).status_code == 200
        about = world.course
        more = make.make_course(world.at["T-1"], about.opened_on, about.closed_on, name="Lớp II")
        with make._pen():
            for target in (more, more, about, about):
                person = make.make_candidacy(world.at["T-1-1-1"], world.entered).person
                make.make_participant(target, world.at["T-1-1-1"], person=person, attended=50)
                make.make_candidacy(world.at["T-1-1-2"], world.entered)
                make.make_certificate(world.at["T-1-1-1"], world.today, person=person, course=target)
        client.get(address)
        with CaptureQueriesContext(connection) as three:
            assert client.get(address).status_code == 200
        assert len(three) == len(one)


class TestRegister:
    def test_every_line_of_a_certificate(self, client, world):
        w.completed(world)
        w.issue(world)
        client.force_login(world.alice)
        page = text(client.get(reverse("recruitment:certificate-register")))
        for said in ("Nguyễn Văn An", "Lớp khóa I", "7,5", "Khá", "45-QĐ/TTCT", "01", "<b>3</b> chứng nhận"):
            assert said in page, said
        for query, found in [
            (f"year={world.today.year}", 3), ("year=2001", 0), ("kind=new_member", 0), ("course=khoa+i", 3),
            (f"of={world.course.pk}", 3), ("q=binh", 1),
        ]:  # fmt: skip
            page = text(client.get(f"{reverse('recruitment:certificate-register')}?{query}"))
            assert page.count("/people/") == found, query

    def test_on_paper_in_numbered_lines(self, client, world):
        w.completed(world)
        w.issue(world)
        client.force_login(world.alice)
        page = text(client.get(f"{reverse('recruitment:certificate-sheet')}?of={world.course.pk}"))
        assert "Sổ gốc cấp giấy chứng nhận" in page and page.count("<tr") == 4
        assert (
            '<td class="num gone" role="cell">3</td><th scope="row" role="rowheader">Nguyễn Văn Chi</th>'
            in page
        )
        assert f"45-QĐ/TTCT, {vietnamese.day(world.course.completed_on)}" in page

    def test_as_a_file_formulas_stay_text(self, client, world):
        w.completed(world)
        numbers = {row.pk: ("=1+1", "") for row in w.rows(world)[:1]}
        w.issue(world, numbers)
        client.force_login(world.alice)
        answer = client.get(reverse("recruitment:list-export", args=["register", "csv"]))
        lines = list(
            csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";")
        )
        assert "'=1+1" in lines[1] and "7,50" in lines[1]
        answer = client.get(reverse("recruitment:list-export", args=["register", "xlsx"]))
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
        cells = [cell for row in sheet for cell in row if cell.value == "=1+1"]
        assert [cell.data_type for cell in cells] != ["f"] and len(cells) == 1

    def test_another_district_reads_none_of_it(self, client, world):
        w.completed(world)
        w.issue(world)
        client.force_login(world.charlie)
        assert "Nguyễn Văn" not in text(client.get(reverse("recruitment:certificate-register")))
        assert "Nguyễn Văn" not in text(client.get(reverse("recruitment:certificate-sheet")))
