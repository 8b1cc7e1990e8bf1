"""From the decision on, the ways out, the moves, the helpers, the background check."""

from datetime import date, timedelta

import pytest

from committees import journal, vietnamese
from committees.editing import Overtaken
from recruitment import columns
from recruitment.models import Admission, Candidacy, Mentorship, Stage
from recruitment.pipeline import actions, admissions, evidence, slips, whereabouts
from recruitment.rules import deadlines
from recruitment.rules.papers import KINDS, OUT
from tests import factories as make

from .road_world import DAYS, ROAD, admission_of, build, candidate, step, walk
from .test_papers import forbidden, steps


@pytest.fixture
def world(db):
    return build()


def leave(candidacy, kind, on, **said):
    said = {"reason": "theo nguyện vọng"} | said
    return actions.leave(candidacy, kind, on=on, snapshot=columns.current(), by=None, **said)


class TestDecide:
    def test_the_admission_is_the_candidate_s(self, world):
        here = walk(world.candidacy, "decision")
        admission = admission_of(here)
        assert (admission.person_id, admission.cell_id) == (here.person_id, world.cell.pk)
        assert admission.decision_number == "145-QĐ/HU" and here.stage == Stage.DECIDED

    def test_a_number_given_twice_is_asked_about_once(self, world):
        walk(world.candidacy, "decision")
        second = walk(candidate(world.other, full_name="Phạm Thị Mười"), "appraisal")
        told = {
            "decided_on": DAYS["decision"], "decision_number": "145 - QĐ/HU", "access": make.door(world.alice),
            "snapshot": columns.current(), "by": world.alice,
        }  # fmt: skip
        with pytest.raises(admissions.Doubtful) as question:
            actions.decide(second, **told)
        assert not Admission.objects.filter(candidacy=second).exists()
        keys = [doubt.key for doubt in question.value.doubts]
        assert actions.decide(second, **told, confirmed=keys).candidacy_id == second.pk

    def test_not_a_member_already(self, world):
        here = walk(world.candidacy, "appraisal")
        make.make_admission(world.other, date(2024, 9, 1), person=here.person)
        with pytest.raises(admissions.Impossible, match="đã được kết nạp"):
            step(here, "decision", DAYS["decision"])

    def test_not_after_the_term_and_its_extension(self, world):
        here = walk(world.candidacy, "appraisal")
        snapshot = columns.current()
        rules = snapshot.statute.on(DAYS["decision"])
        due = deadlines.decision_due_on(DAYS["cell_vote"], rules, snapshot.calendar)
        latest = deadlines.decision_latest_on(DAYS["cell_vote"], rules, snapshot.calendar)
        assert "decision_too_late" in forbidden(
            lambda: step(here, "decision", latest + timedelta(days=1), approval="7-CV")
        )
        assert forbidden(lambda: step(here, "decision", due + timedelta(days=1))) == {"decision_late"}
        step(here, "decision", due + timedelta(days=1), approval="7-CV/HU")
        assert admission_of(here).approval == "7-CV/HU"
        assert Candidacy.objects.get(pk=here.pk).stage == Stage.DECIDED

    def test_one_s_own_of_today_is_undone_with_its_steps(self, world):
        here = walk(world.candidacy, "appraisal")
        admission = step(here, "decision", DAYS["decision"], by=world.alice)
        slips.undo(admission, by=world.alice)
        fresh = Candidacy.objects.get(pk=here.pk)
        assert fresh.stage == Stage.SUBMITTED and "decided" not in steps(fresh)


