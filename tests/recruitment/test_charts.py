import re
from datetime import date
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from recruitment import charts

# Cumulative admissions of the design's own chart: 66 months, target 9.352, behind until month 45.
ONCE = [107, 217, 338, 442, 561, 713, 783, 888, 993, 1096, 1244, 1360, 1466, 1563, 1697, 1784, 1886, 2022]


@pytest.mark.parametrize(
    ("admitted", "target", "wanted"),
    [
        (152, 100, charts.Bullet("62.5", "95", "met", False)),
        (515, 358, charts.Bullet("62.5", "89.91", "met", False)),
        (1310, 1450, charts.Bullet("62.5", "56.47", "behind", False)),
        (1060, 1058, charts.Bullet("62.5", "62.62", "met", False)),
        (38, 20, charts.Bullet("62.5", "100", "met", True)),
        (32, 20, charts.Bullet("62.5", "100", "met", False)),
        (0, 20, charts.Bullet("62.5", "0", "behind", False)),
        (5, 0, None),
        (5, None, None),
    ],
)
def test_bullet(admitted, target, wanted):
    assert charts.bullet(admitted, target) == wanted


def test_a_reported_figure_is_dashed_met_or_not():
    assert charts.bullet(7666, 7200, reported=True) == charts.Bullet("62.5", "66.55", "said", False)
    assert charts.bullet(1, 2, reported=True).kind == "said"


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_bullet_never_leaves_its_scale_and_colour_means_met(admitted, target):
    chart = charts.bullet(admitted, target)
    assert 0 <= Fraction(chart.width) <= 100
    assert chart.kind == ("met" if admitted >= target else "behind")
    assert chart.cut == (admitted * 10 > target * 16)


def test_hero_of_the_design():
    assert charts.hero(9701, 9352, earlier=7666) == charts.Hero(
        "94", "k-e", "97.51", "met", True, "77.05", "k-e"
    )


@pytest.mark.parametrize(
    ("admitted", "target", "earlier", "wanted"),
    [
        (0, 100, 0, ("94", "0", "behind", False, "0", "")),
        (90, 100, None, ("94", "84.6", "behind", False, None, "")),
        (400, 100, None, ("25", "100", "met", True, None, "")),
        (10, 100, 400, ("25", "2.5", "behind", False, "100", "k-e")),
        (10, 0, 400, None),
    ],
)
def test_hero_at_its_edges(admitted, target, earlier, wanted):
    chart = charts.hero(admitted, target, earlier=earlier)
    found = chart and (
        chart.target,
        chart.width,
        chart.kind,
        chart.label_inside,
        chart.earlier,
        chart.earlier_anchor,
    )
    assert found == wanted
    assert chart is None or chart.target_anchor == ("k-e" if Fraction(chart.target) > 50 else "")


@pytest.mark.parametrize(
    ("value", "top"),
    [(1, 4), (4, 4), (5, 8), (9352, 10000), (9701, 10000), (10000, 10000), (10001, 20000), (170, 200)],
)
def test_round_top(value, top):
    assert charts.round_top(value) == top


@given(st.integers(1, 10**9))
def test_a_top_is_above_quarters_and_is_never_far(value):
    top = charts.round_top(value)
    assert value <= top <= max(4, 3 * value) and top % 4 == 0


def test_pace_of_the_design():
    chart = charts.pace(ONCE, 9352, date(2010, 7, 1), 66)
    assert chart.box == "0 0 66 10000"
    assert chart.grid == [("66", "2.500"), ("44", "5.000"), ("22", "7.500")]
    assert chart.years[:2] == [("4.55", "2010"), ("18.18", "2011")] and chart.years[-1] == ("90.91", "2015")
    assert chart.turns == ["9.09", "27.27", "45.45", "63.64", "81.82"]
    assert chart.line.startswith("0,10000 1,9893 2,9783 ") and chart.line.endswith(" 18,7978")
    assert chart.steady == "M0 10000L66 648"
    assert (
        chart.over == ""
        and chart.under.startswith("M0 10000L1 9893L")
        and chart.under.endswith("L18 7449.45z")
    )
    assert (chart.end_x, chart.end_anchor, chart.overtook_x) == ("27.27", "", None)


