"""Two who write at once: what every race asks for, and its control."""

import threading
from contextlib import contextmanager

from django.db import connection, connections

from committees import journal


def together(monkeypatch, *works, locked=True):
    """What came of each of these functions, in no order: its answer, or what it raised. Each runs in a thread and a
    connection of its own, all ready before any holds the pen. locked: False for a control, which takes SQLite's own lock
    away too; the journal's the caller takes away."""
    ready, came, pen = threading.Barrier(len(works), timeout=20), [], journal.pen

    @contextmanager
    def meet(*args, **options):
        connection.ensure_connection()
        if not locked:
            connection.transaction_mode = "DEFERRED"  # SQLite's IMMEDIATE is a lock too
        ready.wait()
        with pen(*args, **options) as holding:
            yield holding

    monkeypatch.setattr(journal, "pen", meet)

    def run(work):
        try:
            came.append(work())
        except Exception as problem:
            came.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(40)
    assert len(came) == len(works)
    monkeypatch.setattr(journal, "pen", pen)
    return came


def failed_last(came):
    """What came of them, what was raised behind the answers."""
    return sorted(came, key=lambda outcome: isinstance(outcome, Exception))
