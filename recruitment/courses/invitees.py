"""Who may be invited to a class: from the arrays of the snapshot, cut to the committee that runs it and all below it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from committees.access import PEOPLE
from committees.vietnamese import day, fold

from ..facts import NEVER, STAGES
from ..models import Admission, Candidacy, Certificate, Course, Participant, Person, Stage
from ..pipeline.stages import certified_on
from ..quotas.listing import in_order
from ..quotas.moves import stands_at
from ..quotas.question import seen_by
from ..rules import deadlines
from .judgement import Standard

MOST = 1000  # shown at once: all can be ticked on one page
_BEFORE_VOTE = [STAGES[stage] for stage in (Stage.SOURCE, Stage.CLASS, Stage.DOSSIER)]


@dataclass(frozen=True)
class Invitee:
    """Someone who may be invited. pk: of the candidacy, or of the admission of a probationary member; why: what makes
    them one."""

    pk: int
    person: object
    cell_id: int
    cell: str
    why: str


class Invitees:
    """Candidates without a certificate that lasts, for a class on awareness; probationary members without theirs, for
    one for new members. Not those who are in a class of its kind that is not over, or
    wait for its certificate."""

    def __init__(self, course, *, access, snapshot, words="", under=None):
        """words: of the name; under: the id of a committee, to narrow the list."""
        self.course, self.access, self.snapshot, self.today = course, access, snapshot, access.today
        self.on = access.today.toordinal()
        self.awareness = course.kind == Course.Kind.AWARENESS
        self.rows = snapshot.candidacies if self.awareness else snapshot.admissions
        places = snapshot.places(self.rows) if self.awareness else stands_at(snapshot, self.on)[0]
        mask = self._candidates() if self.awareness else self._probationers()
        mask &= self._within(course.committee_id, places) & seen_by(access, PEOPLE, snapshot, places)
        waiting = self.rows["person"][mask]
        taken = np.isin(self.rows["person"], np.array(list(self._taken()), np.int64))
        self.elsewhere = len(np.unique(waiting[taken[mask]]))
        mask &= ~taken
        self.whole = int(np.count_nonzero(mask))
        if under is not None:
            mask &= self._within(under, places)
        if words:
            named = Person.objects.filter(search__contains=fold(words))
            found = named.values_list(Coalesce("merged_into", "pk"), flat=True)
            mask &= np.isin(self.rows["person"], np.array(list(found), np.int64))
        self.indexes = np.flatnonzero(mask)

    def __len__(self):
        return len(self.indexes)

    @property
    def shown(self):
        """[Invitee] in name order, MOST at most. One query."""
        return self._told(self.indexes[:MOST])

    def chosen(self, ids):
        """[Invitee] of those ids that may be invited; others are none."""
        return self._told(self.indexes[np.isin(self.rows["id"][self.indexes], np.array(list(ids), np.int64))])

    def _told(self, indexes):
        model = Candidacy if self.awareness else Admission
        records = in_order(model.objects.select_related("person"), self.rows["id"], indexes)
        return [
            Invitee(
                record.pk, record.person, record.cell_id, self._cell(record.cell_id), self._why(record.row)
            )
            for record in records
        ]

    def _cell(self, cell_id):
        structure = self.snapshot.structure
        return structure.name_on(structure.index[cell_id], self.today)

    def _taken(self):
        """Ids of those who are in a class of its kind that is not over, or who passed one and wait for the certificate.
        One query."""
        rows = Participant.objects.filter(course__kind=self.course.kind).select_related("course")
        certified = Certificate.objects.filter(course=OuterRef("course"), person=OuterRef("person"))
        for row in rows.filter(~Exists(certified)):
            over = row.course.completed_on is not None
            if not over or Standard.of(row.course, self.snapshot.statute).passed(row):
                yield row.person_id

    def _candidates(self):
        stages = self.snapshot.stages_on(self.on)
        certified = self._certified != NEVER
        lasting = certified & (self._lapses > self.on + deadlines.NOTICE)
        at_source = stages == STAGES[Stage.SOURCE]
        # Further on, only a certificate on record that does not last calls for the class again.
        return np.isin(stages, _BEFORE_VOTE) & ~lasting & (at_source | certified)

    @cached_property
    def _certified(self):
        return certified_on(self.snapshot, self.rows["person"], self.on)

    @cached_property
    def _lapses(self):
        """Last day number of each one's certificate; NEVER without one."""
        rules, last = self.snapshot.statute.on(self.today), {int(NEVER): int(NEVER)}
        for issued in np.unique(self._certified).tolist():
            if issued not in last:
                last[issued] = deadlines.certificate_lapses_on(date.fromordinal(issued), rules).toordinal()
        return np.array([last[issued] for issued in self._certified.tolist()], np.int64)

    def _probationers(self):
        rows, held = self.rows, self.snapshot.certificates
        done = np.isin(rows["person"], held["person"][~held["awareness"]])
        over = np.minimum(
            np.minimum(rows["official"], rows["recognised"]), np.minimum(rows["left"], rows["cancelled"])
        )
        return (rows["held"] <= self.on) & (over > self.on) & ~done

    def _within(self, committee_id, places):
        tree = self.snapshot.tree(self.today)
        p = tree.of(committee_id)
        where = tree.position[places]
        return (where >= p) & (where < tree.end[p]) if p >= 0 else np.zeros(len(places), bool)

    def _why(self, row):
        if not self.awareness:
            return _("Dự bị từ %s") % day(date.fromordinal(int(self.rows["held"][row])))
        if (last := int(self._lapses[row])) != NEVER:
            said = _("Chứng nhận hết hạn %s") if last < self.on else _("Chứng nhận sắp hết hạn, %s")
            return said % day(date.fromordinal(last))
        entered = date.fromordinal(int(self.rows["entered"][row]))
        return _("Vào nguồn %s") % day(entered)
