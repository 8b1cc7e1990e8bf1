"""The pages that log, correct and cancel admissions."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from committees import journal
from committees.access import RECORD
from committees.editing import Overtaken
from committees.models import Committee
from committees.vietnamese import day

from .. import columns
from ..models import Admission, Candidacy, Person, Stage
from ..numbering import telling
from . import admissions, followed, slips
from .admission_forms import AdmissionForm, CancelForm, CorrectionForm
from .deed_views import righted
from .dossier import above
from .people import WhoIsIt, alike, note_beyond

SHOWN = 8  # of what was logged today
# What a page of the next person keeps of the one before.
KEPT = ("cell", "decided_on", "received_on")
# Sensitive traits are not told here: what is left empty is taken from the record.
TOLD = ("full_name", "sex", "education", "qualification", "occupation", "union_member")
asks_and_does = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@asks_and_does
def admission_new(request):
    """Log one admission after the other. Saved, the page comes back for the next person with the cell and the days of
    the decision; `?person=` and `?candidacy=` begin with somebody."""
    access = request.access
    reach = access.require(RECORD)
    snapshot = columns.current()
    build = partial(AdmissionForm, access=access)
    # What was logged where a mandate has ended since is no longer this account's to see.
    today = [row for row in slips.written_today(request.user) if access.may(RECORD, row.cell_id)]
    saved, status = None, 200
    if request.method == "POST":
        form, status = build(request.POST), 400
        if form.is_valid():
            asked = form.asked()
            try:
                admission = admissions.admit(access, snapshot, by=request.user, **asked)
            except (WhoIsIt, admissions.Impossible) as refusal:
                if (done := _sent_before(request)) is not None:
                    return _saved(request, done)
                if isinstance(refusal, WhoIsIt):
                    form.offer(refusal.offers)
                else:
                    form.refuse(refusal.faults)
            except admissions.Doubtful as question:
                form.ask(question.doubts)
            else:
                return _saved(request, admission)
            finally:
                note_beyond(access, asked["citizen_id"])
            if form["same"].value() and not form.offers:
                form.look_again()
    else:
        saved = next((row for row in today if str(row.pk) == request.GET.get("after")), None)
        form = _begun(request, build, saved)
    if form.offers:
        # Names of people are shown: entered where the account's reach begins, for the cell may not be known yet.
        where = Committee(id=access.tree.id(reach[0][0])) if reach else None
        journal.read_entry(request.user, "list", about="candidacies", committee=where, count=len(form.offers))
    name = partial(_cell_name, snapshot.structure)
    context = {
        "form": form.focus(),
        "saved": saved
        and (saved, name(saved), slips.undoable(saved, journal.entry_of(saved.stamp), request.user)),
        # Told without a reading of its own: the account wrote each of them today, and the journal says so.
        "today": [(row, name(row)) for row in today[:SHOWN]],
        "count": len(today),
    }
    return render(request, "recruitment/pipeline/admission_form.html", context, status=status)


def _saved(request, admission):
    """On to the next person, or to this one's page."""
    _tell_number(request, admission)
    if request.POST.get("do") == "open":
        messages.success(request, _("Đã ghi kết nạp %s.") % admission.person.full_name)
        return redirect("recruitment:person", admission.person_id)
    return redirect(f"{reverse('recruitment:admission-new')}?after={admission.pk}")


def _tell_number(request, admission):
    """How the number of the decision is written, where that is not as its committee writes it."""
    if admission.arrived_on is None:
        for words in telling.told_of(
            columns.current().structure, "decision", admission.decision_number, admission.decided_on,
            admission.cell_id, address=reverse("recruitment:admission-edit", args=[admission.pk]),
            name="decision_number", doubled=False,
        ):  # fmt: skip
            messages.warning(request, words)


def _sent_before(request):
    """The admission that this very sending logged already; None. Two queries."""
    entry = journal.sent_before(request.user)
    return entry and Admission.objects.select_related("person").filter(stamp=entry.number).first()


def _begun(request, build, saved):
    """The empty form: with what is kept of the one before, or with the person the address names."""
    if saved is not None:
        return build(initial=_written({name: getattr(saved, name) for name in KEPT}))
    candidacy, access = None, request.access
    if asked := request.GET.get("candidacy"):
        candidacy = _or_404(Candidacy.objects.select_related("person", "cell"), asked)
        access.check(candidacy.cell_id, RECORD)
        person = candidacy.person
    elif asked := request.GET.get("person"):
        person = _or_404(Person.objects.select_related("merged_into"), asked).kept
        rows = person.candidacies.filter(stage__in=Stage.open()).select_related("cell")
        candidacy = next((row for row in rows if access.may(RECORD, row.cell_id)), None)
    else:
        return build()
    offers = alike(access, person.full_name, person.born, person.citizen_id)
    if person.pk not in {offer.person.pk for offer in offers}:
        raise Http404
    told = {name: getattr(person, name) for name in TOLD} | {"born": person.born, "same": str(person.pk)}
    if candidacy is not None:
        cell = followed.answering(access.structure, candidacy.cell_id, access.today)
        told["cell"] = Committee(id=cell, code=access.structure.codes[access.structure.index[cell]])
    form = build(initial=_written(told))
    form.offer(offers)
    form.initial["offered"] = form.shown
    return form


