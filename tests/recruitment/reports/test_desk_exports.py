"""Files of the desk's lists and of the rule book: the rows of each page, by its right; who may not see the page gets none."""

from datetime import date

import pytest

from committees import journal
from committees.models import Committee, Role
from recruitment.models import Criterion
from recruitment.pipeline import actions
from recruitment.pipeline.queues import QUEUES
from tests import factories as make
from tests.recruitment.courses import course_world
from tests.recruitment.pipeline import queue_world

from .test_exports import book, export, last_read, table

pytestmark = pytest.mark.django_db


def links(page):
    """The addresses of files a page offers."""
    text = page.content.decode().replace("&amp;", "&")
    return [part.split('"')[0] for part in text.split('href="') if part.startswith("/exports/")]


def through(client, address):
    """The table of the CSV that the page at an address offers."""
    (wanted,) = [link for link in links(client.get(address)) if ".csv" in link]
    return table(client.get(wanted))


class TestQueues:
    @pytest.fixture
    def here(self):
        with queue_world.clock():
            found = queue_world.build()
            found.names = queue_world.fill(found.at["T-1-1-1"])
            queue_world.fill(found.at["T-2-1-1"], "Huyện khác")
            yield found

    @pytest.mark.parametrize("queue", QUEUES)
    def test_each_as_its_page_shows_it(self, client, here, queue):
        client.force_login(here.alice)
        page = client.get(f"/desk/{queue}/?committee=T-1")
        _headings, *rows = through(client, f"/desk/{queue}/?committee=T-1")
        assert [row[0].strip() for row in rows] == [
            one.person.full_name.strip() for one in page.context["page"].rows
        ]
        assert [row[0].strip() for row in rows] == [here.names[queue]]
        assert last_read()[:3] == ("export", f"queue:{queue}", "T-1")

    def test_what_is_missing_goes_along(self, client, here):
        client.force_login(here.alice)
        told = {}
        for queue in QUEUES:
            headings, row = through(client, f"/desk/{queue}/?committee=T-1")
            told[queue] = dict(zip(headings, row, strict=True))
            (shown,) = client.get(f"/desk/{queue}/?committee=T-1").context["page"].rows
            assert told[queue]["Còn thiếu"] == "; ".join(shown.missing)
        assert "Chưa" in told["to-recognise"]["Còn thiếu"]
        assert told["to-vote"]["Từ ngày"] == "01/09/2026"
        assert told["to-vote"]["Hồ sơ ở đâu"] == "Chờ đảng ủy cơ sở biểu quyết."

    def test_who_sees_figures_alone_or_nothing_gets_no_file(self, client, here):
        for who, status in ((here.dan, 403), (here.charlie, 404)):
            client.force_login(who)
            assert export(client, "queue", queue="to-vote", committee="T-1").status_code == status
        client.force_login(here.dan)
        assert links(client.get("/desk/to-vote/?committee=T-1")) == []
        client.force_login(here.alice)
        assert export(client, "queue", queue="nothing").status_code == 404

    @pytest.mark.parametrize("more", [0, 2])
    def test_queries_do_not_grow(self, client, here, more, django_assert_num_queries):
        for k in range(more):
            queue_world.dossier(here.at["T-1-1-1"], f"Thêm {k}", *queue_world.SENT, stage="submitted")
        client.force_login(here.alice)
        export(client, "queue", queue="to-appraise", committee="T-1")
        with django_assert_num_queries(24):
            rows = table(export(client, "queue", queue="to-appraise", committee="T-1"))
        assert len(rows) == 2 + more


