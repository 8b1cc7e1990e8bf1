"""The page of the standing checks: how many rows fail each, in which unit, and how that went."""

from dataclasses import dataclass
from functools import cached_property, partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from committees import vietnamese
from committees.access import FIGURES, PEOPLE

from .. import columns
from ..charts.trend import trend as drawn
from ..quotas import veil
from ..quotas.listing import where
from ..quotas.place import AskedOf
from ..quotas.question import ask
from .checks import CHECKS, COMMITTEES, TABLES, of_table
from .filters import FaultForm
from .findings import Findings
from .trend import ALL, Point, trend


@dataclass(frozen=True)
class Line:
    """One check: `said` stands for its count, `whole` rows were looked at; address: the list behind it, "" where the
    reader may open none. chosen: the page without it, or with it, as its own trend and units."""

    check: object
    count: int
    said: str
    whole: int
    address: str
    turn: str
    chosen: bool
    rule: object

    @property
    def ground(self):
        return self.check.ground(self.rule)

    @property
    def number(self):
        """The count, or the words that stand for it."""
        return self.count if self.said == vietnamese.number(self.count) else self.said


@dataclass(frozen=True)
class Unit:
    """A unit directly below, or (code "") the committee's own rows. whole: rows looked at; None of all checks together."""

    name: str
    code: str
    said: str
    whole: int | None
    address: str


