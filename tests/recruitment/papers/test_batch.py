"""One form for many dossiers: which lines there are, that each is whole or told, that a second run does what the first did
not, that the page asks each for its rights. The dossiers are the demo's, with three more people in one of its cells."""

import io
import json
import re
from datetime import date

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.middleware.csrf import CSRF_TOKEN_LENGTH
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as Word
from pypdf import PdfReader

from committees import journal
from committees.models import Entry, Role
from committees.sending import TOKEN
from committees.vietnamese import today
from recruitment import columns, jobs
from recruitment.imports import papers_said
from recruitment.models import Admission, Candidacy, Course, IssuedPaper, Job, Wording
from recruitment.papers import batch, batch_job, issuing
from recruitment.papers import case as cases
from recruitment.papers.prepared import prepare
from tests import factories as make
from tests.undone import undone

from . import dossiers

DECISION, INVITATION = "9-KNĐ", "giay-moi"
WITHOUT = {"youth", "section_appraisal", "section_recognition"}
MORE = [(papers_said.BASE_CELL, f"Lò Thị {name}", "F", "1990-03-04", WITHOUT) for name in ("An", "Ba", "Ca")]
PERIOD = {"since": "01/01/2025", "until": "31/12/2026"}


@pytest.fixture
def at(db, monkeypatch):
    monkeypatch.setattr(papers_said, "PEOPLE", (*papers_said.PEOPLE, *MORE))
    made = dossiers.build()
    with journal.pen(None, "test"):
        for n, row in enumerate(Wording.objects.filter(form=INVITATION), 11):
            row.said = row.said | {"number": f"{n}-GM/CB"}
            row.save()
    return made


@pytest.fixture
def alice(at, client):
    account = make.make_account("alice", Role.STAFF, at["BRVT"])
    client.force_login(account)
    return account


@pytest.fixture
def people(at):
    """The ids of the five dossiers, by name."""
    return {one.person.full_name: one.pk for one in Candidacy.objects.filter(papers__kind="cell_vote")}


def page(form="giay-moi", name="issuing", **more):
    said = "&".join(
        f"{key}={value}" for key, value in ({"committee": "BRVT", "form": form} | PERIOD | more).items()
    )
    return f"{reverse(f'recruitment:{name}')}?{said}"


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def sends(pks, *, do="issue", confirmed=(), form=INVITATION, **words):
    """What the page sends that shows these lines as they are now, all ticked."""
    token = {
        TOKEN: "a" * CSRF_TOKEN_LENGTH
    }  # as every page of ours sends one: each line is a deed of its own all the same
    seen = [f"{pk}:{mark}" for pk, mark in batch.marks(pks, form, today=today()).items()]
    told = {"line": list(pks), "pick": list(pks), "confirmed": list(confirmed), "do": do, "seen": seen}
    return told | token | words


def boxes(client, form):
    return re.findall(r'name="confirmed" value="([^"]+)"', client.get(page(form)).content.decode())


def issue(account, pks, form=INVITATION, confirmed=None):
    return batch.issue(pks, form, access=make.door(account), confirmed=confirmed or {}, by=account)


@pytest.mark.once
class TestLines:
    def test_the_period_is_inclusive_and_the_reach_is_the_committees(self, at, alice, people):
        access, day = make.door(alice), Admission.objects.first().decided_on
        assert set(batch.found(access, at["BRVT"], DECISION, day, day)) == set(people.values())
        later = date.fromordinal(day.toordinal() + 1)
        assert batch.found(access, at["BRVT"], DECISION, later, date(2027, 1, 1)) == []
        assert batch.found(access, at["BRVT-DD"], DECISION, day, day) == batch.found(
            access, at["BRVT-DD-008"], DECISION, day, day
        )
        assert len(batch.found(access, at["BRVT-DD"], DECISION, day, day)) == 4
        for form in batch.choosable():  # each is found by its own day, whatever that hangs on
            there = batch.found(access, at["BRVT"], form, date(2024, 1, 1), date(2027, 1, 1))
            assert there and set(there) <= set(people.values()), form

    def test_a_line_costs_so_many_queries_and_the_rest_nothing(self, alice, people, client):
        def cost(*names):
            lines = "&".join(f"line={people[name]}" for name in names)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"{page()}&{lines}").status_code == 200
            return len(asked)

        one, three = cost("Lò Thị An"), cost("Lò Thị An", "Lò Thị Ba", "Lò Thị Ca")
        assert three - one <= 2 * 20

    def test_what_is_issued_stands_last_so_that_a_long_list_goes_on(
        self, at, alice, people, monkeypatch, client
    ):
        monkeypatch.setattr(batch, "LINES", 2)
        seen = []
        for _run in range(3):
            shown = client.get(page())
            lines = [int(pk) for pk in re.findall(r'name="line" value="(\d+)"', shown.content.decode())]
            assert len(lines) == 2 and "hồ sơ nữa chưa hiện" in text(shown)
            seen += lines
            client.post(page(), sends(lines))
        assert set(seen) == set(people.values())


