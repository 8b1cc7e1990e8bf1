"""What a committee was to reach, on a day: shapes of a target, its history, its heirs."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from operator import add, gt

from django.utils.translation import gettext as _

from committees import vietnamese
from committees.vietnamese import add_months

from .allocation import share as share_out


@dataclass(frozen=True)
class Target:
    """A target as it counts on a day. `value` None with `why_not` when a rate has no base to be taken of."""

    value: int | None
    to: int | None = None
    rate: Fraction | None = None
    base: int | None = None
    base_day: date | None = None
    at_least: bool = False
    per_year: int | None = None  # of a yearly count: so many in each year of the plan
    per_year_to: int | None = None  # the upper end, where the yearly count is a range
    why_not: str | None = None
    effective_on: date | None = None
    document: str = ""
    reason: str = ""

    @property
    def plain(self):
        """Whether the number alone says all: neither a range, a rate, a yearly count nor "trở lên"."""
        return self.to is None and self.rate is None and self.per_year is None and not self.at_least

    def as_json(self):
        """The extra keys that other shapes than a plain number add beside "target" (contracts §1).

        target_to: a range's upper end. rate: per cent of the members, as text; base: {"value", "day"} of those members,
        as counted on the last day there is one of. per_year: so many in each year of the plan, "target" being all of
        them. at_least: true for "từ N trở lên". why_not: why "target" is null though one was given.
        """
        said = {}
        if self.rate is not None:
            said["rate"] = _digits(self.rate).replace(",", ".")
        if self.to is not None:
            said["target_to"] = self.to
        if self.base is not None:
            said["base"] = {"value": self.base, "day": self.base_day.isoformat()}
        if self.per_year is not None:
            said["per_year"] = self.per_year
        if self.at_least:
            said["at_least"] = True
        if self.why_not:
            said["why_not"] = self.why_not
        return said


def written(quota):
    """A quota row as its document says it: "9.352", "170–200", "7 %", "từ 15 trở lên", "120 mỗi năm"."""
    said = _rate(quota.rate) if quota.rate is not None else _span(quota.low, quota.high)
    said = _("%s mỗi năm") % said if quota.per_year else said
    return _("từ %s trở lên") % said if quota.at_least else said


def target_words(target):
    """A Target as it counts: "9.352", "170–200", "từ 15 trở lên", "600 (120 mỗi năm)", "15 (3 % của 467 đảng viên ngày
    31/12/2024)"; "–" for none. Organisations that come or go move a rate's base, so it is said with its day."""
    return _counted(target, base_words(target))


def target_short(target):
    """The same for a cell of a table, which says `base_words` beside it: "15 (3 %)"."""
    return _counted(target, "" if target is None or target.rate is None else _rate(target.rate))


def base_words(target):
    """What a rate is taken of: "3 % của 467 đảng viên ngày 31/12/2024", or why it cannot be; "" for any other shape."""
    if target is None or target.rate is None:
        return ""
    if target.base is None:
        return _("%(rate)s, %(why)s") % {"rate": _rate(target.rate), "why": target.why_not}
    return _("%(rate)s của %(base)s đảng viên ngày %(day)s") % {
        "rate": _rate(target.rate),
        "base": vietnamese.number(target.base),
        "day": vietnamese.day(target.base_day),
    }


def _counted(target, of_what):
    if target is None or target.value is None:
        return "–"
    said = _span(target.value, target.to)
    if of_what:
        said = f"{said} ({of_what})"
    if target.per_year is not None:
        yearly = _span(target.per_year, target.per_year_to)
        said = f"{said} ({_('%s mỗi năm') % yearly})"
    return _("từ %s trở lên") % said if target.at_least else said


def _span(low, high):
    said = vietnamese.number(low)
    return said if high is None else f"{said}–{vietnamese.number(high)}"


def share_words(share):
    """A part of one whole in per cent: "60 %"."""
    return _rate(share * 100)


def _rate(rate):
    return f"{_digits(rate)} %"


def _digits(rate):
    return vietnamese.decimal(rate, 4).rstrip("0").rstrip(",")


