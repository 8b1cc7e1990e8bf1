"""The arithmetic of form 1-BTCTW, and quarters."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from committees.models import Flow
from recruitment.census.form1 import MOVED_IN, ROWS, Movement, added, summed
from recruitment.census.period import Period, latest, of_day

NUMBER = st.integers(0, 10_000)
FLOWS = st.fixed_dictionaries(dict.fromkeys(Flow.NAMES, NUMBER))
DAY = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(opening=NUMBER, admitted=NUMBER, flows=FLOWS)
def test_opening_and_flows_make_the_closing(opening, admitted, flows):
    found = Movement(opening, admitted, flows)
    came = admitted + flows["from_other_province"] + flows["from_same_province"] + flows["restored"]
    went = sum(flows[name] for name in ("died", "expelled", "struck_off", "asked_out", "moved_out"))
    assert found.closing == opening + came - went
    # Every row of depth 1 under B and C adds up to its head; depth 2 is a part of the row above.
    values = {key: found.value(key) for key, _words, _depth in ROWS}
    assert values["increase"] == values["admitted"] + values[MOVED_IN] + values["restored"]
    assert values["closing"] - values["opening"] == values["increase"] - values["decrease"]


@given(opening=NUMBER, parts=st.lists(st.tuples(NUMBER, FLOWS), min_size=1, max_size=6))
def test_quarters_in_a_row_come_to_the_year(opening, parts):
    """The closing of each is the opening of the next; summed flows give the same end."""
    at = opening
    for admitted, flows in parts:
        at = Movement(at, admitted, flows).closing
    whole = Movement(opening, sum(admitted for admitted, _ in parts), summed(flows for _, flows in parts))
    assert whole.closing == at


@settings(max_examples=30)
@given(rows=st.lists(FLOWS, max_size=4))
def test_rows_add_up(rows):
    found = added([Flow(**row) for row in rows])
    assert found == summed(rows)
    assert (found is None) == (not rows)


def test_what_nobody_wrote_is_not_nought():
    assert Movement(10, 2).closing is None and Movement(10, 2).increase is None
    assert Movement(None, 2, dict.fromkeys(Flow.NAMES, 0)).closing is None
    assert Movement(10, 0, dict.fromkeys(Flow.NAMES, 0)).increase == 0


@given(day=DAY)
def test_each_day_lies_in_one_quarter_and_they_follow_each_other(day):
    quarter = of_day(day)
    assert quarter.since <= day < quarter.until
    assert quarter.after.since == quarter.until and quarter.after.before == quarter
    assert quarter.year_ago.part == quarter.part
    year = Period(day.year)
    assert year.since <= quarter.since < quarter.until <= year.until
    assert latest(day).until == quarter.since and quarter.eve == quarter.since - timedelta(days=1)


def test_quarters_in_words():
    assert [Period(2026, part).words for part in (1, 4, 0)] == [
        "quý I năm 2026",
        "quý IV năm 2026",
        "năm 2026",
    ]
    assert (Period(2026, 2).since, Period(2026, 2).last_day) == (date(2026, 4, 1), date(2026, 6, 30))
