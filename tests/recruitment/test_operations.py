"""What the machine's operator runs: account, verify_journal, backup, restore. In their own databases and processes."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from committees import journal
from committees.models import Account, Role
from tests.factories import make_committee

pytestmark = pytest.mark.takes_long
ROOT = Path(__file__).resolve().parents[2]
SCANNED = """
from datetime import date
from tests import factories as make
from tests.factories_papers import make_scan
make_scan(make.make_candidacy(make.make_province(communes=1)["T-1-1"], date(2025, 8, 1)))
"""
HEADS = re.compile(r"writes (\d+)(?: [0-9a-f]{64})?\nreads (\d+)(?: [0-9a-f]{64})?\n\Z")


@pytest.mark.django_db
def test_an_account_gets_a_code_that_works_once_printed(capsys):
    call_command("account", "quan-tri-1", "--admin")
    said = capsys.readouterr()
    code = re.search(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", said.out)[0]
    account = Account.objects.get(username="quan-tri-1")
    assert account.check_password(code) and account.must_change_password and not said.err
    assert [(m.role, m.committee) for m in account.mandates.all()] == [(Role.ADMINISTRATOR, None)]
    call_command("account", "quan-tri-1", "--admin")
    assert account.mandates.count() == 1, "a second code gives no second mandate"
    call_command("account", "can-bo-1")
    assert not Account.objects.get(username="can-bo-1").mandates.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["có dấu cách", "x" * 61, "", "a/b"])
def test_a_name_that_cannot_be_one_is_refused_in_one_line(username, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("account", username)
    said = capsys.readouterr()
    assert (end.value.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_verify_journal_prints_heads_or_the_first_broken_entry(capsys):
    for k in range(3):
        make_committee(f"T-{k}")
    call_command("verify_journal")
    said = capsys.readouterr()
    assert HEADS.search(said.out)[1] == "3" and not said.err
    assert journal.heads()["writes"][1] in said.out
    with connection.cursor() as cursor:
        cursor.execute("UPDATE committees_entry SET deed = 'x' WHERE number = 2")
    with pytest.raises(SystemExit) as end:
        call_command("verify_journal")
    said = capsys.readouterr()
    assert end.value.code == 1 and said.err.startswith("writes 2:") and not said.out


class Machine:
    """manage.py in a process of its own, with a database of its own."""

    def __init__(self, url, database):
        self.url, self.database = url, database

    def run(self, *arguments, code=0):
        environment = os.environ | {"DATABASE_URL": self.url, "DEBUG": "1", "TESTING": "1", "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert bool(done.stderr) == bool(code) and done.stderr.count("\n") <= 1, done.stderr
        return done.stdout + done.stderr

    def heads(self):
        """What the ends of the chains are, read past the program: [(chain, number, hash)]."""
        return self.rows("SELECT chain, number, hash FROM committees_head ORDER BY chain")

    def rows(self, statement):
        sqlite = connection.vendor == "sqlite"
        with closing(sqlite3.connect(self.database) if sqlite else psycopg.connect(self.url)) as database:
            return database.execute(statement).fetchall()

    def scans(self):
        """[(digest, sha256 of the bytes)] of the scans, read past the program."""
        kept = "SELECT s.digest, f.content FROM recruitment_scan s JOIN recruitment_scanfile f ON f.scan_id = s.id"
        return [(digest, hashlib.sha256(content).hexdigest()) for digest, content in self.rows(kept)]


class Databases:
    """Databases of the kind under test: files in a folder, or beside the one of the tests."""

    def __init__(self, folder):
        self.folder, self.made = folder, []

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        for name in self.made:
            self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _say(self, statement):
        with connection.copy("admin")._nodb_cursor() as cursor:
            cursor.execute(statement)

    def machine(self, name, like=None):
        """A Machine with a database of that name, empty or with what the Machine `like` has."""
        if connection.vendor == "sqlite":
            file = self.folder / f"{name}.sqlite3"
            if like:
                shutil.copy(like.database, file)
            return Machine(f"sqlite:///{file}", file)
        said = connection.settings_dict
        database = f"{said['NAME']}_{name}"
        self._say(f"DROP DATABASE IF EXISTS {database}")
        self._say(f"CREATE DATABASE {database} TEMPLATE {like.database if like else 'template1'}")
        self.made.append(database)
        host = f"{said['HOST'] or 'localhost'}:{said['PORT'] or 5432}"
        return Machine(f"postgres://{said['USER']}:{said['PASSWORD']}@{host}/{database}", database)


@pytest.fixture(scope="module")
def ready(tmp_path_factory, django_db_setup, django_db_blocker):
    """A Machine that is migrated and holds an account and a scan; nobody works on it, tests copy it."""
    with django_db_blocker.unblock(), Databases(tmp_path_factory.mktemp("ready")) as databases:
        machine = databases.machine("ready")
        machine.run("migrate", "-v0")
        machine.run("account", "an", "--admin")
        machine.run("shell", "-c", SCANNED)
        yield machine


@pytest.fixture
def machines(ready, tmp_path, db):
    """Two databases of the kind under test: the first is migrated and holds an account and a scan, the second is empty."""
    with Databases(tmp_path) as databases:
        yield databases.machine("a", like=ready), databases.machine("b")


def heads(said):
    return HEADS.search(said)[0]


def test_a_backup_comes_back_elsewhere_and_over_what_was_there(machines, tmp_path):
    first, second = machines
    file = tmp_path / "backup.zip"
    saved = heads(first.run("backup", file))
    assert file.stat().st_mode & 0o077 == 0, "nobody else may read it"
    assert heads(second.run("restore", file)) == saved == heads(second.run("verify_journal"))
    ((told, digest),) = second.scans()
    assert [(told, digest)] == first.scans() and told == digest, "scans came along, byte for byte"
    restored = second.heads()
    second.run("account", "binh")
    changed = second.heads()
    assert changed != restored
    assert "--replace" in second.run("restore", file, code=2)
    assert second.heads() == changed, "a refusal changes nothing"
    assert heads(second.run("restore", file, "--replace")) == saved
    # The journal goes on where it was.
    second.run("account", "chi")
    second.run("verify_journal")


def rewritten(file, to, *, payload=None, **manifest):
    """A copy of a backup with its manifest or payload changed."""
    with zipfile.ZipFile(file) as archive:
        said, data = json.loads(archive.read("manifest.json")), archive.read("database")
    with zipfile.ZipFile(to, "w") as archive:
        archive.writestr("manifest.json", json.dumps(said | manifest))
        archive.writestr("database", data if payload is None else payload)
    return to


def test_a_backup_that_is_not_whole_ours_or_known_is_refused(machines, tmp_path):
    first, _second = machines
    file, bad = tmp_path / "backup.zip", tmp_path / "bad.zip"
    first.run("backup", file)
    before = first.heads()
    data = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        payload = archive.read("database")
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    flipped = payload[:2000] + bytes([payload[2000] ^ 1]) + payload[2001:]
    newer = [["committees", "9999_from_the_future"]]
    cases = {
        "không có tệp này": lambda: bad,
        "tệp hỏng, hoặc không phải": lambda: bad.write_bytes(data[: len(data) // 2]) and bad,
        "không khớp mã băm": lambda: rewritten(file, bad, payload=flipped),
        "cùng loại cơ sở dữ liệu": lambda: rewritten(file, bad, kind=other),
        "phiên bản ứng dụng mới hơn": lambda: rewritten(file, bad, migrations=newer),
        "do phiên bản ứng dụng mới hơn ghi": lambda: rewritten(file, bad, format=2),
    }
    for words, make in cases.items():
        assert words in first.run("restore", make(), "--replace", code=2)
    assert first.heads() == before


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the payload is changed as an SQLite file")
def test_a_backup_with_a_forged_journal_is_refused_and_what_was_there_stays(machines, tmp_path):
    from hashlib import sha256

    first, _second = machines
    file, bad, forged = tmp_path / "backup.zip", tmp_path / "bad.zip", tmp_path / "forged.sqlite3"
    first.run("backup", file)
    first.run("account", "binh")
    before = first.heads()
    with zipfile.ZipFile(file) as archive:
        forged.write_bytes(archive.read("database"))
    with sqlite3.connect(forged) as database:
        database.execute("UPDATE committees_entry SET deed = 'other'")
    database.close()
    payload = forged.read_bytes()
    rewritten(file, bad, payload=payload, sha256=sha256(payload).hexdigest(), size=len(payload))
    assert "nhật ký trong bản sao lưu bị sửa" in first.run("restore", bad, "--replace", code=2)
    assert first.heads() == before
    first.run("verify_journal")
