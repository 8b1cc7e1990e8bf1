"""Groups: what each means and how it fares; a department's own, made, renamed, ended and brought back."""

import unicodedata
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees.access import FIGURES, TARGETS
from committees.editing import Overtaken

from .. import columns
from . import group_deeds as deeds
from .deeds import Refused
from .group_forms import GroupForm, RenameForm
from .group_pages import GroupsPage, look, targets_of
from .groups import within
from .listing import where
from .place import name_on

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def group_list(request):
    """The groups that concern a committee: everybody's and departments' own, in words, with the year's count."""
    committee = where(request.access, FIGURES, request.GET.get("committee"))
    page = GroupsPage(request.access, columns.current(), committee)
    context = {"page": page, "links": page.links, "may_add": request.access.holds(TARGETS)}
    return render(request, "recruitment/quotas/group_list.html", context)


@form_methods
def group_new(request):
    """A department's own group. What was typed comes back as a sentence with how many people it means; what is then
    saved is what was seen."""
    access = request.access
    access.require(TARGETS)
    form, found, status = (
        GroupForm(request.POST if request.method == "POST" else None, access=access),
        None,
        400,
    )
    if form.is_valid():
        said = form.cleaned_data
        if request.POST.get("do") == "save" and form.was_seen:
            try:
                group = deeds.define(
                    by=request.user, committee=said["committee"], name=said["name"], predicate=form.predicate
                )
            except Refused as refusal:
                form.refused(refusal)
            else:
                messages.success(
                    request,
                    _("Đã thêm nhóm %s. Nhóm có trong các bảng lọc và khi giao chỉ tiêu.") % group.name,
                )
                return redirect("recruitment:group", group.code)
        else:
            found, status = look(access, columns.current(), said["committee"], form.predicate), 200
    context = {"form": form, "look": found}
    return render(
        request, "recruitment/quotas/group_form.html", context, status=status if form.is_bound else 200
    )


def _group_of(access, snapshot, code):
    """The group of that code; Http404 where it does not concern the reader, as if there were none."""
    access.require(FIGURES)
    code = unicodedata.normalize("NFC", code)
    for group in within(access, snapshot, FIGURES):
        if group.code == code:
            return group
    raise Http404


@form_methods
def group(request, code):
    """One group: what it means, this year's count, the targets that name it; its committee renames it, ends it, brings it
    back."""
    access, snapshot = request.access, columns.current()
    found = _group_of(access, snapshot, code)
    may_change = found.committee_id is not None and access.may(TARGETS, found.committee_id)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = RenameForm(request.POST if request.method == "POST" else None, row=found)
    if request.method == "POST" and _changed(request, form, found):
        return redirect("recruitment:group", found.code)
    here = _seen_from(access, snapshot, found)
    page = GroupsPage(access, snapshot, here)
    owner = None
    if found.committee_id is not None:
        i = snapshot.structure.index[found.committee_id]
        owner = name_on(snapshot, snapshot.structure.codes[i], access.today)
    context = {
        "group": found, "owner": owner, "page": page, "links": page.links, "row": page.row(found), "form": form,
        "targets": targets_of(access, snapshot, found), "may_change": may_change,
    }  # fmt: skip
    return render(
        request, "recruitment/quotas/group.html", context, status=form.status if form.is_bound else 200
    )


def _changed(request, form, found):
    """Whether the deed asked for was done; a refusal goes to the form."""
    asked = request.POST.get("do")
    if asked in {"end", "return"}:
        form.is_valid()  # its stamp; a name may be missing here
        deed = partial(deeds.end if asked == "end" else deeds.bring_back, found)
        said = _("Đã thôi dùng nhóm; các số cũ vẫn đọc được.") if asked == "end" else _("Nhóm được dùng lại.")
        form.errors.pop("name", None)
    elif form.is_valid():
        deed = partial(deeds.rename, found, name=form.cleaned_data["name"])
        said = _("Đã đổi tên nhóm thành %s.") % form.cleaned_data["name"]
    else:
        return False
    try:
        deed(by=request.user, stamp=form.cleaned_data.get("stamp"))
    except Refused as refusal:
        form.refused(refusal)
        return False
    except Overtaken as other:
        form.overtaken(other.fresh)
        return False
    messages.success(request, said)
    return True


def _seen_from(access, snapshot, found):
    """The committee at which a reader looks at a group: its own where it may be seen, else the first within reach that
    it concerns."""
    tree, at = access.tree, None
    if found.committee_id is not None:
        at = tree.of(found.committee_id)
        if access.may(FIGURES, found.committee_id):
            return access.committee(tree.code(at), FIGURES)
    for first, end in access.spans(FIGURES):
        if at is None or (first < tree.end[at] and at < end):
            return access.committee(tree.code(first), FIGURES)
    raise Http404
