"""The page of one form of a candidacy: its words, its text, what must be answered, and issuing it."""

import io

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal
from committees.vietnamese import fold

from .. import columns
from ..numbering.offers import next_for, offer
from ..pipeline.deed_views import asks_and_does, sent
from ..pipeline.dossier import above
from ..rules import statute
from . import catalogue, faults, issuing
from . import words as wordings
from .given_out import attached
from .joined_views import shared
from .makers import may_make
from .number_right import answered
from .prepared import subjects, template_of
from .preview import preview
from .road import address, issued_of, stand, written_fields
from .shown import mark
from .sources import missing_at
from .views import candidacy_seen, read
from .word_forms import PaperForm


def _asked(request, form):
    """(the form meant, which copy of it the address names)."""
    try:
        return catalogue.named(form), request.GET.get("subject", "")
    except KeyError:
        raise Http404 from None


def _stand(request, candidacy, form, subject, snapshot):
    stands, ended = issued_of(candidacy)
    if (
        subject
        and subject not in subjects(candidacy, form)
        and (form, subject) not in stands.keys() | ended.keys()
    ):
        raise Http404
    return stand(
        candidacy, form, subject, snapshot=snapshot, issued=stands.get((form, subject)),
        former=ended.get((form, subject), ()), today=request.access.today,
    )  # fmt: skip


@never_cache
@asks_and_does
def candidacy_paper(request, pk, form):
    """One form of a candidacy: what it says, what it lacks, and issuing it."""
    candidacy, snapshot = candidacy_seen(request, pk), columns.current()
    form, subject = _asked(request, form)
    copies = [one for one in subjects(candidacy, form) if one]
    if copies and not subject:  # one paper a record: to it, or to where they are told apart
        alone = (
            address(pk, form, copies[0])
            if len(copies) == 1
            else reverse("recruitment:candidacy-papers", args=[pk])
        )
        return redirect(alone)
    there = _stand(request, candidacy, form, subject, snapshot)
    mine = _mine(request.access, candidacy, there)
    if request.method == "POST" and not mine:
        raise PermissionDenied
    template = template_of(candidacy, form, snapshot=snapshot)
    asks = PaperForm(
        sent(request), request.FILES or None, row=wordings.words(candidacy, form, subject), names=written_fields(template),
        corrects=there.issued, defaults=_defaults(there), seen=_seen(there),
    )  # fmt: skip
    if "number" in asks.fields:
        number = next_for(snapshot.structure, form, candidacy.cell_id, request.access.today)
        offer(asks.fields["number"], number)
    if asks.is_bound and asks.is_valid():
        if answer := _done(request, candidacy, there, asks):
            return answer
        candidacy = candidacy_seen(request, pk)
        there = _stand(request, candidacy, form, subject, snapshot)
    confirmed = request.POST.getlist("confirmed")
    against = issuing.against(there.prepared, access=request.access) if _may_issue(there, mine) else None
    read(request, candidacy, sensitive=there.prepared is not None or bool(there.changes))
    context = {
        "person": candidacy.person, "candidacy": candidacy, "stand": there, "form": asks, "mine": mine,
        "template": template, "edition": _edition(template), "prepared": there.prepared, "rules": snapshot.statute.on(there.prepared.on).name
        if there.prepared else "", "blocks": preview(there.prepared.document) if there.prepared else [],
        "faults": faults.shown(
            against.faults, access=request.access, candidacy=candidacy, confirmed=confirmed
        ) if against else [],
        "asked": len(against.faults) + len(against.doubts) if against else 0,
        "shared": shared(request.access, there.issued),
        "doubts": answered(there.prepared, against.doubts, confirmed) if against else [],
        "lacking_words": [asks[name] for name in asks.names if name in there.lacking],
        "lacking": missing_at(request.access, candidacy, there),
        "drafts": [(kind, address(candidacy.pk, form, subject, "paper-draft", kind)) for kind in ("pdf", "docx")],
        "crumbs": above(request.access, snapshot, candidacy.cell_id),
    }  # fmt: skip
    return render(request, "recruitment/papers/candidacy_paper.html", context, status=asks.status)


