"""Where what a form lacks is recorded: a paper, the person, the admission, a letter, a class."""

from django.urls import reverse

from committees.access import RECORD

from ..pipeline.rights import may_record
from ..rules.papers import KINDS
from .terms import WRITTEN


def missing_at(access, candidacy, stand):
    """[(label, address)] of what a form lacks that is recorded elsewhere than on its own page; address "" where the reader
    may not record it. No query."""
    return [
        (label, _address(access, candidacy, name))
        for name, label in stand.lacking.items()
        if name not in WRITTEN
    ]


def _address(access, candidacy, name):
    first = name.partition(".")[0]
    if not access.may(RECORD, candidacy.cell_id):
        return ""
    if first == "person":
        return reverse("recruitment:person-edit", args=[candidacy.person_id])
    if first in {"certificate", "new_class"}:
        return reverse("recruitment:candidacy-certificate", args=[candidacy.pk])
    if first == "mentor":
        return reverse("recruitment:candidacy-mentor", args=[candidacy.pk])
    if first == "letter":
        return reverse("recruitment:candidacy-verification", args=[candidacy.pk])
    if first in KINDS:
        return _of_kind(access, candidacy, KINDS[first])
    return ""


def _of_kind(access, candidacy, kind):
    if not may_record(access, kind.code, candidacy.cell_id):
        return ""
    admission = getattr(candidacy, "admission", None)
    if kind.stored == "admission":
        if admission is not None and not admission.cancelled_on:
            return reverse("recruitment:admission-edit", args=[admission.pk])
        return reverse("recruitment:candidacy-record", args=[candidacy.pk, kind.code])
    rows = [row for row in candidacy.papers.all() if row.kind == kind.code]
    if rows:
        last = max(rows, key=lambda row: (row.on, row.pk))
        return reverse("recruitment:paper-correct", args=[last.pk])
    return reverse("recruitment:candidacy-record", args=[candidacy.pk, kind.code])
