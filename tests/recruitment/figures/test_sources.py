"""The page of published figures: open to all, both numbers where an article contradicts itself, few queries."""

from datetime import date
from pathlib import Path

import pytest

from committees import journal
from committees.models import Committee, Headcount, Kind, Placement
from recruitment import columns
from recruitment.figures.board import board
from recruitment.figures.published import load_published
from recruitment.models import Article, Claim, Group, Plan, ReportedFigure

FIXTURES = Path(__file__).parents[3] / "fixtures"
pytestmark = pytest.mark.django_db


@pytest.fixture
def articles():
    with journal.pen(None, "load"):
        load_published(FIXTURES)


def _page(client):
    return " ".join(client.get("/sources/").content.decode().split())


def test_shows_both_numbers_of_each_contradiction_and_says_so(client, articles):
    page = _page(client)
    assert "<b>2</b> tự mâu thuẫn" in page
    assert "2.206 + 1.967 + 2.334 + 2.310 = 8.817" in page and "bài in 12.133" in page
    assert "443.137 / 46.706 = 948,78 %" in page and "43.137 / 46.706 = 92,36 %" in page
    assert page.count("Mâu thuẫn</span>") == 2


def test_shows_what_only_people_can_doubt(client, articles):
    page = _page(client)
    assert page.count("Cần làm rõ</span>") == 6
    assert "hai mốc không khớp nhau" in page and "trùng đến hai chữ số thập phân" in page


def test_counts_add_up(articles):
    found = board(columns.current())
    assert found.total == Claim.objects.count() == sum(len(lines) for _, lines in found.articles)
    assert found.counts["contradicts"] == 2


def test_says_so_where_nothing_is_kept(client):
    assert "Chưa có bài báo hay báo cáo nào" in _page(client)


def test_loading_again_adds_nothing(articles):
    with journal.pen(None, "load"):
        assert load_published(FIXTURES) == 0
    assert Article.objects.count() == 5


def test_queries_do_not_grow_with_the_figures(articles, django_assert_num_queries):
    snapshot = columns.current()
    with django_assert_num_queries(1):
        everything = board(snapshot)
    assert everything.total == 70


def test_without_loaded_committees_our_figure_is_left_blank(articles):
    lines = [line for _, group in board(columns.current()).articles for line in group]
    assert all(line.ours is None and not line.ours_differs for line in lines)


@pytest.fixture
def province():
    """CB with what the article reports of it, and one claim that our figure does not bear out."""
    with journal.pen(None, "load"):
        committee = Committee.objects.create(code="CB")
        Placement.objects.create(
            committee=committee, name="Cao Bằng", kind=Kind.PROVINCE, since=date(2000, 1, 1)
        )
        Plan.objects.create(
            code="CB-2011-2014",
            name="Bốn năm",
            issuer="Tỉnh ủy",
            committee=committee,
            since=date(2011, 1, 1),
            until=date(2015, 1, 1),
        )
        period = {"committee": committee, "since": date(2011, 1, 1), "until": date(2015, 1, 1)}
        minority = Group.objects.get(code="ethnic_minority")
        ReportedFigure.objects.create(indicator="Kết nạp", value=12133, **period)
        ReportedFigure.objects.create(indicator="Kết nạp", group=minority, value=11360, **period)
        Headcount.objects.create(committee=committee, day=date(2015, 1, 1), members=46705)


def test_our_figure_stands_beside_the_published_one(articles, province):
    lines = {line.claim.code: line for _, group in board(columns.current()).articles for line in group}
    assert lines["S1-06"].ours.text == "12.133" and lines["S1-06"].ours.is_reported
    assert lines["S1-07"].ours.text == "93,63\N{NO-BREAK SPACE}%" and not lines["S1-07"].ours_differs
    assert lines["S1-08"].ours is None, "no farmers are reported here: nothing, never 0 %"


def test_our_figure_that_does_not_bear_out_the_printed_one_says_so(client, articles, province):
    lines = {line.claim.code: line for _, group in board(columns.current()).articles for line in group}
    assert lines["S1-04"].ours.text == "46.705" and lines["S1-04"].ours_differs
    assert "khác số in" in _page(client)


def test_our_figures_cost_no_query_each(articles, province, django_assert_num_queries):
    snapshot = columns.current()
    with django_assert_num_queries(1):
        board(snapshot)
