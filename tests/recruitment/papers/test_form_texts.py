"""Texts of forms on their pages: read by all who see the tree, put right by who keeps the book, for papers from a day on;
nothing is overwritten, and what cannot be used is refused by its line."""

from datetime import date
from urllib.parse import quote

import pytest
from django.urls import reverse

from committees.models import Entry, Role
from recruitment import columns
from recruitment.models import FormText
from recruitment.papers import catalogue, filling, form_deeds, form_pages
from recruitment.papers.sample import Sample
from recruitment.rulebook.deeds import Refused
from recruitment.sheets.document import Grid
from tests import factories as make
from tests.recruitment.rulebook.book_world import client
from tests.test_html import faults
from tests.undone import undone

from . import dossiers

pytestmark = pytest.mark.django_db
FORMS = sorted(catalogue.forms())
SINCE = date(2025, 5, 1)  # the resolution of the dossier is of 19/05/2025
OLD, NEW = "Sau khi nghe báo cáo và thảo luận, chi bộ", "Sau khi nghe báo cáo của chi uỷ và thảo luận, chi bộ"


@pytest.fixture(scope="module")
def world(module_db):
    made = dossiers.build()
    return {
        "alice": make.make_account("alice", Role.ADMINISTRATOR),
        "bob": make.make_account("bob", Role.STAFF, made["BRVT"]),
        "charlie": make.make_account("charlie", Role.ADMINISTRATOR, made["BRVT-DD"]),
    }


def original(form="6-KNĐ"):
    return catalogue.forms()[form][0].text


def put(form="6-KNĐ", **said):
    said = {
        "text": original().replace(OLD, NEW),
        "citation": "12-HD/BTCTW",
        "since": SINCE,
        "by": None,
    } | said
    return form_deeds.put_right(columns.current(), form, **said)


def texts(form="6-KNĐ"):
    return "\n".join(dossiers.document(form).texts())


def posted(**said):
    told = {
        "text": original().replace(OLD, NEW),
        "citation": "12-HD/BTCTW",
        "since": "01/05/2025",
        "stamp": "0",
    }
    return told | said


def test_a_text_holds_for_papers_from_its_day_and_goes_when_taken_back(world):
    with undone():
        before = texts()
        put(since=date(2025, 5, 20))
        assert texts() == before, "the paper is of the day before"
        row = put()
        assert "báo cáo của chi ủy và" in texts(), "the office's tone, however it was typed"
        edition = catalogue.edition(
            "6-KNĐ", SINCE, columns.current().statute, texts=columns.current().form_texts
        )
        assert edition.put_right == row and edition.template.source == "12-HD/BTCTW"
        assert [words for words in edition.doubts() if "trí nhớ" in words or "Mẫu đang" in words] == []
        form_deeds.take_back(row, by=None)
        assert texts() == before
        with pytest.raises(Refused, match="đã được rút lại trước"):
            form_deeds.take_back(row, by=None)
        assert FormText.objects.count() == 2, "nothing is overwritten"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": original().replace("{chair}", "{chairman}")}, "dòng 29: không có trường “chairman”"),
        ({"text": original() + "Ký tên ......\n"}, "chấm để điền"),
        (
            {"text": original().replace("on: cell_vote.on", "on: ceremony.on")},
            "mục “on” giữ nguyên là “cell_vote.on”",
        ),
        ({"text": original().replace("form: 6-KNĐ", "form: 7-KNĐ")}, "mục “form” giữ nguyên"),
        ({"text": original().replace("edition: 2016", "edition: 1999")}, "không có bộ quy tắc “1999”"),
        ({"text": original() + "# " + "x" * 20_000}, "20.000 ký tự"),
        ({"citation": ""}, "văn bản đã thấy"),
        ({}, ""),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_line(said, words, world):
    with undone():
        if not words:
            assert put(**said).pk
            with pytest.raises(Refused, match="ít nhất một thay đổi"):
                put(**said)
            return
        with pytest.raises(Refused, match=words.replace("(", r"\(")):
            put(**said)
        assert not FormText.objects.exists()


def test_a_text_that_names_what_is_gone_gives_way_and_says_so(world):
    with undone():
        row = make._saved(FormText(form="6-KNĐ", since=SINCE, text="form: 6-KNĐ\n", citation="12-HD/BTCTW"))
        snapshot = columns.current()
        edition = catalogue.edition("6-KNĐ", SINCE, snapshot.statute, texts=snapshot.form_texts)
        assert row == edition.unread and edition.template.text == original()
        assert "không còn đọc được" in edition.doubts()[0]


