"""Where dossiers wait: each in exactly one queue, told by its papers alone; desk and page say the same."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees import journal
from committees.models import Entry, Kind
from recruitment import columns
from recruitment.models import Letter, Person, Stage
from recruitment.pipeline import queues
from recruitment.pipeline.queue_pages import Waiting
from recruitment.pipeline.queue_views import board_meets_on
from recruitment.quotas.question import ask
from tests import factories as make

from . import queue_world as world

_codes = count(1)
SUBMITTED = {queues.APPRAISE, queues.RETURNED, queues.DECIDE}


@pytest.fixture(autouse=True)
def clock():
    with world.clock():
        yield


@pytest.fixture
def here(db):
    return world.build()


def names(name, code="T", on=world.TODAY):
    """Who waits in a queue, in its order."""
    snapshot = columns.current()
    question, _ = ask(snapshot, code, on=on)
    asked = queues.Queues(snapshot, question)
    indexes, _since = asked.of(name)
    keys = asked.rows(name)["person"][indexes].tolist()
    called = Person.objects.in_bulk(keys)
    return [called[key].full_name.split()[0] for key in keys]


def since(name, on=world.TODAY):
    snapshot = columns.current()
    question, _ = ask(snapshot, "T", on=on)
    return [date.fromordinal(int(day)) for day in queues.of(snapshot, question, name)[1]]


def due(name):
    snapshot = columns.current()
    question, _ = ask(snapshot, "T", on=world.TODAY)
    asked = queues.Queues(snapshot, question)
    return [date.fromordinal(int(day)) for day in asked.due(name, asked.of(name)[0])]


class TestMembership:
    def test_each_in_its_own(self, here):
        found = world.fill(here.at["T-1-1-1"])
        assert {name: names(name) for name in queues.QUEUES} == {name: [who] for name, who in found.items()}

    def test_since_and_due(self, here):
        world.fill(here.at["T-1-1-1"])
        assert since("to-verify") == [date(2026, 9, 21)]
        assert since("to-submit") == [date(2026, 9, 10)]
        assert since("to-appraise") == [date(2026, 9, 15)]
        assert since("returned") == [date(2026, 10, 5)]
        assert since("to-decide") == [date(2026, 10, 1)]
        assert since("to-celebrate") == [date(2026, 9, 21)]
        assert since("to-recognise") == [date(2026, 11, 10)]
        calendar = columns.current().calendar
        assert due("to-decide") == [calendar.after(date(2026, 9, 1), 60)]
        assert due("to-celebrate") == [calendar.after(date(2026, 9, 21), 30)]
        assert due("to-recognise") == [calendar.after(date(2026, 11, 3), 30)]
        assert due("to-verify") == [calendar.after(date(2026, 9, 21), 30)]

    def test_the_longest_waiting_first(self, here):
        cell = here.at["T-1-1-1"]
        for day in (20, 16, 18):
            world.dossier(cell, f"N{day}", ("submission", date(2026, 9, day)), stage=Stage.SUBMITTED)
        assert names("to-appraise") == ["N16", "N18", "N20"]

    def test_reported_without_papers_it_waits_since_it_got_there(self, here):
        make.make_candidacy(here.at["T-1-1-1"], world.ENTERED, (Stage.SUBMITTED, date(2026, 10, 1)))
        assert since("to-appraise") == [date(2026, 10, 1)]

    def test_sent_again_it_is_to_be_appraised_again(self, here):
        cell = here.at["T-1-1-1"]
        back = [*world.APPRAISED, ("returned", date(2026, 10, 5))]
        world.dossier(cell, "A", *back, stage=Stage.SUBMITTED)
        world.dossier(cell, "B", *back, ("resubmission", date(2026, 10, 9)), stage=Stage.SUBMITTED)
        assert (names("returned"), names("to-appraise"), names("to-decide")) == (["A"], ["B"], [])
        assert since("to-appraise") == [date(2026, 10, 9)]

    @pytest.mark.parametrize("result", ["wait", "fail"])
    def test_an_appraisal_that_is_no_yes_leaves_it_where_it_was(self, here, result):
        cell = here.at["T-1-1-1"]
        world.dossier(cell, "A", *world.SENT, ("appraisal", date(2026, 10, 1), result), stage=Stage.SUBMITTED)
        assert (names("to-appraise"), names("to-decide")) == (["A"], [])

    def test_an_earlier_day_is_told_as_it_was(self, here):
        world.fill(here.at["T-1-1-1"])
        assert "Trả" in names("to-appraise", on=date(2026, 10, 4))
        assert names("returned", on=date(2026, 10, 4)) == []

    def test_the_bodies_between_are_those_that_stand_there(self, here):
        """A cell directly under the district has nobody between; a section's word is needed where there is one."""
        at = here.at
        alone = make.make_committee("T-1-9", Kind.GRASSROOTS_CELL, at["T-1"])
        section = make.make_committee("T-1-1-9", Kind.SECTION, at["T-1-1"])
        below = make.make_committee("T-1-1-9-1", Kind.CELL, section)
        vote = world.VOTED[0]
        world.dossier(alone, "Một", vote, stage=Stage.CELL)
        world.dossier(below, "Hai", *world.VOTED, stage=Stage.CELL)
        both = [vote, ("section_appraisal", date(2026, 9, 5), "pass"), world.VOTED[1]]
        world.dossier(below, "Ba", *both, stage=Stage.CELL)
        assert names("to-vote") == ["Hai"]
        assert sorted(names("to-submit")) == ["Ba", "Một"]

    def test_a_base_vote_before_the_cell_voted_anew_or_that_failed_is_none(self, here):
        cell = here.at["T-1-1-1"]
        world.dossier(cell, "A", *world.VOTED, ("cell_vote", date(2026, 10, 1), "pass"), stage=Stage.CELL)
        world.dossier(cell, "B", world.VOTED[0], ("base_vote", date(2026, 9, 9), "fail"), stage=Stage.CELL)
        assert sorted(names("to-vote")) == ["A", "B"] and names("to-submit") == []

    def test_recognition_not_proposed_in_time_waits_too(self, here):
        cell = here.at["T-1-1-1"]
        held = date(2025, 6, 2)
        make.make_admission(cell, held, ceremony_on=held, full_name="Muộn")
        make.make_admission(cell, held, ceremony_on=held, official_on=date(2026, 6, 3), full_name="Xong")
        make.make_admission(cell, held, ceremony_on=held, cancelled_on=date(2026, 6, 3), full_name="Hủy")
        assert names("to-recognise") == ["Muộn"]
        calendar = columns.current().calendar
        assert since("to-recognise") == [calendar.after(date(2026, 6, 2), 30)]
        assert names("to-recognise", on=calendar.after(date(2026, 6, 2), 30)) == []

    def test_an_answered_letter_waits_for_nobody(self, here):
        cell = here.at["T-1-1-1"]
        asked = world.dossier(cell, "A", ("declaration", date(2026, 9, 1)), stage=Stage.DOSSIER)
        with journal.pen(None, "test"):
            letter = Letter(candidacy=asked, to="X", sent_on=date(2026, 9, 21), answered_on=date(2026, 10, 2))
            letter.save()
        assert names("to-verify") == []
        assert names("to-verify", on=date(2026, 10, 1)) == ["A"]

    _happening = st.tuples(
        st.sampled_from(["submission", "receipt", "appraisal", "returned", "resubmission", "cell_vote"]),
        st.integers(0, 40),
        st.sampled_from(["pass", "wait", "fail"]),
    )

    @given(st.lists(st.lists(_happening, max_size=6), min_size=1, max_size=4))
    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_whatever_happened_it_lies_in_exactly_one(self, here, happened):
        code = f"T-1-1-v{next(_codes)}"
        cell = make.make_committee(code, Kind.CELL, here.at["T-1-1"])
        for papers in happened:
            told = [
                (kind, date(2026, 9, 1) + timedelta(days=days), result if kind == "appraisal" else "")
                for kind, days, result in papers
            ]
            world.dossier(cell, "N", *told, stage=Stage.SUBMITTED, on=date(2026, 9, 1))
        snapshot = columns.current()
        question, _ = ask(snapshot, code, on=world.TODAY)
        lies = [i for name in SUBMITTED for i in queues.of(snapshot, question, name)[0].tolist()]
        assert len(lies) == len(set(lies)) == len(happened)


