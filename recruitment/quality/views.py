from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..quotas.list_pages import ListPage, show
from .checks import CHECKS
from .lists import of_check
from .page import QualityPage


@never_cache
@require_safe
def quality(request):
    """How many rows fail each standing check, in which unit, and how that went."""
    page = QualityPage(request.access, request.GET)
    return render(request, "recruitment/quality/quality.html", {"page": page}, status=page.status)


class FaultPage(ListPage):
    """The list behind one count."""

    @property
    def check(self):
        return CHECKS[self.request.GET["check"]]

    @cached_property
    def rule(self):
        return (
            self.listing.snapshot.statute.on(self.listing.access.today)[self.check.rule]
            if self.check.rule
            else None
        )

    @property
    def ground(self):
        return self.check.ground(self.rule)

    @property
    def chips(self):
        return [(words, address) for words, address in super().chips if words != self._asked]

    @property
    def _asked(self):
        return dict(self.listing.conditions).get("check")

    @property
    def bare(self):
        return f"{super().bare}&check={self.check.code}"


@never_cache
@require_safe
def fault_list(request):
    """The rows that fail one check; without one, the page that names them."""
    listed = of_check(request.GET.get("check", ""))
    if listed is None:
        request.access.self_service()
        return redirect("recruitment:quality")
    return show(
        request, listed(request.access, request.GET), "recruitment/quality/fault_list.html", FaultPage
    )
