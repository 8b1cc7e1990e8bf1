"""How every list is shown: pages that continue after a row, orders, conditions, columns and filters one keeps."""

import html
from datetime import date

import pytest
from django.urls import reverse

from committees import journal
from recruitment.models import Candidacy, Course, SavedList
from tests import factories as make
from tests.recruitment import world as worlds


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


@pytest.fixture
def staff(client, people):
    client.force_login(people["staff"])
    return client


def candidacies(client, **asked):
    return client.get(reverse("recruitment:candidacy-list"), asked)


def admissions(client, **asked):
    return client.get(reverse("recruitment:admission-list"), asked)


def page_of(answer):
    assert answer.status_code == 200, answer
    return answer.context["page"]


def names(answer):
    return [record.person.full_name for record in page_of(answer).window.records]


def walk(get, **asked):
    """[name] of all pages, one after another."""
    found, after = [], ""
    while True:
        answer = get(**asked, after=after)
        assert names(answer)[:1] != found[-25:-24], "the same page again"
        found += names(answer)
        after = page_of(answer).window.after
        if after is None:
            return found


class TestPages:
    def test_a_row_written_between_two_pages_shifts_nothing(self, staff, world):
        """By an offset the row before the page's end would push one to be seen twice."""
        first = admissions(staff)
        seen = names(first)
        make.make_admission(world.at["T-1-1-1"], worlds.FIRST, full_name="An 0")
        rest = names(admissions(staff, after=page_of(first).window.after))
        assert not set(seen) & set(rest)
        assert len(seen) + len(rest) == 27
        assert walk(lambda **asked: admissions(staff, **asked))[0] == "An 0"

    def test_a_row_taken_away_between_two_pages_hides_nothing(self, staff, world):
        first = admissions(staff, sort="-decided_on")
        page = page_of(first)
        with journal.pen(None, "test"):
            row = page.window.records[0]
            row.cancelled_on = row.decided_on
            row.save()
        rest = names(admissions(staff, sort="-decided_on", after=page.window.after))
        assert len(rest) == 2 and not set(names(first)) & set(rest)

    def test_a_row_that_meets_the_conditions_no_more_still_has_its_place(self, staff, world):
        last = page_of(admissions(staff)).window.records[9]
        rest = names(admissions(staff, group="women", after=last.pk))
        everyone = walk(lambda **asked: admissions(staff, **asked))
        women = walk(lambda **asked: admissions(staff, group="women", **asked))
        beyond = everyone[everyone.index(last.person.full_name) + 1 :]
        assert rest == [name for name in women if name in beyond]

    def test_a_row_out_of_reach_tells_nothing_of_its_place(self, client, world, people):
        """Charlie's row, last of all by name: as good as none."""
        charlie = make.make_admission(world.at["T-1-1-1"], worlds.FIRST, full_name="Yến Yến")
        client.force_login(people["district"])
        assert names(admissions(client, after=charlie.pk)) == names(admissions(client))

    @pytest.mark.parametrize("sort", ["", "-name", "cell", "-cell", "decided_on", "-decided_on", "-due"])
    def test_forward_and_back_meet_in_every_order(self, staff, world, sort):
        make.make_admissions(world.at["T-2-2-1"], 40, worlds.FIRST)  # many of one day
        forward = walk(lambda **asked: admissions(staff, sort=sort, **asked))
        assert len(forward) == len(set(forward)) == 67
        back, answer = [], admissions(staff, sort=sort, before="end")
        while page_of(answer).window.before is not None:
            back = names(answer) + back
            answer = admissions(staff, sort=sort, before=page_of(answer).window.before)
        back = [name for name in names(answer) if name not in back] + back
        assert back == forward

    def test_a_hundred_rows_a_page(self, staff, world):
        make.make_admissions(world.at["T-2-2-1"], 40, worlds.FIRST)
        assert len(names(admissions(staff, rows="100"))) == 67
        assert len(names(admissions(staff, rows="5000"))) == 25

    @pytest.mark.parametrize("address", ["unit-list", "quota-list"])
    def test_lists_of_figures_continue_after_a_row_too(self, staff, world, address):
        with journal.pen(None, "test"):
            for k in range(30):
                cell = make.make_committee(f"T-1-{k + 10}", "grassroots_cell", world.at["T-1"])
                make.make_quota(world.plan, cell, 1)
        where = reverse(f"recruitment:{address}")
        first = page_of(staff.get(where))
        rest = page_of(staff.get(where, {"after": first.window.after}))
        assert (first.window.first, first.window.last) == (1, 25)
        assert rest.window.last == first.count == 25 + len(rest.window.records)


