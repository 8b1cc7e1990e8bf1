"""The two records of a pair: what hangs on each, where it lies, and who may deal with it."""

from dataclasses import dataclass, field

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from committees import vietnamese
from committees.access import PEOPLE, RECORD
from committees.models import Committee

from ..models import Admission, Candidacy, Certificate, Participant, Person, Stage
from ..pipeline.admissible import in_force


@dataclass
class Side:
    """One record with the rows that hang on it."""

    person: Person
    candidacies: list = field(default_factory=list)
    admissions: list = field(default_factory=list)
    certificates: list = field(default_factory=list)
    participations: list = field(default_factory=list)

    @classmethod
    def read(cls, person):
        """The Side of one person. Four queries."""
        return cls.read_all([person])[person.pk]

    @classmethod
    def read_all(cls, people):
        """{id: Side} of these people. Four queries."""
        found = {person.pk: cls(person) for person in people}
        for name, rows in (
            ("candidacies", Candidacy.objects.order_by("entered_on", "pk")),
            ("admissions", Admission.objects.order_by("decided_on", "pk")),
            ("certificates", Certificate.objects.order_by("issued_on", "pk")),
            ("participations", Participant.objects.select_related("course").order_by("pk")),
        ):
            for row in rows.filter(person__in=list(found)):
                getattr(found[row.person_id], name).append(row)
        return found

    @property
    def rows(self):
        return [*self.candidacies, *self.admissions, *self.certificates, *self.participations]

    @property
    def shown_by(self):
        """Ids of the committees in which a reader must see persons to open the record's page."""
        return {row.cell_id for row in [*self.candidacies, *self.admissions, *self.certificates]}

    @property
    def cells(self):
        """Ids of all committees that anything of it lies in."""
        return {row.cell_id for row in self.rows}

    @property
    def member(self):
        """The admission in force, or None."""
        return in_force(self.admissions)

    @property
    def open(self):
        """The candidacies under way."""
        return [row for row in self.candidacies if row.stage in Stage.open()]

    def beyond(self, access, right=RECORD):
        """Ids of committees in which the account does not hold the right."""
        return {cell for cell in self.cells if not access.may(right, cell)}

    def told(self, access):
        """What is known of it within reach, a line each."""
        structure = access.structure

        def where(row, on):
            return structure.name_on(structure.index[row.cell_id], on)

        lines = [
            _("%(cell)s: vào nguồn %(on)s, %(stage)s") % {
                "cell": where(row, row.entered_on), "on": vietnamese.day(row.entered_on),
                "stage": row.get_stage_display().lower(),
            }
            for row in self.candidacies if access.may(PEOPLE, row.cell_id)
        ] + [
            (_("%(cell)s: quyết định %(on)s, đã hủy") if row.cancelled_on else _("%(cell)s: quyết định kết nạp %(on)s"))
            % {"cell": where(row, row.decided_on), "on": vietnamese.day(row.decided_on)}
            for row in self.admissions if access.may(PEOPLE, row.cell_id)
        ] + [
            _("%(kind)s: chứng nhận %(on)s") % {"kind": row.get_kind_display(), "on": vietnamese.day(row.issued_on)}
            for row in self.certificates if access.may(PEOPLE, row.cell_id)
        ]  # fmt: skip
        return lines


def opened(access, pk):
    """The Side of a person behind the door of their page: Http404 where nothing of them lies within reach,
    PermissionDenied where something does but persons may not be seen there. Five queries."""
    access.self_service()
    side = Side.read(get_object_or_404(Person.objects.select_related("merged_into"), pk=pk).kept)
    if not any(access.may(PEOPLE, cell) for cell in side.shown_by):
        for cell in side.shown_by:
            try:
                access.check(cell, PEOPLE)
            except Http404:
                continue
        raise Http404
    return side


def above_all(access, cells):
    """The lowest committee that stands on or above all these on today's tree: where what concerns them all is
    journalled, so that nobody reads there what lies beyond his reach. None: the whole register."""
    tree, common = access.tree, None
    for cell in cells:
        p = tree.of(cell)
        line = [*tree.ancestors(p), p] if p >= 0 else []
        common = line if common is None else [q for q in common if q in line]
    if not common:
        return None
    return Committee(id=tree.id(common[-1]), code=tree.code(common[-1]))
