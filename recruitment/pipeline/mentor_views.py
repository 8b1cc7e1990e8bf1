"""The pages of mentors: who helps whom, and that one of them can help no more."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal
from committees.access import RECORD

from .. import columns
from ..models import Mentorship
from .deed_views import answer, asks_and_does, sent
from .mentor_forms import UnableForm
from .mentor_pages import Mentors

A_PAGE, WITHOUT = 40, 40


@never_cache
@require_safe
def mentor_list(request):
    """The mentors within reach, those of most candidates first, and the candidates without one. Twelve queries."""
    access = request.access
    found = Mentors(access, columns.current(), request.GET.get("committee", ""))
    page = Paginator(found.loads, A_PAGE).get_page(request.GET.get("page"))
    mentors = found.told(list(page))
    count, first = found.alone.count(), list(found.alone[:WITHOUT])
    without = [(row, found.cell_name(row.cell_id), access.may(RECORD, row.cell_id)) for row in first]
    shown = sum(len(mentor.helped) for mentor in mentors) + len(without)
    journal.read_entry(request.user, "list", about="mentors", committee=found.committee, count=shown)
    context = {
        "page": page, "pages": page.paginator.get_elided_page_range(page.number), "mentors": mentors,
        "without": without, "alone": count, "more": count - len(without),
        "name": found.cell_name(found.committee.pk) if found.committee else "",
    }  # fmt: skip
    return render(request, "recruitment/pipeline/mentors.html", context)


@never_cache
@asks_and_does
def mentor_unable(request, pk):
    """That a mentor can help no more; their candidates wait for somebody else."""
    request.access.self_service()
    mentorship = (
        Mentorship.objects.select_related("candidacy__person", "candidacy__cell").filter(pk=pk).first()
    )
    if mentorship is None:
        raise Http404
    request.access.check(mentorship.candidacy.cell_id, RECORD)
    snapshot = columns.current()
    form = UnableForm(sent(request), mentorship=mentorship, snapshot=snapshot, access=request.access)
    return answer(request, form, snapshot)
