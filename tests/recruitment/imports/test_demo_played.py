"""What the command `demo` leaves behind, loaded once for all: the figures of the articles, a second run, a database that
somebody has changed, and the reform, which may change no figure as it stood."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.test import override_settings

from committees import journal, reorganise, tree
from committees.access import Access
from committees.models import (
    Account,
    Committee,
    Headcount,
    Mandate,
    Placement,
    Reorganisation,
    Succession,
)
from recruitment import columns
from recruitment.dashboards.summary import summary
from recruitment.figures.board import board
from recruitment.imports import bottom_up, road, world, year_beside
from recruitment.management.commands.demo import Command
from recruitment.models import (
    Admission,
    Candidacy,
    Declaration,
    Group,
    Plan,
    Quota,
    ReportedFigure,
    Sourceless,
    Stage,
)
from recruitment.quotas.deeds import Refused
from recruitment.quotas.progress import progress
from tests.undone import undone

pytestmark = pytest.mark.django_db
TODAY, EVE = date(2026, 11, 22), date(2025, 6, 30)
PROVINCES = {"HCM": ("BRVT",), "NB2025": ("HN", "NB", "ND"), "BN2025": ("BN", "BG"), "CB": ("CB",)}
PASSWORD = "mat-khau-thu-1"


def run(*options):
    """What the command says."""
    said = io.StringIO()
    with override_settings(DEBUG=True, DEMO_PASSWORD=PASSWORD):
        call_command("demo", "--no-serve", *options, stdout=said)
    return said.getvalue()


@pytest.fixture(scope="module")
def demo(module_db):
    return run()


def carriers():
    """Ids of all committees that carry a figure: a target, a reported figure, members, a plan."""
    models = (Quota, ReportedFigure, Headcount, Plan)
    return {pk for model in models for pk in model.objects.values_list("committee_id", flat=True)}


def as_it_stood(ids):
    """{(plan, committee, day, group): the document of `attainment`} of every plan that had begun before the reform, for
    every one of the committees that stood in the plan's province: on its last day or the reform's eve, a year before,
    and for every group on the first of these."""
    snapshot, found = columns.current(), {}
    standing = snapshot.structure.at(EVE)
    for plan in Plan.objects.filter(since__lte=EVE):
        top = standing.of(plan.committee_id)
        root = next(iter(standing.ancestors(top)), top)
        last = min(plan.last_day, EVE)
        for pk in ids:
            if not root <= (p := standing.of(pk)) < standing.end[root] or standing.id(p) != pk:
                continue
            for on in {last, max(plan.since, last.replace(year=last.year - 1))}:
                for group in (None, *world_groups()) if on == last else (None,):
                    asked = plan.code, standing.code(p), on, group
                    document = progress(snapshot, plan.code, standing.code(p), on=on, group=group).as_json()
                    found[asked] = json.dumps(document, ensure_ascii=False)
    return found


def world_groups():
    return ("women", "youth", "ethnic_minority")


def test_the_figures_of_the_articles(demo):
    found = progress(columns.current(), "BRVT-2010-2015", "BRVT")
    assert (found.admitted, found.goal, found.met, found.assigned) == (9701, 9352, 10, 15)
    assert str(found.percent) == "103.73"
    assert found.previous.difference == 2035
    thanh_liem = progress(columns.current(), "HN-TL-DH", "HN-TL", on=date(2023, 10, 31))
    assert str(thanh_liem.percent) == "89.83"
    assert Account.objects.get(username="thuong-vu").check_password(PASSWORD)
    since = Admission.objects.filter(candidacy__entered_on__year__in=range(2018, TODAY.year + 1))
    invented = since.exclude(cell__code__in=road.CELLS).count()
    assert invented > 2000
    assert (
        Admission.objects.count() - invented == 9707 + 539 + 9 + 1
    )  # nine of the dossiers of today are decided, and one with every paper


def test_a_second_run_adds_nothing(demo):
    once = journal.head()
    assert "không thêm gì" in run()
    assert journal.head() == once


# A database that somebody has changed ---------------------------------------------------------------


def older():
    """As the demo was before its cells and departments said anything themselves; and since then whoever they would name
    has been followed no longer."""
    named = list(Declaration.objects.values_list("candidacy", flat=True))
    with journal.pen(None, "test"):
        for model in (Declaration, Sourceless):
            model.objects.all().delete()
        own = Group.objects.exclude(committee=None)
        Quota.objects.filter(group__in=own).delete()
        own.delete()
        Quota.objects.filter(
            group__code__in=dict(bottom_up.WANTED), plan__code__endswith=str(year())
        ).delete()
        Candidacy.objects.filter(pk__in=named[::2]).update(stage=Stage.CLOSED)
    return set(named[::2]), set(named)


def year():
    return max(plan.since.year for plan in Plan.objects.all()) - 1


def test_who_is_no_longer_followed_is_declared_by_nobody(demo):
    gone, named = older()
    assert gone and named - gone
    assert "nguồn đã đăng ký cho năm tới" in run() and "bỏ qua" not in run()
    declared = set(Declaration.objects.values_list("candidacy", flat=True))
    assert declared and not declared & gone


@pytest.mark.parametrize(
    "trouble", [Refused(("on", "một ngày\nkhác")), LookupError("BRVT-DD"), Committee.DoesNotExist("mất")]
)
def test_a_step_that_does_not_fit_says_so_in_one_line_and_leaves_it(trouble):
    def step():
        raise trouble

    said = io.StringIO()
    assert Command(stdout=said).play(step, "Bản trình diễn: thử") is None
    [line] = said.getvalue().splitlines()
    assert "thử" in line and "bỏ qua" in line


def test_a_batch_that_no_longer_fits_is_left_out_and_said(demo, monkeypatch):
    step = world.Step(
        "headcounts",
        "Bản trình diễn: thêm",
        [{"Mã tổ chức": "BRVT-XX", "Ngày": "01/01/2020", "Số đảng viên": 1}],
    )
    monkeypatch.setattr(world, "steps", lambda: [step])
    said, once = [], journal.head()
    assert world.load_world(said.append) == []
    assert len(said) == 1 and "thêm – bỏ qua" in said[0] and "BRVT-XX" in said[0]
    assert journal.head() == once


# The reform -----------------------------------------------------------------------------------------


@pytest.fixture(scope="class")
def played(demo):
    """(ids of the committees that carry a figure, their documents before the reform, the structure before); taken back
    after the class."""
    with undone():
        ids, ground = carriers(), written()
        before = as_it_stood(ids) | sources()
        assert "đã áp dụng" in run("--reform")
        yield ids, before, ground


def sources():
    """{(claim,): what the page of published figures says of it}."""
    return {
        (line.claim.code,): f"{line.formula} {line.ours and line.ours.text} {line.tag.word} {line.hint}"
        for _article, lines in board(columns.current(), lambda code: False).articles
        for line in lines
    }


def written():
    """Every row of structure and mandates, to the last value."""
    models = (Committee, Placement, Succession, Mandate)
    return {(model.__name__, *row) for model in models for row in model.objects.values_list()}


class TestReform:
    def test_every_figure_as_it_stood_is_the_same_to_the_letter(self, played):
        ids, before, _ground = played
        assert len(ids) > 50 and len(before) > 1000
        printed = [json.loads(before[asked]) for asked in (
            ("BRVT-2010-2015", "BRVT", date(2015, 12, 31), None), ("HN-TL-BTV", "HN-TL", EVE, None),
            ("CB-2011-2014", "CB", date(2014, 12, 31), None), ("NB-2010-2015", "NB", date(2015, 12, 31), None),
        )]  # fmt: skip
        assert [(one["admitted"], one["target"], one["percent"], one["basis"]) for one in printed] == [
            (9701, 9352, "103.73", "records"), (539, 650, "82.92", "records"),
            (12133, None, None, "reported"), (11225, None, None, "reported"),
        ]  # fmt: skip
        assert as_it_stood(ids) | sources() == before

    def test_by_today_the_new_province_shows_the_sum_of_its_parts(self, played):
        """Of what is on record; a reported figure stays with the committee that it was reported for."""
        snapshot, several = columns.current(), 0
        for plan in Plan.objects.filter(since__lte=EVE):
            on = min(plan.last_day, EVE)
            for new, old in PROVINCES.items():
                now = progress(snapshot, plan.code, new, on=on, tree_on=TODAY)
                then = [progress(snapshot, plan.code, code, on=on) for code in old]
                parts = [one.admitted for one in then if one.basis == "records"]
                several += sum(map(bool, parts)) > 1
                if now.basis == "records":
                    assert now.admitted == sum(parts), (plan.code, new)
                    below = sum(one.admitted for one in now.children if one.basis == "records")
                    assert now.admitted == now.own + below, (plan.code, new)
        assert several > 2
        city = progress(snapshot, "BRVT-2010-2015", "HCM", on=date(2015, 12, 31), tree_on=TODAY)
        assert (city.admitted, city.goal) == (9701, 9352)
        told = summary(snapshot, "NB-2010-2015", "NB2025", on=date(2015, 12, 31), tree_on=TODAY).reports.rows
        assert ("Kết nạp", "11.225", "Đảng bộ tỉnh Ninh Bình") in [
            (row.indicator, row.value, row.whose) for row in told
        ]

    def test_the_districts_have_ended_and_the_communes_stand_under_the_new_provinces(self, played):
        structure = tree.structure()
        now, ended = structure.at(TODAY), {"BRVT", "HN", "NB", "BN", "ND", "BG"}
        ended |= {f"BRVT-{unit}" for unit in ("VT", "BR", "TT", "DD", "LD", "CDU", "XM")} | {
            "HN-TL",
            "ND-01",
            "ND-02",
            "BG-01",
        }
        ended |= {f"CB-{k:02d}" for k in range(1, 14)}
        assert not [code for code in ended if now.stands(structure.by_code[code])]
        assert {now.code(p) for p in now.roots()} == set(PROVINCES)

        def above(code):
            return now.code(now.up[now.position[structure.by_code[code]]])

        assert [above(code) for code in ("BRVT-DD-001", "HN-TL-KK", "ND-01-01", "BG-01-02")] == [
            "HCM",
            "NB2025",
            "NB2025",
            "BN2025",
        ]
        assert now.code(now.position[structure.by_code["ND-02-01-01"]]) == "ND-02-01-01"

    def test_each_package_is_a_reorganisation_within_the_reach_of_its_new_province(self, played):
        kept = list(Reorganisation.objects.order_by("pk"))
        assert [one.state for one in kept] == ["applied"] * 4 and sum(len(one.acts) for one in kept) > 200
        staff = Access(Account.objects.get(username="ban-to-chuc"))
        assert [staff.may("structure", one.committee_id) for one in kept] == [True, False, False, False]
        held = {
            row.account.username: row.committee.code
            for row in Mandate.objects.filter(until=None, committee__code="HCM")
        }
        assert set(held) == {"ban-to-chuc", "thuong-vu", "kiem-tra", "quan-tri", "nam-tinh"}

    def test_undone_everything_stands_as_before(self, played):
        ids, before, ground = played
        for one in Reorganisation.objects.order_by("-pk"):
            assert reorganise.prevents(one) == []
            reorganise.undo(one, by=None)
        assert not ground - written()
        left = Placement.objects.filter(
            pk__in={row[1] for row in written() - ground if row[0] == "Placement"}
        )
        assert {row.committee.code[:2] for row in left} == {"ND", "BG"}, (
            "the neighbours were loaded, not founded"
        )
        assert not Succession.objects.exists()
        assert as_it_stood(ids) | sources() == before
        assert "Sắp xếp 01/07/2025: đã áp dụng\n" in run("--reform"), "and it may be played once more"

    def test_played_again_it_adds_nothing(self, played):
        once = journal.head()
        assert "đã áp dụng từ trước" in run("--reform")
        assert journal.head() == once

    def test_steps_that_came_later_leave_a_reformed_database_alone(self, played):
        """An older demo, reformed: its province has ended, and the years beside and ahead are not forced upon it."""
        with journal.pen(None, "test"):
            Quota.objects.filter(plan__code__regex="-(BD|DV)$").delete()
            Plan.objects.filter(code__regex="-(BD|DV)$").delete()
        once = journal.head()
        assert year_beside.play_beside() is False
        assert "bỏ qua" not in run("--reform")
        assert journal.head() == once
