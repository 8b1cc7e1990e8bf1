"""A report looked over before it is sent: clean ones raise no doubt of contradiction, and every kind of slip is found once."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from recruitment.figures.doubts import CHILD, JUMP, LAST_YEAR, PARENT, PART, PERCENT, SUM
from recruitment.figures.prose import fractions
from recruitment.figures.review import review
from recruitment.figures.review_terms import terms
from recruitment.reports.annual_report import whole
from tests import factories as make
from tests.recruitment import world as worlds
from tests.recruitment.reports.annuals import asked


@pytest.fixture
def world(db):
    return worlds.build()


def changed(report, sheet, row, column, value):
    """The report with another value in one cell, as if it had been typed."""

    def row_of(one):
        return replace(one, cells=one.cells | {column: value}) if one.key == row else one

    sheets = [
        replace(one, rows=[row_of(old) for old in one.rows]) if one.key == sheet else one
        for one in report.sheets
    ]
    return replace(report, sheets=sheets)


def found(doubts):
    return [(doubt.kind, doubt.sheet, doubt.row, doubt.column, doubt.said, doubt.other) for doubt in doubts]


def test_our_own_reports_hold_and_every_slip_is_found(world):
    report = whole(asked())
    assert [doubt for doubt in review(report) if doubt.contradicts] == []
    for tie in terms().ties:  # no tie has lost its cells to a rename
        for sheet, row, column in (tie.one, tie.other):
            assert report.sheet(sheet).row(row)
            assert column in [one.key for one in report.sheet(sheet).columns]

    slips = [
        # A total printed higher than the units come to, and what else says that number.
        (("theo_don_vi", ":whole", "now", 5), SUM, ("theo_don_vi", ":whole", "now", 5, 4)),
        (("bieu_2", "group:ethnic_minority", "now", 7), PART, ("bieu_2", "group:ethnic_minority", "now", 7, 4)),
        (("tong_hop", "met", "value", 3), PART, ("tong_hop", "met", "value", 3, 2)),
        (("theo_don_vi", "T-2", "now", 9), PART, ("theo_don_vi", "T-2", "now", 9, 4)),
        (("theo_don_vi", ":whole", "percent", Fraction(95, 100)), PERCENT,
         ("theo_don_vi", ":whole", "percent", Fraction(95, 100), Fraction(27, 30))),
    ]  # fmt: skip
    for (sheet, row, column, value), kind, expected in slips:
        doubts = review(changed(report, sheet, row, column, value))
        assert (kind, *expected) in found(doubts), (kind, expected)
        assert all(doubt.contradicts for doubt in doubts[: len([d for d in doubts if d.contradicts])])
    # A frozen report holds its percentages as numbers: rounded to what is printed they pass.
    assert not [
        d
        for d in review(changed(report, "theo_don_vi", ":whole", "percent", Fraction(9, 10)))
        if d.contradicts
    ]
    # One that no fraction stands behind is told.
    lone = changed(report, "tong_hop", "percent", "value", Fraction(9, 10))
    assert [doubt.kind for doubt in review(lone) if doubt.contradicts] == [PERCENT]

    wrong = replace(report, finding=report.finding.replace("90,00", "91,00"))
    (doubt,) = [doubt for doubt in review(wrong) if doubt.contradicts]
    assert (doubt.kind, doubt.said, doubt.other) == (PERCENT, Fraction(91, 100), Fraction(27, 30))
    assert "27/30 = 90,00" in doubt.words


def test_other_times_and_other_levels(world):
    report, last_year = whole(asked()), whole(asked(year=2014))
    # From 23 to 4: worth a word, and the year before stands as printed.
    assert {doubt.kind for doubt in review(report, before=last_year)} == {JUMP}
    assert ("tong_hop", "now") in {(doubt.sheet, doubt.row) for doubt in review(report)}
    # The whole repeats what the year in numbers has said; the unit that fell with it is told by itself.
    jumps = [(doubt.sheet, doubt.row) for doubt in review(report) if doubt.kind == JUMP]
    assert ("theo_don_vi", ":whole") not in jumps and ("theo_don_vi", "T-1") in jumps
    printed = changed(last_year, "theo_don_vi", "T-1", "now", 21)
    doubts = [one[1:] for one in found(review(report, before=printed)) if one[0] == LAST_YEAR]
    (said,) = [
        said for *place, said, other in doubts if (place, other) == (["theo_don_vi", "T-1", "before"], 21)
    ]
    assert {row for _sheet, row, *_rest in doubts} == {"T-1", ":sum"}, "what is worked out of it differs too"
    assert said == report.sheet("theo_don_vi").row("T-1").cells["before"]

    children = [(code, whole(asked(code))) for code in ("T-1", "T-2")]
    assert not [d for d in review(report, children=children) if d.kind == CHILD]
    code, sent = children[0]
    own = sent.sheet("theo_don_vi").row(":whole").cells["now"]
    # District says one more than we print of it: both reports tell it, each from its own side.
    sent = changed(sent, "theo_don_vi", ":whole", "now", own + 1)
    ours = [one[1:] for one in found(review(report, children=[(code, sent)])) if one[0] == CHILD]
    assert ours == [("theo_don_vi", code, "now", own, own + 1)]
    theirs = [one[1:] for one in found(review(sent, parent=(code, report))) if one[0] == PARENT]
    assert theirs == [("theo_don_vi", ":whole", "now", own + 1, own)]
    # Targets compare only under one plan.
    other = changed(
        changed(sent, "tong_hop", "plan", "name", "I. So với chỉ tiêu khác"),
        "theo_don_vi",
        ":whole",
        "target",
        99,
    )
    assert len([d for d in review(report, children=[(code, other)]) if d.kind == CHILD]) == 1
    # Terms compare only under one plan too: the district's own begins another time before.
    make.make_plan("H-1", world.at["T-1"], first=date(2014, 1, 1), last=date(2016, 12, 31))
    make.make_admission(world.at["T-1-1-1"], date(2011, 5, 5))
    above, sent_now = whole(asked()), whole(asked("T-1"))
    assert above.sheet("nhiem_ky").row("T-1").cells["term_same"] == 0
    assert sent_now.sheet("nhiem_ky").row(":whole").cells["term_same"] == 1
    assert not [d for d in review(above, children=[("T-1", sent_now)]) if d.sheet == "nhiem_ky"]
    wrong = changed(whole(asked("T-2")), "nhiem_ky", ":whole", "term_now", 9)
    assert [d.column for d in review(above, children=[("T-2", wrong)]) if d.sheet == "nhiem_ky"] == [
        "term_now"
    ]
    keys = {doubt.key for doubt in review(report, children=[(code, sent)])}
    assert len(keys) == len(review(report, children=[(code, sent)])), "an answer belongs to one doubt"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kế hoạch 02: 9.701/9.352, đạt 103,73\N{NO-BREAK SPACE}%; 10/15 đơn vị đạt",
            [(9701, 9352, "103,73%")],
        ),
        ("(539/600 = 89,83%) và gần 90% (539/600)", [(539, 600, "89,83%"), (539, 600, "gần 90%")]),
        ("Đạt 89,83% (539/600), gần 83% (539/650)", [(539, 600, "89,83%"), (539, 650, "gần 83%")]),
        ("Từ 01/01/2015 đến 31/12/2015 đạt 50%", []),
        ("Quyết định 12/QĐ, đạt 100%", []),
        ("30/657 tổ chức đảng không còn quần chúng", []),
    ],
)
def test_fractions_of_running_text(text, expected):
    assert [(one.part, one.whole, one.printed.text) for one in fractions(text)] == expected


def test_terms_that_cannot_be_read_name_the_file(tmp_path):
    path = tmp_path / "review.toml"
    for text in (
        '[[tie]]\none = ["a", "b"]',
        "[level]\nwhole = 1",
        "[[",
        '[level]\nwhole=":w"\nplan=["a"]\nof_plan=[]',
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=r"review\.toml"):
            terms(path)