def years_of(plan):
    """[(first, last)] of the years of a plan's period, both days inclusive: twelve months each from its first day; what
    is left over at the end is a shorter one."""
    found, k = [], 0
    while (first := add_months(plan.since, 12 * k)) < plan.until:
        k += 1
        found.append((first, min(add_months(plan.since, 12 * k), plan.until) - timedelta(days=1)))
    return found


def months_of(plan):
    """The months of a plan's period, one at least."""
    return _months(plan.since, plan.until)


def _months(since, until):
    return max(1, (until.year - since.year) * 12 + until.month - since.month)


def in_years(plan, number):
    """So many in each year of a plan's period, added up; a broken year counts by its months, rounded up."""
    return ceil(Fraction(number * months_of(plan), 12))


def of_year(quota, first, last):
    """The Target of one year of a yearly count, both days inclusive, as `years_of` gives them; None for any other shape."""
    if not quota.per_year:
        return None
    months = _months(first, last + timedelta(days=1))
    low, high = (None if n is None else ceil(Fraction(n * months, 12)) for n in (quota.low, quota.high))
    return Target(
        low, high, at_least=quota.at_least, effective_on=quota.effective_on, document=quota.document,
        reason=quota.reason,
    )  # fmt: skip


NO_BASE = "chưa có số đảng viên trong 12 tháng trước ngày %s"


def base_day(plan, quota):
    """The day on which a rate's members are counted."""
    return quota.base_on or plan.since


def of_quota(snapshot, plan, quota):
    """The Target of one quota row. A rate is the fewest people who reach it of the committee's own latest headcount
    within the 12 months before its base day (the plan's first unless it names one), that day included; rounded up."""
    about = {
        "at_least": quota.at_least, "effective_on": quota.effective_on,
        "document": quota.document, "reason": quota.reason,
    }  # fmt: skip
    if quota.rate is None:
        if not quota.per_year:
            return Target(quota.low, quota.high, **about)
        to = None if quota.high is None else in_years(plan, quota.high)
        return Target(in_years(plan, quota.low), to, per_year=quota.low, per_year_to=quota.high, **about)
    rate, last = Fraction(quota.rate), base_day(plan, quota)
    first = add_months(last, -12)
    counts = [c for c in snapshot.small.headcounts.get(quota.committee_id, ()) if first <= c.day <= last]
    if not counts:
        return Target(None, rate=rate, why_not=NO_BASE % vietnamese.day(last), **about)
    base = counts[-1]
    return Target(ceil(rate * base.members / 100), rate=rate, base=base.members, base_day=base.day, **about)


def added(parts):
    """Targets added up, a merger's or those of the years of a term: whole numbers; one not known leaves the sum unknown.
    One alone is itself; None where one of several is none."""
    if len(parts) == 1:
        return parts[0]
    if None in parts:
        return None
    missing = next((part.why_not for part in parts if part.value is None), None)
    if missing:
        return Target(None, why_not=missing)
    to = sum(part.to if part.to is not None else part.value for part in parts)
    low = sum(part.value for part in parts)
    return Target(
        low,
        to if any(part.to is not None for part in parts) else None,
        at_least=all(part.at_least for part in parts),
    )


def shared(target, shares):
    """A Target parted by Shares that make one whole: whole numbers by largest remainder, together exactly the whole, a
    range at both ends; of a rate, what it came to of the old unit's own members. Each holds from the day of the act by
    its document."""
    if target is None:
        return [None] * len(shares)
    about = [{"effective_on": date.fromordinal(share.day), "document": share.document} for share in shares]
    if target.value is None:
        return [Target(None, why_not=target.why_not, **said) for said in about]
    weights = [share.share for share in shares]
    low, high = share_out(target.value, weights), [None] * len(shares)
    if target.to is not None:
        high = share_out(target.to, weights)
        if any(map(gt, low, high)):  # a larger whole may give one less by largest remainder
            high = list(map(add, low, share_out(target.to - target.value, weights)))
    return [
        Target(n, to, at_least=target.at_least, **said) for n, to, said in zip(low, high, about, strict=True)
    ]
