"""The dashboard as an object: every figure counted by hand on a small province."""

from datetime import date

import pytest

from committees.access import FIGURES, PEOPLE
from recruitment import columns
from recruitment.dashboards.summary import summary
from recruitment.quotas import veil
from recruitment.quotas.progress import Unanswerable
from tests import factories as make
from tests.recruitment import world as worlds


@pytest.fixture
def world(db):
    return worlds.build()


def ask(committee="T", plan="KH-2", audience=PEOPLE, **asked):
    return summary(columns.current(), plan, committee, audience=audience, **asked)


class TestHeadline:
    def test_the_sentence_in_numbers(self, world):
        found = ask()
        assert (found.node.admitted, found.target, found.words.percent) == (
            27,
            "30",
            "90,00\N{NO-BREAK SPACE}%",
        )
        assert found.words.against == "còn thiếu 3"
        assert (found.found.met, found.found.assigned) == (1, 2)

    def test_the_term_before_counts_only_where_it_has_a_figure(self, world):
        assert ask().words.previous == "+7"
        assert ask("T-1").words.previous is None

    def test_the_message_names_no_person_and_carries_its_day(self, world):
        message = ask().words.message(27)
        assert "27/30 đảng viên" in message and "31/12/2015" in message and "1/2 đảng bộ" in message
        assert not any(admission.person.full_name in message for admission in world.women)

    def test_no_target_is_said_and_never_zero_per_cent(self, world):
        found = ask("T-1-1")
        assert found.words.percent is None
        assert found.words.no_target == "chưa giao chỉ tiêu"
        assert found.hero is None

    def test_a_report_stands_in_and_says_so(self, world):
        found = ask(plan="KH-1")
        assert found.reported and found.node.admitted == 20
        assert found.makeup is None and found.pace is None
        assert [row.unknown for row in found.units.rows] == [True, True]
        assert "Theo số báo cáo" in found.words.message(20)

    def test_how_it_was_computed(self, world):
        words = ask().words
        assert words.formula.startswith("27 : 30 × 100 = 90,000000")
        assert words.target_said == "30, 05-KH/TU, hiệu lực từ 01/01/2014"


class TestUnits:
    def test_ranked_by_share_with_gap_state_and_years(self, world):
        rows = ask().units.rows
        assert [(row.standing.code, row.rank, row.standing.surplus, row.standing.state) for row in rows] == [
            ("T-1", 1, 4, "met"),
            ("T-2", 2, -7, "behind"),
        ]
        assert rows[0].trend_said == "Từng năm 2014–2015: 23, 1"

    def test_the_heading_is_the_finding(self, world):
        assert ask().units.heading == "1 trong 2 đảng bộ đạt chỉ tiêu; 1 đảng bộ còn thiếu 7 người"

    def test_targets_that_do_not_add_up_are_shown_not_forced(self, world):
        make.make_quota(world.plan, world.at["T-2"], 12, effective_on=date(2015, 1, 1))
        units = ask().units
        assert any("cộng lại là 32" in note for note in units.notes)
        assert units.rows[1].remark == "điều chỉnh 1/2015"

    def test_a_unit_without_target_has_no_rank(self, world):
        rows = ask("T-1").units.rows
        assert {row.rank for row in rows} == {None}

    def test_what_is_recorded_at_a_committee_that_was_merged_in_is_its_own(self, world):
        at = world.at
        make.end_committee(at["T-2-1-1"], date(2016, 1, 1), heir=at["T-2-1"])
        found = ask("T-2-1", tree_on=date(2016, 6, 1))
        assert found.node.admitted == found.found.own == 3


class TestPace:
    def test_months_against_a_straight_pace(self, world):
        pace = ask().pace
        assert [(row.year, row.within, row.total) for row in pace.years] == [(2014, 23, 23), (2015, 4, 27)]
        assert pace.years[0].gap == "+8"
        assert pace.heading == "Chậm hơn nhịp chia đều 3 người cuối kỳ"

    def test_overtaking_is_found(self, world):
        assert ask("T-1").pace.heading == "Vượt nhịp chia đều từ tháng 3/2014, về đích hơn chỉ tiêu 4"

    def test_before_the_end_it_speaks_of_the_day(self, world):
        assert "đến 30/06/2014" in ask("T-1", on=date(2014, 6, 30)).pace.heading


class TestMakeup:
    def figures(self, **asked):
        return {figure.name: figure for figure in ask(**asked).makeup.figures}

    def test_partitions_sum_groups_do_not(self, world):
        figures = self.figures()
        for name in ("age", "education", "qualification", "occupation"):
            assert sum(bar.count for bar in figures[name].bars) == figures[name].total == 27
        assert figures["group"].total is None

    def test_counts(self, world):
        groups = {bar.line: bar.count for bar in self.figures()["group"].bars}
        assert (groups["women"], groups["ethnic_minority"], groups["religious"]) == (15, 12, 3)

    def test_for_figures_alone_nothing_under_five_can_be_told(self, world):
        figures = self.figures(audience=FIGURES)
        for name in ("age", "education", "qualification", "occupation"):
            assert not any(0 < bar.count < 5 for bar in figures[name].bars)
            assert sum(bar.count for bar in figures[name].bars) == 27
        religious = next(bar for bar in figures["group"].bars if bar.line == "religious")
        assert religious.count is None and religious.said == "dưới 5"

    def test_fewer_than_five_people_show_no_makeup_to_figures_alone(self, world):
        assert ask("T-2", audience=FIGURES).makeup is None
        assert ask("T-2").makeup is not None