def _mine(access, candidacy, there):
    """Whether the account may issue it, and what it would replace."""
    on = there.issued.on if there.issued else None
    return may_make(access, there.form, candidacy) and may_make(access, there.form, candidacy, on)


def _seen(there):
    """The mark of what the page shows of it; "" where it shows no draft."""
    return mark(there.prepared, there.issued) if there.prepared else ""


def _edition(template):
    """The name of the rule set whose edition a form's text is."""
    return next((one.name for one in statute.read().sets if one.code == template.edition), template.edition)


def _defaults(there):
    """{field: what the paper says where the office writes nothing}."""
    if there.prepared is None:
        return {}
    case = there.prepared.case
    told = {"place": case.told("place"), "position": there.prepared.edition.template.position}
    return {name: text for name, text in told.items() if text}


def _may_issue(there, mine):
    return mine and there.prepared is not None and not there.sheet


def _done(request, candidacy, there, asks):
    """Keep the words, and issue where that is asked: the way on; None where it was not done, then the form says why."""
    try:
        changed = wordings.write(
            candidacy,
            there.form,
            there.subject,
            asks.words,
            by=request.user,
            stamp=asks.cleaned_data["stamp"],
        )
    except wordings.Overtaken as other:
        asks.overtaken(other.fresh)
        return None
    here = address(candidacy.pk, there.form, there.subject)
    if request.POST.get("do") != "issue":
        messages.success(request, _("Đã lưu lời văn.") if changed else _("Không có gì thay đổi."))
        return redirect(here)
    fresh = candidacy_seen(request, candidacy.pk)
    now = _stand(request, fresh, there.form, there.subject, columns.current())
    asks.data = asks.data.copy()
    asks.data["stamp"] = wordings.words(fresh, there.form, there.subject).stamp
    asks.data["seen"] = _seen(now)
    if now.prepared is None:
        asks.add_error(None, _("Chưa phát hành được: văn bản còn thiếu, xem phần “Còn thiếu”."))
        return None
    shown = asks.cleaned_data["seen"]
    other = shown != _seen(there) or not changed and shown != _seen(now)
    if other and not issuing.sent_before(request.user):
        words = _(
            "Bản thảo không còn như lúc anh chị xem: hồ sơ vừa được sửa, hoặc văn bản này vừa được phát hành. "
            "Xem lại bản thảo mới rồi phát hành."
        )
        asks.add_error(None, words)
        return None
    try:
        issued = issuing.issue(
            now.prepared, by=request.user, confirmed=request.POST.getlist("confirmed"), corrects=there.issued,
            reason=asks.cleaned_data.get("reason") or "", copies=asks.cleaned_data.get("copies") or 1,
            word=file.read() if (file := asks.cleaned_data.get("word")) else b"",
        )  # fmt: skip
    except issuing.Refused as refusal:
        asks.add_error(None, refusal.reasons)
        return None
    messages.success(request, _("Đã phát hành %s.") % issued.title)
    return redirect("recruitment:issued-paper", issued.pk)


@never_cache
@require_safe
def paper_draft(request, pk, form, kind):
    """The text as it stands as a file to read or to correct: no issued paper. A reading, journalled as an export."""
    candidacy, snapshot = candidacy_seen(request, pk), columns.current()
    form, subject = _asked(request, form)
    if kind not in issuing.WRITERS:
        raise Http404
    there = _stand(request, candidacy, form, subject, snapshot)
    if there.prepared is None:
        messages.warning(request, _("Chưa lập được bản thảo: xem phần “Còn thiếu”."))
        return redirect(address(candidacy.pk, form, subject))
    file = io.BytesIO()
    issuing.WRITERS[kind](file, there.prepared.document)
    journal.read_entry(
        request.user, "export", about=f"paper {form}", committee=candidacy.cell, form=kind,
        candidacy=candidacy.pk, count=1,
    )  # fmt: skip
    return attached(file.getvalue(), f"du-thao-{fold(form)}.{kind}", kind)
