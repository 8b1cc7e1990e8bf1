"""One file that holds a database: what `backup` writes and `restore` reads.

A zip with `manifest.json` (format, kind of database, day, migrations, heads of the journal, sha256 and size of the
payload) and `database`: a copy of the SQLite file, or PostgreSQL's custom dump. It goes back only into the same kind
of database. Sign-in sessions are left out: whoever finds a backup must not find open doors in it.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from committees import journal

FORMAT = 1
MANIFEST, PAYLOAD = "manifest.json", "database"
SESSIONS = "django_session"
BLOCK = 1 << 20
# A manifest is a page of text; anything longer was not written here.
MANIFEST_LIMIT = BLOCK


class Unusable(Exception):
    """The file, the database or the tools do not allow it; one line, in Vietnamese."""


def write(path):
    """Write the archive whole or not at all; a file already there is replaced once the new one is complete.

    Returns the manifest. The state is that of one instant, while others go on writing.
    """
    path = Path(path)
    with tempfile.TemporaryDirectory() as folder:
        payload = Path(folder) / PAYLOAD
        heads, migrations = _dump(payload)
        manifest = {
            "format": FORMAT,
            "kind": connection.vendor,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "migrations": migrations,
            "heads": heads,
            "sha256": _sha256(payload),
            "size": payload.stat().st_size,
        }
        try:
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        except OSError as problem:
            raise Unusable(f"{path}: không ghi được vào thư mục này: {problem.strerror}") from None
        half = Path(name)
        try:
            with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
                archive.write(payload, PAYLOAD)
            half.replace(path)
        except OSError as problem:
            raise Unusable(f"{path}: không ghi được: {problem.strerror}") from None
        finally:
            half.unlink(missing_ok=True)
    return manifest


def read(path, folder):
    """(manifest, payload unpacked into the folder). Unusable unless every byte is as it was written and this program
    knows the schema in it."""
    payload = Path(folder) / PAYLOAD
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(MANIFEST).file_size > MANIFEST_LIMIT:
                raise Unusable(f"{path}: không phải bản sao lưu của ứng dụng này")
            manifest = json.loads(archive.read(MANIFEST))
            _judge(path, manifest, archive.getinfo(PAYLOAD).file_size)
            with archive.open(PAYLOAD) as packed, payload.open("wb") as file:
                shutil.copyfileobj(packed, file, BLOCK)
    except FileNotFoundError:
        raise Unusable(f"{path}: không có tệp này") from None
    except OSError as problem:
        raise Unusable(f"{path}: không đọc được: {problem.strerror or problem}") from None
    except (zipfile.BadZipFile, zipfile.zlib.error, KeyError, TypeError, ValueError, EOFError):
        raise Unusable(f"{path}: tệp hỏng, hoặc không phải bản sao lưu của ứng dụng này") from None
    if _sha256(payload) != manifest["sha256"]:
        raise Unusable(f"{path}: tệp hỏng, nội dung không khớp mã băm ghi lúc sao lưu")
    return manifest, payload


def _judge(path, manifest, size):
    if manifest["format"] != FORMAT or manifest["size"] != size:
        raise Unusable(f"{path}: tệp hỏng, hoặc do phiên bản ứng dụng mới hơn ghi")
    if manifest["kind"] != connection.vendor:
        raise Unusable(
            f"{path}: bản sao lưu của {manifest['kind']}, cơ sở dữ liệu này là {connection.vendor}; "
            "bản sao lưu chỉ khôi phục được vào cùng loại cơ sở dữ liệu"
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    strange = [f"{app}.{name}" for app, name in manifest["migrations"] if (app, name) not in known]
    if strange:
        raise Unusable(
            f"{path}: do phiên bản ứng dụng mới hơn ghi (có {strange[0]}); cần cập nhật ứng dụng rồi khôi phục"
        )


def holds_data():
    """Whether anything was ever written here: an account, or an entry of the journal."""
    tables = set(connection.introspection.table_names())
    if "committees_head" not in tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS(SELECT 1 FROM committees_account) OR EXISTS(SELECT 1 FROM committees_entry)"
        )
        return bool(cursor.fetchone()[0])


def put(manifest, payload, folder):
    """Put the payload in the place of everything, then check that the journal holds and ends as the manifest says;
    if it does not, what was there before comes back. Unusable in that case."""
    before = Path(folder) / "before"
    _dump(before, whole=True)
    try:
        _load(payload)
        # A backup by an older version is brought up to this one.
        call_command("migrate", verbosity=0, interactive=False)
        broken = journal.verify()
        ends = {chain: list(end) for chain, end in journal.heads().items()}
        if broken is not None:
            raise Unusable(f"nhật ký trong bản sao lưu bị sửa: {broken.chain} {broken.number}: {broken.why}")
        if ends != {chain: list(end) for chain, end in manifest["heads"].items()}:
            raise Unusable("đầu chuỗi nhật ký sau khi khôi phục không khớp bản sao lưu")
    except BaseException:
        _load(before)
        raise


def _sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump(path, whole=False):
    """Copy the database into the file. Returns (heads, migrations) of exactly what was copied. whole: with sessions."""
    return _dump_sqlite(path, whole) if connection.vendor == "sqlite" else _dump_postgresql(path, whole)


def _load(path):
    return _load_sqlite(path) if connection.vendor == "sqlite" else _load_postgresql(path)


def _dump_sqlite(path, whole):
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        try:
            if not whole:
                copy.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608 - a constant
                copy.commit()
                copy.execute("VACUUM")
            heads = copy.execute("SELECT chain, number, hash FROM committees_head").fetchall()
            migrations = copy.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
        except sqlite3.OperationalError:
            if whole:
                return {}, []
            raise Unusable("cơ sở dữ liệu chưa có bảng nào của ứng dụng: chạy migrate trước") from None
    return {chain: [number, bytes(digest).hex()] for chain, number, digest in heads}, migrations


def _load_sqlite(path):
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        try:
            sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        except sqlite3.DatabaseError:
            sound = False
        if not sound:
            raise Unusable("tệp cơ sở dữ liệu trong bản sao lưu bị hỏng")
        copy.backup(connection.connection)
    connection.close()  # opened anew: its statements and pragmas belong to the file that was


def _dump_postgresql(path, whole):
    left_out = [] if whole else [f"--exclude-table-data={SESSIONS}"]
    connection.ensure_connection()
    with connection.connection.transaction(), connection.connection.cursor() as cursor:
        # The dump, the heads and the migrations are of the same instant.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        if "committees_head" not in connection.introspection.table_names(cursor):
            if not whole:
                raise Unusable("cơ sở dữ liệu chưa có bảng nào của ứng dụng: chạy migrate trước")
            heads, migrations = [], []
        else:
            heads = cursor.execute("SELECT chain, number, hash FROM committees_head").fetchall()
            migrations = MigrationRecorder(connection).migration_qs.order_by("id").values_list("app", "name")
            migrations = [list(row) for row in migrations]
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={path}",
            *left_out,
        )
    return {chain: [number, bytes(digest).hex()] for chain, number, digest in heads}, migrations


def _load_postgresql(path):
    """One transaction: readers see all that was or all that is now."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    script, clearing = path.with_suffix(".sql"), path.with_suffix(".drop")
    names = ", ".join(connection.ops.quote_name(name) for name in tables)
    clearing.write_text(f"DROP TABLE {names} CASCADE;" if names else "", encoding="utf-8")
    _run("pg_restore", f"--file={script}", "--no-owner", "--no-privileges", str(path))
    connection.close()
    _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
         f"--file={clearing}", f"--file={script}")  # fmt: skip


def _where():
    """The connection for PostgreSQL's own programs, in the environment: a password in an argument is readable to all."""
    said = connection.settings_dict
    given = {
        "PGHOST": said["HOST"],
        "PGPORT": str(said["PORT"] or ""),
        "PGUSER": said["USER"],
        "PGPASSWORD": said["PASSWORD"],
        "PGDATABASE": said["NAME"],
    }
    return {name: value for name, value in given.items() if value}


def _run(program, *arguments):
    found = shutil.which(program)
    if found is None:
        raise Unusable(f"thiếu chương trình {program}: cài gói postgresql-client cùng phiên bản với máy chủ")
    done = subprocess.run([found, *arguments], env=os.environ | _where(), capture_output=True, text=True)  # noqa: S603
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["không nói lý do"]
        raise Unusable(f"{program}: {said[0]}")
