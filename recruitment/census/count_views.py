"""The members of one committee on one day, written down or put right."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from committees import vietnamese
from committees.access import STRUCTURE
from committees.editing import Overtaken, VersionedForm
from committees.models import Headcount

from .. import columns, fields
from ..inputs import Day, Parsed
from ..quotas.deeds import Refused
from ..quotas.place import name_on
from ..quotas.plan_forms import Refusable
from . import counting
from .period import of_day

_NUMBER = {"inputmode": "numeric", "class": "w-date", "autocomplete": "off"}


class CountForm(Refusable, VersionedForm):
    """Members on a day. Where the day was counted before, its numbers are shown and a reason is wanted."""

    day = Day(fields.past_day, label=gettext_lazy("Vào ngày"), required=True)
    members = Parsed(
        fields.count, label=gettext_lazy("Số đảng viên"), required=True, widget=forms.TextInput(_NUMBER)
    )
    probationary = Parsed(
        fields.count, label=gettext_lazy("Trong đó dự bị"), widget=forms.TextInput(_NUMBER),
        help_text=gettext_lazy("Để trống nếu chưa đếm riêng."),
    )  # fmt: skip
    reason = Parsed(
        fields.text(400), label=gettext_lazy("Lý do sửa"), required=True,
        widget=forms.TextInput({"class": "w-name", "autocomplete": "off"}),
        help_text=gettext_lazy("Ghi vào nhật ký, ví dụ: đếm sót đảng viên mới chuyển đến."),
    )  # fmt: skip

    def __init__(self, data=None, *, row, day):
        super().__init__(data, row=row, initial={"day": vietnamese.day(day)})
        if row is None:
            del self.fields["reason"]
        else:
            self.fields["day"].disabled = True

    def values_of(self, row):
        return {"members": row.members, "probationary": row.probationary}

    def values(self):
        """What `counting.count` takes."""
        said = self.cleaned_data
        return {name: said[name] for name in ("members", "probationary")} | {
            "reason": said.get("reason") or ""
        }


@require_http_methods(["GET", "HEAD", "POST"])
def headcount(request):
    """The members of a committee on a day (`committee`, `on`)."""
    access = request.access
    code = request.GET.get("committee", "")
    if not code:
        access.require(STRUCTURE)
        raise Http404
    committee = access.committee(code, STRUCTURE)
    day = _day(request.GET.get("on", ""), access.today)
    row = Headcount.objects.filter(committee=committee, day=day).first()
    form = CountForm(request.POST if request.method == "POST" else None, row=row, day=day)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        on = day if row is not None else said["day"]
        try:
            counting.count(
                by=request.user,
                committee=committee,
                day=on,
                row=row,
                stamp=said.get("stamp"),
                **form.values(),
            )
        except Refused as refusal:
            form.refused(refusal)
        except Overtaken as other:
            form.overtaken(other.fresh)
        else:
            messages.success(request, _("Đã ghi số đảng viên ngày %s.") % vietnamese.day(on))
            return redirect(_sheet(code, on))
    context = {
        "form": form, "row": row, "code": code, "sheet": _sheet(code, day),
        "name": name_on(columns.current(), code, access.today),
    }  # fmt: skip
    return render(request, "recruitment/census/headcount.html", context, status=form.status)


def _day(text, today):
    """The day an address names; today where it names none."""
    try:
        return vietnamese.parse_day(text) if text else today
    except ValueError:
        return today


def _sheet(code, day):
    """The table of the quarter that a count closes or lies in."""
    period = of_day(day)
    return f"{reverse('recruitment:flow-sheet')}?committee={code}&year={period.year}&part={period.part}"
