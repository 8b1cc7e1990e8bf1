"""What may be asked of a book: a year, or the whole of a term, beside what any list of people is asked."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day

from ...pipeline.filters import PeopleConditions, RoadForm, Year
from ...quotas.filters import Choice
from ...quotas.forms import plans_for


def year():
    return Year(label=_("Năm"), min_value=1930, max_value=2199, method="in_year")


def term():
    return Choice(label=_("Nhiệm kỳ"), choices=[], method="in_term")


class Spans:
    """A year, or a term: the days of a plan of several years, since days of congresses are not recorded. `dated`: the
    column with the day a row stands under."""

    dated = "day"

    def prepare(self):
        super().prepare()
        terms, _first = plans_for(self.snapshot, self.committee.code, self.access.today, among=_several_years)
        found = [(one.code, f"{one.name}, {day(one.since)} – {day(one.last_day)}") for one in terms]
        self.filters["span"].extra["choices"] = [("", _("Mọi nhiệm kỳ")), *found]

    def in_year(self, rows, name, year):
        return self._between(rows, date(year, 1, 1), date(year, 12, 31))

    def in_term(self, rows, name, code):
        plan = self.snapshot.small.plans[code]
        return self._between(rows, plan.since, plan.last_day)

    def _between(self, rows, first, last):
        """Rows of these days, both inclusive."""
        days = rows.rows[self.dated]
        return rows.narrow((days >= first.toordinal()) & (days <= last.toordinal()))


def _several_years(plan):
    return (plan.last_day - plan.since).days > 366


class CandidateConditions(Spans, PeopleConditions):
    year, span, dated = year(), term(), "entered"

    class Meta(PeopleConditions.Meta):
        form = RoadForm


class AdmissionConditions(Spans, PeopleConditions):
    year, span, dated = year(), term(), "decided"

    class Meta(PeopleConditions.Meta):
        form = RoadForm


class EndingConditions(PeopleConditions):
    """Probations that end, by when."""

    ends = Choice(
        label=_("Hết 12 tháng"),
        choices=[
            ("", _("Đã hết hoặc trong 90 ngày")),
            ("over", _("Đã hết, chưa công nhận")),
            ("30", _("Trong 30 ngày")),
            ("60", _("Trong 60 ngày")),
        ],
        method="ending",
    )

    class Meta(PeopleConditions.Meta):
        form = RoadForm

    def ending(self, rows, name, value):
        left = rows.ends - rows.on
        return rows.narrow(left < 0 if value == "over" else (left >= 0) & (left <= int(value)))
