"""What is kept of a report gives it back, and what is told to have changed is what changed: of any report at all."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from recruitment.periods.corrections import changes, sheet, told_by
from recruitment.periods.earlier import LATEST, looked_at
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


@given(reports(), reports(), reports())
def test_what_changed_is_what_is_told_and_is_told_once(one, other, third):
    found = changes(one, other)
    said, now = counts(one), counts(other)
    assert {change.key for change in found} == {key for key in {*said, *now} if said.get(key) != now.get(key)}
    assert all((said.get(change.key), now.get(change.key)) == (change.was, change.now) for change in found)

    made = sheet([("7", "Quý I", found)])
    assert (made is None) == (not found)
    if made:
        told = told_by(Report("next", "", "", "", "", [made]), "7")
        assert told == {change.key: change for change in found}
        assert changes(one, other, told) == []
        # What changes again is held against what was told, a line that is gone by then included.
        again, last = changes(one, third, told), counts(third)
        assert {change.key for change in again} == {k for k in {*now, *last} if now.get(k) != last.get(k)}
        assert all((now.get(c.key), last.get(c.key)) == (c.was, c.now) for c in again)


DAYS = st.dates(date(2010, 1, 1), date(2013, 12, 31))


@given(st.lists(st.tuples(DAYS, DAYS, st.integers(1, 2)), max_size=14))
def test_no_closed_report_is_passed_over_without_a_longer_one_or_a_word(days):
    rows = [
        SimpleNamespace(pk=k, committee_id=who, period=SimpleNamespace(since=min(pair), until=max(pair)))
        for k, (*pair, who) in enumerate(days)
    ]
    seen, left = looked_at(rows)
    assert sorted(row.pk for row in [*seen, *left]) == list(range(len(rows))) and len(seen) >= min(
        len(rows), LATEST
    )
    for row in left:
        one = row.period
        assert any(
            other.committee_id == row.committee_id
            and other.period.since <= one.since <= one.until <= other.period.until
            for other in seen
        )
    assert "Quý I/2010, Quý II/2010" in sheet([], ["Quý I/2010", "Quý II/2010"]).notes[-1]


def test_a_count_that_is_not_shown_is_corrected_by_nobody():
    columns = (Column("name", "Tên"), Column("now", "Kỳ này", WHOLE), Column("note", "Ghi chú"))

    def made(**lines):
        rows = [Row(key.replace("_", ":"), cells) for key, cells in lines.items()]
        return Report("r", "", "", "", "", [Sheet("bieu_2", "", "", columns, rows)])

    then = made(a={"now": "gộp"}, b={"now": 8}, c={"note": "không hiện; cần xác nhận"}, e={"now": 5})
    now = made(a={"now": 7}, b={"now": "gộp"}, c={"now": 6}, d={"now": 9}, e={"now": 6}, merged_x={"now": 8})
    assert {one.row: (one.was, one.now) for one in changes(then, now)} == {"d": (None, 9), "e": (5, 6)}
    assert {one.row: (one.was, one.now) for one in changes(now, then)} == {"d": (9, None), "e": (6, 5)}


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


def test_another_term_is_no_correction():
    def made(plan, number):
        columns = (Column("name", "Tên"), Column("term_now", "Từ 01/01/2011", WHOLE))
        row = Row(":whole", {"name": "T", "term_now": number})
        return Report("r", "", "", "", "", [Sheet("nhiem_ky", "", plan, columns, [row])])

    assert changes(made("Kế hoạch A", 5), made("Kế hoạch B", 6)) == []
    assert len(changes(made("Kế hoạch A", 5), made("Kế hoạch A", 6))) == 1


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
