"""The papers of a candidacy on pages: Alice keeps the province's records, Bob is secretary of the cell, Charlie keeps those
of another district, Dung inspects."""

import hashlib
import html
import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.models import Entry, Role
from recruitment.imports import papers_said
from recruitment.models import Candidacy, Course, IssuedFile, IssuedPaper, Wording
from tests import factories as make
from tests.factories_papers import make_block, make_scan
from tests.undone import undone

from . import dossiers
from .test_issuing import says

pytestmark = pytest.mark.django_db
NAME = papers_said.PEOPLE[1][1]


@pytest.fixture(scope="module")
def world(module_db):
    made = dossiers.build()
    cell = made[papers_said.BASE_CELL]
    for name, role, committee in (
        ("alice", Role.STAFF, made["BRVT"]), ("bob", Role.SECRETARY, cell),
        ("charlie", Role.STAFF, made["BRVT-K2"]), ("dung", Role.INSPECTOR, made["BRVT"]),
    ):  # fmt: skip
        client = Client()
        client.force_login(make.make_account(name, role, committee))
        made[name] = client
    made["pk"] = dossiers.case("6-KNĐ", NAME).candidacy.pk
    return made


def page(world, form="", name="candidacy-papers", *more):
    args = [world["pk"], *([form] if form else []), *more]
    return reverse(f"recruitment:{name}", args=args)


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(answer.content.decode())).split())


def fields(client, address):
    """What the page's form would send as it stands, with every question answered."""
    told = client.get(address)
    form = told.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "word"}
    sent["confirmed"] = re.findall(r'name="confirmed" value="([^"]+)"', html.unescape(told.content.decode()))
    return sent


def issue(world, form="6-knd", who="alice", **more):
    address = page(world, form, "candidacy-paper")
    return world[who].post(address, fields(world[who], address) | {"do": "issue"} | more)


def reads(deed):
    return [
        json.loads(one.payload) | {"about": one.about}
        for one in Entry.objects.filter(chain="reads", deed=deed).order_by("number")
    ]


def test_issued_on_the_page_and_given_out_as_it_was(world):
    with undone():
        answer = issue(world)
        issued = IssuedPaper.objects.get()
        assert answer.status_code == 302 and answer.url == reverse(
            "recruitment:issued-paper", args=[issued.pk]
        )
        told = text(world["bob"].get(answer.url))
        files = list(issued.files.order_by("form"))
        for file in files:
            assert file.digest in told
            given = world["dung"].get(reverse("recruitment:issued-file", args=[issued.pk, file.form]))
            assert (
                given.content == bytes(file.content)
                and hashlib.sha256(given.content).hexdigest() == file.digest
            )
            assert "no-store" in given["Cache-Control"] and given["X-Content-Type-Options"] == "nosniff"
            assert (
                given["Content-Disposition"].startswith("attachment")
                and "thuy" not in given["Content-Disposition"]
            )
        assert [(one["form"], one["about"]) for one in reads("issued-read")] == [
            (file.form, f"recruitment.issuedpaper:{issued.pk}") for file in files
        ]
        assert "Đã phát hành số 07-NQ/CB" in text(world["alice"].get(page(world)))
        assert IssuedPaper.objects.count() == 1 and issue(world).status_code == 400, (
            "a second only as a correction"
        )
        assert IssuedPaper.objects.count() == 1


def test_a_page_sent_twice_issues_once(world):
    with undone():
        address = page(world, "6-knd", "candidacy-paper")
        sent = fields(world["alice"], address) | {
            "do": "issue",
            "chair": "Người Khác",
            "csrfmiddlewaretoken": "x" * 64,
        }
        first, second = (world["alice"].post(address, sent) for _ in "12")
        assert first.status_code == second.status_code == 302 and first.url == second.url
        assert IssuedPaper.objects.count() == 1


def test_a_changed_byte_is_not_given_out(world):
    with undone():
        issue(world)
        file = IssuedFile.objects.get(form="pdf")
        address = reverse("recruitment:issued-file", args=[file.issued_id, "pdf"])
        assert world["alice"].get(address).status_code == 200
        spoilt = bytes(file.content)[:-1] + b"x"
        with connection.cursor() as cursor:
            cursor.execute("UPDATE recruitment_issuedfile SET content = %s WHERE id = %s", [spoilt, file.pk])
        answer = world["alice"].get(address)
        assert answer.status_code == 409 and "Không đưa ra tệp này" in text(answer)
        digest = hashlib.sha256(spoilt).hexdigest()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE recruitment_issuedfile SET digest = %s WHERE id = %s", [digest, file.pk])
        assert world["alice"].get(address).status_code == 409, "the journal keeps the digest too"
        assert len(reads("issued-spoilt")) == 2


