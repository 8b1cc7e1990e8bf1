"""Every shape in which a resolution writes a target: read, written again, counted; a rate never without its base."""

import html
import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from committees.models import Role
from recruitment import columns, fields
from recruitment.fields import MOST, Aim
from recruitment.models import Plan, Quota
from recruitment.quotas.progress import progress
from recruitment.quotas.targets import (
    base_words,
    in_years,
    of_quota,
    target_short,
    target_words,
    written,
    years_of,
)
from tests import factories as make

BASE = "3 % của 467 đảng viên ngày 31/12/2025"


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("9.352", Aim(9352)),
        (9352, Aim(9352)),
        (20.0, Aim(20)),
        ("0", Aim(0)),
        ("170-200", Aim(170, 200)),
        ("170 – 200", Aim(170, 200)),
        ("Từ 170 đến 200", Aim(170, 200)),
        ("7%", Aim(rate=Decimal(7))),
        ("3,5 %", Aim(rate=Decimal("3.5"))),
        ("từ 3 % trở lên", Aim(rate=Decimal(3), at_least=True)),
        ("Từ 15 trở lên", Aim(15, at_least=True)),
        ("15 trở lên", Aim(15, at_least=True)),
        ("TỐI THIỂU 15", Aim(15, at_least=True)),
        ("ít nhất 15", Aim(15, at_least=True)),
        ("≥ 15", Aim(15, at_least=True)),
        (">=15", Aim(15, at_least=True)),
        ("120/năm", Aim(120, per_year=True)),
        ("120 mỗi năm", Aim(120, per_year=True)),
        ("hằng năm 120", Aim(120, per_year=True)),
        ("1.200 / năm", Aim(1200, per_year=True)),
        ("170-200/năm", Aim(170, 200, per_year=True)),
        ("từ 15 trở lên mỗi năm", Aim(15, at_least=True, per_year=True)),
        ("từ 15 mỗi năm trở lên", Aim(15, at_least=True, per_year=True)),
        ("mỗi năm từ 15 trở lên", Aim(15, at_least=True, per_year=True)),
        ("tối thiểu 15/năm", Aim(15, at_least=True, per_year=True)),
        ("  ", None),
        (None, None),
    ],
)
def test_what_a_resolution_writes_is_read(text, aim):
    assert fields.target(text) == aim


@pytest.mark.parametrize(
    "text",
    ["9,5", "9.70", "-3", "200-170", "170-200 trở lên", "> 15", "trên 15", "từ 15", "/năm", "trở lên", "101%", "7,00001%",
     "nhiều", "12 x", "٣", str(MOST + 1), 9.5, True],
)  # fmt: skip
def test_what_says_something_else_is_refused_in_the_words_of_what_is_wanted(text):
    with pytest.raises(
        ValueError, match="một số nguyên từ 0 trở lên, “15 trở lên”, “120/năm”, khoảng như 170-200"
    ):
        fields.target(text)


numbers = st.integers(0, MOST)
rates = st.integers(0, 100 * 10**4).map(lambda parts: Decimal(parts) / 10**4)
either = st.booleans()
aims = st.one_of(
    st.tuples(numbers, either, either).map(lambda said: Aim(said[0], at_least=said[1], per_year=said[2])),
    st.tuples(numbers, numbers, either).map(lambda said: Aim(*sorted(said[:2]), per_year=said[2])),
    st.tuples(rates, either).map(lambda said: Aim(rate=said[0], at_least=said[1])),
)


@given(aims)
def test_as_it_is_written_it_is_read_again(aim):
    assert fields.target(written(Quota(**aim._asdict()))) == aim


def counted(aim, members=None, **plan):
    """The Target of a plan of the years 2026 to 2030, or as said, and the members of its day."""
    plan = Plan(**{"since": date(2026, 1, 1), "until": date(2031, 1, 1)} | plan)
    heads = [SimpleNamespace(day=date(2025, 12, 31), members=members)] if members is not None else []
    snapshot = SimpleNamespace(small=SimpleNamespace(headcounts={1: heads}))
    return of_quota(snapshot, plan, Quota(committee_id=1, effective_on=plan.since, **aim._asdict()))


@pytest.mark.parametrize(
    ("text", "value", "words", "short", "base"),
    [
        ("9.352", 9352, "9.352", "9.352", ""),
        ("170-200", 170, "170–200", "170–200", ""),
        ("15 trở lên", 15, "từ 15 trở lên", "từ 15 trở lên", ""),
        ("120/năm", 600, "600 (120 mỗi năm)", "600 (120 mỗi năm)", ""),
        ("170-200/năm", 850, "850–1.000 (170–200 mỗi năm)", "850–1.000 (170–200 mỗi năm)", ""),
        ("3%", 15, f"15 ({BASE})", "15 (3 %)", BASE),
        ("từ 3% trở lên", 15, f"từ 15 ({BASE}) trở lên", "từ 15 (3 %) trở lên", BASE),
    ],
)
def test_how_it_counts_and_how_that_is_said(text, value, words, short, base):
    target = counted(fields.target(text), 467)
    assert (target.value, target_words(target), target_short(target), base_words(target)) == (
        value, words, short, base,
    )  # fmt: skip


def test_a_rate_without_members_says_why_in_place_of_its_base():
    target = counted(fields.target("3%"))
    assert (target.value, target_words(target)) == (None, "–")
    assert base_words(target) == "3 %, chưa có số đảng viên trong 12 tháng trước ngày 01/01/2026"


