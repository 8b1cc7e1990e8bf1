from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..census.flow_page import FlowPage
from . import flow_form
from .annual_views import sent


@never_cache
@require_safe
def flow_form_file(request, form):
    """Form 1-BTCTW as a file, asked as its page is, with the same parameters; without an answer, the page says why."""
    page = FlowPage(request.access, request.GET)
    if page.question is None:
        return redirect(f"{reverse('recruitment:flow-sheet')}?{request.GET.urlencode()}")
    said = {"year": page.period.year, "part": page.period.part} | ({"tree_on": "now"} if page.now else {})
    return sent(request, flow_form.report(page), form, about="flows", committee=page.committee, filter=said)
