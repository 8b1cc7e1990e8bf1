"""What others did meanwhile: a committee ended while a deed waited for the pen, a row dropped while its page was open, a
settlement that came from, or whose cell went to, where the reader has no reach."""

import html
from contextlib import contextmanager
from datetime import date

import pytest
from django.urls import reverse

from committees import journal
from committees.models import Coverage, Flow, Headcount, Kind
from recruitment.census import counting, flowing, settling
from recruitment.quotas.deeds import Refused
from tests import factories as make
from tests.recruitment import world as worlds

SINCE, ENDS, LATER, LAST = date(2012, 3, 1), date(2014, 7, 1), date(2015, 1, 1), date(2015, 4, 1)
CODE = "T-2-1-1"


@pytest.fixture
def world(db):
    return worlds.build()


@pytest.fixture
def said(world):
    """What the deeds about one settlement take."""
    return {"by": None, "committee": world.at["T-2-1"], "state": "own", "cell": world.at[CODE]}


@pytest.fixture
def row(world):
    return settling.last_row(make.make_settlement("T01", world.at["T-2-1"], since=SINCE))


def deeds(world, said, row):
    flow = make.make_flow(world.at[CODE], date(2013, 1, 1), date(2013, 2, 1), died=1)
    cell, days = {"by": None, "committee": world.at[CODE]}, {"since": LATER, "until": LAST}
    return {
        "write_down": lambda: settling.write_down(code="T02", name="Thôn", kind="thon", since=LATER, **said),
        "cover": lambda: settling.cover(row, since=LATER, **said),
        "correct": lambda: settling.correct(row, reason="nhầm", since=LATER, **said),
        "enter": lambda: flowing.enter(**cell, **days),
        "put right": lambda: flowing.correct(flow, by=None, reason="nhầm", **days),
        "count": lambda: counting.count(**cell, day=LATER, members=9),
    }


def kept():
    return [list(model.objects.order_by("pk").values()) for model in (Coverage, Flow, Headcount)]


@pytest.mark.parametrize("gone", [False, True])
@pytest.mark.parametrize("name", ["write_down", "cover", "correct", "enter", "put right", "count"])
def test_a_committee_that_ended_while_the_deed_waited_bears_nothing_more(
    world, said, row, monkeypatch, name, gone
):
    """gone: the undo of an act took it away altogether."""
    deed, before, pen = deeds(world, said, row)[name], kept(), journal.pen

    def ended():
        if gone:
            there = settling.structure
            for module in (settling, flowing, counting):
                monkeypatch.setattr(module, "structure", lambda: without(there(), world.at[CODE].pk))
        else:
            make.end_committee(world.at[CODE], ENDS, world.at["T-2-2"])

    @contextmanager
    def waited(*args, **options):
        monkeypatch.setattr(journal, "pen", pen)
        ended()
        with pen(*args, **options) as held:
            yield held

    monkeypatch.setattr(journal, "pen", waited)
    with pytest.raises(Refused) as refusal:
        deed()
    assert "hoạt động" in str(refusal.value)
    assert kept() == before


def without(structure, pk):
    structure.index = {key: i for key, i in structure.index.items() if key != pk}
    return structure


def test_a_row_that_another_dropped_is_told(world, said, row):
    flow = make.make_flow(world.at[CODE], LATER, LAST, died=1)
    later = settling.cover(row, since=LATER, **said)
    again = {"by": None, "reason": "nhầm"}
    flowing.drop(flow, stamp=flow.stamp, **again)
    settling.take_back(later, stamp=later.stamp, **again)
    before = kept()
    for deed in (
        lambda: flowing.drop(flow, stamp=flow.stamp, **again),
        lambda: flowing.correct(flow, since=LATER, until=LAST, stamp=flow.stamp, **again),
        lambda: settling.take_back(later, stamp=later.stamp, **again),
        lambda: settling.correct(later, reason="nhầm", since=LATER, stamp=later.stamp, **said),
        lambda: settling.end(later, by=None, on=LAST, stamp=later.stamp),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert "người khác đã bỏ" in str(refusal.value)
    assert kept() == before


class TestReach:
    """Account "huyen" works for T-2 alone."""

    @pytest.fixture(autouse=True)
    def people(self, world, client):
        self.client, self.people = client, worlds.people(world)

    def page(self, who, name, *args, **asked):
        self.client.force_login(self.people[who])
        address = reverse(f"recruitment:{name}", args=args)
        answer = self.client.get(address, asked)
        assert answer.status_code == 200
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return html.unescape(body.decode())

    def test_the_past_of_a_settlement_elsewhere_is_not_told(self, world):
        at = world.at
        first = settling.write_down(
            by=self.people["staff"], code="T01", name="Thôn Một", kind="thon", committee=at["T-1-1"], state="own",
            cell=at["T-1-1-1"], since=SINCE, document="12-QĐ/ĐU", note="ghi riêng",
        )  # fmt: skip
        later = {"by": None, "committee": at["T-2-1"], "state": "none", "cell": None, "document": "13-QĐ/ĐU"}
        row = settling.cover(settling.last_row(first), since=ENDS, **later)
        heir = make.make_settlement("T02", at["T-1-1"], name="Thôn Hai")
        near = make.make_settlement("T03", at["T-2-1"], name="Thôn Ba")
        for one in (heir, near):
            gone = settling.last_row(make.make_settlement(f"{one.code}-X", one.coverage.get().committee))
            settling.end(gone, by=None, on=LATER, heir=first)
        hidden = ("Tổ chức T-1-1", "12-QĐ/ĐU", "ghi riêng", "can-bo", "T02-X")
        seen, whole = (self.page(who, "settlement", "T01") for who in ("district", "staff"))
        assert all(word in whole for word in hidden)
        assert not [word for word in hidden if word in seen]
        assert "13-QĐ/ĐU" in seen and "T03-X" in seen and "01/03/2012" in seen
        assert seen.count("ngoài phạm vi của anh chị") == 2
        settling.end(row, by=None, on=LATER, heir=heir)
        seen, whole = (self.page(who, "settlement", "T01") for who in ("district", "staff"))
        assert "Thôn Hai" in whole and "Thôn Hai" not in seen and "Nhập vào một thôn ngoài phạm vi" in seen

    def test_a_cell_that_moved_away_is_not_named(self, world):
        make.make_settlement("T01", world.at["T-2-1"], "own", world.at[CODE], since=SINCE)
        make.place(world.at[CODE], Kind.CELL, world.at["T-1-1"], since=ENDS)
        for page in (
            ("settlement-list",),
            ("list-export", "settlements", "csv"),
            ("settlement-correct", "T01"),
        ):
            asked = {} if len(page) == 2 else {"committee": "T-2", "columns": "cell,cell_code,remark"}
            assert CODE in self.page("staff", *page, **asked)
            assert CODE not in self.page("district", *page, **asked)
        assert "chi bộ ngoài phạm vi" in self.page("district", "settlement-list", committee="T-2")


def test_an_address_no_code_can_be(client, world):
    client.force_login(worlds.people(world)["staff"])
    for name in ("settlement", "settlement-end"):
        assert client.get(reverse(f"recruitment:{name}", args=["\0"])).status_code == 404