@given(
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    st.integers(1, 84),
    st.integers(0, 27),
    st.integers(0, 10**6),
)
def test_the_years_of_a_plan_are_its_days_once_each_and_a_yearly_count_is_theirs(since, months, days, number):
    plan = Plan(since=since, until=fields.vietnamese.add_months(since, months) + timedelta(days=days))
    years = years_of(plan)
    assert years[0][0] == since and years[-1][1] == plan.last_day
    assert all(
        after == last + timedelta(days=1) for (_, last), (after, _) in zip(years, years[1:], strict=False)
    )
    whole = in_years(plan, number)
    assert whole >= Fraction(number * months, 12)
    if not days and months % 12 == 0:
        assert whole == number * len(years) == number * (months // 12)


# A rate is never shown without its base -----------------------------------------------------------------


@pytest.fixture
def ward(db):
    """T with 3 % of 467 members, T-1 "từ 3 trở lên", T-2 a rate of nobody counted; 12 admitted in T-1."""
    made = make.make_province(districts=2)
    plan = make.make_plan(
        "P-26", made["T"], first=date(2026, 1, 1), last=date(2026, 12, 31), name="Kế hoạch 26"
    )
    make.make_headcount(made["T"], date(2025, 12, 31), 467)
    make.make_quota(plan, made["T"], rate=Decimal(3), document="26-KH/TU")
    make.make_quota(plan, made["T-1"], 3, at_least=True)
    make.make_quota(plan, made["T-2"], rate=Decimal(4))
    make.make_admissions(made["T-1-1-1"], 12, date(2026, 1, 5))
    return made


def page(client, name, *parts, **asked):
    answer = client.get(reverse(f"recruitment:{name}", args=parts), asked)
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.content.decode()).split())


@pytest.mark.parametrize(
    ("name", "parts", "asked"),
    [
        ("dashboard", ["T"], {"plan": "P-26"}),
        ("plan", ["P-26"], {}),
        ("plan-list", [], {}),
        ("quota-list", [], {"committee": "T", "plan": "P-26"}),
        ("quota-history", ["P-26", "T"], {}),
        ("report-annual", ["T"], {"year": 2026}),
    ],
)
def test_every_page_says_what_the_rate_is_of(client, ward, name, parts, asked):
    client.force_login(make.make_account("can-bo", Role.STAFF, ward["T"]))
    said = page(client, name, *parts, **asked)
    assert "467 đảng viên ngày 31/12/2025" in said and "3 %" in said


def test_the_units_of_a_dashboard_say_why_a_rate_cannot_be_counted(client, ward):
    client.force_login(make.make_account("can-bo", Role.STAFF, ward["T"]))
    said = page(client, "dashboard", "T", plan="P-26")
    assert "4 %, chưa có số đảng viên trong 12 tháng trước ngày 01/01/2026" in said
    assert "từ 3 trở lên" in said
    assert f"Chỉ tiêu: 15 ({BASE})" in said, "the message to send round"


@pytest.mark.parametrize(
    ("name", "asked"),
    [("targets", {"plan": "P-26"}), ("plans", {}), ("quotas", {"committee": "T", "plan": "P-26"})],
)
def test_every_file_says_what_the_rate_is_of(client, ward, name, asked):
    client.force_login(make.make_account("can-bo", Role.STAFF, ward["T"]))
    answer = client.get(reverse("recruitment:list-export", args=[name, "csv"]), asked)
    assert "467 đảng viên ngày 31/12/2025" in b"".join(answer.streaming_content).decode()


def test_a_plain_target_stays_a_number_in_a_file(client, ward):
    make.make_quota(Plan.objects.get(), ward["T-1-1"], 7)
    client.force_login(make.make_account("can-bo", Role.STAFF, ward["T"]))
    answer = client.get(reverse("recruitment:list-export", args=["targets", "xlsx"]), {"plan": "P-26"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    heading = next(k for k, row in enumerate(rows) if "Mã tổ chức" in row)
    code, target = rows[heading].index("Mã tổ chức"), rows[heading].index("Chỉ tiêu")
    with_code = {row[code]: row[target] for row in rows[heading + 1 :]}
    assert with_code == {
        "T": f"15 ({BASE})", "T-1": "từ 3 trở lên", "T-1-1": 7,
        "T-2": "4 %, chưa có số đảng viên trong 12 tháng trước ngày 01/01/2026",
    }  # fmt: skip


def test_the_command_says_it_too(ward):
    def ran(*more):
        out = StringIO()
        call_command("attainment", "--plan", "P-26", "--on", "2026-06-30", *more, stdout=out)
        return out.getvalue()

    assert f"12/15 = 80,00 %, chưa đạt ({BASE})" in ran()
    document = json.loads(ran("--json"))
    assert (document["target"], document["rate"], document["base"]) == (
        15, "3", {"value": 467, "day": "2025-12-31"},
    )  # fmt: skip
    first, second = document["children"]
    assert (first["target"], first["at_least"], first["state"]) == (3, True, "met")
    assert (second["target"], second["why_not"][:8], "base" in second) == (None, "chưa có ", False)


def test_a_yearly_count_in_the_document(ward):
    plan = make.make_plan("NK", ward["T"], first=date(2026, 1, 1), last=date(2030, 12, 31))
    make.make_quota(plan, ward["T"], 120, per_year=True)
    said = progress(columns.current(), "NK", on=date(2026, 6, 30)).as_json()
    assert (said["target"], said["per_year"], said["percent"]) == (600, 120, "2.00")
    assert "at_least" not in said and "target_to" not in said
