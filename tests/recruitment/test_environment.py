"""The start: a wrong setting stops it with one clear line, right settings pass Django's own deployment check."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": "k3y-" + "q7Zw-pL2x_" * 6,
    "ALLOWED_HOSTS": "dang.example.vn,10.0.0.5",
    "DATABASE_URL": "postgres://app:mat-khau@db.example.vn/app",
    "TRUST_PROXY": "1",
}


def start(*arguments, **variables):
    # The browser tests allow themselves queries beside their event loop; a deployment must not.
    ours = {
        "DEBUG",
        "TESTING",
        "HSTS_DAYS",
        "DATABASE_POOL",
        "EMAIL_URL",
        "EMAIL_FROM",
        "SITE_URL",
        "DJANGO_ALLOW_ASYNC_UNSAFE",
        *GOOD,
    }
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | {name: value for name, value in variables.items() if value is not None},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DEBUG", "maybe"),
        ("TRUST_PROXY", "nginx"),
        ("SECRET_KEY", None),
        ("SECRET_KEY", "   "),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", "https://dang.example.vn"),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", "garbage"),
        ("DATABASE_URL", "mysql://app@db/app"),
        ("DATABASE_URL", "postgres://app:mat-khau@db:99999/app"),
        ("DATABASE_URL", "postgres://app:mat-khau@db/"),
        ("DATABASE_POOL", "many"),
        ("DATABASE_POOL", "0"),
        ("HSTS_DAYS", "-1"),
        ("EMAIL_URL", "may-chu-thu"),
        ("EMAIL_URL", "http://app:mat-khau@mail.example.vn"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp+tls://app:mat-khau@mail.example.vn:99999"),
        ("EMAIL_FROM", "van-phong"),
        ("SITE_URL", "dang.example.vn"),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_line(variable, value):
    result = start("manage.py", "check", **GOOD | {variable: value})
    assert result.returncode == 2
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert f" {variable}:" in line and "cần" in line or "chỉ ghi" in line
    assert "mat-khau" not in line


def test_the_same_start_with_right_values_passes_the_deployment_check():
    result = start("manage.py", "check", "--deploy", "--fail-level", "WARNING", **GOOD)
    assert (result.returncode, result.stderr) == (0, "")
    assert "no issues" in result.stdout


def test_a_mail_server_needs_a_sender():
    server = GOOD | {"EMAIL_URL": "smtp+tls://app:mat-khau@mail.example.vn:587"}
    alone = start("manage.py", "check", **server)
    assert (alone.returncode, " EMAIL_FROM:" in alone.stderr) == (2, True)
    assert start("manage.py", "check", **server | {"EMAIL_FROM": "van-phong@example.vn"}).returncode == 0


def test_debug_alone_is_enough_to_start():
    assert start("manage.py", "check", DEBUG="1").returncode == 0


def test_the_development_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    from recruitment.environment import development_key

    key = development_key(tmp_path)
    assert len(key) >= 50
    assert development_key(tmp_path) == key
    [file] = tmp_path.iterdir()
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_models_and_migrations_agree():
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_requirements_are_pinned_hashed_and_name_no_address():
    for name in ["requirements.txt", "requirements-dev.txt"]:
        text = (ROOT / name).read_text()
        assert "://" not in text
        blocks = [block for block in text.replace("\\\n", " ").splitlines() if block.strip()]
        assert blocks and all("==" in block and "--hash=sha256:" in block for block in blocks)


class TestDev:
    @pytest.fixture
    def dev(self, tmp_path, monkeypatch):
        monkeypatch.syspath_prepend(ROOT)
        import dev

        monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
        monkeypatch.setattr(dev, "PYTHON", tmp_path / ".venv" / "bin" / "python")
        return dev

    def test_a_half_made_environment_is_made_anew(self, dev, monkeypatch):
        (dev.VENV / "bin").mkdir(parents=True)
        (dev.VENV / "bin" / "python").write_text("broken off here")
        made = []
        monkeypatch.setattr(
            dev.venv, "create", lambda path, with_pip: (made.append(path.exists()), path.mkdir())
        )
        monkeypatch.setattr(dev, "install", lambda needed: None)
        dev.ensure(dev=False, aloud=False)
        assert made == [False]  # the rest of the old one was gone by then
        dev.ensure(dev=False, aloud=False)
        assert len(made) == 1  # the stamp says it is up to date

    def test_the_tools_of_the_suite_are_added_when_first_asked_for(self, dev, monkeypatch):
        installed = []
        monkeypatch.setattr(dev.venv, "create", lambda path, with_pip: path.mkdir())
        monkeypatch.setattr(dev, "usable", lambda: True)
        monkeypatch.setattr(dev, "install", installed.append)
        for needed in [False, False, True, False]:
            dev.ensure(dev=needed, aloud=False)
        assert installed == [False, True]

    def test_an_unreachable_index_is_one_line(self, dev, monkeypatch, capsys):
        failure = subprocess.CompletedProcess(
            [], 1, "", "WARNING: Retrying\nERROR: No matching distribution found"
        )
        monkeypatch.setattr(dev.subprocess, "run", lambda *a, **k: failure)
        with pytest.raises(SystemExit) as end:
            dev.install(False)
        assert end.value.code == 2
        [line] = capsys.readouterr().err.splitlines()
        assert "wheels" in line and "mạng" in line

    def test_debug_and_utf8_are_set_unless_set(self, dev, monkeypatch):
        seen = []
        monkeypatch.setattr(
            dev.subprocess,
            "run",
            lambda command, cwd, env: seen.append(env) or subprocess.CompletedProcess([], 0),
        )
        monkeypatch.delenv("DEBUG", raising=False)
        monkeypatch.setenv("PYTHONUTF8", "0")
        dev.run("manage.py", "check")
        assert (seen[0]["DEBUG"], seen[0]["PYTHONUTF8"]) == ("1", "0")
