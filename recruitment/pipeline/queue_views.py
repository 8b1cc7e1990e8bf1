"""The pages of a queue: who waits since when, on screen and on paper; the list that goes with a proposal."""

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal
from committees.access import FIGURES
from committees.forms import DayField
from committees.vietnamese import add_months, day

from .. import columns
from ..quotas.listing import END, where
from ..quotas.place import Crumb, crumbs
from ..quotas.question import ask
from . import rights
from .queue_pages import BATCHES, PAPERS, Waiting
from .queues import PROPOSED, QUEUES
from .things import way

ROWS = 25
# The day of the month on which boards are taken to meet where nobody says otherwise; ours, not a rule.
MEETING = 25


class MeetingForm(forms.Form):
    """On which day the board is likely to meet."""

    meeting = DayField(label=_("Ngày họp dự kiến"))


def board_meets_on(today):
    """The 25th of this month, or of the next where it is past."""
    this = today.replace(day=MEETING)
    return this if this >= today else add_months(this, 1)


class QueuePage:
    """One window of a queue, with the addresses around it."""

    def __init__(self, request, waiting):
        self.request, self.waiting, self.queue = request, waiting, waiting.queue
        self.question = waiting.question
        today = self.question.on
        self.form = MeetingForm(request.GET)
        said = self.form.cleaned_data.get("meeting") if self.form.is_valid() else None
        self.meeting = said if said and said >= today else board_meets_on(today)
        self.moment = timezone.localtime()
        self.window, self.rows = None, []
        if waiting.names:
            asked = request.GET
            self.window = waiting.chosen.window(asked.get("after", ""), asked.get("before", ""), ROWS)
            self.rows = waiting.rows(self.window.records, self.meeting)

    @property
    def name(self):
        return self.question.name

    @property
    def count(self):
        return self.waiting.count

    @property
    def status(self):
        return 400 if self.form.errors else 200

    @property
    def waited(self):
        """Days the longest has waited."""
        return (self.question.on - self.waiting.oldest).days if self.count else None

    @property
    def crumbs(self):
        tree, p = self.question.tree, self.question.position
        return [*crumbs(self.waiting.access, tree, p), Crumb(self.question.code, self.question.name)]

    @property
    def units(self):
        """[(name, count, address of this queue there)]."""
        return [
            (name, count, way("queue", self.queue.code, committee=code, **self._said))
            for code, name, count in self.waiting.by_unit
        ]

    @property
    def queues(self):
        """[(label, address, whether it is this one)] of all queues here."""
        return [
            (queue.label, way("queue", code, committee=self.question.code, **self._said), queue is self.queue)
            for code, queue in QUEUES.items()
        ]

    @property
    def steps(self):
        """{first, previous, next, last: address or None} of the windows around this one."""
        window, address = self.window, self.waiting.address
        return {
            "first": address(**self._said) if window.before is not None else None,
            "previous": window.before is not None and address(before=window.before, **self._said),
            "next": window.after is not None and address(after=window.after, **self._said),
            "last": address(before=END, **self._said) if window.after is not None else None,
        }

    @property
    def batch(self):
        """Where many are done at once; None where nobody of the queue may be."""
        mode, queue = BATCHES.get(self.queue.code), self.queue
        may = any(
            rights.may_record(self.waiting.access, queue.judged, row.record.cell_id) for row in self.rows
        )
        return way("decision-batch", mode=mode, committee=self.question.code) if mode and may else None

    @property
    def papers(self):
        """Where a paper is issued for all rows shown whose kind the reader may record; None where there is none."""
        form, kind = PAPERS.get(self.queue.code, ("", ""))
        lines = [
            row.candidacy
            for row in self.rows
            if form and row.candidacy and rights.may_record(self.waiting.access, kind, row.record.cell_id)
        ]
        return way("issuing", committee=self.question.code, form=form, line=lines) if lines else None

    @property
    def extract(self):
        """Whether the list of these persons, to go with the proposal, may be had as a file."""
        return self.waiting.names and self.count > 0 and self.queue.code in PROPOSED

    @property
    def _said(self):
        return {"meeting": day(self.meeting)} if self.form.data.get("meeting") else {}


@never_cache
@require_safe
def queue(request, queue):
    """Who waits in one queue at and below a committee. Journalled as a list of people; who sees figures only is told
    how many, by unit."""
    page = QueuePage(request, waiting_in(request.access, queue, request.GET.get("committee")))
    if page.waiting.names:
        journal.read_entry(
            request.user, "list", about=f"queue:{queue}", committee=_committee(page), count=page.count
        )
    return render(request, "recruitment/pipeline/queue.html", {"page": page}, status=page.status)


def waiting_in(access, name, code):
    """The queue `name` (Waiting) in the committee of that code, by default where the account's reach begins. 404, 403
    as the door; 404 for a queue that is not there."""
    access.self_service()
    if name not in QUEUES:
        raise Http404
    committee = where(access, FIGURES, code)
    snapshot = columns.current()
    question, _progress = ask(snapshot, committee.code, on=access.today)
    return Waiting(access, snapshot, question, name)


def _committee(page):
    return page.waiting.access.committee(page.question.code, FIGURES)
