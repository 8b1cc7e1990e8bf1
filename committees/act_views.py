"""The acts of a draft, put in one by one, many at once, or from the tree; taken out and put in order."""

import hashlib
import json
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from . import drafting, vietnamese
from .access import STRUCTURE
from .act_forms import FORMS
from .act_words import SLUG_OF, SLUGS
from .acts import DISSOLVE, MERGE, SPLIT
from .editing import Overtaken
from .many_acts import Level, founding, kinds_below, merged, moved
from .models import Kind
from .reorganisation_forms import ChooseForm, LevelForm, ManyForm
from .reorganisation_page import Page, drafts_within
from .reorganisation_views import ACT_ROWS, asks_and_does, posted, reorganisation_of
from .split_form import FEWEST, SplitForm

MOST_TICKED = 200


def _desk(request, pk):
    """The draft's Page; None where it is a draft no longer."""
    page = Page(request.access, reorganisation_of(request.access, pk))
    return page if page.is_draft and not page.is_away else None


def _list(pk, number):
    """To the list of acts, where act `number` stands."""
    at = (max(number, 1) - 1) // ACT_ROWS + 1
    return redirect(reverse("committees:act-list", args=[pk]) + (f"?page={at}" if at > 1 else ""))


@asks_and_does
def act_list(request, pk):
    """The acts of a draft with what the dry run has against each. POST: take one out, or give it another place."""
    desk = _desk(request, pk)
    if desk is None:
        return redirect("committees:reorganisation", pk)
    if request.method == "POST":
        return _rearrange(request, desk)
    page = Paginator(desk.lines, ACT_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": desk,
        "record": desk.record,
        "acts": page,
        "pages": page.paginator.get_elided_page_range(page.number),
    }
    return render(request, "committees/act_list.html", context)


def _rearrange(request, desk):
    """`do` is what to do and with which act: "up:3", "down:3", "drop:3"."""
    record, (what, _colon, which) = desk.record, request.POST.get("do", "").partition(":")
    stamp, count = request.POST.get("stamp", ""), len(desk.record.acts)
    number = int(which) if which.isdecimal() and len(which) < 8 else 0
    if what not in {"up", "down", "drop"} or not 1 <= number <= count or not stamp.isdecimal():
        messages.warning(request, _("Chưa làm gì: không rõ việc nào. Bấm lại ở danh sách dưới đây."))
        return _list(record.pk, 1)
    said = {"by": request.user, "stamp": int(stamp)}
    try:
        if what == "drop":
            drafting.put(record, [], instead=[number - 1], **said)
            messages.success(request, _("Đã bỏ việc %d.") % number)
        else:
            to = number - 2 if what == "up" else number
            drafting.move(record, number - 1, min(max(to, 0), count - 1), **said)
    except Overtaken:
        messages.warning(
            request,
            _("Chưa làm gì: có người vừa sửa đợt này. Dưới đây là bản đang lưu; bấm lại nếu còn cần."),
        )
    except drafting.Closed as why:
        messages.warning(request, str(why))
    return _list(record.pk, number)


def _form(desk, what, code, *, data=None, row=None, heirs=FEWEST):
    """The form of an act on the committee of that code; None where it does not stand on the draft's day."""
    if what not in FORMS and what != SPLIT:
        return None
    making = not code
    about = (
        None if making else desk.about(code, mandates=what in {MERGE, DISSOLVE, SPLIT}, parts=what == SPLIT)
    )
    if about is None and not making:
        return None
    if what == SPLIT:
        return SplitForm(data, desk=desk, about=about, heirs=heirs)
    return FORMS[what](data, desk=desk, about=about, row=row)


@asks_and_does
def act_new(request, pk):
    """Choose an act and its committee (by the address), then say what it needs."""
    desk = _desk(request, pk)
    if desk is None:
        return redirect("committees:reorganisation", pk)
    choose = ChooseForm(request.GET if "what" in request.GET else None, desk=desk)
    if not choose.is_valid():
        context = {"page": desk, "record": desk.record, "form": choose}
        return render(request, "committees/act_choose.html", context, status=400 if choose.errors else 200)
    what, committee = SLUGS[choose.cleaned_data["what"]], choose.cleaned_data["committee"]
    form = _form(desk, what, committee.code if committee else "", data=posted(request), heirs=_heirs(request))
    instead = desk.split_rows(committee.code) if what == SPLIT else []
    return _answer(request, desk, form, what, instead=instead)


