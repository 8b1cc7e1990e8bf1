"""The book of documents sent out (sổ đăng ký văn bản đi; office_practice.md §1.4) of one body, for a year or a term: its own
numbers alone, in their order, with those nobody wrote down. A body that took another's place keeps a book of its own."""

from dataclasses import replace
from datetime import date

import numpy as np
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import fold

from ...models import IssuedPaper
from ...pipeline.filters import RoadForm
from ...quotas.filters import Choice, Conditions, Words
from ...quotas.listing import Listing
from ...quotas.question import Narrowing, Selection
from ...rules.numbers import rules
from .conditions import Spans, term, year
from .gaps import accounted, with_gaps
from .sent import of_body
from .tables import BookTable, Day, Long, Told


class DocumentTable(BookTable):
    name = Told(_("Số"), accessor="number", attrs={"th": {"class": "nb"}})
    sign = Told(_("Loại"))
    on = Day(_("Ngày"))
    about = Told(_("Trích yếu"), attrs={"td": {"data-l": ""}})
    signer = Told(_("Người ký"), default="")
    receivers = Long(_("Nơi nhận"), default="")
    copies = Told(_("Số bản"), default="", attrs={"td": {"class": "num"}})
    note = Told(_("Ghi chú"), default="")

    shown = ("on", "about", "signer", "receivers", "copies", "note")

    class Meta(BookTable.Meta):
        pass  # not inherited by itself

    def render_name(self, record, value):
        """What was issued from here opens as it was issued; else whom it is about."""
        if record.issued is None:
            return super().render_name(record, value)
        return format_html(
            '<a href="{}">{}</a>', reverse("recruitment:issued-paper", args=[record.issued]), value
        )


class DocumentForm(RoadForm):
    """A document belongs to no group of people."""

    def __init__(self, data, **options):
        super().__init__(data, **options)
        del self.fields["group"]


class DocumentConditions(Spans, Conditions):
    """Words of what a document is about, its type. The year or the term is asked when its rows are read: a gap has no day."""

    q = Words(label=_("Tìm trong trích yếu"), method="saying")
    sign = Choice(label=_("Loại văn bản"), choices=[], method="of_type")
    year, span = year(), term()

    class Meta(Conditions.Meta):
        form = DocumentForm

    def prepare(self):
        super().prepare()
        types = [(sign, f"{sign}, {words}") for sign, words in rules().types.items()]
        self.filters["sign"].extra["choices"] = [("", _("Mọi loại")), *types]

    def in_year(self, rows, name, year):
        return rows  # done before

    def in_term(self, rows, name, code):
        return rows  # likewise

    def saying(self, rows, name, words):
        wanted = fold(words)
        return rows.narrow(np.array([wanted in fold(one.about) for one in rows.documents], bool))

    def of_type(self, rows, name, sign):
        return rows.narrow(np.array([fold(one.sign) == fold(sign) for one in rows.documents], bool))


class Sent(Narrowing):
    """The lines of a body's book as rows."""

    def __init__(self, documents):
        self.documents = [replace(one, row=k) for k, one in enumerate(documents)]
        self.rows = {"id": np.array([one.pk for one in documents], np.int64)}
        self.places = np.array([one.place for one in documents], np.int64)
        self.mask = np.ones(len(documents), bool)

    def fetch(self, indexes):
        return [self.documents[k] for k in indexes.tolist()]


def documents(access, params):
    """Listing of them; of the last year that has any where none is asked. 404, 403 as the door."""
    listing = Listing("bookdocuments", access, params, DocumentConditions)
    if listing.question is None:
        return listing
    snapshot, question, said = listing.snapshot, listing.question, listing.form.cleaned_data
    body = snapshot.structure.by_code[question.code]
    first, last = listing.span = _span(snapshot, question, said)
    known = accounted(snapshot.structure, body, last, question.on)
    every = Sent(with_gaps(of_body(snapshot, body, first, last), body, known))
    whole, rows = every.mask, listing.filters.narrow(every)
    listing.take(
        DocumentTable, ids=rows.rows["id"], mask=rows.mask, places=rows.places, fetch=rows.fetch, whole=whole
    )
    return listing


def _span(snapshot, question, said):
    """(first day, last day) asked for, never past the day asked; of a year and a term, the days they share."""
    spans = []
    if said["span"]:
        plan = snapshot.small.plans[said["span"]]
        spans.append((plan.since, plan.last_day))
    if said["year"] or not spans:
        chosen = said["year"] or _latest_year(snapshot, question)
        spans.append((date(chosen, 1, 1), date(chosen, 12, 31)))
    return max(first for first, _last in spans), min([question.on, *(last for _first, last in spans)])


def _latest_year(snapshot, question):
    """The last year in which anything was decided below, or issued, by the day asked. One query."""
    mask, decided = Selection(snapshot, question).mask, snapshot.admissions["decided"]
    days = [date.fromordinal(int(decided[mask].max()))] if mask.any() else []
    issued = IssuedPaper.objects.filter(committee__code=question.code, on__lte=question.on)
    days += list(issued.order_by("-on").values_list("on", flat=True)[:1])
    return max(days, default=question.on).year
