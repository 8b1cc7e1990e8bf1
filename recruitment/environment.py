"""Reads the environment for settings.py, strictly: a word that is not understood stops the start."""

import os
import re
import secrets
import sys
import tempfile
from pathlib import Path
from typing import NoReturn


def stop(variable: str, wanted: str) -> NoReturn:
    """End the start-up: one line that names the variable and what is wanted. Never prints its value."""
    sys.stderr.write(f"Cấu hình sai: biến môi trường {variable}: {wanted}\n")
    raise SystemExit(2)


def flag(name: str) -> bool:
    """A yes/no variable, no when unset. django-environ would take every unknown word for no."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    stop(name, "cần 1 hoặc 0 (true/false, yes/no, on/off cũng được)")


def whole(name: str, default: int, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both included."""
    value = os.environ.get(name, "").strip() or str(default)
    if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
        stop(name, f"cần một số nguyên từ {low} đến {high}")
    return int(value)


def development_key(folder: Path) -> str:
    """The key of this checkout, made on first use and kept outside git, readable by its owner only."""
    path = folder / ".dev-key"
    try:
        key = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        key = ""
    if len(key) >= 50:
        return key
    key = secrets.token_urlsafe(50)
    try:
        # mkstemp gives mode 600; the rename keeps two first starts from reading half a key.
        handle, name = tempfile.mkstemp(dir=folder, prefix=".dev-key")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key)
        os.replace(name, path)
    except OSError:
        return key  # a read-only checkout: sign-ins last until the server restarts
    return key
