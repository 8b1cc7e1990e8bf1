from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import columns
from .board import board


@require_safe
def sources(request):
    """Every published figure, whether it holds, and our own beside it. Open to all: it shows what was printed."""
    request.access.public()
    return render(request, "recruitment/figures/sources.html", {"board": board(columns.current())})
