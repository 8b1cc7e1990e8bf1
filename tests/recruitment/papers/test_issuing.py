"""Issue, correct, reprint: what went out stays as it was, whatever the register says later."""

import hashlib
import io
import json
from datetime import date, timedelta

import pytest
from docx import Document as Word
from pypdf import PdfReader

from committees import journal
from committees.models import Entry, Role
from recruitment import columns
from recruitment.imports import papers_issued, papers_said
from recruitment.models import IssuedPaper
from recruitment.numbering.blocks import next_number
from recruitment.papers import case as cases
from recruitment.papers import catalogue, issuing
from recruitment.papers import words as wordings
from recruitment.papers.prepared import prepare, subjects
from recruitment.papers.road import changes, exists, road
from tests import factories as make
from tests.undone import undone

from . import dossiers

pytestmark = pytest.mark.django_db
FIRST, SECOND = (person[1] for person in papers_said.PEOPLE)


@pytest.fixture(scope="module")
def world(module_db):
    made = dossiers.build()
    made["clerk"] = make.make_account("clerk", Role.STAFF, made["BRVT"])
    return made


def ready(form, name="", subject=None):
    """The Prepared of a form of the dossier that has its papers."""
    candidacy = cases.candidacy(dossiers.case(form, name).candidacy.pk)
    subject = subjects(candidacy, form)[0] if subject is None else subject
    return prepare(candidacy, form, snapshot=columns.current(), subject=subject, today=dossiers.TODAY)


def issue(paper, by=None, **more):
    """Issued, whatever was asked answered."""
    there = issuing.against(paper)
    keys = [one.key for one in (*there.faults, *there.doubts)]
    return issuing.issue(paper, by=by, confirmed=keys, **more)


def contents(issued):
    return {file.form: bytes(file.content) for file in issued.files.all()}


def says(content):
    """What a file of a paper says, single-spaced."""
    if content.startswith(b"%PDF"):
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    else:
        word = Word(io.BytesIO(content))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        text = " ".join([*(one.text for one in word.paragraphs), *cells])
    return " ".join(text.split())


def test_what_is_issued_is_kept_with_its_digest_in_the_journal(world):
    with undone():
        paper = ready("6-KNĐ", FIRST)
        issued = issue(paper, world["clerk"], copies=2)
        kept = contents(issued)
        assert kept.keys() == {"pdf", "docx"} and kept["pdf"].startswith(b"%PDF-")
        digests = {form: hashlib.sha256(content).hexdigest() for form, content in kept.items()}
        entry = Entry.objects.get(chain=Entry.WRITES, number=issued.stamp)
        assert json.loads(entry.payload)["digest"] == digests and entry.deed == "paper-issue"
        assert len(entry.payload) < 6000, "digests, no bytes"
        assert (issued.number, issued.on, issued.issuer) == (paper.number, paper.on, "Chi bộ Đội 2")
        assert issued.committee_id == world[papers_said.SECTION_CELL].pk and issued.signer == "Nguyễn Văn Mẫu"
        assert issued.said["person.name"] == FIRST and issued.receivers.endswith("Lưu Chi bộ")
        assert journal.verify() is None


@pytest.mark.once
def test_the_same_data_give_the_same_bytes_and_a_sheet_is_never_issued(world):
    with undone():
        sheets = {form for form, told in catalogue.forms().items() if told[-1].layout == "sheet"}
        assert sheets == {"1-KNĐ", "2-KNĐ", "10-KNĐ", "loi-tuyen-the"}
        for form in sorted(sheets | {"3-KNĐ", "16-KNĐ", "to-trinh", "cong-van-tham-tra", "CN-NTVĐ"}):
            paper = ready(form)
            if paper.issues:
                again = ready(form).document
                for kind, content in contents(issue(paper)).items():
                    assert issuing._bytes(issuing.WRITERS[kind], again) == content, (form, kind)
            else:
                with pytest.raises(issuing.Refused, match="không phát hành"):
                    issue(paper)
        assert not IssuedPaper.objects.filter(form__in=sheets).exists()


def test_a_word_file_tells_no_hour_of_its_making(world):
    import zipfile

    file = io.BytesIO(issuing._bytes(issuing.write_docx, ready("6-KNĐ", FIRST).document))
    assert {part.date_time[0] for part in zipfile.ZipFile(file).infolist()} == {1980}


