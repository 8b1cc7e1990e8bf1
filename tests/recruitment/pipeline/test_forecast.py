"""The forecast as a calculation: what it must never say, whom it counts, what it may not know."""

import gc
import json
import os
import subprocess
import sys
import weakref
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.facts import NEVER
from recruitment.models import Plan
from recruitment.pipeline.forecast import forecast
from recruitment.pipeline.latest import Latest
from recruitment.quotas.progress import progress
from tests.recruitment.pipeline import forecast_world as fw

LAST = date(2026, 11, 30)
ON = date(2026, 7, 1)
TARGETS = {"BRVT": 390, "BRVT-DD": 20, "BRVT-VT": 40, "BRVT-BP": 0}


@pytest.fixture(scope="module")
def roads():
    return fw.history_roads(LAST)


def plans():
    return [(fw.year_plan(year), TARGETS if year != 2025 else {}) for year in (2025, 2026, 2027)]


@pytest.fixture(scope="module")
def known(roads):
    return fw.snapshot(fw.province(), roads, plans())


def told(snapshot, code="BRVT", on=ON, plan="P-2026"):
    return forecast(snapshot, progress(snapshot, plan, code, on=on))


# What it says ------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(
    unit=st.sampled_from(["BRVT", *fw.UNITS]),
    on=st.dates(date(2025, 1, 1), date(2027, 2, 1)),
    plan=st.sampled_from(["P-2025", "P-2026", "P-2027"]),
)
def test_numbers_stand_in_order_and_agree_with_attainment(known, unit, on, plan):
    found, said = progress(known, plan, unit, on=on), told(known, unit, on, plan).as_json()
    assert (said["target"], said["admitted"]) == (found.goal, found.admitted)
    assert (said["plan"], said["committee"], said["on"]) == (plan, unit, on.isoformat())
    assert said["admitted"] <= said["low"] <= said["expected"] <= said["high"]
    assert said["chance"] is None if found.goal is None else 0 <= said["chance"] <= 1
    if found.goal is not None and found.admitted >= found.goal:
        assert said["chance"] == 1
    if on >= found.plan.last_day:
        assert said["low"] == said["high"] == said["expected"] == said["admitted"]
        assert said["chance"] in {None, 0, 1} and said["candidacies"] == []


@settings(max_examples=12)
@given(unit=st.sampled_from(["BRVT", "BRVT-DD", "BRVT-VT"]), on=st.dates(date(2025, 3, 1), date(2026, 10, 1)))
def test_nothing_after_the_day_is_known(known, roads, unit, on):
    """The same facts cut at the day: nobody who came later, no later step, admission or certificate."""
    cut = [(code, [step for step in road if step[1] <= on]) for code, road in roads]
    then = fw.snapshot(fw.province(), [one for one in cut if one[1]], plans())
    now, past = (told(one, unit, on).as_json() for one in (known, then))
    ids = {  # the roads were numbered anew
        k: number for number, k in enumerate((k for k, one in enumerate(cut, 1) if one[1]), 1)
    }
    for row in now["candidacies"]:
        row["candidacy"] = ids[row["candidacy"]]
    assert sorted(map(str, now.pop("candidacies"))) == sorted(map(str, past.pop("candidacies")))
    assert now == past


def test_the_same_in_another_process(known):
    program = (
        "import django; django.setup()\n"
        "import json\n"
        "from tests.recruitment.pipeline import test_forecast as t\n"
        "known = t.fw.snapshot(t.fw.province(), t.fw.history_roads(t.LAST), t.plans())\n"
        "print(json.dumps([t.told(known, unit).as_json() for unit in ('BRVT', 'BRVT-DD')]))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        cwd=Path(__file__).resolve().parents[3], env=_environment(),
    )  # fmt: skip
    assert json.loads(answer.stdout) == [told(known, unit).as_json() for unit in ("BRVT", "BRVT-DD")]


def _environment():
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "recruitment.settings", "PYTHONHASHSEED": "7"}


@pytest.mark.parametrize("unit", ["BRVT", "BRVT-CD"])
def test_who_joins_a_queue_never_lowers_what_is_expected(known, roads, unit):
    place = "BRVT-VT" if unit == "BRVT" else unit
    before = told(known, unit).come.mean
    for stage in ("source", "class", "dossier", "cell", "submitted"):
        more = fw.snapshot(fw.province(), [*roads, *[(place, [(stage, ON)])] * 5], plans())
        assert told(more, unit).come.mean >= before, stage


# Too little to say -------------------------------------------------------------------------------------


def road(begun, *waits_, end="decided"):
    """A road from the source on that lay so many days at each stage; `end`: what the last wait led to."""
    steps, day = [("source", begun)], begun
    names = ["class", "dossier", "cell", "submitted", "decided"]
    for k, days in enumerate(waits_):
        day += timedelta(days=days)
        steps.append((end if k == len(waits_) - 1 and end == "closed" else names[k], day))
    return steps