def _written(values):
    """Days as people write them, all else as it is."""
    return {name: day(value) if hasattr(value, "toordinal") else value for name, value in values.items()}


def _or_404(queryset, pk):
    if not (pk.isdecimal() and len(pk) < 19):
        raise Http404
    return get_object_or_404(queryset, pk=pk)


def _cell_name(structure, admission):
    """What the cell was called on the decision day."""
    return structure.name_on(structure.index[admission.cell_id], admission.decided_on)


def _admission(request, pk):
    """The admission, where the account may record: the door decides by its cell."""
    request.access.self_service()
    admission = Admission.objects.select_related("person", "cell").filter(pk=pk).first()
    if admission is None:
        raise Http404
    request.access.check(admission.cell_id, RECORD)
    return admission


def _page(request, name, admission, form, deed="person"):
    """A page about one admission. Opening it is a reading."""
    person, structure = admission.person, request.access.structure
    journal.read_entry(request.user, deed, about=f"recruitment.person:{person.pk}", committee=admission.cell)
    context = {
        "form": form,
        "admission": admission,
        "person": person,
        "cell": _cell_name(structure, admission),
        "crumbs": above(request.access, columns.current(), admission.cell_id),
    }
    return render(request, f"recruitment/pipeline/{name}.html", context, status=form.status)


@never_cache
@asks_and_does
def admission_edit(request, pk):
    """Put an admission right. Opening it shows the sensitive traits as of that day too, and is journalled as such."""
    admission = _admission(request, pk)
    if admission.cancelled_on:
        messages.warning(
            request, _("Quyết định này đã hủy ngày %s, không sửa được.") % day(admission.cancelled_on)
        )
        return redirect("recruitment:person", admission.person_id)
    data = request.POST if request.method == "POST" else None
    right = righted(request, "decision_number", "recognition_number")
    form = CorrectionForm(data, row=admission, access=request.access, initial=right)
    if form.is_valid():
        try:
            admissions.correct(request.access, columns.current(), admission, by=request.user, **form.asked())
        except Overtaken as other:
            form.overtaken(other.fresh)
        except admissions.Doubtful as question:
            form.ask(question.doubts)
        except admissions.Impossible as refusal:
            form.refuse(refusal.faults)
        else:
            messages.success(request, _("Đã sửa lần kết nạp của %s.") % admission.person.full_name)
            _tell_number(request, Admission.objects.get(pk=admission.pk))
            return redirect("recruitment:person", admission.person_id)
    return _page(request, "admission_edit", admission, form.focus(), "person-sensitive")


@never_cache
@asks_and_does
def admission_cancel(request, pk):
    """Cancel an admission from a day on, with the reason; or (`undo`) take back one just logged."""
    admission = _admission(request, pk)
    data = request.POST if request.method == "POST" else None
    if data is not None and "undo" in data:
        return _undone(request, admission)
    form = CancelForm(data, row=admission, access=request.access)
    if form.is_valid():
        said = form.cleaned_data
        try:
            admissions.cancel(
                admission, on=said["on"], reason=said["reason"], stamp=said["stamp"], by=request.user
            )
        except Overtaken as other:
            form.overtaken(other.fresh)
            admission = other.fresh
        except admissions.Impossible as refusal:
            for name, message in refusal.faults.items():
                form.add_error(name or None, message)
        else:
            told = {"name": admission.person.full_name, "on": day(said["on"])}
            messages.success(request, _("Đã hủy kết nạp %(name)s; từ ngày %(on)s không còn tính.") % told)
            return redirect("recruitment:person", admission.person_id)
    return _page(request, "admission_cancel", admission, form)


def _undone(request, admission):
    """Back to the page that logs, or to the person's where it was asked there and the person stays."""
    try:
        slips.undo(admission, by=request.user)
    except admissions.Impossible as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Đã hoàn tác: bỏ lần ghi kết nạp %s.") % admission.person.full_name)
    if request.POST["undo"] == "person" and Person.objects.filter(pk=admission.person_id).exists():
        return redirect("recruitment:person", admission.person_id)
    return redirect("recruitment:admission-new")
