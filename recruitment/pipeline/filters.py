"""What may be asked of the lists of people, and how each condition narrows the mask. Names are searched folded."""

import numpy as np
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import fold

from ..facts import EPOCH, NEVER
from ..models import Person, Plan, Stage
from ..quotas.breakdown import PARTITIONS, in_line
from ..quotas.filters import ListForm
from ..quotas.forms import OneOf
from .stages import HELD, UNDATED, UNDECIDED, WAITING, ceremonies

PROBATION, OFFICIAL = "probation", "official"
# Where one committee has more units below it than a menu can hold, its tree page serves better.
MOST_UNITS = 400


class PeopleForm(ListForm):
    """Common to the lists of people: a name, a unit below, no plan needed."""

    needs_plan = False

    q = forms.CharField(
        label=_("Tìm họ tên"), required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    unit = OneOf(label=_("Đơn vị"), required=False)

    def __init__(self, data, **options):
        super().__init__(data, **options)
        tree = self.snapshot.tree(self.today)
        p = tree.of(options["committee"].pk)
        children = tree.children(p) if p >= 0 else []
        units = [(tree.code(child), tree.name(child)) for child in children[:MOST_UNITS]]
        self.fields["unit"].choices = [("", _("Tất cả đơn vị")), *units]

    def within(self, table):
        """Which rows of a fact table belong to the unit chosen, by today's tree; True for all."""
        if not self.cleaned_data["unit"]:
            return True
        tree = self.snapshot.tree(self.today)
        p = int(tree.position[self.snapshot.structure.by_code[self.cleaned_data["unit"]]])
        where = tree.position[self.snapshot.places(table)]
        return (where >= p) & (where < tree.end[p])

    def named(self, table):
        """Which rows bear the words searched, without accents; True for all. One query where something is searched."""
        words = fold(self.cleaned_data["q"])
        if not words:
            return True
        people = list(Person.objects.filter(search__contains=words).values_list("pk", flat=True))
        return np.isin(table["person"], np.array(people, np.int64))

    def conditions(self):
        said = self.cleaned_data
        found = [("q", f"“{said['q']}”")] if said["q"] else []
        if said["unit"]:
            found.append(("unit", self.label_of("unit")))
        return found + super().conditions()


class AdmissionForm(PeopleForm):
    """Admissions: year of the counting date, a line of form 2, one more group, ceremony, probation or official."""

    year = forms.IntegerField(label=_("Năm"), required=False, min_value=1930, max_value=2199)
    membership = OneOf(
        label=_("Giai đoạn"),
        required=False,
        choices=[
            ("", _("Mọi giai đoạn")),
            (PROBATION, _("Đảng viên dự bị")),
            (OFFICIAL, _("Đảng viên chính thức")),
        ],
    )
    ceremony = OneOf(
        label=_("Lễ kết nạp"),
        required=False,
        choices=[
            ("", _("Mọi trường hợp")),
            (HELD, _("Đã tổ chức")),
            (WAITING, _("Có quyết định, chờ lễ")),
            (UNDATED, _("Chưa ghi ngày lễ")),
        ],
    )
    # Set by the number that opened the list; a chip takes them off.
    band = OneOf(label=_("Cơ cấu"), required=False, widget=forms.HiddenInput)
    also = OneOf(label=_("Thuộc nhóm"), required=False, widget=forms.HiddenInput)

    def __init__(self, data, **options):
        super().__init__(data, **options)
        self.fields["band"].choices = [("", _("Mọi dòng"))] + [
            (f"{partition}:{line}", line) for partition, lines in PARTITIONS.items() for line in lines
        ]
        self.fields["also"].choices = [("", _("Mọi nhóm"))] + [(g.code, g.name) for g in self.snapshot.groups]

    def narrow(self, selection):
        """Narrow a Selection of admissions (or certificates, which know only name, unit, year and group)."""
        said, rows, on = self.cleaned_data, selection.rows, selection.question.on.toordinal()
        if said["ceremony"] and "held" in rows:
            selection.mask = ceremonies(selection)[said["ceremony"]]
        selection.narrow(self.within(rows)).narrow(self.named(rows))
        if said["year"]:
            selection.narrow(_in_year(selection.when, said["year"]))
        if said["membership"] and "official" in rows:
            done = rows["official"] <= on
            selection.narrow(done if said["membership"] == OFFICIAL else ~done)
        if said["band"] and "education" in rows:
            selection.narrow(in_line(rows, *said["band"].split(":", 1)))
        if said["also"]:
            selection.narrow((rows["groups"] & self.snapshot.bit(said["also"])) != 0)
        return selection

    def conditions(self):
        said = self.cleaned_data
        found = [("year", _("Năm %(year)s") % {"year": said["year"]})] if said["year"] else []
        found += [
            (name, self.label_of(name)) for name in ("membership", "ceremony", "band", "also") if said[name]
        ]
        return super().conditions() + found


class CandidacyForm(PeopleForm):
    """Candidacies on a day: at which stage. No plan: a road belongs to nobody's target."""

    stage = OneOf(
        label=_("Bước"),
        required=False,
        choices=[
            ("", _("Mọi bước đang mở")),
            *Stage.choices,
            (UNDECIDED, _("Chờ lễ, chưa có quyết định trong sổ")),
        ],
    )

    def __init__(self, data, **options):
        super().__init__(data, **options)
        del self.fields["plan"]

    def narrow(self, road):
        """Mask of a Road's candidacies that meet the conditions."""
        stage = self.cleaned_data["stage"]
        mask = road.at(stage) if stage else road.open
        return mask & self.within(road.rows) & self.named(road.rows)

    def conditions(self):
        own = [("stage", self.label_of("stage"))] if self.cleaned_data["stage"] else []
        return own + super().conditions()


def _in_year(when, year):
    dated = when != NEVER
    years = (
        (np.where(dated, when, 0).astype(np.int64) - EPOCH).astype("datetime64[D]").astype("datetime64[Y]")
    )
    return dated & (years.astype(np.int64) + 1970 == year)


def counts_people(plan):
    """Whether the list behind a plan's figure is one of admissions (else of certificates)."""
    return plan is None or plan.counts == Plan.Counts.ADMISSIONS
