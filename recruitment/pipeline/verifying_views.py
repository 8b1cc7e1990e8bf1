"""The background check of one candidacy: whom it concerns, the letters and when each answer is due."""

from dataclasses import dataclass

from django.http import Http404
from django.views.decorators.cache import never_cache

from committees.access import RECORD

from .. import columns
from ..models import Letter
from .deed_views import answer, asks_and_does, candidacy_of, sent
from .verifying_forms import AnswerForm, DropForm, LetterForm, RelativeForm, SettleForm, called

PAGE = "recruitment/pipeline/candidacy_verification.html"
_FORMS = (LetterForm, SettleForm, RelativeForm, DropForm)


@dataclass(frozen=True)
class Sent:
    """A letter as it is told. left: days until its answer is due, negative once overdue; None once answered."""

    letter: Letter
    about: str
    left: int | None


@never_cache
@asks_and_does
def candidacy_verification(request, pk):
    """Four small forms, of which one is sent: a letter, a result, a relative more or fewer."""
    candidacy, snapshot = candidacy_of(request, pk), columns.current()
    what = request.POST.get("do", "")
    if request.method == "POST" and what not in {form.what for form in _FORMS}:
        what = LetterForm.what
    forms = {
        form.what: form(
            sent(request) if form.what == what else None, row=candidacy, snapshot=snapshot, access=request.access,
            auto_id=f"id_{form.what}_%s",
        )
        for form in _FORMS
    }  # fmt: skip
    form = forms.get(what) or forms[LetterForm.what]
    letters = list(candidacy.letters.select_related("relative").order_by("-sent_on", "-pk"))
    return answer(
        request, form, snapshot, PAGE, forms=forms, relatives=candidacy.relatives.order_by("pk"),
        letters=[_told(letter, request.access.today) for letter in letters],
    )  # fmt: skip


def _told(letter, today):
    left = None if letter.answered_on or not letter.due_on else (letter.due_on - today).days
    return Sent(letter, called(letter.relative) if letter.relative else "", left)


@never_cache
@asks_and_does
def letter_answer(request, pk):
    """The answer to one letter."""
    request.access.self_service()
    letter = (
        Letter.objects.select_related("candidacy__person", "candidacy__cell", "relative")
        .filter(pk=pk)
        .first()
    )
    if letter is None:
        raise Http404
    request.access.check(letter.candidacy.cell_id, RECORD)
    snapshot = columns.current()
    form = AnswerForm(sent(request), letter=letter, snapshot=snapshot, access=request.access)
    return answer(request, form, snapshot)