@pytest.mark.once
class TestIssuing:
    def test_each_line_is_whole_or_told_and_others_go_on(self, alice, people, client):
        """The success and the refusal differ in one dossier's number."""
        lame = Wording.objects.get(candidacy_id=people["Lò Thị Ba"], form=INVITATION)
        with journal.pen(None, "test"):
            lame.said = {"day": lame.said["day"]}
            lame.save()
        answer = client.post(page(), sends(people.values()), follow=True)
        assert "Đã phát hành 4 văn bản" in text(answer) and "1 dòng chưa phát hành" in text(answer)
        assert "Thiếu: Số của văn bản." in text(answer)
        assert set(IssuedPaper.objects.values_list("candidacy_id", flat=True)) == set(people.values()) - {
            people["Lò Thị Ba"]
        }
        assert all(one.files.count() == 2 for one in IssuedPaper.objects.all()), (
            "each with its PDF and its Word"
        )
        assert (
            "Lò Thị"
            not in re.search(r"<textarea[^>]*>(.*?)</textarea>", answer.content.decode(), re.DOTALL)[1]
        )
        assert "– Chi bộ ấp Phước Sơn: 3" in answer.content.decode()
        with journal.pen(None, "test"):
            lame.said["number"] = "19-GM/CB"
            lame.save()
        before = {one.pk: one.stamp for one in IssuedPaper.objects.all()}
        assert 'value="issue"' in client.get(page()).content.decode()
        again = client.post(page(), sends(people.values()), follow=True)
        assert "Đã phát hành 1 văn bản" in text(again) and IssuedPaper.objects.count() == 5
        assert {one.pk: one.stamp for one in IssuedPaper.objects.filter(pk__in=before)} == before
        assert 'name="do"' not in again.content.decode(), "nothing is left to do"

    def test_what_must_be_answered_is_answered_line_by_line(self, alice, people, client):
        answers = boxes(client, DECISION)
        assert len(answers) == 5
        client.post(page(DECISION), sends(people.values(), form=DECISION, confirmed=answers[:2]))
        there = {one.candidacy_id for one in IssuedPaper.objects.all()}
        assert there == {int(one.partition(":")[0]) for one in answers[:2]}
        wrong = [f"{answers[3].partition(':')[0]}:{answers[0].partition(':')[2]}"]
        client.post(page(DECISION), sends(people.values(), form=DECISION, confirmed=wrong))
        assert IssuedPaper.objects.count() == 2, "an answer holds for what was asked"

    @pytest.mark.parametrize("form", [DECISION, "to-trinh-chung"])
    def test_the_next_click_does_what_was_chosen_and_no_more(self, alice, people, client, form):
        """A line is refused, or none is: what was not ticked stays so, what was answered stays answered."""
        answers = boxes(client, form)
        first, second, left = [int(one.partition(":")[0]) for one in answers[:3]]
        lines = {"line": list(people.values())}
        told = client.post(
            page(form), sends([first, second], form=form, confirmed=answers[:1]) | lines, follow=True
        )
        assert told.status_code == 409 and told.wsgi_request.method == "POST"
        shown = told.content.decode()
        there = set(IssuedPaper.objects.values_list("candidacy_id", flat=True))
        assert there == ({first} if form == DECISION else set())
        assert {int(pk) for pk in re.findall(r'id="pick-(\d+)" checked', shown)} == {first, second} - there
        assert {int(pk) for pk in re.findall(r'id="confirmed-(\d+)" checked', shown)} == {first} - there
        if form == DECISION:
            told = client.post(page(form), sends([second], form=form, confirmed=answers) | lines, follow=True)
            assert told.status_code == 200 and IssuedPaper.objects.count() == 2
            assert f'id="pick-{left}"' in told.content.decode() and "checked" not in told.content.decode()

    def test_a_number_for_two_of_the_batch_is_asked_before_the_first_is_issued(self, alice, people, client):
        assert boxes(client, INVITATION) == []
        with journal.pen(None, "test"):
            for name in ("Lò Thị An", "Lò Thị Ba"):
                row = Wording.objects.get(candidacy_id=people[name], form=INVITATION)
                row.said = row.said | {"number": "7-GM/CB" if name == "Lò Thị An" else "07-GM/CB"}
                row.save()
        answers = boxes(client, INVITATION)
        assert {int(one.partition(":")[0]) for one in answers} == {people["Lò Thị An"], people["Lò Thị Ba"]}
        client.post(page(), sends([people["Lò Thị An"], people["Lò Thị Ba"]], confirmed=answers))
        assert IssuedPaper.objects.count() == 2

    def test_common_words_are_written_once_and_only_where_said(self, alice, people, client):
        two = [people["Lò Thị An"], people["Bạch Thị Diễm Kiều"]]
        look = client.post(page(), sends(two, do="look", signer="Vũ Thị Ký"))
        assert look.status_code == 200 and not IssuedPaper.objects.exists()
        assert not Wording.objects.filter(said__signer="Vũ Thị Ký").exists(), "looking keeps nothing"
        client.post(page(), sends(two, signer="Vũ Thị Ký"))
        assert {one.signer for one in IssuedPaper.objects.all()} == {"Vũ Thị Ký"}
        assert {one.said["venue"] for one in IssuedPaper.objects.all()} == {papers_said.WORDS["venue"]}
        assert "Dữ liệu đã đổi" not in text(client.get(page()))

    def test_a_line_that_changed_since_it_was_shown_waits_to_be_looked_at(self, alice, people, client):
        one, two = people["Lò Thị An"], people["Lò Thị Ba"]
        shown = client.get(f"{page()}&line={one}&line={two}").content.decode()
        sent = sends([one, two]) | {"seen": re.findall(r'name="seen" value="([^"]+)"', shown)}
        row = Wording.objects.get(candidacy_id=one, form=INVITATION)
        with journal.pen(None, "test"):
            row.said = row.said | {"venue": "Nơi khác"}
            row.save()
        told = client.post(page(), sent)
        assert "Lò Thị An: hồ sơ vừa được sửa" in text(told) and told.context["page"].picks == [one, two]
        assert set(IssuedPaper.objects.values_list("candidacy_id", flat=True)) == {two}
        access, asks = make.door(alice), {"confirmed": {}, "by": alice}
        _made, refused = batch.issue([one], INVITATION, access=access, seen={one: "as it was"}, **asks)
        assert "đã đổi sau khi anh chị xem" in refused[one][0], "a batch in the background asks once more"
        anew = re.findall(r'name="seen" value="([^"]+)"', told.content.decode())
        assert client.post(page(), sent | {"seen": anew, "pick": [one]}).status_code == 302
        assert IssuedPaper.objects.get(candidacy_id=one).said["venue"] == "Nơi khác"

    def test_nothing_ticked_or_a_word_that_is_none_issues_nothing(self, alice, people, client):
        for said in (
            sends([people["Lò Thị An"]]) | {"pick": []},
            sends([people["Lò Thị An"]], day="31/02/2026"),
        ):
            before = journal.head()
            answer = client.post(page(), said)
            assert answer.status_code == 400 and journal.head() == before
        assert client.post(page(), sends([people["Lò Thị An"]], day="28/02/2026")).status_code == 302

    def test_all_issued_print_as_one_file_page_for_page(self, alice, people, client):
        assert client.get(page(name="issuing-print")).status_code == 302, "nothing is issued yet"
        client.post(page(), sends(people.values()))
        before = journal.head(Entry.READS)[0]
        answer = client.get(page(name="issuing-print"))
        read = PdfReader(io.BytesIO(answer.content))
        assert len(read.outline) == 5 and "no-store" in answer["Cache-Control"]
        one = IssuedPaper.objects.get(candidacy_id=people["Lò Thị An"])
        own = PdfReader(io.BytesIO(bytes(one.files.get(form="pdf").content)))
        start = next(read.get_destination_page_number(x) for x in read.outline if "Lò Thị An" in x.title)
        assert read.pages[start].extract_text() == own.pages[0].extract_text(), (
            "no number of the whole on an official paper"
        )
        entry = journal.entry_of(before + 1, Entry.READS)
        assert (entry.deed, entry.about) == ("export", "issuing")
        assert journal.head(Entry.READS)[0] == before + 1
        QuerySet(one.files.model).filter(issued=one, form="pdf").delete()
        told = text(client.get(page()))
        assert "In 4 bản" in told and "1 văn bản chỉ có bản Word" in told


