"""What may be asked of the lists of people, and how each condition narrows the mask. Names are searched folded."""

import django_filters
import numpy as np
from django import forms
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from committees.access import PEOPLE
from committees.filters import DayFilter
from committees.picking import CommitteeField
from committees.vietnamese import fold

from ..facts import EPOCH, NEVER
from ..models import Mentorship, Person, Plan, Stage
from ..quotas.breakdown import PARTITIONS, in_line
from ..quotas.declared import Declared
from ..quotas.filters import MOST_UNITS, AnytimeForm, Choice, Conditions, Words
from ..quotas.forms import plans_for
from ..quotas.groups import concerning
from ..quotas.left_out import REASONS, turn
from .class_filters import class_choices, learners
from .due_filters import TERM_CHOICES, due_mask, kind_choices
from .kinds import ADMISSIONS, OF_CANDIDATES, OF_MEMBERS
from .stages import HELD, UNDATED, UNDECIDED, WAITING, ceremonies, certified_on
from .terms import months_after
from .worklist import Worklist

PROBATION, OFFICIAL = "probation", "official"
VALID, EXPIRED, NONE = "valid", "lapsed", "none"
YES, NO = "yes", "no"


class Below(django_filters.Filter):
    """A committee below, by a few words."""

    field_class = CommitteeField


class Year(django_filters.Filter):
    field_class = forms.IntegerField


class PeopleConditions(Conditions):
    """Common to the lists of people: a name (or a whole citizen ID), a unit directly below, any committee below."""

    q = Words(label=_("Tìm họ tên"), method="named", widget=forms.TextInput(attrs={"type": "search"}))
    unit = Choice(label=_("Đơn vị"), choices=[], method="in_unit")
    cell = Below(label=_("Chi bộ, tổ chức bên dưới"), method="below")

    class Meta(Conditions.Meta):
        form = AnytimeForm

    def prepare(self):
        tree = self.snapshot.tree(self.access.today)
        p = tree.of(self.committee.pk)
        children = tree.children(p) if p >= 0 else []
        units = [(tree.code(child), tree.name(child)) for child in children[:MOST_UNITS]]
        self.filters["unit"].extra["choices"] = [("", _("Tất cả đơn vị")), *units]
        below = self.filters["cell"].field
        below.within(self.access, PEOPLE)
        below.widget.attrs["class"] = ""  # as wide as the others of the filter, not as a name

    @property
    def _term(self):
        return self.form.cleaned_data["term"] or None

    def named(self, rows, name, words):
        """One query. A citizen ID is found whole or not at all; what a record merged into another said finds that one."""
        people = Person.objects.filter(Q(search__contains=fold(words)) | Q(citizen_id=words))
        found = list(people.values_list(Coalesce("merged_into", "pk"), flat=True))
        return rows.narrow(np.isin(rows.rows["person"], np.array(found, np.int64)))

    def in_unit(self, rows, name, code):
        return self._under(rows, self.snapshot.structure.by_code[code])

    def below(self, rows, name, committee):
        return self._under(rows, self.snapshot.structure.index[committee.pk])

    def _under(self, rows, i):
        """Rows of a committee and all below it, by today's tree."""
        tree = self.snapshot.tree(self.access.today)
        p = int(tree.position[i])
        where = tree.position[rows.places]
        return rows.narrow((where >= p) & (where < tree.end[p]))


