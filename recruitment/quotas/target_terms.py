"""A target in its terms: by which rows it holds on the day, how its number comes about, what held before and what comes
after. No query."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from committees import vietnamese

from ..models import Quota
from .heirs import Borne, borne_on, told
from .targets import Target, months_of, of_quota, target_words, written

BEFORE, CURRENT, COMING = "before", "current", "coming"


@dataclass(frozen=True)
class Version:
    """One row of a committee's history. state: whether it holds on the day that counts, held before, or comes later;
    worked: how a rate or a yearly count comes to its number, "" where the number is written."""

    quota: Quota
    state: str
    worked: str

    @property
    def words(self):
        return written(self.quota)

    @property
    def stamp(self):
        return self.quota.stamp


@dataclass(frozen=True)
class Part:
    """What a committee that ended brings to the target of its heir: the value that held when it did, or a share of all
    that it bore. rows: the Versions it is made of; said: the act by which it came; words: what is borne of it."""

    code: str
    name: str
    last_day: date | None
    rows: list
    borne: Borne
    said: str
    words: str

    @property
    def version(self):
        """Its one row, where that came whole; None for a share, or for a sum of several."""
        return self.rows[0] if self.borne.quota else None

    @property
    def came(self):
        """The day of the act and its document."""
        return date.fromordinal(self.borne.came.day), self.borne.came.document


@dataclass(frozen=True)
class Terms:
    """target: what counts; versions: the committee's own history, the oldest first; parts: those of the committees
    that ended here."""

    target: Target | None
    versions: list
    parts: list

    @property
    def rows(self):
        """Everything a document set: for who wrote it."""
        return [*self.versions, *(version for part in self.parts for version in part.rows)]

    @property
    def summed(self):
        """Whether the number is a sum of several."""
        return bool(self.parts) and len(self.parts) + any(v.state == CURRENT for v in self.versions) > 1


def terms(snapshot, question, target):
    """The Terms of the target of a question's committee on its last day that counts. target: as `progress` found it."""
    plan, tree, p, group = question.plan, question.tree, question.position, question.group
    group_id = group.pk if group else None
    history = snapshot.small.quotas.get((plan.pk, group_id), {}).get(tree.id(p), [])
    held = [quota for quota in history if quota.effective_on <= question.day]
    versions = []
    for quota in history:
        state = COMING if quota.effective_on > question.day else CURRENT if quota is held[-1] else BEFORE
        versions.append(Version(quota, state, worked(snapshot, plan, quota)))
    parts, structure = [], snapshot.structure
    for borne in borne_on(snapshot, plan, question.day, tree, group_id).get(p, []):
        if not borne.own:
            i, rows = borne.source, [Version(q, CURRENT, worked(snapshot, plan, q)) for q in borne.quotas]
            name, last = structure.name_on(i, question.tree_on), structure.last_day(i, tree.day)
            words = target_words(borne.target)
            parts.append(Part(structure.codes[i], name, last, rows, borne, told(structure, borne), words))
    return Terms(target, versions, parts)


def worked(snapshot, plan, quota):
    """How a row's number comes about: "7 % × 467 đảng viên (ngày 31/12/2013) = 32,69, làm tròn lên 33"; "120 × 5 năm =
    600"; which number of a range or a "trở lên" is the one to reach. "" for a plain number."""
    target = of_quota(snapshot, plan, quota)
    if target.why_not:
        return _("chưa tính được: %s") % target.why_not
    said = []
    if quota.rate is not None:
        said.append(_of_members(quota, target))
    elif quota.per_year:
        said.append(_of_years(plan, quota, target))
    if target.to is not None:
        said.append(_("tính đạt từ mức thấp, %s") % vietnamese.number(target.value))
    elif quota.at_least:
        said.append(_("tính đạt khi có %s") % vietnamese.number(target.value))
    return "; ".join(said)


def _of_members(quota, target):
    exact = Fraction(quota.rate) * target.base / 100
    said = _("%(rate)s %% × %(base)s đảng viên (ngày %(day)s) = %(exact)s") % {
        "rate": _short(quota.rate),
        "base": vietnamese.number(target.base),
        "day": vietnamese.day(target.base_day),
        "exact": _short(exact),
    }
    return said if exact.denominator == 1 else _rounded_up(said, target.value)


def _of_years(plan, quota, target):
    months = months_of(plan)
    exact = Fraction(quota.low * months, 12)
    said = _("%(low)s mỗi năm × %(span)s = %(exact)s") % {
        "low": vietnamese.number(quota.low),
        "span": _("%s tháng : 12") % months if months % 12 else _("%s năm") % (months // 12),
        "exact": _short(exact),
    }
    return said if exact.denominator == 1 else _rounded_up(said, target.value)


def _rounded_up(said, value):
    return _("%(said)s, làm tròn lên %(n)s") % {"said": said, "n": vietnamese.number(value)}


def _short(x):
    """Up to six decimals, no more than say something."""
    return vietnamese.decimal(x, 6).rstrip("0").rstrip(",")
