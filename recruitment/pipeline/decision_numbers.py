"""Whose number each decision of a meeting bears, what those bodies reserved, and what is strange about a number beside that.
A page of a province holds dossiers of many committees: each takes its numbers from its own."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from committees.models import Kind

from ..models import NumberBlock
from ..numbering import doubts as numbers
from ..numbering.blocks import Left, lefts_of, running
from ..numbering.bodies import body_of
from ..numbering.offers import SIGNS
from ..rules.papers import ABOVE
from .admitting import Doubt
from .followed import follower

# Bodies of which a page counts what is left; each costs ten queries.
BODIES = 5
_SIGN = SIGNS["decision"]


@dataclass(frozen=True)
class Offer:
    """A block numbers may be taken from. name: of the body, "" where all lines are its; picks: ids of the candidacies whose
    decisions bear its numbers."""

    left: Left
    name: str
    picks: frozenset


class Givers:
    """Who numbers the decisions of a day that are entered at a committee. No query."""

    def __init__(self, snapshot, committee, on):
        self.snapshot, self.structure, self.on = snapshot, snapshot.structure, on
        self.delegated = committee.pk if is_delegated(self.structure, committee, on) else None

    def of(self, candidacy):
        """Ids of the committees whose number the decision may bear: the one that decides, and the grassroots committee to
        which it was delegated; none where nobody answers for the candidacy."""
        i = follower(self.snapshot, candidacy, self.on)
        body = body_of(self.structure, self.structure.ids[i], self.on, ABOVE) if i >= 0 else -1
        own = self.structure.ids[body] if body >= 0 else None
        return [pk for pk in dict.fromkeys((own, self.delegated)) if pk is not None]

    def offers(self, candidacies, *, first=(), pressed=""):
        """([Offer], how many bodies more have a block open) for these dossiers: of BODIES bodies, before others those of the
        block `pressed` (its id as sent) and of the candidacies whose ids are `first`. One query where no block is open, else
        ten a body."""
        giving = {one.pk: self.of(one) for one in candidacies}
        picks = {}
        for pk, bodies in giving.items():
            for body in bodies:
                picks.setdefault(body, set()).add(pk)
        blocks = {}
        for block in running(picks, self.on, _SIGN):
            blocks.setdefault(block.committee_id, []).append(block)
        ticked = Counter(body for pk in first for body in giving.get(pk, ()))
        order = sorted(
            blocks,
            key=lambda body: (
                all(str(block.pk) != pressed for block in blocks[body]), -ticked[body], -len(picks[body]), body,
            ),
        )  # fmt: skip
        found = []
        for body in order[:BODIES]:
            name = self.name(body) if len(picks) > 1 else ""
            lefts = lefts_of(self.structure, body, blocks[body], self.on)
            found += [Offer(left, name, frozenset(picks[body])) for left in lefts]
        return found, len(order[BODIES:])

    def name(self, committee_id):
        return self.structure.name_on(self.structure.index[committee_id], self.on)

    def doubts(self, lines):
        """[(candidacy id, Doubt)] about the numbers of lines (decision_batch.Line): with letters of another body, or of a
        block that is kept for documents of other days. One query."""
        giving = {line.candidacy.pk: self.of(line.candidacy) for line in lines if line.number}
        bodies = {body for found in giving.values() for body in found}
        kept = list(NumberBlock.objects.filter(committee__in=bodies, sign=_SIGN)) if bodies else []
        for line in lines:
            if not (there := giving.get(line.candidacy.pk)):
                continue
            names = [self.name(body) for body in there]
            found = [numbers.of_another(line.number, names, self.on)]
            blocks = [block for block in kept if block.committee_id in there]
            found.append(numbers.of_other_days(line.number, blocks, self.on))
            yield from ((line.candidacy.pk, Doubt(one.key, one.words)) for one in found if one is not None)


def is_delegated(structure, committee, on):
    """Whether the committee is of the grassroots on a day: what it decides was delegated to it."""
    place = structure.place_on(structure.index[committee.pk], on.toordinal())
    return place is not None and place.kind == Kind.GRASSROOTS_PARTY


def told_filled(given, short, bare):
    """What is said once numbers were taken from a block. given: to how many lines; short: how many found none left in it;
    bare: how many lines of other bodies still have none."""
    if not given and not short:
        return _("Chưa lưu. Không dòng đánh dấu nào thiếu số của dải này: chưa điền số nào.")
    if not short and not bare:
        return _("Chưa lưu. Đã điền số từ dải số vào các dòng đánh dấu: đối chiếu với văn thư rồi lưu.")
    told = {"n": given, "short": short, "bare": bare}
    said = [_("Chưa lưu. Dải chỉ còn %(n)d số: %(short)d dòng đánh dấu chưa có số.")] if short else [
        _("Chưa lưu. Đã điền %(n)d số.")
    ]  # fmt: skip
    if bare:
        said.append(_("Còn %(bare)d dòng đánh dấu của cấp ủy khác chưa có số."))
    return " ".join(said) % told
