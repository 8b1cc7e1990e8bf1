"""How a target's number comes about, in words whose arithmetic is right."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.vietnamese import parse_decimal, parse_number
from recruitment.models import Plan, Quota
from recruitment.quotas.target_terms import worked
from recruitment.quotas.targets import of_quota

PLAN = Plan(since=date(2021, 1, 1), until=date(2026, 1, 1))
MEMBERS = SimpleNamespace(
    small=SimpleNamespace(headcounts={1: [SimpleNamespace(day=date(2020, 12, 31), members=467)]})
)


def said(plan=PLAN, **shape):
    return worked(MEMBERS, plan, Quota(committee_id=1, effective_on=plan.since, **shape))


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ({"low": 30}, ""),
        ({"low": 170, "high": 200}, "tính đạt từ mức thấp, 170"),
        ({"low": 15, "at_least": True}, "tính đạt khi có 15"),
        ({"low": 120, "per_year": True}, "120 mỗi năm × 5 năm = 600"),
        (
            {"rate": Decimal(3)},
            "3 % × 467 đảng viên (ngày 31/12/2020) = 14,01, làm tròn lên 15",
        ),
        ({"rate": Decimal(100)}, "100 % × 467 đảng viên (ngày 31/12/2020) = 467"),
        (
            {"rate": Decimal(3), "base_on": date(2023, 1, 1)},
            "chưa tính được: chưa có số đảng viên trong 12 tháng trước ngày 01/01/2023",
        ),
    ],
)
def test_each_shape(shape, words):
    assert said(**shape) == words


def test_a_broken_year_counts_by_its_months():
    plan = Plan(since=date(2021, 1, 1), until=date(2023, 7, 1))
    assert said(plan, low=5, per_year=True) == "5 mỗi năm × 30 tháng : 12 = 12,5, làm tròn lên 13"


@given(st.integers(1, 10**6), st.integers(1, 10**5))
def test_the_terms_of_a_rate_come_to_the_target(rate, members):
    rate = Decimal(rate) / 10**4
    snapshot = SimpleNamespace(
        small=SimpleNamespace(headcounts={1: [SimpleNamespace(day=PLAN.since, members=members)]})
    )
    quota = Quota(committee_id=1, rate=rate, effective_on=PLAN.since)
    words, value = worked(snapshot, PLAN, quota), of_quota(snapshot, PLAN, quota).value
    first, exact = re.fullmatch(r"([\d.,]+) % × [^=]* = ([\d.,]+?)(?:, làm tròn lên [\d.]+)?", words).groups()
    assert Fraction(parse_decimal(first)) == Fraction(rate)
    assert Fraction(parse_decimal(exact)) == Fraction(rate) * members / 100
    last = re.search(r"làm tròn lên ([\d.]+)$", words)
    assert (parse_number(last[1]) if last else int(parse_decimal(exact))) == value
