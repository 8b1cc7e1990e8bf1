"""The calendar of days off and days worked in their place: read by everyone signed in, kept by who keeps the rules."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from committees import vietnamese
from committees.editing import Overtaken

from .. import columns
from ..models import Holiday
from ..rules.working_days import FIRST, LAST
from . import calendar_deeds, pages
from .deeds import Refused
from .forms import HolidayForm, RemovalForm, YearForm
from .views import form_methods, keep

WEEKDAYS = [
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
]


@dataclass(frozen=True)
class Month:
    """A month of the calendar: its number, the working days in it, and [(Holiday, weekday)] written down."""

    number: int
    working: int
    days: list


def months(calendar, year, rows):
    """[Month] of a year. rows: its Holidays in order of day."""
    found = []
    for number in range(1, 13):
        first = date(year, number, 1).toordinal()
        every = [date.fromordinal(first + k) for k in range(monthrange(year, number)[1])]
        days = [(row, WEEKDAYS[row.day.weekday()]) for row in rows if row.day.month == number]
        found.append(Month(number, sum(map(calendar.works, every)), days))
    return found


@require_safe
def calendar(request):
    """A year's days off and days worked, by month."""
    request.access.self_service()
    form, year = YearForm(request.GET or None), request.access.today.year
    if form.is_valid():
        year = form.cleaned_data["year"]
    rows = list(Holiday.objects.filter(day__year=year).order_by("day"))
    context = {
        "form": form if form.is_bound else YearForm(initial={"year": year}),
        "year": year,
        "months": months(columns.current().calendar, year, rows),
        "none_off": not any(row.what == Holiday.What.OFF for row in rows),
        "unconfirmed": sum(row.mark != "S" for row in rows),
        "before": year - 1 if year > FIRST.year else None,
        "after": year + 1 if year < LAST.year else None,
        "may_change": pages.keeps_the_book(request.access),
    }
    return render(request, "recruitment/rulebook/calendar.html", context, status=400 if form.errors else 200)


@form_methods
def holiday_new(request):
    """Write a day down."""
    keep(request.access)
    form = HolidayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            row = calendar_deeds.add_holiday(by=request.user, **form.values())
        except Refused as refusal:
            form.refused(refusal)
        else:
            return _kept(request, row, _("Đã ghi ngày %s. Các thời hạn đã tính lại."))
    return render(request, "recruitment/rulebook/holiday.html", {"form": form}, status=form.status)


@form_methods
def holiday_edit(request, pk):
    """Put a day right."""
    keep(request.access)
    row = get_object_or_404(Holiday, pk=pk)
    form = HolidayForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        try:
            calendar_deeds.change_holiday(
                row, by=request.user, stamp=form.cleaned_data["stamp"], **form.values()
            )
        except Refused as refusal:
            form.refused(refusal)
        except Overtaken as other:
            form.overtaken(other.fresh)
        else:
            return _kept(request, row, _("Đã sửa ngày %s. Các thời hạn đã tính lại."))
    return render(
        request, "recruitment/rulebook/holiday.html", {"form": form, "row": row}, status=form.status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_remove(request, pk):
    """Take a day out of the calendar, with the reason."""
    keep(request.access)
    row = get_object_or_404(Holiday, pk=pk)
    form = RemovalForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        said = form.cleaned_data
        try:
            calendar_deeds.remove_holiday(row, by=request.user, reason=said["reason"], stamp=said["stamp"])
        except Overtaken as other:
            form.overtaken(other.fresh)
        else:
            return _kept(request, row, _("Đã bỏ ngày %s khỏi lịch. Các thời hạn đã tính lại."))
    context = {"form": form, "row": row, "weekday": WEEKDAYS[row.day.weekday()]}
    return render(request, "recruitment/rulebook/holiday_remove.html", context, status=form.status)


def _kept(request, row, said):
    messages.success(request, said % vietnamese.day(row.day))
    return redirect(f"{reverse('recruitment:calendar')}?year={row.day.year}")
