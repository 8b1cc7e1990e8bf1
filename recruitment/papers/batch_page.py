"""The page of a batch as its template takes it: the lines it shows, what was ticked and answered, what may be copied."""

from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from committees.vietnamese import day, fold, number

from .. import columns
from ..models import Candidacy, IssuedFile
from ..quotas.question import ask
from . import batch, catalogue, joined
from .batch_forms import ChoiceForm, CommonForm, offered
from .makers import makeable


class BatchPage:
    """asked: the parameters of the address; data: what was sent, None where nothing was. Dossiers named that lie
    elsewhere than at and below the committee, or that the account may not issue for, are left out; Http404 where no other
    is named. ticked: ids, None where nobody has chosen yet. short: whether a line that was to be issued was not."""

    def __init__(self, access, committee, asked, data, *, since, until):
        self.access, self.committee, self.snapshot = access, committee, columns.current()
        self.choice = ChoiceForm(asked, mine=offered(access, committee), since=since, until=until)
        self.form = self.choice.chosen
        self.common = CommonForm(data, form=self.form)
        self.question, _progress = ask(self.snapshot, committee.code, on=access.today)
        self.named = numbers(data.getlist("line") if data else asked.getlist("line"))
        said = data or asked
        self.ticked = numbers(said.getlist("pick")) if data or "pick" in asked else None
        self.short = False
        self.confirmed = _told(data.getlist("confirmed")) if data else {}
        self.seen = {pk: marks[0] for pk, marks in _told(data.getlist("seen")).items()} if data else {}
        found = self._named() if self.named else self._found()
        self.more, self.pks = max(len(found) - batch.LINES, 0), found[: batch.LINES]

    def _found(self):
        if not self.choice.is_valid():
            return []
        said = self.choice.cleaned_data
        return batch.found(self.access, self.committee, self.form, said["since"], said["until"])

    def _named(self):
        if "form" in self.choice.errors:
            raise Http404
        cells = dict(Candidacy.objects.filter(pk__in=self.named).values_list("pk", "cell_id"))
        there = [
            pk
            for pk in dict.fromkeys(self.named)
            if pk in cells and batch.within(self.access, self.committee, cells[pk])
        ]
        mine = makeable(self.access, self.form, there)
        if not mine:
            raise Http404
        return [pk for pk in there if pk in mine]

    @property
    def title(self):
        return catalogue.forms()[self.form][-1].title

    @cached_property
    def lines(self):
        given = self.common.words if self.common.is_bound and self.common.is_valid() else None
        return batch.lines(self.pks, self.form, access=self.access, snapshot=self.snapshot, given=given)

    @property
    def picks(self):
        """Ids ticked of the lines that stand here, in their order."""
        ticked = set(self.ticked or ())
        return [pk for pk in self.pks if pk in ticked]

    @property
    def rows(self):
        """[(Line, whether it is ticked, whether its questions are answered)], those that can be issued first."""
        return [
            (one, one.candidacy.pk in self.ticked if self.ticked is not None else one.state in {"ready", "asks"},
             set(one.keys) <= set(self.confirmed.get(one.candidacy.pk, ())))
            for one in sorted(self.lines, key=lambda one: ("ready", "asks", "issued", "refused").index(one.state))
        ]  # fmt: skip

    @property
    def counts(self):
        """{state: how many lines}."""
        states = [one.state for one in self.lines]
        return {state: states.count(state) for state in ("issued", "ready", "asks", "refused")}

    @property
    def left(self):
        """How many lines are not issued yet."""
        return len(self.lines) - self.counts["issued"]

    @property
    def open(self):
        """How many of them can be."""
        return self.counts["ready"] + self.counts["asks"]

    @property
    def wrong(self):
        """Whether what was sent could not be done as it stands: nothing ticked, or a word that is none."""
        return self.common.is_bound and (not self.picks or not self.common.is_valid())

    @property
    def status(self):
        if self.wrong or not self.choice.is_valid():
            return 400
        return 409 if self.short else 200

    @cached_property
    def printed(self):
        """{id: digest} of the issued lines' papers that have a PDF; a clerk's own Word is printed from its page. One query."""
        issued = [one.issued for one in self.lines if one.issued is not None]
        files = IssuedFile.objects.filter(issued__in=issued, form=IssuedFile.Form.PDF)
        return dict(files.values_list("issued_id", "digest"))

    @property
    def sheets(self):
        """How many papers these are: one for several dossiers is one."""
        return len(set(self.printed.values()))

    @property
    def together(self):
        """Whether the lines ticked become one paper."""
        return self.form in joined.FORMS

    @property
    def printable(self):
        """The address of these as one PDF; "" where there is none."""
        there = [one.candidacy.pk for one in self.lines if one.issued and one.issued.pk in self.printed]
        return self.address("issuing-print", there) if there else ""

    @property
    def in_word(self):
        """How many issued lines have a Word file alone."""
        return self.counts["issued"] - len(self.printed)

    def address(self, name, pks, ticked=None):
        """A page about the same form and committee and these lines. ticked: those that are, where that was chosen."""
        said = [("committee", self.committee.code), ("form", fold(self.form)), *(("line", pk) for pk in pks)]
        if ticked is not None:
            said += [("pick", pk) for pk in ticked or [""]]
        return f"{reverse(f'recruitment:{name}')}?{urlencode(said)}"

    @property
    def message(self):
        """What may be told outside, by cell and without a name: how many papers lie ready; "" where none does."""
        cells = {}
        for one in self.lines:
            if one.issued is not None:
                cells[one.cell] = cells.get(one.cell, 0) + 1
        if not cells:
            return ""
        told = {"n": number(sum(cells.values())), "title": self.title.lower(), "on": day(self.access.today)}
        head = _("%(n)s văn bản “%(title)s” đã phát hành, đến ngày %(on)s:")
        if self.together:
            head = _("“%(title)s” đã phát hành cho %(n)s hồ sơ, đến ngày %(on)s:")
        each = [f"– {cell}: {number(n)}" for cell, n in sorted(cells.items())]
        return "\n".join([head % told, *each, _("Đề nghị chi bộ cử người đến nhận và ký sổ giao nhận.")])


def numbers(texts):
    """The ids among what an address or a page said."""
    return [int(text) for text in texts if text.isdecimal() and len(text) < 19]


def _told(texts):
    """{candidacy id: [key]} of fields "12:key,key"."""
    found = {}
    for text in texts:
        pk, _colon, keys = text.partition(":")
        if numbers([pk]):
            found[int(pk)] = keys.split(",")
    return found
