"""Settlements: the list with counts of the units, one settlement with its history, and what may be done to it."""

from functools import cached_property, partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from committees import journal
from committees.access import FIGURES, STRUCTURE
from committees.editing import Overtaken
from committees.models import Coverage, Settlement

from ..quotas.deeds import Refused
from ..quotas.plan_tables import who
from . import lists, settlement_forms, settling
from .land import NONE, OWN, SHARED
from .settlement_rows import LACKING, reported
from .unit_page import UnitPage

OUT_OF_REACH = gettext_lazy("ngoài phạm vi của anh chị")
form_methods = require_http_methods(["GET", "HEAD", "POST"])


class SettlementPage(UnitPage):
    """The list, how many there are in each unit, and what the committee itself reported of them."""

    states, link = {"all": "", "own": OWN, "lacking": LACKING, "shared": SHARED, "none": NONE}, "settlements"

    @cached_property
    def may_write(self):
        return self.listing.access.may(STRUCTURE, self.committee.pk)

    @cached_property
    def reported(self):
        return reported(self.listing.snapshot, self.question)

    @property
    def now(self):
        """Whether it is shown by today's tree, while another day is asked."""
        return self.question.tree_on > self.question.on


@require_safe
def settlement_list(request):
    """Settlements within reach on a day, and how many have a cell in each unit."""
    page = SettlementPage(request, lists.settlements(request.access, request.GET))
    return render(request, "recruitment/census/settlement_list.html", {"page": page}, status=page.status)


@form_methods
def settlement_new(request):
    """Write down a settlement."""
    access = request.access
    access.require(STRUCTURE)
    typed = request.POST if request.method == "POST" else None
    home = settling.named(access, STRUCTURE, request.GET.get("committee", ""))
    form = settlement_forms.NewForm(typed, access=access, committee=home)
    if form.is_valid():
        try:
            made = settling.write_down(by=request.user, **form.values())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Đã ghi %s.") % made.name)
            return redirect("recruitment:settlement", made.code)
    return render(
        request, "recruitment/census/settlement_new.html", {"form": form}, status=400 if form.errors else 200
    )


def _found(request, code, right):
    """(Settlement, its newest Coverage) behind the door."""
    request.access.self_service()
    if not code.isprintable():  # a code always is, and PostgreSQL takes no NUL
        raise Http404
    settlement = Settlement.objects.select_related("heir").filter(code=code).first()
    if settlement is None:
        raise Http404
    row = settling.last_row(settlement)
    request.access.check(row.committee_id, right)
    row.settlement = settlement
    return settlement, row


@require_safe
def settlement(request, code):
    """One settlement: what answers for it, and everything that was said of it as a line of days."""
    found, row = _found(request, code, FIGURES)
    access = request.access
    rows = list(found.coverage.order_by("since"))
    entries = journal.entries_of(rows)
    called = partial(_called, access)
    # Of a committee out of reach only the days and the form are told: papers, notes and writers are its own.
    line = [
        (
            one, called(one.committee_id, one.since), called(one.cell_id, one.since),
            who(entries.get(one.stamp)), access.may(FIGURES, one.committee_id),
        )
        for one in rows
    ]  # fmt: skip
    heir_near = found.heir is not None and access.may(FIGURES, settling.last_row(found.heir).committee_id)
    context = {
        "settlement": found, "row": row, "line": line, "home": called(row.committee_id, access.today),
        "home_code": row.committee.code, "heir_near": heir_near, "merged": _merged(access, found),
        "may_write": access.may(STRUCTURE, row.committee_id),
    }  # fmt: skip
    return render(request, "recruitment/census/settlement.html", context)


def _called(access, pk, day):
    """A committee's name on a day, as far as the account may know of it."""
    if pk is None:
        return ""
    structure = access.structure
    return structure.name_on(structure.index[pk], day) if access.may(FIGURES, pk) else OUT_OF_REACH


def _merged(access, found):
    """The settlements merged into this one that lie within reach, in order of code. One query."""
    rows = Coverage.objects.filter(settlement__heir=found).select_related("settlement")
    last = {row.settlement: row for row in rows.order_by("settlement__code", "since")}
    return [one for one, row in last.items() if access.may(FIGURES, row.committee_id)]


def _write(request, code, make, deed, *, template, done):
    """A page of one form about a settlement's newest coverage. make(data, row): the form; deed(row, form): what it
    asks."""
    found, row = _found(request, code, STRUCTURE)
    typed = request.POST if request.method == "POST" else None
    form = make(typed, found, row)
    if form.is_bound and form.is_valid():
        try:
            deed(found, row, form)
        except Refused as refusal:
            form.refused(refusal)
        except Overtaken as other:
            form.overtaken(other.fresh)
        else:
            messages.success(request, done)
            return redirect("recruitment:settlement", code)
    context = {"form": form, "settlement": found, "row": row}
    return render(request, f"recruitment/census/{template}.html", context, status=form.status)


@form_methods
def settlement_cover(request, code):
    """Another cell, form or committee from a day on."""
    return _write(
        request, code,
        lambda data, found, row: settlement_forms.CoverForm(data, row=row, access=request.access),
        lambda found, row, form: settling.cover(
            row, by=request.user, stamp=form.cleaned_data["stamp"], **form.coverage()
        ),
        template="settlement_cover", done=_("Đã ghi thay đổi; điều ghi trước giữ nguyên đến hết ngày hôm trước."),
    )  # fmt: skip


@form_methods
def settlement_correct(request, code):
    """The newest entry put right."""
    return _write(
        request, code,
        lambda data, found, row: settlement_forms.CorrectForm(data, row=row, access=request.access),
        lambda found, row, form: settling.correct(
            row, by=request.user, reason=form.cleaned_data["reason"], stamp=form.cleaned_data["stamp"],
            **form.coverage(),
        ),
        template="settlement_correct", done=_("Đã sửa lần ghi mới nhất."),
    )  # fmt: skip


@form_methods
def settlement_take_back(request, code):
    """The newest entry, or the end, was a slip."""
    return _write(
        request, code, lambda data, found, row: settlement_forms.SlipForm(data, row=row),
        lambda found, row, form: settling.take_back(
            row, by=request.user, reason=form.cleaned_data["reason"], stamp=form.cleaned_data["stamp"]
        ),
        template="settlement_take_back", done=_("Đã bỏ lần ghi nhầm."),
    )  # fmt: skip


@form_methods
def settlement_edit(request, code):
    """The name and sort put right."""
    return _write(
        request, code, lambda data, found, row: settlement_forms.NameForm(data, row=found),
        lambda found, row, form: settling.rename(
            found, by=request.user, name=form.cleaned_data["name"], kind=form.cleaned_data["kind"],
            reason=form.cleaned_data["reason"], stamp=form.cleaned_data["stamp"],
        ),
        template="settlement_edit", done=_("Đã sửa tên, loại."),
    )  # fmt: skip


@form_methods
def settlement_end(request, code):
    """The settlement ends, merged into another or not."""
    return _write(
        request, code,
        lambda data, found, row: settlement_forms.EndForm(data, row=row, access=request.access),
        lambda found, row, form: settling.end(
            row, by=request.user, on=form.cleaned_data["on"], heir=form.cleaned_data["heir"],
            document=form.cleaned_data["document"] or "", stamp=form.cleaned_data["stamp"],
        ),
        template="settlement_end", done=_("Đã ghi ngày kết thúc."),
    )  # fmt: skip
