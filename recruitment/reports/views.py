from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..quotas.listing import LISTS
from . import filing
from .catalogue import EXPORTS, FILES, LISTINGS
from .exports import Unanswered, sent


@never_cache
@require_safe
def list_export(request, name, form):
    """Any list as a file: asked as its page is, with the same parameters; without an answer, the page says why. A long one
    is made in the background, and its own page tells how far it is."""
    if name not in FILES:
        raise Http404
    try:
        export = FILES[name](request.access, request.GET)
    except Unanswered:
        page = LISTS[name].address if name in LISTINGS else EXPORTS[name][1]
        return redirect(f"{reverse(page)}?{request.GET.urlencode()}")
    if export.count > filing.LONG:
        return redirect("recruitment:file", filing.asked(request.user, name, form, request.GET, export).pk)
    return sent(request.user, export, form)
