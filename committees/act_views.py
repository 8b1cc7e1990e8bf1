"""The acts of a draft, put in one by one, taken out and put in order."""

import hashlib
import json
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from . import drafting, journal
from .act_forms import FORMS
from .act_words import SLUG_OF, SLUGS
from .acts import DISSOLVE, MERGE, SPLIT
from .editing import Overtaken
from .models import Committee
from .reorganisation_forms import ChooseForm
from .reorganisation_page import Page
from .reorganisation_views import ACT_ROWS, asks_and_does, posted, reorganisation_of
from .split_form import FEWEST, SplitForm


def desk_of(request, pk):
    """The draft's Page; None where it is a draft no longer."""
    page = Page(request.access, reorganisation_of(request.access, pk))
    return page if page.is_draft and not page.is_away else None


def act_list_at(pk, number):
    """To the list of acts, where act `number` stands."""
    at = (max(number, 1) - 1) // ACT_ROWS + 1
    return redirect(reverse("committees:act-list", args=[pk]) + (f"?page={at}" if at > 1 else ""))


@asks_and_does
def act_list(request, pk):
    """The acts of a draft with what the dry run has against each. POST: take one out, or give it another place."""
    desk = desk_of(request, pk)
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
    """`do` is what to do and with which act: "up:3", "down:3", "drop:3"; "place" with `which` and `to` beside it."""
    record, (what, _colon, which) = desk.record, request.POST.get("do", "").partition(":")
    count = len(record.acts)
    number = _number(which or request.POST.get("which", ""))
    to = {
        "up": number - 1,
        "down": number + 1,
        "place": _number(request.POST.get("to", "")),
        "drop": number,
    }.get(what, 0)
    stamp = request.POST.get("stamp", "")
    if not 1 <= number <= count or not 1 <= to <= count or not (stamp.isdecimal() and len(stamp) < 19):
        messages.warning(request, _("Chưa làm gì. Cần một việc và một chỗ từ 1 đến %d.") % count)
        return act_list_at(record.pk, 1)
    said = {"by": request.user, "stamp": int(stamp)}
    try:
        if what == "drop":
            gone = desk.goes_with(number)
            drafting.put(record, [], instead=gone, **said)
            words = (
                _("Đã bỏ việc %(n)d.") if len(gone) == 1 else _("Đã bỏ cả việc chia tách, %(count)d dòng.")
            )
            messages.success(request, words % {"n": number, "count": len(gone)})
        else:
            drafting.move(record, number - 1, to - 1, **said)
    except Overtaken:
        messages.warning(
            request,
            _("Chưa làm gì: có người vừa sửa đợt này. Dưới đây là bản đang lưu; bấm lại nếu còn cần."),
        )
    except drafting.Closed as why:
        messages.warning(request, str(why))
    return act_list_at(record.pk, to)


def _number(text):
    """A number as typed; 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 8 else 0


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
    desk = desk_of(request, pk)
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
    desk = desk_of(request, pk)
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
        return act_list_at(pk, number)
    instead = desk.goes_with(number)
    return _answer(request, desk, form, what, instead=instead, number=number, was=mark_of(row), subject=code)


def _missing():
    raise Http404


def _gone(request, desk):
    """The act that was being edited stands otherwise by now, or no more: both versions are shown, and what was typed may
    take its place, or be put in as another."""
    acts, said = (
        desk.record.acts,
        {"what": request.POST.get("slug", ""), "committee": request.POST.get("subject", "")},
    )
    what = SLUGS.get(said["what"])
    same = [
        k
        for k, row in enumerate(acts, start=1)
        if (row["Việc"], row["Mã tổ chức"]) == (what, said["committee"])
    ]
    choose = ChooseForm(said, desk=desk)
    if not choose.is_valid():
        messages.warning(request, _("Có người vừa bỏ việc này. Dưới đây là bản đang lưu."))
        return act_list_at(desk.record.pk, 1)
    committee, row = choose.cleaned_data["committee"], acts[same[0] - 1] if same else None
    form = _form(
        desk, what, committee.code if committee else "", data=request.POST, row=row, heirs=_heirs(request)
    )
    form.is_valid()
    form.overtaken(desk.record)
    if same:
        return _shown(
            request, desk, form, what, number=same[0], was=mark_of(row), subject=said["committee"],
            theirs=desk.lines[same[0] - 1],
        )  # fmt: skip
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


def _answer(request, desk, form, what, *, instead=(), **shown):
    """Put in what was typed, or show the form; shown: as `_shown`."""
    if request.POST.get("do") == "more":
        form.is_valid()
        form.errors.clear()
        return _shown(request, desk, form, what, status=200, **shown)
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
            return act_list_at(desk.record.pk, first)
    return _shown(request, desk, form, what, **shown)


def _shown(request, desk, form, what, *, number=None, action="", status=None, **about):
    """The form of an act. number: of the act that is changed; action: where to send it. about: `was` and `subject`, by which
    the act is known again; `theirs` or `gone`, what became of it meanwhile."""
    if number is not None:
        action = reverse("committees:act-edit", args=[desk.record.pk, number])
    context = {
        "page": desk, "record": desk.record, "form": form, "what": what, "slug": SLUG_OF[what], "number": number,
        "action": action or request.get_full_path(), **about,
    }  # fmt: skip
    if what == SPLIT:
        _note_reading(request, desk, form.about)
    template = "committees/act_split.html" if what == SPLIT else "committees/act_form.html"
    return render(request, template, context, status=status or form.status)


def _note_reading(request, desk, about):
    """Journal that people were named on the page."""
    count = sum(len(parts.items) for parts in about.parts if parts.personal)
    if count:
        where = Committee(pk=about.pk)
        journal.read_entry(
            request.user, "list", about=drafting.about(desk.record), committee=where, count=count
        )
