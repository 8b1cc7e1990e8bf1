"""A book on paper: asked where its list is, by the right to its people; each print is an entry of the reads chain."""

from tempfile import SpooledTemporaryFile

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..papers.registers.books import BOOKS
from ..quotas.listing import LISTS
from . import filing
from .catalogue import FILES
from .exports import IN_MEMORY, Unanswered, handed


@never_cache
@require_safe
def register_pdf(request, name):
    """The whole book as .pdf; where the address has no answer its page says why. A long one is made in the background."""
    if name not in BOOKS:
        raise Http404
    try:
        export = FILES[name](request.access, request.GET)
    except Unanswered:
        return redirect(f"{reverse(LISTS[name].address)}?{request.GET.urlencode()}")
    if export.count > filing.LONG:
        return redirect("recruitment:file", filing.asked(request.user, name, "pdf", request.GET, export).pk)
    file = SpooledTemporaryFile(max_size=IN_MEMORY)
    count = export.make(file, "pdf", lambda done, every: None)
    file.seek(0)
    return handed(request.user, export, "pdf", file, count=count, name=export.file_name("pdf"))
