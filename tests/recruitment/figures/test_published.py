"""The five articles: what is kept of them, and that the verdicts are those of the recheck by hand."""

import csv
from pathlib import Path

import pytest

from recruitment.figures.checks import HOLDING, check
from recruitment.figures.statements import SUM, state

FIXTURES = Path(__file__).parents[3] / "fixtures"

HOLDS = """S0-07 S0-08 S0-10 S1-01 S1-05b S1-07 S1-08 S1-09 S1-10 S2-03b S2-05 S2-06 S4-02""".split()
CONTRADICTS = {"S1-05": "part_exceeds_whole", "S1-06": "sum_mismatch"}
DOUBTFUL = {"S0-12", "S1-05b", "S1-11", "S2-09b", "S2-09c", "S2-09d"}
# Every row of the recheck; those that hold several figures were split (S0-11a … j).
RECHECKED = {
    f"S{article}-{row:02}"
    for article, last in ((0, 14), (1, 11), (2, 12), (3, 5), (4, 5))
    for row in range(1, last + 1)
}


@pytest.fixture(scope="module")
def rows():
    with (FIXTURES / "published.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def verdicts(rows):
    statements = [
        state(row["code"], row["operation"] or SUM, row["published"], row["terms"], row["document"])
        for row in rows
    ]
    return {result.statement.code: result for result in check(statements)}


def test_every_rechecked_figure_is_kept(rows):
    assert {row["code"][:5] for row in rows} == RECHECKED
    assert len({row["code"] for row in rows}) == len(rows)


def test_what_holds_holds_and_what_contradicts_is_told(verdicts):
    assert [code for code in HOLDS if verdicts[code].verdict not in HOLDING] == []
    assert {code: verdicts[code].verdict for code in CONTRADICTS} == CONTRADICTS
    others = {code: found.verdict for code, found in verdicts.items() if code not in {*HOLDS, *CONTRADICTS}}
    assert set(others.values()) == {"not_checkable"}, others


def test_both_contradictions_keep_both_numbers_in_sight(verdicts):
    assert verdicts["S1-06"].hint == "Cộng lại được 8.817, kém số in ra 3.316."
    assert "443.137" in verdicts["S1-05"].hint and "43.137 / 46.706 = 92,36 %" in verdicts["S1-05"].hint


def test_what_arithmetic_cannot_find_is_marked_by_hand(rows):
    assert {row["code"] for row in rows if row["doubtful"]} == DOUBTFUL


def test_every_claim_belongs_to_an_article(rows):
    with (FIXTURES / "documents.csv").open(encoding="utf-8", newline="") as file:
        articles = {row["code"] for row in csv.DictReader(file)}
    assert {row["document"] for row in rows} == articles and len(articles) == 5
