"""The pen and the chains: nothing is written past them, and whatever is changed in them shows."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date
from functools import partial

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.db import connection, connections
from django.db.utils import DatabaseError

from committees import accounts, journal
from committees.models import Committee, Entry, Head, Penned
from tests.factories import make_account, make_committee

WRITES, READS = Entry.WRITES, Entry.READS
PENNED = [model for model in apps.get_models() if issubclass(model, Penned)]


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.fixture
def chains(db):
    """Six entries on the writes chain, three on the reads chain; both hold."""
    for k in range(6):
        make_committee(f"T-{k}")
    for k in range(3):
        journal.read_entry(None, "list", about=f"list:{k}", count=k)
    assert journal.verify() is None
    return {WRITES: 6, READS: 3}


@pytest.mark.parametrize("chain", [WRITES, READS])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("payload", '{"count": 99}'),
        ("deed", "something-else"),
        ("about", "person:1"),
        ("committee_id", 4711),
        ("actor_id", None),
        ("at", "2001-01-01 00:00:00"),
        ("hash", b"\x00" * 32),
        ("digest", b"\x00" * 32),
    ],
)
def test_a_changed_entry_is_named(chains, account, chain, column, value):
    if column == "actor_id":
        # Entries of the fixtures have no actor: put one there instead of taking it away.
        value = account.pk
    number = chains[chain] - 1
    assert sql(
        f"UPDATE committees_entry SET {column} = %s WHERE chain = %s AND number = %s", value, chain, number
    )
    broken = journal.verify()
    assert (broken.chain, broken.number) == (chain, number)


@pytest.fixture
def account(db):
    return make_account("can-bo-khac")


@pytest.mark.parametrize("chain", [WRITES, READS])
def test_a_deleted_entry_is_named(chains, chain):
    assert sql("DELETE FROM committees_entry WHERE chain = %s AND number = 2", chain) == 1
    broken = journal.verify()
    assert (broken.chain, broken.number) == (chain, 2)


@pytest.mark.parametrize("chain", [WRITES, READS])
def test_entries_cut_off_at_the_end_are_named(chains, chain):
    assert sql("DELETE FROM committees_entry WHERE chain = %s AND number = %s", chain, chains[chain]) == 1
    broken = journal.verify()
    assert (broken.chain, broken.number) == (chain, chains[chain] - 1)


@pytest.mark.parametrize("chain", [WRITES, READS])
def test_an_inserted_entry_is_named(chains, chain):
    """Room is made for it and everything after it renumbered: the links tell."""
    for number in range(chains[chain], 1, -1):
        sql(
            "UPDATE committees_entry SET number = %s WHERE chain = %s AND number = %s",
            number + 1,
            chain,
            number,
        )
    columns = "at, actor_id, deed, about, committee_id, payload, salt, digest, hash"
    sql(
        f"INSERT INTO committees_entry (chain, number, {columns}) SELECT chain, 2, {columns} "
        "FROM committees_entry WHERE chain = %s AND number = 1",
        chain,
    )
    broken = journal.verify()
    assert (broken.chain, broken.number) == (chain, 2)


@pytest.mark.parametrize("chain", [WRITES, READS])
def test_reordered_entries_are_named(chains, chain):
    for old, new in [(2, 1000), (3, 2), (1000, 3)]:
        sql("UPDATE committees_entry SET number = %s WHERE chain = %s AND number = %s", new, chain, old)
    broken = journal.verify()
    assert (broken.chain, broken.number) == (chain, 2)


def test_an_entry_cannot_change_chains(chains):
    sql("UPDATE committees_entry SET chain = 'reads', number = 4 WHERE chain = 'writes' AND number = 6")
    assert journal.verify() is not None


@pytest.mark.parametrize("chain", [WRITES, READS])
def test_a_head_set_back_is_named(chains, chain):
    sql("UPDATE committees_head SET number = number - 1 WHERE chain = %s", chain)
    broken = journal.verify()
    assert (broken.chain, broken.number) == (chain, chains[chain])


@pytest.mark.parametrize("chain", [WRITES, READS])
def test_a_head_of_another_chain_is_named(chains, chain):
    sql("UPDATE committees_head SET hash = %s WHERE chain = %s", b"\x00" * 32, chain)
    broken = journal.verify()
    assert (broken.chain, broken.number) == (chain, chains[chain])


@pytest.mark.parametrize("chain", [WRITES, READS])
def test_a_missing_head_is_named(chains, chain):
    sql("DELETE FROM committees_head WHERE chain = %s", chain)
    assert journal.verify().chain == chain


@pytest.mark.parametrize("chain", [WRITES, READS])
def test_an_erased_payload_still_verifies(chains, chain):
    sql("UPDATE committees_entry SET payload = '', salt = %s WHERE chain = %s AND number = 2", b"", chain)
    assert journal.verify() is None


def test_an_erased_entry_cannot_be_given_another_payload(chains):
    sql("UPDATE committees_entry SET payload = '{}', salt = %s WHERE chain = 'writes' AND number = 2", b"")
    assert journal.verify().number == 2


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


# Many at once ---------------------------------------------------------------------------------------

THREADS, DEEDS = 4, 12


def together(work):
    """Run work(k) in THREADS threads that start at once; their own connections are closed. Returns what they raised."""
    start, raised = threading.Barrier(THREADS), []

    def run(k):
        try:
            start.wait(5)
            work(k)
        except Exception as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(k,)) for k in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return raised


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain_without_gap():
    first = journal.head()[0]

    def work(k):
        for deed in range(DEEDS):
            with journal.pen(None, "race") as pen:
                Committee(code=f"R-{k}-{deed}").save()
                pen.note(k=k)
            journal.read_entry(None, "race-read")

    assert together(work) == []
    numbers = list(Entry.objects.filter(chain=WRITES).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, first + THREADS * DEEDS + 1))
    assert Entry.objects.filter(deed="race-read").count() == THREADS * DEEDS, "no reading is lost"
    stamps = Committee.objects.filter(code__startswith="R-").values_list("stamp", flat=True)
    assert len(set(stamps)) == THREADS * DEEDS, "no two deeds shared a number"
    assert journal.verify() is None


@pytest.mark.django_db(transaction=True)
def test_the_same_race_without_the_lock_loses_deeds(monkeypatch):
    """The control: two pens that do not lock the head both read it, and one deed is lost. If both came through here,
    the test above would prove nothing."""
    monkeypatch.setattr(journal, "_turn", nullcontext())
    monkeypatch.setattr(journal, "_LOCK", "")
    both_have_read = threading.Barrier(2)
    raised = []

    def work(k):
        try:
            connection.ensure_connection()
            connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too
            with journal.pen(None, "race"):
                both_have_read.wait(5)
                Committee(code=f"R-{k}").save()
        except DatabaseError as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(k,)) for k in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(raised) == 1, "one of the two is refused by the database: its deed is lost"
    assert Committee.objects.filter(code__startswith="R-").count() == 1
