from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees import journal

from .explanation_page import ExplanationPage
from .keeping import TooMuch, drop, keep, tidy
from .list_pages import show
from .listing import LISTS
from .lists import quotas, units
from .since_page import SincePage
from .unit_targets_page import UnitTargetsPage


@require_safe
def unit_list(request):
    """Grassroots organisations that admitted anyone, or none, or have no source."""
    return show(request, units(request.access, request.GET), "recruitment/quotas/unit_list.html")


@require_safe
def quota_list(request):
    """Targets under a plan with every change."""
    return show(request, quotas(request.access, request.GET), "recruitment/quotas/quota_list.html")


@require_safe
def explanation(request):
    """How one percentage came about: its terms, its target, what was left out and why. Seven queries."""
    page = ExplanationPage.asked(request.access, request.GET)
    return render(
        request,
        "recruitment/quotas/explanation.html",
        {"page": page, "links": page.links},
        status=page.status,
    )


@require_safe
def unit_targets(request):
    """Every target of a committee on a day, across plans."""
    page = UnitTargetsPage(request.access, request.GET)
    return render(request, "recruitment/quotas/unit_targets.html", {"page": page}, status=page.status)


@never_cache
@require_safe
def change_list(request):
    """Why a figure shown on a day differs today. That persons were listed is one entry of the reads chain."""
    page = SincePage(request.access, request.GET)
    if page.found and page.people and page.lines:
        journal.read_entry(
            request.user,
            "list",
            about="changes",
            committee=page.committee,
            filter=page.said,
            count=len(page.lines),
        )
    context = {"page": page, "links": page.links}
    return render(request, "recruitment/quotas/changes.html", context, status=page.status)


@require_POST
def list_save(request, name):
    """Keep a list's filter under a name, or its columns, or forget a filter; then the list again. Only one's own."""
    if name not in LISTS:
        raise Http404
    request.access.require(LISTS[name].right)
    asked, query = request.POST.get("do"), tidy(request.POST.get("query", ""))
    called = "".join(sign if sign.isprintable() else " " for sign in request.POST.get("name", ""))
    called = " ".join(called.split())[:60]
    try:
        if asked == "columns":
            columns = ",".join(filter(str.isidentifier, request.POST.getlist("columns")))
            keep(account=request.user, of=name, name="", query=columns)
            query = tidy(query, columns=columns)
        elif asked == "delete" and called:
            drop(account=request.user, of=name, name=called)
            messages.success(request, _("Đã xóa bộ lọc “%s”.") % called)
        elif called:
            keep(account=request.user, of=name, name=called, query=query)
            messages.success(request, _("Đã lưu bộ lọc “%s”; tìm lại ở cuối danh sách này.") % called)
        else:
            messages.warning(request, _("Chưa lưu: đặt tên cho bộ lọc rồi bấm lại."))
    except TooMuch as why:
        messages.warning(request, str(why))
    return redirect(f"{reverse(LISTS[name].address)}?{query}")