def test_what_was_typed_is_kept_and_what_is_missing_named(world):
    address = page(world, "6-knd", "candidacy-paper")
    with undone():
        sent = fields(world["alice"], address)
        dots = world["alice"].post(address, sent | {"do": "words", "strengths": "……"})
        assert dots.status_code == 400 and "Viết thành lời" in text(dots)
        assert world["alice"].post(address, sent | {"do": "words", "chair": "Người Khác"}).status_code == 302
        assert Wording.objects.get(form="6-KNĐ").said == {"chair": "Người Khác"}
        late = world["alice"].post(address, sent | {"do": "words", "chair": "Người Thứ Ba"})
        assert (
            late.status_code == 409 and "Người Khác" in text(late) and "Người Thứ Ba" in late.content.decode()
        )
        sent = fields(world["alice"], address)
        assert (
            world["alice"].post(address, sent | {"do": "issue", "secretary": "", "chair": ""}).status_code
            == 400
        )
        told = text(world["alice"].get(address))
        assert "Thư ký hội nghị gõ ở phần lời văn" in told and not IssuedPaper.objects.exists()
        assert "Chưa lập được" in text(world["dung"].get(page(world)))


def test_a_correction_and_a_withdrawal(world):
    with undone():
        issue(world)
        first = IssuedPaper.objects.get()
        assert issue(world, reason="").status_code == 400
        assert issue(world, reason="ghi nhầm tên thư ký", secretary="Lê Thị Đúng").status_code == 302
        second = IssuedPaper.objects.latest("pk")
        assert (second.corrects, second.reason) == (first, "ghi nhầm tên thư ký")
        told = text(world["bob"].get(reverse("recruitment:issued-paper", args=[first.pk])))
        assert "đã được thay bằng" in told and "ghi nhầm tên thư ký" in told
        assert "Đã được đính chính" in text(world["bob"].get(page(world)))
        address = reverse("recruitment:issued-paper", args=[second.pk])
        assert world["alice"].post(address, {"on": "", "why": ""}).status_code == 400
        assert world["dung"].post(address, {"on": "30/11/2026", "why": "nhầm"}).status_code == 403
        assert (
            world["alice"].post(address, {"on": f"{second.on:%d/%m/%Y}", "why": "phát hành nhầm"}).status_code
            == 302
        )
        assert "phát hành nhầm" in text(world["bob"].get(page(world)))


def test_what_is_issued_is_what_was_looked_at(world):
    """Both have the page open: what the one did, or what the register says since, the other sees before he issues."""
    address = page(world, "6-knd", "candidacy-paper")
    with undone():
        sent = fields(world["bob"], address) | {"do": "issue", "chair": "Người Chủ Trì"}
        vote = Candidacy.objects.get(pk=world["pk"]).papers.get(kind="cell_vote")
        with make._pen():
            vote.said = vote.said | {"in_favour": vote.said["in_favour"] - 1, "against": 1}
            vote.save()
        told = world["bob"].post(address, sent)
        assert told.status_code == 400 and "Bản thảo không còn như lúc anh chị xem" in text(told)
        assert "Người Chủ Trì" in told.content.decode() and not IssuedPaper.objects.exists()
        assert world["bob"].post(address, sent | {"seen": ""}).status_code == 400
        assert issue(world, who="bob").status_code == 302
        mine, hers = (fields(world[who], address) | {"do": "issue"} for who in ("bob", "alice"))
        assert world["alice"].post(address, hers | {"reason": "ghi sai chủ trì"}).status_code == 302
        told = world["bob"].post(address, mine | {"reason": "ghi sai ngày họp"})
        assert told.status_code == 400 and "ghi sai ngày họp" in told.content.decode()
        assert IssuedPaper.objects.count() == 2
        again = {
            name: told.context["form"][name].value() or ""
            for name in mine
            if name in told.context["form"].fields
        }
        assert world["bob"].post(address, mine | again).status_code == 302
        assert IssuedPaper.objects.latest("pk").corrects.reason == "ghi sai chủ trì"


def test_a_word_file_is_issued_alone_and_the_page_says_so(world):
    with undone():
        draft = world["alice"].get(page(world, "6-knd", "paper-draft", "docx")).content
        refused = issue(world, word=SimpleUploadedFile("a.docx", draft[:-9]))
        assert refused.status_code == 400 and "không phải tệp Word" in text(refused)
        answer = issue(world, word=SimpleUploadedFile("a.docx", draft))
        assert IssuedFile.objects.get().form == "docx" and "không có bản PDF" in text(
            world["bob"].get(answer.url)
        )


