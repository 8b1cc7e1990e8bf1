"""What is kept of a report gives it back, and what is told to have changed is what changed: of any report at all."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from recruitment.periods.corrections import changes, sheet, told_by
from recruitment.periods.forms import initial, templates
from recruitment.periods.freezing import pack, unpack
from recruitment.reports.base import PERCENT, WHOLE, Column, Ref, Report, Row, Sheet, difference, ratio, total

COUNTS = st.none() | st.integers(0, 10_000)
VALUES = (
    COUNTS
    | st.text(max_size=9)
    | st.dates()
    | st.fractions()
    | st.decimals(allow_nan=False, allow_infinity=False)
)
FORMULAS = st.sampled_from(
    [ratio(Ref("a"), Ref("b")), difference(Ref("a", "n"), Ref("b", "n")), total([Ref("a"), Ref("b")])]
)
KEYS = ["a", "b", "BRVT-DD", ":own", "chi bộ 1"]


@st.composite
def reports(draw):
    rows = [
        Row(key, {"name": draw(st.text(max_size=9)), "n": draw(COUNTS), "m": draw(COUNTS), "x": draw(VALUES),
                  "f": draw(FORMULAS)})
        for key in KEYS[: draw(st.integers(2, len(KEYS)))]
    ]  # fmt: skip
    columns = (
        Column("name", "Tên"), Column("n", "Số", WHOLE), Column("m", "Trước", WHOLE), Column("x", "Khác"),
        Column("f", "Tỷ lệ", PERCENT),
    )  # fmt: skip
    made = Sheet("units", "Đơn vị", "Theo đơn vị", columns, rows, notes=("Một",), empty="Không có")
    return Report("r", "Báo cáo", "T", "Năm", draw(st.text(max_size=9)), [made], left=("TỈNH ỦY",))


def counts(report):
    return {
        f"{one.key}:{row.key}:{name}": row.cells[name]
        for one in report.sheets
        for row in one.rows
        for name in ("n", "m")
        if row.cells[name] is not None
    }


@given(reports())
def test_a_report_kept_is_the_report(report):
    again = unpack(pack(report))
    assert again == report and pack(again) == pack(report)
    assert not changes(report, again)


@given(reports(), reports())
def test_what_changed_is_what_is_told_and_is_told_once(one, other):
    found = changes(one, other)
    said, now = counts(one), counts(other)
    assert {change.key for change in found} == {key for key in {*said, *now} if said.get(key) != now.get(key)}
    assert all((said.get(change.key), now.get(change.key)) == (change.was, change.now) for change in found)

    class Period:
        pk, name = 7, "Quý I"

    made = sheet([(Period, found)])
    assert (made is None) == (not found)
    if made:
        told = told_by(Report("next", "", "", "", "", [made]), Period)
        assert told == {change.key: change.now for change in found}
        assert changes(one, other, told) == []


def test_another_edition_of_a_form_is_no_correction():
    columns = (Column("name", "Tên"), Column("value", "Số", WHOLE))
    made = lambda key, *rows: Report("r", "", "", "", "", [Sheet(key, "", "", columns, list(rows))])  # noqa: E731
    line, more = Row("now", {"value": 1}), Row("new-line", {"value": 5})
    assert changes(made("tong_hop", line), made("tong_hop", line, more)) == []
    assert len(changes(made("theo_don_vi", line), made("theo_don_vi", line, more))) == 1
    assert changes(made("tong_hop", line), made("other", line)) == []
    values = [Fraction(1, 3), Decimal("1.50"), date(2015, 12, 31)]
    assert [
        unpack(pack(made("x", Row("a", {"value": one})))).sheets[0].rows[0].cells["value"] for one in values
    ] == values


@given(st.dates(date(2021, 1, 1), date(2060, 12, 31)))
def test_templates_are_whole_periods_that_have_begun(today):
    for code, _name, first, last in templates(today):
        assert (
            first <= today
            and first.day == 1
            and (last.month, last.day) in {(3, 31), (6, 30), (9, 30), (12, 31)}
        )
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        assert months == {"q": 3, "h": 6, "y": 12, "t": 60}[code[0]]
        assert set(initial(code, today)) == {"name", "since", "last_day", "due_on"}
    assert initial("none", today) == {}
