"""The pages of handing a target down: what is in force and which drafts there are, one draft being typed, drafts beside
each other. Each asks `Below`, and the database a fixed number of times."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.access import PEOPLE, TARGETS

from ..models import Allotment, Portion
from .balance import Balance
from .below import Below, Method, Unit
from .groups import choices
from .issuing import DEED
from .place import name_on
from .plan_tables import who
from .targets import target_words

MOST_COMPARED = 3


def drafts_of(plan, committee):
    """The committee's drafts under a plan, the newest first, each with the sum of its numbers (`total`). One query."""
    found = Allotment.objects.filter(plan=plan, committee_id=committee.pk).select_related("plan", "committee")
    return list(found.annotate(total=Sum("portions__number", filter=Q(portions__group=None))).order_by("-pk"))


class Around:
    """What every page here has: a plan, a committee, the units below it."""

    def __init__(self, access, snapshot, plan, committee):
        self.access, self.snapshot, self.plan, self.committee = access, snapshot, plan, committee
        self.below = Below(snapshot, plan, committee.pk, today=access.today)
        self.may_set = access.may(TARGETS, committee.pk)

    @property
    def name(self):
        return self.below.name

    @property
    def units(self):
        return self.below.units

    @cached_property
    def home(self):
        return reverse("recruitment:allotment-list", args=[self.plan.code, self.committee.code])

    @cached_property
    def balance(self):
        """What is in force: the whole's target and what the units' come to."""
        return Balance(self.below.goal(), sum(number or 0 for number in self.below.now(None).values()))


@dataclass(frozen=True)
class DraftLine:
    """A draft in a list. mine: whether its issue may be taken back by who looks, as a slip of today."""

    draft: Allotment
    balance: Balance
    writer: str
    mine: bool


class HandingDown(Around):
    """What the units have, and the drafts: all of them to who hands down, those issued to everybody else."""

    @cached_property
    def _lines(self):
        drafts = drafts_of(self.plan, self.committee)
        entries, goal = journal.entries_of(drafts), self.below.goal()
        found = []
        for one in drafts:
            entry = entries.get(one.stamp)
            mine = (
                one.issued_on is not None and entry is not None and entry.is_todays(DEED, self.access.account)
            )
            found.append(DraftLine(one, Balance(goal, one.total or 0), who(entry), mine))
        return found

    @property
    def drafts(self):
        """Those open, and those issued."""
        return (
            [line for line in self._lines if line.draft.dropped_on is None] if self.may_set else self.issued
        )

    @property
    def issued(self):
        return [line for line in self._lines if line.draft.issued_on is not None]

    @property
    def dropped(self):
        return [line for line in self._lines if line.draft.dropped_on is not None] if self.may_set else []

    @property
    def comparable(self):
        """Whether there is more than one to set beside each other."""
        return self.may_set and len(self.drafts) > 1

    @cached_property
    def rows(self):
        """[(Unit, [target of the whole and of each group, in words])]."""
        targets = [self.below.targets(group) for group in (None, *self.below.grouped)]
        return [(unit, [target_words(found.get(unit.position)) for found in targets]) for unit in self.units]


@dataclass(frozen=True)
class Cell:
    """A number to be typed: its field, what is in force in words, and by how much it differs from what was suggested."""

    field: object
    group: object
    now: str
    moved: int | None


@dataclass(frozen=True)
class Line:
    """A unit of a draft being typed, beside what speaks for its number."""

    unit: Unit
    members: object
    facts: list  # [(words for a phone, number, address or "")]
    now: str
    suggested: int | None
    cells: list
    note: object
    stranger: bool


