"""The pages that put right, or take away, what stands beside the papers of a dossier."""

from django.http import Http404
from django.views.decorators.cache import never_cache

from committees.access import RECORD

from .. import columns
from ..models import Certificate, Letter, Mentorship, Review
from . import amend_forms
from .deed_views import answer, asks_and_does, righted, sent


def _amend(model, form_class, *related):
    """The page of one sort of row; the door decides by the cell of its candidacy, or its own."""

    @never_cache
    @asks_and_does
    def view(request, pk):
        request.access.self_service()
        row = model.objects.select_related(*related).filter(pk=pk).first()
        if row is None:
            raise Http404
        request.access.check(getattr(row, "candidacy", row).cell_id, RECORD)
        snapshot = columns.current()
        right = righted(request, "number", "document")
        form = form_class(sent(request), row=row, snapshot=snapshot, access=request.access, initial=right)
        return answer(request, form, snapshot)

    view.__doc__ = form_class.__doc__
    return view


_OF_CANDIDACY = ("candidacy__person", "candidacy__cell")
certificate_correct = _amend(Certificate, amend_forms.CertificateAmendForm, "person", "cell", "course")
mentorship_correct = _amend(Mentorship, amend_forms.MentorshipAmendForm, *_OF_CANDIDACY)
review_correct = _amend(Review, amend_forms.ReviewAmendForm, *_OF_CANDIDACY)
letter_correct = _amend(Letter, amend_forms.LetterAmendForm, *_OF_CANDIDACY)
