"""Rows that may be about somebody known: asked, never guessed, and nobody out of reach is named."""

import pytest

from committees import journal
from committees.models import Committee
from recruitment.imports import desk, edits
from recruitment.imports.load import load
from recruitment.models import Admission, Candidacy, Person, Upload

from .test_edits import cast  # noqa: F401 - a fixture
from .test_pages import ADMITTED, PERSON, applied, text, uploaded

pytestmark = pytest.mark.django_db
FOLLOWED = {**PERSON, "Ngày đưa vào nguồn": "01/02/2013", "Quê quán": "Xã Láng Dài"}
NEAR, FAR = "T-H1-X-2", "T-H2-C"  # cells in Alice's district and in another


@pytest.fixture
def known(cast):  # noqa: F811
    def follow(code, **row):
        assert load("candidates", [{**FOLLOWED, "Mã tổ chức": code, **row}], name="nền").new == 1
        return Person.objects.latest("pk")

    return follow


def shown(client, rows, kind="admissions", **options):
    where = uploaded(client, kind, rows, **options)
    return where, client.get(where)


def decide(client, where, page, value):
    [row] = page.context["page"].doubts
    return client.post(f"{where}edits/", {row.name: value})


def test_the_same_person_is_written_to_the_record_there_is(cast, known):  # noqa: F811
    alice, person = cast["alice"], known(NEAR)
    where, page = shown(alice, [ADMITTED])
    found = page.context["page"]
    assert (found.ready, found.doubt_count, found.new) == (0, 1, 1) and "Có thể trùng người" in text(page)
    [row] = found.doubts
    assert row.known == [(f"person:{person.pk}", "Lê Văn Tám, 14/03/1990, Xã Láng Dài, T-H1-X-2")]
    assert applied(alice, where).status_code == 409 and not Admission.objects.exists(), (
        "not before it is said"
    )
    assert journal.Entry.objects.filter(chain="reads", about="import:admissions").exists()
    decide(alice, where, page, row.known[0][0])
    page = alice.get(where)
    assert page.context["page"].ready == 1 and "Là một người: ghi vào hồ sơ có sẵn" in text(page)
    assert applied(alice, where).status_code == 302
    assert Admission.objects.get().person == person and Person.objects.count() == 1


def test_somebody_else_gets_a_record_of_their_own_and_a_row_may_be_left_out(cast, known):  # noqa: F811
    alice, person = cast["alice"], known(NEAR)
    where, page = shown(alice, [ADMITTED])
    decide(alice, where, page, "drop")
    page = alice.get(where)
    assert page.context["page"].count == 0
    alice.post(f"{where}edits/", {"back": page.context["mended"][0].back})
    page = alice.get(where)
    [row] = page.context["page"].doubts
    alice.post(f"{where}edits/", {row.name: "", "rest": "other"})
    assert applied(alice, where).status_code == 302
    assert Admission.objects.get().person != person and Person.objects.count() == 2


@pytest.mark.parametrize(
    ("code", "row"),
    [(FAR, {}), (NEAR, {"Số định danh cá nhân": "079190000123"}), (NEAR, {"Quê quán": "Xã Lộc An"})],
)
def test_who_is_out_of_reach_or_surely_another_is_not_named(cast, known, code, row):  # noqa: F811
    """The same file whether somebody of this name is known elsewhere or nowhere: nothing is learnt by it."""
    person = known(code, **row)
    mine = {"Số định danh cá nhân": "079190000999"} if "Số định danh cá nhân" in row else {}
    where, page = shown(cast["alice"], [{**ADMITTED, "Quê quán": "Xã Láng Dài", **mine}])
    assert page.context["page"].ready == 1 and "trùng người" not in text(page)
    # Saying so by hand helps nothing.
    upload = Upload.objects.get()
    desk.mend(
        upload, by=cast["alice"].account, sent=[edits.Typed("2", "", edits.mark(""), f"person:{person.pk}")]
    )
    assert applied(cast["alice"], where).status_code == 302
    assert Admission.objects.get().person != person


def test_a_record_that_lies_partly_elsewhere_is_nobody_s_to_take(cast, known):  # noqa: F811
    """Somebody followed here and there: written to by a file, all who read here would read of there."""
    person = known(NEAR)
    known_there = Candidacy.objects.get(person=person)
    with journal.pen(None, "test"):
        Candidacy(
            person=person, cell=Committee.objects.get(code=FAR), entered_on=known_there.entered_on
        ).save()
    _where, page = shown(cast["alice"], [ADMITTED])
    assert page.context["page"].doubt_count == 0


def test_candidates_are_asked_too_and_the_command_takes_them_for_new(cast, known):  # noqa: F811
    alice, person = cast["alice"], known(NEAR)
    row = {**PERSON, "Mã tổ chức": "T-H1-X-1", "Ngày đưa vào nguồn": "01/02/2014"}
    where, page = shown(alice, [row], "candidates")
    decide(alice, where, page, f"person:{person.pk}")
    assert applied(alice, where).status_code == 302
    assert Person.objects.count() == 1 and Candidacy.objects.filter(person=person).count() == 2
    assert (
        load("admissions", [ADMITTED | {"Mã tổ chức": FAR, "Ngày quyết định": "20/05/2014"}], name="thử").new
        == 1
    )