def test_issue_correct_reprint(world):
    with undone():
        first = issue(ready("6-KNĐ", FIRST))
        bytes_of_first = contents(first)
        with pytest.raises(issuing.Refused, match="đã phát hành số 07-NQ/CB"):
            issue(ready("6-KNĐ", FIRST))
        person = dossiers.case("6-KNĐ", FIRST).person
        person.full_name = "Bạch Thị Diễm Kiều Anh"
        make._saved(person)
        paper = ready("6-KNĐ", person.full_name)
        assert [(one.then, one.now) for one in changes(first, paper.said)] == [(FIRST, person.full_name)]
        with pytest.raises(issuing.Refused, match="Ghi nội dung đính chính"):
            issue(paper, corrects=first)
        with pytest.raises(issuing.Refused, match="còn dấu chấm"):
            issue(paper, corrects=first, reason="sai ở mục …… (điền)")
        second = issue(paper, corrects=first, reason="tên đúng là Bạch Thị Diễm Kiều Anh")
        note = (
            "Văn bản này thay thế Nghị quyết của chi bộ đề nghị kết nạp đảng viên số 07-NQ/CB, ngày "
            f"{first.on:%d/%m/%Y}; nội dung đính chính: tên đúng là Bạch Thị Diễm Kiều Anh."
        )
        for content in contents(second).values():
            assert note in says(content)
        assert contents(IssuedPaper.objects.get(pk=first.pk)) == bytes_of_first, "printed again byte for byte"
        assert first.corrected_by == second and not changes(second, paper.said)
        with pytest.raises(issuing.Refused, match="đã được thay"):
            issue(paper, corrects=first, reason="lần nữa")
        third = issue(paper, corrects=second, reason="thiếu một chữ ký")
        assert issuing.standing(third.candidacy)["6-KNĐ", ""] == third, "a chain has one end"
        with pytest.raises(issuing.Refused, match="thu hồi phải từ ngày"):
            issuing.withdraw(third, on=third.on - timedelta(days=1), why="nhầm", by=None)
        with pytest.raises(issuing.Refused, match="Ghi lý do"):
            issuing.withdraw(third, on=third.on, why=" ", by=None)
        issuing.withdraw(third, on=third.on, why="phát hành nhầm", by=None)
        with pytest.raises(issuing.Refused, match="đã được thu hồi"):
            issue(paper, corrects=third, reason="x")
        assert issue(paper).corrects is None, "what was withdrawn is issued anew"


def test_what_somebody_changed_meanwhile_is_not_issued(world):
    with undone():
        paper = ready("6-KNĐ", FIRST)
        wordings.write(paper.candidacy, "6-KNĐ", "", {"chair": "Người Khác"}, by=None, stamp=_stamp(paper))
        with pytest.raises(issuing.Refused, match="vừa được người khác sửa"):
            issue(paper)
        assert issue(ready("6-KNĐ", FIRST)).said["chair"] == "Người Khác"


def _stamp(paper):
    return wordings.words(paper.candidacy, paper.form).stamp


def test_a_day_to_come_and_an_unanswered_doubt_are_refused(world, monkeypatch):
    with undone():
        paper = ready("to-trinh-chi-bo", FIRST)
        with pytest.raises(issuing.Refused, match="33-TTr/ĐU"):
            issuing.issue(paper, by=None)
        issued = issue(paper)
        confirmed = json.loads(Entry.objects.get(chain="writes", number=issued.stamp).payload)["confirmed"]
        assert confirmed and set(confirmed) <= {
            x.key for x in (*issuing.against(paper).faults, *issuing.against(paper).doubts)
        }
        monkeypatch.setattr(issuing.vietnamese, "today", lambda: date(2020, 1, 1))
        with pytest.raises(issuing.Refused, match="chưa đến"):
            issue(ready("6-KNĐ", FIRST))


def test_one_paper_for_each_introducer(world):
    with undone():
        candidacy = dossiers.case("3-KNĐ", FIRST).candidacy
        with make._pen():
            candidacy.papers.filter(kind="youth").delete()  # two who introduce, or one and the youth union
        said = {"introducer": "Người Thứ Hai", "together_since": "2020-01-06"}
        make.make_paper(candidacy, "introduction", date(2025, 4, 10), said=said)
        first, second = subjects(cases.candidacy(candidacy.pk), "3-KNĐ")
        wordings.write(
            cases.candidacy(candidacy.pk),
            "3-KNĐ",
            second,
            {"introducer_title": "Đảng viên"},
            by=None,
            stamp=_stamp(ready("3-KNĐ", FIRST)),
        )
        papers = [issue(ready("3-KNĐ", FIRST, one)) for one in (first, second)]
        assert [one.said["introduction.introducer"] for one in papers] == [
            papers_said.MENTOR,
            "Người Thứ Hai",
        ]
        assert [one.said["introducer_title"] for one in papers] == ["Phó Bí thư chi bộ", "Đảng viên"]
        assert "Người Thứ Hai" not in says(contents(papers[0])["pdf"])


