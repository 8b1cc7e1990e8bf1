"""The pen: the only way to write, and the two chains of entries that tell who did and who read what.

One holder at a time. The chain's head row is locked before anything else, so entries are numbered in the order in
which they commit, without gaps and without deadlocks, and every race is decided by the same lock.
Snapshots (`recruitment.columns`) are versioned by the head's (number, hash).
"""

import hashlib
import json
import secrets
import threading
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from .models.journal import Entry, Head
from .models.penned import Penned, PenRequired, held, require_pen
from .sending import mark

__all__ = [
    "Broken",
    "Busy",
    "Pen",
    "PenRequired",
    "Penned",
    "head",
    "heads",
    "pen",
    "read_entry",
    "require_pen",
    "sent_before",
    "verify",
    "written_since",
]

# SQLite lets waiting writers starve; inside one process they queue here instead (performance.md §8.7).
_turn = threading.RLock()
# For so long what is sent once more is looked for among the account's latest deeds.
TWICE = timedelta(minutes=10)
# What makes writers take turns where the database has it; SQLite's transactions are IMMEDIATE, which is the same.
_LOCK = " FOR UPDATE"


class Busy(RuntimeError):
    """The register changed faster than it could be read twenty times over: a 503 that says to try again."""


@dataclass
class Pen:
    """Held while writing. `number` is the entry this write will become; `rows` collects what was written. A deed that
    makes the row it is about says so inside, in `about` (and `committee`, where it learns it then)."""

    number: int
    details: dict
    about: str = ""
    committee: object = None
    whole: bool = False
    rows: list = field(default_factory=list)

    def note(self, **details):
        """Add to what the entry will say."""
        self.details.update(details)


@contextmanager
def pen(actor, deed, about="", committee=None, **details):
    """Hold the pen: everything written inside and the entry that tells of it commit together, or not at all.

    actor: the Account, or None for the operator of the machine. deed: a short verb code such as "load".
    about: what it concerns ("recruitment.person:12"), never a name. committee: where (decides who may read it).
    details: what the entry says; may hold personal data, which is why the payload is salted and can be erased. The
    names `rows` and `sent` (`committees.sending`) are the entry's own.
    Raises RuntimeError when a pen is already held. Cost: 3 queries besides the caller's.
    """
    if held.get() is not None:
        raise RuntimeError("The pen is already held: a deed must not call another deed, but share its pen.")
    with _turn if connection.vendor == "sqlite" else nullcontext(), transaction.atomic(durable=True):
        last = _last(Entry.WRITES)
        holding = Pen(number=last.number + 1, details=details, about=about, committee=committee)
        token = held.set(holding)
        try:
            yield holding
        finally:
            held.reset(token)
        said = dict(holding.details)
        if said.keys() & {"rows", "sent"}:
            raise ValueError("A detail named `rows` or `sent` would stand where the entry says these itself.")
        if holding.rows:
            said["rows"] = holding.rows
        if sent := mark():
            said["sent"] = sent
        _append(last, actor, deed, holding.about, holding.committee, said, whole=holding.whole)


def read_entry(actor, deed, about="", committee=None, **details):
    """Journal that personal data was read: a person's page, or a list or export with its filter and count.

    Its own short transaction on the `reads` chain, so that readers never wait for writers. Cost: 3 queries.
    """
    with _turn if connection.vendor == "sqlite" else nullcontext(), transaction.atomic(durable=True):
        last = _last(Entry.READS)
        _append(last, actor, deed, about, committee, details)


def _last(chain):
    """The head of the chain, its row locked until the transaction ends. The two statements on the head are written by
    hand: through the ORM they cost a quarter of a whole small deed."""
    lock = _LOCK if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT chain, number, hash, whole_from FROM committees_head WHERE chain = %s{lock}",  # noqa: S608
            [chain],
        )
        return Head(*cursor.fetchone())


def _append(last, actor, deed, about, committee, said, whole=False):
    payload = json.dumps(said, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)
    salt = secrets.token_bytes(16)
    entry = Entry(
        chain=last.chain,
        number=last.number + 1,
        at=datetime.now(UTC),
        actor=actor,
        deed=deed,
        about=about,
        committee=committee,
        payload=payload,
        salt=salt,
        digest=_digest(salt, payload),
    )
    entry.hash = _link(bytes(last.hash), entry)
    entry.save_base(force_insert=True)  # the one door past Entry.save(), which refuses
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE committees_head SET number = %s, hash = %s, whole_from = %s WHERE chain = %s",
            [entry.number, entry.hash, entry.number if whole else last.whole_from, last.chain],
        )


