"""Rule sets in the app: read by all, corrected by who keeps the book, at once on every page, nothing overwritten."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from committees import journal, vietnamese
from committees.models import Entry
from recruitment import columns
from recruitment.models import AddedRuleSet, RuleChange
from recruitment.pipeline import actions
from recruitment.rulebook import deeds, values
from recruitment.rules import statute
from tests import factories as make
from tests.test_html import faults

from .book_world import build

SET, FROM = "2025-07", date(2026, 3, 1)
PAGE = f"/rules/{SET}/certificate/"
SAID = {
    "value": "48", "citation": "Hướng dẫn thử, điểm 1", "mark": "S", "document": "99-HD/TW", "since": "01/03/2026",
    "stamp": "0",
}  # fmt: skip


@pytest.fixture
def world(db):
    return build()


def book():
    return columns.current().statute


def correct(rule="certificate", *, by=None, **said):
    said = {
        "value": 48, "citation": "Điểm 1", "mark": "S", "document": "99-HD/TW", "since": FROM,
    } | said  # fmt: skip
    return deeds.correct_rule(book(), SET, rule, by=by, **said)


# Reading ---------------------------------------------------------------------------------------------


def test_everyone_signed_in_reads_the_sets_and_their_values(world):
    listed = world.secretary.get("/rules/").content.decode()
    page = world.secretary.get(f"/rules/{SET}/").content.decode()
    assert f"/rules/{SET}/" in listed and "Thêm bộ quy tắc" not in listed
    assert "60\u00a0tháng" in page and "30\u00a0ngày\u00a0làm\u00a0việc" in page and "hai phần ba" in page
    assert "cần xác nhận" in page and "đã đối chiếu" in page
    assert "216\u00a0tháng\u00a0(18\u00a0tuổi)" in page
    assert "Lưu lần sửa" not in world.secretary.get(PAGE).content.decode()


def test_a_day_is_answered_with_the_set_that_judges_it(world):
    page = world.bob.get("/rules/?on=15/08/2025").content.decode()
    assert "Bước ngày 15/08/2025 được xét theo" in page and f"/rules/{SET}/?on=" in page
    wrong = world.bob.get("/rules/?on=31/02/2025")
    assert wrong.status_code == 400 and "<title>Lỗi:" in wrong.content.decode()


def test_a_set_shows_its_values_as_of_the_day_asked(world):
    correct()
    before = world.bob.get(f"/rules/{SET}/?on=28/02/2026").content.decode()
    after = world.bob.get(f"/rules/{SET}/?on=01/03/2026").content.decode()
    assert "60\u00a0tháng" in before and "48\u00a0tháng</td>" in after and "48\u00a0tháng</td>" not in before
    assert "99-HD/TW" in after


def test_an_unknown_set_or_rule_is_not_found(world):
    assert world.alice.get("/rules/1990/").status_code == 404
    assert world.alice.get(f"/rules/{SET}/no-such-rule/").status_code == 404


def test_pages_ask_as_much_with_three_corrections_as_with_one(world):
    def queries():
        world.alice.get(PAGE)  # the snapshot and the structure are read anew after a write
        with CaptureQueriesContext(connection) as seen:
            world.alice.get(f"/rules/{SET}/")
            world.alice.get(PAGE)
        return len(seen)

    correct()
    one = queries()
    correct(value=50)
    correct("probation", value=11)
    assert queries() == one


# Correcting ------------------------------------------------------------------------------------------


def test_alice_corrects_a_value_from_a_day_on_and_the_old_one_still_judges_the_days_before(world):
    answer = world.alice.post(PAGE, SAID)
    assert answer.status_code == 302
    assert book().on(FROM)["certificate"].value == 48
    assert book().on(FROM - timedelta(days=1))["certificate"].value == 60
    change = RuleChange.objects.get()
    assert (change.document, change.since, change.mark) == ("99-HD/TW", FROM, "S")
    entry = Entry.objects.filter(chain=Entry.WRITES).order_by("-number").first()
    assert (entry.deed, entry.actor.username, entry.about) == (
        "rule-correct",
        "alice",
        f"rule:{SET}/certificate",
    )
    assert "48\u00a0tháng" in world.bob.get(PAGE).content.decode()


@pytest.mark.parametrize("who", ["bob", "charlie", "secretary"])
def test_nobody_else_corrects_anything(world, who):
    before = journal.heads()
    client = getattr(world, who)
    assert client.post(PAGE, SAID).status_code == 403
    assert client.post("/rules/new/", NEW).status_code == 403
    assert journal.heads() == before and not RuleChange.objects.exists()
    assert world.alice.post(PAGE, SAID).status_code == 302


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("value", "0", "Cần một số nguyên từ 1"),
        ("value", "sáu mươi", "Cần một số nguyên từ 1"),
        ("value", "", "Giá trị"),
        ("document", "", "Số văn bản"),
        ("document", "công văn miệng", "Cần số văn bản, ví dụ"),
        ("mark", "X", "Không có lựa chọn"),
        ("since", "30/06/2025", "Cần một ngày từ 01/07/2025"),
        ("since", "31/02/2026", "Cần một ngày có thật"),
        ("citation", "", "Căn cứ"),
    ],
)
def test_a_wrong_correction_is_named_at_its_field_and_nothing_is_written(world, field, typed, told):
    answer = world.alice.post(PAGE, SAID | {field: typed})
    page = answer.content.decode()
    assert answer.status_code == 400 and told in page and "<title>Lỗi:" in page
    assert not RuleChange.objects.exists() and faults(page) == []


def test_what_changes_nothing_is_refused(world):
    rule = book().on(FROM)["certificate"]
    answer = world.alice.post(PAGE, SAID | {"value": "60", "citation": rule.citation, "mark": rule.mark})
    assert answer.status_code == 400 and "ít nhất một thay đổi" in answer.content.decode()


def test_a_doubtful_rule_is_confirmed_by_a_document_only(world):
    where = f"/rules/{SET}/base_vote/"
    rule = book().on(FROM)["base_vote"]
    assert not rule.confirmed
    said = SAID | {"value": "2/3", "citation": rule.citation}
    assert world.alice.post(where, said | {"document": " "}).status_code == 400
    assert world.alice.post(where, said).status_code == 302
    assert book().on(FROM)["base_vote"].confirmed
    with pytest.raises(deeds.Refused):
        correct("youth_age", value=30, document="")


def test_a_duty_without_a_value_has_only_its_citation_and_mark_corrected(world):
    page = world.alice.get(f"/rules/{SET}/mentor/").content.decode()
    assert 'name="value"' not in page and 'name="citation"' in page
    assert world.alice.post(f"/rules/{SET}/mentor/", SAID).status_code == 302
    assert book().on(FROM)["mentor"].value is None


def test_two_administrators_on_one_rule_the_second_is_told(world):
    assert world.alice.post(PAGE, SAID).status_code == 302
    answer = world.alice.post(PAGE, SAID | {"value": "36"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "36" in page and "48" in page
    assert RuleChange.objects.count() == 1 and faults(page) == []
    stamp = RuleChange.objects.get().stamp
    assert world.alice.post(PAGE, SAID | {"value": "36", "stamp": stamp}).status_code == 302
    assert [change.value for change in RuleChange.objects.order_by("pk")] == [48, 36], (
        "nothing is overwritten"
    )


def test_a_slip_is_taken_back_the_same_day_by_its_hand_alone(world):
    world.alice.post(PAGE, SAID)
    change = RuleChange.objects.get()
    undo = reverse("recruitment:rule-change-undo", args=[change.pk])
    assert undo in world.alice.get(PAGE).content.decode()
    assert world.bob.post(undo).status_code == 403
    with pytest.raises(deeds.Refused):
        deeds.take_back_correction(change, by=world.accounts["bob"])
    world.alice.post(undo)
    assert not RuleChange.objects.exists() and book().on(FROM)["certificate"].value == 60
    with pytest.raises(deeds.Refused):
        deeds.take_back_correction(change, by=world.accounts["alice"])


def test_what_was_corrected_again_or_yesterday_stays(world, monkeypatch):
    alice = world.accounts["alice"]
    first = correct(by=alice)
    second = correct(by=alice, value=50)
    with pytest.raises(deeds.Refused):
        deeds.take_back_correction(first, by=alice)
    tomorrow = vietnamese.today() + timedelta(days=1)
    monkeypatch.setattr(vietnamese, "today", lambda: tomorrow)
    with pytest.raises(deeds.Refused):
        deeds.take_back_correction(second, by=alice)
    assert RuleChange.objects.count() == 2


def test_a_correction_changes_what_the_deeds_refuse_for_steps_from_that_day_on(world):
    """A person of 40 and a limit lowered to 30: without a deployment, and never for a step before the day."""
    born = date(1986, 2, 1)
    candidacy = make.make_candidacy(world.at["T-1-1-1"], date(2025, 8, 1), born=born)

    def too_old(on):
        with pytest.raises(actions.Forbidden) as refused:
            actions.record(
                candidacy, "cell_vote", on=on, by=None, snapshot=columns.current(), number="01", result="pass",
                said={"members": 9, "in_favour": 9},
            )  # fmt: skip
        return any(one.rule.code == "age_max" for one in refused.value.objections)

    assert not too_old(FROM)
    world.alice.post(f"/rules/{SET}/age_max/", SAID | {"value": "360"})
    assert too_old(FROM) and not too_old(FROM - timedelta(days=1))


def test_the_next_request_is_due_by_the_corrected_term_from_that_day_on(world):
    """A certificate of 50 months holds for 60, then for 48: the list of those that lapsed changes at the next click."""
    cell = world.at["T-1-1-1"]
    candidacy = make.make_candidacy(cell, date(2025, 8, 1), full_name="Nguyễn Thị Hết Hạn")
    make.make_certificate(cell, date(2022, 1, 1), person=candidacy.person)

    def lapsed(on):
        page = world.bob.get(
            "/candidacies/", {"committee": "T", "due": "certificate_lapsed", "on": vietnamese.day(on)}
        )
        assert page.status_code == 200
        return "Nguyễn Thị Hết Hạn" in page.content.decode()

    assert not lapsed(FROM)
    world.alice.post(PAGE, SAID)
    assert lapsed(FROM) and not lapsed(FROM - timedelta(days=1))


# Adding a set ----------------------------------------------------------------------------------------

NEW = {"code": "2026-07", "name": "Quy định mới", "document": "1-QĐ/TW", "since": "01/07/2026"}


def test_a_set_that_is_added_begins_as_the_one_before_it(world):
    correct()
    assert world.alice.post("/rules/new/", NEW).status_code == 302
    found = book().on(date(2026, 7, 1))
    assert (found.code, found["certificate"].value, found["probation"].value) == ("2026-07", 48, 12)
    assert book().on(date(2026, 6, 30)).code == SET
    page = world.bob.get("/rules/2026-07/").content.decode()
    assert "1-QĐ/TW" in page and "alice" in page
    world.alice.post("/rules/2026-07/probation/", SAID | {"value": "18", "since": "01/07/2026"})
    assert book().on(date(2026, 7, 1))["probation"].value == 18
    assert book().on(date(2026, 6, 30))["probation"].value == 12


def test_a_correction_belongs_before_the_next_set(world):
    world.alice.post("/rules/new/", NEW)
    answer = world.alice.post(PAGE, SAID | {"since": "01/07/2026"})
    assert answer.status_code == 400 and "trước 01/07/2026" in answer.content.decode()


@pytest.mark.parametrize(("since", "status"), [("30/06/2026", 400), ("01/07/2026", 400), ("02/07/2026", 302)])
def test_no_set_begins_before_a_correction_of_the_one_it_follows(world, since, status):
    correct(since=date(2026, 7, 1))
    answer = world.alice.post("/rules/new/", NEW | {"since": since})
    assert answer.status_code == status
    assert book().on(date(2026, 7, 2))["certificate"].value == 48, "the correction is never silenced"
    assert status == 302 or "sau 01/07/2026" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("code", SET),
        ("code", "new"),
        ("code", "a b"),
        ("since", "01/07/2025"),
        ("since", "01/01/1980"),
        ("document", ""),
    ],
)
def test_a_set_is_added_once_and_after_the_first(world, field, typed):
    answer = world.alice.post("/rules/new/", NEW | {field: typed})
    assert answer.status_code == 400 and not AddedRuleSet.objects.exists()
    assert faults(answer.content.decode()) == []


def test_a_set_added_by_mistake_goes_the_same_day_while_nothing_of_it_was_corrected(world):
    world.alice.post("/rules/new/", NEW)
    world.alice.post("/rules/2026-07/probation/", SAID | {"value": "18", "since": "01/07/2026"})
    world.alice.post("/rules/2026-07/undo/")
    assert AddedRuleSet.objects.exists()
    world.alice.post(reverse("recruitment:rule-change-undo", args=[RuleChange.objects.get().pk]))
    world.alice.post("/rules/2026-07/undo/")
    assert not AddedRuleSet.objects.exists() and book().on(date(2026, 7, 1)).code == SET


@pytest.mark.parametrize("rule", sorted(statute.read().on(date.max)))
def test_every_rule_has_a_page_in_words_and_a_form_that_takes_its_own_value(world, rule):
    page = world.alice.get(f"/rules/{SET}/{rule}/").content.decode()
    assert faults(page) == []
    standing = book().on(FROM)[rule]
    assert values.valid(standing, standing.value)
    said = {"value": values.typed(standing)} if standing.value is not None else {}
    assert world.alice.post(f"/rules/{SET}/{rule}/", SAID | said).status_code == 302


def test_every_word_of_the_files_has_a_meaning():
    for one in statute.read().sets:
        for rule in one.values():
            for word in values.choices(rule):
                assert word[0] != str(word[1]), f"{one.code}: {rule.code} says {word[0]}"
            if isinstance(rule.value, str) and not values.is_fraction(rule.value):
                assert rule.code in values.WORDS, f"{one.code}: {rule.code} has words no page knows"


@given(part=st.integers(0, 400), whole=st.integers(0, 400))
def test_a_vote_is_a_fraction_from_a_half_to_the_whole(part, whole):
    rule = statute.read().on(date.max)["cell_vote"]
    try:
        stored = values.parser(rule)(f"{part}/{whole}")
    except ValueError:
        assert whole == 0 or not whole <= 2 * part <= 2 * whole
    else:
        numerator, denominator = map(int, stored.split("/"))
        assert numerator * whole == part * denominator and values.valid(rule, stored)
