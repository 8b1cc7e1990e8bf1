"""A committee that was handed over and came back: between, it ended, and the committee above answers for it."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from committees import journal
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world():
    """T over D1 (target 8) and D2; cell C (target 9) left D1 on 01/01/2017 and came back under D2 on 01/01/2018."""
    with journal.pen(None, "test"):
        top = make.make_committee("T", "province")
        first, second = (make.make_committee(code, "upper", top) for code in ("D1", "D2"))
        cell = make.make_committee("C", "grassroots_cell", first)
        make.end_committee(cell, date(2017, 1, 1))
        make.place(cell, "grassroots_cell", second, since=date(2018, 1, 1))
        plan = make.make_plan("KH", top, first=date(2014, 1, 1), last=date(2015, 12, 31))
        make.make_quota(plan, first, 8)
        make.make_quota(plan, cell, 9)
        make.make_admissions(cell, 2, date(2014, 5, 1))


def ask(*arguments):
    """(exit code, the document or the fault)."""
    out, err = StringIO(), StringIO()
    try:
        call_command("attainment", "--plan", "KH", "--json", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return ended.code, err.getvalue()
    return 0, json.loads(out.getvalue())


def test_where_a_committee_and_its_superior_have_the_same_heir_only_the_superiors_target():
    _, found = ask("--committee", "D1", "--tree-on", "2017-06-01")
    assert (found["target"], found["admitted"], found["own"]) == (8, 2, 2)


def test_back_again_it_bears_its_own_target():
    _, found = ask("--committee", "D2", "--tree-on", "2018-06-01")
    assert [(row["code"], row["target"], row["admitted"]) for row in found["children"]] == [("C", 9, 2)]


def test_the_tree_defaults_to_its_last_day_if_it_no_longer_stood():
    code, found = ask("--committee", "C", "--on", "2017-06-01")
    assert (code, found["tree_on"], found["target"], found["admitted"]) == (0, "2016-12-31", 9, 2)


def test_asked_by_a_tree_without_it_the_fault_names_its_heir_and_last_day():
    code, fault = ask("--committee", "C", "--tree-on", "2017-06-01")
    assert code == 2 and "31/12/2016" in fault and "D1" in fault and "chưa thành lập" not in fault
