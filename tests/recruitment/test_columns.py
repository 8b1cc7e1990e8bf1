"""The snapshot kept by a process equals a full read of the database after every sort of write (invariant 11)."""

from contextlib import contextmanager
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from committees import journal
from committees.models import Head, Headcount, Kind
from committees.vietnamese import name_sort_key
from recruitment import columns, facts
from recruitment.imports.load import load
from recruitment.imports.undo import unload
from recruitment.models import Admission, Candidacy, Group, Person, Stage
from tests import factories as make
from tests.recruitment.snapshots import differences, full

pytestmark = pytest.mark.django_db
DAY = date(2014, 5, 19)


@pytest.fixture
def cell():
    return make.make_province()["T-1-1-1"]


@pytest.fixture
def register(cell):
    """One of everything a figure is made of."""
    plan = make.make_plan("P", cell)
    make.make_quota(plan, cell, 5)
    make.make_quota(plan, cell, 2, group="women")
    make.make_headcount(cell, DAY, 20)
    make.make_reported(cell, "Kết nạp", 3, date(2013, 1, 1), date(2013, 12, 31))
    make.make_admissions(cell, 6, DAY, every=40)
    make.make_candidacy(cell, DAY, (Stage.CLASS, date(2014, 7, 1)))
    make.make_certificate(cell, DAY)
    columns.current()
    return cell


def changed(row, **values):
    with journal.pen(None, "test"):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def first(model):
    return model.objects.order_by("pk").first()


def erase(row):
    with journal.pen(None, "test"):
        row.delete()


def take_back_a_load(cell):
    row = {
        "Họ và tên": "Nguyễn Thị Bưởi", "Sinh ngày": "01/02/1990", "Giới tính": "Nữ", "Mã tổ chức": cell.code,
        "Ngày quyết định": "03/02/2015",
    }  # fmt: skip
    report = load("admissions", [row], name="thử.xlsx")
    assert report.batch, report.faults
    columns.current()
    unload(report.batch)


def found_many(cell):
    """One whose code sorts before all others: every index of the structure shifts."""
    make.make_committee("A0", Kind.PROVINCE)
    make.make_admission(cell, DAY)


def settle_pairs(cell):
    with journal.pen(None, "test"):
        rows = list(Admission.objects.order_by("pk")[:3])
        for row in rows:
            row.decided_on += timedelta(days=7)
        Admission.objects.bulk_update(rows, ["decided_on"])
        Admission.objects.filter(pk=rows[0].pk).update(cancelled_on=DAY + timedelta(days=9))


