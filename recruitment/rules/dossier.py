"""What the rules are told of one candidacy: plain facts, each with its true day. Pure; `pipeline.evidence` fills them."""

from dataclasses import dataclass, field
from datetime import date

from .statute import Rule


@dataclass(frozen=True)
class Paper:
    """One paper as recorded (see `papers.Kind`). said: what only this kind says, by field name."""

    kind: str
    on: date
    number: str = ""
    issuer: str = ""
    result: str = ""
    said: dict = field(default_factory=dict)
    approval: str = ""

    def count(self, name):
        """A number it says, None where it says none."""
        told = self.said.get(name)
        return None if told in (None, "") else int(told)

    def day(self, name):
        """A day it says (kept as ISO text), None where it says none."""
        told = self.said.get(name)
        return date.fromisoformat(told) if isinstance(told, str) and told else told or None


@dataclass(frozen=True)
class Helper:
    """An official member assigned to help. until: half-open, None while it runs; unable_on: from that day on no longer
    eligible (moved, disciplined, not official), None while able. document: the number of the cell's resolution."""

    name: str
    since: date
    until: date | None = None
    unable_on: date | None = None
    document: str = ""

    def helps(self, on):
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True)
class Relation:
    """A relative whose background is, or is not, to be verified. relation: a code of `eligibility.background.VERIFIED`, or any other. declared:
    a party member who fully declared, so not verified again. result: "pass", "wait", "fail" or ""."""

    relation: str
    name: str = ""
    declared: bool = False
    result: str = ""


@dataclass(frozen=True)
class Asked:
    """A letter of verification. Days half known: answered_on None while it is out."""

    to: str
    sent_on: date
    due_on: date | None = None
    answered_on: date | None = None


@dataclass(frozen=True)
class Asks:
    """What a committee asks beyond the rules. met: None where nothing was said yet. document: its number."""

    id: int
    text: str
    met: bool | None = None
    document: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything a step is judged by. All days are true days, none the day of entry.

    stated: the furthest stage that a workbook or an earlier version reported without papers ("" where there is none):
    what lies before it is taken as done. levels: which bodies stand above the cell, of "section" and "base".
    official_members: of the cell, where a headcount is known. education: the row of form 2, "unknown" where not said.
    first_listed: the first day any cell followed the person; moved_here: they came from another cell while considered.
    decided, received, ceremony, recognised: of the admission in force; official: from when it says that the member is
    official, None where it does not; approval, ceremony_approval: the documents that
    allowed its decision and its ceremony. earlier: days of former admissions that ended.
    """

    born: date
    entered_on: date
    stage: str
    stated: str = ""
    education: str = "unknown"
    ethnicity: str = ""
    union_member: bool = False
    papers: tuple = ()
    certificates: tuple = ()  # (days of the awareness class)
    new_member_certificates: tuple = ()
    helpers: tuple = ()
    reviews: tuple = ()
    relations: tuple = ()
    letters: tuple = ()
    criteria: tuple = ()  # of Asks
    levels: frozenset = frozenset()
    official_members: int | None = None
    first_listed: date | None = None
    moved_here: bool = False
    decided: date | None = None
    received: date | None = None
    ceremony: date | None = None
    recognised: date | None = None
    official: date | None = None
    approval: str = ""
    ceremony_approval: str = ""
    earlier: tuple = ()

    def of(self, *kinds):
        """The papers of these kinds, in order of day."""
        return sorted((paper for paper in self.papers if paper.kind in kinds), key=lambda paper: paper.on)

    def last(self, kind):
        """The latest paper of a kind, or None."""
        return next(reversed(self.of(kind)), None)

    def told(self):
        """The papers with the days of the admission, which are stored apart, as papers of their kinds."""
        days = {
            "decision": self.decided, "received": self.received, "ceremony": self.ceremony,
            "recognition": self.recognised,
        }  # fmt: skip
        approved = {"decision": self.approval, "ceremony": self.ceremony_approval}
        return [
            *self.papers,
            *(Paper(kind, on, approval=approved.get(kind, "")) for kind, on in days.items() if on),
        ]


@dataclass(frozen=True)
class Objection:
    """One reason against a step. said: what was found; cure: what would mend it; both in Vietnamese. rule: the Rule that
    says so, read from the set in force on the step's day. verdict: "block" cannot be done; "order" a day is wrong;
    "need" something is missing; "arithmetic" a count contradicts another; "warn" unusual; "tick" to be confirmed by
    looking at the paper. approvable: a superior's document may allow it all the same. fault: the row of the thirty
    faults it belongs to (office_practice.md §4), None where it is none of them. paper: the kind it is about."""

    code: str
    said: str
    cure: str
    rule: Rule
    verdict: str = "block"
    approvable: bool = False
    fault: int | None = None
    paper: str = ""

    @property
    def forbids(self):
        """Whether the step is refused for it (unless approved where `approvable`)."""
        return self.verdict in {"block", "order", "need", "arithmetic"}
