from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..quotas.list_pages import show
from .lists import admissions, candidacies


@never_cache
@require_safe
def admission_list(request):
    """The admissions behind a figure, with the same mask and count; or all to date where no plan is named."""
    return show(request, admissions(request.access, request.GET), "recruitment/pipeline/admission_list.html")


@never_cache
@require_safe
def candidacy_list(request):
    """Candidacies as they stood at the end of a day."""
    return show(request, candidacies(request.access, request.GET), "recruitment/pipeline/candidacy_list.html")