def test_words_are_kept_where_they_belong_and_two_editors_are_told(world):
    with undone():
        candidacy = ready("6-KNĐ", FIRST).candidacy
        stamp = wordings.words(candidacy, "6-KNĐ").stamp
        assert not wordings.write(candidacy, "6-KNĐ", "", {"chair": "Nguyễn Văn Mẫu"}, by=None, stamp=stamp)
        assert wordings.write(
            candidacy,
            "6-KNĐ",
            "",
            {"chair": "Người Khác", "residence": "ấp Mới", "signer": ""},
            by=None,
            stamp=stamp,
        )
        there, other = (wordings.words(cases.candidacy(candidacy.pk), form) for form in ("6-KNĐ", "13-KNĐ"))
        assert (there.said["chair"], other.said["chair"]) == ("Người Khác", "Nguyễn Văn Mẫu")
        assert there.said["residence"] == other.said["residence"] == "ấp Mới"
        assert (there.said["signer"], other.said["signer"]) == ("", "Nguyễn Văn Mẫu")
        with pytest.raises(wordings.Overtaken) as told:
            wordings.write(candidacy, "6-KNĐ", "", {"chair": "Người Thứ Ba"}, by=None, stamp=stamp)
        assert told.value.fresh.said["chair"] == "Người Khác"


@pytest.mark.parametrize(
    ("form", "name"),
    [("13-KNĐ", "strengths"), ("11-KNĐ", "strengths"), ("3-KNĐ", "weaknesses"), ("13-KNĐ", "chair_title")],
)
def test_words_of_another_hand_or_time_stay_on_their_own_form(form, name, world):
    with undone():
        issued = issue(ready("6-KNĐ", FIRST))
        subject = subjects(issued.candidacy, form)[0]
        stamp = wordings.words(issued.candidacy, form, subject).stamp
        assert wordings.write(issued.candidacy, form, subject, {name: "đã tiến bộ rõ"}, by=None, stamp=stamp)
        assert ready(form, FIRST).said[name] == "đã tiến bộ rõ"
        assert changes(issued, ready("6-KNĐ", FIRST).said) == []


def test_the_road_has_each_form_once_and_those_of_its_cell(world):
    with undone():
        for name, section in ((FIRST, True), (SECOND, False)):
            candidacy = cases.candidacy(dossiers.case("6-KNĐ", name).candidacy.pk)
            there = _road(candidacy)
            forms = [one.form for one in there]
            assert len(forms) == len(set(forms)) and ("7-KNĐ" in forms) == section
            assert {"4-KNĐ", "4A-KNĐ"} & set(forms) == ({"4-KNĐ"} if section else {"4A-KNĐ"})
            assert set(catalogue.forms()) - set(forms) - {"4-KNĐ", "4A-KNĐ", "7-KNĐ", "14-KNĐ"} == {
                "to-trinh-chi-bo", "to-trinh-cong-nhan-chi-bo", "cong-van-tham-tra-cap-tren",
            }  # fmt: skip
            assert {one.state for one in there} == {"ready", "sheet"}
    assert exists("to-trinh-chi-bo", set()) and not exists("8-KNĐ", set())


def _road(candidacy):
    phases = road(candidacy, snapshot=columns.current(), today=dossiers.TODAY)
    return [one for _phase, _words, there in phases for one in there]


def test_forms_that_are_one_paper_are_issued_once(world):
    with undone():
        decision = issue(ready("9-KNĐ", SECOND))
        issue(ready("to-trinh-chung", SECOND))
        other = ready("9A-KNĐ", SECOND)
        for paper in (other, ready("to-trinh", SECOND)):
            with pytest.raises(issuing.Refused, match="là cùng một văn bản"):
                issue(paper)
        forms = {one.form for one in _road(other.candidacy)}
        assert forms & {"9-KNĐ", "9A-KNĐ", "to-trinh", "to-trinh-chung"} == {"9-KNĐ", "to-trinh-chung"}
        issuing.withdraw(decision, on=dossiers.TODAY, why="thử", by=None)
        assert {"9-KNĐ", "9A-KNĐ"} <= {one.form for one in _road(other.candidacy)}
        issue(other)


def test_what_was_issued_stays_on_the_road_whatever_became_of_its_record(world):
    with undone():
        issued = issue(ready("3-KNĐ", FIRST))
        with make._pen():
            issued.candidacy.papers.filter(kind="introduction").delete()
        (there,) = [one for one in _road(cases.candidacy(issued.candidacy_id)) if one.issued]
        assert (there.issued, there.state) == (issued, "changed") and there.missing


def test_the_demo_has_issued_papers_and_one_corrected(world):
    with undone():
        assert papers_issued.play_issued(dossiers.TODAY) and not papers_issued.play_issued(dossiers.TODAY)
        rows = list(IssuedPaper.objects.all())
        assert {row.candidacy.person.full_name for row in rows} == {FIRST, SECOND}
        assert [row.corrects.form for row in rows if row.corrects] == [papers_issued.CORRECTED]
        assert sum(row.form == "7-KNĐ" for row in rows) == 1, "where a section stands above"
        decision = next(row for row in rows if row.form == "16-KNĐ")
        assert next_number(decision.committee_id, "QĐ", papers_issued.SINCE) == "303-QĐ/ĐU"
