"""The pages: what is offered to whom, and that a merge is no way to see more (security S19)."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees import journal
from committees.models import Entry, Role
from recruitment.duplicates.choosing import FIELDS
from recruitment.models import Apart, Merge, Person, Stage
from tests import factories as make

from .pair_world import BORN, ENTERED, HERE, NAME, THERE, build, followed, merged, person

pytestmark = pytest.mark.django_db
STOPPED = (Stage.CLOSED, date(2014, 5, 1))
LIST = "/duplicates/"
SECRET = {"citizen_id": "077192000001", "religion": "Công giáo", "native_place": "Đất Đỏ"}


@pytest.fixture
def world():
    return build()


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def pair(world):
    """Bob's record of somebody in his cell; the same human being in Charlie's, of whom the register knows more."""
    mine, theirs = person(), person(**SECRET)
    followed(world, HERE, mine)
    followed(world, THERE, theirs, ENTERED, STOPPED)
    return mine, theirs


def choices(one, other, **said):
    """What the page of two records sends: the second's word where they differ."""
    differing = [name for name in FIELDS if getattr(one, name) != getattr(other, name)]
    return {"stamp": one.stamp, "other_stamp": other.stamp} | dict.fromkeys(differing, "gone") | said


def address(one, other, end=""):
    return f"/duplicates/{one.pk}/{other.pk}/{end}"


def test_a_pair_is_offered_to_who_sees_both_and_to_nobody_else(world):
    mine, theirs = pair(world)
    for account, count in ((world.alice, 1), (world.bob, 0), (world.charlie, 0), (world.inspector, 0)):
        page = words(signed_in(account).get(LIST))
        file = b"".join(signed_in(account).get("/exports/duplicates.csv")).decode()
        assert file.count(NAME) == 2 * count
        assert f"{count} cặp hồ sơ" in page
        assert ("So sánh" in page) == bool(count)
    assert "Không thấy hai hồ sơ nào giống nhau" in words(signed_in(world.bob).get(LIST))


def test_who_makes_a_duplicate_in_his_own_cell_gains_nothing_by_it(world):
    """S19: neither the pair, nor the other record, nor a merge; asking is answered like somebody who is not there."""
    mine, theirs = pair(world)
    bob = signed_in(world.bob)
    heads = journal.heads()
    for one, other in ((mine, theirs), (theirs, mine)):
        sent = choices(one, other, known="x")
        assert bob.get(address(one, other)).status_code == 404
        assert bob.post(address(one, other), sent).status_code == 404
        assert bob.post(address(one, other, "apart/")).status_code == 404
        assert bob.post(address(one, other, "doubt/")).status_code == 404
    assert journal.heads() == heads and not Merge.objects.exists() and not Apart.objects.exists()
    assert bob.get(f"/people/{theirs.pk}/").status_code == 404
    # The same sending, by who may.
    page = signed_in(world.alice).get(address(mine, theirs))
    assert page.status_code == 200 and "077192000001" in words(page)


def test_who_sees_a_part_of_somebody_merges_nothing_and_those_beyond_learn_who_asked(world):
    mine, theirs = pair(world)
    followed(world, HERE, theirs, date(2015, 2, 3), (Stage.CLOSED, date(2015, 5, 1)))
    bob, sent = signed_in(world.bob), choices(mine, theirs)
    page = bob.get(address(mine, theirs))
    assert "Cấp ủy chung của các nơi ấy gộp" in words(page) and "Gộp thành một hồ sơ" not in words(page)
    assert THERE not in words(page)
    met = Entry.objects.filter(chain=Entry.READS, deed="duplicate-met").latest("number")
    assert (met.actor, met.committee, met.about) == (
        world.bob, world.at[THERE], f"recruitment.person:{theirs.pk}",
    )  # fmt: skip
    refused = bob.post(address(mine, theirs), sent)
    assert refused.status_code == 400 and "Cấp ủy chung" in words(refused)
    assert not Merge.objects.exists()