WRITES = {
    "an admission": lambda cell: make.make_admission(cell, DAY),
    "many admissions": lambda cell: make.make_admissions(cell, 30, DAY),
    "a changed admission": lambda cell: changed(first(Admission), decided_on=date(2014, 1, 2)),
    "a ceremony": lambda cell: changed(first(Admission), ceremony_on=date(2015, 1, 2)),
    "a name": lambda cell: changed(first(Admission).person, full_name="Âu Dương Á"),
    "traits": lambda cell: changed(first(Person), occupation="nông dân", union_member=True, sex="F"),
    "a birthday": lambda cell: changed(first(Person), born=date(1970, 1, 1)),
    "cancelling": lambda cell: changed(first(Admission), cancelled_on=DAY),
    "deleting": lambda cell: erase(first(Admission)),
    "a committee that sorts first": found_many,
    "a move": lambda cell: make.place(cell, Kind.GRASSROOTS_CELL, None, since=date(2014, 8, 1)),
    "an end": lambda cell: make.end_committee(cell, date(2016, 1, 1)),
    "another predicate": lambda cell: changed(
        Group.objects.get(code="women"), predicate=[{"field": "sex", "in": ["m"]}]
    ),
    "another group": lambda cell: make._saved(
        Group(code="old", name="Già", order=1, predicate=[{"field": "age", "from": 40}])
    ),
    "one group less": lambda cell: erase(Group.objects.get(code="farmers")),
    "a target": lambda cell: make.make_quota(
        columns.current().small.plans["P"], cell, 9, effective_on=date(2014, 9, 1)
    ),
    "a plan": lambda cell: make.make_plan("Q", cell),
    "a headcount": lambda cell: make.make_headcount(cell, date(2015, 1, 1), 30),
    "a changed headcount": lambda cell: changed(first(Headcount), members=21),
    "a reported figure": lambda cell: make.make_reported(cell, "Kết nạp", 4, DAY, DAY),
    "a candidacy": lambda cell: make.make_candidacy(cell, DAY),
    "a step": lambda cell: make.tell_step(first(Candidacy), Stage.DOSSIER, date(2014, 8, 1)),
    "a certificate": lambda cell: make.make_certificate(cell, date(2014, 8, 8)),
    "bulk changes": settle_pairs,
    "a load taken back": take_back_a_load,
    "something that is no figure": lambda cell: make.make_account("ai-do"),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_equal_after_every_sort_of_write(register, write):
    before = columns.current()
    write(register)
    kept = columns.current()
    assert kept is not before
    assert differences(kept, full()) == []


def test_equal_after_all_of_them_in_a_row(register):
    for write in WRITES.values():
        write(register)
        columns.current()
    assert differences(columns.current(), full()) == []


def test_the_comparison_sees_a_difference(register):
    old = columns.current()
    make.make_admission(register, DAY)
    assert {"version", "admissions.id", "admissions places"} <= {*differences(old, full())}


# What a refresh costs ---------------------------------------------------------------------------------


@pytest.fixture
def rows_read(monkeypatch):
    """{source of a fact table: rows read}, filled while a test runs."""
    read, counted = facts.Table.read, {}

    def counting(spec, groups, since=None):
        table = read(spec, groups, since)
        counted[spec.source.split()[0]] = len(table["id"])
        return table

    monkeypatch.setattr(facts.Table, "read", staticmethod(counting))
    return counted


def test_one_query_while_nothing_was_written(register, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert columns.current() is columns.current.__globals__["_current"]


def test_only_what_changed_is_read(register, rows_read, django_assert_max_num_queries):
    before = columns.current()
    make.make_admission(register, DAY)
    with django_assert_max_num_queries(8):
        after = columns.current()
    # A new person might have had a candidacy or certificate before; nobody's step can have changed, so none is asked.
    assert rows_read == {
        "recruitment_admission": 1, "recruitment_candidacy": 0, "recruitment_certificate": 0,
    }  # fmt: skip
    # What did not change is shared, not copied.
    assert after.structure is before.structure and after.small is before.small
    assert after.certificates is before.certificates


def test_a_write_that_is_no_figure_reads_no_row(register, rows_read):
    before = columns.current()
    make.make_account("ai-do")
    after = columns.current()
    assert not any(rows_read.values())
    assert (after.tables, after.number > before.number) == (before.tables, True)
    assert all(after.tables[name] is table for name, table in before.tables.items())


def test_another_predicate_judges_every_row_again(register, rows_read):
    changed(Group.objects.get(code="women"), predicate=[{"field": "sex", "in": ["m"]}])
    assert columns.current().admissions["groups"].all()
    assert rows_read["recruitment_admission"] == 6


def test_deleting_reads_everything_anew(register, rows_read):
    erase(first(Admission))
    columns.current()
    assert rows_read["recruitment_admission"] == 5


# Never ahead, never another's -------------------------------------------------------------------------


def test_what_is_rolled_back_never_shows(register):
    before = columns.current()
    with pytest.raises(ZeroDivisionError), journal.pen(None, "test"):
        make.make_admissions(register, 3, DAY)
        raise ZeroDivisionError
    assert columns.current() is before
    assert differences(before, full()) == []


def test_not_asked_inside_an_open_pen(register):
    with pytest.raises(RuntimeError, match="before the pen"), journal.pen(None, "test"):
        columns.current()


@contextmanager
def taken_back():
    """What is committed inside is gone afterwards, journal and all."""
    place = transaction.savepoint()
    yield
    transaction.savepoint_rollback(place)


def test_another_database_of_the_same_number_is_read_anew(register):
    """As after a restore: as many entries, another hash, other rows."""
    with taken_back():
        make.make_admission(register, DAY)
        ahead = columns.current()
    make.make_headcount(register, date(2016, 1, 1), 50)
    kept = columns.current()
    assert (kept.number, kept.hash == ahead.hash) == (ahead.number, False)
    assert differences(kept, full()) == []


def test_an_older_database_is_read_anew(register):
    """As after a restore of yesterday's copy: fewer entries than the snapshot knows."""
    with taken_back():
        make.make_admissions(register, 3, DAY)
        make.make_admission(register, DAY)
        columns.current()
    assert differences(columns.current(), full()) == []


def test_a_snapshot_from_before_a_deletion_is_read_anew(register):
    old = columns.current()
    erase(first(Admission))
    for _ in range(3):
        make.make_admission(register, DAY)
    assert Head.objects.get(chain="writes").whole_from > old.number
    assert differences(columns.current(), full()) == []


def test_busy_rather_than_wrong(register, monkeypatch):
    """Overtaken for ever: it gives up, and keeps nothing half-read."""
    real, overtakers = columns._read, iter(range(99))

    def overtaken(known, version):
        snapshot = real(known, version)
        make.make_headcount(register, date(2017, 1, 1) + timedelta(days=next(overtakers)), 1)
        return snapshot

    make.make_admission(register, DAY)
    monkeypatch.setattr(columns, "_read", overtaken)
    with pytest.raises(journal.Busy):
        columns.current()
    monkeypatch.undo()
    assert differences(columns.current(), full()) == []


# What the arrays say ----------------------------------------------------------------------------------


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