class TestOrder:
    def test_rows_without_a_due_day_come_last_either_way(self, staff, world):
        for k, name in enumerate(["Bình Bình", "Anh Anh"]):
            candidacy = make.make_candidacy(world.at["T-1-2-1"], date(2026, 1, 1), full_name=name)
            make.make_certificate(world.at["T-1-2-1"], date(2019 + k, 1, 1), person=candidacy.person)
        make.make_candidacy(world.at["T-1-2-1"], date(2026, 1, 1), full_name="Chi Chi")
        assert names(candidacies(staff, committee="T-1-2", sort="due")) == ["Bình Bình", "Anh Anh", "Chi Chi"]
        assert names(candidacies(staff, committee="T-1-2", sort="-due")) == [
            "Anh Anh",
            "Bình Bình",
            "Chi Chi",
        ]

    def test_an_order_that_is_not_there_is_by_name(self, staff):
        assert names(candidacies(staff, sort="person__citizen_id")) == names(candidacies(staff))
        assert names(candidacies(staff, sort="born")) == names(candidacies(staff))


class TestConditions:
    @pytest.fixture
    def cell(self, world):
        cell = world.at["T-1-2-1"]
        with journal.pen(None, "test"):
            course = Course(
                committee=world.at["T"], name="Lớp Khóa Mười", opened_on=date(2026, 1, 5), closed_on=date(2026, 1, 9)
            )  # fmt: skip
            course.save()
            helped = make.make_candidacy(
                cell, date(2026, 1, 1), full_name="Có Người", mentor="Đỗ Hữu Dũng", citizen_id="001090000001"
            )
            make.make_certificate(cell, date(2026, 1, 10), person=helped.person, course=course)
            make.make_participant(course, cell, person=helped.person)
            alone = make.make_candidacy(cell, date(2026, 6, 1), full_name="Không Ai")
            make.make_certificate(cell, date(2019, 1, 10), person=alone.person)
            make.make_certificate(cell, date(2026, 1, 10), person=alone.person, kind="new_member")
            make.make_candidacy(cell, date(2026, 7, 1), full_name="Mới Vào")
        return cell

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"helped": "no"}, ["Không Ai", "Mới Vào"]),
            ({"helped": "yes"}, ["Có Người"]),
            ({"mentor": "do huu"}, ["Có Người"]),
            ({"mentor": "nguyen"}, []),
            ({"certificate": "valid"}, ["Có Người"]),
            ({"certificate": "lapsed"}, ["Không Ai"]),
            ({"certificate": "none"}, ["Mới Vào"]),
            ({"due": "no_mentor"}, ["Không Ai", "Mới Vào"]),
            ({"due": "soon"}, ["Không Ai", "Có Người"]),
            ({"due": "review_overdue", "term": "overdue"}, ["Có Người"]),
            ({"due": "certificate_lapsed", "term": "in_time"}, []),
            ({"due": "no_mentor", "term": "30"}, []),
            ({"term": "overdue"}, ["Không Ai", "Có Người"]),
            ({"entered_from": "01/06/2026"}, ["Không Ai", "Mới Vào"]),
            ({"entered_from": "01/06/2026", "entered_to": "01/06/2026"}, ["Không Ai"]),
            ({"q": "001090000001"}, ["Có Người"]),
            ({"q": "00109000000"}, []),
            ({"q": "co nguoi", "stage": "source"}, ["Có Người"]),
        ],
    )
    def test_each(self, staff, cell, asked, found):
        answer = candidacies(staff, committee="T-1-2", on="22/11/2026", **asked)
        assert names(answer) == found
        page = page_of(answer)
        assert page.count == len(found) and page.listing.whole == 3
        assert f"<b>{page.count}</b> trong 3" in answer.content.decode() or page.count == 3
        chips = [address for _words, address in page.chips]
        assert len(chips) == len(asked) + 1
        for address in chips:
            assert staff.get(page.path + address).status_code == 200

    def test_a_class_by_a_menu_of_those_run_in_line_with_the_committee(self, world, staff, cell):
        (ours,) = Course.objects.all()
        above = make.make_course(world.at["T"], date(2027, 3, 1), date(2027, 3, 5), name="Lớp sắp mở")
        below = make.make_course(world.at["T-1-2"], date(2026, 2, 2), date(2026, 2, 6), name="Lớp Khóa Một")
        make.make_course(world.at["T-2"], date(2026, 2, 2), date(2026, 2, 6), name="Lớp huyện khác")
        person = Candidacy.objects.get(person__full_name="Mới Vào").person
        make.make_participant(above, cell, person=person)
        form = candidacies(staff, committee="T-1-2").context["page"].form
        assert form.fields["course"].choices == [
            ("", "Mọi lớp"),
            (str(above.pk), "Lớp sắp mở (01/03/2027)"),
            (str(below.pk), "Lớp Khóa Một (02/02/2026)"),
            (str(ours.pk), "Lớp Khóa Mười (05/01/2026)"),
        ]
        asked = {"committee": "T-1-2", "course": ours.pk}
        assert names(candidacies(staff, **asked)) == ["Có Người"]
        assert names(candidacies(staff, on="05/01/2026", **asked)) == ["Có Người"]
        assert names(candidacies(staff, on="04/01/2026", **asked)) == []
        assert names(candidacies(staff, **asked | {"course": below.pk})) == []
        assert names(candidacies(staff, **asked | {"course": above.pk})) == ["Mới Vào"]
        assert "Lớp đã cử học: Lớp Khóa Mười" in candidacies(staff, **asked).content.decode()
        assert candidacies(staff, committee="T-1-2", course="999").status_code == 400

    def test_a_committee_below_by_a_few_words(self, staff, cell):
        assert names(candidacies(staff, cell="T-1-2-1", on="22/11/2026")) == [
            "Không Ai",
            "Có Người",
            "Mới Vào",
        ]
        answer = candidacies(staff, cell="T-1")
        assert page_of(answer).count == 4
        assert [str(words) for words, _address in page_of(answer).chips] == [
            "Chi bộ, tổ chức bên dưới: Tổ chức T-1"
        ]
        assert candidacies(staff, cell="khong-co-dau").status_code == 400

    def test_probation_that_ends(self, staff, world):
        make.make_admission(
            world.at["T-1-2-1"], date(2025, 12, 1), ceremony_on=date(2025, 12, 20), full_name="Hết Dự Bị"
        )
        assert names(admissions(staff, on="22/11/2026", due="probation_ending")) == ["Hết Dự Bị"]