@pytest.mark.once
def test_who_only_reads_is_told_nothing_of_what_lies_beyond(world):
    """Why two cannot be merged may name a cell and a day elsewhere: nothing of it to an inspector of one of them."""
    mine, theirs = person(), person(**SECRET)
    followed(world, HERE, mine)
    followed(world, HERE, theirs, date(2013, 2, 3), (Stage.CLOSED, date(2013, 5, 1)))
    followed(world, THERE, theirs, date(2014, 3, 4))
    page = words(signed_in(world.inspector).get(address(mine, theirs)))
    assert "Cấp ủy chung của các nơi ấy gộp" in page
    assert THERE not in page and "04/03/2014" not in page and "theo dõi ở hai chi bộ" not in page
    whole = make.make_account("kiem-tra-tinh", Role.INSPECTOR, world.at["T"])
    page = words(signed_in(whole).get(address(mine, theirs)))
    assert "theo dõi ở hai chi bộ" in page and "04/03/2014" in page
    assert "Cấp ủy chung" not in page and "Gộp thành một hồ sơ" not in page


def test_a_merge_tells_nobody_more_until_somebody_who_may_says_so(world):
    mine, theirs = pair(world)
    alice, bob = signed_in(world.alice), signed_in(world.bob)
    page = words(alice.get(address(mine, theirs)))
    assert "1 tài khoản chỉ xem được Tổ chức T-2-1-1" not in page, "Charlie knows it all"
    told = "2 tài khoản chỉ xem được Tổ chức T-1-1-1 sẽ biết thêm: Số định danh cá nhân, Quê quán, Tôn giáo."
    assert told in page
    before = Person.objects.values().get(pk=mine.pk)
    for answer in ("", "x"):
        refused = alice.post(address(mine, theirs), choices(mine, theirs, known=answer))
        assert refused.status_code == 400 and told in words(refused)
    assert Person.objects.values().get(pk=mine.pk) == before and not Merge.objects.exists()
    revealed = words(bob.post(f"/people/{mine.pk}/"))
    assert not any(value in revealed for value in SECRET.values())
    # Left empty, nothing of it is anybody's to see, and nobody is asked.
    kept = choices(mine, theirs) | dict.fromkeys(SECRET, "kept")
    assert alice.post(address(mine, theirs), kept).status_code == 302
    revealed = words(bob.post(f"/people/{mine.pk}/"))
    assert not any(value in revealed for value in SECRET.values())
    assert "T-2-1-1" not in revealed and "Đã dừng" not in revealed, "what lies beyond the reach stays there"
    merge = Merge.objects.get()
    assert bob.get(f"/merges/{merge.pk}/undo/").status_code == 404
    assert "0 lần gộp" in words(bob.get(LIST + "?shown=merged"))
    assert "1 lần gộp" in words(alice.get(LIST + "?shown=merged"))
    assert alice.post(f"/merges/{merge.pk}/undo/").status_code == 302 and not Merge.objects.exists()
    # Told outright: the list that was answered, and no other.
    answer = re.search(r'name="known" value="(\w+)"', alice.get(address(mine, theirs)).content.decode())[1]
    make.make_account("dung", Role.SECRETARY, world.at[HERE])
    mine, theirs = Person.objects.get(pk=mine.pk), Person.objects.get(pk=theirs.pk)
    refused = alice.post(address(mine, theirs), choices(mine, theirs, known=answer))
    assert refused.status_code == 400 and "3 tài khoản" in words(refused)
    answer = re.search(r'name="known" value="(\w+)"', refused.content.decode())[1]
    done = alice.post(address(mine, theirs), choices(mine, theirs, known=answer), follow=True)
    assert "Đã gộp thành một hồ sơ" in words(done)
    assert all(value in words(bob.post(f"/people/{mine.pk}/")) for value in SECRET.values())
    entry = Entry.objects.filter(deed="people-merge").latest("number")
    assert '"known": ["Số định danh cá nhân", "Quê quán", "Tôn giáo"]' in entry.payload