def small(count=60, *, since=date(2024, 1, 3), units=("A-1", "A-2"), more=(), plan=None, **said):
    """A province A of two units and a cell; `count` roads of A-1 a fortnight apart, each in nine months to its
    decision."""
    kinds = {"A": "province", "A-1": "upper", "A-2": "upper", "A-1-1": "cell"}
    shape = fw.structure(kinds, {"A-1": "A", "A-2": "A", "A-1-1": "A-1"})
    made = [("A-1-1", road(since + timedelta(days=14 * k), 90, 60, 60, 20, 40)) for k in range(count)]
    made = [(code, [step for step in steps if step[1] <= ON]) for code, steps in made if steps[0][1] <= ON]
    return fw.snapshot(shape, [*made, *more], [(plan or fw.year_plan(2026), {"A": 12})], **said)


def test_too_few_roads_say_nothing():
    said = told(small(19), "A").as_json()
    assert "19 hồ sơ" in said["why_not"] and "20" in said["why_not"]
    assert [said[name] for name in ("expected", "low", "high", "chance")] == [None] * 4
    assert (said["target"], said["admitted"], said["candidacies"]) == (12, 0, [])
    assert "why_not" not in told(small(20), "A").as_json()


def test_a_register_of_a_few_months_says_nothing():
    quick = [("A-1-1", road(date(2025, 9, 1), 10, 10, 10, 10, 10)) for _k in range(30)]
    said = told(small(0, more=quick), "A").as_json()
    assert "một năm" in said["why_not"] and said["expected"] is None


def test_a_plan_that_ends_in_many_years_says_nothing():
    far = Plan(pk=2026, code="P-2026", name="xa", since=date(2026, 1, 1), until=date(2036, 1, 1))
    assert "quá xa" in told(small(plan=far), "A").why_not


def test_a_unit_of_few_roads_shows_its_dates_alone():
    some = small(more=[("A-2", [("source", date(2026, 3, 1)), ("class", date(2026, 6, 1))])] * 4)
    said = told(some, "A-2").as_json()
    assert "4 hồ sơ" in said["why_not"] and said["expected"] is None
    assert len(said["candidacies"]) == said["in_time"] == 4


def test_a_cell_shows_its_dates_alone():
    said = told(small(), "A-1-1").as_json()
    assert "chi bộ" in said["why_not"] and said["expected"] is None
    assert {row["cell"] for row in said["candidacies"]} == {"A-1-1"}
    assert "why_not" not in told(small(), "A-1").as_json()


# Pooling -----------------------------------------------------------------------------------------------


def test_few_go_as_those_above_and_many_as_themselves():
    """A-2's dossiers lie twice as long. Of three it is not believed, of sixty it is."""
    slow = [
        ("A-2", road(date(2023, 1, 3) + timedelta(days=14 * k), 180, 120, 120, 40, 80)) for k in range(60)
    ]

    def speed(count):
        mixed = small(60, since=date(2023, 1, 3), more=[*slow[:count], *[("A-2", [("source", ON)])] * 5])
        fast, own = (told(mixed, unit).rates.forward.mean(0)[1, :6].mean() for unit in ("A-1", "A-2"))
        return own / fast

    assert speed(3) > 0.75
    assert speed(60) < 0.65


def test_the_usual_time_is_the_units_own_where_it_has_enough():
    slow = [
        ("A-2", road(date(2023, 1, 3) + timedelta(days=14 * k), 180, 120, 120, 40, 80)) for k in range(12)
    ]
    fresh = [("A-2", [("source", ON)])] * 5
    assert [one.days for one in told(small(more=slow + fresh), "A-2").usual] == [180, 120, 120, 40, 80]
    assert [one.days for one in told(small(more=slow[:9] + fresh), "A-2").usual] == [90, 60, 60, 20, 40]


# What the plan counts ----------------------------------------------------------------------------------


def test_a_plan_of_ceremonies_waits_for_them():
    def with_ceremony(steps):
        done = dict(steps).get("decided")
        return [*steps, ("probation", done + timedelta(days=30))] if done else steps

    made = [
        ("A-1-1", with_ceremony(road(date(2024, 1, 3) + timedelta(days=14 * k), 90, 60, 60, 20, 40)))
        for k in range(60)
    ]
    made = [(code, [step for step in steps if step[1] <= ON]) for code, steps in made if steps[0][1] <= ON]
    by_ceremony = fw.year_plan(2026, counts_by=Plan.CountsBy.CEREMONY)
    for plan, steps in ((by_ceremony, "probation"), (fw.year_plan(2026), "decided")):
        found = told(small(0, more=made, plan=plan), "A")
        latest = found.as_json()["candidacies"][-1]["latest"]
        assert list(latest)[-1] == steps and latest[steps] == "2026-12-31"
        held = [dict(steps_)[steps] for _code, steps_ in made if steps in dict(steps_)]
        assert found.admitted == sum(day >= date(2026, 1, 1) for day in held)


