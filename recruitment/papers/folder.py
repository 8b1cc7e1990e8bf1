"""What lies in the folder of a candidacy, in the order of the procedure: what was issued and what was scanned, as bytes;
what the register knows of without a copy; what the road has asked for and nobody has recorded."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ..models import IssuedFile, IssuedPaper, Scan
from ..pipeline import evidence
from ..pipeline.ahead import CLASS, MEMBER_CLASS, MENTOR, label_of, still_to_walk
from ..rules.papers import KINDS
from ..sheets.binder import PDF, Part, Unbindable, pages_in
from . import catalogue, joined, scans
from .folder_scans import CERTIFICATES, OTHER
from .given_out import whole
from .procedure import LETTERS, PAPERLESS, forms_of, is_of, place

ISSUED, WORD, SCAN, RECORDED, MISSING = "issued", "word", "scan", "recorded", "missing"
# One file holds so much at most: what an office's printer and a phone can still take.
MOST_PAGES, MOST_BYTES = 500, 40_000_000
_CLASSES = {CLASS: "CN-NTVĐ", MEMBER_CLASS: "CN-ĐVM"}


class Damaged(Exception):
    """Stored bytes that are not those the register vouches for; its text is the paper's name, `entry` its Entry."""

    def __init__(self, entry):
        super().__init__(entry.title)
        self.entry = entry


@dataclass(frozen=True)
class Entry:
    """One paper. source: ISSUED (its bytes as PDF), WORD (issued as a Word file alone), SCAN, RECORDED (number and day are
    known, no copy is) or MISSING. pages: of its bytes, 0 without. void: "" or why it no longer stands. row: its IssuedPaper
    or Scan. held: it names people the reader may not see, so its bytes are not given out. kind, thing: of RECORDED what
    `rules.papers` calls it and what a scan of it is added as (`folder_scans.Thing`)."""

    at: tuple
    label: str
    form: str
    number: str
    on: date | None
    source: str
    pages: int = 0
    size: int = 0
    void: str = ""
    row: object = None
    held: bool = False
    kind: str = ""
    thing: str = ""

    @property
    def bound(self):
        """Whether the folder's file holds it."""
        return self.source in {ISSUED, SCAN} and not self.held

    @property
    def there(self):
        return self.source != MISSING

    @property
    def title(self):
        return f"{self.label} {self.number}".strip()

    @property
    def ref(self):
        """What it is, without a name: "scan:12"."""
        return f"{self.source}:{self.row.pk}" if self.row else self.source

    def part(self):
        """Its bytes (`binder.Part`), those whose digest the register and its journal keep. Damaged; `scans.Refused` where
        somebody dropped it meanwhile. Two queries."""
        if self.source == ISSUED:
            file = IssuedFile.objects.get(issued=self.row, form=IssuedFile.Form.PDF)
            if not whole(file):
                raise Damaged(self)
            return Part(self.title, PDF, bytes(file.content))
        try:
            return Part(self.title, self.row.kind, scans.content(self.row))
        except scans.Spoilt:
            self.row.refresh_from_db(fields=["dropped_at"])
            if self.row.dropped_at:
                raise scans.Refused(_("Tập hồ sơ vừa được người khác sửa. Tải lại.")) from None
            raise Damaged(self) from None


