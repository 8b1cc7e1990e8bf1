"""The chains: whatever is changed in them shows."""

import pytest
from django.db import connection

from committees import journal
from committees.models import Entry
from tests.factories import make_account, make_committee

WRITES, READS = Entry.WRITES, Entry.READS


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
