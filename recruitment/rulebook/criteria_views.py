"""Criteria that committees add for their candidates: seen where they apply, kept by the department's staff."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.access import OFFICE
from committees.editing import Overtaken

from ..models import Criterion
from . import criteria
from .deeds import Refused
from .forms import CriterionForm, EndForm
from .views import form_methods


@require_safe
def criterion_list(request):
    """What the reader's committees ask beyond the rules: their own criteria and those of the committees above."""
    access = request.access
    rows = criteria.seen(access)
    lines = [
        (row, access.tree.name(access.tree.of(row.committee_id)), criteria.may_change(access, row))
        for row in rows
    ]
    context = {
        "running": [line for line in lines if line[0].until is None or line[0].until > access.today],
        "ended": [line for line in lines if line[0].until is not None and line[0].until <= access.today],
        "may_add": access.holds(OFFICE),
    }
    return render(request, "recruitment/rulebook/criterion_list.html", context)


@form_methods
def criterion_new(request):
    """A criterion for a committee within reach."""
    request.access.require(OFFICE)
    form = CriterionForm(request.POST if request.method == "POST" else None, access=request.access)
    if form.is_valid():
        try:
            criteria.add_criterion(by=request.user, **form.values())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(
                request, _("Đã thêm tiêu chí. Hồ sơ ở tổ chức này và các cấp dưới có thêm một mục.")
            )
            return redirect("recruitment:criterion-list")
    context = {"form": form}
    return render(
        request, "recruitment/rulebook/criterion_new.html", context, status=400 if form.errors else 200
    )


@form_methods
def criterion_end(request, pk):
    """The last day of a criterion."""
    access = request.access
    access.self_service()
    row = get_object_or_404(Criterion.objects.select_related("committee"), pk=pk)
    access.check(row.committee_id, OFFICE)
    if row.until is not None:
        messages.info(request, _("Tiêu chí này đã có ngày cuối; không ghi thêm gì."))
        return redirect("recruitment:criterion-list")
    form = EndForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        said = form.cleaned_data
        try:
            criteria.end_criterion(row, by=request.user, last=said["last"], stamp=said["stamp"])
        except Refused as refusal:
            form.refused(refusal)
        except Overtaken as other:
            form.overtaken(other.fresh)
        else:
            messages.success(request, _("Đã ghi ngày cuối của tiêu chí."))
            return redirect("recruitment:criterion-list")
    context = {"form": form, "row": row, "name": access.tree.name(access.tree.of(row.committee_id))}
    return render(request, "recruitment/rulebook/criterion_end.html", context, status=form.status)
