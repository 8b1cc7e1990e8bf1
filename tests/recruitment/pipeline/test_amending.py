"""What stands beside the papers put right, or taken away: with a reason, by who records there, and only while the steps
that rest on it still stand."""

import html
from datetime import date

import pytest
from django.urls import reverse

from committees.models import Entry, Role
from recruitment import columns
from recruitment.models import Candidacy, Certificate, Letter, Mentorship, Review, Stage
from recruitment.pipeline import actions
from tests import factories as make

from .road_world import DAYS, ENTERED, build, step, walk
from .test_papers import forbidden, steps


@pytest.fixture
def world(db):
    return build()


def told(**said):
    return {"reason": "Ghi nhầm", "snapshot": columns.current(), "by": None} | said


def certificate(world):
    return Certificate.objects.get(person=world.candidacy.person, kind="awareness")


def fresh(world):
    return Candidacy.objects.get(pk=world.candidacy.pk)


class TestCertificate:
    def correct(self, world, issued_on, **said):
        return actions.correct_certificate(
            certificate(world), number="32", issued_on=issued_on, **told(**said)
        )

    def test_the_step_it_led_to_follows_again_and_again(self, world):
        assert steps(fresh(world))["class"] == date(2024, 3, 15)
        for day in (date(2024, 4, 2), date(2024, 2, 5)):
            self.correct(world, day)
            assert steps(fresh(world))["class"] == day
        self.correct(world, date(2023, 12, 1))  # before the cell followed anybody
        assert steps(fresh(world))["class"] == ENTERED
        assert certificate(world).number == "32"

    def test_a_step_that_somebody_else_told_stays(self, world):
        with make._pen():
            row = world.candidacy.steps.get(stage=Stage.CLASS)
            row.save()
        self.correct(world, date(2024, 4, 2))
        assert steps(fresh(world))["class"] == date(2024, 3, 15)

    def test_taken_away_the_step_goes_too(self, world):
        actions.drop_certificate(certificate(world), **told())
        assert fresh(world).stage == Stage.SOURCE and "class" not in steps(fresh(world))
        assert not Certificate.objects.filter(kind="awareness").exists()

    def test_not_while_the_cells_vote_rests_on_it(self, world):
        walk(world.candidacy, "cell_vote")
        assert forbidden(lambda: actions.drop_certificate(certificate(world), **told()))
        for day in (date(2019, 8, 4), date(2024, 8, 6)):  # lapsed the day before the meeting; a day after it
            assert forbidden(lambda day=day: self.correct(world, day))
        self.correct(world, date(2024, 2, 5))
        assert fresh(world).stage == Stage.CELL

    @pytest.mark.parametrize(
        ("issued_on", "words"),
        [
            (date(2199, 1, 1), "chưa đến"),
            (date(1990, 3, 14), "sau ngày sinh"),
            (date(2023, 5, 5), "đã có chứng nhận"),
        ],
    )
    def test_days_that_cannot_be(self, world, issued_on, words):
        make.make_certificate(world.cell, date(2023, 5, 5), person=world.candidacy.person)
        row = Certificate.objects.get(person=world.candidacy.person, number="31")
        with pytest.raises(actions.Refused, match=words) as refusal:
            actions.correct_certificate(row, number="31", issued_on=issued_on, **told())
        assert refusal.value.field == "issued_on"

    def test_one_a_class_issued_is_not_before_its_decision_and_the_class_s_to_take_back(self, world):
        course = make.make_course(world.at["T-1"], date(2024, 3, 4), completed_on=date(2024, 3, 14))
        row = certificate(world)
        with make._pen():
            row.course = course
            row.save()
        with pytest.raises(actions.Refused, match="công nhận hoàn thành ngày 14/03/2024"):
            self.correct(world, date(2024, 3, 13))
        with pytest.raises(actions.Refused, match="một lớp trong sổ cấp"):
            actions.drop_certificate(certificate(world), **told())
        assert self.correct(world, date(2024, 3, 14)).issued_on == date(2024, 3, 14)


