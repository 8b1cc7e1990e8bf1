"""Periods on pages: which there are, a new one, how complete one is. Each view asks the door, then shows what others worked
out."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees.access import OFFICE
from committees.editing import Overtaken

from .. import columns
from ..models import ReportPeriod
from ..quotas.deeds import Refused
from ..reports.exports import sent
from . import deeds
from .forms import PeriodForm, StampForm, initial, templates
from .hub import Hub
from .listed import listed
from .pages import PeriodList, PeriodPage

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def hub(request):
    """What may be reported, checked and taken away, by the rights of who looks."""
    return render(request, "recruitment/periods/hub.html", {"hub": Hub(request.access)})


@require_safe
def period_list(request):
    """The periods that concern the reader."""
    page = PeriodList(request.access, columns.current().structure)
    return render(request, "recruitment/periods/period_list.html", {"page": page})


@form_methods
def period_new(request):
    """A new period of a committee for those below it."""
    access = request.access
    access.require(OFFICE)
    typed = request.POST if request.method == "POST" else None
    form = PeriodForm(typed, access=access, initial=initial(request.GET.get("template", ""), access.today))
    if form.is_valid():
        try:
            made = deeds.open_period(
                by=request.user, committee=form.cleaned_data["committee"], **form.values()
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Đã mở kỳ “%s”. Đơn vị thấy kỳ này ở mục Báo cáo.") % made.name)
            return redirect("recruitment:period", made.pk)
    return _form(request, form, templates=templates(access.today))


def _period(access, pk):
    """The ReportPeriod of an address, for who may change it; 404, 403 as the door."""
    access.require(OFFICE)
    period = get_object_or_404(ReportPeriod.objects.select_related("committee"), pk=pk)
    access.check(period.committee_id, OFFICE)
    return period


@form_methods
def period_edit(request, pk):
    """Correct a period; who saves after somebody else is shown both versions."""
    period = _period(request.access, pk)
    form = PeriodForm(request.POST if request.method == "POST" else None, access=request.access, row=period)
    if form.is_valid():
        change = partial(deeds.change_period, period, by=request.user, stamp=form.cleaned_data["stamp"])
        try:
            change(**form.values())
        except Refused as refusal:
            form.refused(refusal)
        except Overtaken as other:
            form.overtaken(other.fresh)
        else:
            messages.success(request, _("Đã lưu kỳ báo cáo."))
            return redirect("recruitment:period", period.pk)
    return _form(request, form, period=period)


def _form(request, form, **context):
    status = form.status if not form.is_bound or form.errors or form.differences is not None else 200
    return render(request, "recruitment/periods/period_form.html", {"form": form, **context}, status=status)


@require_POST
def period_drop(request, pk):
    """Put away a period opened by a slip."""
    period, form = _period(request.access, pk), StampForm(request.POST)
    try:
        if not form.is_valid():
            raise Overtaken(period)
        deeds.drop_period(period, by=request.user, stamp=form.cleaned_data["stamp"])
    except Overtaken:
        messages.warning(request, _("Kỳ này vừa được sửa sau khi anh chị mở trang. Xem lại rồi làm tiếp."))
        return redirect("recruitment:period-edit", period.pk)
    except Refused as refusal:
        messages.warning(request, _("Chưa bỏ được: cần %s.") % refusal)
        return redirect("recruitment:period", period.pk)
    messages.success(request, _("Đã bỏ kỳ “%s”.") % period.name)
    return redirect("recruitment:period-list")


@never_cache
@require_safe
def period_export(request, pk, form):
    """The completeness of a period as a file: every unit directly below the committee."""
    page = PeriodPage(request.access, pk, request.GET, columns.current().structure)
    return sent(request.user, listed(page), form)


@require_safe
def period(request, pk):
    """How complete a period is below a committee: who has reported, who is late, returned, accepted."""
    page = PeriodPage(request.access, pk, request.GET, columns.current().structure)
    return render(request, "recruitment/periods/period.html", {"page": page})