class TestVeil:
    @pytest.mark.parametrize(
        "counts",
        [[3, 20, 30], [1, 1, 50], [4, 0, 0], [2, 5, 6, 0], [1, 2, 3, 4], [3], [4, 9], [0, 0, 3, 8, 8]],
    )
    def test_what_is_merged_cannot_be_told_by_subtraction(self, counts):
        away = veil.hidden(counts)
        assert all(k in away for k, n in enumerate(counts) if 0 < n < 5)
        assert len(away) >= min(2, len(counts))
        assert sum(counts[k] for k in away) >= 5 or len(away) == len(counts)

    def test_nothing_small_nothing_merged(self):
        assert veil.hidden([5, 0, 12]) == set()

    def test_a_group_asked_by_figures_alone_hides_small_units(self, world):
        found = ask(group="women", audience=FIGURES)
        assert {row.standing.code for row in found.units.rows if row.hidden} == {"T-1", "T-2"}
        assert found.units.merged == 15
        assert found.pace is None and found.makeup is None and found.pipeline is None

    def test_a_group_of_fewer_than_five_has_no_number(self, world):
        found = ask(group="religious", audience=FIGURES)
        assert found.admitted is None and found.hero is None
        assert "dưới 5" in found.words.message(found.admitted, instead=found.instead)
        assert ask(group="religious").admitted == 3

    def test_the_message_tells_no_more_of_a_group_than_the_page(self, world):
        """What units reached, and the term before, are counts of the group too: here of one person."""
        make.make_admission(world.at["T-1-1-1"], date(2013, 5, 5), sex="F")
        make.make_quota(world.plan, world.at["T-2"], 3, group="women")
        said = {who: ask(group="women", audience=who) for who in (PEOPLE, FIGURES)}
        said = {who: found.words.message(found.admitted, veiled=found.veiled) for who, found in said.items()}
        assert "15 đảng viên" in said[PEOPLE] and "15 đảng viên" in said[FIGURES]
        assert "1/1 đảng bộ" in said[PEOPLE] and "So với Kế hoạch 01" in said[PEOPLE]
        assert "1/1 đảng bộ" not in said[FIGURES] and "So với" not in said[FIGURES]


class TestPipeline:
    def test_the_four_numerators_and_the_remainder(self, world):
        pipeline = ask().pipeline
        counts = {line.label: line.count for line in pipeline.toward}
        assert counts == {
            "Đã tổ chức lễ kết nạp": 12,
            "Đã có quyết định, chờ lễ": 0,
            "Đã có quyết định, chưa ghi ngày lễ": 15,
            "Hồ sơ ghi chờ lễ, chưa có quyết định trong sổ": 1,
            "Đã trình, chờ quyết định": 1,
            "Chi bộ đã biểu quyết": 0,
            "Đang lập, thẩm tra hồ sơ": 1,
        }
        assert pipeline.rest.count == 0  # 27 + 3 of 30
        assert pipeline.source_total == 2

    def test_the_remainder_is_never_hidden(self, world):
        pipeline = ask("T-2").pipeline
        assert pipeline.rest.count == 10 - 3 - 3
        assert "còn 4 chỉ tiêu chưa có hồ sơ nào" in pipeline.heading

    def test_as_of_the_day(self, world):
        counts = {line.label: line.count for line in ask(on=date(2015, 1, 31)).pipeline.toward}
        assert counts["Đã có quyết định, chờ lễ"] == 12  # the ceremony was in June
        assert counts["Đã trình, chờ quyết định"] == 0


class TestGround:
    def test_how_many_organisations_admitted_anyone(self, world):
        ground = ask().ground
        assert (ground.admitted, ground.whole, ground.none) == (2, 4, 2)

    def test_no_source_and_idle(self, world):
        ground = ask().ground
        assert (ground.no_source, ground.idle) == (1, 1)  # T-2-2 has none; T-1-2 has, and admits nobody
        assert [(row.code, row.count, row.whole) for row in ground.rows] == [("T-2", 1, 2)]

    def test_outside_its_period_the_report_says_nothing(self, world):
        assert ask(on=date(2014, 12, 31)).ground.no_source == 0

    def test_a_report_of_the_whole_is_shown_where_none_below_is_named(self, world):
        make.make_reported(
            world.at["T-1"],
            "Tổ chức đảng không còn nguồn",
            2,
            date(2015, 1, 1),
            date(2015, 12, 31),
            source="BC 12",
        )
        ground = ask("T-1").ground
        assert (ground.no_source, ground.source) == (2, "BC 12")
        assert ask().ground.no_source == 1  # never summed upward

    def test_not_at_a_grassroots_organisation(self, world):
        assert ask("T-1-1").ground is None


class TestRefusals:
    @pytest.mark.parametrize("asked", [{"plan": "X"}, {"committee": "X"}, {"group": "X"}])
    def test_unknown_codes(self, world, asked):
        with pytest.raises(Unanswerable):
            ask(**asked)