def test_put_right_on_the_page_looked_at_first_and_two_editors(world):
    alice, address = client(world["alice"]), "/forms/6-KNĐ/edit/"
    with undone():
        looked = alice.post(address, posted(look="1"))
        page = looked.content.decode()
        assert looked.status_code == 200 and "chưa lưu" in page and "<ins>" in page and not faults(page)
        assert not FormText.objects.exists()
        assert "Guidance" not in alice.get(address).content.decode()
        wrong = alice.post(address, posted(text=original().replace("{chair}", "{chairman}")))
        assert wrong.status_code == 400 and "dòng 29: không có trường" in wrong.content.decode()
        done = alice.post(address, posted())
        assert done.status_code == 302 and FormText.objects.get().since == SINCE
        entry = Entry.objects.filter(chain="writes").order_by("-number").first()
        assert (entry.deed, entry.about, entry.actor) == ("form-text-put", "form:6-KNĐ", world["alice"])
        dora = client(make.make_account("dora", Role.ADMINISTRATOR))
        late = dora.post(address, posted(citation="13-HD/BTCTW"))
        page = late.content.decode()
        assert late.status_code == 409 and "alice" in page and "13-HD/BTCTW" in page and "12-HD/BTCTW" in page
        assert FormText.objects.count() == 1
        page = alice.get("/forms/6-KNĐ/").content.decode()
        assert "Căn cứ: 12-HD/BTCTW." in page and "Rút lại lời văn" in page and not faults(page)
        alice.post(reverse("recruitment:form-text-take-back", args=[FormText.objects.get().pk]))
        assert FormText.objects.get().taken_back_on is not None


def test_what_a_text_asks_anew_is_asked_on_the_page_of_the_paper(world):
    bob, name = client(world["bob"]), "phone"
    case = dossiers.case("6-KNĐ")
    address = reverse("recruitment:candidacy-paper", args=[case.candidacy.pk, "6-knd"])
    with undone():
        asked = {**case.given, **case.candidacy.wordings.get(form="").said}
        asked.pop(name, None)
        words = case.candidacy.wordings.get(form="")
        words.said = asked
        make._saved(words)
        before = bob.get(address)
        assert (
            before.status_code == 200
            and before.context["prepared"]
            and name not in before.context["form"].fields
        )
        put(text=original() + "Điện thoại liên hệ: {phone}.\n")
        page = bob.get(address)
        assert page.context["prepared"] is None and [one.name for one in page.context["lacking_words"]] == [
            name
        ]


def test_who_does_not_keep_the_book_reads_and_writes_nothing(world):
    with undone():
        row = put()
        for name in ("bob", "charlie"):
            one = client(world[name])
            assert "Sửa lời văn" not in one.get("/forms/6-KNĐ/").content.decode()
            assert one.get("/forms/6-KNĐ/edit/").status_code == 403
            assert one.post("/forms/6-KNĐ/edit/", posted(stamp=str(row.stamp))).status_code == 403
            assert one.post(f"/forms/texts/{row.pk}/take-back/").status_code == 403
        assert client(world["bob"]).get("/forms/no-such/").status_code == 404


@pytest.mark.once
def test_every_form_has_its_row_its_page_and_its_sample(world, django_assert_num_queries):
    bob = client(world["bob"])
    page = bob.get("/forms/").content.decode()
    assert not faults(page) and all(f"/forms/{quote(form)}/" in page for form in FORMS)
    assert ">to-trinh<" not in page, "no name that only the program uses"
    snapshot = columns.current()
    for form in FORMS:
        shown = form_pages.FormPage(snapshot, form, date(2026, 6, 1))
        with django_assert_num_queries(1):
            assert shown.texts == [] and shown.pieces and shown.changes == []
        told = list(shown.sample.texts())
        assert told and all(text.strip() for text in told), form
        assert not any(mark in text for text in told for mark in ("{", "None", "…", "...."))
    assert not faults(bob.get("/forms/to-trinh/?on=01/06/2026").content.decode())
    assert bob.get("/forms/?on=31/02/2026").status_code == 400
    for ending, begins in (("pdf", b"%PDF-"), ("docx", b"PK")):
        assert b"".join(bob.get(f"/forms/6-KNĐ/sample.{ending}").streaming_content).startswith(begins)


def test_cost_of_the_page(world, django_assert_num_queries):
    with undone():
        for count in (1, 3):
            while FormText.objects.count() < count:
                put(citation=f"{FormText.objects.count()}-HD")
            snapshot = columns.current()
            with django_assert_num_queries(2):
                assert len(form_pages.FormPage(snapshot, "6-KNĐ", SINCE).texts) == count


def test_differences_are_told_line_by_line():
    assert form_pages.differences("a\nb\nc\n", "a\nB\nc\n") == [
        ("…", ""), (" ", "a"), ("-", "b"), ("+", "B"), (" ", "c"),
    ]  # fmt: skip
    assert form_pages.differences("a\n", "a\n") == []


def test_a_sample_is_asked_like_a_case(world):
    snapshot = columns.current()
    edition = catalogue.edition("phieu-tham-dinh", SINCE, snapshot.statute)
    assert any(isinstance(block, Grid) for block in filling.fill(Sample(snapshot, SINCE), edition).blocks)