class TestMentorship:
    def correct(self, row, since, mentor="Trần Văn Bảy", able=False, **said):
        return actions.correct_mentorship(
            row, mentor=mentor, since=since, document="2-NQ", able=able, **told(**said)
        )

    @pytest.fixture
    def two(self, world):
        """Bảy, then from 01/06/2024 Tám."""
        actions.assign_mentor(world.candidacy, mentor="Lê Thị Tám", since=date(2024, 6, 1), by=None)
        return list(Mentorship.objects.order_by("since"))

    def test_who_handed_over_hands_over_on_the_new_day(self, two):
        first, second = two
        for day in (date(2024, 7, 1), date(2024, 5, 1)):
            self.correct(Mentorship.objects.get(pk=second.pk), day, "Lê Thị Tâm")
            first.refresh_from_db()
            second.refresh_from_db()
            assert (first.until, second.since, second.mentor, second.document) == (
                day,
                day,
                "Lê Thị Tâm",
                "2-NQ",
            )

    def test_the_first_one_ends_where_the_next_begins(self, two):
        with pytest.raises(actions.Refused, match="không trước ngày thôi giúp đỡ"):
            self.correct(two[0], date(2024, 6, 1))
        assert self.correct(two[0], date(2024, 2, 1)).since == date(2024, 2, 1)

    @pytest.mark.parametrize(
        ("which", "since", "words"),
        [(0, date(2024, 1, 9), "trước ngày đưa vào nguồn"), (1, ENTERED, "bắt đầu giúp đỡ"),
         (1, date(2199, 1, 1), "chưa đến")],
    )  # fmt: skip
    def test_days_that_cannot_be(self, two, which, since, words):
        with pytest.raises(actions.Refused, match=words) as refusal:
            self.correct(two[which], since)
        assert refusal.value.field == "since"

    def test_taken_away_the_former_helps_on_and_bears_the_notes(self, world, two):
        actions.review(world.candidacy, on=date(2024, 6, 20), verdict="good", by=None)
        assert Review.objects.get().mentorship == two[1]
        actions.drop_mentorship(Mentorship.objects.get(pk=two[1].pk), **told())
        left = Mentorship.objects.get()
        assert (left.pk, left.until) == (two[0].pk, None) and Review.objects.get().mentorship == left
        actions.drop_mentorship(left, **told())
        assert not Mentorship.objects.exists() and Review.objects.get().mentorship is None

    def test_one_in_between_leaves_no_gap(self, world, two):
        actions.assign_mentor(world.candidacy, mentor="Đỗ Chín", since=date(2024, 9, 1), by=None)
        actions.drop_mentorship(Mentorship.objects.get(pk=two[1].pk), **told())
        spans = [(row.since, row.until) for row in Mentorship.objects.order_by("since")]
        assert spans == [(ENTERED, date(2024, 9, 1)), (date(2024, 9, 1), None)]

    def test_unable_by_mistake(self, world):
        (row,) = actions.declare_unable(
            world.candidacy.mentorships.get(), on=date(2024, 5, 1), why="Chuyển đi", by=None
        )
        assert self.correct(row, ENTERED).unable_on == date(2024, 5, 1)
        row.refresh_from_db()
        assert self.correct(row, ENTERED, able=True).unable_on is None

    def test_not_while_the_cells_vote_rests_on_it(self, world):
        walk(world.candidacy, "cell_vote")
        assert forbidden(lambda: actions.drop_mentorship(world.candidacy.mentorships.get(), **told()))


class TestReviewAndLetter:
    def test_a_review(self, world):
        first = actions.review(world.candidacy, on=date(2024, 4, 1), verdict="good", by=None)
        actions.review(world.candidacy, on=date(2024, 7, 1), verdict="weak", by=None)

        def correct(on):
            row = Review.objects.get(pk=first.pk)
            return actions.correct_review(row, on=on, verdict="steady", note="Chăm", **told())

        for on, words in ((date(2024, 7, 1), "Đã có một nhận xét"), (date(2024, 1, 1), "trước ngày đưa vào nguồn"),
                          (date(2199, 1, 1), "chưa đến")):  # fmt: skip
            with pytest.raises(actions.Refused, match=words):
                correct(on)
        assert (correct(date(2024, 4, 2)).on, Review.objects.get(pk=first.pk).note) == (
            date(2024, 4, 2),
            "Chăm",
        )
        actions.drop_review(Review.objects.get(pk=first.pk), **told())
        assert Review.objects.count() == 1

    def test_a_letter(self, world):
        step(world.candidacy, "application", DAYS["application"])
        step(world.candidacy, "declaration", DAYS["declaration"])
        father = actions.add_relative(world.candidacy, relation="father", by=None)
        letter = actions.ask_letter(
            world.candidacy, to="Đảng ủy A", sent_on=date(2024, 6, 10), snapshot=columns.current(), by=None
        )
        was = letter.due_on

        def correct(sent_on, **said):
            said = {
                "to": "Đảng ủy B",
                "number": "7-CV",
                "carried_by": "",
                "relative": father,
                "due_on": None,
            } | said
            return actions.correct_letter(Letter.objects.get(), sent_on=sent_on, **said, **told())

        assert correct(date(2024, 6, 11)).due_on > was
        assert correct(date(2024, 6, 11), due_on=date(2024, 12, 1)).due_on == date(2024, 12, 1)
        actions.answer_letter(Letter.objects.get(), on=date(2024, 6, 20), result="pass", by=None)
        with pytest.raises(actions.Refused, match="sau ngày trả lời"):
            correct(date(2024, 6, 21))
        with pytest.raises(actions.Refused, match="Hạn trả lời trước"):
            correct(date(2024, 6, 12), due_on=date(2024, 6, 11))
        actions.drop_letter(Letter.objects.get(), **told())
        father.refresh_from_db()
        assert not Letter.objects.exists() and father.result == "pass"


