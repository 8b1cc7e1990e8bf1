"""Work on what strangers send, done in a process of its own, which may take so long and so much memory and no more, and knows
no secret: what a hostile file does, it does there."""

import json
import os
import subprocess
import sys
from math import ceil
from pathlib import Path

SECONDS = 20
# All the memory it may ask for; most of it is what the interpreter and its libraries reserve and never touch.
MEMORY = 1024 * 1024 * 1024
PLACE = Path(__file__).resolve().parents[2]
# What a program needs to start; no setting, no key and no address of a database goes along.
_PASSED = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH", "LANG")


class TooHeavy(Exception):
    """The work took too long or too much."""


def ask(module, head, contents, seconds=SECONDS):
    """(what is told, bytes) as the work of a module, run as a program that calls `answer`, gives them. head: a dict of what
    JSON holds; contents: [bytes]. TooHeavy. About half a second before the work begins."""
    said = json.dumps({"head": head, "sizes": [len(content) for content in contents]}).encode()
    environment = {name: os.environ[name] for name in _PASSED if name in os.environ} | {"PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", module, str(ceil(seconds))],
            input=b"\n".join([said, b"".join(contents)]), capture_output=True, timeout=seconds, cwd=PLACE, env=environment,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise TooHeavy from None
    answer, _line, content = done.stdout.partition(b"\n")
    if done.returncode or not answer:
        raise TooHeavy
    return json.loads(answer), content


def answer(work):
    """The program's side: work(head, contents) gives (what is told, bytes) within the bounds."""
    _bound(int(sys.argv[1]))
    said = json.loads(sys.stdin.buffer.readline())
    told, content = work(said["head"], [sys.stdin.buffer.read(size) for size in said["sizes"]])
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + content)


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
