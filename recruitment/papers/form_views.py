"""The forms: which there are and what they say, for all who see the tree; put right by who keeps the book of rules."""

import io

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import vietnamese
from committees.access import TREE
from committees.editing import Overtaken

from .. import columns
from ..models import FormText
from ..rulebook.deeds import Refused
from ..rulebook.pages import keeps_the_book
from ..rulebook.views import form_methods, keep
from ..sheets.docx import write_docx
from ..sheets.letter import write_letter
from . import catalogue, filling, form_deeds, form_pages
from .form_forms import DayAsked, FormTextForm
from .preview import preview
from .sample import Sample

WRITERS = {"pdf": write_letter, "docx": write_docx}


def _page(request, form, on):
    try:
        return form_pages.FormPage(columns.current(), catalogue.named(form), on)
    except KeyError:
        raise Http404 from None


@require_safe
def form_list(request):
    """All forms as they hold on a day."""
    request.access.require(TREE)
    asked = DayAsked(request.GET or None)
    rows = form_pages.form_rows(columns.current(), asked.day(request.access.today))
    context = {
        "form": asked,
        "on": asked.day(request.access.today),
        "rows": rows,
        "confirmed": sum(row.confirmed for row in rows),
        "may_change": keeps_the_book(request.access),
    }
    return render(request, "recruitment/papers/form_list.html", context, status=400 if asked.errors else 200)


@require_safe
def form_text(request, form):
    """One form: what it says on a day, filled with what never was, and how its text was put right."""
    request.access.require(TREE)
    asked = DayAsked(request.GET or None)
    context = {
        "page": _page(request, form, asked.day(request.access.today)),
        "form": asked,
        "may_change": keeps_the_book(request.access),
    }
    return render(request, "recruitment/papers/form_text.html", context, status=400 if asked.errors else 200)


@require_safe
def form_sample(request, form, ending):
    """The form filled with what never was, as a file."""
    request.access.require(TREE)
    page, file = _page(request, form, request.access.today), io.BytesIO()
    WRITERS[ending](file, page.sample)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("Mẫu %s, điền thử") % page.form + f".{ending}")


@form_methods
def form_text_edit(request, form):
    """Put the text of a form right; `look` shows what would change, and writes nothing."""
    keep(request.access)
    page = _page(request, form, request.access.today)
    typed = FormTextForm(
        request.POST if request.method == "POST" else None,
        page=page,
        since=vietnamese.day(request.access.today),
    )
    context = {"page": page, "form": typed, "look": "look" in request.POST}
    if typed.is_valid():
        try:
            if not context["look"]:
                row = form_deeds.put_right(page.snapshot, page.form, by=request.user, **typed.values())
                since = vietnamese.day(row.since)
                messages.success(request, _("Đã lưu. Giấy tờ từ ngày %s theo lời văn này.") % since)
                return redirect("recruitment:form-text", page.form)
            context |= _looked_at(page, typed)
        except Refused as refusal:
            typed.refused(refusal)
        except Overtaken as other:
            typed.overtaken(other.fresh)
    status = 200 if "sample" in context else typed.status
    return render(request, "recruitment/papers/form_text_edit.html", context, status=status)


def _looked_at(page, typed):
    told = {name: typed.cleaned_data[name] for name in ("text", "citation", "since")}
    row = form_deeds.judged(page.snapshot, page.form, **told)
    edition = catalogue.edition(page.form, row.since, page.snapshot.statute, texts=[row])
    return {
        "changes": form_pages.differences(page.text, row.text),
        "sample": preview(filling.fill(Sample(page.snapshot, row.since), edition)),
    }


@require_POST
def form_text_take_back(request, pk):
    """A text no longer holds."""
    keep(request.access)
    row = get_object_or_404(FormText, pk=pk)
    try:
        form_deeds.take_back(row, by=request.user)
    except Refused as refusal:
        messages.error(request, _("Chưa rút lại. Cần %s.") % refusal)
    else:
        messages.success(request, _("Đã rút lại lời văn; giấy tờ lập từ nay theo bản trước đó."))
    return redirect("recruitment:form-text", row.form)
