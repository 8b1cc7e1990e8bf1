"""Reports of a quarter, half a year, a term or any days: their words, what they are compared with, their numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from recruitment.models import Admission
from recruitment.quotas.progress import Unanswerable
from recruitment.reports.annual_period import Period
from recruitment.reports.annual_report import whole
from tests import factories as make
from tests.recruitment import world as worlds

from .annuals import LATER, asked, summary_of, table


def days(first, last):
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.mark.once
@pytest.mark.parametrize(
    ("first", "last", "words", "short", "slug"),
    [
        ("2015-01-01", "2015-12-31", "năm 2015", "Năm 2015", "nam-2015"),
        ("2015-01-01", "2015-03-31", "quý I năm 2015", "Quý I/2015", "ky-2015-01-01-den-2015-03-31"),
        ("2015-10-01", "2015-12-31", "quý IV năm 2015", "Quý IV/2015", None),
        ("2015-01-01", "2015-06-30", "6 tháng đầu năm 2015", "6 tháng/2015", None),
        ("2015-07-01", "2015-12-31", "6 tháng cuối năm 2015", "6 tháng cuối/2015", None),
        ("2015-01-01", "2015-09-30", "9 tháng đầu năm 2015", "9 tháng/2015", None),
        ("2016-02-01", "2016-02-29", "tháng 2 năm 2016", "Tháng 2/2016", None),
        ("2011-01-01", "2015-12-31", "các năm 2011–2015", "01/2011–12/2015", None),
        ("2020-07-01", "2025-06-30", "từ tháng 7/2020 đến tháng 6/2025", "07/2020–06/2025", None),
        ("2015-01-05", "2015-03-31", "từ 05/01/2015 đến 31/03/2015", "05/01/2015–31/03/2015", None),
    ],
)
def test_a_period_in_words(first, last, words, short, slug):
    period = days(first, last)
    assert (period.words, period.short) == (words, short) and not period.fault
    assert slug is None or period.slug == slug


@pytest.mark.once
@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2015-01-01", "2015-03-31", ("2014-01-01", "2014-03-31")),
        ("2017-01-01", "2017-02-28", ("2016-01-01", "2016-02-29")),
        ("2016-01-01", "2016-02-28", ("2015-01-01", "2015-02-28")),
        ("2016-02-01", "2016-02-29", ("2015-02-01", "2015-02-28")),
        ("2025-02-28", "2025-02-28", ("2024-02-28", "2024-02-28")),
        ("2025-02-01", "2025-02-28", ("2024-02-01", "2024-02-29")),
        ("2011-01-01", "2015-12-31", ("2006-01-01", "2010-12-31")),
        ("2020-07-01", "2022-01-15", ("2018-07-01", "2020-01-15")),
        ("2015-01-15", "2016-01-14", ("2014-01-15", "2015-01-14")),
        ("2015-01-15", "2016-01-15", ("2013-01-15", "2014-01-15")),
    ],
)
def test_what_a_period_is_compared_with(first, last, before):
    assert days(first, last).before == days(*before)


@pytest.mark.once
@given(some.dates(date(1950, 1, 1), date(2100, 1, 1)), some.integers(0, 365 * 15))
def test_the_period_before_never_overlaps_and_keeps_its_length(first, length):
    period = Period(first, first + timedelta(days=length))
    before = period.before
    assert before.first <= before.last < period.first
    assert abs((before.last - before.first).days - length) <= 5, "leap days and ends of months"
    assert period.year is None or before == Period.of_year(period.year - 1)


def test_a_quarter_counted_from_the_rows(world):
    found = asked(year=None, since=date(2015, 1, 1), last=date(2015, 3, 31))
    report = whole(found)
    rows = Admission.objects.filter(cancelled_on=None)
    said = summary_of(report)
    assert said["now"] == rows.filter(decided_on__range=(date(2015, 1, 1), date(2015, 3, 31))).count() == 4
    assert said["before"] == rows.filter(decided_on__range=(date(2014, 1, 1), date(2014, 3, 31))).count() > 0
    assert report.title == "Báo cáo kết quả kết nạp đảng viên quý I năm 2015"
    assert report.name == "bao-cao-ky-2015-01-01-den-2015-03-31-T"
    assert report.finding.startswith("Quý I năm 2015 kết nạp 4 đảng viên, bằng")
    assert found.plan.code == "KH-2" and said["admitted"] == 27, (
        "the plan's count goes on from its own first day"
    )
    units = table(report, "theo_don_vi")
    assert sum(units[code]["now"] for code in ("T-1", "T-2")) == 4
    assert len(report.sheet("danh_sach").rows) == 4


def test_a_term_beside_the_term_before(world):
    make.make_admission(world.at["T-1-1-1"], date(2012, 5, 5))
    report = whole(asked(year=None, since=date(2014, 1, 1), last=date(2015, 12, 31)))
    said = summary_of(report)
    assert (said["now"], said["before"]) == (27, 1)
    assert "2.700,00\N{NO-BREAK SPACE}% cùng kỳ 2 năm trước (1)" in report.finding


def test_the_plan_of_a_quarter_is_the_nearest_that_fits(world):
    quarter = {"year": None, "since": date(2015, 4, 1), "last": date(2015, 6, 30)}
    make.make_plan("KH-2015", world.at["T"], first=date(2015, 1, 1), last=date(2015, 12, 31))
    assert asked(**quarter).plan.code == "KH-2015", (
        "the year it lies in goes before the plan of several years"
    )
    make.make_plan("KH-Q2", world.at["T"], first=date(2015, 4, 1), last=date(2015, 6, 30))
    assert asked(**quarter).plan.code == "KH-Q2"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2015-03-31", "2015-01-01", "ngày cuối trước ngày đầu"),
        ("1900-01-01", "1901-01-01", "cần một kỳ từ năm 1930"),
        ("1950-01-01", "1980-01-01", "không quá 20 năm"),
        ("2020-07-01", "2020-09-30", "Ngày 01/07/2020 chưa đến"),
    ],
)
def test_periods_of_which_there_is_no_report(world, first, last, words):
    with pytest.raises(Unanswerable, match=words):
        asked(year=None, since=date.fromisoformat(first), last=date.fromisoformat(last))


def test_a_running_quarter(world):
    found = asked(year=None, since=date(2020, 4, 1), last=date(2020, 6, 30))
    assert found.running and found.day == LATER and found.before.last == date(2019, 6, 1)
    assert "Quý II năm 2020 chưa kết thúc" in " ".join(whole(found).notices)
