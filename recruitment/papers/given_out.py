"""A file of a paper on its way out: whole, kept by nobody on the way, and never run."""

import hashlib
import json

from django.http import HttpResponse

from committees import journal

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def attached(content, name, kind):
    """The answer that gives out the bytes of a file as an attachment."""
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def whole(file):
    """Whether an IssuedFile is byte for byte what was issued: by the digest beside it, and by the one the journal kept
    while its entry is not erased. One query."""
    digest = hashlib.sha256(bytes(file.content)).hexdigest()
    if digest != file.digest:
        return False
    entry = journal.entry_of(file.stamp)
    said = json.loads(entry.payload) if entry is not None and entry.payload else {}
    return said.get("digest", {file.form: digest}).get(file.form) == digest
