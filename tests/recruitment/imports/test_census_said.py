"""The demo's hamlets: written once, marked as reconstructed, never failing on a database that changed."""

from datetime import date

import pytest

from committees import journal
from committees.models import Committee, Coverage, Settlement
from recruitment import columns
from recruitment.census.settlement_rows import SettlementRows
from recruitment.imports import census_said
from recruitment.quotas.question import ask
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    """A little of the demo: a district with two communes, and Ninh Bình."""
    with journal.pen(None, "test"):
        province = make.make_committee("BRVT", "province")
        make.make_committee("NB", "province")
        at = make.make_committee("BRVT-DD", "upper", province)
        for commune, cells in (("BRVT-DD-003", 4), ("BRVT-DD-008", 3)):
            home = make.make_committee(commune, "grassroots_party", at)
            for n in range(1, cells + 1):
                make.make_committee(f"{commune}-{n:02d}", "cell", home, name=f"Chi bộ ấp {n}, xã nào đó")


def told(code, on):
    snapshot = columns.current()
    whole = SettlementRows(snapshot, ask(snapshot, code, on=on)[0]).units()[0]
    return whole.own, whole.shared, whole.none


def test_hamlets_after_their_cells_and_four_that_have_none(district):
    assert census_said.play_settlements()
    assert told("BRVT", date(2014, 6, 30)) == (7, 1, 1)
    assert told("BRVT", date(2014, 7, 1)) == (7, 2, 0)
    assert told("NB", date(2015, 12, 31)) == (0, 4, 0)
    assert Settlement.objects.get(code="BRVT-DD-008-T01").name == "Ấp 1"
    assert set(Coverage.objects.values_list("note", flat=True)) == {"dựng lại"}
    before = journal.head()
    assert not census_said.play_settlements() and journal.head() == before


def test_what_moved_meanwhile_is_left_out(district):
    cell = Committee.objects.get(code="BRVT-DD-008-03")
    make.place(cell, "cell", Committee.objects.get(code="BRVT-DD-003"), since=date(2020, 1, 1))
    make.end_committee(Committee.objects.get(code="BRVT-DD-003-04"), date(2004, 1, 1))
    assert census_said.play_settlements()
    assert not Settlement.objects.filter(code="BRVT-DD-008-T04").exists()


def test_nothing_where_nothing_of_it_stands(db):
    assert not census_said.play_settlements()