class TestColumns:
    def keep(self, client, **said):
        return client.post(reverse("recruitment:list-save", args=["candidacies"]), said)

    def headings(self, answer):
        return [str(column.header) for column in page_of(answer).table.columns]

    def test_chosen_ones_are_shown_from_the_address_and_remembered(self, staff, people):
        asked = self.keep(staff, do="columns", columns=["entered_on", "cell"], query="stage=source&after=5")
        assert asked.status_code == 302
        assert asked.url == "/candidacies/?stage=source&columns=entered_on%2Ccell"
        wanted = ["Họ và tên", "Chi bộ", "Vào nguồn"]
        assert self.headings(staff.get(asked.url)) == wanted
        assert self.headings(candidacies(staff)) == wanted
        assert self.headings(candidacies(staff, columns="sex")) == ["Họ và tên", "Giới tính"]
        self.keep(staff, do="columns", query="")
        assert "Hạn" in self.headings(candidacies(staff))

    def test_ones_own_only(self, client, people):
        client.force_login(people["staff"])
        self.keep(client, do="columns", columns=["sex"], query="")
        self.keep(client, do="save", name="Của tôi", query="stage=source")
        client.force_login(people["district"])
        assert "Giới tính" not in self.headings(candidacies(client))
        assert page_of(candidacies(client)).kept == []
        self.keep(client, do="delete", name="Của tôi", query="")
        client.force_login(people["staff"])
        assert [one.name for one in page_of(candidacies(client)).kept] == ["Của tôi"]

    def test_an_unknown_column_is_none(self, staff):
        assert self.headings(candidacies(staff, columns="citizen_id,__class__")) == self.headings(
            candidacies(staff)
        )


