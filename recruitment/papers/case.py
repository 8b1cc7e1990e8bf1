"""What the register can tell a form about one candidacy, field by field (`terms.LABELS`)."""

from datetime import date
from functools import cached_property

from django.db.models import prefetch_related_objects

from committees import vietnamese
from committees.vietnamese import name_sort_key, parse_day, percent

from ..models import Candidacy, Course, Result
from ..pipeline.evidence import RELATED
from ..rules import deadlines, dossier, votes
from ..rules.papers import KINDS
from . import beside, bodies, places, stood
from .terms import BODIES, BY_WHOM, DERIVED, OF_BODY, PERSON, WHOSE

_CLASSES = {"certificate": Course.Kind.AWARENESS, "new_class": Course.Kind.NEW_MEMBER}
_ON_COURSE = {
    "course": "name",
    "opened_on": "opened_on",
    "closed_on": "closed_on",
    "organiser": "organiser",
    "place": "place",
}
# What the admission tells, by the names of the kinds it stands for.
_ON_ADMISSION = {
    "decision.on": "decided_on", "decision.number": "decision_number", "received.on": "received_on",
    "ceremony.on": "ceremony_on", "recognition.on": "recognised_on", "recognition.number": "recognition_number",
    "official.on": "official_on",
}  # fmt: skip


_TOLD = (
    "papers", "mentorships", "relatives", "letters__relative", "wordings", "person__certificates__course", "person__merged",
    "person__admissions",
)  # fmt: skip


def candidacy(pk):
    """The candidacy with all that papers tell of it. Candidacy.DoesNotExist; eleven queries."""
    return gathered(Candidacy.objects.select_related("person", "cell", "admission").get(pk=pk))


def gathered(found):
    """The same candidacy with all that papers tell of it at hand. Ten queries, fewer where some of it was."""
    prefetch_related_objects([found], *_TOLD)
    return found


def candidacies(pks):
    """{id: candidacy} of many, with all that papers and the rules that judge them tell. Eighteen queries however many."""
    found = Candidacy.objects.select_related("person", "cell", "admission").in_bulk(pks)
    prefetch_related_objects(list(found.values()), *_TOLD, *RELATED, "issued")
    return found


