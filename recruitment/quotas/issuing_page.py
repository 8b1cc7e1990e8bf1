"""The page on which a draft is issued: which targets would change, and by how much."""

from dataclasses import dataclass
from functools import cached_property

from ..models import Group, Portion
from .balance import Balance
from .draft_pages import Around
from .issuing import borne_beside, histories, in_force, stands
from .targets import target_words, written


@dataclass(frozen=True)
class Change:
    """One target that the draft writes. before: what is in force, in words, "" for a first one; wanted: why it was
    refused."""

    name: str
    group: str
    before: str
    number: int
    moved: int | None
    wanted: str


class IssuePage(Around):
    """A draft on its way to become targets. Two queries."""

    def __init__(self, access, snapshot, draft, form, refused, rival):
        """refused: {(committee id, group id): [what is wanted]}; rival: the entry that wrote the draft meanwhile."""
        super().__init__(access, snapshot, snapshot.small.plans[draft.plan.code], draft.committee)
        self.draft, self.form, self.refused, self.rival = draft, form, refused, rival

    @cached_property
    def _portions(self):
        found = Portion.objects.filter(allotment=self.draft).exclude(number=None)
        return list(found)

    @cached_property
    def changes(self):
        """[Change] in the order of the units, the whole before its groups."""
        day = (self.form.is_bound and self.form.cleaned_data.get("effective_on")) or self.below.day
        past = histories(self.plan, {portion.committee_id for portion in self._portions})
        standing = self.snapshot.structure
        borne = borne_beside(self.plan, standing, [portion.committee_id for portion in self._portions], day)
        groups: dict[int | None, Group] = {group.pk: group for group in self.snapshot.groups}
        order = {unit.pk: at for at, unit in enumerate(self.units)}
        found = []
        for portion in self._portions:
            key = portion.committee_id, portion.group_id
            quota, group = in_force(past[key], day), groups.get(portion.group_id)
            target = borne.get(key)
            if stands(quota, target, portion.number):
                continue
            plain = quota is not None and quota.rate is None and not quota.per_year
            moved = portion.number - quota.low if plain else None
            if target is not None:
                moved = None if target.value is None else portion.number - target.value
            change = Change(
                name=self.snapshot.structure.name_on(self.snapshot.structure.index[key[0]], self.below.day),
                group=group.name if group else "",
                before=target_words(target) if target else written(quota) if quota else "",
                number=portion.number,
                moved=moved,
                wanted="; ".join(self.refused.get(key, ())),
            )
            found.append(((order.get(key[0], len(order)), group.order if group else -1), change))
        return [change for _key, change in sorted(found, key=lambda pair: pair[0])]

    @property
    def same(self):
        """How many numbers of the draft stand already."""
        return len(self._portions) - len(self.changes)

    @property
    def renews(self):
        """Whether any target is changed, and not only given for the first time: then a reason is wanted."""
        return any(change.before for change in self.changes)

    @cached_property
    def balance(self):
        """The Balance once issued: units without a number keep theirs."""
        numbers = {row.committee_id: row.number for row in self._portions if row.group_id is None}
        after = self.below.now(None) | numbers
        known = {unit.pk for unit in self.units}
        return Balance(self.below.goal(), sum(n or 0 for pk, n in after.items() if pk in known))