def test_the_last_label_of_a_finished_plan_stays_on_the_paper():
    chart = charts.pace([10, 30], 20, date(2023, 1, 1), 2)
    assert (chart.end_x, chart.end_anchor, chart.end_y) == ("99", "k-e", "22")


def test_overtaking_is_where_the_pace_is_kept_from():
    assert charts.overtaking([-1, 2, -3, 0, 1]) == 4
    assert charts.overtaking([-1, 2, -3]) is None
    assert charts.overtaking([1, 2]) is None
    assert charts.overtaking([]) is None
    chart = charts.pace([0, 10], 12, date(2023, 1, 1), 4)
    assert (chart.overtook_x, chart.overtook_y, chart.overtook_anchor) == ("50", "44", "")


def test_lowest_is_the_first_of_the_deepest():
    assert charts.lowest([-1, -5, 3, -5]) == 2
    assert charts.lowest([0, 2]) is None
    assert charts.lowest([]) is None


def test_areas_are_cut_where_the_line_crosses_the_pace():
    chart = charts.pace([0, 8], 8, date(2023, 1, 1), 4)  # pace 2 a month: gaps -2, +4, crossing at 1⅓
    assert chart.under == "M0 8L1 8L1.33 5.33z"
    assert chart.over == "M1.33 5.33L2 0L2 4z"


def test_areas_that_touch_the_pace_begin_and_end_there():
    chart = charts.pace([1, 4, 6, 7], 8, date(2023, 1, 1), 4)  # gaps -1, 0, 0, -1
    assert chart.under == "M0 8L1 7L2 4zM3 2L4 1L4 0z"
    assert chart.over == ""


def area(path):
    """Signed-free area of closed paths in svg notation."""
    total = Fraction(0)
    for shape in re.findall(r"M([^z]*)z", path):
        points = [tuple(map(Fraction, point.split())) for point in shape.split("L")]
        shifted = [*points[1:], points[0]]
        total += abs(sum(a * d - b * c for (a, b), (c, d) in zip(points, shifted, strict=True))) / 2
    return total


@given(st.lists(st.integers(0, 40), min_size=1, max_size=120), st.integers(1, 3000), st.integers(0, 5))
def test_areas_hold_what_lies_between_line_and_pace(monthly, target, to_come):
    months = min(len(monthly) + to_come, 120)
    cumulative = [sum(monthly[: k + 1]) for k in range(len(monthly))]
    chart = charts.pace(cumulative, target, date(2015, 5, 1), months)
    differences = [Fraction(0), *charts.gaps(cumulative, target, months)]
    net = sum((a + b) / 2 for a, b in zip(differences, differences[1:], strict=False))
    # Coordinates are rounded to 1/100: a month is one wide, so each may be off by about the height's hundredth.
    assert abs(area(chart.over) - area(chart.under) - net) <= Fraction(
        len(monthly) * (max(cumulative) + target + 9), 50
    )
    assert bool(chart.under) == (min(differences) < 0)
    assert bool(chart.over) == (max(differences) > 0)


def test_one_month():
    chart = charts.pace([3], 2, date(2023, 12, 1), 1)
    assert (chart.years, chart.turns, chart.line) == ([("50", "2023")], [], "0,4 1,1")
    assert charts.gap([3], 2, 1) == charts.Gap("0 -2 1 2", "", "M0.12 0V-1h0.76V0z", "100", None, "")


def test_a_year_of_which_little_shows_keeps_its_tick_only():
    chart = charts.pace([1], 2, date(2020, 12, 1), 120)
    assert [label for _, label in chart.years] == [str(year) for year in range(2021, 2031)]
    assert chart.turns[0] == "0.83"


def test_gap_of_shortfalls_only_hangs_from_the_top():
    chart = charts.gap([0, 0, 0], 8, 4)
    assert chart.box == "0 0 4 7"
    assert chart.short == "M0.12 0V2h0.76V0zM1.12 0V4h0.76V0zM2.12 0V6h0.76V0z"
    assert (chart.ahead, chart.zero) == ("", "20")
    assert (chart.worst_x, chart.worst_anchor) == ("62.5", "k-a")


