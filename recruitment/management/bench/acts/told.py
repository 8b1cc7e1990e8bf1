"""Who stood, who answered for whom and who bears which target, read from the tables alone: written a second time, slowly and
plainly, to be laid beside what the program says."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import NamedTuple


class Stood(NamedTuple):
    since: date
    until: date
    name: str
    kind: str
    above: str | None


class Named(NamedTuple):
    day: date
    heir: str
    share: Fraction
    principal: bool


class Told:
    """What a World's tables say. rows: {code: [Stood]} in order of day; heirs: {code: [Named]} in order of day."""

    def __init__(self, world):
        codes = {pk: code for code, pk in world.committees.items()}
        self.rows = {code: [] for code in world.committees}
        for _pk, committee, since, until, name, kind, above, _type in world.placements.values():
            self.rows[codes[committee]].append(Stood(since, until or date.max, name, kind, codes.get(above)))
        for rows in self.rows.values():
            rows.sort()
        self.heirs = defaultdict(list)
        for old, heir, day, share, principal, _document in sorted(
            world.successions.values(), key=lambda row: row[2]
        ):
            self.heirs[codes[old]].append(Named(day, codes[heir], Fraction(share), principal))
        self.given = defaultdict(list)
        for quota in world.quotas:
            self.given[codes[quota.committee_id]].append((quota.effective_on, quota.low))

    def on(self, code, day):
        return next((row for row in self.rows[code] if row.since <= day < row.until), None)

    def last(self, code, day):
        """The newest that had begun; None before it was founded."""
        return next((row for row in reversed(self.rows[code]) if row.since <= day), None)

    def heirs_on(self, code, day):
        """[(heir, share, since)] of one that had ended, by its latest act; the committee above where none names one."""
        last = self.last(code, day)
        days = [one.day for one in self.heirs[code] if one.principal and last.until <= one.day <= day]
        if not days:
            return [(last.above, Fraction(1), last.until)] if last.above else []
        named = [one for one in self.heirs[code] if one.day == days[-1]]
        shared = [one for one in named if one.share]
        if sum(one.share for one in shared) != 1:
            return [(one.heir, Fraction(1), one.day) for one in named if one.principal]
        return [(one.heir, one.share, one.day) for one in shared]

    def road(self, code, day):
        """The committees that answered one after the other, the last of whom stands; ends in None where nobody does."""
        road = [code]
        while self.on(road[-1], day) is None:
            last = self.last(road[-1], day)
            if last is None:
                return [*road, None]
            principal = [
                one.heir for one in self.heirs[road[-1]] if one.principal and last.until <= one.day <= day
            ]
            heir = principal[-1] if principal else last.above
            if heir is None or heir in road:
                return [*road, None]
            road.append(heir)
        return road

    def above(self, code, day):
        """A standing committee and all above it."""
        found = []
        while code is not None and code not in found:
            found.append(code)
            row = self.on(code, day)
            code = row and row.above
        return found

    def comes_back(self, code, day, road=()):
        """Whether some share of what an ended committee was given leads back to one on its road."""
        if self.last(code, day) is None or self.on(code, day) is not None:
            return False
        return code in road or any(
            self.comes_back(heir, day, (*road, code)) for heir, *_ in self.heirs_on(code, day)
        )

    def bearers(self, code, day, seen=()):
        """All that bear a share of what it was given."""
        if self.on(code, day) is not None:
            return {code}
        if code in seen or self.last(code, day) is None:
            return set()
        heirs = self.heirs_on(code, day)
        return set().union(*(self.bearers(heir, day, (*seen, code)) for heir, *_ in heirs))

    def borne(self, day):
        """({code: what it is to reach, exactly}, how often a share of a whole fell away). A target falls away only where
        the committee's superior has the same heir, who then has the superior's (contracts §1), where the heir was given
        the whole anew since, and where nobody is left."""
        found, self._cut = defaultdict(Fraction), 0
        for code, rows in self.given.items():
            valid = [row for row in rows if row[0] <= day]
            if not valid or self.last(code, day) is None:
                continue
            effective, low = valid[-1]
            if self.on(code, day) is not None:
                found[code] += low
                continue
            superior = self.last(code, day).above
            covered = self.bearers(superior, day) if superior else set()
            for heir, share, since in self.heirs_on(code, day):
                if self.bearers(heir, day) <= covered:
                    self._cut += share != 1
                else:
                    self._carry(found, heir, low * share, effective, since, day)
        return found, self._cut

    def _carry(self, found, code, amount, effective, since, day):
        own = [row for row in self.given[code] if row[0] <= day] if code in self.given else []
        if own and own[-1][0] >= since > effective:
            self._cut += 1
        elif self.on(code, day) is not None:
            found[code] += amount
        else:
            for heir, share, then in self.heirs_on(code, day):
                self._carry(found, heir, amount * share, effective, then, day)