def test_old_addresses_lead_to_the_kept_record_for_who_may_open_it(world):
    mine, theirs = pair(world)
    merged(world, theirs, mine)
    alice, bob, stranger = (
        signed_in(one)
        for one in (world.alice, world.bob, make.make_account("la", Role.STAFF, world.at["T-2-1-2"]))
    )
    for client in (alice, bob):
        for end in ("", "edit/"):
            assert client.get(f"/people/{mine.pk}/{end}").headers["location"] == f"/people/{theirs.pk}/{end}"
    for end in ("", "edit/"):
        assert stranger.get(f"/people/{mine.pk}/{end}").status_code == 404
    assert alice.get(address(mine, theirs)).headers["location"] == f"/people/{theirs.pk}/"
    third = person()
    followed(world, HERE, third, ENTERED, STOPPED)
    there = alice.get(address(mine, third))
    assert there.headers["location"] == address(theirs, third)
    assert alice.get(f"/admissions/new/?person={mine.pk}").status_code == 200


def test_a_field_in_which_both_say_something_must_be_chosen(world):
    one, other = (
        person(occupation="Công nhân"),
        person("Nguyễn Thị Ngọc Anh", occupation="Giáo viên", religion="Không"),
    )
    followed(world, HERE, one)
    followed(world, HERE, other, ENTERED.replace(year=2013), STOPPED)
    alice = signed_in(world.alice)
    page = alice.get(address(one, other)).content.decode()
    assert re.search(r'name="religion" value="gone"[^>]* checked', page)
    assert not re.search(r'name="occupation" value="\w+"[^>]* checked', page)
    refused = alice.post(
        address(one, other), {"stamp": one.stamp, "other_stamp": other.stamp, "religion": "kept"}
    )
    assert refused.status_code == 400 and words(refused).count("Chọn điều đúng.") == 4
    stale = alice.post(address(one, other), choices(one, other, stamp=one.stamp - 1), follow=True)
    assert "vừa được sửa hoặc gộp" in words(stale)
    alice.post(address(one, other), choices(one, other, occupation="kept"))
    human = Person.objects.get(pk=one.pk)
    assert (human.full_name, human.occupation, human.religion) == (other.full_name, "Công nhân", "Không")


def test_two_people_told_apart_are_not_offered_again_until_the_mark_goes(world):
    mine, theirs = pair(world)
    alice = signed_in(world.alice)
    assert alice.post(address(theirs, mine, "apart/")).headers["location"] == LIST
    assert "0 cặp" in words(alice.get(LIST)) and "1 cặp" in words(alice.get(LIST + "?shown=apart"))
    assert "0 cặp" in words(signed_in(world.bob).get(LIST + "?shown=apart"))
    assert "Đã được đánh dấu không phải một người" in words(alice.get(address(mine, theirs)))
    # A third record merged into one of them brings the mark along.
    third = person()
    followed(world, THERE, third, ENTERED.replace(year=2013), STOPPED)
    merged(world, third, theirs)
    assert "0 cặp" in words(alice.get(LIST)) and "1 cặp" in words(alice.get(LIST + "?shown=apart"))
    alice.post(address(mine, third, "doubt/"))
    assert "1 cặp" in words(alice.get(LIST))


@pytest.mark.parametrize("shown", ["open", "apart", "merged"])
def test_the_list_asks_as_many_queries_for_three_pairs_as_for_one(world, shown):
    alice, counts = signed_in(world.alice), []
    for k in range(3):
        one, other = (person(born=BORN.replace(year=1990 + k)) for _ in "ab")
        for human, day in ((one, ENTERED), (other, ENTERED.replace(year=2013))):
            followed(world, HERE, human, day, STOPPED)
        if shown == "apart":
            alice.post(address(one, other, "apart/"))
        elif shown == "merged":
            merged(world, one, other)
        alice.get(f"{LIST}?shown={shown}")  # whatever is kept from page to page is kept now
        if k != 1:
            with CaptureQueriesContext(connection) as asked:
                page = words(alice.get(f"{LIST}?shown={shown}"))
            assert f"{k + 1} {'lần gộp' if shown == 'merged' else 'cặp'}" in page
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 25
