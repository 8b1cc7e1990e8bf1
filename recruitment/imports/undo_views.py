"""A load that is over: what taking it back would do, and taking it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees import journal
from committees.models import Committee
from committees.vietnamese import number

from ..models import Batch
from . import desk, kept, running
from .telling import ROWS, kept_words
from .undo import NoSuchBatch, look, unload

REORGANISATION = "committees.reorganisation"


@never_cache
@require_safe
def batch(request, pk):
    """A load: what would go, what would be put back and what would stay and why; once it was taken back, what stayed."""
    request.access.self_service()
    found = get_object_or_404(Batch, pk=pk)
    desk.check(request.access, found)
    outlook = None if found.undone else look(found, request.access)
    stays = found.kept if found.undone else outlook.kept if outlook else []
    lines = kept.lines(request.access, stays)
    if read := sum(line.personal for line in lines):
        entry = journal.entry_of(found.stamp)
        where = Committee(id=entry.committee_id) if entry.committee_id else None
        journal.read_entry(
            request.user, "list", about=f"import:{found.kind}", committee=where, file=found.name, count=read
        )
    [loaded] = desk.told([found])
    context = {
        "batch": found,
        "loaded": loaded,
        "outlook": outlook,
        "going": _counts(outlook.going) if outlook else [],
        "restored": _counts(outlook.restored) if outlook else [],
        "kept": lines,
        "kept_count": len(stays),
        "more_kept": len(stays) - len(lines),
        "package": (found.made.get(REORGANISATION) or [[None]])[0][0],
    }
    return render(request, "recruitment/imports/batch.html", context)


def _counts(found):
    return [(ROWS.get(label, label), count) for label, count in found.items()]


@never_cache
@require_POST
def undo(request, pk):
    """Take a batch back; what was edited or built upon since stays, and the notice says what and why."""
    request.access.self_service()
    batch = get_object_or_404(Batch, pk=pk)
    desk.check(request.access, batch)
    if batch.rows > running.LONG and not batch.undone:
        job = running.ask_undo(batch, by=request.user)
        return redirect("recruitment:import-job", job.pk)
    try:
        done = unload(batch.pk, actor=request.user)
    except NoSuchBatch:
        messages.warning(request, _("Lần nhập này đã được hoàn tác trước đó."))
        return redirect("recruitment:import-list")
    kept = kept_words(done.kept)
    if not done.removed and not done.restored and kept:
        messages.warning(request, _("Chưa hoàn tác được “%s”.") % batch.name + " " + kept)
    else:
        said = [_("bỏ %s bản ghi tệp đã thêm") % number(done.removed)] if done.removed else []
        said += [_("trả lại %s bản ghi như trước") % number(done.restored)] if done.restored else []
        told = _("Đã hoàn tác “%(name)s”: %(what)s.") % {
            "name": batch.name,
            "what": ", ".join(said) or _("không còn gì để bỏ"),
        }
        messages.success(request, f"{told} {kept}".strip())
    return redirect("recruitment:import-list")