class QualityPage(AskedOf):
    """What an account asked (`committee`, `check`). Two queries besides those of the list of a committee, and two for the
    trend. 404, 403 as the door."""

    def __init__(self, access, params):
        self.access = access
        self.committee = where(access, FIGURES, params.get("committee"))
        self.snapshot = columns.current()
        self.form = FaultForm(params, snapshot=self.snapshot, committee=self.committee, today=access.today)
        self.question, _found = self.form.answer(partial(ask, self.snapshot, self.committee.code)) or (
            None,
            None,
        )
        self.check = CHECKS.get(params.get("check", ""))
        self.people = access.may(PEOPLE, self.committee.pk)

    @cached_property
    def findings(self):
        return Findings(self.snapshot, self.question)

    @cached_property
    def rolled(self):
        """{check: rows that fail at and below every position}."""
        return {code: self.findings.rolled(code) for code in CHECKS}

    @cached_property
    def wholes(self):
        """{check: rows looked at, at and below every position}."""
        return {code: self.findings.rolled(code, whole=True) for code in CHECKS}

    @cached_property
    def total(self):
        return self._together(self.question.position)

    @cached_property
    def veiled(self):
        """Whether the total leaves out a check of which something is told in the place of its count."""
        p = self.question.position
        return any(self.rolled[code][p] and self._instead(check, p) for code, check in CHECKS.items())

    def _together(self, p):
        """Rows of all checks at and below a position; for who sees figures only of those alone whose counts are told there,
        so that the sum tells no more than they do."""
        return sum(int(self.rolled[code][p]) for code, check in CHECKS.items() if not self._instead(check, p))

    def _instead(self, check, p):
        """What stands for a check's count at a position where who sees figures only would be told of fewer than five."""
        if self._open(check):
            return ""
        return veil.instead(int(self.rolled[check.code][p]), int(self.wholes[check.code][p]))

    @cached_property
    def sections(self):
        """[(heading, [Line] that some row fails, [Line] that none does, what rows are called)] of the tables."""
        found = []
        for table, (title, what) in TABLES.items():
            lines = [self._line(check) for check in of_table(table)]
            clean = [line for line in lines if not line.count]
            found.append((title, [line for line in lines if line.count], clean, what))
        return found

    def _line(self, check):
        p, rules = self.question.position, self.snapshot.statute.on(self.access.today)
        count, whole = int(self.rolled[check.code][p]), int(self.wholes[check.code][p])
        chosen = check is self.check
        return Line(
            check=check, count=count, said=self._instead(check, p) or vietnamese.number(count), whole=whole,
            address=self.rows(check, self.committee.code) if count else "",
            turn=self.here() if chosen else self.here(check.code), chosen=chosen,
            rule=rules[check.rule] if check.rule else None,
        )  # fmt: skip

    def _open(self, check):
        return self.people or (check is not None and check.table == COMMITTEES)

    def rows(self, check, code):
        """The list of the rows that fail a check at and below a committee; nowhere for who sees figures only."""
        if not self._open(check):
            return ""
        asked = {"check": check.code, "committee": code}
        if check.columns:
            asked["columns"] = f"born,cell,{check.columns}"
        return f"{reverse('recruitment:fault-list')}?{urlencode(asked)}"

    def here(self, check="", code=""):
        """This page, of a check, of a committee (this one by default)."""
        asked = {"committee": code or self.committee.code} | ({"check": check} if check else {})
        return f"{reverse('recruitment:quality')}?{urlencode(asked)}"

    @property
    def files(self):
        """{form: address} of this page as a file."""
        query = urlencode({"committee": self.committee.code})
        return {
            form: f"{reverse('recruitment:list-export', args=['quality', form])}?{query}"
            for form in ("xlsx", "csv")
        }

    # Units ----------------------------------------------------------------------------------------------------------

    @cached_property
    def units(self):
        """[Unit] directly below, then the committee's own rows where there are any: what stands beside each is of the
        check asked for, else of all together."""
        tree, p = self.question.tree, self.question.position
        rows = [(tree.name(q), tree.code(q), self._counted(q), self._whole(q)) for q in tree.children(p)]
        if not rows:
            return []
        if self.people or self.check:  # sums of what is told leave no rest to be told
            own = self._counted(p) - sum(count for _name, _code, count, _whole in rows)
            rest = self._whole(p) - sum(whole for _name, _code, _count, whole in rows)
            if own:
                rows.append((_("Ghi tại chính tổ chức này"), "", own, rest))
        away = set()
        if self.check and not self._open(self.check):
            away = veil.hidden([row[2] for row in rows], [row[3] for row in rows])
        return [
            Unit(
                name, code, veil.HIDDEN if k in away else vietnamese.number(count),
                whole if self.check else None, self._unit_address(code, count),
            )
            for k, (name, code, count, whole) in enumerate(rows)
        ]  # fmt: skip

    def _counted(self, p):
        """Rows at and below a position that fail the check asked for, or of all together."""
        return int(self.rolled[self.check.code][p]) if self.check else self._together(p)

    def _whole(self, p):
        """Rows that the check asked for looks at there; 0 of all together."""
        return int(self.wholes[self.check.code][p]) if self.check else 0

    def _unit_address(self, code, count):
        if not code or not count:
            return ""
        return self.rows(self.check, code) if self.check else self.here(code=code)

    # The trend ------------------------------------------------------------------------------------------------------

    @cached_property
    def points(self):
        """[Point] up to today; none where who sees figures only would be told of fewer than five, which the sum of all checks
        of a day beside each may do."""
        today, p = self.access.today, self.question.position
        if not self._open(self.check) and (self.check is None or self._instead(self.check, p)):
            return []
        found = [
            *trend(self.question, self.check.code if self.check else ALL, today),
            Point(today, self._counted(p)),
        ]
        few = any(0 < point.count < veil.FEWEST for point in found)
        return [] if few and not self._open(self.check) else found

    @cached_property
    def chart(self):
        return drawn([(point.day, point.count) for point in self.points]) if self.points else None

    @property
    def went(self):
        """How it went, in a sentence."""
        if not self.points:
            return _("Không hiện xu hướng ở đây, vì nó cho biết những số dưới %d người.") % veil.FEWEST
        if len(self.points) < 2:
            return _("Mỗi ngày ứng dụng đếm một lần; xu hướng hiện ra khi đã có từ hai ngày.")
        first, last = self.points[0], self.points[-1]
        since = vietnamese.day(first.day)
        if last.count == first.count:
            return _("Vẫn %(n)s như ngày %(since)s.") % {"n": vietnamese.number(last.count), "since": since}
        words = (
            _("Giảm %(n)s so với ngày %(since)s.")
            if last.count < first.count
            else _("Tăng %(n)s so với ngày %(since)s.")
        )
        return words % {"n": vietnamese.number(abs(last.count - first.count)), "since": since}
