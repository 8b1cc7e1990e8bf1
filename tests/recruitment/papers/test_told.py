"""What papers tell of others than the person: whose a cited document is, who helps, about whom a letter asks, who was heard."""

from datetime import date

import pytest

from recruitment.imports import papers_said
from recruitment.models import Letter, Mentorship, Paper, Relative
from recruitment.papers import catalogue, filling, road
from tests import factories as make
from tests.undone import undone

from . import dossiers

FORMS = sorted(catalogue.forms())
FIRST, SECOND = (person[1] for person in papers_said.PEOPLE)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(module_db):
    return dossiers.build()


def test_a_dossier_whose_cell_went_elsewhere_cites_who_voted(world):
    with undone():
        make.place(
            world[papers_said.BASE_CELL], "cell", world["BRVT-DD"], name="Chi bộ Mới", since=date(2025, 6, 10)
        )
        decided = "\n".join(dossiers.document("9-KNĐ", SECOND).texts())
        with pytest.raises(filling.Refused) as refused:
            dossiers.document("16-KNĐ", SECOND)
        row = Paper.objects.get(candidacy__person__full_name=SECOND, kind="base_recognition")
        row.issuer = "Đảng ủy xã Cũ"
        make._saved(row)
        recognised = "\n".join(dossiers.document("16-KNĐ", SECOND).texts())
    assert (
        "27/05/2025, của Đảng ủy xã Phước Long Thọ và" in decided and "của Chi bộ ấp Phước Sơn về" in decided
    )
    assert "Điều 3. Chi bộ Mới; đồng chí" in decided
    assert list(refused.value.missing) == ["base_recognition.body"], (
        "none stood that day, and none is recorded"
    )
    assert "24-NQ/ĐU" in recognised and "của Đảng ủy xã Cũ và" in recognised


def test_who_helps_is_who_helps_on_the_day(world):
    """On lists all who do; on the letter of an introducer the document that assigned that very member."""
    forms = ("to-trinh", "bien-ban-le", "11-KNĐ")
    with undone():
        first = Mentorship.objects.get(candidacy__person__full_name=FIRST)
        other = Mentorship(
            candidacy=first.candidacy, mentor="Người Hai", since=first.since, document="99-NQ/CB"
        )
        make._saved(other)
        both = ["\n".join(dossiers.document(form, FIRST).texts()) for form in forms]
        introduced = "\n".join(dossiers.document("3-KNĐ", FIRST).texts())
        first.unable_on = date(2025, 4, 9)
        make._saved(first)
        left = ["\n".join(dossiers.document(form, FIRST).texts()) for form in forms]
        assert "giúp đỡ quần chúng" not in "\n".join(dossiers.document("3-KNĐ", FIRST).texts())
        other.until = date(2025, 5, 31)
        make._saved(other)
        with pytest.raises(filling.Refused, match="mentor.name"):
            dossiers.document("to-trinh", FIRST)
    named = f"{papers_said.MENTOR}, Người Hai"
    assert named in both[0] and named in both[1] and "Tôi là Người Hai," in both[2]
    assert "Tôi được chi bộ phân công" in introduced and "04-NQ/CB." in introduced
    assert all("Người Hai" in text for text in left) and papers_said.MENTOR not in "".join(left)


def test_the_letter_asks_about_whom_it_was_sent(world):
    with undone():
        letter = Letter.objects.get(candidacy__person__full_name=FIRST)
        one = letter.relative
        make._saved(Relative(candidacy=letter.candidacy, relation="other", full_name="Người Ngoài"))
        make._saved(Relative(candidacy=letter.candidacy, relation="mother", full_name="Lê Thị Nguồn"))
        own = Relative(candidacy=letter.candidacy, relation="self")
        make._saved(own)
        said = {}
        for about in (one, own, None):
            letter.relative = about
            make._saved(letter)
            said[about] = "\n".join(dossiers.document("cong-van-tham-tra", FIRST).texts())
        one.full_name = ""
        make._saved(one)
        with pytest.raises(filling.Refused, match="letter.people"):
            dossiers.document("cong-van-tham-tra", FIRST)
    assert "lý lịch của Phạm Văn Cội, quan hệ với người xin vào Đảng: cha đẻ, theo" in said[one]
    assert f"lý lịch của {FIRST} (bản thân), theo" in said[own]
    assert f"lý lịch của Phạm Văn Cội (cha đẻ), Lê Thị Nguồn (mẹ đẻ), {FIRST} (bản thân), theo" in said[None]


def test_a_cell_with_no_grassroots_committee_has_every_paper_of_the_road(world):
    """Whatever one of the base writes elsewhere, the cell or the committee that decides writes there."""
    there = {form for form in FORMS if road.exists(form, set())}
    assert {road.kind_of(form) for form in FORMS} - {road.kind_of(form) for form in there} == {
        "section_appraisal", "base_vote", "section_recognition", "base_recognition",
    }  # fmt: skip
    assert "cong-van-tham-tra-cap-tren" in there and "cong-van-tham-tra" not in there
    with undone():
        cell = world[papers_said.BASE_CELL]
        make.place(cell, "cell", world["BRVT-DD"], since=date(2020, 1, 1))
        letter = list(dossiers.document("cong-van-tham-tra-cap-tren", SECOND).texts())
        proposal = "\n".join(dossiers.document("to-trinh-cong-nhan-chi-bo", SECOND).texts())
    assert "HUYỆN ỦY ĐẤT ĐỎ" in letter and "- Lưu Huyện ủy Đất Đỏ." in letter
    assert "Kính gửi: Huyện ủy Đất Đỏ" in proposal


def summary():
    case = dossiers.case("5-KNĐ", FIRST)
    return filling.filled(case, filling.edition_for(case, "5-KNĐ"))


def test_every_organisation_at_work_is_heard(world):
    """A line each on the summary, a paper each; one that spoke again is heard once; the sum is not less than any of them."""
    with undone():
        first = Paper.objects.get(candidacy__person__full_name=FIRST, kind="opinion_union")
        alone = summary()[1]
        for issuer, present in (("Hội Phụ nữ", 4), ("Hội phụ nữ", 5)):
            said = {"present": present, "agree": present, "disagree": 0}
            one = make.make_paper(
                first.candidacy, "opinion_union", date(2025, 4, 1), issuer=issuer, said=said
            )
        document, told = summary()
        papers = list(dossiers.document("5B-KNĐ", FIRST).texts())
        one.said = {"present": 10, "agree": 10, "disagree": 0}
        make._saved(one)
        with pytest.raises(filling.Refused, match="số đồng ý là 9, ít hơn 10 của riêng Hội phụ nữ"):
            dossiers.document("5-KNĐ", FIRST)
    lines = [text for text in document.texts() if text.startswith("Ý kiến của tổ chức chính trị")]
    assert len(lines) == 2 and "tại Công đoàn cơ sở: có 9" in lines[0] and "tại Hội phụ nữ: có 5" in lines[1]
    assert alone["opinion_union.present"] == "9" and "Hội phụ nữ, 5, 5, 0" in told["opinion_union"]
    assert sum("đã họp ngày" in text for text in papers) == 3
