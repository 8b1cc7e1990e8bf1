"""The lists of people: the mask of the figure, cut to the reader's reach, in name order, journalled."""

import html
import json
from datetime import date

import pytest
from django.urls import reverse

from committees.models import Entry
from recruitment.models import Stage
from tests import factories as make
from tests.recruitment import world as worlds


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


def admissions(client, **asked):
    return client.get(reverse("recruitment:admission-list"), asked)


def candidacies(client, **asked):
    return client.get(reverse("recruitment:candidacy-list"), asked)


def count(answer):
    return answer.context["page"].count


def names(answer):
    return [row.record.person.full_name for row in answer.context["page"].table.paginated_rows]


class TestAdmissions:
    @pytest.mark.parametrize(
        ("asked", "n"),
        [
            ({}, 27),
            ({"plan": "KH-2"}, 27),
            ({"plan": "KH-1"}, 0),
            ({"plan": "KH-2", "on": "31/12/2014"}, 23),
            ({"committee": "T-2"}, 3),
            ({"group": "women"}, 15),
            ({"group": "women", "also": "religious"}, 3),
            ({"year": "2014"}, 23),
            ({"membership": "official"}, 0),
            ({"membership": "probation"}, 27),
            ({"ceremony": "held"}, 12),
            ({"ceremony": "undated"}, 15),
            ({"band": "age:31-35"}, 3),
            ({"band": "occupation:Nông, lâm, ngư nghiệp"}, 12),
            ({"unit": "T-1"}, 24),
        ],
    )
    def test_conditions(self, client, people, asked, n):
        client.force_login(people["staff"])
        answer = admissions(client, **asked)
        assert (answer.status_code, count(answer)) == (200, n)

    def test_a_name_is_found_without_accents(self, client, world, people):
        make.make_admission(world.at["T-1-1-1"], worlds.FIRST, full_name="Đặng Hữu Ủy")
        client.force_login(people["staff"])
        for words in ("dang huu", "ĐẶNG", "hữu uỷ"):
            assert names(admissions(client, q=words)) == ["Đặng Hữu Ủy"]

    def test_by_given_name_or_by_day(self, client, world, people):
        for name in ("Lê Thị Bé", "Trần Văn An", "Nguyễn Thị Ánh"):
            make.make_admission(world.at["T-2-2-1"], worlds.FIRST, full_name=name)
        client.force_login(people["staff"])
        found = names(admissions(client, committee="T-2-2"))
        assert found == ["Trần Văn An", "Nguyễn Thị Ánh", "Lê Thị Bé"]
        days = [
            row.record.decided_on
            for row in admissions(client, sort="-decided_on").context["page"].table.paginated_rows
        ]
        assert days == sorted(days, reverse=True)

    def test_what_was_typed_is_shown_as_text(self, client, world, people):
        make.make_admission(world.at["T-2-2-1"], worlds.FIRST, full_name="An <b>Bình</b>")
        client.force_login(people["staff"])
        text = admissions(client, committee="T-2-2", q="<b>").content.decode()
        assert "An &lt;b&gt;Bình&lt;/b&gt;" in text and "<b>Bình" not in text

    def test_pages_of_25_each_continuing_after_a_row(self, client, people):
        client.force_login(people["staff"])
        first = admissions(client)
        assert len(names(first)) == 25
        second = admissions(client, after=first.context["page"].window.after)
        assert len(names(second)) == 2
        assert "Dòng 26–27 trong 27" in html.unescape(second.content.decode())
        assert names(admissions(client, before=second.context["page"].window.before)) == names(first)
        assert names(admissions(client, before="end")) == [*names(first)[2:], *names(second)]
        for unknown in ("999999", "x", "-1", "9" * 30):
            assert names(admissions(client, after=unknown)) == names(first)

    @pytest.mark.parametrize(
        "asked", [{"year": "x"}, {"band": "age:7"}, {"also": "x"}, {"on": "x"}, {"unit": "U"}]
    )
    def test_wrong_conditions_show_nobody(self, client, people, asked):
        client.force_login(people["staff"])
        answer = admissions(client, **asked)
        assert answer.status_code == 400
        assert answer.context["page"].table is None

    def test_certificates_behind_a_plan_that_counts_the_trained(self, client, world, people):
        make.make_plan("HOC", world.at["T"], first=worlds.FIRST, last=worlds.LAST, counts="trained")
        make.make_certificate(world.at["T-1-1-1"], worlds.FIRST)
        client.force_login(people["staff"])
        assert count(admissions(client, plan="HOC")) == 1
        assert count(admissions(client, plan="HOC", ceremony="held", band="age:18-30")) == 1

    @pytest.mark.parametrize("more", [0, 2])
    def test_queries_do_not_grow(self, client, world, people, more, django_assert_num_queries):
        if more:
            make.make_admissions(world.at["T-2-2-1"], more, worlds.FIRST)
        make.make_admission(world.at["T-2-2-1"], worlds.FIRST)
        client.force_login(people["staff"])
        admissions(client, committee="T-2-2")
        # Session, account, mandates, two heads, columns and filters kept, the rows; the read entry: transaction, lock,
        # entry, head.
        with django_assert_num_queries(12):
            assert count(admissions(client, committee="T-2-2")) == more + 1