class AdmissionConditions(PeopleConditions):
    """Admissions: year of the counting date, a line of form 2, one more group, ceremony, probation or official. Of
    certificates only name, place, year and group are known; the other conditions leave them as they are."""

    membership = Choice(
        label=_("Giai đoạn"),
        choices=[
            ("", _("Mọi giai đoạn")),
            (PROBATION, _("Đảng viên dự bị")),
            (OFFICIAL, _("Đảng viên chính thức")),
        ],
        method="at_membership",
    )
    due = Choice(
        label=_("Hạn"),
        choices=kind_choices(OF_MEMBERS),
        method="due_for",
    )
    term = Choice(label=_("Thời hạn"), choices=TERM_CHOICES, method="in_term")
    year = Year(label=_("Năm"), min_value=1930, max_value=2199, method="in_year")
    ceremony = Choice(
        label=_("Lễ kết nạp"),
        choices=[
            ("", _("Mọi trường hợp")),
            (HELD, _("Đã tổ chức")),
            (WAITING, _("Có quyết định, chờ lễ")),
            (UNDATED, _("Chưa ghi ngày lễ")),
        ],
        method="by_ceremony",
    )
    # Set by the number that opened the list; a chip takes them off.
    decided_from = DayFilter(label=_("Từ ngày"), method="counted_from")
    band = Choice(label=_("Cơ cấu"), widget=forms.HiddenInput, choices=[], method="in_band")
    also = Choice(label=_("Thuộc nhóm"), widget=forms.HiddenInput, choices=[], method="in_group")
    left_out = Choice(
        label=_("Không tính"), widget=forms.HiddenInput, choices=[("", ""), *REASONS], method="by_reason"
    )

    class Meta(PeopleConditions.Meta):
        pass  # not inherited by itself

    def prepare(self):
        super().prepare()
        self.filters["band"].extra["choices"] = [("", _("Mọi dòng"))] + [
            (f"{partition}:{line}", line) for partition, lines in PARTITIONS.items() for line in lines
        ]
        concerned = concerning(self.snapshot, self.committee.code, self.access.today)
        groups = [(group.code, group.name) for group in concerned]
        self.filters["also"].extra["choices"] = [("", _("Mọi nhóm")), *groups]

    def narrow(self, rows):
        # A plan that counts ceremonies leaves those without out; asked for, they stand in the place of its rows.
        said, reason = self.form.cleaned_data["ceremony"], self.form.cleaned_data["left_out"]
        if reason:
            turn(rows, reason)
        elif said and "held" in rows.rows:
            rows.mask = ceremonies(rows)[said]
        elif self._asks_due and rows.question.plan is None:
            # Whoever moved in probation is to be considered where they are now, and counted where they were admitted.
            rows.places = Worklist(self.snapshot, rows.question).places(ADMISSIONS)
            rows.mask = np.ones(len(rows.mask), bool)
        return super().narrow(rows)

    @property
    def _asks_due(self):
        return bool(self.form.cleaned_data["due"] or self.form.cleaned_data["term"])

    def by_ceremony(self, selection, name, value):
        return selection  # done before the others, in `narrow`

    def by_reason(self, selection, name, value):
        return selection  # likewise

    def at_membership(self, selection, name, value):
        if "official" not in selection.rows:
            return selection
        done = selection.rows["official"] <= selection.question.on.toordinal()
        return selection.narrow(done if value == OFFICIAL else ~done)

    def due_for(self, selection, name, kind):
        if "official" not in selection.rows:
            return selection
        return selection.narrow(
            due_mask(Worklist(self.snapshot, selection.question).admissions, kind, self._term)
        )

    def in_term(self, selection, name, term):
        if "official" not in selection.rows or self.form.cleaned_data["due"]:
            return selection  # a kind asked for is asked for that term
        return selection.narrow(Worklist(self.snapshot, selection.question).admissions(None, term))

    def in_year(self, selection, name, year):
        return selection.narrow(_in_year(selection.when, year))

    def counted_from(self, selection, name, day):
        return selection.narrow(selection.when >= day.toordinal())

    def in_band(self, selection, name, value):
        if "education" not in selection.rows:
            return selection
        return selection.narrow(in_line(selection.rows, *value.split(":", 1)))

    def in_group(self, selection, name, code):
        return selection.narrow((selection.rows["groups"] & self.snapshot.bit(code)) != 0)


class RoadForm(AnytimeForm):
    """A road belongs to nobody's target: no plan is asked."""

    def __init__(self, data, **options):
        super().__init__(data, **options)
        del self.fields["plan"]


