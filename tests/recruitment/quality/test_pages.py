"""The page of the standing checks, the list behind each count, what figures alone may be told, and the trend."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from committees import journal
from committees.models import Entry, Role
from committees.vietnamese import today
from recruitment import jobs
from recruitment.models import FaultCount, Job
from recruitment.quality import trend
from recruitment.quality.checks import CHECKS
from tests import factories as make
from tests.recruitment import world as worlds

PAGE, LIST = "recruitment:quality", "recruitment:fault-list"
OF_THEIR_DAY = {
    "too_young", "too_old", "certificate_late", "certificate_none", "certificate_old", "decision_first",
    "committee_first", "decision_late", "ceremony_unknown", "ceremony_late", "ceremony_first", "official_early",
}  # fmt: skip


pytestmark = pytest.mark.once  # what both databases may answer otherwise is asked in test_checks, test_filing


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


def page(client, **asked):
    return client.get(reverse(PAGE), asked).context["page"]


def lines(found):
    return {line.check.code: line for _title, some, none, _what in found.sections for line in some + none}


@pytest.mark.parametrize("role", ["staff", "district", "secretary"])
def test_every_count_opens_as_many_rows_of_its_reach(client, world, people, role):
    client.force_login(people[role])
    found = page(client)
    counts, seen = lines(found), 0
    assert set(counts) == set(CHECKS)
    for code, line in counts.items():
        if line.count:
            listed = client.get(line.address).context["page"]
            assert (listed.count, listed.check.code) == (line.count, code)
            seen += 1
        assert line.count <= line.whole
    assert seen >= 4
    for unit in found.units:
        if unit.code:
            below = page(client, committee=unit.code)
            assert str(below.total) == unit.said.replace(".", "")
    assert found.total == sum(line.count for line in counts.values())
    # Steps of past years are judged by the rules of their own day, which the page does not show.
    for code, line in counts.items():
        assert line.ground.startswith("quy định vào ngày xét; nay: ") == (code in OF_THEIR_DAY), code


def test_a_unit_s_count_of_one_check_opens_as_many_rows(client, people):
    client.force_login(people["staff"])
    found = page(client, check="admitted_number")
    assert {unit.code: unit.said for unit in found.units} == {"T-1": "24", "T-2": "3"}
    for unit in found.units:
        assert str(client.get(unit.address).context["page"].count) == unit.said


def test_a_list_is_journalled_and_leaves_as_a_file_of_the_same_rows(client, people):
    client.force_login(people["district"])
    asked = {"check": "admitted_number", "committee": "T-2"}
    listed = client.get(reverse(LIST), asked)
    entry = Entry.objects.filter(chain=Entry.READS).latest("pk")
    assert (entry.deed, entry.about) == ("list", "admissionfaults")
    answer = client.get(reverse("recruitment:list-export", args=["admissionfaults", "csv"]), asked)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.count("\r\n") == listed.context["page"].count + 1 == 4
    whole = client.get(reverse("recruitment:list-export", args=["quality", "csv"]), {"committee": "T-2"})
    rows = b"".join(whole.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == len(CHECKS) + 1
    assert sum("quy định vào ngày xét; nay:" in row for row in rows) == len(OF_THEIR_DAY)
    listed = client.get(reverse(LIST), {"check": "too_old", "committee": "T-2"}).content.decode()
    assert "quy định vào ngày xét; nay:" in listed


def test_who_sees_figures_only_is_told_no_few_and_led_to_no_person(client, world, people):
    client.force_login(people["standing"])
    told = lines(page(client, committee="T-2"))
    assert told["admitted_number"].count == 3 and told["admitted_number"].said == "dưới 5"
    assert not any(line.address for line in told.values() if line.check.table != "committees")
    # Of 24 and 3, either would tell the other.
    assert {unit.said for unit in page(client, check="admitted_number").units} == {"không hiện"}
    assert page(client, committee="T-2", check="admitted_number").points == []
    text = client.get(reverse("recruitment:list-export", args=["quality", "csv"]), {"committee": "T-2"})
    assert "dưới 5" in b"".join(text.streaming_content).decode("utf-8-sig")
    assert client.get(reverse(LIST), {"check": "admitted_number"}).status_code == 403
    assert client.get(reverse(LIST), {"check": "no_type"}).status_code == 200


def test_no_sum_gives_away_what_no_line_tells(client, world, people):
    """S6: neither the total, nor that of a unit, nor what it was from day to day, less the lines that are told."""
    kept(today() - timedelta(days=2), no_type={str(world.at["T-2"].pk): 9})
    for role, committee in (("standing", "T"), ("standing", "T-2"), ("staff", "T-2")):
        client.force_login(people[role])
        found, all_ = page(client, committee=committee), role == "staff"
        told = [line for line in lines(found).values() if line.said == str(line.count)]
        assert found.total == sum(line.count for line in told) and found.veiled != all_
        assert bool(found.points) == all_
        for unit in found.units:
            assert unit.code or all_, "what is the committee's own is what the units leave of the whole"
            assert not unit.code or unit.said == str(page(client, committee=unit.code).total)
        words = client.get(reverse(PAGE), {"committee": committee}).content.decode()
        assert ("không cộng vào đây" in words) != all_ and ("Không hiện xu hướng" in words) != all_
    client.force_login(people["standing"])
    # All but one fail: neither a unit's line nor the trend tells of that one.
    make.make_admission(world.at["T-1-1-1"], date(2015, 7, 1), citizen_id="077192000001")
    found = page(client, committee="T-1", check="admitted_number")
    assert lines(found)["admitted_number"].said == "trên 20" and found.points == []
    assert {unit.said for unit in found.units} == {"không hiện"}


def test_without_a_check_the_page_that_names_them(client, people):
    client.force_login(people["staff"])
    assert client.get(reverse(LIST)).url == client.get(reverse(LIST), {"check": "x"}).url == reverse(PAGE)
    assert client.get(reverse(LIST), {"check": "no_mentor", "unit": "X"}).status_code == 400


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow(client, world, people, more, django_assert_num_queries):
    for _k in range(more):
        make.make_candidacy(world.at["T-1-2-1"], date(2015, 1, 5))
    client.force_login(people["staff"])
    client.get(reverse(PAGE))  # the structure and the snapshot are read
    with django_assert_num_queries(7):
        client.get(reverse(PAGE))
    with django_assert_num_queries(12):
        assert client.get(reverse(LIST), {"check": "no_mentor"}).context["page"].count == 4 + more


# The trend ------------------------------------------------------------------------------------------------------------


def kept(day, **counts):
    with journal.pen(None, "test"):
        FaultCount.objects.bulk_create(trend.counted(counts, day))


def test_a_day_is_counted_once_by_the_worker_and_told_of_any_node(client, world, people):
    moment = datetime.combine(today(), datetime.min.time(), UTC) + timedelta(hours=5)
    assert len(trend.due(moment)) == 1 and trend.due(moment - timedelta(hours=9)) == []
    job = Job(kind=trend.KIND, key="x", args={"day": str(today())}, due_at=moment)
    trend.keep(job)
    number, _hash, whole_from = journal.head()
    trend.keep(job)
    assert journal.head()[0] == number and whole_from < number, "kept once; a snapshot goes on from there"
    rows = {row.check_code: row.counts for row in FaultCount.objects.all()}
    assert set(rows) == {*CHECKS, trend.ALL} and jobs.KINDS[trend.KIND] is trend.keep
    client.force_login(people["staff"])
    for code in ("T", "T-2", "T-2-1-1"):
        found = page(client, committee=code)
        tree, p = found.question.tree, found.question.position
        at = [n for pk, n in rows[trend.ALL].items() if p <= tree.of(int(pk)) < found.question.end]
        assert sum(at) == found.total


def test_the_trend_is_of_the_node_and_goes_on_with_the_heir(client, world, people):
    first, cell = today() - timedelta(days=40), world.at["T-2-1-1"].pk
    for k in range(40):
        kept(first + timedelta(days=k), no_mentor={str(cell): 9, str(world.at["T-1-1-1"].pk): k})
    client.force_login(people["staff"])
    points = page(client, check="no_mentor").points
    assert [point.day for point in points[:1] + points[-2:]] == [first, first + timedelta(days=39), today()]
    assert [point.count for point in points[:1] + points[-2:]] == [9, 48, 4] and len(
        points
    ) == trend.POINTS + 1
    assert {point.count for point in page(client, check="no_mentor", committee="T-2").points[:-1]} == {9}
    make.end_committee(world.at["T-2-1-1"], today(), world.at["T-2-2-1"])
    assert {point.count for point in page(client, check="no_mentor", committee="T-2-2-1").points[:-1]} == {9}
    found = page(client, check="no_mentor")
    assert found.chart is not None and found.went.startswith("Giảm 5 so với ngày")


def test_a_day_that_is_over_is_not_counted_afterwards(db):
    trend.keep(Job(kind=trend.KIND, key="x", args={"day": str(today() - timedelta(days=1))}))
    assert not FaultCount.objects.exists()


def test_nobody_out_of_reach_is_counted(client, world):
    other = make.make_province("C")
    make.make_candidacy(other["C-1-1-1"], date(2015, 2, 3), full_name="Charlie Quần Chúng")
    client.force_login(make.make_account("alice", Role.STAFF, world.at["T"]))
    assert lines(page(client))["no_mentor"].count == 4
    assert client.get(reverse(PAGE), {"committee": "C"}).status_code == 404
    assert "Charlie" not in client.get(reverse(LIST), {"check": "no_mentor"}).content.decode()