def waiting(account, name, code="T-1"):
    snapshot = columns.current()
    question, _ = ask(snapshot, code, on=world.TODAY)
    return Waiting(make.door(account), snapshot, question, name)


class TestPage:
    def test_desk_and_page_count_the_same(self, client, here):
        world.fill(here.at["T-1-1-1"])
        world.fill(here.at["T-1-1-2"], "khác")
        world.fill(here.at["T-2-1-1"], "kia")
        client.force_login(here.alice)
        lines = client.get("/desk/").context["page"].lines
        assert [line.count for line in lines] == [2] * len(queues.QUEUES)
        for line in lines:
            page = client.get(line.address).context["page"]
            assert page.count == len(page.rows) == 2, line.label

    @pytest.mark.parametrize("name", list(queues.QUEUES))
    def test_a_row_says_who_where_since_when(self, client, here, name):
        who = world.fill(here.at["T-1-1-1"])[name]
        client.force_login(here.alice)
        answer = client.get(f"/desk/{name}/?committee=T-1")
        (row,) = answer.context["page"].rows
        assert row.person.full_name.startswith(who) and row.cell == "Tổ chức T-1-1-1"
        assert row.person.full_name in answer.content.decode()

    def test_the_cell_is_told_why_it_came_back(self, client, here):
        world.fill(here.at["T-1-1-1"])
        client.force_login(here.bob)
        told = client.get("/desk/returned/?committee=T-1-1-1").content.decode()
        assert "Bị trả lại để hoàn chỉnh: Thiếu 5-KNĐ" in told

    def test_who_sees_figures_is_told_how_many_and_no_name(self, client, here):
        world.fill(here.at["T-1-1-1"])
        for account, named in ((here.alice, True), (here.eve, True), (here.dan, False)):
            client.force_login(account)
            answer = client.get("/desk/to-decide/?committee=T-1")
            page = answer.content.decode()
            assert answer.context["page"].count == 1
            assert ("Quyết" in page.replace("Quyết định", "")) == named, account

    def test_out_of_reach_there_is_nothing(self, client, here):
        world.fill(here.at["T-1-1-1"])
        client.force_login(here.charlie)
        assert client.get("/desk/to-decide/?committee=T-1").status_code == 404
        assert client.get("/desk/to-decide/").context["page"].count == 0
        client.force_login(here.alice)
        assert client.get("/desk/to-dance/").status_code == 404

    def test_only_who_may_record_is_offered_the_deed(self, here):
        world.fill(here.at["T-1-1-1"])
        offered = {}
        for account in (here.alice, here.bob, here.eve):
            code = "T-1-1-1" if account == here.bob else "T-1"
            asked = waiting(account, "to-appraise", code)
            (row,) = asked.rows(asked.chosen.window().records)
            offered[account.username] = [str(words) for words, _address in row.deeds]
        assert offered == {"alice": ["Ghi thẩm định", "Trả lại"], "bob": [], "eve": []}

    def test_reading_it_is_journalled(self, client, here):
        world.fill(here.at["T-1-1-1"])
        client.force_login(here.alice)
        client.get("/desk/to-decide/?committee=T-1")
        entry = Entry.objects.filter(chain=Entry.READS).latest("number")
        assert (entry.deed, entry.about, entry.actor) == ("list", "queue:to-decide", here.alice)

    def test_a_thousand_go_page_by_page(self, client, here):
        with journal.pen(None, "test"):
            for k in range(30):
                world.dossier(
                    here.at["T-1-1-1"],
                    f"N{k}",
                    ("submission", date(2026, 9, 1) + timedelta(days=k % 7)),
                    stage=Stage.SUBMITTED,
                )
        client.force_login(here.alice)
        first = client.get("/desk/to-appraise/?committee=T-1").context["page"]
        second = client.get(first.steps["next"]).context["page"]
        seen = [row.candidacy for page in (first, second) for row in page.rows]
        assert len(seen) == len(set(seen)) == 30
        days = [row.since for page in (first, second) for row in page.rows]
        assert days == sorted(days)

    @pytest.mark.parametrize("name", list(queues.QUEUES))
    def test_queries_do_not_grow(self, client, here, name):
        client.force_login(here.alice)
        counts = []
        for marks in ("a", "bc"):
            for mark in marks:
                world.fill(here.at["T-1-1-1"], mark)
            client.get("/desk/")
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(f"/desk/{name}/?committee=T-1")
            counts.append(len(queries))
        assert len(answer.context["page"].rows) == 3
        assert counts[0] == counts[1]

    def test_a_meeting_day_that_is_none_is_refused(self, client, here):
        client.force_login(here.alice)
        answer = client.get("/desk/to-decide/?meeting=mai")
        assert answer.status_code == 400 and "<title>Lỗi:" in answer.content.decode()


def test_boards_are_taken_to_meet_on_the_25th():
    assert board_meets_on(date(2026, 11, 23)) == board_meets_on(date(2026, 11, 25)) == date(2026, 11, 25)
    assert board_meets_on(date(2026, 12, 26)) == date(2027, 1, 25)