class Editor(Around):
    """One draft being typed."""

    def __init__(self, access, snapshot, allotment, form):
        super().__init__(access, snapshot, form.below.plan, allotment.committee)
        self.below, self.draft, self.form = form.below, allotment, form

    @property
    def groups(self):
        return self.form.columns[1:]

    @cached_property
    def others(self):
        """Groups that have no column yet, each with the address that adds it."""
        here = [group.code for group in self.groups]
        return [
            (label, "?" + urlencode({"group": [*here, code]}, doseq=True))
            for code, label in choices(self.snapshot, self.committee.code, self.access.today)
            if code not in here
        ]

    @cached_property
    def balances(self):
        """[(Group or None, Balance)] of the columns."""
        return [(group, self.form.balance(group)) for group in self.form.columns]

    @cached_property
    def facts(self):
        """[(heading, {position: number}, addresses of the lists behind: code -> address)]; a fact that nobody has is no
        column."""
        below, people = self.below, self.access.may(PEOPLE, self.committee.pk)
        _first, last = below.last_period
        before = self.plan.previous
        asked = [
            (_("Nguồn đang có"), below.pool, "candidacy-list" if people else "", {"on": below.known}),
            (_("Đơn vị đăng ký"), below.declared, "", {}),
            (
                _("Kết quả kỳ trước"), below.last,
                "" if before is None else "admission-list" if people else "dashboard",
                {"plan": before.code if before else "", "on": last},
            ),
        ]  # fmt: skip
        return [fact for fact in asked if any(fact[1].values())]

    @property
    def last_period(self):
        """ "01/01/2026 – 30/11/2026", of the results told; "" where there are none."""
        return (
            " – ".join(map(vietnamese.day, self.below.last_period)) if any(self.below.last.values()) else ""
        )

    @property
    def lines(self):
        known = {unit.pk for unit in self.units}
        return [self._line(unit, unit.pk not in known) for unit in self.form.units]

    def _line(self, unit, stranger):
        below, form, facts = self.below, self.form, []
        for heading, numbers, opens, asked in self.facts:
            n = numbers.get(unit.position, 0)
            facts.append((heading, n, _address(opens, unit.code, asked) if n else ""))
        cells = []
        for group in form.columns:
            portion = form.portions.get((unit.pk, group and group.pk))
            typed, suggested = form.typed(unit, group), portion.suggested if portion else None
            cells.append(
                Cell(
                    field=form[form.keys[unit.pk, group and group.pk]],
                    group=group,
                    now=_plain(below.targets(group).get(unit.position)),
                    moved=None if None in (typed, suggested) else typed - suggested,
                )
            )
        whole = form.portions.get((unit.pk, None))
        return Line(
            unit=unit,
            members=below.members.get(unit.position),
            facts=facts,
            now=target_words(below.targets().get(unit.position)),
            suggested=whole.suggested if whole else None,
            cells=cells,
            note=form[f"note{unit.pk}"],
            stranger=stranger,
        )

    @property
    def width(self):
        """How many columns stand beside the names."""
        optional = [self.below.members, self.shows_now, self.suggests]
        return sum(map(bool, optional)) + len(self.facts) + len(self.form.columns) + 1

    @property
    def suggests(self):
        """Whether the first numbers were worked out, and not what stood before."""
        return self.draft.method != Method.HAND

    @cached_property
    def shows_now(self):
        return any(unit.position in self.below.targets() for unit in self.units)


def _address(name, code, asked):
    if not name:
        return ""
    if name == "dashboard":
        return f"{reverse('recruitment:dashboard', args=[code])}?{urlencode(asked)}"
    return f"{reverse(f'recruitment:{name}')}?{urlencode({'committee': code, **asked})}"


def _plain(target):
    """The number an empty field keeps; "" for none."""
    return "" if target is None or target.value is None else str(target.value)


@dataclass(frozen=True)
class Difference:
    """A unit, in all or for a group, on which what is compared differs. cells: [(number or None, beyond what is in
    force or None)]."""

    unit: int
    name: str
    group: str
    now: str
    cells: list


class Comparison(Around):
    """Up to MOST_COMPARED drafts beside each other and beside what is in force; only where they differ. Two queries."""

    def __init__(self, access, snapshot, plan, committee, chosen):
        """chosen: ids asked for, as typed; none that is a draft here: the newest."""
        super().__init__(access, snapshot, plan, committee)
        known = [one for one in drafts_of(plan, committee) if one.dropped_on is None]
        asked = [one for one in known if str(one.pk) in chosen] or known
        self.drafts, self.more = asked[:MOST_COMPARED], len(asked) > MOST_COMPARED
        self._portions = {one.pk: {} for one in self.drafts}
        for row in Portion.objects.filter(allotment__in=self.drafts):
            self._portions[row.allotment_id][row.committee_id, row.group_id] = row.number

    @cached_property
    def columns(self):
        """[(Allotment, Balance)]"""
        return [(one, Balance(self.below.goal(), one.total or 0)) for one in self.drafts]

    @cached_property
    def differences(self):
        """[Difference], the whole of every unit before its groups."""
        groups = {group.pk: group for group in self.snapshot.groups}
        keys = {key for numbers in self._portions.values() for key in numbers}
        names = {unit.pk: (at, unit.name, unit.position) for at, unit in enumerate(self.units)}
        found = []
        for unit, group in keys:
            at, name, position = names.get(unit, (len(names), self._gone(unit), None))
            target = self.below.targets(groups.get(group)).get(position)
            now = target.value if target else None
            numbers = [self._portions[one.pk].get((unit, group)) for one in self.drafts]
            told = [now if number is None else number for number in numbers]
            if len({*told, now} if now is not None else set(told)) > 1:
                cells = [(n, None if None in (n, now) or n == now else n - now) for n in numbers]
                order = groups[group].order if group else -1
                said = groups[group].name if group else ""
                found.append(
                    ((at, order, group or 0), Difference(unit, name, said, target_words(target), cells))
                )
        return [difference for _key, difference in sorted(found, key=lambda pair: pair[0])]

    def _gone(self, pk):
        structure = self.snapshot.structure
        return name_on(self.snapshot, structure.codes[structure.index[pk]], self.below.day)

    @cached_property
    def alike(self):
        """How many units all say the same of."""
        return len(self.units) - len(
            {one.unit for one in self.differences} & {unit.pk for unit in self.units}
        )
