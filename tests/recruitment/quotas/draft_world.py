"""A province, a plan of next year and two clerks: what the tests of handing down share."""

from datetime import date
from types import SimpleNamespace

import time_machine

from committees import journal
from tests import factories as make

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
TODAY = date(2026, 11, 22)


def build():
    """T with four districts, a plan of next year with a target of 40, and clerks Alice and Bob."""
    with journal.pen(None, "test"):
        at = make.make_province(districts=4)
        plan = make.make_plan("KH-27", at["T"], first=FIRST, last=LAST)
        make.make_quota(plan, at["T"], 40)
    alice, bob = (make.make_account(name) for name in ("an", "binh"))
    return SimpleNamespace(at=at, plan=plan, alice=alice, bob=bob)


def at_the_desk():
    """The day TODAY; the clock stands."""
    return time_machine.travel("2026-11-22T05:00:00+00:00", tick=False)