class TestClasses:
    @pytest.fixture
    def world(self):
        found = course_world.build()
        course_world.completed(found)
        course_world.issue(found)
        make.make_course(found.at["T-2"], name="Lớp huyện khác")
        return found

    def test_the_list_with_its_filter(self, client, world):
        client.force_login(world.alice)
        headings, row = through(client, "/courses/")
        told = dict(zip(headings, row, strict=True))
        assert (told["Lớp"], told["Học viên"], told["Đạt"], told["Đã cấp"]) == ("Lớp khóa I", "3", "3", "3")
        assert table(export(client, "courses", kind="new_member"))[1:] == []
        assert last_read()[3]["filter"] == {"kind": "new_member"}
        refused = export(client, "courses", year="x")
        assert refused.status_code == 302 and refused.url.startswith("/courses/?year=x")

    def test_the_learners_as_far_as_their_names_are_seen(self, client, world):
        address = f"/courses/{world.course.pk}/"
        for who in (world.alice, world.bob):
            client.force_login(who)
            headings, *rows = through(client, address)
            assert [row[0] for row in rows] == ["Nguyễn Văn An", "Nguyễn Văn Bình", "Nguyễn Văn Chi"]
            assert rows[0][headings.index("Số chứng nhận")] == "01"
        sheet = book(export(client, "learners", "xlsx", course=world.course.pk))
        assert sheet["B4"].value.date() == date(1990, 3, 14) and sheet["D4"].value == 50
        for who, status in ((world.standing, 403), (world.charlie, 404)):
            client.force_login(who)
            assert export(client, "learners", course=world.course.pk).status_code == status
        client.force_login(world.alice)
        for nothing in ("", "x", "99999"):
            assert export(client, "learners", course=nothing).status_code == 404


class TestMentors:
    @pytest.fixture
    def at(self):
        at = make.make_province(districts=2, cells=2)
        helped = make.make_candidacy(
            at["T-1-1-1"], date(2026, 1, 5), full_name="Trần Được Giúp", mentor="Lê Thị Cúc"
        )
        make.make_candidacy(at["T-1-1-2"], date(2026, 2, 5), full_name="Lê Một Mình")
        make.make_candidacy(at["T-2-1-1"], date(2026, 2, 5), full_name="Huyện Khác", mentor="Đỗ Văn Xa")
        actions.declare_unable(helped.mentorships.get(), on=date(2026, 3, 1), why="Chuyển đi", by=None)
        return at

    def test_one_row_a_candidate_those_alone_at_the_end(self, client, at):
        client.force_login(make.make_account("alice", Role.STAFF, at["T-1"]))
        _headings, *rows = through(client, "/mentors/")
        assert [(row[0], row[2], row[4], row[6]) for row in rows] == [
            ("Lê Thị Cúc", "Trần Được Giúp", "05/01/2026", "01/03/2026"), ("", "Lê Một Mình", "", ""),
        ]  # fmt: skip
        assert [row[2] for row in table(export(client, "mentors", committee="T-1-1-2"))[1:]] == [
            "Lê Một Mình"
        ]
        assert export(client, "mentors", committee="T-2-1-1").status_code == 404
        assert last_read()[2] == "T-1-1-2"


class TestRules:
    @pytest.fixture
    def account(self):
        return make.make_account("kiem-tra", Role.INSPECTOR, make.make_province()["T-1"])

    def test_a_set_as_it_judges_a_day(self, client, account):
        client.force_login(account)
        headings, *rows = through(client, "/rules/2025-07/")
        told = {row[0]: row for row in rows}
        assert len(rows) > 50 and headings[3] == "Mức tin cậy"
        assert any("60\u00a0tháng" in row[1] for row in told.values())
        assert {row[3] for row in rows} == {"", "cần xác nhận"}
        assert export(client, "rules", set="1999").status_code == 404
        assert export(client, "rules", set="2021", on="x").status_code == 302

    def test_the_calendar_of_a_year(self, client, account):
        client.force_login(account)
        _headings, *rows = through(client, "/calendar/?year=2026")
        assert ["24/11/2026", "Nghỉ"] == next(row for row in rows if row[0] == "24/11/2026")[:2]
        assert export(client, "holidays", year="x").status_code == 302

    def test_criteria_of_committees_in_line(self, client, account):
        with journal.pen(None, "test"):
            for code, text in (("T-1", "Lao động tiên tiến"), ("T", "Học lực khá")):
                Criterion(
                    committee=Committee.objects.get(code=code), text=text, since=date(2026, 1, 1)
                ).save()
        client.force_login(account)
        _headings, *rows = through(client, "/criteria/")
        assert [row[0] for row in rows] == ["Học lực khá", "Lao động tiên tiến"]
