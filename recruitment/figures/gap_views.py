"""What differs between levels and sources: the list, and the page where each side answers for itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .answers import answer
from .gap_forms import AnswerForm
from .gap_page import GapList, one


@require_safe
def gap_list(request):
    """What differs at and below a committee, and who has answered."""
    page = GapList(request.access, request.GET)
    pages = page.page.paginator.get_elided_page_range(page.page.number)
    context = {"list": page, "page": page.page, "pages": pages}
    return render(request, "recruitment/figures/gap_list.html", context, status=page.status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def gap(request, code, key):
    """One difference: both figures, what each side answered, and the answer of a side the account speaks for."""
    line, committee = one(request.access, code, key)
    mine = any(words.side.mine for words in line.sides)
    if request.method == "POST" and not mine:
        raise PermissionDenied
    form = AnswerForm(request.POST if request.method == "POST" else None, line=line)
    if form.is_valid():
        said = form.cleaned_data
        side = form.committees[said["side"]]
        answer(line.gap, by=request.user, side=side, number=said["number"], reason=said["reason"])
        messages.success(request, _("Đã ghi câu trả lời; cấp kia xem được ngay."))
        return redirect(request.path)
    context = {"line": line, "code": committee.code, "form": form, "mine": mine}
    return render(request, "recruitment/figures/gap.html", context, status=form.status)
