"""The demo's periods: played once, never failing on a database that changed."""

from datetime import date

from committees import journal, vietnamese
from committees.models import Role
from committees.tree import structure
from recruitment.models import DemoMark, ReportPeriod
from recruitment.periods import demo
from recruitment.periods.owing import Owing
from tests import factories as make


def world(cells=4):
    with journal.pen(None, "test"):
        DemoMark(made_on=vietnamese.today()).save()
        above = make.make_committee("BRVT-DD", "upper", make.make_committee("BRVT", "province"))
        home = make.make_committee(demo.COMMUNE, "grassroots_party", above)
        for k in range(1, cells + 1):
            make.make_committee(f"{demo.COMMUNE}-0{k}", "cell", home)
    make.make_account(demo.DESK, Role.STAFF, above)
    return home


def test_a_closed_year_and_an_open_quarter(office):
    home = world()
    assert demo.play_periods()
    year, quarter = ReportPeriod.objects.order_by("since")
    today, states = vietnamese.today(), {}
    for period in (year, quarter):
        owing = Owing(period, structure())
        states[period.pk] = {duty.code[-2:]: duty.state(today) for duty in owing.duties if duty.above}
    assert set(states[year.pk].values()) == {"accepted"} and year.last_day == date(today.year - 1, 12, 31)
    assert states[quarter.pk] == {"01": "late", "02": "accepted", "03": "returned", "04": "submitted"}
    assert quarter.committee == home and quarter.allowances.count() == 1
    before = journal.heads()
    assert not demo.play_periods() and journal.heads() == before


def test_nothing_where_the_places_are_not_there(db):
    assert not demo.play_periods()
