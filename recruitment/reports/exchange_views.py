from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .exchange_page import ExchangePage


@never_cache
@require_safe
def exchange(request):
    """What the sheet for the national database would hold of a committee and a period; the file itself is an export."""
    page = ExchangePage(request.access, request.GET)
    return render(request, "recruitment/reports/exchange.html", {"page": page}, status=page.status)
