"""Scans on pages: what of a folder is scanned, one scan, its file. Nothing of a scan leaves without an entry of the reads
chain, and no file of it is ever run."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees import journal, vietnamese
from committees.access import PEOPLE

from .. import columns
from ..models import Candidacy, Scan
from ..pipeline.deed_views import asks_and_does, read
from ..pipeline.dossier import above
from ..sheets.scan_kinds import ENDINGS, PDF, ScanError
from . import folder_scans, joined, scans
from .folder_scans import kind_of, may_add
from .joined_views import door, held_words, opened
from .scan_forms import AddForm, DropForm, ReplaceForm

TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
# Should a browser show the file by itself, nothing in it may run, load or send.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@never_cache
@asks_and_does
def candidacy_scans(request, pk):
    """What of a candidacy's papers is scanned; a scan more. `?of=` chooses the paper it is of (`folder_scans.Thing`)."""
    request.access.self_service()
    candidacy = Candidacy.objects.select_related("person", "cell", "admission").filter(pk=pk).first()
    if candidacy is None:
        raise Http404
    request.access.check(candidacy.cell_id, PEOPLE)
    mine = may_add(request.access, candidacy, "")
    if request.method == "POST" and not mine:
        raise PermissionDenied
    folder, form = folder_scans.folder(candidacy), None
    if mine:
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        asked = {"of": request.GET.get("of", "")}
        form = AddForm(*sent, access=request.access, candidacy=candidacy, folder=folder, initial=asked)
        if form.is_valid():
            made = _done(form, lambda files: scans.add(candidacy, files, by=request.user, **form.asked()))
            if made is not None:
                messages.success(request, _said(made))
                return redirect("recruitment:candidacy-scans", pk)
    read(request, candidacy.person, candidacy.cell)
    context = {
        "person": candidacy.person, "candidacy": candidacy, "folder": folder, "form": form,
        "crumbs": above(request.access, columns.current(), candidacy.cell_id),
    }  # fmt: skip
    status = form.status if form else 200
    return render(request, "recruitment/papers/candidacy_scans.html", context, status=status)


def _done(form, deed):
    """The Scan that the deed makes of the files sent; None where it was not done: then the form says why."""
    try:
        return deed(form.cleaned_data["files"])
    except (ScanError, scans.Refused) as fault:
        form.refuse(fault)
    return None


def _said(scan):
    return _("Đã giữ bản quét “%(title)s”: %(pages)s trang, %(size)s MB.") % {
        "title": scan.title, "pages": scan.pages, "size": vietnamese.decimal(scan.size / 1_000_000, 1),
    }  # fmt: skip


def _of(request, pk, *, write=False):
    """The scan behind the door of its candidacy's cell. Http404, PermissionDenied."""
    request.access.self_service()
    found = Scan.objects.select_related("candidacy__person", "candidacy__cell", "paper", "issued", "added_by")
    scan = found.filter(pk=pk).first()
    if scan is None:
        raise Http404
    request.access.check(scan.candidacy.cell_id, PEOPLE)
    if write and not may_add(request.access, scan.candidacy, kind_of(scan), scan.issued):
        raise PermissionDenied
    return scan


def _page(request, scan, *, replacing=None, dropping=None, refused="", spoilt=False, status=200):
    """The page of one scan, which is a reading of it."""
    candidacy = scan.candidacy
    journal.read_entry(request.user, "scan", about=f"recruitment.scan:{scan.pk}", committee=candidacy.cell)
    held = scan.issued is not None and not joined.seen(request.access, scan.issued)
    mine = scan.dropped_at is None and may_add(request.access, candidacy, kind_of(scan), scan.issued)
    context = {
        "scan": scan, "person": candidacy.person, "candidacy": candidacy, "mine": mine, "refused": refused, "spoilt": spoilt,
        "shown": scan.kind != PDF and scan.dropped_at is None and not spoilt and not held,
        "held": held_words() if held else "",
        "replacing": replacing or ReplaceForm(), "dropping": dropping or DropForm(),
        "faulty": dropping if dropping is not None else replacing,
        "crumbs": above(request.access, columns.current(), candidacy.cell_id),
    }  # fmt: skip
    return render(request, "recruitment/papers/scan.html", context, status=status)


@never_cache
@require_safe
def scan(request, pk):
    """One scan: what it is of, who added it, the picture, and what may be done with it."""
    return _page(request, _of(request, pk))


@never_cache
@require_POST
def scan_replace(request, pk):
    """Other files in its place, or pages more."""
    old = _of(request, pk, write=True)
    form = ReplaceForm(request.POST, request.FILES)
    if form.is_valid():
        after = form.cleaned_data["how"] == form.AFTER
        try:
            made = _done(form, lambda files: scans.replace(old, files, by=request.user, after=after))
        except scans.Spoilt:
            return _page(request, old, spoilt=True, status=409)
        if made is not None:
            messages.success(request, _said(made))
            return redirect("recruitment:scan", made.pk)
    return _page(request, old, replacing=form, status=form.status)


@never_cache
@require_POST
def scan_drop(request, pk):
    """Taken out of the folder, with the reason."""
    old = _of(request, pk, write=True)
    form = DropForm(request.POST)
    if form.is_valid():
        try:
            scans.drop(old, why=form.cleaned_data["why"], by=request.user)
        except scans.Refused as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Đã bỏ bản quét “%s”. Dấu nhận dạng và lý do còn lưu.") % old.title)
            return redirect("recruitment:candidacy-scans", old.candidacy_id)
    return _page(request, old, dropping=form, status=form.status)


@never_cache
@require_safe
def scan_file(request, pk):
    """The file itself: a picture to be shown, a PDF to be kept; `?take` either to be kept."""
    asked = _of(request, pk)
    if asked.issued is not None:
        door(request.access, asked.issued)
    try:
        content = scans.content(asked)
    except scans.Spoilt:
        return _page(request, asked, spoilt=True, status=409)
    except scans.Refused:
        raise Http404 from None
    about = f"recruitment.scan:{asked.pk}"
    if asked.issued is not None:
        opened(request.user, "scan", asked.issued, lambda _copy: about, digest=asked.digest)
    else:
        journal.read_entry(
            request.user, "scan", about=about, committee=asked.candidacy.cell, digest=asked.digest
        )
    answer = HttpResponse(content, content_type=TYPES[asked.kind])
    taken = asked.kind == PDF or "take" in request.GET
    answer["Content-Disposition"] = content_disposition_header(taken, _file_name(asked))
    answer["Content-Security-Policy"] = SANDBOX
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _file_name(scan):
    """Plain letters, digits and dashes."""
    words = "-".join(vietnamese.fold(scan.title).split())
    plain = "".join(letter for letter in words if letter.isascii() and (letter.isalnum() or letter == "-"))
    ending = next(ending for ending, kind in ENDINGS.items() if kind == scan.kind)
    return f"{plain[:60].strip('-') or 'ban-quet'}-{scan.pk}{ending}"