class TestPages:
    @pytest.fixture
    def rows(self, world):
        actions.review(world.candidacy, on=date(2024, 4, 1), verdict="good", by=None)
        actions.ask_letter(
            world.candidacy, to="Đảng ủy A", sent_on=date(2024, 6, 10), snapshot=columns.current(), by=None
        )
        return {
            "certificate-correct": (certificate(world), {"number": "99", "issued_on": "16/03/2024"}),
            "mentorship-correct": (Mentorship.objects.get(), {"mentor": "Đỗ Chín", "since": "11/01/2024"}),
            "review-correct": (Review.objects.get(), {"on": "02/04/2024", "verdict": "weak"}),
            "letter-correct": (Letter.objects.get(), {"to": "Đảng ủy B", "sent_on": "11/06/2024"}),
        }  # fmt: skip

    NAMES = ("certificate-correct", "mentorship-correct", "review-correct", "letter-correct")

    @pytest.mark.parametrize("name", NAMES)
    def test_put_right_then_taken_away(self, client, world, rows, name):
        row, said = rows[name]
        address = reverse(f"recruitment:{name}", args=[row.pk])
        client.force_login(world.bob)
        page = client.get(address)
        assert page.status_code == 200 and "Bỏ, vì ghi nhầm" in html.unescape(page.content.decode())
        bare = client.post(address, said | {"stamp": row.stamp})
        assert bare.status_code == 400 and list(bare.context["form"].errors) == ["reason"]
        stale = client.post(address, said | {"stamp": 0, "reason": "Nhầm"})
        assert stale.status_code == 409 and stale.context["form"].differences
        done = client.post(address, said | {"stamp": row.stamp, "reason": "Nhầm"})
        assert (done.status_code, done.url) == (302, f"/people/{world.candidacy.person_id}/")
        assert "Nhầm" in Entry.objects.filter(chain=Entry.WRITES).latest("number").payload
        row.refresh_from_db()
        refused = client.post(address, {"stamp": row.stamp, "do_what": "drop"})
        assert refused.status_code == 400 and list(refused.context["form"].errors) == ["reason"]
        # The page that asks for the reason does not take away what is then only put right.
        assert 'type="hidden" name="do_what"' not in refused.content.decode()
        gone = client.post(address, {"stamp": row.stamp, "do_what": "drop", "reason": "Ghi nhầm người"})
        assert gone.status_code == 302 and not type(row).objects.filter(pk=row.pk).exists()

    @pytest.mark.parametrize("name", NAMES)
    def test_for_who_records_there(self, client, world, rows, name):
        row, said = rows[name]
        address = reverse(f"recruitment:{name}", args=[row.pk])
        client.force_login(world.charlie)
        assert client.get(address).status_code == client.post(address, said).status_code == 404

    def test_the_pages_lead_there_whoever_may_write(self, client, world, rows):
        inspector = make.make_account("kiem-tra", Role.INSPECTOR, world.at["T-1"])
        for who, offered in ((world.bob, True), (inspector, False)):
            client.force_login(who)
            text = client.get(f"/people/{world.candidacy.person_id}/").content.decode()
            for name in ("certificate-correct", "mentorship-correct", "review-correct"):
                assert (reverse(f"recruitment:{name}", args=[rows[name][0].pk]) in text) is offered, name
        client.force_login(world.bob)
        text = client.get(f"/candidacies/{world.candidacy.pk}/verification/").content.decode()
        assert reverse("recruitment:letter-correct", args=[rows["letter-correct"][0].pk]) in text

    def test_a_certificate_of_somebody_nobody_follows(self, client, world):
        row = make.make_certificate(world.cell, date(2024, 5, 5))
        address = reverse("recruitment:certificate-correct", args=[row.pk])
        client.force_login(world.bob)
        assert client.get(address).status_code == 200
        said = {"stamp": row.stamp, "number": "5", "issued_on": "6/5/2024", "reason": "Nhầm"}
        assert client.post(address, said).status_code == 302

    def test_a_refusal_by_the_rules_names_them(self, client, world):
        walk(world.candidacy, "cell_vote")
        row = certificate(world)
        client.force_login(world.bob)
        said = {"stamp": row.stamp, "do_what": "drop", "reason": "Nhầm"}
        page = client.post(reverse("recruitment:certificate-correct", args=[row.pk]), said)
        assert page.status_code == 400 and page.context["reasons"]
        assert "dựa vào giấy này" in html.unescape(page.content.decode())


def test_the_main_button_assigns_after_an_end_was_refused(client, world):
    """A refused second button is not pressed again by the first."""
    client.force_login(world.bob)
    address = reverse("recruitment:candidacy-mentor", args=[world.candidacy.pk])
    world.candidacy.refresh_from_db()
    said = {"stamp": world.candidacy.stamp, "mentor": "", "since": "01/01/2199", "do_what": "end"}
    refused = client.post(address, said)
    assert refused.status_code == 400 and 'type="hidden" name="do_what"' not in refused.content.decode()
