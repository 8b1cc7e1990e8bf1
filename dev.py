#!/usr/bin/env python3
"""One door for developers and visitors, standard library only, on Windows and Linux.

    python3 dev.py demo          the demonstration, on http://127.0.0.1:8000/
    python3 dev.py test [args]   the test suite (arguments go to pytest); DATABASE_URL chooses the database
    python3 dev.py WORD [args]   manage.py WORD, in the project's own environment

Makes .venv and installs the pinned, hashed requirements when they changed; later starts cost nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
WHEELS = ROOT / "wheels"
USAGE = """Cách dùng:
  python3 dev.py demo          mở bản trình diễn
  python3 dev.py test [...]    chạy bộ kiểm thử
  python3 dev.py LỆNH [...]    chạy manage.py LỆNH
"""
REQUIREMENTS = {False: "requirements.txt", True: "requirements-dev.txt"}


def stop(words: str):
    sys.stderr.write(words + "\n")
    raise SystemExit(2)


def stamp_of(dev: bool) -> str:
    """What an up-to-date environment was made from: this Python, this folder and these requirements."""
    recipe = (ROOT / REQUIREMENTS[dev]).read_bytes() + f"{sys.version}|{ROOT}|{dev}".encode()
    return hashlib.sha256(recipe).hexdigest()


def usable() -> bool:
    """Whether .venv holds a Python of this version that starts and has pip; a broken-off creation does not."""
    ask = "import sys, pip; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and answer.stdout.split() == [str(n) for n in sys.version_info[:2]]


def install(dev: bool) -> None:
    """pip, with hashes; from ./wheels alone where that folder exists."""
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    command += (
        ["--no-index", f"--find-links={WHEELS}"] if WHEELS.is_dir() else ["--retries=2", "--timeout=20"]
    )
    result = subprocess.run([*command, "-r", REQUIREMENTS[dev]], cwd=ROOT, capture_output=True, text=True)
    if result.returncode == 0:
        return
    # pip's last line, not its pages: the first line says what to do about it.
    said = [line for line in result.stderr.splitlines() if line.startswith("ERROR")] or ["ERROR"]
    if WHEELS.is_dir():
        stop(f"Thư mục wheels thiếu gói mà {REQUIREMENTS[dev]} cần: {said[-1][:200]}")
    if any(word in said[0] + said[-1] for word in ("HASH", "hash")):
        stop(f"Gói tải về không khớp mã băm trong {REQUIREMENTS[dev]}; không cài gì.")
    stop(
        "Không tải được gói Python. Kiểm tra mạng, hoặc chép sẵn các gói vào thư mục wheels cạnh dev.py rồi chạy lại."
    )


def ensure(dev: bool, aloud: bool) -> None:
    """Bring .venv up to date. One stamp; an environment with the test tools also serves everything else.

    aloud: say that it takes a while; not where stdout belongs to a command's own answer (`--json`).
    """
    if sys.version_info < (3, 11):  # noqa: UP036  nothing else has looked at it yet when this runs
        stop(f"Cần Python 3.11 trở lên; đây là {sys.version.split()[0]}.")
    stamp = VENV / ".stamp"
    made_from = stamp.read_text() if stamp.exists() else ""
    if made_from == stamp_of(True) or (not dev and made_from == stamp_of(False)):
        return
    stamp.unlink(missing_ok=True)
    if VENV.exists() and not usable():
        shutil.rmtree(VENV)
    if not VENV.exists():
        if aloud:
            sys.stdout.write("Lần đầu: đang tạo môi trường Python trong .venv, mất khoảng một phút…\n")
            sys.stdout.flush()
        try:
            venv.create(VENV, with_pip=True)
        except (subprocess.CalledProcessError, SystemExit, OSError):
            shutil.rmtree(VENV, ignore_errors=True)
            stop("Không tạo được .venv. Trên Debian, Ubuntu: apt-get install python3-venv, rồi chạy lại.")
    install(dev)
    stamp.write_text(stamp_of(dev))


def run(*arguments: str, **variables: str) -> int:
    environment = {"DEBUG": "1", "PYTHONUTF8": "1"} | os.environ | variables
    try:
        return subprocess.run([PYTHON, *arguments], cwd=ROOT, env=environment).returncode
    except KeyboardInterrupt:
        return 130


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    if not arguments or arguments[0] in {"-h", "--help"}:
        sys.stdout.write(USAGE)
        return 0
    word, *rest = arguments
    ensure(dev=word == "test", aloud=word in {"demo", "test"})
    if word == "test":
        return run("-m", "pytest", *rest, TESTING="1")
    return run("manage.py", word, *rest)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
