"""Where numbers are typed: the next of a block is offered, one given before is asked about, a wrong spelling is told with the
right one at a click."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from committees.models import Entry, Role
from recruitment.models import Admission, Mentorship, Paper
from tests import factories as make
from tests.factories_papers import make_block
from tests.recruitment.pipeline import queue_world as queues

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture
def here():
    """Two dossiers that wait for their decision in a commune that stands above its cells; the cell's names are real."""
    with queues.clock():
        made = queues.build()
        make.place(made.at["T-1"], "upper", made.at["T"], name="Đảng bộ xã Long Tân", since=date(2025, 7, 1))
        make.place(made.at["T-1-1-1"], "cell", made.at["T-1-1"], name="Chi bộ thôn 3", since=date(2025, 7, 1))
        made.first, made.second = (queues.ready(made.at["T-1-1-1"], name) for name in ("An", "Bình"))
        made.staff = Client()
        made.staff.force_login(make.make_account("dung", Role.STAFF, made.at["T-1"]))
        yield made


def stamp(page, name="stamp"):
    return re.search(rf'name="{name}" value="(\d+)"', page)[1]


def text(response):
    return " ".join(response.content.decode().split())


def record(here, candidacy, kind, **said):
    where = reverse("recruitment:candidacy-record", args=[candidacy.pk, kind])
    page = here.staff.get(where).content.decode()
    return here.staff.post(where, {"stamp": stamp(page), "stage": "", **said}, follow=True)


def test_a_papers_number_is_asked_about_offered_and_put_right(here):
    cell = here.at["T-1-1-1"]
    make_block(cell, 7, 9, suffix="-NQ/CB", sign="NQ", since=date(2026, 1, 1))
    here.first, here.second = (
        make.make_candidacy(cell, queues.ENTERED, full_name=name) for name in ("An", "Bình")
    )
    make.make_paper(here.first, "listing", date(2026, 2, 3), number="07-NQ/CB")
    page = here.staff.get(reverse("recruitment:candidacy-record", args=[here.second.pk, "listing"]))
    assert '<option value="08-NQ/CB">' in text(page) and "Số kế tiếp trong dải đã giữ: 08-NQ/CB" in text(page)
    said = {"on": "01/03/2026", "number": "07-NQ/CB"}
    asked = record(here, here.second, "listing", **said)
    assert "đã dùng cho Nghị quyết đưa vào danh sách cảm tình Đảng của An" in text(asked)
    assert not here.second.papers.exists()
    done = record(here, here.second, "listing", **said, confirmed="number 7-nq/cb")
    assert done.redirect_chain and Paper.objects.filter(candidacy=here.second, number="07-NQ/CB").count() == 1
    assert "07-NQ/CB đã dùng" in Entry.objects.filter(deed="paper-record").latest("number").payload
    # On the day of the other it is the one resolution that lists both: nothing is asked.
    wrong = record(here, here.second, "class_proposal", on="03/02/2026", number="5-CV/ĐU")
    link = re.search(r'href="(/papers/\d+/correct/\?number=[^"]+)">Sửa thành 05-CV/CB', text(wrong))
    assert link and Paper.objects.filter(number="5-CV/ĐU").exists()  # told, and written all the same
    assert 'value="05-CV/CB"' in text(here.staff.get(link[1].replace("&amp;", "&")))


def test_letters_and_mentors_tell_of_their_numbers(here):
    make.make_letter(here.first, date(2026, 3, 1), number="11-CV/ĐU")
    where = reverse("recruitment:candidacy-verification", args=[here.second.pk])
    page = here.staff.get(where).content.decode()
    said = {
        "do": "letter",
        "to": "Đảng ủy xã bên",
        "number": "11-CV/ĐU",
        "sent_on": "02/03/2026",
        "stamp": stamp(page),
    }
    answer = here.staff.post(where, said, follow=True)
    assert "đã dùng cho công văn thẩm tra của An (01/03/2026)" in text(answer)
    where = reverse("recruitment:candidacy-mentor", args=[here.second.pk])
    page = here.staff.get(where).content.decode()
    said = {
        "mentor": "Trần Bảy",
        "since": "02/03/2026",
        "document": "12-NQ/ĐU",
        "stamp": stamp(page),
        "stage": "",
    }
    answer = here.staff.post(where, said, follow=True)
    assert "?document=12-NQ%2FCB" in text(answer) and Mentorship.objects.filter(document="12-NQ/ĐU").exists()


def test_a_meetings_decisions_take_their_numbers_from_the_block(here):
    left = make_block(here.at["T-1"], 8, 9, suffix="-QĐ/ĐU", since=date(2026, 1, 1))
    where = reverse("recruitment:decision-batch") + "?committee=T-1"
    page = here.staff.get(where).content.decode()
    assert "Điền số từ 08-QĐ/ĐU (còn 2/2)" in page
    said = {"on": "20/11/2026", "line": [here.first.pk, here.second.pk]}
    for one in (here.first, here.second):
        said |= {f"d{one.pk}-chosen": "on", f"d{one.pk}-stamp": one.stamp, f"d{one.pk}-number": ""}
    filled = here.staff.post(where, said | {"reserved": left.pk})
    assert filled.status_code == 200 and not Admission.objects.exists()
    assert {'value="08-QĐ/ĐU"', 'value="09-QĐ/ĐU"'} <= set(re.findall(r'value="0\d-QĐ/ĐU"', text(filled)))
    said |= {f"d{here.first.pk}-number": "08-QĐ/ĐU", f"d{here.second.pk}-number": "9/QĐ-ĐU"}
    again = here.staff.post(where, said | {"reserved": left.pk})
    assert again.status_code == 200 and not Admission.objects.exists()  # to fill is never to save
    done = here.staff.post(where, said, follow=True)
    assert Admission.objects.count() == 2 and "Sửa thành 09-QĐ/ĐU" in text(done)
    assert "Dải -QĐ/ĐU đã hết số" not in text(here.staff.get(where))  # nobody waits there any more


def test_a_classs_decisions_tell_of_their_numbers(here):
    make.make_course(here.at["T-1"], date(2026, 3, 2), opening_number="20-QĐ/ĐU")
    course = make.make_course(here.at["T-1"], date(2026, 4, 6), name="Lớp hai")
    where = reverse("recruitment:course-edit", args=[course.pk])
    form = here.staff.get(where).context["form"]
    said = {name: form[name].value() or "" for name in form.fields} | {"opening_number": "20-QĐ/ĐU"}
    answer = here.staff.post(where, said, follow=True)
    assert "Số 20-QĐ/ĐU đã dùng cho quyết định mở lớp (02/03/2026)" in text(answer)
    course.refresh_from_db()
    assert course.opening_number == "20-QĐ/ĐU"