class Case:
    """One candidacy before a form. snapshot: `columns.Snapshot`; form: whose wording is read; given: {field: text} that
    goes before all else; chosen: {kind: the Paper (or the Letter) this copy is about}; today: the
    day a sheet is made on. No query once the candidacy was
    fetched by `candidacy`."""

    def __init__(self, candidacy, snapshot, form, given=None, chosen=None, today=None):
        self.candidacy, self.snapshot, self.form = candidacy, snapshot, form
        self.given, self.chosen = dict(given or {}), dict(chosen or {})
        self.on, self.issuer, self.today = None, "", today or vietnamese.today()
        self._stood = {}  # {day: the bodies as they stood}, see `_bodies_on`

    def dated(self, on, issuer=""):
        """This case for a paper of that day: bodies by their names then, the class before it. issuer: the field with
        the name of who it comes from, whose place it is dated from; "" for the cell."""
        self.on, self.issuer = on, issuer
        return self

    def copies(self, kind):
        """A Case for each paper of a kind (or each letter), in order of day."""
        rows = self.letters if kind == "letter" else self._papers(kind)
        return [
            Case(self.candidacy, self.snapshot, self.form, self.given, {kind: row}, self.today)
            for row in rows
        ]

    def standing(self, kind):
        """Of `copies`, those of the paper's day or before, the last of each issuer: who spoke again is heard once."""
        there = (one for one in self.copies(kind) if self.on is None or one.chosen[kind].on <= self.on)
        last = {name_sort_key(one.chosen[kind].issuer): one for one in there}
        return [one.dated(self.on, self.issuer) for one in last.values()]

    @property
    def person(self):
        return self.candidacy.person

    @property
    def subject(self):
        """Which of several copies it is about, "introduction:12" (`IssuedPaper.subject`); "" where there is one."""
        return next((f"{kind}:{row.pk}" for kind, row in self.chosen.items()), "")

    @cached_property
    def admission(self):
        told = getattr(self.candidacy, "admission", None)
        return None if told is None or told.cancelled_on else told

    @property
    def letters(self):
        return sorted(self.candidacy.letters.all(), key=lambda row: (row.sent_on, row.pk))

    def _papers(self, kind):
        rows = [row for row in self.candidacy.papers.all() if row.kind == kind]
        return sorted(rows, key=lambda row: (row.on, row.pk))

    def paper(self, kind):
        """The paper of a kind this copy is about, else the latest; None where there is none."""
        return self.chosen.get(kind) or next(reversed(self._papers(kind)), None)

    def told(self, name):
        """What a field says: text, a number or a date; None where nobody told."""
        if name in self.given:
            return read(name, self.given[name])
        first, _, rest = name.partition(".")
        if not rest:
            return self._written(name)
        if first == "person":
            return self._of_person(rest)
        if first in WHOSE and rest in BY_WHOM:
            return self._by_whom(first, rest)
        if name == "introduction.assigned":
            return beside.assigned(self._mentors, self.told("introduction.introducer"))
        if name in _ON_ADMISSION:
            return getattr(self.admission, _ON_ADMISSION[name]) or None if self.admission else None
        ask = {
            "mentor": self._of_mentor, "probation": self._of_probation, "letter": self._of_letter,
            "certificate": lambda part: self._of_class("certificate", part),
            "new_class": lambda part: self._of_class("new_class", part),
            "today": lambda part: self.today,
        }.get(first)  # fmt: skip
        if ask:
            return ask(rest)
        return self._of_paper(first, rest) if first in KINDS else self._of_body(first, rest)

    # ---- the office's own words

    @cached_property
    def _wordings(self):
        rows = {row.form: row.said for row in self.candidacy.wordings.all()}
        own = f"{self.form} {self.subject}" if self.chosen else self.form
        return {**rows.get("", {}), **rows.get(self.form, {}), **rows.get(own, {})}

    def _written(self, name):
        text = self._wordings.get(name) or None
        if name in {"residence", "birthplace"}:
            return self._as_called(text)
        return read(name, text) if text else self._place() if name == "place" else None

    # ---- the person, and who helps

    def _of_person(self, part):
        assert part in PERSON  # noqa: S101 - the loader let no other name pass
        if part == "sex":
            return str(self.person.get_sex_display())
        if part == "name":
            return self.person.full_name
        decided = self.admission and self.on and self.admission.decided_on <= self.on
        source = (
            self.admission if decided and hasattr(self.admission, part) else self.person
        )  # as of that day
        told = getattr(source, part) or None
        return self._as_called(told) if part == "native_place" else told

    def _as_called(self, text):
        """A place by its names on the paper's day."""
        return places.former(text) if text and self.on and self.on < places.RENAMED_ON else text

    @property
    def _mentors(self):
        return beside.mentors(self.candidacy, self.on)

    def _of_mentor(self, part):
        if part == "names":
            return ", ".join(dict.fromkeys(row.mentor for row in self._mentors)) or None
        helping = next(reversed(self._mentors), None)
        return helping and getattr(helping, {"name": "mentor"}.get(part, part)) or None

    def _of_probation(self, _part):
        held = self.admission and self.admission.ceremony_on
        return held and deadlines.probation_ends_on(held, self.snapshot.statute.on(held))

    def _of_class(self, which, part):
        rows = [row for row in self.person.certificates.all() if row.kind == _CLASSES[which]]
        held = [row for row in rows if self.on is None or row.issued_on <= self.on]
        if not held:
            return None
        row = max(held, key=lambda row: row.issued_on)
        if part in _ON_COURSE:
            return row.course and getattr(row.course, _ON_COURSE[part]) or None
        return getattr(row, part) or None

    def _of_letter(self, part):
        row = self.chosen.get("letter") or next(reversed(self.letters), None)
        if row is None:
            return None
        if part in {"people", "relation", "relative"}:
            return beside.asked_about(self.candidacy, row, part)
        return getattr(row, part) or None

    # ---- papers and votes

    def _of_paper(self, kind, part):
        row = self.paper(kind)
        if row is None:
            return None
        if part == "result":
            return str(Result(row.result).label) if row.result else None
        if part in {"on", "number", "issuer"}:
            return getattr(row, part) or None
        fact = dossier.Paper(kind, row.on, said=row.said)
        if part in DERIVED:
            return _counted(fact, part)
        told = row.said.get(part)
        if part.endswith("_since") or part.endswith("_on"):
            return fact.day(part)
        return None if told in (None, "") else told

    # ---- the bodies, as they stood on the paper's day

    @property
    def _bodies(self):
        """What `_bodies_on` tells of the paper's day."""
        return self._bodies_on(self.on or self.candidacy.entered_on)

    def _bodies_on(self, on):
        if on not in self._stood:
            self._stood[on] = stood.bodies_on(self.candidacy, self.snapshot, on)
        return self._stood[on]

    @property
    def levels(self):
        """Which bodies stand above the cell on the paper's day, of "section" and "base"."""
        return self._bodies[0].keys() & {"section", "base"}

    def _of_body(self, body, part):
        assert part in OF_BODY  # noqa: S101 - the loader let no other name pass
        name, above = self._bodies[0].get(body, (None, None))
        if part in {"above", "over"}:
            return above and bodies.leading(above) if part == "over" else above
        return self._outside(body) or (name and bodies.leading(name) if part == "body" else name)

    def _outside(self, body):
        """The name of the body outside the tree that decided; "" where it was one of the tree."""
        return self.admission.issuer if body == "deciding" and self.admission else ""

    def _by_whom(self, kind, part):
        """Whose a cited document is, by its name on that document's own day: whatever the body was called, and wherever the
        cell stood, before or since. Where no such body stood then, what was recorded as the issuer."""
        on, body = self.told(f"{kind}.on") or self.on or self.candidacy.entered_on, WHOSE[kind]
        name, _above = self._bodies_on(on)[0].get(body, (None, None))
        row = self.paper(kind) if kind != "decision" else None
        found = self._outside(body) or (name and bodies.leading(name) if part == "body" else name)
        return found or (row and row.issuer) or None

    def committee_of(self, body):
        """The id of the committee that is the `body` of BODIES on the paper's day; None where none is, or one outside the
        tree decided."""
        found, names, indexes = self._bodies
        if body not in found or self._outside(body):
            return None
        return self.snapshot.structure.ids[indexes[names.index(found[body][0])]]

    def renamed(self):
        """[(name, its last day, the name after it)] of what the cell and those above it were called before the paper's
        day, the cell first."""
        return stood.renamed(self.snapshot, self._bodies[2], self.on or self.candidacy.entered_on)

    def _place(self):
        found, names, _indexes = self._bodies
        body = self.issuer.partition(".")[0]
        if body in BODIES:
            return bodies.place(*names[names.index(found.get(body, (names[0],))[0]) :]) or None
        return bodies.place(self.issuer and self.told(self.issuer) or "", *names) or None


def read(name, text):
    """A given text as its field is kept: a day where the field is one. ValueError for what is no day."""
    last = name.rpartition(".")[2]
    is_day = last in {"on", "day", "born", "since", "ends"} or last.endswith(("_on", "_since"))
    return parse_day(text) if is_day and not isinstance(text, date) else text


def _counted(fact, part):
    """Of a vote: how many members there are with those on probation, who is entitled, how many stayed away, which share
    agreed. None where its counts say nothing or cannot be (`filling` refuses those by name)."""
    members, present, in_favour = (fact.count(name) for name in ("members", "present", "in_favour"))
    if members is None:
        return None
    if part == "whole":
        return None if fact.count("probationers") is None else members + fact.count("probationers")
    try:
        entitled = votes.entitled(members, fact.count("away") or 0, fact.count("exempt") or 0)
    except ValueError:
        return None
    if part == "entitled":
        return entitled
    if part == "absent":
        return None if present is None else max(members - present, 0)
    return percent(in_favour, entitled)
