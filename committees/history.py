"""A committee's own history as a line of words: what happened to it on which day, by which document.

What happened is told by its placements and heirs; by whom it was decided, by the reorganisations that are kept, and by
the journal for what was done before these were. Who lies out of reach stays unnamed. Knows no HTTP.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .act_papers import papers
from .acts import DISSOLVE, HAND_OVER, MERGE, MOVE, RECEIVE, SPLIT
from .browse import BEGINNING
from .models import Kind, Placement, Succession
from .tree import FOREVER
from .vietnamese import decimal

MOST_NAMED = 12


@dataclass
class Said:
    """One thing that happened: words, then the committees it names (Nodes, as far as within reach), and how many more."""

    words: str
    others: list = field(default_factory=list)
    more: str = ""


@dataclass
class Moment:
    """All that happened to a committee on a day (None: as far back as this register remembers), with its papers."""

    day: date | None
    said: list = field(default_factory=list)
    papers: list = field(default_factory=list)


def line(browser, i, access):
    """The Moments of committee i, the oldest first. Four queries at most."""
    return _Line(browser, i, access).moments()


class _Line:
    def __init__(self, browser, i, access):
        self.browser, self.structure, self.i = browser, browser.structure, i
        self.access, self.code = access, browser.structure.codes[i]
        self.found = {}
        pk = self.structure.ids[i]
        placements = list(
            Placement.objects.filter(committee_id=pk).order_by("since").values_list("since", "stamp")
        )
        columns = "old_id", "heir_id", "day", "share", "document", "stamp"
        left = list(
            Succession.objects.filter(old_id=pk).order_by("day", "-principal", "pk").values_list(*columns)
        )
        taken = list(Succession.objects.filter(heir_id=pk).order_by("day", "old__code").values_list(*columns))
        self.left, self.taken = _by_day(left), _by_day(taken)
        places = self.structure.places[i]
        days = {
            date.fromordinal(n) for one in places for n in (one.since, one.until) if BEGINNING < n < FOREVER
        }
        self.papers = papers(
            {stamp for *_said, stamp in [*placements, *left, *taken]}, days | {*self.left, *self.taken}
        )

    def moments(self):
        places = self.structure.places[self.i]
        for k, place in enumerate(places):
            before = places[k - 1] if k else None
            if before is not None and before.until == place.since:
                self._changed(before, place)
            else:
                self._begun(place, again=k > 0)
            after = places[k + 1] if k + 1 < len(places) else None
            if place.until != FOREVER and (after is None or after.since > place.until):
                self._ended(date.fromordinal(place.until))
        for day, rows in self.left.items():  # an heir that a later act named
            if day not in {date.fromordinal(place.until) for place in places if place.until != FOREVER}:
                self._say(day, self.code, _("nay kế thừa là"), [row[1] for row in rows])
        for day, rows in self.taken.items():
            self._inherited(day, rows)
        return sorted(self.found.values(), key=lambda moment: moment.day or date.min)

    def _begun(self, place, *, again):
        day = None if place.since <= BEGINNING else date.fromordinal(place.since)
        received = self._act(day, self.code, RECEIVE) is not None
        if received:
            words = _("tiếp nhận từ ngoài trở lại") if again else _("tiếp nhận từ ngoài")
        elif day is None:
            words = _("đã có trong sổ")
        else:
            words = _("hoạt động trở lại") if again else _("thành lập")
        named = _("%(what)s: %(name)s, %(kind)s") % {
            "what": words, "name": place.name, "kind": _lower(Kind(place.kind).label),
        }  # fmt: skip
        above = [] if place.parent < 0 else [self.structure.ids[place.parent]]
        self._say(day, self.code, f"{named}, {_('thuộc')}" if above else named, above)

    def _changed(self, before, place):
        day = date.fromordinal(place.since)
        if place.name != before.name:
            names = {"old": before.name, "new": place.name}
            self._say(day, self.code, _("đổi tên từ %(old)s thành %(new)s") % names)
        if place.kind != before.kind:
            kinds = {"old": _lower(Kind(before.kind).label), "new": _lower(Kind(place.kind).label)}
            self._say(day, self.code, _("đổi loại từ %(old)s thành %(new)s") % kinds)
        if place.organisation_type != before.organisation_type:
            self._say(day, self.code, _("đổi loại hình thành %s") % (place.organisation_type or "–"))
        if place.parent != before.parent:
            # It moved by an act of its own, or with the one above that ended.
            own = before.parent < 0 or self._act(day, self.code, MOVE)
            by = self.code if own else self.structure.codes[before.parent]
            above = [] if place.parent < 0 else [self.structure.ids[place.parent]]
            self._say(day, by, _("chuyển về") if above else _("tách khỏi cấp trên"), above)

    def _ended(self, day):
        rows = self.left.get(day, [])
        heirs = [row[1] for row in rows]
        if len(rows) > 1:
            self._say(day, self.code, _("chia tách thành"), heirs, [row[3] for row in rows])
        elif self._act(day, self.code, DISSOLVE):
            self._say(day, self.code, _("giải thể; kế thừa là") if heirs else _("giải thể"), heirs)
        elif heirs:
            self._say(day, self.code, _("sáp nhập vào"), heirs)
        elif self._act(day, self.code, HAND_OVER):
            self._say(day, self.code, _("chuyển ra ngoài"))
        else:
            self._say(day, self.code, _("kết thúc hoạt động"))

    def _inherited(self, day, rows):
        """What it took over on a day, by what had become of the others: several rows a kind are one sentence."""
        words = {
            MERGE: _("nhận sáp nhập từ"), DISSOLVE: _("kế thừa tổ chức giải thể"), SPLIT: _("tách ra từ"),
        }  # fmt: skip
        grouped = {}
        for old, *_rest, share, _document, _stamp in rows:
            code = self.structure.codes[self.structure.index[old]]
            what = next((one for one in (SPLIT, DISSOLVE) if self._act(day, code, one)), MERGE)
            grouped.setdefault(what, []).append((old, code, share))
        for what, olds in grouped.items():
            shares = [share for _old, _code, share in olds] if what == SPLIT else None
            self._say(day, olds[0][1], words[what], [old for old, *_rest in olds], shares)
            for _old, code, _share in olds[1:]:
                self._cite(day, code)

    def _say(self, day, by, words, others=(), shares=None):
        """Note a sentence on a day; `by`: the code of the committee whose act tells the document."""
        indexes = [self.structure.index[pk] for pk in others]
        named = [
            (
                self.browser.node(j),
                None if shares is None or shares[k] in (0, 1) else f"{decimal(shares[k] * 100)} %",
            )
            for k, j in enumerate(indexes)
            if self.browser.visible[j]
        ]
        hidden, more = len(indexes) - len(named), []
        if len(named) > MOST_NAMED:
            more.append(_("%d tổ chức nữa") % (len(named) - MOST_NAMED))
        if hidden:
            more.append(
                ngettext(
                    "%d tổ chức ngoài phạm vi của anh chị", "%d tổ chức ngoài phạm vi của anh chị", hidden
                )
                % hidden
            )
        self._at(day).said.append(Said(words, named[:MOST_NAMED], ", ".join(more)))
        self._cite(day, by)

    def _cite(self, day, code):
        moment = self._at(day)
        for paper in self.papers.get((day, code), ()):
            seen = paper.shown_to(self.access)
            if seen.words and seen not in moment.papers:
                moment.papers.append(seen)

    def _at(self, day):
        return self.found.setdefault(day, Moment(day))

    def _act(self, day, code, what):
        return next((paper for paper in self.papers.get((day, code), ()) if paper.what == what), None)


def _by_day(rows):
    """{day: rows} of those whose day it is."""
    found = {}
    for row in rows:
        found.setdefault(row[2], []).append(row)
    return found


def _lower(word):
    return word[:1].lower() + word[1:]