@dataclass(frozen=True)
class Folder:
    """entries: in the order of the procedure. corrected: whether what no longer stands lies there too; hidden: how many
    such papers were left out. beside: the other cells whose people its papers name."""

    candidacy: object
    entries: list
    corrected: bool
    hidden: int
    beside: tuple = ()

    @property
    def there(self):
        return sum(entry.there for entry in self.entries)

    @property
    def missing(self):
        return sum(entry.source == MISSING for entry in self.entries)

    @property
    def bound(self):
        return [entry for entry in self.entries if entry.bound]

    @property
    def pages(self):
        return sum(entry.pages for entry in self.bound)

    @property
    def too_much(self):
        """Why no file is made of it, in words; "" where one is."""
        size = sum(entry.size for entry in self.bound)
        if self.pages > MOST_PAGES:
            words = _(
                "Tập hồ sơ có %(n)s trang; một tệp chứa nhiều nhất %(most)s trang. In từng giấy ở trang Giấy tờ."
            )
            return words % {"n": self.pages, "most": MOST_PAGES}
        if size > MOST_BYTES:
            words = _(
                "Các bản trong tập hồ sơ nặng %(n)s MB; một tệp chứa nhiều nhất %(most)s MB. In từng giấy ở trang Giấy tờ."
            )
            return words % {"n": -(-size // 1_000_000), "most": MOST_BYTES // 1_000_000}
        return ""


def folder(candidacy, snapshot, access, *, corrected=False):
    """The Folder of a candidacy fetched by `case.candidacy`, as the account may see it. corrected: with what was corrected or
    withdrawn, each saying so. About sixteen queries however much lies there, a few more a paper for several dossiers; the
    bytes of issued PDFs are read for their pages."""
    issued = list(candidacy.issued.select_related("corrected_by").order_by("pk"))
    stands = [row for row in issued if not _void(row)]
    shown = issued if corrected else stands
    scans = [row for row in candidacy.scans.order_by("pk") if row.dropped_at is None]
    scans = [row for row in scans if row.issued_id is None or row.issued_id in {one.pk for one in shown}]
    held = {row.pk for row in shown if not joined.seen(access, row)}
    beside = {cell for row in shown if row.pk not in held for cell in joined.by_cell(row)} - {candidacy.cell}
    found = _Laid(shown, scans, held).laid(candidacy, _missing(candidacy, snapshot, access.today))
    return Folder(candidacy, found, corrected, len(issued) - len(stands), tuple(beside))


def mark_of(pk):
    """A text that tells whether other papers lie in the folder of that candidacy now: issued, corrected, withdrawn, scanned
    or dropped since. Two queries."""
    issued = IssuedPaper.objects.filter(candidacy_id=pk).order_by("pk").values_list("pk", "withdrawn_on")
    kept = Scan.objects.filter(candidacy_id=pk, dropped_at=None).order_by("pk").values_list("pk", "digest")
    return hashlib.sha256(repr([list(issued), list(kept)]).encode()).hexdigest()


def _missing(candidacy, snapshot, today):
    """Codes of what the road asks for before its next decisive step and nobody recorded. Eleven queries at most."""
    left, step = still_to_walk(evidence.facts_of(candidacy, snapshot.structure, today), today)
    return left[: left.index(step.code)] if step else []


def _void(row):
    """Why an issued paper no longer stands; "" where it does."""
    after = getattr(row, "corrected_by", None)
    if after is not None:
        return (
            _("đã được thay bằng số %s") % after.number if after.number else _("đã được thay bằng bản khác")
        )
    return _("đã thu hồi") if row.withdrawn_on else ""


class _Laid:
    """Puts issued papers and scans at the records they are of."""

    def __init__(self, issued, scans, held):
        self.held = held
        self.left = {row.pk: row for row in issued}
        files = IssuedFile.objects.filter(issued__in=issued, form=IssuedFile.Form.PDF)
        self.files = {file.issued_id: bytes(file.content) for file in files}
        self.scans = defaultdict(list)
        for scan in scans:
            of = ("issued", scan.issued_id) if scan.issued_id else ("paper", scan.paper_id)
            self.scans[of if of[1] else ("form", scan.form)].append(scan)
        self.found = []

    def laid(self, candidacy, missing):
        for row in candidacy.papers.all():
            if row.kind not in PAPERLESS:
                self._recorded(
                    row.kind,
                    forms_of(row.kind),
                    f"{row.kind}:{row.pk}",
                    str(KINDS[row.kind].label),
                    row.number,
                    row.on,
                    ("paper", row.pk),
                )
        for row in candidacy.letters.all():
            label = _("Công văn thẩm tra gửi %s") % row.to
            self._recorded("declaration", LETTERS, f"letter:{row.pk}", label, row.number, row.sent_on)
        self._of_admission(getattr(candidacy, "admission", None))
        held = sorted(candidacy.person.certificates.all(), key=lambda row: row.issued_on, reverse=True)
        for row in held:  # a picture is of the latest
            form = CERTIFICATES[row.kind]
            self._recorded("", [form], "", _title(form), row.number, row.issued_on, ("form", form))
        for row in list(self.left.values()):
            self._issued(row)
        for scan in (scan for rest in self.scans.values() for scan in rest):
            self._scanned(scan, place("", scan.form))
        for code in missing:
            if code != MENTOR and code not in PAPERLESS:
                self._missing(code)
        return sorted(
            self.found, key=lambda entry: (entry.at, entry.on or date.max, entry.row and entry.row.pk or 0)
        )

    def _of_admission(self, row):
        if row is None or row.cancelled_on:
            return
        for kind, on, number in (
            ("decision", row.decided_on, row.decision_number),
            ("recognition", row.recognised_on, row.recognition_number),
        ):
            if on:
                thing = ("form", KINDS[kind].form)
                self._recorded(kind, forms_of(kind), "", str(KINDS[kind].label), number, on, thing)

    def _recorded(self, kind, forms, ref, label, number, on, thing=()):
        """What the register knows of: as it was issued, as it was scanned, or without a copy. thing: under what its scans
        lie, () for what none is of."""
        own = [row for row in self.left.values() if is_of(row, forms, ref, on)]
        for row in own:
            self._issued(row)
        at, scans = place(kind, forms[0] if forms else ""), self.scans.pop(thing, ())
        for scan in scans:
            self._scanned(scan, at, _("%s (bản đã ký)") % label if own else label, number, on)
        if not own and not scans:
            key = ":".join(map(str, thing)) or OTHER
            self.found.append(Entry(at, label, _number_of(forms), number, on, RECORDED, kind=kind, thing=key))

    def _issued(self, row):
        del self.left[row.pk]
        content = self.files.get(row.pk)
        at = place("", row.form)
        self.found.append(
            Entry(at, row.title, _number_of([row.form]), row.number, row.on, ISSUED if content else WORD,
                  _pages(content), len(content or b""), _void(row), row, row.pk in self.held)
        )  # fmt: skip
        for scan in self.scans.pop(("issued", row.pk), ()):
            self._scanned(scan, at, _("%s (bản đã ký)") % row.title, row.number, row.on, _void(row))

    def _scanned(self, scan, at, label="", number="", on=None, void=""):
        label = label or scan.title
        self.found.append(
            Entry(at, label, "", number, on, SCAN, scan.pages, scan.size, void, scan, scan.issued_id in self.held)
        )  # fmt: skip

    def _missing(self, code):
        form = _CLASSES.get(code) or next(iter(forms_of(code)), "")
        label = _title(form) if code in _CLASSES else label_of(code)
        self.found.append(Entry(place(code, form), label, _number_of([form]), "", None, MISSING))


def _pages(content):
    """0 of what cannot be read: that it is damaged is told where it is to be printed."""
    try:
        return pages_in(content) if content else 0
    except Unbindable:
        return 0


def _title(form):
    return catalogue.forms()[form][-1].title


def _number_of(forms):
    """The number of a form as papers bear it ("6-KNĐ"); "" for one that has a short name alone."""
    return next((form for form in forms if form and form[0].isdigit()), "")