class TestReach:
    def test_outside_404_and_without_the_right_403(self, client, people):
        client.force_login(people["district"])
        assert admissions(client, committee="T").status_code == 404
        assert admissions(client, committee="T-1").status_code == 404
        client.force_login(people["standing"])
        assert admissions(client, committee="T").status_code == 403
        assert admissions(client).status_code == 403
        assert candidacies(client, committee="T").status_code == 403

    def test_without_a_committee_it_begins_where_the_right_is_held(self, client, people):
        client.force_login(people["district"])
        assert count(admissions(client)) == 3

    def test_rows_of_a_past_tree_stay_within_todays_reach(self, client, world, people):
        """T-2-1 moved to T-1: by the tree of its time T-2 shows its three, today's staff of T-2 may not."""
        make.place(world.at["T-2-1"], "grassroots_party", world.at["T-1"], since=worlds.LAST)
        client.force_login(people["district"])
        answer = admissions(client, committee="T-2", plan="KH-2", on="2015-12-30")
        page = answer.context["page"]
        assert (page.count, page.out_of_reach) == (0, 3)
        assert page.whole is None, "nor is their number told as that of the list without conditions"
        assert "ngoài phạm vi" in html.unescape(answer.content.decode())


class TestCandidacies:
    @pytest.mark.parametrize(
        ("asked", "n"),
        [
            ({}, 5),
            ({"stage": "submitted"}, 1),
            ({"stage": "undecided"}, 1),
            ({"stage": "decided"}, 1),
            ({"stage": "closed"}, 0),
            ({"on": "2015-01-31", "stage": "source"}, 5),
            ({"on": "2015-01-04"}, 0),
            ({"committee": "T-1"}, 1),
        ],
    )
    def test_as_they_stood(self, client, people, asked, n):
        client.force_login(people["staff"])
        assert count(candidacies(client, **asked)) == n

    def test_a_note_missed_in_probation_is_listed_with_the_others(self, client, world, people):
        for stage in (Stage.SOURCE, Stage.PROBATION):
            step = stage, date(2015, 2, 5)
            make.make_candidacy(world.at["T-2-1-1"], date(2015, 1, 5), step, mentor="Lê Thị Cúc")
        client.force_login(people["staff"])
        assert count(candidacies(client, on="2015-06-01")) == 6
        assert count(candidacies(client, on="2015-06-01", due="review_overdue")) == 2
        assert count(candidacies(client, on="2015-06-01", term="overdue")) == 2
        assert count(candidacies(client, on="2015-06-01", term="overdue", stage="source")) == 1

    def test_the_stage_shown_is_that_of_the_day(self, client, people):
        client.force_login(people["staff"])
        answer = candidacies(client, on="2015-01-31", committee="T-2")
        rows = answer.context["page"].table.paginated_rows
        assert {row.get_cell("stage") for row in rows} == {Stage.SOURCE.label}

    def test_an_empty_list_says_what_to_do(self, client, people):
        client.force_login(people["staff"])
        assert "Chưa có hồ sơ nào" in html.unescape(candidacies(client, committee="T-1-2").content.decode())


def last_read():
    entry = Entry.objects.filter(chain=Entry.READS).order_by("number").last()
    return entry and (
        entry.deed,
        entry.about,
        entry.committee.code if entry.committee else None,
        json.loads(entry.payload),
    )


class TestJournal:
    def test_a_list_is_one_entry_with_filter_and_count(self, client, people):
        client.force_login(people["staff"])
        admissions(client, committee="T-1", group="women")
        assert last_read() == ("list", "admissions", "T-1", {"filter": {"group": "women"}, "count": 12})

    def test_a_person_is_one_entry_and_the_sensitive_part_another(self, client, world, people):
        client.force_login(people["staff"])
        human = world.few[0].person
        address = reverse("recruitment:person", args=[human.pk])
        answer = client.get(address)
        assert "Công giáo" not in html.unescape(answer.content.decode())
        assert last_read()[:3] == ("person", f"recruitment.person:{human.pk}", "T-2-1-1")
        answer = client.post(address)
        assert "Công giáo" in html.unescape(answer.content.decode())
        assert last_read()[:3] == ("person-sensitive", f"recruitment.person:{human.pk}", "T-2-1-1")

    def test_a_refusal_reads_nothing(self, client, people):
        client.force_login(people["standing"])
        admissions(client, committee="T")
        assert last_read() is None


class TestPerson:
    def see(self, client, human):
        return client.get(reverse("recruitment:person", args=[human.pk]))

    def test_who_may(self, client, world, people):
        human = world.few[0].person
        for name, status in {"staff": 200, "district": 200, "secretary": 200, "standing": 403}.items():
            client.force_login(people[name])
            assert self.see(client, human).status_code == status, name
        client.force_login(people["district"])
        assert self.see(client, world.women[0].person).status_code == 404

    def test_only_what_happened_within_reach(self, client, world, people):
        human = world.few[0].person
        make.make_candidacy(world.at["T-1-1-1"], worlds.FIRST, person=human)
        client.force_login(people["district"])
        assert self.see(client, human).context["page"].roads == []
        client.force_login(people["staff"])
        assert len(self.see(client, human).context["page"].roads) == 1

    def test_the_road_so_far(self, client, world, people):
        candidacy = make.make_candidacy(
            world.at["T-1-1-1"],
            worlds.FIRST,
            (Stage.CLASS, worlds.FIRST),
            (Stage.CELL, worlds.LAST),
            mentor="Lê Thị Cúc",
        )
        client.force_login(people["staff"])
        answer = self.see(client, candidacy.person)
        (walk,) = answer.context["page"].roads
        assert [stop.state for stop in walk.stops] == ["done", "done", "done", "now", *["next"] * 4]
        assert "Lê Thị Cúc" in html.unescape(answer.content.decode())

    def test_nobody(self, client, people):
        client.force_login(people["staff"])
        assert client.get("/people/999999/").status_code == 404
        client.logout()
        assert client.get("/people/999999/").status_code == 302
