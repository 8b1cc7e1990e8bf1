"""The exchange sheet as an account may ask for it: page and file ask the same object."""

from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.access import PEOPLE
from committees.forms import DayField

from .. import columns
from ..quotas.forms import Answering
from ..quotas.listing import where
from ..quotas.place import AskedOf
from ..quotas.progress import Unanswerable
from ..quotas.question import ask, seen_by
from .exchange import COLUMNS, Newly
from .exports import Export, Unanswered


class PeriodForm(Answering, forms.Form):
    """From a day to a day, both inclusive; this year where none is said."""

    since = DayField(label=gettext_lazy("Quyết định từ ngày"))
    last = DayField(label=gettext_lazy("Đến hết ngày"))

    def __init__(self, data, today):
        first = date(today.year, 1, 1)
        super().__init__(
            {
                "since": data.get("since") or vietnamese.day(first),
                "last": data.get("last") or vietnamese.day(today),
            }
        )
        self.today = today

    def clean(self):
        said = super().clean()
        if said.get("since") and said.get("last"):
            if said["last"] < said["since"]:
                self.add_error("last", _("Ngày cuối phải từ ngày đầu trở đi."))
            elif said["last"] > self.today:
                self.add_error("last", _("Ngày cuối không sau hôm nay, %s.") % vietnamese.day(self.today))
        return said


class ExchangePage(AskedOf):
    """Whom the sheet would hold, and which required columns would be empty for how many. 404, 403 as the door."""

    def __init__(self, access, params):
        self.access = access
        self.committee = where(access, PEOPLE, params.get("committee"))
        self.snapshot = columns.current()
        self.form, self.question = PeriodForm(params, access.today), None
        if self.form.is_valid():
            self.since, self.last = self.form.cleaned_data["since"], self.form.cleaned_data["last"]
            found = self._asked()
            self.question = found and found[0]

    def _asked(self):
        try:
            return ask(self.snapshot, self.committee.code, on=self.last)
        except Unanswerable as error:
            return self.form.refused(error)

    @cached_property
    def people(self):
        known = seen_by(self.access, PEOPLE, self.snapshot, self.snapshot.places(self.snapshot.admissions))
        return Newly(self.snapshot, self.question, self.since, known)

    @property
    def count(self):
        return len(self.people)

    @property
    def lacking(self):
        """[(heading, people of whom it is empty, why)] of the required columns that are empty for anybody."""
        return [(heading, n, _why(COLUMNS[heading])) for heading, n in self.people.lacking().items() if n]

    @property
    def listed(self):
        """The list of the same people."""
        asked = {
            "committee": self.committee.code,
            "decided_from": self.since.isoformat(),
            "on": self.last.isoformat(),
        }
        return f"{reverse('recruitment:admission-list')}?{urlencode(asked)}"

    @property
    def file(self):
        asked = {
            "committee": self.committee.code,
            "since": self.since.isoformat(),
            "last": self.last.isoformat(),
        }
        return f"{reverse('recruitment:list-export', args=['exchange', 'xlsx'])}?{urlencode(asked)}"


def _why(field):
    if not field:
        return _("Sổ này không giữ; điền ở tệp tải về.")
    if field == "official":
        return _("Còn dự bị, hoặc chưa ghi ngày chính thức.")
    if field == "native_province":
        return _("Chưa ghi quê quán, hoặc quê quán không ghi tỉnh sau dấu phẩy.")
    return _("Chưa ghi trong sổ.")


def exchange(access, params):
    """The sheet as an Export: its headings stand in the first row, as those who take it in expect."""
    page = ExchangePage(access, params)
    if page.question is None:
        raise Unanswered
    period = _("Quyết định từ %(since)s đến %(last)s") % {
        "since": vietnamese.day(page.since), "last": vietnamese.day(page.last),
    }  # fmt: skip
    return Export(
        name="exchange", title=_("Bảng gửi cơ sở dữ liệu đảng viên"), headings=list(COLUMNS),
        rows=(line.cells() for line in page.people.lines()), count=page.count, conditions=[period],
        said={"since": page.since.isoformat(), "last": page.last.isoformat()}, committee=page.committee,
        place=page.name, on=page.last, bare=True,
    )  # fmt: skip
