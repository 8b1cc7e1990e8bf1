"""The lists of persons that go with a proposal: who stands on them, what is said of whom, who may have them."""

import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from committees.models import Entry
from recruitment.models import Person
from tests import factories as make
from tests.recruitment.pipeline import queue_world as world

DECIDE = "/desk/to-decide/{}/?committee=T-1"


@pytest.fixture(autouse=True)
def clock():
    with world.clock():
        yield


@pytest.fixture
def here(db):
    found = world.build()
    found.one = world.ready(found.at["T-1-1-1"], "Nguyễn Thị Hồng Ân")
    world.ready(found.at["T-2-1-1"], "Trần Văn Xa")
    return found


@pytest.fixture
def alice(client, here):
    client.force_login(here.alice)
    return client


def rows(answer):
    """[[text of a cell]] of the workbook's first sheet."""
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.getvalue())).worksheets[0]
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


def of(name, told):
    return next(row for row in told if name in row)


def test_who_is_to_be_decided_with_what_the_papers_say(alice, here):
    told = rows(alice.get(DECIDE.format("xlsx")))
    row = of("Nguyễn Thị Hồng Ân", told)
    said = " | ".join(map(str, row))
    assert "Lê Thị Cúc, Lý Văn Dũng" in said
    assert "01/09/2026, 9/9 (100,00\xa0%)" in said and "10/09/2026, 9/9 (100,00\xa0%)" in said
    assert "Đạt, 01/10/2026" in said and "02/03/2026" in said
    assert here.one.person.born in [cell.date() for cell in row if hasattr(cell, "date")]
    assert not any("Trần Văn Xa" in row for row in told)


def test_neither_ethnicity_nor_religion_nor_number(alice, here):
    with make._pen():
        person = Person.objects.get(pk=here.one.person_id)
        person.ethnicity, person.religion, person.citizen_id = "Chơ Ro", "Cao Đài", "077090001234"
        person.save()
    told = str(rows(alice.get(DECIDE.format("xlsx"))))
    assert "Nguyễn Thị Hồng Ân" in told
    assert not any(word in told for word in ("Chơ Ro", "Cao Đài", "077090001234"))
    assert "không ghi dân tộc, tôn giáo" in told


def test_on_paper_too_and_journalled(alice):
    for form in ("pdf", "xlsx"):
        assert alice.get(DECIDE.format(form)).status_code == 200
        entry = Entry.objects.filter(chain=Entry.READS).latest("pk")
        told = json.loads(entry.payload)
        assert (entry.deed, entry.about) == ("export", "queue:to-decide")
        assert told["count"] == 1 and told["form"] == form


def test_the_first_page_lies_across(alice):
    pdf = b"".join(alice.get(DECIDE.format("pdf")).streaming_content)
    width, height = re.search(rb"/MediaBox \[ 0 0 ([0-9.]+) ([0-9.]+) \]", pdf).groups()
    assert float(width) > float(height)


def test_only_for_who_may_see_the_people(client, here):
    for account, status in ((here.alice, 200), (here.dan, 403), (here.charlie, 404)):
        client.force_login(account)
        assert client.get(DECIDE.format("xlsx")).status_code == status


def test_of_queues_that_go_with_a_proposal_alone(alice):
    assert alice.get("/desk/to-submit/xlsx/?committee=T-1").status_code == 200
    assert alice.get("/desk/to-celebrate/xlsx/?committee=T-1").status_code == 404


def test_the_queue_offers_its_list_only_where_somebody_waits(alice, here, client):
    assert "/desk/to-decide/pdf/" in alice.get("/desk/to-decide/?committee=T-1").content.decode()
    assert "/desk/to-appraise/pdf/" not in alice.get("/desk/to-appraise/?committee=T-1").content.decode()
    client.force_login(here.dan)
    assert "/desk/to-decide/pdf/" not in client.get("/desk/to-decide/?committee=T-1").content.decode()


def test_asks_no_more_for_three_than_for_one(alice, here):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            alice.get(DECIDE.format("xlsx"))
        return len(caught)

    alice.get(DECIDE.format("xlsx"))
    one = queries()
    for name in ("Lê Thị Hai", "Lê Thị Ba"):
        world.ready(here.at["T-1-1-1"], name)
    alice.get(DECIDE.format("xlsx"))  # the arrays are read anew
    assert queries() == one


def test_learners_of_a_class_by_its_people(alice, here, client):
    course = make.make_course(here.at["T-1"], world.TODAY, world.TODAY, name="Lớp khóa II")
    make.make_participant(course, here.at["T-1-1-1"], person=here.one.person)
    told = rows(alice.get(f"/courses/{course.pk}/xlsx/"))
    assert of("Nguyễn Thị Hồng Ân", told)
    assert "Lớp khóa II" in str(told)
    assert f"/courses/{course.pk}/pdf/" in alice.get(f"/courses/{course.pk}/").content.decode()
    for account, status in ((here.alice, 200), (here.dan, 403), (here.charlie, 404)):
        client.force_login(account)
        assert client.get(f"/courses/{course.pk}/pdf/").status_code == status
