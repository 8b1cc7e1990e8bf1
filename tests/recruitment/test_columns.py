"""The snapshot kept by a process equals a full read of the database after every sort of write (invariant 11)."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction

from committees import journal
from committees.models import Head, Headcount, Kind
from recruitment import columns, facts
from recruitment.imports.load import load
from recruitment.imports.undo import unload
from recruitment.models import Admission, Candidacy, Group, Person, Stage
from tests import factories as make
from tests.recruitment.snapshots import differences, full

from .rewriting import changed, erase, first

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