class TestOnePaperForSeveral:
    """The three and one of the demo send from one base with one number; the other sends from another."""

    @pytest.fixture
    def together(self, people):
        return [pk for name, pk in people.items() if name != "Bạch Thị Diễm Kiều"]

    @pytest.fixture
    def answers(self, alice, people):
        access = make.door(alice)
        found = batch.lines(people.values(), "to-trinh-chung", access=access, snapshot=columns.current())
        return {one.candidacy.pk: one.keys for one in found}

    def test_its_list_names_all_and_it_lies_in_each_dossier(self, alice, people, together, answers, client):
        said = sends(
            together,
            form="to-trinh-chung",
            confirmed=[f"{pk}:{','.join(keys)}" for pk, keys in answers.items()],
        )
        shown = text(client.post(page("to-trinh-chung"), said, follow=True))
        assert "Đã phát hành một văn bản chung vào 4 hồ sơ" in shown
        assert "In 1 văn bản chung đã phát hành, 4 hồ sơ" in shown and "không cản dòng khác" not in shown
        made = {one.candidacy_id: one for one in IssuedPaper.objects.all()}
        assert set(made) == set(together)
        digests = {file.digest for one in made.values() for file in one.files.filter(form="pdf")}
        assert len(digests) == 1
        read = PdfReader(io.BytesIO(bytes(made[together[0]].files.get(form="pdf").content)))
        said = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in read.pages))
        order = [said.index(name) for name in ("Lò Thị An", "Lò Thị Ba", "Lò Thị Ca", "Âu Văn Thụy")]
        assert order == sorted(order) and "Tờ trình số 33-TTr/ĐU" in said
        word = Word(io.BytesIO(bytes(made[together[0]].files.get(form="docx").content)))
        assert [row.cells[0].text for row in word.tables[-1].rows] == ["TT", "1", "2", "3", "4"]
        shown = client.get(page("to-trinh-chung", name="issuing-print"))
        assert len(PdfReader(io.BytesIO(shown.content)).outline) == 1, "printed once"

    def test_all_or_none(self, alice, people, together, answers):
        _made, refused = issue(alice, people.values(), "to-trinh-chung", answers)
        assert set(refused) == set(people.values()) and "không chung một tờ trình" in refused[together[0]][0]
        open_one = answers | {together[1]: []}
        _made, refused = issue(alice, together, "to-trinh-chung", open_one)
        assert set(refused) == {together[1]} and not IssuedPaper.objects.exists()
        with undone():
            (own,) = batch.lines(
                together[-1:], "to-trinh", access=make.door(alice), snapshot=columns.current()
            )
            assert issue(alice, together[-1:], "to-trinh", {together[-1]: own.keys})[0]
            made, refused = issue(alice, together, "to-trinh-chung", answers)
            assert not made and "là cùng một văn bản" in refused[together[-1]][0], (
                "the list would name him again"
            )
            (*_others, line) = batch.lines(
                together, "to-trinh-chung", access=make.door(alice), snapshot=columns.current()
            )
            assert line.state == "refused"
        assert len(issue(alice, together, "to-trinh-chung", answers)[0]) == 4

    def test_one_number_is_one_list_and_a_run_cut_short_goes_on(self, alice, together, answers, monkeypatch):
        true, done = issuing.issue, []

        def dies(*args, **said):
            if len(done) == 2:
                raise KeyboardInterrupt
            done.append(true(*args, **said))
            return done[-1]

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(issuing, "issue", dies)
            issue(alice, together, "to-trinh-chung", answers)
        _made, refused = issue(alice, together[:3], "to-trinh-chung", answers)
        assert "với danh sách khác" in refused[together[2]][0] and IssuedPaper.objects.count() == 2
        alone = prepare(cases.candidacy(together[2]), "to-trinh-chung", snapshot=columns.current())
        with pytest.raises(issuing.Refused, match="với danh sách khác"):  # from its own page
            issuing.issue(alone, by=None, confirmed=answers[together[2]])
        made, refused = issue(alice, together[::-1], "to-trinh-chung", answers)
        assert set(made) == set(together[2:]) and not refused, "whatever the order of the page by then"


