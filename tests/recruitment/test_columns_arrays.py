"""What the arrays of a snapshot say: stages, order of names, ages, groups."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from committees import journal
from committees.models import Kind
from committees.vietnamese import name_sort_key
from recruitment import columns, facts
from recruitment.models import Admission, Group, Stage
from tests import factories as make
from tests.recruitment.snapshots import differences, full

from .rewriting import changed, first

pytestmark = pytest.mark.django_db
DAY = date(2014, 5, 19)


@pytest.fixture
def cell():
    return make.make_province()["T-1-1-1"]


def test_stages_on_any_day(cell):
    a = make.make_candidacy(cell, DAY, (Stage.CLASS, date(2014, 7, 1)), (Stage.DOSSIER, date(2014, 7, 1)))
    b = make.make_candidacy(cell, date(2014, 7, 2))
    make.tell_step(a, Stage.CELL, date(2015, 1, 5), by=None)
    make.tell_step(b, Stage.CLOSED, date(2015, 3, 1), by=None)
    snapshot = columns.current()
    row = {int(pk): k for k, pk in enumerate(snapshot.candidacies["id"])}
    names = {code: stage for stage, code in facts.STAGES.items()} | {-1: None}

    def on(candidacy, *day):
        return names[int(snapshot.stages_on(date(*day).toordinal())[row[candidacy.pk]])]

    assert on(a, 2014, 5, 18) is None
    assert on(a, 2014, 5, 19) == on(a, 2014, 6, 30) == "source"
    assert on(a, 2014, 7, 1) == on(a, 2015, 1, 4) == "dossier"  # two steps of one day: the later one stands
    assert on(a, 2015, 1, 5) == on(a, 2099, 1, 1) == "cell"
    assert (on(b, 2014, 7, 1), on(b, 2014, 7, 2), on(b, 2015, 3, 1)) == (None, "source", "closed")


def test_no_candidacy_has_no_stage(cell):
    assert len(columns.current().stages_on(DAY.toordinal())) == 0


SYLLABLES = "An Ân Ba Đỗ Hoa Hòa Hoà Hoá Lê Mỹ Nguyễn Thị Trường Văn Vân Ý".split()
names = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=14).map(" ".join)


class NameOrder(TestCase):
    """Rows stand by given name, then family name, then id, however they came."""

    @settings(max_examples=25)
    @given(st.lists(st.lists(names, min_size=1, max_size=6), min_size=1, max_size=5))
    def test_after_random_inserts(self, batches):
        cell = make.make_committee("C", Kind.GRASSROOTS_CELL)
        columns.current()
        for batch in batches:
            with journal.pen(None, "test"):
                for name in batch:
                    make.make_admission(cell, DAY, full_name=name)
                # One that already stood comes again, among its namesakes.
                Admission.objects.filter(pk=first(Admission).pk).update(ceremony_on=DAY)
            columns.current()
        rows = Admission.objects.values_list("pk", "person__full_name")
        wanted = [pk for pk, _ in sorted(rows, key=lambda row: (name_sort_key(row[1]), row[0]))]
        assert columns.current().admissions["id"].tolist() == wanted


def test_a_longer_name_than_any_before_is_not_cut(cell):
    for name in ("Lê An", *("Nguyễn " * 10 + tail for tail in ("Văn An", "Thị An", "Vy An"))):
        make.make_admission(cell, DAY, full_name=name)
        kept = columns.current()
    assert differences(kept, full()) == []


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("1990-03-14", "2014-03-13", 23),
        ("1990-03-14", "2014-03-14", 24),
        ("1992-02-29", "2011-02-28", 18),
        ("1992-02-29", "2011-03-01", 19),
        ("1992-02-29", "2012-02-28", 19),
        ("1992-02-29", "2012-02-29", 20),
        ("1992-03-01", "2012-02-29", 19),
        ("1969-12-31", "1970-01-01", 0),
        ("1950-01-01", "1969-12-31", 19),
        ("2014-05-20", "2014-05-19", -1),
    ],
)
def test_ages_in_completed_years(born, on, years):
    assert facts.ages(facts.days([born]), facts.days([on])).tolist() == [years]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_ages_agree_with_the_calendar(born, on):
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    assert facts.ages(facts.days([born]), facts.days([on])).tolist() == [max(years, -1)]


def test_days_of_all_that_a_driver_gives():
    got = facts.days([date(1969, 12, 31), "1970-01-01", None, date(2014, 5, 19)])
    assert got.tolist() == [719162, 719163, facts.NEVER, DAY.toordinal()]


GROUPS = {
    "women": ({"sex": "F"}, {"sex": "M"}),
    "youth": ({"born": date(1984, 5, 19)}, {"born": date(1983, 5, 19)}),
    "youth_union": ({"union_member": True}, {"union_member": False}),
    "ethnic_minority": ({"ethnicity": "Châu Ro"}, {"ethnicity": "KINH"}),
    "religious": ({"religion": "Công giáo"}, {"religion": "Không"}),
    "farmers": ({"occupation": "Nông dân"}, {"occupation": "thợ rèn"}),
    "workers": ({"occupation": "công  nhân"}, {"occupation": "Nông dân"}),
    "students": ({"occupation": "Sinh viên đại học"}, {"occupation": "giáo viên"}),
    "business_owners": ({"occupation": "Chủ doanh nghiệp"}, {"occupation": "giám đốc"}),
    "private_enterprise": (
        {"organisation_type": "Doanh nghiệp tư nhân"}, {"organisation_type": "Doanh nghiệp nhà nước"},
    ),
}  # fmt: skip


def test_every_group_of_the_contract_stands_after_migrate(db):
    assert {group.code for group in Group.objects.all()} == {*GROUPS}


@pytest.mark.parametrize("code", GROUPS)
def test_the_bit_of_each_group(cell, code):
    plain = {"born": date(1960, 1, 1), "sex": "M"}
    inside, outside = (make.make_admission(cell, DAY, **{**plain, **traits}) for traits in GROUPS[code])
    blank = make.make_admission(cell, DAY, **plain)
    snapshot = columns.current()
    held = snapshot.admissions["groups"] & snapshot.bit(code) != 0
    assert snapshot.admissions["id"][held].tolist() == [inside.pk]
    assert {outside.pk, blank.pk} <= {*snapshot.admissions["id"].tolist()}


def test_youth_is_18_to_30_on_the_day_of_the_decision(cell):
    for born in (date(1996, 5, 19), date(1996, 5, 20), date(1983, 5, 20), date(1983, 5, 19)):
        make.make_admission(cell, DAY, born=born)
    snapshot = columns.current()
    ages = snapshot.admissions["age"]
    youth = snapshot.admissions["groups"] & snapshot.bit("youth") != 0
    assert sorted(ages.tolist()) == [17, 18, 30, 31]
    assert sorted(ages[youth].tolist()) == [18, 30]


def test_an_admission_keeps_the_traits_of_its_day(cell):
    admission = make.make_admission(cell, DAY, occupation="Sinh viên")
    changed(admission.person, occupation="Nông dân")
    snapshot = columns.current()
    assert np.all(snapshot.admissions["groups"] & snapshot.bit("students") != 0)
    assert not np.any(snapshot.admissions["groups"] & snapshot.bit("farmers"))


def test_an_unknown_group_has_no_bit(db):
    with pytest.raises(KeyError):
        columns.current().bit("khong-co")
