"""The pen: nothing is written past it, and what it does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.db.utils import DatabaseError

from committees import accounts, journal
from committees.models import Committee, Entry, Head, Penned
from tests.factories import make_account, make_committee

WRITES, READS = Entry.WRITES, Entry.READS
PENNED = [model for model in apps.get_models() if issubclass(model, Penned)]


# Nothing is written without the pen -----------------------------------------------------------------


def tries(model):
    """Every way Django offers to write rows of a model."""
    rows = model._base_manager
    first = model()
    first.pk = 1
    return {
        "save": lambda: model().save(),
        "save of a known row": first.save,
        "create": lambda: rows.create(),
        "get_or_create": lambda: rows.get_or_create(pk=-1),
        "update_or_create": lambda: rows.update_or_create(pk=-1),
        "update": lambda: rows.update(stamp=1),
        "bulk_create": lambda: rows.bulk_create([model()]),
        "bulk_update": lambda: rows.bulk_update([first], ["stamp"]),
        "delete of rows": lambda: rows.all().delete(),
        "delete of a row": first.delete,
        "delete through another": lambda: rows.filter(pk=1)._raw_delete("default"),
        "default manager": lambda: model._default_manager.update(stamp=1),
    }


def test_there_are_models_to_try():
    assert len(PENNED) >= 20
    ours = {m for m in apps.get_models() if m.__module__.split(".")[0] in {"committees", "recruitment"}}
    assert ours - set(PENNED) == {Entry, Head}, (
        "every model of ours is penned, or one of the journal's own two"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("model", PENNED, ids=lambda model: model._meta.label)
def test_nothing_is_written_without_the_pen(model):
    # Rows must not matter: a PenRequired has to come before any constraint is asked.
    for way, attempt in tries(model).items():
        with pytest.raises(journal.PenRequired):
            attempt()
            pytest.fail(f"{model._meta.label}: {way} went past the pen")


@pytest.mark.django_db
@pytest.mark.parametrize("model", PENNED, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("way", ["asave", "acreate", "aupdate"])
def test_nor_from_asynchronous_code(model, way):
    attempts = {
        "asave": model().asave,
        "acreate": model._base_manager.acreate,
        "aupdate": model._base_manager.aupdate,
    }
    attempt = partial(async_to_sync(attempts[way]), **({"stamp": 1} if way == "aupdate" else {}))
    # In a thread of its own: where a browser was before, this one has a loop that runs for good.
    with ThreadPoolExecutor(1) as thread, pytest.raises(journal.PenRequired):
        thread.submit(attempt).result()


@pytest.mark.django_db
def test_a_deed_may_say_inside_what_it_is_about_and_where():
    with journal.pen(None, "test", about="before") as pen:
        made = Committee(code="T")
        made.save()
        pen.about, pen.committee = f"committee:{made.pk}", made
    entry = journal.entry_of(pen.number)
    assert (entry.about, entry.committee) == (f"committee:{made.pk}", made)
    assert journal.verify() is None


@pytest.mark.django_db
def test_related_managers_ask_for_the_pen_too():
    committee = make_committee("T")
    with pytest.raises(journal.PenRequired):
        committee.placements.update(name="Khác")
    with pytest.raises(journal.PenRequired):
        committee.placements.all().delete()
    with pytest.raises(journal.PenRequired):
        committee.mandates.create(role="staff", since=date(2020, 1, 1))


@pytest.mark.django_db
def test_the_journal_itself_is_never_changed_through_its_models():
    make_committee("T")
    entry = Entry.objects.get()
    for attempt in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(deed="x"),
        lambda: Entry.objects.create(chain=WRITES, number=9),
        lambda: Entry.objects.bulk_create([Entry()]),
        lambda: Entry.objects.bulk_update([entry], ["deed"]),
    ):
        with pytest.raises(journal.PenRequired):
            attempt()
    assert journal.verify() is None


# What the pen does ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_pen_inside_a_pen_is_refused_and_nothing_is_written():
    before = journal.heads()
    with pytest.raises(RuntimeError), journal.pen(None, "outer"):
        Committee(code="T").save()
        with journal.pen(None, "inner"):
            Committee(code="U").save()
    assert not Committee.objects.exists()
    assert journal.heads() == before


@pytest.mark.django_db
def test_a_fault_leaves_neither_rows_nor_entry_nor_gap():
    with journal.pen(None, "first"):
        Committee(code="A").save()
    before = journal.heads()
    with pytest.raises(ZeroDivisionError), journal.pen(None, "fails"):
        Committee(code="B").save()
        _ = 1 / 0
    assert journal.heads() == before
    assert not Entry.objects.filter(deed="fails").exists()
    assert not Committee.objects.filter(code="B").exists()
    with pytest.raises(DatabaseError), journal.pen(None, "fails"):
        Committee(code="A").save()  # the code is taken: the database refuses
    with journal.pen(None, "second") as pen:
        Committee(code="C").save()
    assert pen.number == before[WRITES][0] + 1
    assert list(Entry.objects.filter(chain=WRITES).order_by("number").values_list("number", flat=True)) == [
        1,
        2,
    ]
    assert journal.verify() is None
    with pytest.raises(journal.PenRequired):
        Committee(code="D").save()  # a pen that failed is not still held


@pytest.mark.django_db
def test_rows_bear_the_number_of_the_entry_that_tells_of_them():
    with journal.pen(None, "found") as pen:
        a = Committee(code="A")
        a.save()
        Committee.objects.bulk_create([Committee(code="B"), Committee(code="C")])
    assert set(Committee.objects.values_list("stamp", flat=True)) == {pen.number}
    with journal.pen(None, "change") as later:
        Committee.objects.filter(code="B").update(code="B2")
    assert Committee.objects.get(code="B2").stamp == later.number
    assert Committee.objects.get(code="C").stamp == pen.number


@pytest.mark.django_db
def test_an_entry_says_who_what_old_and_new():
    account = make_account("can-bo")
    committee = make_committee("T", name="Chi bộ cũ")
    with journal.pen(account, "rename", about="committee:T", committee=committee, document="12-QĐ/TU"):
        placement = committee.placements.get()
        placement.name = "Chi bộ mới"
        placement.save()
    entry = Entry.objects.filter(chain=WRITES).latest("number")
    assert (entry.actor, entry.deed, entry.about, entry.committee) == (
        account,
        "rename",
        "committee:T",
        committee,
    )
    assert '"document": "12-QĐ/TU"' in entry.payload
    assert '"old": {"name": "Chi bộ cũ", "search": "chi bo cu"}' in entry.payload
    assert '"new": {"name": "Chi bộ mới", "search": "chi bo moi"}' in entry.payload


@pytest.mark.django_db
def test_a_password_is_never_told():
    account, code = accounts.open_account("can-bo", by=None)
    told = "".join(Entry.objects.values_list("payload", flat=True))
    assert code not in told and account.password not in told and '"password"' not in told


@pytest.mark.django_db
def test_deletions_say_that_snapshots_must_be_read_whole():
    make_committee("T")
    with journal.pen(None, "found"):
        lone = Committee(code="lone")
        lone.save()
    assert journal.head()[2] == 0
    with journal.pen(None, "remove") as pen:
        Committee.objects.filter(code="lone").delete()
    assert journal.head()[2] == pen.number
    with journal.pen(None, "found"):
        again = Committee(code="lone")
        again.save()
    with journal.pen(None, "remove") as pen:
        again.delete()
    assert journal.head()[2] == pen.number


@pytest.mark.django_db
def test_readings_do_not_touch_the_version_of_the_database():
    make_committee("T")
    before = journal.head()
    journal.read_entry(None, "list")
    assert journal.head() == before
    assert journal.head(READS)[0] == 1