class TestInTheBackground:
    def test_many_lines_are_a_job_that_finishes_what_was_killed(self, alice, people, client, monkeypatch):
        monkeypatch.setattr(batch_job, "LONG", 4)
        answer = client.post(page(), sends(people.values()))
        assert answer.status_code == 302 and not IssuedPaper.objects.exists()
        assert client.post(page(), sends(people.values())).url == answer.url, "two clicks ask once"
        assert "Đang chờ đến lượt" in text(client.get(answer.url))
        true, done = issuing.issue, []

        def dies(*args, **said):
            if len(done) == 2:
                raise KeyboardInterrupt  # the machine goes off in the middle of the third
            done.append(true(*args, **said))
            return done[-1]

        job = jobs.claim()
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(issuing, "issue", dies)
            jobs.run(job)
        first = set(IssuedPaper.objects.values_list("pk", flat=True))
        assert len(first) == 2
        jobs.run(job)
        assert IssuedPaper.objects.count() == 5 and first <= set(
            IssuedPaper.objects.values_list("pk", flat=True)
        )
        fresh = Job.objects.get(pk=job.pk)
        assert (fresh.state, fresh.result) == (Job.State.DONE, {"issued": 3, "refused": 0})
        shown = client.get(answer.url)
        assert "Lần này phát hành 3 văn bản" in text(shown)
        led = re.search(r'class="btn" href="([^"]+)"', shown.content.decode())[1].replace("&amp;", "&")
        assert "đã phát hành 5" in text(client.get(led))
        client.force_login(make.make_account("other", Role.STAFF, None))
        assert client.get(answer.url).status_code == 404, "everybody's own"

    def test_a_right_lost_meanwhile_issues_nothing(self, at, alice, people):
        job = batch_job.asked(alice, INVITATION, list(people.values()), {}, at["BRVT"])
        alice.mandates.all().first()
        with journal.pen(None, "test"):
            mandate = alice.mandates.get()
            mandate.until = mandate.since
            mandate.save()
        jobs.run(jobs.claim())
        job.refresh_from_db()
        assert job.result == {"issued": 0, "refused": 5} and not IssuedPaper.objects.exists()


