"""Many acts of a draft at once: a whole level abolished, or what was ticked on the tree."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from . import drafting, vietnamese
from .access import STRUCTURE
from .act_views import act_list_at, desk_of
from .editing import Overtaken
from .many_acts import Level, founding, kinds_below, merged, moved
from .models import Kind
from .reorganisation_forms import LevelForm, ManyForm
from .reorganisation_page import drafts_within
from .reorganisation_views import asks_and_does, posted, reorganisation_of

MOST_TICKED = 200


@asks_and_does
def act_level(request, pk):
    """Abolish a whole level: as many acts as there are committees of the kind."""
    desk = desk_of(request, pk)
    if desk is None:
        return redirect("committees:reorganisation", pk)
    form, level = LevelForm(posted(request), desk=desk), None
    if form.is_valid():
        said = form.cleaned_data
        i = desk.structure.by_code[said["committee"].code]
        level = Level(desk.structure, i, said["kind"], desk.day, desk.mine)
        rows = level.rows(said["heir"])
        if not rows:
            there = kinds_below(desk.structure, i, desk.day, desk.mine)
            told = ", ".join(f"{Kind(kind).label} ({vietnamese.number(n)})" for kind, n in there.items())
            form.add_error(
                "kind", _("Ở đó không có tổ chức loại này. Có: %s.") % (told or _("không tổ chức nào"))
            )
        else:
            try:
                drafting.put(desk.record, rows, by=request.user, stamp=said["stamp"])
            except Overtaken as other:
                form.overtaken(other.fresh)
            except drafting.Closed as why:
                form.add_error(None, str(why))
            else:
                told = {"n": vietnamese.number(len(rows)), "below": vietnamese.number(level.children)}
                messages.success(
                    request, _("Đã thêm %(n)s việc; %(below)s tổ chức bên dưới chuyển theo.") % told
                )
                return act_list_at(pk, len(desk.record.acts) + 1)
    return render(
        request,
        "committees/act_level.html",
        {"page": desk, "record": desk.record, "form": form},
        status=form.status,
    )


@asks_and_does
def act_many(request):
    """From the tree by hand: what was ticked there is merged into one, or moved under one."""
    access = request.access
    access.require(STRUCTURE)
    said = request.POST if request.method == "POST" else request.GET
    codes = [
        access.committee(code, STRUCTURE).code for code in dict.fromkeys(said.getlist("pick")[:MOST_TICKED])
    ]
    drafts = list(drafts_within(access).defer("kept", "acts")[:50])
    asked = request.GET.get("do")
    form = ManyForm(
        posted(request), access=access, drafts=drafts, initial={"do": asked if asked == "move" else "merge"}
    )
    if codes and form.is_valid():
        try:
            record = _put_many(request, form, codes)
        except drafting.Closed as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã ghi vào đợt “%s”. Xem lại từng việc ở dưới.") % record.name)
            return act_list_at(record.pk, len(record.acts))
    names = [(code, access.structure.name_on(access.structure.by_code[code], access.today)) for code in codes]
    context = {"form": form, "picked": names}
    return render(request, "committees/act_many.html", context, status=400 if form.is_bound else 200)


def _put_many(request, form, codes):
    """The draft into which the ticked ones went."""
    said = form.cleaned_data
    target = said["target"].code if said["target"] else said["code"]
    rows = (merged if said["do"] == "merge" else moved)(codes, target)
    if said["code"]:
        rows.insert(0, founding(said["code"], said["called"], said["kind"], said["above"].code))
    if said["draft"]:
        record = reorganisation_of(request.access, int(said["draft"]))
        return drafting.put(record, rows, by=request.user, stamp=None)
    first = request.access.committee(codes[0], STRUCTURE)
    return drafting.draft(by=request.user, committee=first, name=said["name"], day=said["day"], acts=rows)
