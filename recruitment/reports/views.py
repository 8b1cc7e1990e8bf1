from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..quotas.listing import LISTS
from .exports import LISTINGS, Unanswered, of, sent
from .grounds import GROUNDS, PAGES


@never_cache
@require_safe
def list_export(request, name, form):
    """Any list as a file: asked as its page is, with the same parameters; without an answer, the page says why."""
    try:
        if name in LISTINGS:
            export = of(LISTINGS[name](request.access, request.GET))
        elif name in GROUNDS:
            export = GROUNDS[name](request.access, request.GET)
        else:
            raise Http404
    except Unanswered:
        page = LISTS[name].address if name in LISTS else PAGES[name]
        return redirect(f"{reverse(page)}?{request.GET.urlencode()}")
    return sent(request.user, export, form)
