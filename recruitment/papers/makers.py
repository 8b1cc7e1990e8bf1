"""Who makes which form: issues it, corrects and withdraws it, keeps its signed copy. The one place that says so."""

from django.db.models import prefetch_related_objects

from committees.access import PEOPLE, RECORD

from ..models import Candidacy, Certificate, Course
from ..pipeline.rights import may_record
from .procedure import AT

# Forms that whoever held the class gives out, whatever cell its participants are of.
_CLASSES = {"CN-NTVĐ": Course.Kind.AWARENESS, "CN-ĐVM": Course.Kind.NEW_MEMBER}


def may_make(access, form, candidacy, on=None):
    """Whether the account may issue the form for the candidacy. on: the day of the paper already issued that it would
    withdraw, replace or keep a scan of; None where it is not issued yet.

    As `pipeline.rights` says of the paper's kind. A certificate: who keeps the records of the committee that held the class
    and may see the person; of a class that is not in the register, the cell. No query once the candidacy was fetched by
    `case.candidacy`; else two for a certificate."""
    held = []
    if form in _CLASSES:
        prefetch_related_objects([candidacy], "person__certificates__course")
        held = [
            (row.issued_on, row.course and row.course.committee_id)
            for row in candidacy.person.certificates.all()
            if row.kind == _CLASSES[form] and (on is None or row.issued_on <= on)
        ]
    return _may(access, form, candidacy.cell_id, held)


def makeable(access, form, pks):
    """Ids of those of the candidacies for which `may_make` says yes. Two queries at most."""
    cells = dict(Candidacy.objects.filter(pk__in=pks).values_list("pk", "cell_id"))
    held = {}
    if form in _CLASSES:
        rows = Certificate.objects.filter(kind=_CLASSES[form], person__candidacies__in=cells)
        for pk, on, committee in rows.values_list("person__candidacies", "issued_on", "course__committee_id"):
            held.setdefault(pk, []).append((on, committee))
    return {pk for pk, cell in cells.items() if _may(access, form, cell, held.get(pk, ()))}


def _may(access, form, cell_id, held):
    """held: (day, id of the committee whose class it was or None) of each certificate; the last one is meant."""
    _on, committee_id = max(held, key=lambda row: row[0], default=(None, None))
    if committee_id is None:
        return may_record(access, AT[form], cell_id)
    return access.may(PEOPLE, cell_id) and access.may(RECORD, committee_id)