@asks_and_does
def act_edit(request, pk, number):
    """One act of a draft; of a split, all its rows at once. `was` tells which act the page showed: where others changed
    the draft meanwhile, it may stand elsewhere, or be gone."""
    desk = _desk(request, pk)
    if desk is None:
        return redirect("committees:reorganisation", pk)
    acts, was = desk.record.acts, request.POST.get("was", "")
    found = next((k for k, row in enumerate(acts, start=1) if was and mark_of(row) == was), None)
    if was and (not number <= len(acts) or mark_of(acts[number - 1]) != was):
        number = found
    if number is None or not 1 <= number <= len(acts):
        return _gone(request, desk) if was else _missing()
    row = acts[number - 1]
    what, code = row["Việc"], row["Mã tổ chức"]
    making = what in FORMS and "code" in FORMS[what].base_fields
    form = _form(desk, what, "" if making else code, data=posted(request), row=row, heirs=_heirs(request))
    if form is None:
        messages.warning(
            request, _("Tổ chức %s không hoạt động vào ngày của đợt. Bỏ việc này, hoặc sửa ngày.") % code
        )
        return _list(pk, number)
    instead = desk.split_rows(code) if what == SPLIT else [number - 1]
    return _answer(request, desk, form, what, instead=instead, number=number, was=mark_of(row))


def _missing():
    raise Http404


def _gone(request, desk):
    """The act that was being edited is no more: what was typed may be put in as another."""
    said = {"what": request.POST.get("slug", ""), "committee": request.POST.get("subject", "")}
    choose = ChooseForm(said, desk=desk)
    if not choose.is_valid():
        messages.warning(request, _("Có người vừa bỏ việc này. Dưới đây là bản đang lưu."))
        return _list(desk.record.pk, 1)
    committee = choose.cleaned_data["committee"]
    what = SLUGS[said["what"]]
    form = _form(desk, what, committee.code if committee else "", data=request.POST)
    form.is_valid()
    form.overtaken(desk.record)
    return _shown(request, desk, form, what, action=_new_address(desk.record.pk, said), gone=True)


def _new_address(pk, said):
    return f"{reverse('committees:act-new', args=[pk])}?{urlencode(said)}"


def mark_of(row):
    """A short mark by which an act is known again."""
    told = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def _heirs(request):
    """How many heirs the form of a split asks for."""
    said = request.POST.get("heirs", "")
    more = request.POST.get("do") == "more"
    return (int(said) if said.isdecimal() and len(said) < 3 else FEWEST) + more


def _answer(request, desk, form, what, *, instead=(), number=None, was=""):
    """Put in what was typed, or show the form."""
    if request.POST.get("do") == "more":
        form.is_valid()
        form.errors.clear()
        return _shown(request, desk, form, what, number=number, was=was, status=200)
    if form.is_valid():
        rows = form.rows()
        try:
            fresh = drafting.put(
                desk.record, rows, by=request.user, stamp=form.cleaned_data["stamp"], instead=instead
            )
        except Overtaken as other:
            form.overtaken(other.fresh)
        except drafting.Closed as why:
            form.add_error(None, str(why))
        else:
            first = min(instead, default=len(fresh.acts) - len(rows)) + 1
            messages.success(request, _("Đã ghi việc %(n)d: %(what)s.") % {"n": first, "what": what.lower()})
            return _list(desk.record.pk, first)
    return _shown(request, desk, form, what, number=number, was=was)


def _shown(request, desk, form, what, *, number=None, was="", action="", gone=False, status=None):
    if number is not None:
        action = reverse("committees:act-edit", args=[desk.record.pk, number])
    context = {
        "page": desk, "record": desk.record, "form": form, "what": what, "slug": SLUG_OF[what], "number": number,
        "was": was, "action": action or request.get_full_path(), "gone": gone,
    }  # fmt: skip
    template = "committees/act_split.html" if what == SPLIT else "committees/act_form.html"
    return render(request, template, context, status=status or form.status)


@asks_and_does
def act_level(request, pk):
    """Abolish a whole level: as many acts as there are committees of the kind."""
    desk = _desk(request, pk)
    if desk is None:
        return redirect("committees:reorganisation", pk)
    form, level = LevelForm(posted(request), desk=desk), None
    if form.is_valid():
        said = form.cleaned_data
        i = desk.structure.by_code[said["committee"].code]
        level = Level(desk.structure, i, said["kind"], desk.day)
        rows = level.rows(said["heir"])
        if not rows:
            there = kinds_below(desk.structure, i, desk.day)
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
                return _list(pk, len(desk.record.acts) + 1)
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
            return _list(record.pk, len(record.acts))
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
    return drafting.draft(
        by=request.user,
        committee=_above_all(request.access, codes),
        name=said["name"],
        day=said["day"],
        acts=rows,
    )


def _above_all(access, codes):
    """The committee of the draft: the lowest that stands above all of these and lies within reach."""
    tree, structure = access.tree, access.structure
    where = [int(tree.position[structure.by_code[code]]) for code in codes]
    p = min(where)
    while tree.end[p] <= max(where) or p in where:
        up = int(tree.up[p])
        if up < 0 or not access.may(STRUCTURE, tree.id(up)):
            break
        p = up
    return access.committee(tree.code(p), STRUCTURE)