def test_a_plan_of_classes_counts_certificates():
    plan = fw.year_plan(2026, counts=Plan.Counts.TRAINED)
    found = told(small(since=date(2024, 9, 3), plan=plan), "A")
    assert found.admitted == sum(
        day.year == 2026
        for day in (date(2024, 9, 3) + timedelta(days=14 * k + 90) for k in range(60))
        if day <= ON
    )
    # Every fortnight one comes and ninety days later one is through: thirteen in the half year to come.
    assert found.interval[0] <= found.admitted + 13 <= found.interval[1]
    assert all(list(row["latest"]) == ["class"] for row in found.as_json()["candidacies"])


def test_who_is_admitted_without_having_been_followed_is_expected_again():
    direct = [("A-2", date(2024, 1, 10) + timedelta(days=10 * k)) for k in range(90)]
    with_, without = told(small(admitted=direct), "A"), told(small(), "A")
    assert with_.come.mean - without.come.mean == pytest.approx(18.3, abs=2)


# The latest days ---------------------------------------------------------------------------------------


def waiting(*stages):
    """Dossiers of A-2 at these stages since 1/6/2026, a certificate of the year before."""
    names = ["source", "class", "dossier", "cell", "submitted"]
    return [
        ("A-2", [(name, date(2025, 6, 1) + timedelta(days=k)) for k, name in enumerate(names[: names.index(stage)])]
         + [(stage, date(2026, 6, 1))])
        for stage in stages
    ]  # fmt: skip


def test_days_are_counted_back_by_the_usual_times():
    rows = told(small(more=waiting("class", "dossier", "cell", "submitted", "source")), "A-2").as_json()
    said = {row["stage"]: row["latest"] for row in rows["candidacies"]}
    assert said["submitted"] == {"decided": "2026-12-31"}
    assert said["cell"] == {"submitted": "2026-11-21", "decided": "2026-12-31"}
    assert said["dossier"] == {"cell": "2026-11-01", **said["cell"]}
    assert said["class"] == {"dossier": "2026-09-02", **said["dossier"]}
    assert said["source"] == {"class": "2026-07-04", **said["class"]}
    days = [min(row["latest"].values()) for row in rows["candidacies"]]
    assert days == sorted(days)


@pytest.mark.parametrize(("on", "possible"), [(date(2026, 9, 2), True), (date(2026, 9, 3), False)])
def test_the_latest_day_itself_is_in_time(on, possible):
    made = small(more=waiting("class") * 5)
    said = told(made, "A-2", on).as_json()
    assert (len(said["candidacies"]), said["in_time"]) == ((5, 5) if possible else (0, 0))


@pytest.mark.parametrize(
    ("issued", "in_time", "lapsing", "listed", "vote"),
    [
        (date(2021, 11, 2), 1, 0, 1, "2026-11-01"),  # holds to 2/11/2026
        (date(2021, 11, 1), 1, 0, 1, "2026-11-01"),  # to the very day of the vote
        (date(2021, 10, 31), 0, 1, 1, "2026-10-31"),
        (date(2021, 9, 1), 0, 1, 1, "2026-09-01"),
        (date(2021, 8, 30), 0, 1, 1, "2026-08-30"),  # the dossier by 1/7, the day asked
        (date(2021, 8, 29), 0, 1, 0, None),
        (date(2020, 1, 1), 0, 1, 0, None),
    ],
)
def test_who_loses_the_certificate_first_is_told_apart(issued, in_time, lapsing, listed, vote):
    made = small(more=waiting("class"), certificates={60: issued})
    said = told(made, "A-2").as_json()
    assert (said["in_time"], said["lose_certificate"]) == (in_time, lapsing)
    assert len(said["candidacies"]) == listed
    if listed:
        row = said["candidacies"][0]
        assert row["latest"]["cell"] == vote and row["latest"]["decided"] == "2026-12-31"
        assert row.get("certificate_lapses") == (vote if lapsing else None)


def test_after_the_vote_and_before_the_class_no_certificate_is_asked():
    old = {60: date(2020, 1, 1), 61: date(2020, 1, 1), 62: date(2020, 1, 1)}
    said = told(small(more=waiting("cell", "submitted", "source"), certificates=old), "A-2").as_json()
    assert (said["in_time"], said["lose_certificate"], len(said["candidacies"])) == (3, 0, 3)


def test_a_snapshot_goes_with_its_readers():
    made = small()
    gone, kept = weakref.ref(made), told(made, "A")
    assert told(made, "A") is kept
    del made
    gc.collect()
    assert kept.latest is not None and gone() is None


def test_latest_knows_no_step_that_was_made():
    made = small(more=waiting("dossier"))
    found = told(made, "A-2").latest
    assert isinstance(found, Latest)
    assert (found.days[:, :2] == NEVER).all() and (found.days[:, 2:] < NEVER).all()
