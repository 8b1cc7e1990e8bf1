"""The pages of one person: their road so far, and the deeds done there."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from committees import journal, vietnamese
from committees.access import RECORD
from committees.models import Committee

from .. import columns
from ..models import Candidacy, Person
from . import candidate_forms as forms
from . import enrolment
from .actions import Refused, edit_person
from .admissible import old_enough
from .deed_views import asks_and_does, back, done, read, sent
from .dossier import dossier
from .people import WhoIsIt, note_beyond


def _opened(request, pk):
    """(the person, their Dossier) behind the door; of a record merged into another, that one."""
    request.access.self_service()
    human = get_object_or_404(Person.objects.select_related("merged_into"), pk=pk).kept
    return human, dossier(request.access, columns.current(), human)


@never_cache
@asks_and_does
def person(request, pk):
    """A person: what was decided, the road so far and its next step. Sensitive traits open by a deliberate click
    (POST), which the journal keeps apart."""
    human, page = _opened(request, pk)
    if human.pk != pk:
        return redirect("recruitment:person", human.pk)
    revealed = request.method == "POST"
    read(request, human, page.committee, "person-sensitive" if revealed else "person")
    roads = [(walk, forms.writer(request.access, walk.entry)) for walk in page.roads]
    context = {"page": page, "roads": roads, "revealed": revealed}
    return render(request, "recruitment/pipeline/person.html", context)


@never_cache
@asks_and_does
def candidacy_new(request):
    """Put a person on a cell's list. People who may be the same are offered before anything is saved."""
    access = request.access
    access.require(RECORD)
    form, followed = forms.CandidateForm(sent(request), access=access, initial=_kept(request)), None
    if form.is_valid():
        asked = form.asked()
        try:
            candidacy = enrolment.enrol(access, by=request.user, **asked)
        except (WhoIsIt, Refused) as refusal:
            entry = journal.sent_before(request.user)
            if before := entry and Candidacy.objects.filter(stamp=entry.number).first():
                return _entered(request, before, asked)
            followed = _told(form, refusal)
        else:
            return _entered(request, candidacy, asked)
        finally:
            note_beyond(access, asked["person"]["citizen_id"])
        if shown := len(form.offers) or int(followed is not None):
            journal.read_entry(
                request.user, "list", about="candidacies", committee=asked["cell"], count=shown
            )
    context, status = {"form": form, "followed": followed}, 400 if form.is_bound else 200
    return render(request, "recruitment/pipeline/candidacy_new.html", context, status=status)


def _told(form, refusal):
    """Say why nobody was entered. Returns the Candidacy by which the cell follows the person already; None."""
    if isinstance(refusal, WhoIsIt):
        form.offer(refusal.offers)
        return None
    form.add_error(refusal.field, list(refusal.reasons))
    followed = getattr(refusal, "candidacy", None)
    if form["same"].value() and followed is None:
        form.look_again()
    return followed


def _kept(request):
    """Cell and day of the one before, for the next."""
    kept, access = {}, request.access
    i = access.structure.by_code.get(request.GET.get("cell", ""))
    if i is not None and access.may(RECORD, access.structure.ids[i]):
        kept["cell"] = Committee(id=access.structure.ids[i], code=access.structure.codes[i])
    if on := request.GET.get("on"):
        kept["entered_on"] = on[:10]
    return kept


def _entered(request, candidacy, asked):
    """Say it, and go on with the next person or this one's page."""
    human, cell = candidacy.person, asked["cell"]
    address = reverse("recruitment:person", args=[human.pk])
    messages.success(
        request,
        format_html(
            _('Đã đưa <a href="{}">{}</a> vào danh sách nguồn từ ngày {}.'),
            address, human.full_name, vietnamese.day(candidacy.entered_on),
        ),
    )  # fmt: skip
    if not old_enough(human.born, candidacy.entered_on):
        messages.warning(
            request,
            _("%s chưa đủ 18 tuổi: theo dõi được, nhưng chi bộ chỉ xét kết nạp khi đủ tuổi.")
            % human.full_name,
        )
    if request.POST.get("do") == "open":
        return redirect(address)
    kept = urlencode({"cell": cell.code, "on": vietnamese.day(candidacy.entered_on)})
    return redirect(f"{reverse('recruitment:candidacy-new')}?{kept}")


@never_cache
@asks_and_does
def person_edit(request, pk):
    """What is known of a person, to be put right. One record for life: who records them anywhere may, and the journal
    names who did. Opening it shows the sensitive traits too, and is journalled as such."""
    human, page = _opened(request, pk)
    if human.pk != pk:
        return redirect("recruitment:person-edit", human.pk)
    if not page.editable:
        raise PermissionDenied
    form = forms.PersonForm(sent(request), row=human, access=request.access)
    typed = form.cleaned_data["citizen_id"] if form.is_valid() else None
    saved = done(form, lambda: edit_person(human, by=request.user, committee=page.committee, **form.asked()))
    if typed != human.citizen_id:
        note_beyond(request.access, typed)
    if saved is not None:
        messages.success(request, _("Đã lưu thông tin của %s.") % saved.full_name)
        return redirect(back(request, human))
    read(request, human, page.committee, "person-sensitive")
    context = {"page": page, "form": form, "back": back(request, human)}
    return render(request, "recruitment/pipeline/person_edit.html", context, status=form.status)
