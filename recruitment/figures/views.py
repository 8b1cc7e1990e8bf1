from django.shortcuts import render
from django.views.decorators.http import require_safe

from committees.access import FIGURES

from .. import columns
from .board import board


@require_safe
def sources(request):
    """Every published figure, whether it holds, and our own beside it. Open to all: it shows what was printed."""
    request.access.public()
    snapshot = columns.current()

    def opens(code):
        """Whether the page behind our figure opens for this reader; a visitor is asked to sign in there first."""
        i = snapshot.structure.by_code.get(code)
        if i is None or not request.user.is_authenticated:
            return i is not None
        return request.access.may(FIGURES, snapshot.structure.ids[i])

    context = {"board": board(snapshot, opens), "checks": request.access.holds(FIGURES)}
    return render(request, "recruitment/figures/sources.html", context)