class TestAfterTheDecision:
    def test_the_ceremony_late_only_with_consent(self, world):
        here = walk(world.candidacy, "received")
        late = date(2025, 1, 10)
        assert "ceremony_late" in forbidden(lambda: step(here, "ceremony", late))
        step(here, "ceremony_consent", date(2024, 10, 20), number="9-CV/ĐU")
        step(here, "ceremony", late)
        assert admission_of(here).ceremony_on == late

    def test_or_with_the_document_named(self, world):
        here = walk(world.candidacy, "received")
        step(here, "ceremony", date(2025, 1, 10), approval="9-CV/ĐU")
        assert admission_of(here).ceremony_approval == "9-CV/ĐU"
        assert here.stage == Stage.PROBATION

    def test_nothing_without_a_decision(self, world):
        here = walk(world.candidacy, "appraisal")
        for kind in ("received", "ceremony", "recognition"):
            assert forbidden(lambda kind=kind: step(here, kind, date(2024, 12, 1)))

    def test_recognition_not_before_twelve_months(self, world):
        here = walk(world.candidacy, "ceremony")
        assert "probation_running" in forbidden(
            lambda: step(here, "recognition", DAYS["ceremony"].replace(year=2025))
        )

    def test_a_ceremony_taken_back_takes_its_stage_along(self, world):
        here = walk(world.candidacy, "ceremony")
        admission = admission_of(here)
        said = {name: getattr(admission, name) for name in ("decided_on", "received_on", "official_on")}
        admissions.correct(
            make.door(world.alice), columns.current(), admission, cell=world.cell, ceremony_on=None,
            decision_number="145-QĐ/HU", stamp=admission.stamp, by=world.alice, reason="Chưa làm lễ", **said,
            **admission.traits(),
        )  # fmt: skip
        fresh = Candidacy.objects.get(pk=here.pk)
        assert fresh.stage == Stage.DECIDED and "probation" not in steps(fresh)

    def test_a_day_that_breaks_a_rule_is_asked_about_where_there_are_papers(self, world):
        here = walk(world.candidacy, "ceremony")
        admission = admission_of(here)
        said = {name: getattr(admission, name) for name in ("decided_on", "received_on", "official_on")}

        def correct(held, **more):
            return admissions.correct(
                make.door(world.alice), columns.current(), admission, cell=world.cell, ceremony_on=held,
                decision_number="145-QĐ/HU", stamp=admission.stamp, by=world.alice, reason="Gõ nhầm ngày", **said,
                **admission.traits(), **more,
            )  # fmt: skip

        with pytest.raises(admissions.Doubtful) as question:
            correct(date(2025, 2, 3))
        (doubt,) = question.value.doubts
        assert doubt.key.startswith("ceremony_late") and doubt.approvable
        with pytest.raises(admissions.Doubtful):
            correct(date(2025, 2, 4), confirmed=[doubt.key])  # what was answered holds for no other day
        correct(date(2025, 2, 3), ceremony_approval="9-CV/ĐU")
        assert admission_of(here).ceremony_approval == "9-CV/ĐU"


class TestLeaving:
    @pytest.mark.parametrize(
        ("last", "kind"),
        [
            ("application", "withdrawn"), ("application", "removed"), ("opinions", "died"), ("submission", "stopped"),
            ("ceremony", "struck_off"), ("ceremony", "died"), ("decision", "died"),
        ],
    )  # fmt: skip
    def test_each_way_out(self, world, last, kind):
        here = walk(world.candidacy, last)
        on = DAYS[last] + timedelta(days=30)
        paper = leave(here, kind, on)
        fresh = Candidacy.objects.get(pk=here.pk)
        assert fresh.stage == Stage.CLOSED and steps(fresh)["closed"] == on and paper.kind == kind
        for admission in Admission.objects.all():
            assert (admission.left_on, admission.left_as, admission.cancelled_on) == (on, kind, None)

    @pytest.mark.parametrize(
        ("last", "kind", "code"),
        [
            ("application", "struck_off", "no_probation"), ("application", "not_passed", "nobody_said_no"),
            ("decision", "withdrawn", "decided_already"), ("ceremony", "stopped", "way"),
            ("recognition", "died", "official"),
        ],
    )  # fmt: skip
    def test_a_way_that_is_not_open(self, world, last, kind, code):
        here = walk(world.candidacy, last)
        assert code in forbidden(lambda: leave(here, kind, DAYS[last] + timedelta(days=30)))

    def test_not_passed_after_somebody_said_no(self, world):
        here = walk(world.candidacy, "introduction")
        step(
            here,
            "cell_vote",
            DAYS["cell_vote"],
            said={"members": 9, "present": 9, "in_favour": 2, "against": 7},
        )
        leave(here, "not_passed", DAYS["cell_vote"])
        assert Candidacy.objects.get(pk=here.pk).stage == Stage.CLOSED

    def test_not_before_what_was_done(self, world):
        here = walk(world.candidacy, "opinions")
        assert "before_the_last" in forbidden(lambda: leave(here, "withdrawn", DAYS["verification"]))

    def test_why_is_wanted_and_nothing_follows(self, world):
        here = walk(world.candidacy, "application")
        with pytest.raises(actions.Refused, match="lý do"):
            leave(here, "withdrawn", date(2024, 7, 1), reason=" ")
        leave(here, "withdrawn", date(2024, 7, 1))
        assert forbidden(lambda: step(here, "declaration", date(2024, 7, 2))) == {"closed"}
        assert forbidden(lambda: leave(here, "removed", date(2024, 7, 2))) == {"closed"}


