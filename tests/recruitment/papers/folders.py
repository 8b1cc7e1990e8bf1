"""What lies in a folder, as rows and bytes of a test's own making: no form is filled and no scan is cleaned."""

import hashlib
import io
from contextlib import nullcontext

from django.utils import timezone
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from committees import journal
from committees.models.penned import held
from recruitment.models import IssuedFile, IssuedPaper, Scan, ScanFile


def _pen():
    return journal.pen(None, "test") if held.get() is None else nullcontext()


def a_pdf(*words, size=A4):
    """The bytes of a PDF with one page a text."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1)
    for text in words:
        canvas.drawString(100, 500, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def a_picture(kind="jpeg", size=(60, 40)):
    """The bytes of a picture, wider than high by default."""
    file = io.BytesIO()
    Image.new("RGB", size, (200, 180, 150)).save(file, kind)
    return file.getvalue()


def make_issued_row(
    candidacy, form, on, *, pdf=b"", corrects=None, number="", title="", edition="2025-07", **facts
):
    """A row of a paper as issued, with these bytes as its PDF; without any, as one that was issued in Word alone."""
    row = IssuedPaper(
        candidacy=candidacy, form=form, on=on, corrects=corrects, number=number, title=title or f"Giấy {form}",
        edition=edition, issued_at=timezone.now(), **facts,
    )  # fmt: skip
    kind, content = (IssuedFile.Form.PDF, pdf) if pdf else (IssuedFile.Form.DOCX, b"PK")
    with _pen():
        row.save()
        held.get().note(digest={kind.value: _digest(content)})
        IssuedFile.objects.bulk_create([
            IssuedFile(issued=row, form=kind, name=f"{form}.{kind}", content=content, digest=_digest(content))
        ])  # fmt: skip
    return row


def make_scan_row(candidacy, content, kind="pdf", *, pages=1, title="Bản quét", **facts):
    """A row of a scan with these bytes, kept as they are."""
    row = Scan(
        candidacy=candidacy, kind=kind, pages=pages, title=title, size=len(content), digest=_digest(content),
        added_at=timezone.now(), **facts,
    )  # fmt: skip
    with _pen():
        row.save()
        ScanFile.objects.bulk_create([ScanFile(scan=row, content=content)])
    return row


def _digest(content):
    return hashlib.sha256(content).hexdigest()
