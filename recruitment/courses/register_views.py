"""The pages of the permanent register: the list, and the same on paper."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import journal

from ..quotas import list_pages
from .register import Sheet, register


@never_cache
@require_safe
def certificate_register(request):
    """Every certificate of people within reach."""
    listing = register(request.access, request.GET)
    return list_pages.show(request, listing, "recruitment/courses/register.html")


@never_cache
@require_safe
def certificate_sheet(request):
    """The register to print: the rows the list shows, all of them, in numbered lines."""
    listing = register(request.access, request.GET)
    if listing.question is None:
        return redirect(f"{reverse('recruitment:certificate-register')}?{request.GET.urlencode()}")
    journal.read_entry(
        request.user, "list", about="register", committee=listing.committee, filter=listing.said,
        count=listing.count,
    )  # fmt: skip
    return render(
        request, "recruitment/courses/register_sheet.html", {"listing": listing, "sheet": Sheet(listing)}
    )
