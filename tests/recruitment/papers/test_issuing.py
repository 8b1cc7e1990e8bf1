"""Issue, correct, reprint: what went out stays as it was, whatever the register says later."""

import hashlib
import json

import pytest

from committees import journal
from committees.models import Entry, Role
from recruitment import columns
from recruitment.imports import papers_said
from recruitment.papers import case as cases
from recruitment.papers import catalogue, issuing
from recruitment.papers.prepared import prepare, subjects
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


def contents(issued):
    return {file.form: bytes(file.content) for file in issued.files.all()}


def test_what_is_issued_is_kept_with_its_digest_in_the_journal(world):
    with undone():
        paper = ready("6-KNĐ", FIRST)
        issued = issuing.issue(paper, by=world["clerk"], copies=2)
        kept = contents(issued)
        assert kept.keys() == {"pdf", "docx"} and kept["pdf"].startswith(b"%PDF-")
        digests = {form: hashlib.sha256(content).hexdigest() for form, content in kept.items()}
        entry = Entry.objects.get(chain=Entry.WRITES, number=issued.stamp)
        assert json.loads(entry.payload)["digest"] == digests and entry.deed == "paper-issue"
        assert str(kept["pdf"][:20]) not in entry.payload, "its digest, not its bytes"
        assert (issued.number, issued.on, issued.issuer) == (paper.number, paper.on, "Chi bộ Đội 2")
        assert issued.committee_id == world[papers_said.SECTION_CELL].pk and issued.signer == "Nguyễn Văn Mẫu"
        assert issued.said["person.name"] == FIRST and issued.receivers.endswith("Lưu Chi bộ")
        assert journal.verify() is None


@pytest.mark.once
@pytest.mark.parametrize("form", sorted(catalogue.forms()))
def test_every_form_is_issued_as_the_same_bytes_or_is_a_sheet(form, world):
    paper = ready(form)
    made = [
        {kind: issuing._bytes(write, ready(form).document) for kind, write in issuing.WRITERS.items()}
        for _ in "12"
    ]
    assert made[0] == made[1]
    with undone():
        if not paper.issues:
            with pytest.raises(issuing.Refused, match="không phát hành"):
                issuing.issue(paper, by=world["clerk"])
        else:
            assert contents(issuing.issue(paper, by=world["clerk"])) == made[0]
