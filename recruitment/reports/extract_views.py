"""The lists of persons that go with a proposal, as files: asked where the queue or the class is, by the right to its
people. Each is an entry of the reads chain; without it nothing is sent."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees.access import FIGURES, PEOPLE

from .. import columns
from ..courses import deeds
from ..courses.pages import CoursePage, course_of
from ..pipeline.queue_views import waiting_in
from ..pipeline.queues import PROPOSED
from . import extracts
from .annual_views import sent


@never_cache
@require_safe
def queue_extract(request, queue, form):
    """The dossiers of a queue at and below a committee, for the board that is to decide."""
    if queue not in PROPOSED:
        raise Http404
    waiting = waiting_in(request.access, queue, request.GET.get("committee"))
    if not waiting.names:
        raise PermissionDenied
    report = extracts.proposed(waiting)
    committee = waiting.access.committee(waiting.question.code, FIGURES)
    return sent(request, report, form, about=f"queue:{queue}", committee=committee)


@never_cache
@require_safe
def course_extract(request, pk, form):
    """The learners a class is proposed to take."""
    course = course_of(request.access, pk, PEOPLE)
    snapshot = columns.current()
    report = extracts.of_class(CoursePage(request.access, course, snapshot), snapshot)
    return sent(request, report, form, about=deeds.about(course), committee=course.committee)
