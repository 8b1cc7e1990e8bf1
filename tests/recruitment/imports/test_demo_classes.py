"""The demo's classes: one of each age, with numbers in the register, played once."""

from datetime import timedelta

import pytest

from committees import journal, vietnamese
from committees.models import Kind
from recruitment.imports import classes
from recruitment.models import Candidacy, Certificate, Course
from tests import factories as make


@pytest.fixture
def played(db):
    province = make.make_committee("BRVT", Kind.PROVINCE)
    there, here = (make.make_committee(f"BRVT-{name}", Kind.UPPER, province) for name in ("VT", "DD"))
    entered = vietnamese.today() - timedelta(days=400)
    cells = {}
    for above in (there, here):
        base = make.make_committee(f"{above.code}-001", Kind.GRASSROOTS_PARTY, above)
        cells[above.code] = make.make_committee(f"{above.code}-001-01", Kind.CELL, base)
        for k in range(5):
            make.make_candidacy(cells[above.code], entered, full_name=f"Nguyễn Văn {above.code[-2:]} {k}")
    make.make_admission(
        cells["BRVT-DD"], vietnamese.today() - timedelta(days=90), ceremony_on=vietnamese.today() - timedelta(days=80)
    )  # fmt: skip
    assert classes.play_classes()


def test_one_ended_one_running_one_planned(played):
    ended, running, planned = Course.objects.order_by("opened_on")
    today = vietnamese.today()
    assert ended.completed_on and ended.closed_on < today
    assert running.opened_on <= today <= running.closed_on and planned.opened_on > today
    assert [course.participants.count() for course in (ended, running, planned)] == [5, 5, 1]
    assert running.participants.filter(attended=None).count() == 0
    assert planned.kind == Course.Kind.NEW_MEMBER


def test_certificates_bear_numbers_and_lines_and_lead_to_the_class(played):
    held = list(Certificate.objects.order_by("register_number"))
    assert [one.register_number for one in held] == ["101", "102", "103"]
    assert all(one.number and one.grade for one in held)
    assert Candidacy.objects.filter(stage="class").count() == 3


def test_a_second_time_writes_nothing(played):
    once = journal.head()
    assert not classes.play_classes()
    assert journal.head() == once


def test_nothing_without_its_committees(db):
    assert not classes.play_classes()
    assert not Course.objects.exists()