def _digest(salt, payload):
    return hashlib.blake2b(bytes(salt) + payload.encode(), digest_size=32).digest()


def _link(previous, entry):
    told = [
        entry.chain,
        entry.number,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_id,
        entry.deed,
        entry.about,
        entry.committee_id,
    ]
    body = json.dumps(told, ensure_ascii=False).encode()
    return hashlib.blake2b(previous + body + bytes(entry.digest), digest_size=32).digest()


def sent_before(actor):
    """The entry of the deed that this very sending did already, by that account, a moment ago; None. One query."""
    sent = mark()
    if sent is None:
        return None
    since = datetime.now(UTC) - TWICE
    latest = Entry.objects.filter(chain=Entry.WRITES, actor=actor, at__gte=since).order_by("-number")[:20]
    return next((entry for entry in latest if f'"sent": "{sent}"' in entry.payload), None)


def head(chain=Entry.WRITES):
    """(number, hash, whole_from) of the chain: the version of the database. One query."""
    number, digest, whole_from = Head.objects.values_list("number", "hash", "whole_from").get(chain=chain)
    return number, bytes(digest), whole_from


def holds(number, digest, chain=Entry.WRITES):
    """Whether entry `number` of the chain is still the one with this hash (a restored database may differ). One query;
    number 0 is the empty chain."""
    if number == 0:
        return True
    return Entry.objects.filter(chain=chain, number=number, hash=digest).exists()


def written_since(number, models):
    """Which of these journalled models have a row that an entry later than `number` wrote. One query, each row of it
    answered by an index of stamps."""
    asked = " UNION ALL ".join(
        f"SELECT {k} WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(model._meta.db_table)} WHERE stamp > %s)"  # noqa: S608 - names of our own tables
        for k, model in enumerate(models)
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [number] * len(models))
        return {models[k] for (k,) in cursor.fetchall()}


def entry_of(number, chain=Entry.WRITES):
    """The entry of that number, or None (rows laid down by a migration bear number 0). One query."""
    return Entry.objects.filter(chain=chain, number=number).first()


def entries_of(rows):
    """{stamp: Entry} of the writes that these rows bear the stamps of, with their actors, without what they say: who
    wrote each last, and when. One query."""
    entries = Entry.objects.filter(chain=Entry.WRITES, number__in={row.stamp for row in rows})
    return {entry.number: entry for entry in entries.select_related("actor").defer("payload")}


def heads():
    """{chain: (number, hash in hex)} of both chains. One query."""
    rows = Head.objects.order_by("chain").values_list("chain", "number", "hash")
    return {chain: (number, bytes(digest).hex()) for chain, number, digest in rows}


@dataclass(frozen=True)
class Broken:
    """The first entry at which a chain does not hold, and why."""

    chain: str
    number: int
    why: str


def verify():
    """Walk both chains from their beginning. Returns the first Broken, or None when every link holds.

    Detects an entry changed, deleted, inserted or moved, and a head that does not match. Entries whose payload and
    salt were erased still verify. Cost: one streamed query a chain, and one for the heads.
    """
    ends = heads()
    for chain in (Entry.WRITES, Entry.READS):
        if chain not in ends:
            return Broken(chain, 0, "đầu chuỗi đã bị xóa")
        (number, digest), previous, expected = ends[chain], b"", 1
        for entry in Entry.objects.filter(chain=chain).order_by("number").iterator(chunk_size=2000):
            if entry.number != expected:
                return Broken(chain, expected, f"thiếu bút ký số {expected}, gặp số {entry.number}")
            erased = not entry.salt and not entry.payload
            if not erased and _digest(entry.salt, entry.payload) != bytes(entry.digest):
                return Broken(chain, entry.number, "nội dung không khớp dấu niêm phong")
            if _link(previous, entry) != bytes(entry.hash):
                return Broken(chain, entry.number, "không nối được với bút ký trước")
            previous, expected = bytes(entry.hash), expected + 1
        if expected - 1 != number or previous.hex() != digest:
            return Broken(chain, expected - 1, f"đầu chuỗi ghi số {number}, chuỗi dừng ở số {expected - 1}")
    return None
