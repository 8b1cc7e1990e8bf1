"""Writing that leaves no trace."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone():
    """Takes back what is written meanwhile. Like a test's own transaction, it does not hinder a durable one inside."""
    around = transaction.atomic()
    around._from_testcase = True
    with around:
        try:
            yield
        finally:
            transaction.set_rollback(True)
