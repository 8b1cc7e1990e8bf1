"""Reported figures stand as reported; parts that miss their whole are shown both."""

from datetime import date

import pytest

from recruitment import columns
from recruitment.dashboards.summary import summary
from tests import factories as make


@pytest.fixture
def province(db):
    province = make.make_province()["T"]
    make.make_plan("KH", province, first=date(2011, 1, 1), last=date(2012, 12, 31))
    make.make_reported(province, "Kết nạp", 120, date(2011, 1, 1), date(2012, 12, 31))
    return province


def reports():
    return summary(columns.current(), "KH", "T").reports


def test_years_that_do_not_add_up_are_named_with_both_numbers(province):
    for year, n in ((2011, 50), (2012, 60)):
        make.make_reported(province, "Kết nạp", n, date(year, 1, 1), date(year, 12, 31))
    said = reports()
    assert "110" in said.disagree and "120" in said.disagree and "10" in said.disagree
    assert len(said.rows) == 3


def test_years_that_add_up_are_no_matter(province):
    for year in (2011, 2012):
        make.make_reported(province, "Kết nạp", 60, date(year, 1, 1), date(year, 12, 31))
    assert reports().disagree == ""


def test_a_part_alone_proves_nothing(province):
    make.make_reported(province, "Kết nạp", 50, date(2011, 1, 1), date(2011, 12, 31))
    assert reports().disagree == ""


def test_what_a_merged_unit_reported_is_told_with_its_name_by_whoever_answers_for_it(province):
    """Shown as said, and never summed: the heir's own number stays what is on record."""
    heir = make.make_committee("N", "province", name="Tỉnh mới", since=date(2025, 7, 1))
    make.end_committee(province, date(2025, 7, 1), heir)
    by_today = summary(columns.current(), "KH", "N", on=date(2012, 12, 31), tree_on=date(2026, 1, 1))
    [row] = by_today.reports.rows
    assert (row.value, row.whose) == ("120", "Tổ chức T") and by_today.reports.inherited
    assert by_today.reports_first and by_today.unknown and by_today.node.admitted == 0
    as_it_stood = summary(columns.current(), "KH", "T", on=date(2012, 12, 31))
    assert as_it_stood.node.admitted == 120
    assert [row.whose for row in as_it_stood.reports.rows] == [""]