def test_a_reserved_number_is_offered_where_one_is_typed(world):
    with undone():
        cell = world[papers_said.BASE_CELL]
        with make._pen():
            Wording.objects.filter(form="giay-moi").delete()
        address = page(world, "giay-moi", "candidacy-paper")
        assert "Số kế tiếp" not in text(world["alice"].get(address))
        make_block(cell, 5, 9, suffix="-GM/CB", sign="GM")
        told = text(world["alice"].get(address))
        assert (
            "Số kế tiếp trong dải đã giữ: 05-GM/CB" in told and "Ngày của văn bản gõ ở phần lời văn" in told
        )


def test_who_may_and_who_may_not(world):
    with undone():
        for form, who, may in (
            ("6-knd", "bob", True),
            ("9-knd", "bob", False),
            ("9-knd", "alice", True),
            ("6-knd", "dung", False),
        ):
            address = page(world, form, "candidacy-paper")
            assert ('value="issue"' in world[who].get(address).content.decode()) == may
            if not may:
                assert world[who].post(address, {"do": "words"}).status_code == 403
        for name in ("candidacy-papers", "candidacy-paper", "paper-draft"):
            more = {
                "candidacy-papers": (),
                "candidacy-paper": ("6-knd",),
                "paper-draft": ("6-knd", "", "pdf"),
            }[name]
            args = [world["pk"], *filter(None, more)]
            assert world["charlie"].get(reverse(f"recruitment:{name}", args=args)).status_code == 404
        assert world["alice"].get(page(world, "17-knd", "candidacy-paper")).status_code == 404
        assert (
            world["alice"]
            .get(page(world, "3-knd", "candidacy-paper") + "?subject=introduction:0")
            .status_code
            == 404
        )
        alone = world["alice"].get(page(world, "3-knd", "candidacy-paper"))
        assert alone.status_code == 302 and world["alice"].get(alone.url).context["stand"].state == "ready"
        draft = world["dung"].get(reverse("recruitment:paper-draft", args=[world["pk"], "6-knd", "docx"]))
        assert says(draft.content) and reads("export")[-1]["about"] == "paper 6-KNĐ"


def test_a_certificate_is_of_who_held_the_class(world):
    """Bob issues it while his cell held the class, and neither corrects nor withdraws it once the district did."""
    with undone():
        course = Course.objects.get(certificates__person__candidacies=world["pk"], kind="awareness")
        address = page(world, "cn-ntvd", "candidacy-paper")
        assert issue(world, "cn-ntvd", "bob", director="Lê Văn Giám").status_code == 302
        issued = IssuedPaper.objects.get()
        here = reverse("recruitment:issued-paper", args=[issued.pk])
        scan = make_scan(issued.candidacy, issued=issued, form=issued.form)
        drop, said = reverse("recruitment:scan-drop", args=[scan.pk]), {"on": "30/11/2026", "why": "nhầm"}
        with make._pen():
            course.committee = world["BRVT-DD"]
            course.save()
        later = make.make_certificate(issued.candidacy.cell, date(2025, 3, 1), person=issued.candidacy.person)
        assert later.course is None, "one of the cell's own does not open the district's"
        assert [world["bob"].post(at, said).status_code for at in (address, here, drop)] == [403] * 3
        assert world["bob"].get(address).context["mine"] is False
        assert (
            world["alice"].post(drop, said).status_code == world["alice"].post(here, said).status_code == 302
        )
        assert world["bob"].get(address).context["mine"], "the later one is the cell's"


def test_what_was_issued_before_a_move_is_led_to(world):
    with undone():
        before = Candidacy.objects.get(pk=world["pk"])
        after = make.make_candidacy(world[papers_said.SECTION_CELL], before.entered_on, person=before.person)
        after.origin = before
        make._saved(after)
        here, there = reverse("recruitment:candidacy-papers", args=[after.pk]), page(world)
        assert there in world["alice"].get(here).content.decode()
        answer = world["charlie"].get(here)
        assert answer.status_code == 200 and there not in answer.content.decode(), "beyond Charlie's reach"


def test_the_page_costs_the_same_however_many_papers(world):
    with undone():
        world["alice"].get(page(world))
        counts = []
        for forms in ((), ("6-knd",), ("8-knd", "9-knd", "bien-ban-hop")):
            for form in forms:
                assert issue(world, form).status_code == 302
            world["alice"].get(page(world))  # the snapshot is read anew after a write
            with CaptureQueriesContext(connection) as asked:
                world["alice"].get(page(world))
            counts.append(len(asked))
        assert len(set(counts)) == 1, counts