class TestSaved:
    def keep(self, client, of="candidacies", **said):
        return client.post(reverse("recruitment:list-save", args=[of]), said, follow=True)

    def test_saved_found_again_replaced_and_deleted(self, staff):
        answer = self.keep(staff, do="save", name=" Chưa ai  giúp ", query="helped=no&stage=&after=9")
        assert "Đã lưu bộ lọc “Chưa ai giúp”" in html.unescape(answer.content.decode())
        assert SavedList.objects.get().query == "helped=no"
        self.keep(staff, do="save", name="Chưa ai giúp", query="helped=yes")
        (saved,) = page_of(candidacies(staff)).kept
        assert page_of(staff.get(f"/candidacies/?{saved.query}")).chips
        whole_from = journal.head()[2]
        self.keep(staff, do="delete", name="Chưa ai giúp", query="")
        assert page_of(candidacies(staff)).kept == []
        assert journal.head()[2] == whole_from, "no process need read its snapshot anew"
        self.keep(staff, do="save", name="Chưa ai giúp", query="stage=source")
        assert len(page_of(candidacies(staff)).kept) == 1

    def test_it_leads_nowhere_else(self, staff):
        answer = staff.post(
            reverse("recruitment:list-save", args=["units"]),
            {"do": "save", "name": "x", "query": "//example.org/\r\nSet-Cookie: a=b"},
        )
        assert answer.url.startswith("/units/?") and "\n" not in answer.url

    def test_what_is_no_text_to_a_database_is_left_out(self, staff):
        """PostgreSQL takes no NUL; a direction mark would turn the page's line round."""
        assert (
            self.keep(staff, do="save", name="Nguồn\x00 \u202emới", query="stage=source").status_code == 200
        )
        assert self.keep(staff, do="columns", columns=["born", "x\x00", "a b"]).status_code == 200
        assert list(SavedList.objects.order_by("name").values_list("name", "query")) == [
            ("", "born"), ("Nguồn mới", "stage=source"),
        ]  # fmt: skip

    def test_refused_without_the_right_a_name_or_room(self, client, staff, people):
        before = SavedList.objects.count()
        self.keep(staff, do="save", name="", query="stage=source")
        self.keep(staff, do="save", name="dài", query="q=" + "a" * 1100)
        assert staff.post(reverse("recruitment:list-save", args=["nothing"])).status_code == 404
        client.force_login(people["standing"])
        assert client.post(reverse("recruitment:list-save", args=["candidacies"]), {}).status_code == 403
        assert self.keep(client, "units", do="save", name="Của tôi", query="kind=none").status_code == 200
        assert SavedList.objects.count() == before + 1


class TestOffers:
    """Buttons and links stand only for whoever they will not refuse."""

    def test_writing_is_offered_where_it_is_allowed(self, client, world, people):
        for name, offered in {"staff": True, "secretary": True, "inspector": False}.items():
            account = people.get(name) or make.make_account("kiem-tra", "inspector", world.at["T"])
            client.force_login(account)
            text = html.unescape(candidacies(client).content.decode())
            assert ("Thêm quần chúng" in text) == offered, name
            assert ("Ghi kết nạp" in html.unescape(admissions(client).content.decode())) == offered, name
            assert "Tải Excel (" in text

    def test_every_link_of_the_page_opens(self, staff):
        page = page_of(admissions(staff, sort="-decided_on"))
        for address in filter(None, [*page.steps.values(), page.resized]):
            assert staff.get(page.path + address).status_code == 200
        for address in (page.xlsx, page.csv):
            assert staff.get(address).status_code == 200


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow(staff, world, more, django_assert_num_queries):
    for k in range(1 + more):
        make.make_candidacy(world.at["T-2-2-1"], date(2026, 1, 1), mentor=f"Lê Thị {k}")
    candidacies(staff, committee="T-2-2")
    # As the list of admissions, the mentors, and the classes of the menu.
    with django_assert_num_queries(14):
        assert page_of(candidacies(staff, committee="T-2-2")).count == 1 + more
