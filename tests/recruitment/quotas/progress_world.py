"""A province under a plan of five years: what the tests of its progress share."""

from datetime import date, timedelta

from recruitment import columns
from recruitment.quotas.progress import progress
from tests.factories import make_plan, make_province

FIRST, LAST = date(2011, 1, 1), date(2015, 12, 31)
BEFORE, AFTER = FIRST - timedelta(days=1), LAST + timedelta(days=1)


def build():
    """Province T with two districts, two communes each, two cells each; plan KH over 2011–2015."""
    made = make_province("T", districts=2, communes=2, cells=2)
    made["plan"] = make_plan("KH", made["T"], first=FIRST, last=LAST)
    return made


def ask(committee="T", plan="KH", **question):
    return progress(columns.current(), plan, committee, **question)


def child(answer, code):
    return next(row for row in answer.children if row.code == code)
