"""What the pages of all deeds about a person share: the door, the form that says why not, the way back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from committees import journal
from committees.access import RECORD
from committees.editing import Overtaken

from .. import columns
from ..models import Candidacy
from . import deed_forms, mentor_forms
from .actions import Forbidden, Refused
from .admitting import Doubtful, Impossible
from .ahead import reasons
from .dossier import above

asks_and_does = require_http_methods(["GET", "HEAD", "POST"])
DEED = "recruitment/pipeline/candidacy_deed.html"


def read(request, person, committee, deed="person"):
    """Journal that a page of a person was opened."""
    journal.read_entry(request.user, deed, about=f"recruitment.person:{person.pk}", committee=committee)


def back(request, person):
    """Where one came from, if that lies on this site; else the person's page."""
    wanted = request.GET.get("next", "")
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=here, require_https=request.is_secure()):
        wanted = reverse("recruitment:person", args=[person.pk])
    return wanted


def righted(request, *names):
    """What the address proposes for these fields: a number as it is rightly written."""
    return {name: request.GET[name] for name in names if name in request.GET}


def sent(request):
    """What was typed; None where the page is only asked for."""
    return request.POST if request.method == "POST" else None


def done(form, deed):
    """What the deed gives; None where nothing was sent, or it was not done: then the form says why."""
    if not form.is_valid():
        return None
    try:
        return deed()
    except Overtaken as other:
        form.overtaken(other.fresh)
    except Forbidden as refusal:
        form.forbidden(refusal.objections)
    except Impossible as refusal:
        form.refuse(refusal.faults)
    except Doubtful as question:
        form.ask(question.doubts)
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, list(refusal.reasons))
    return None


def candidacy_of(request, pk):
    """The candidacy, where the account may record it: the door decides by its cell. Http404, PermissionDenied."""
    request.access.self_service()
    candidacy = Candidacy.objects.select_related("person", "cell").filter(pk=pk).first()
    if candidacy is None:
        raise Http404
    request.access.check(candidacy.cell_id, RECORD)
    return candidacy


def answer(request, form, snapshot, template=DEED, **more):
    """Do what was sent and go back where one came from; else the page of the form, which is a reading."""
    candidacy = form.about
    if said := done(form, lambda: form.do(request.user)):
        messages.success(request, said)
        for doubt in form.warnings:
            messages.warning(request, f"{doubt.said} {doubt.cure}")
        for words in form.of_number or ():
            messages.warning(request, words)
        return redirect(back(request, candidacy.person))
    if form.repeated:
        messages.success(request, _("Đã ghi. Trang được gửi hai lần, lần thứ hai không ghi thêm gì."))
        return redirect(back(request, candidacy.person))
    read(request, candidacy.person, candidacy.cell)
    context = {
        "form": form,
        "person": candidacy.person,
        "candidacy": candidacy,
        "reasons": reasons(request.access, candidacy, form.objections),
        "back": back(request, candidacy.person),
        "crumbs": above(request.access, snapshot, candidacy.cell_id),
        **more,
    }
    return render(request, template, context, status=form.status)


def _deed(form_class):
    """The page of one deed about a candidacy."""

    @never_cache
    @asks_and_does
    def view(request, pk):
        candidacy, snapshot = candidacy_of(request, pk), columns.current()
        form = form_class(sent(request), row=candidacy, snapshot=snapshot, access=request.access)
        return answer(request, form, snapshot)

    view.__doc__ = form_class.__doc__
    return view


candidacy_close = _deed(deed_forms.CloseForm)
candidacy_move = _deed(deed_forms.MoveForm)
candidacy_retract = _deed(deed_forms.RetractForm)
candidacy_certificate = _deed(deed_forms.CertificateForm)
candidacy_mentor = _deed(mentor_forms.MentorForm)
candidacy_review = _deed(mentor_forms.ReviewForm)
