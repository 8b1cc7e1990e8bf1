"""Random deeds on one settlement: what was said of a day stays, and every day has one answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.census import settling
from recruitment.census.land import STATES
from recruitment.quotas.deeds import Refused
from tests.recruitment import world as worlds
from tests.undone import undone


@pytest.fixture(scope="module")
def small(module_db):
    return worlds.build()


DAYS = st.integers(0, 400).map(lambda n: date(2013, 1, 1) + timedelta(days=n))
DEEDS = st.lists(
    st.tuples(st.sampled_from(("cover", "correct", "end", "back")), DAYS, st.sampled_from(STATES)), max_size=8
)


@pytest.mark.once
@settings(max_examples=25)
@given(deeds=DEEDS)
def test_whatever_is_done_intervals_never_overlap_nor_leave_a_gap(deeds, small):
    """After any deeds, allowed or refused: the rows follow each other, the last is open unless the settlement ended, and a
    change moved nothing of the days before it."""
    with undone():
        one = settling.write_down(
            by=None, code="T01", name="Thôn Một", kind="thon", committee=small.at["T-1-1"], state="own",
            cell=small.at["T-1-1-1"], since=date(2012, 3, 1),
        )  # fmt: skip
        for deed, day, state in deeds:
            row = settling.last_row(one)
            before = list(one.coverage.order_by("since").values_list("since", "until", "state"))
            said = {"by": None, "state": state, "committee": small.at["T-1-1"]}
            said["cell"] = small.at["T-1-1-1"] if state != "none" else None
            try:
                if deed == "cover":
                    settling.cover(row, since=day, **said)
                elif deed == "correct":
                    settling.correct(row, since=day, reason="x", **said)
                elif deed == "end":
                    settling.end(row, by=None, on=day)
                else:
                    settling.take_back(row, by=None, reason="x")
            except Refused:
                now = list(one.coverage.order_by("since").values_list("since", "until", "state"))
                assert now == before
            spans = list(one.coverage.order_by("since").values_list("since", "until", "state"))
            assert all(a[1] == b[0] for a, b in zip(spans, spans[1:], strict=False)), spans
            assert all(end is None or start < end for start, end, _state in spans)
            assert sum(end is None for _start, end, _state in spans) <= 1
            if deed == "cover" and len(spans) > len(before):
                assert [row[::2] for row in spans[: len(before)]] == [row[::2] for row in before]
            for day in {start for start, _end, _state in spans}:
                assert list(one.coverage.running_on(day).values_list("since", flat=True)) == [day]
