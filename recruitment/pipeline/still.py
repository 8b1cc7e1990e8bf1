"""The list behind a forecast: dossiers under way with the latest day of each step, in time or losing their certificate
first; page and export take the same rows."""

from datetime import date
from functools import partial

import django_tables2 as tables
import numpy as np
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from committees import vietnamese

from ..facts import NEVER, STAGES
from ..models import Candidacy, Stage
from ..quotas.filters import Choice, ListForm
from ..quotas.listing import Listing, Ordered, in_order
from ..quotas.question import Narrowing
from .filters import PeopleConditions
from .forecast import forecast
from .latest import STEPS
from .lists import Names
from .tables import PeopleTable

IN_TIME, LAPSING = "in-time", "certificate"
LABELS = {IN_TIME: _("Còn kịp"), LAPSING: _("Mất chứng nhận trước")}
LATE = _("Không còn đủ thời gian")
_SHAPES = {
    LABELS[IN_TIME]: ("t-met", "check"),
    LABELS[LAPSING]: ("t-behind", "clock"),
    LATE: ("t-none", "dash"),
}
_STAGES = list(Stage)
_VOTE = STAGES[Stage.CELL]
_TAG = '<span class="tag {}"><svg class="ico" aria-hidden="true"><use href="#{}"/></svg>{}</span>'


class Still(Narrowing):
    """Candidacies by what a Forecast says of them: those with time enough, whether or not the certificate holds as long;
    `there`: all it tells of. Arrays are by row of the snapshot's candidacies."""

    def __init__(self, snapshot, question, told):
        """told: the Forecast."""
        self.snapshot, self.question, self.rows = snapshot, question, snapshot.candidacies
        self.places, every = snapshot.followers_on(question.on.toordinal()), len(self.rows["id"])
        self.stages, self.next, self.vote, self.lapses = (
            np.full(every, NEVER, np.int64) for _part in range(4)
        )
        self.in_time, self.lapsing = np.zeros(every, bool), np.zeros(every, bool)
        latest = told.latest
        if latest is not None:
            self.stages[latest.rows], self.next[latest.rows] = latest.stages, latest.next
            self.in_time[latest.rows], self.lapsing[latest.rows] = latest.in_time, latest.lapsing
            self.lapses[latest.rows] = latest.lapses
            if latest.goal > _VOTE:
                self.vote[latest.rows] = latest.days[:, _VOTE - 1]
        self.there = self.stages != NEVER
        self.mask = self.in_time | self.lapsing
        if question.group is not None:
            self.mask &= (self.rows["groups"] & snapshot.bit(question.group.code)) != 0


class StillConditions(PeopleConditions):
    """What may be asked of them: in time or not, at which stage."""

    still = Choice(
        label=_("Còn kịp không"),
        choices=[("", _("Mọi hồ sơ còn thời gian")), *LABELS.items()],
        method="of_kind",
    )
    stage = Choice(
        label=_("Bước"),
        choices=[("", _("Mọi bước đang mở")), *((stage.value, stage.label) for stage in Stage.open())],
        method="at_stage",
    )

    class Meta(PeopleConditions.Meta):
        form = ListForm  # a plan says until when

    def of_kind(self, rows, name, kind):
        return rows.narrow(rows.in_time if kind == IN_TIME else rows.lapsing)

    def at_stage(self, rows, name, stage):
        return rows.narrow(rows.stages == STAGES[stage])


class StillTable(PeopleTable):
    stage = tables.Column(_("Bước"), accessor="pk", attrs={"td": {"data-l": ""}})
    step = tables.Column(_("Bước tiếp theo"), accessor="pk", orderable=False)
    latest = tables.Column(_("Chậm nhất"), accessor="pk", attrs={"td": {"class": "nb"}})
    vote = tables.Column(_("Chi bộ biểu quyết chậm nhất"), accessor="pk", attrs={"td": {"class": "nb"}})
    certificate = tables.Column(_("Chứng nhận còn đến"), accessor="pk", attrs={"td": {"class": "nb"}})
    state = tables.Column(_("Còn kịp không"), accessor="pk", orderable=False, attrs={"td": {"data-l": ""}})

    shown = ("cell", "stage", "step", "latest", "certificate", "state")

    class Meta(PeopleTable.Meta):
        sequence = (
            "name", "born", "sex", "cell", "above", "stage", "step", "latest", "vote", "certificate", "state",
        )  # fmt: skip

    def __init__(self, *args, on, still, **options):
        """still: a Still."""
        super().__init__(*args, **options)
        self.on, self.still = on, still

    def day_of(self, record):
        return self.on

    def value_stage(self, record):
        return _STAGES[self.still.stages[record.row]].label

    def value_step(self, record):
        return STEPS[_STAGES[self.still.stages[record.row] + 1]]

    def value_latest(self, record):
        return _day(self.still.next[record.row])

    def value_vote(self, record):
        return _day(self.still.vote[record.row])

    def value_certificate(self, record):
        return _day(self.still.lapses[record.row])

    def value_state(self, record):
        if self.still.lapsing[record.row]:
            return LABELS[LAPSING]
        return LABELS[IN_TIME] if self.still.in_time[record.row] else LATE

    def render_stage(self, record):
        return self.value_stage(record)

    def render_step(self, record):
        return self.value_step(record)

    def render_latest(self, record):
        return vietnamese.day(self.value_latest(record))

    def render_vote(self, record):
        return _written(self.value_vote(record))

    def render_certificate(self, record):
        return _written(self.value_certificate(record))

    def render_state(self, record):
        said = self.value_state(record)
        return format_html(_TAG, *_SHAPES[said], said)


def _day(number):
    return None if number == NEVER else date.fromordinal(int(number))


def _written(day):
    return vietnamese.day(day) if day else "–"


def still(access, params):
    """Listing of the dossiers that have time enough to count under a plan, the most pressing first; its `forecast` says
    why there are none. 404, 403 as the door."""
    asked = params.copy()
    asked.setdefault("sort", "latest")
    listing = Listing("forecast", access, asked, StillConditions)
    listing.forecast = None
    if listing.question:
        snapshot, question = listing.snapshot, listing.question
        listing.forecast = forecast(snapshot, listing.found)
        whole = Still(snapshot, question, listing.forecast).mask
        rows = listing.filters.narrow(Still(snapshot, question, listing.forecast))
        listing.take(
            StillTable, ids=rows.rows["id"], mask=rows.mask, places=rows.places, fetch=partial(_fetched, rows),
            whole=whole, orders=_orders(rows), **_told(rows),
        )  # fmt: skip
    return listing


def dossiers(snapshot, question, told):
    """(a StillTable of every dossier under way that a Forecast tells of, the most pressing first; how many). One query."""
    rows = Still(snapshot, question, told)
    here = np.flatnonzero(rows.there)
    here = here[np.argsort(rows.next[here], kind="stable")]
    away = [name for name in StillTable.base_columns if name not in {"name", *StillTable.shown} - {"cell"}]
    table = StillTable(Ordered(_fetched(rows, here)), exclude=away, orderable=False, **_told(rows))
    return table, len(here)


def _fetched(rows, indexes):
    return in_order(Candidacy.objects.select_related("person"), rows.rows["id"], indexes)


def _orders(rows):
    return {
        "name": np.arange(len(rows.mask)), "cell": rows.question.tree.position[rows.places], "stage": rows.stages,
        "latest": rows.next, "vote": rows.vote, "certificate": rows.lapses,
    }  # fmt: skip


def _told(rows):
    return {"names": Names(rows.snapshot, rows.question.tree), "on": rows.question.on, "still": rows}