def test_a_dossier_beyond_the_reach_is_not_there(at, people, client):
    """The same page and the same dossier, by who may and who may not issue for it."""
    mine = f"{page(committee='BRVT-DD')}&line={people['Lò Thị An']}"
    client.force_login(make.make_account("dora", Role.STAFF, at["BRVT-DD"]))
    assert client.get(mine).status_code == 200
    other = f"{page(committee='BRVT-DD')}&line={people['Bạch Thị Diễm Kiều']}"
    assert (
        client.get(other).status_code == 404
        and client.post(other, sends([people["Bạch Thị Diễm Kiều"]])).status_code == 404
    )
    assert not IssuedPaper.objects.exists()
    client.force_login(make.make_account("cell", Role.SECRETARY, at[papers_said.BASE_CELL]))
    own = f"{page(DECISION, committee=papers_said.BASE_CELL)}&line={people['Lò Thị An']}"
    assert client.get(own).status_code == 404, "a decision is the committee's above"
    assert client.get(own.replace(DECISION, INVITATION)).status_code == 200
    bare = f"{reverse('recruitment:issuing')}?committee={papers_said.BASE_CELL}"
    shown = client.get(bare).content.decode()
    assert 'value="9-knd"' not in shown and 'value="6-knd" selected' in shown
    client.force_login(make.make_account("alice", Role.STAFF, at["BRVT"]))
    assert (
        'value="9-knd" selected'
        in client.get(f"{reverse('recruitment:issuing')}?committee=BRVT").content.decode()
    )


def test_lines_lie_where_the_reading_is_journalled(at, alice, people, client):
    """Alice may issue for all: what is not at or below the committee asked for is not on its page all the same."""
    one, far = people["Lò Thị An"], people["Bạch Thị Diễm Kiều"]
    here = page(committee="BRVT-DD")
    both = client.get(f"{here}&line={one}&line={far}")
    assert both.context["page"].pks == [one] and "Diễm Kiều" not in text(both)
    for name in ("issuing", "issuing-print"):
        assert client.get(f"{page(name=name, committee='BRVT-DD')}&line={far}").status_code == 404
    assert client.post(here, sends([far])).status_code == 404
    entry = journal.entry_of(journal.head(Entry.READS)[0], Entry.READS)
    assert (entry.committee.code, json.loads(entry.payload)["count"]) == ("BRVT-DD", 1)
    assert client.get(f"{page(committee='BRVT-K2')}&line={far}").context["page"].pks == [far]


def test_a_certificate_is_issued_by_who_held_the_class(at, people, client):
    one = people["Lò Thị An"]
    courses = Course.objects.filter(certificates__person__candidacies=one)
    for code, may in ((papers_said.BASE_CELL, True), ("BRVT-DD", False)):
        with journal.pen(None, "test"):
            for course in courses.all():
                course.committee = at[code]
                course.save()
        if may:
            cell = make.make_account("cell", Role.SECRETARY, at[papers_said.BASE_CELL])
        for form in ("CN-NTVĐ", "CN-ĐVM"):
            found = batch.found(
                make.door(cell), at[papers_said.BASE_CELL], form, date(2024, 1, 1), date(2027, 1, 1)
            )
            assert (one in found) is may
            made, refused = issue(cell, [one], form)
            assert ("không còn quyền" in str(refused)) is not may
