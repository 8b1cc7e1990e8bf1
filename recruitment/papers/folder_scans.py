"""What of a candidacy's papers is scanned, and of which ones somebody may add a scan."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from committees.access import RECORD
from committees.vietnamese import day

from ..models import Course, IssuedPaper, Paper, Scan
from ..pipeline.rights import may_record
from ..rules.papers import KINDS
from . import catalogue, scans
from .makers import may_make
from .procedure import AT, PAPERLESS, forms_of, is_of

OTHER = "other"
CERTIFICATES = {Course.Kind.AWARENESS: "CN-NTVĐ", Course.Kind.NEW_MEMBER: "CN-ĐVM"}


@dataclass(frozen=True)
class Thing:
    """A paper of the folder that a scan can be of: recorded, told by the admission or a certificate (its form alone), issued,
    or one of these and issued. kind: what `rules.papers` calls it, "" where it is none of the road's."""

    key: str
    label: str
    kind: str
    form: str = ""
    paper: Paper | None = None
    issued: IssuedPaper | None = None

    @property
    def number(self):
        """The number people call its form by, "" where they do not."""
        return self.form if catalogue.numbered(self.form) else ""

    @property
    def keys(self):
        """Under what its scans are known, one that was made before it was issued among them."""
        return [self.key, *([f"issued:{self.issued.pk}"] if self.issued else [])]

    @property
    def scan(self):
        """What a Scan of it says."""
        return {"paper": self.paper, "issued": self.issued, "form": self.form}


@dataclass(frozen=True)
class Line:
    """A scan as it is listed. of: the paper it is of, in words."""

    scan: Scan
    of: str

    @property
    def address(self):
        return reverse("recruitment:scan", args=[self.scan.pk])


@dataclass(frozen=True)
class Folder:
    """lines: scans that are kept, in the order of the papers; dropped: Scans whose bytes are gone; bare: Things without a
    scan; things: all Things."""

    lines: list
    dropped: list
    bare: list
    things: list

    @property
    def size(self):
        """Bytes."""
        return sum(line.scan.size for line in self.lines)

    @property
    def covered(self):
        """How many Things have a scan."""
        return len(self.things) - len(self.bare)


def folder(candidacy):
    """The Folder of a candidacy. Seven queries at most."""
    things, kept = things_of(candidacy), scans.of(candidacy)
    order = {key: place for place, thing in enumerate(things) for key in thing.keys}
    labels = {key: thing.label for thing in things for key in thing.keys}
    lines = [Line(scan, labels.get(_key(scan), "")) for scan in kept]
    lines.sort(key=lambda line: order.get(_key(line.scan), len(order)))
    there = {_key(scan) for scan in kept}
    bare = [thing for thing in things if there.isdisjoint(thing.keys)]
    return Folder(lines, scans.dropped(candidacy), bare, things)


def things_of(candidacy):
    """Its Things in the order of their days: what is recorded and issued is one. Five queries, fewer where the candidacy
    holds its papers."""
    left = {row.pk: row for row in candidacy.issued.filter(withdrawn_on=None, corrected_by=None)}
    found = []
    for on, forms, ref, number, thing in _recorded(candidacy):
        own = [row for row in left.values() if is_of(row, forms, ref, on)]
        if own:
            issued = min(own, key=lambda row: (row.number != number, row.pk))
            thing = replace(thing, issued=left.pop(issued.pk))
        found.append((on, thing))
    for issued in left.values():
        label = _("Bản đã ký: %s") % _told(issued.title, issued.number, issued.on)
        found.append(
            (issued.on, Thing(f"issued:{issued.pk}", label, _kind(issued.form), issued.form, issued=issued))
        )
    return [thing for _on, thing in sorted(found, key=lambda one: one[0])]


def _recorded(candidacy):
    """(day, forms it is issued by, `IssuedPaper.subject` of it, number, Thing) of every paper the register knows of."""
    for row in candidacy.papers.all():
        if row.kind not in PAPERLESS:
            label, form = KINDS[row.kind].label, KINDS[row.kind].form
            thing = Thing(f"paper:{row.pk}", _told(label, row.number, row.on), row.kind, form, paper=row)
            yield row.on, forms_of(row.kind), f"{row.kind}:{row.pk}", row.number, thing
    for kind, on, number in _decided(candidacy):
        label, form = KINDS[kind].label, KINDS[kind].form
        yield on, forms_of(kind), "", number, Thing(f"form:{form}", _told(label, number, on), kind, form)
    held = sorted(candidacy.person.certificates.all(), key=lambda row: row.issued_on)
    for row in {row.kind: row for row in held}.values():  # of each class the latest
        form = CERTIFICATES[row.kind]
        label = _told(catalogue.forms()[form][-1].title, row.number, row.issued_on)
        yield row.issued_on, [form], "", row.number, Thing(f"form:{form}", label, "", form)


def _decided(candidacy):
    """(kind, day, number) of the decisions that stand on the candidacy's admission."""
    admission = getattr(candidacy, "admission", None)
    if admission is None or admission.cancelled_on:
        return
    yield "decision", admission.decided_on, admission.decision_number
    if on := admission.recognised_on or admission.official_on:
        yield "recognition", on, admission.recognition_number


def may_add(access, candidacy, kind, issued=None):
    """Whether the account may add, replace or drop a scan of a paper of that kind ("" for none of the road's). issued: the
    IssuedPaper whose signed copy it is: then who may issue that."""
    if issued is not None:
        return may_make(access, issued.form, candidacy, issued.on)
    if kind:
        return may_record(access, kind, candidacy.cell_id)
    return access.may(RECORD, candidacy.cell_id)


def kind_of(scan):
    """The kind of paper a Scan is of; "" for none of the road's."""
    return scan.paper.kind if scan.paper else _kind(scan.issued.form if scan.issued else scan.form)


def _kind(form):
    """Of any form that is issued, and of the printed ones that only lie in the folder."""
    return AT.get(form) or next((kind.code for kind in KINDS.values() if form and kind.form == form), "")


def _key(scan):
    if scan.issued_id:
        return f"issued:{scan.issued_id}"
    if scan.paper_id:
        return f"paper:{scan.paper_id}"
    return f"form:{scan.form}" if scan.form else ""


def _told(label, number, on):
    number = _("số %s, ") % number if number else ""
    return f"{label}, {number}{day(on)}"
