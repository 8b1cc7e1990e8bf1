"""Papers, scans, blocks of numbers and what else the issuing of papers needs, as `tests.factories` makes the rest."""

import hashlib
import io
from contextlib import nullcontext
from datetime import date

from django.utils import timezone
from PIL import Image

from committees import journal
from committees.models.penned import held
from recruitment.models import Candidacy, IssuedFile, IssuedPaper, NumberBlock, Scan, ScanFile
from recruitment.papers import catalogue
from recruitment.pipeline import actions
from recruitment.sheets.document import Document, Line
from recruitment.sheets.letter import write_letter

from . import factories as make


def make_block(committee, first=1, last=20, *, suffix="-QĐ/HU", sign="QĐ", since=date(2012, 1, 1), **facts):
    """Numbers a body's clerk reserved, `first` to `last`."""
    block = NumberBlock(
        committee=committee, first=first, last=last, suffix=suffix, sign=sign, since=since, **facts
    )
    with journal.pen(None, "test") if held.get() is None else nullcontext():
        block.save()
    return block


def make_issued(candidacy, form, on, said, *, printed=False, **facts):
    """A paper as it was issued; printed: with its bytes as PDF, which say nothing but its title."""
    template = catalogue.forms()[form][-1]
    facts = {
        "edition": template.edition,
        "title": template.title,
        "issued_at": timezone.now(),
        **facts,
    }
    issued = IssuedPaper(candidacy=candidacy, form=form, on=on, said=said, **facts)
    with journal.pen(None, "test") if held.get() is None else nullcontext():
        issued.save()
        if printed:
            file = io.BytesIO()
            write_letter(file, Document(issued.title, (Line(issued.title),)))
            digest = hashlib.sha256(file.getvalue()).hexdigest()
            kept = {"form": "pdf", "name": "x.pdf", "content": file.getvalue(), "digest": digest}
            IssuedFile.objects.bulk_create([IssuedFile(issued=issued, **kept)])
    return issued


def picture(shade=200, size=(64, 48)):
    """The bytes of a small PNG of one grey."""
    file = io.BytesIO()
    Image.new("L", size, shade).save(file, "PNG")
    return file.getvalue()


def make_scan(candidacy, content=None, **facts):
    """A scan as it lies in the folder, cleaned or not."""
    content = picture() if content is None else content
    facts = {"title": "Đơn xin vào Đảng", "kind": "png", "pages": 1} | facts
    with journal.pen(None, "test") if held.get() is None else nullcontext():
        scan = Scan(
            candidacy=candidacy, size=len(content), digest=hashlib.sha256(content).hexdigest(), added_at=timezone.now(), **facts,
        )  # fmt: skip
        scan.save()
        ScanFile.objects.bulk_create([ScanFile(scan=scan, content=content)])
    return scan


def gather(candidacy):
    """Lay everything the cell's meeting needs into the dossier."""
    on = date(2025, 10, 1)
    make.make_paper(candidacy, "application", on, said={"handwritten": True, "own_words": True})
    make.make_paper(candidacy, "declaration", on, said={"sealed": True})
    make.make_paper(candidacy, "verification", date(2025, 11, 20), result="pass", number="18-KL/ĐU")
    for kind in ("opinion_union", "opinion_home", "opinions"):
        make.make_paper(candidacy, kind, date(2025, 11, 25), said={})
    for name in ("Lê Tám", "Võ Chín"):
        said = {"introducer": name, "together_since": "2020-01-01"}
        make.make_paper(candidacy, "introduction", date(2025, 11, 26), said=said)
    with journal.pen(None, "test"):
        for relation in ("self", "father", "mother"):
            candidacy.relatives.create(relation=relation, result="pass", result_on=date(2025, 11, 20))
        mentorship = candidacy.mentorships.get()
        mentorship.document = "2-NQ/CB"
        mentorship.save()
        actions.settle(Candidacy.objects.get(pk=candidacy.pk))
