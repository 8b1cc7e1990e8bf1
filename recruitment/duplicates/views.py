"""The pages of duplicates: the list, two records side by side, a merge undone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees import journal
from committees.access import PEOPLE, RECORD
from committees.editing import Overtaken
from committees.models import Committee

from .. import columns
from ..models import Merge
from ..pipeline.actions import Refused
from ..pipeline.deed_views import asks_and_does, sent
from . import merging, parting
from .choosing import ChoiceForm
from .finding import apart, ordered
from .joining import join
from .pages import DuplicatePage
from .sides import above_all, opened
from .widening import key, widened


@never_cache
@require_safe
def duplicate_list(request):
    """Pairs within reach that may be one person; those told apart; those merged."""
    page = DuplicatePage(request.access, request.GET)
    journal.read_entry(
        request.user, "list", about="duplicates", committee=page.seen.committee, filter=page.shown,
        count=2 * len(page.rows),
    )  # fmt: skip
    return render(request, "recruitment/duplicates/duplicate_list.html", {"page": page})


def _pair(request, one, other):
    """(Side, Side) behind the door of both pages. Http404, PermissionDenied."""
    if one == other:
        raise Http404
    return opened(request.access, one), opened(request.access, other)


def _read(request, *sides):
    """Journal that both were read with their sensitive traits; and, where what may be done depends on records beyond the
    reach, there too, so that who inspects there learns who asked."""
    for side in sides:
        about = f"recruitment.person:{side.person.pk}"
        mine = next(cell for cell in side.shown_by if request.access.may(PEOPLE, cell))
        journal.read_entry(request.user, "person-sensitive", about=about, committee=Committee(id=mine))
        if beyond := side.beyond(request.access, PEOPLE):
            where = Committee(id=min(beyond))
            journal.read_entry(request.user, "duplicate-met", about=about, committee=where)


@never_cache
@asks_and_does
def duplicate(request, kept, gone):
    """Two records side by side: the first is kept, the second goes. Sent, they are merged as chosen."""
    access, snapshot = request.access, columns.current()
    one, other = _pair(request, kept, gone)
    if one.person.pk == other.person.pk:
        return redirect("recruitment:person", one.person.pk)
    if (one.person.pk, other.person.pk) != (kept, gone):
        return redirect("recruitment:duplicate", one.person.pk, other.person.pk)
    may = all(any(access.may(RECORD, cell) for cell in side.cells) for side in (one, other))
    if request.method == "POST" and not may:
        raise PermissionDenied
    form, widens = ChoiceForm(sent(request), kept=one.person, gone=other.person), ()
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            merging.merge(
                access, snapshot, one.person, other.person, values=form.values(), known=said["known"],
                stamp=said["stamp"], other_stamp=said["other_stamp"], by=request.user,
            )  # fmt: skip
        except Overtaken:
            messages.error(
                request, _("Một trong hai hồ sơ vừa được sửa hoặc gộp. Chưa gộp gì; xem lại rồi chọn.")
            )
            return redirect("recruitment:duplicate", kept, gone)
        except merging.Widens as refusal:
            widens = refusal.found
            form.add_error("known", list(refusal.reasons))
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, _("Đã gộp thành một hồ sơ. Hoàn tác được ở danh sách “Đã gộp”."))
            return redirect("recruitment:person", kept)
    _read(request, one, other)
    # Who only reads is told what stands against a merge where he sees all of both, and nothing of it elsewhere.
    right = RECORD if may else PEOPLE
    beyond = any(side.beyond(access, right) for side in (one, other))
    widens = widens or (() if beyond else widened(access, one, other, form.values()))
    context = {
        "one": one, "other": other, "form": form, "may": may, "beyond": merging.BEYOND if beyond else "",
        "told": (one.told(access), other.told(access)),
        "apart": ordered(kept, gone) in apart(),
        "joining": None if beyond else join(one, other, snapshot.structure, access.today),
        "widens": widens,
        "key": key(widens),
    }  # fmt: skip
    status = 400 if form.errors else 200
    return render(request, "recruitment/duplicates/duplicate.html", context, status=status)


def _mark(deed, said):
    """The answer to a button about a pair: the deed, then the list."""

    @never_cache
    @require_POST
    def view(request, one, other):
        first, second = _pair(request, one, other)
        if first.person.pk == second.person.pk:
            raise Http404
        for side in (first, second):
            if not any(request.access.may(RECORD, cell) for cell in side.cells):
                raise PermissionDenied
        try:
            deed(request.access, first.person, second.person, by=request.user)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.reasons))
        else:
            messages.success(request, said)
        return redirect("recruitment:duplicate-list")

    view.__doc__ = deed.__doc__
    return view


duplicate_apart = _mark(
    merging.tell_apart, gettext_lazy("Đã ghi: hai người khác nhau. Danh sách không nêu lại cặp này.")
)
duplicate_doubt = _mark(merging.take_back, gettext_lazy("Đã bỏ dấu “không phải một người”."))


@never_cache
@asks_and_does
def merge_undo(request, pk):
    """A merge, what an undo brings back, and what stands in its way. Sent, it is undone."""
    access = request.access
    access.self_service()
    merge = Merge.objects.select_related("kept", "gone").filter(pk=pk).first()
    if merge is None:
        raise Http404
    side = opened(access, merge.kept_id)
    if side.person.pk != merge.kept_id or side.beyond(access, PEOPLE):
        raise Http404  # what the record gone said is known of nobody who does not see all of it
    if side.beyond(access):
        raise PermissionDenied
    reasons = []
    if request.method == "POST":
        try:
            parting.part(access, merge, by=request.user)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Đã hoàn tác: lại là hai hồ sơ như trước khi gộp."))
            return redirect("recruitment:person", merge.kept_id)
    about = f"recruitment.person:{merge.kept_id}"
    journal.read_entry(request.user, "person", about=about, committee=above_all(access, side.cells))
    context = {
        "merge": merge, "side": side, "reasons": reasons or parting.prevents(merge),
        "entry": journal.entries_of([merge]).get(merge.stamp),
        "back": reverse("recruitment:duplicate-list") + "?shown=merged",
        "moved": [row for row in merge.was if row[0] != "recruitment.person"],
    }  # fmt: skip
    status = 400 if reasons else 200
    return render(request, "recruitment/duplicates/merge_undo.html", context, status=status)