def test_gap_of_both_signs_and_of_none():
    chart = charts.gap([0, 8], 8, 4)
    assert (chart.box, chart.zero, chart.worst_anchor) == ("0 -5 4 8", "70", "")
    assert (chart.short, chart.ahead) == ("M0.12 0V2h0.76V0z", "M1.12 0V-4h0.76V0z")
    assert charts.gap([2, 4], 8, 4) == charts.Gap("0 0 4 1", "", "", "20", None, "")


@pytest.mark.parametrize("draw", [lambda *a: charts.pace(a[0], a[1], date(2023, 1, 1), a[2]), charts.gap])
def test_no_target_no_drawing_and_no_more_months_than_fit(draw):
    assert draw([1], 0, 12) is None
    assert draw([1], None, 12) is None
    assert draw([], 5, 12) is None
    assert draw([1] * 120, 5, 120)
    for cumulative, months in (([1], 0), ([1], 121), ([1, 2], 1)):
        with pytest.raises(ValueError):
            draw(cumulative, 5, months)


def test_share():
    assert charts.share(6245, 9701) == charts.Share("64.37", "", "", "met", True)
    assert charts.share(2204, 3200, late=188, band=False) == charts.Share("68.88", "63", "5.88", "met", False)
    assert charts.share(0, 8, kind="quiet") == charts.Share("0", "", "", "quiet", True)
    assert charts.share(9, 8).width == "100"
    assert charts.share(0, 0) is None


def test_years():
    assert charts.years([26, 27, 32, 23, 31]) == charts.Years(
        "0 0 24 20", "M0 20V5.38h4V20zM5 20V4.81h4V20zM10 20V2h4V20zM15 20V7.06h4V20zM20 20V2.56h4V20z"
    )
    assert charts.years([0, 0]) == charts.Years("0 0 9 20", "")
    assert charts.years([0, 3]).path == "M5 20V2h4V20z"
    assert charts.years([]) is None


WORDS = {
    name: f"{name} <9.701> & “chữ”"
    for name in "finding reached wanted before planned caught title worst last".split()
}
MONTHLY = [3 * k + 7 * (k % 5) for k in range(1, 67)]


@pytest.mark.parametrize(
    ("name", "chart", "words"),
    [
        ("bullet", charts.bullet(38, 20), ()),
        ("bullet", charts.bullet(0, 20, reported=True), ()),
        ("hero", charts.hero(9701, 9352, earlier=7666), ("finding", "reached", "wanted", "before")),
        ("hero", charts.hero(1, 9352), ("finding", "reached", "wanted")),
        (
            "pace",
            charts.pace([0, 2, 9], 12, date(2023, 1, 1), 4),
            ("finding", "reached", "planned", "caught"),
        ),
        ("pace", charts.pace(MONTHLY, 500, date(2010, 7, 1), 66), ("finding", "reached", "planned")),
        ("gap", charts.gap([0, 2, 9], 12, 4), ("finding", "title", "worst", "last")),
        ("share", charts.share(2204, 3200, late=188), ()),
        ("years", charts.years([26, 27]), ("finding",)),
    ],
)
def test_drawings_are_xml_with_the_words_and_without_style(name, chart, words):
    drawn = render_to_string(f"charts/{name}.svg", {"chart": chart, **WORDS})
    tree = ElementTree.fromstring(drawn.strip())  # noqa: S314
    assert "style" not in drawn and "script" not in drawn and "None" not in drawn
    spoken = [tree.get("aria-label"), *(node.text for node in tree.iter("text"))]
    for word in WORDS:
        assert (WORDS[word] in spoken) == (word in words), word
    assert (tree.get("role"), tree.get("aria-hidden")) in ((("img", None),) if words else ((None, "true"),))
    for node in tree.iter():
        for value in node.attrib.values():
            assert "," not in value or node.tag == "polyline" or value == WORDS["finding"]


@pytest.mark.parametrize("name", ["bullet", "hero", "pace", "gap", "share", "years"])
def test_nothing_is_drawn_of_nothing(name):
    assert render_to_string(f"charts/{name}.svg", {"chart": None, **WORDS}).strip() == ""


def test_two_white_cuts_only_past_the_scale():
    assert render_to_string("charts/bullet.svg", {"chart": charts.bullet(38, 20)}).count("c-cut") == 2
    assert "c-cut" not in render_to_string("charts/bullet.svg", {"chart": charts.bullet(32, 20)})