class CandidacyConditions(PeopleConditions):
    """Candidacies on a day: at which stage, who helps, which certificate, what is due, when they came."""

    stage = Choice(
        label=_("Bước"),
        choices=[
            ("", _("Mọi bước đang mở")),
            *Stage.choices,
            (UNDECIDED, _("Chờ lễ, chưa có quyết định trong sổ")),
        ],
        method="at_stage",
    )
    due = Choice(
        label=_("Hạn"),
        choices=kind_choices(OF_CANDIDATES),
        method="due_for",
    )
    term = Choice(label=_("Thời hạn"), choices=TERM_CHOICES, method="in_term")
    helped = Choice(
        label=_("Phân công giúp đỡ"),
        choices=[
            ("", _("Mọi trường hợp")),
            (NO, _("Chưa có người giúp đỡ")),
            (YES, _("Đã có người giúp đỡ")),
        ],
        method="has_mentor",
    )
    mentor = Words(label=_("Người giúp đỡ"), method="helped_by")
    certificate = Choice(
        label=_("Lớp nhận thức"),
        choices=[
            ("", _("Mọi trường hợp")),
            (VALID, _("Có chứng nhận còn hạn")),
            (EXPIRED, _("Chứng nhận đã hết hạn")),
            (NONE, _("Chưa có chứng nhận")),
        ],
        method="has_certificate",
    )
    course = Choice(label=_("Lớp đã cử học"), choices=[], method="of_course")
    # Set by the number of people declared for a plan; a chip takes it off.
    declared = Choice(label=_("Đăng ký"), widget=forms.HiddenInput, choices=[], method="declared_for")
    entered_from = DayFilter(label=_("Vào nguồn từ ngày"), method="entered_since")
    entered_to = DayFilter(label=_("Vào nguồn đến hết ngày"), method="entered_until")

    class Meta(PeopleConditions.Meta):
        form = RoadForm

    def prepare(self):
        super().prepare()
        offered = class_choices(self.snapshot, self.committee.pk, self.access.today)
        self.filters["course"].extra["choices"] = offered
        plans, _first = plans_for(self.snapshot, self.committee.code, self.access.today)
        self.filters["declared"].extra["choices"] = [("", ""), *((plan.code, plan.name) for plan in plans)]

    def declared_for(self, road, name, code):
        """One query."""
        plan = self.snapshot.small.plans[code]
        return road.narrow(Declared(self.snapshot, plan, road.question.on).mask)

    def at_stage(self, road, name, stage):
        return road.narrow(road.at(stage))

    def due_for(self, road, name, kind):
        return road.narrow(due_mask(Worklist(self.snapshot, road.question).candidacies, kind, self._term))

    def in_term(self, road, name, term):
        if self.form.cleaned_data["due"]:
            return road  # a kind asked for is asked for that term
        return road.narrow(Worklist(self.snapshot, road.question).candidacies(None, term))

    def has_mentor(self, road, name, value):
        mentored = self.snapshot.mentored_on(road.question.on.toordinal())
        return road.narrow(mentored if value == YES else ~mentored)

    def helped_by(self, road, name, words):
        """One query; names of mentors are kept as typed, so they are folded here, each once."""
        on, wanted, known, found = road.question.on, fold(words), {}, []
        running = Mentorship.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
        for candidacy, mentor in running.values_list("candidacy_id", "mentor"):
            if mentor not in known:
                known[mentor] = wanted in fold(mentor)
            if known[mentor]:
                found.append(candidacy)
        return road.narrow(np.isin(road.rows["id"], np.array(found, np.int64)))

    def has_certificate(self, road, name, value):
        on = road.question.on.toordinal()
        issued = certified_on(self.snapshot, road.rows["person"], on)
        if value == NONE:
            return road.narrow(issued == NEVER)
        rules = self.snapshot.statute.on(road.question.on)
        lapsed = months_after(issued, rules["certificate"].value) < on
        return road.narrow(lapsed if value == EXPIRED else (issued != NEVER) & ~lapsed)

    def of_course(self, road, name, course):
        people = learners(course, road.question.on, self.access.today)
        return road.narrow(np.isin(road.rows["person"], people))

    def entered_since(self, road, name, day):
        return road.narrow(road.rows["entered"] >= day.toordinal())

    def entered_until(self, road, name, day):
        return road.narrow(road.rows["entered"] <= day.toordinal())


def _in_year(when, year):
    dated = when != NEVER
    years = (
        (np.where(dated, when, 0).astype(np.int64) - EPOCH).astype("datetime64[D]").astype("datetime64[Y]")
    )
    return dated & (years.astype(np.int64) + 1970 == year)


def counts_people(plan):
    """Whether the list behind a plan's figure is one of admissions (else of certificates)."""
    return plan is None or plan.counts == Plan.Counts.ADMISSIONS
