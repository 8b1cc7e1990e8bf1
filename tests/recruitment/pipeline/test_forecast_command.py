"""The command `forecast` over a database: its document, its refusals, and that a day's answer stands for ever."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from committees import journal
from recruitment.models import Plan, Stage
from recruitment.pipeline import actions
from tests import factories as make

pytestmark = pytest.mark.django_db
ON = date(2015, 7, 1)
STAGES = (Stage.CLASS, Stage.DOSSIER, Stage.CELL, Stage.SUBMITTED)


@pytest.fixture
def world():
    """T with two districts; every fortnight since 2013 somebody in T-1-1-1, on the road for eight months; plan of 2015."""
    with journal.pen(None, "test"):
        at = make.make_province(districts=2)
        plan = make.make_plan("KH-2015", at["T"], first=date(2015, 1, 1), last=date(2015, 12, 31))
        make.make_quota(plan, at["T"], 26)
        for k in range(62):
            begun = date(2013, 1, 7) + timedelta(days=14 * k)
            steps = [(stage, begun + timedelta(days=50 * n)) for n, stage in enumerate(STAGES, 1)]
            candidacy = make.make_candidacy(at["T-1-1-1"], begun, *[step for step in steps if step[1] <= ON])
            make.make_certificate(candidacy.cell, begun + timedelta(days=50), person=candidacy.person)
            if (decided := begun + timedelta(days=240)) <= ON:
                admit(candidacy, decided)
    return at


def admit(candidacy, day):
    make.make_admission(candidacy.cell, day, person=candidacy.person, candidacy=candidacy)
    actions.advance(candidacy, Stage.DECIDED, on=day)


def asked(capsys, *options, on=ON):
    call_command("forecast", "--plan", "KH-2015", "--on", on.isoformat(), "--json", *options)
    return json.loads(capsys.readouterr().out)


def attainment(capsys, on):
    call_command("attainment", "--plan", "KH-2015", "--on", on.isoformat(), "--json")
    return json.loads(capsys.readouterr().out)


def test_the_document(world, capsys):
    said, there = asked(capsys), attainment(capsys, ON)
    assert list(said)[:9] == [
        "plan", "committee", "on", "target", "admitted", "expected", "low", "high", "chance",
    ]  # fmt: skip
    assert (said["plan"], said["committee"], said["on"]) == ("KH-2015", "T", "2015-07-01")
    assert (said["target"], said["admitted"]) == (there["target"], there["admitted"]) == (26, 13)
    assert 13 < said["low"] <= said["expected"] <= said["high"]
    assert abs(said["expected"] - 26) <= 3 and 0 < said["chance"] < 1
    row = said["candidacies"][0]
    assert set(row) == {"candidacy", "cell", "stage", "latest"} and row["cell"] == "T-1-1-1"
    assert (
        list(row["latest"])
        == [stage.value for stage in (*STAGES, Stage.DECIDED)][
            [stage.value for stage in (Stage.SOURCE, *STAGES)].index(row["stage"]) :
        ]
    )


def test_what_comes_later_does_not_change_the_answer_of_a_day(world, capsys):
    before = asked(capsys)
    with journal.pen(None, "test"):
        cell = world["T-1-1-1"]
        for k in range(9):
            make.make_candidacy(cell, ON + timedelta(days=1 + k), (Stage.CLASS, ON + timedelta(days=40)))
            make.make_admission(cell, ON + timedelta(days=2 + k))
            make.make_certificate(cell, ON + timedelta(days=3))
        for candidacy in list(cell.candidacies.filter(stage=Stage.SUBMITTED)):
            admit(candidacy, ON + timedelta(days=5))
        for candidacy in list(cell.candidacies.filter(stage=Stage.CLASS, entered_on__lte=ON)):
            actions.advance(candidacy, Stage.CLOSED, on=ON + timedelta(days=7))
        make.make_quota(Plan.objects.get(), world["T"], 40, effective_on=ON + timedelta(days=1))
        cell.admissions.filter(decided_on__lt=ON).update(cancelled_on=ON + timedelta(days=4))
    assert asked(capsys) == before
    assert asked(capsys, on=ON + timedelta(days=20)) != before


def test_after_the_plan_it_is_what_attainment_says(world, capsys):
    for on in (date(2015, 12, 31), date(2016, 3, 1)):
        said, there = asked(capsys, on=on), attainment(capsys, on)
        assert said["low"] == said["expected"] == said["high"] == said["admitted"] == there["admitted"]
        assert (said["chance"], said["candidacies"]) == (0, [])


def test_before_the_plan_it_is_told_from_the_dossiers(world, capsys):
    said = asked(capsys, on=date(2014, 10, 1))
    assert said["admitted"] == 0 and 10 < said["expected"] < 40


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--plan", "KH", "--on", "2015-07-01"), "“KH”"),
        (("--plan", "KH-2015", "--on", "01/07/2015"), "--on"),
        (("--plan", "KH-2015", "--on", "2015-07-01", "--committee", "Z"), "“Z”"),
        (("--plan", "KH-2015", "--on", "1800-07-01"), "chưa thành lập"),
    ],
)
def test_bad_input_is_one_line(world, capsys, options, told):
    with pytest.raises(SystemExit) as stop:
        call_command("forecast", *options)
    out, err = capsys.readouterr()
    assert stop.value.code == 2 and out == "" and len(err.splitlines()) == 1 and told in err


def test_an_ended_committee_has_none(world, capsys):
    make.end_committee(world["T-2"], date(2015, 3, 1), world["T-1"])
    said = asked(capsys, "--committee", "T-2")
    assert "28/02/2015" in said["why_not"] and said["expected"] is None and said["admitted"] == 0
    assert asked(capsys, "--committee", "T-1")["expected"] >= 20


def test_it_is_told_in_words(world, capsys):
    call_command("forecast", "--plan", "KH-2015", "--on", "2015-07-01")
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "T – KH-2015, đến hết ngày 01/07/2015: 13/26"
    assert told[1].startswith("Dự kiến cuối kỳ: 2") and told[2].startswith("Khả năng đạt chỉ tiêu: ")
    assert told[3].endswith("hồ sơ còn kịp, 0 mất chứng nhận trước")
    call_command("forecast", "--plan", "KH-2015", "--on", "2015-07-01", "--committee", "T-2")
    assert "Không dự báo: chưa đủ dữ liệu" in capsys.readouterr().out
