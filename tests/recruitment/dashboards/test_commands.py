"""attainment and structure on the command line: the documents of the contracts, faults one a line, exit 2."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from recruitment.rules import form2
from tests.recruitment import world as worlds


@pytest.fixture
def world(db):
    return worlds.build()


def run(*arguments):
    """(exit code, stdout, lines of stderr)."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return ended.code, out.getvalue(), err.getvalue().splitlines()
    return 0, out.getvalue(), err.getvalue().splitlines()


class TestAttainment:
    def test_the_document(self, world):
        code, out, faults = run("attainment", "--plan", "KH-2", "--json")
        document = json.loads(out)
        assert (code, faults) == (0, [])
        assert (document["target"], document["admitted"], document["percent"]) == (30, 27, "90.00")
        assert (document["assigned"], document["met"], document["own"]) == (2, 1, 0)
        assert document["previous"] == {"plan": "KH-1", "admitted": 20, "basis": "reported", "difference": 7}
        assert [child["code"] for child in document["children"]] == ["T-1", "T-2"]

    def test_for_people(self, world):
        _code, out, _faults = run("attainment", "--plan", "KH-2", "--committee", "T-2", "--on", "2015-12-31")
        assert "T-2  Tổ chức T-2: 3/10 = 30,00 %, chưa đạt" in out

    @pytest.mark.parametrize(
        ("arguments", "faults"),
        [
            (["--plan", "X"], 1),
            (["--plan", "KH-2", "--committee", "X"], 1),
            (["--plan", "KH-2", "--group", "X"], 1),
            (["--plan", "KH-2", "--on", "x", "--tree-on", "2015-02-30"], 2),
            (["--plan", "KH-2", "--on", "2015-02-01", "--tree-on", "2015-01-01"], 1),
        ],
    )
    def test_bad_input(self, world, arguments, faults):
        code, out, said = run("attainment", *arguments, "--json")
        assert (code, out, len(said)) == (2, "", faults)


class TestStructure:
    def document(self, **asked):
        asked = {"committee": "T", "from": "2014-01-01", "to": "2015-12-31"} | asked
        arguments = [part for name, value in asked.items() for part in (f"--{name}", value)]
        code, out, faults = run("structure", *arguments, "--json")
        assert (code, faults) == (0, [])
        return json.loads(out)

    def test_partitions_sum_to_the_total_and_groups_stand_alone(self, world):
        document = self.document()
        assert document["total"] == 27
        for name in ("age", "education", "qualification", "occupation"):
            assert sum(document[name].values()) == 27
            assert form2.UNKNOWN in document[name]
        assert document["groups"]["women"] == 15
        assert document["occupation"]["Nông, lâm, ngư nghiệp"] == 12
        assert document["education"] == {**dict.fromkeys(form2.EDUCATION, 0), "THPT": 12, "unknown": 15}

    def test_the_mean_is_of_completed_years(self, world):
        document = self.document(committee="T-2")
        assert document["mean_age"] == 34.0  # born 05/05/1980, decided in March 2015
        assert document["age"]["31-35"] == 3

    def test_nobody_has_no_mean(self, world):
        document = self.document(committee="T-1-2")
        assert (document["total"], document["mean_age"]) == (0, None)

    def test_both_ends_count(self, world):
        assert self.document(**{"from": "2014-02-01", "to": "2014-02-01"})["total"] == 1
        assert self.document(**{"from": "2014-02-02", "to": "2014-02-28"})["total"] == 0

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--committee", "X", "--from", "2014-01-01", "--to", "2014-12-31"],
            ["--committee", "T", "--from", "2015-01-01", "--to", "2014-12-31"],
            ["--committee", "T", "--from", "x", "--to", "2014-12-31"],
        ],
    )
    def test_bad_input(self, world, arguments):
        code, out, said = run("structure", *arguments, "--json")
        assert (code, out, len(said)) == (2, "", 1)
