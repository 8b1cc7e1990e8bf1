"""The term of a committee, with which its numbers begin anew."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from committees import vietnamese
from committees.vietnamese import day as written

from ..models import Plan

# About five years; days of congresses are mostly not recorded.
TERM_MONTHS = 5 * 12
# A plan of a congress for less than this is not one for its term.
_LEAST_MONTHS = 24


@dataclass(frozen=True)
class Term:
    """Days, both inclusive, within which a body gives a number once. plan: the Plan of the congress that says so; None
    where no congress is recorded: then five years to either side of a day."""

    first: date
    last: date
    plan: object = None

    def __contains__(self, on):
        return self.first <= on <= self.last

    @property
    def said(self):
        """Where the days are from, in words."""
        if self.plan is None:
            words = _(
                "Các số từ %(first)s. Sổ chưa ghi nhiệm kỳ của cấp ủy này nên xét số trong vòng năm năm."
            )
            return words % {"first": written(self.first)}
        days = {"first": written(self.first), "last": written(self.last), "plan": self.plan.name}
        return _("Nhiệm kỳ %(first)s – %(last)s, theo %(plan)s.") % days


def term_of(committee_id, on):
    """The Term of a committee around a day: that of its congress's plan, else five years either way. One query."""
    plans = Plan.objects.filter(
        committee_id=committee_id, kind=Plan.Kind.CONGRESS, term=None, since__lte=on, until__gt=on
    )
    for plan in plans.order_by("-since", "pk"):
        if vietnamese.months_between(plan.since, plan.until) >= _LEAST_MONTHS:
            return Term(plan.since, plan.until - timedelta(days=1), plan)
    first, last = (vietnamese.add_months(on, months) for months in (-TERM_MONTHS, TERM_MONTHS))
    return Term(first, last)