class TestHelping:
    def test_nobody_begins_while_another_still_helped(self, world):
        last = date(2024, 5, 31)
        actions.end_mentor(world.candidacy, on=last, by=None)

        def assign(since):
            return actions.assign_mentor(world.candidacy, mentor="Lê Thị Tám", since=since, by=None)

        with pytest.raises(actions.Refused, match="còn đang giúp đỡ \\(đến hết 31/05/2024\\)"):
            assign(last)
        assign(last + timedelta(days=1))
        assert [m.until for m in world.candidacy.mentorships.order_by("since")] == [date(2024, 6, 1), None]

    def test_unable_for_everybody_of_the_cell_until_handed_over(self, world):
        second = candidate(world.cell, full_name="Phạm Thị Mười")
        elsewhere = candidate(world.other)
        mine = actions.running_mentorship(world.candidacy)
        rows = actions.declare_unable(mine, on=date(2024, 6, 1), why="chuyển sinh hoạt", by=None)
        assert {row.candidacy_id for row in rows} == {world.candidacy.pk, second.pk}
        assert not Mentorship.objects.get(candidacy=elsewhere).unable_on
        actions.assign_mentor(
            second, mentor="Lê Thị Tám", since=date(2024, 6, 2), document="5-NQ/CB", by=None
        )
        assert actions.running_mentorship(second).mentor == "Lê Thị Tám"
        assert actions.loads([world.cell.pk]) == [
            (world.cell.pk, "Trần Văn Bảy", 1),
            (world.cell.pk, "Lê Thị Tám", 1),
        ]

    def test_unable_is_refused(self, world):
        mine = actions.running_mentorship(world.candidacy)
        for on, why in (
            (date(2023, 1, 1), "x"),
            (vietnamese.today() + timedelta(days=1), "x"),
            (date(2024, 6, 1), " "),
        ):
            with pytest.raises(actions.Refused):
                actions.declare_unable(mine, on=on, why=why, by=None)
        assert not Mentorship.objects.get().unable_on

    def test_a_review_bears_its_mentor_and_stands_once_a_day(self, world):
        first = actions.review(world.candidacy, on=date(2024, 4, 1), verdict="good", note="chăm", by=None)
        assert first.mentorship.mentor == "Trần Văn Bảy"
        stamp = world.candidacy.stamp
        actions.review(world.candidacy, on=date(2024, 4, 1), verdict="weak", by=None)
        assert world.candidacy.reviews.get().verdict == "weak"
        for on in (date(2023, 4, 1), vietnamese.today() + timedelta(days=1)):
            with pytest.raises(actions.Refused):
                actions.review(world.candidacy, on=on, verdict="good", by=None)
        with pytest.raises(Overtaken):
            actions.review(world.candidacy, on=date(2024, 5, 1), verdict="good", by=None, stamp=stamp)


class TestVerifying:
    def test_a_letter_its_answer_and_the_result(self, world):
        snapshot = columns.current()
        father = actions.add_relative(world.candidacy, relation="father", full_name="Nguyễn Văn Cha", by=None)
        letter = actions.ask_letter(
            world.candidacy,
            to="Đảng ủy xã A",
            sent_on=date(2024, 5, 6),
            relative=father,
            snapshot=snapshot,
            by=None,
        )
        rules = snapshot.statute.on(letter.sent_on)
        assert letter.due_on == deadlines.answer_due_on(letter.sent_on, rules, snapshot.calendar)
        actions.answer_letter(letter, on=date(2024, 6, 1), result="pass", by=None)
        father.refresh_from_db()
        assert (father.result, father.result_on) == ("pass", date(2024, 6, 1))
        mother = actions.add_relative(world.candidacy, relation="mother", by=None)
        actions.settle_relative(mother, result="wait", on=date(2024, 6, 2), by=None)
        actions.drop_relative(mother, by=None)
        assert [one.relation for one in world.candidacy.relatives.all()] == ["father"]

    def test_refusals(self, world):
        father = actions.add_relative(world.candidacy, relation="father", by=None)
        letter = actions.ask_letter(
            world.candidacy, to="Đảng ủy xã A", sent_on=date(2024, 5, 6), relative=father, snapshot=columns.current(),
            by=None,
        )  # fmt: skip
        before, later = journal.head(), vietnamese.today() + timedelta(days=1)
        for deed in (
            lambda: actions.add_relative(world.candidacy, relation="father", by=None),
            lambda: actions.drop_relative(father, by=None),
            lambda: actions.answer_letter(letter, on=date(2024, 5, 5), by=None),
            lambda: actions.answer_letter(letter, on=later, by=None),
            lambda: actions.answer_letter(letter, on=date(2024, 6, 5), result="?", by=None),
            lambda: actions.settle_relative(father, result="pass", on=later, by=None),
            lambda: actions.ask_letter(
                world.candidacy, to=" ", sent_on=date(2024, 5, 6), snapshot=columns.current(), by=None
            ),
        ):
            with pytest.raises(actions.Refused):
                deed()
        assert journal.head() == before


