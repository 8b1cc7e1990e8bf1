"""Cleans a scan in a process of its own, which may take so long and so much memory and no more, and knows no secret: what a
hostile file does, it does there."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from math import ceil
from pathlib import Path

from .scan_kinds import MB, Cleaned, Limits, ScanError

SECONDS = 20
# All the memory it may ask for; most of it is what the interpreter and its libraries reserve and never touch.
MEMORY = 1024 * MB
PLACE = Path(__file__).resolve().parents[2]
# What a program needs to start; no setting, no key and no address of a database goes along.
_PASSED = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH", "LANG")


def clean(files, limits, seconds=SECONDS):
    """As `scan.clean`; ScanError too where it took too long or too much."""
    head = {"limits": asdict(limits), "files": [[name, len(content)] for name, content in files]}
    said = json.dumps(head).encode() + b"\n" + b"".join(content for _name, content in files)
    environment = {name: os.environ[name] for name in _PASSED if name in os.environ} | {"PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", __name__, str(ceil(seconds))],
            input=said, capture_output=True, timeout=seconds, cwd=PLACE, env=environment, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _too_heavy() from None
    answer, _line, content = done.stdout.partition(b"\n")
    if done.returncode or not answer:
        raise _too_heavy()
    told = json.loads(answer)
    if "fault" in told:
        raise ScanError(told["fault"])
    return Cleaned(content, told["kind"], told["pages"])


def _too_heavy():
    return ScanError(
        "Tệp quá nặng hoặc quá rắc rối để đọc. Quét lại ở độ nét thấp hơn, hoặc in lại thành PDF."
    )


def _bound(seconds):
    """Where the system can, it stops this process itself."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(seconds):
    """Answers on its output: a line of JSON, then the bytes."""
    _bound(seconds)
    from . import scan

    head = json.loads(sys.stdin.buffer.readline())
    files = [(name, sys.stdin.buffer.read(size)) for name, size in head["files"]]
    try:
        made = scan.clean(files, Limits(**head["limits"]))
    except ScanError as fault:
        told, content = {"fault": str(fault)}, b""
    else:
        told, content = {"kind": made.kind, "pages": made.pages}, made.content
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + content)


if __name__ == "__main__":
    main(int(sys.argv[1]))
