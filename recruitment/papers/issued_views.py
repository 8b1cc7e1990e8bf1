"""A paper as it was issued: what it is, its files byte for byte, what stands for it now; taken back with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees.access import PEOPLE

from .. import columns
from ..models import IssuedFile, IssuedPaper
from ..pipeline.deed_views import asks_and_does, sent
from ..pipeline.dossier import above
from . import case as cases
from . import issuing, joined
from .given_out import attached, whole
from .joined_views import door, held_words, may_all, opened, shared
from .road import address, stand
from .terms import DIRECTED, LABELS
from .views import read
from .word_forms import WithdrawForm


def issued_seen(request, pk):
    """The IssuedPaper, where the account may see persons in the cell that follows its candidacy. Http404,
    PermissionDenied. One query besides access's own."""
    request.access.self_service()
    rows = IssuedPaper.objects.select_related("candidacy__person", "candidacy__cell", "issued_by", "corrects")
    issued = rows.filter(pk=pk).first()
    if issued is None:
        raise Http404
    request.access.check(issued.candidacy.cell_id, PEOPLE)
    return issued


@never_cache
@asks_and_does
def issued_paper(request, pk):
    """An issued paper, and withdrawing it."""
    issued, snapshot = issued_seen(request, pk), columns.current()
    mine = may_all(request.access, issued)
    if request.method == "POST" and not mine:
        raise PermissionDenied
    form = WithdrawForm(sent(request))
    if form.is_valid():
        try:
            issuing.withdraw(issued, by=request.user, **form.cleaned_data)
        except issuing.Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, _("Đã thu hồi %s.") % issued.title)
            return redirect("recruitment:issued-paper", pk)
    candidacy = cases.candidacy(issued.candidacy_id)
    there = stand(
        candidacy, issued.form, issued.subject, snapshot=snapshot, issued=issued, today=request.access.today
    )
    read(request, candidacy, sensitive=True)
    after = IssuedPaper.objects.filter(corrects=issued).first()
    context = {
        "issued": issued, "candidacy": candidacy, "person": candidacy.person, "form": form, "mine": mine,
        "stands": after is None and issued.withdrawn_on is None, "after": after, "stand": there,
        "files": issued.files.defer("content").order_by("-form"),
        "held": "" if joined.seen(request.access, issued) else held_words(), "shared": shared(request.access, issued),
        "said": [(LABELS.get(name) or DIRECTED.get(name, name), text) for name, text in issued.said.items() if text],
        "correct_at": address(candidacy.pk, issued.form, issued.subject),
        "crumbs": above(request.access, snapshot, candidacy.cell_id),
    }  # fmt: skip
    status = 400 if form.is_bound else 200
    return render(request, "recruitment/papers/issued_paper.html", context, status=status)


@never_cache
@require_safe
def issued_file(request, pk, kind):
    """The bytes of an issued paper as they went out; each opening is a reading, in each cell whose people it names. What is
    no longer whole is not given out."""
    issued = issued_seen(request, pk)
    door(request.access, issued)
    file = IssuedFile.objects.filter(issued=issued, form=kind).first()
    if file is None:
        raise Http404
    holds = whole(file)
    opened(
        request.user, "issued-read" if holds else "issued-spoilt", issued,
        lambda copy: f"recruitment.issuedpaper:{copy.pk}", form=kind,
    )  # fmt: skip
    if not holds:
        return render(
            request, "recruitment/papers/issued_spoilt.html", {"issued": issued, "file": file}, status=409
        )
    return attached(bytes(file.content), file.name, kind)