def lies(candidacy):
    fresh = Candidacy.objects.get(pk=candidacy.pk)
    facts = evidence.facts_of(fresh, columns.current().structure, vietnamese.today())
    return whereabouts.of(fresh, facts)


class TestWhereabouts:
    @pytest.mark.parametrize(
        ("last", "state", "says"),
        [
            ("application", "preparing", "Đang lập hồ sơ"), ("cell_vote", "voted", "đảng ủy cơ sở"),
            ("base_vote", "voted", "chưa gửi lên"), ("submission", "sent", "chưa có trả lời"),
            ("receipt", "received", "đã nhận"), ("appraisal", "received", "chờ quyết định"),
            ("decision", "decided", "chưa về chi bộ"), ("received", "decided", "chờ lễ"),
            ("ceremony", "probation", "dự bị"), ("recognition_submission", "sent", "công nhận"),
            ("recognition", "done", "chính thức"),
        ],
    )  # fmt: skip
    def test_after_each_step(self, world, last, state, says):
        here = lies(walk(world.candidacy, last))
        assert (here.state, here.since) == (state, DAYS[last]) and says in here.words

    def test_before_anything_and_returned_and_over(self, world):
        assert lies(world.candidacy).words == "Trong danh sách nguồn, chưa lập hồ sơ."
        here = walk(world.candidacy, "receipt")
        step(here, "returned", date(2024, 9, 1), said={"missing": "bản sao bằng THPT"})
        assert (lies(here).state, lies(here).holder) == ("returned", "Chi bộ") and "bằng THPT" in lies(
            here
        ).words
        step(here, "resubmission", date(2024, 9, 3), said={"to": "Ban Tổ chức"})
        assert (lies(here).state, lies(here).holder) == ("sent", "Ban Tổ chức")
        leave(here, "withdrawn", date(2024, 9, 9))
        assert (lies(here).state, lies(here).since) == ("over", date(2024, 9, 9))

    def test_letters_out_and_stages_without_papers(self, world):
        actions.ask_letter(
            world.candidacy, to="Đảng ủy xã A", sent_on=date(2024, 5, 6), snapshot=columns.current(), by=None
        )
        assert (lies(world.candidacy).holder, lies(world.candidacy).since) == (
            "Đảng ủy xã A",
            date(2024, 5, 6),
        )
        stated = make.make_candidacy(world.other, date(2024, 1, 1), (Stage.SUBMITTED, date(2024, 5, 5)))
        assert (lies(stated).state, lies(stated).since) == ("sent", date(2024, 5, 5))


def test_every_kind_of_the_road_is_walked_here():
    never = {"listing", "class_proposal", "criterion", "readmission", "opinion_union", "youth", "union", "returned",
             "resubmission", "section_appraisal", "section_recognition", "ceremony_consent", "member_file"}  # fmt: skip
    assert {kind for kind, _on, _said in ROAD} | never == {k.code for k in KINDS.values() if k.phase != OUT}


def log(world, candidacy, on=DAYS["decision"], **said):
    person = candidacy.person
    return admissions.admit(
        make.door(world.alice), columns.current(), full_name=person.full_name, citizen_id=None, same=str(person.pk),
        cell=world.cell, decided_on=on, decision_number="", received_on=None, ceremony_on=None, official_on=None,
        traits=person.traits(), by=world.alice, **said,
    )  # fmt: skip


class TestLoggedAfterwards:
    def test_a_decision_that_happened_is_asked_about_where_papers_are_wanting(self, world):
        here = walk(world.candidacy, "cell_vote")
        with pytest.raises(admissions.Doubtful) as question:
            log(world, here)
        keys = [doubt.key for doubt in question.value.doubts]
        assert {key.split()[0] for key in keys} == {"no_base_vote", "no_submission"}
        assert log(world, here, confirmed=keys).candidacy_id == here.pk
        assert Candidacy.objects.get(pk=here.pk).stage == Stage.DECIDED

    def test_a_whole_dossier_asks_nothing(self, world):
        here = walk(world.candidacy, "appraisal")
        assert log(world, here).candidacy_id == here.pk

    def test_over_sixty_wants_the_document(self, world):
        old = make.make_candidacy(world.cell, date(2024, 1, 10), born=date(1960, 1, 1), education="12/12")
        with pytest.raises(admissions.Doubtful) as question:
            log(world, old)
        assert [doubt.key.split()[0] for doubt in question.value.doubts] == ["too_old"]
        assert log(world, old, approval="55-CV/TU").person_id == old.person_id
