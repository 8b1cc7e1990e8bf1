"""What the page of checking shows: every claim with what is printed, what comes out, and what that means; and the texts
an account kept. Knows no HTTP."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from committees import journal

from ..models import KeptCheck
from ..rules import numbers
from .checks import VERDICTS, Result, check
from .statements import Statement
from .words import CONTRADICTS, WORDS, Tag, number_tag, tag
from .workbook import CONTENT, DAY, DOCUMENT, HEADINGS, ISSUER, NUMBER, OPERATION, PUBLISHED, TERMS, Entry

MOST_KEPT = 50  # texts an account may keep


class TooMany(ValueError):
    """The account keeps as many texts as one may."""


@dataclass(frozen=True)
class Line:
    """One row: a claim recomputed, the number of a document, or both."""

    entry: Entry
    result: Result | None

    @property
    def code(self):
        return self.entry.code

    @property
    def content(self):
        return self.entry.cells[CONTENT]

    @property
    def document(self):
        return self.entry.cells[DOCUMENT]

    @property
    def published(self):
        printed = self.result and self.result.statement.printed
        return printed.text if printed else ""

    @property
    def formula(self):
        """As on paper, 9.701 / 9.352 = 103,73 %; empty where there is nothing to compute with."""
        return (
            f"{self.result.statement.formula} = {self.result.text}"
            if self.result and self.result.text
            else ""
        )

    @property
    def tag(self) -> Tag | None:
        return self.result and tag(self.result.verdict)

    @property
    def word(self):
        return self.result and WORDS[self.result.verdict]

    @property
    def hint(self):
        return self.result.hint if self.result else ""

    @property
    def number(self) -> numbers.Number | None:
        return self.entry.number

    @property
    def number_tag(self) -> Tag | None:
        return self.number and number_tag(self.number.verdict)

    @property
    def contradicts(self):
        return CONTRADICTS in (self.tag, self.number_tag)


class Checked:
    """The Claims of a workbook or a text, judged. No query."""

    def __init__(self, claims):
        self.claims = claims
        results = iter(check(claims.statements))
        self.lines = [Line(entry, next(results) if entry.statement else None) for entry in claims.entries]

    @property
    def counts(self):
        """[(words of a verdict, how many)] of claims, then of document numbers, in the order of the verdicts."""
        claims = Counter(line.result.verdict for line in self.lines if line.result)
        papers = Counter(line.number.verdict for line in self.lines if line.number)
        told = [(WORDS[verdict], claims[verdict]) for verdict in VERDICTS if claims[verdict]]
        return told + [
            (word, papers[verdict]) for verdict, word in numbers.VERDICTS.items() if papers[verdict]
        ]

    @property
    def contradictions(self):
        return [line for line in self.lines if line.contradicts]

    @property
    def text(self):
        """The rows as text that `pasted` reads the same again, in the columns of the template."""
        rows = [[heading for heading, _required in HEADINGS]]
        rows += [_row(line.entry) for line in self.lines]
        return "\n".join("\t".join(row).rstrip() for row in rows)

    def rows(self):
        """(headings, rows) of the file of findings."""
        headings = [
            "Mã", CONTENT, DOCUMENT, OPERATION, PUBLISHED, "Tính lại", "Kết luận", "Giải thích",
            NUMBER, ISSUER, "Kết luận về số văn bản", "Giải thích về số văn bản",
        ]  # fmt: skip
        return headings, [
            [
                line.code, line.content, line.document, line.entry.cells[OPERATION], line.published, line.formula,
                line.word, line.hint, line.entry.cells[NUMBER], line.entry.cells[ISSUER],
                line.number and line.number.word, line.number and line.number.hint,
            ]
            for line in self.lines
        ]  # fmt: skip


def _row(entry):
    cells = entry.cells
    statement: Statement | None = entry.statement
    terms = cells[TERMS].replace("\n", " ") if statement else ""
    return [
        entry.code, cells[OPERATION], cells[PUBLISHED], terms, cells[DOCUMENT], cells[CONTENT],
        cells[NUMBER], cells[ISSUER], cells[DAY],
    ]  # fmt: skip


# Texts kept ---------------------------------------------------------------------------------------------------


def kept(account):
    """The account's texts, the newest first, without their content. One query."""
    return account.kept_checks.defer("text").order_by("-made_at", "-pk")


class _There(Exception):
    """Found under the pen: nothing is to be written, and no entry to tell of it."""


def keep(*, by, name, text):
    """(the KeptCheck, whether it was kept before): one text is kept once, whatever it is called. Raises TooMany. The entry
    tells its name and fingerprint, not the text."""
    digest = hashlib.blake2b(text.encode(), digest_size=32).hexdigest()
    try:
        with journal.pen(by, "figures-keep", about="check", name=name, digest=digest) as pen:
            there = KeptCheck.objects.filter(account=by, digest=digest).first()
            if there is not None:
                raise _There(there)
            if kept(by).count() >= MOST_KEPT:
                raise TooMany
            made = KeptCheck(account=by, name=name, text=text, digest=digest, made_at=timezone.now())
            KeptCheck.objects.bulk_create([made])
            pen.rows.clear()
    except _There as found:
        return found.args[0], True
    return made, False


def drop(*, by, pk):
    """Forget a text of the account's own; KeptCheck.DoesNotExist where there is none (any more)."""
    with journal.pen(by, "figures-drop", about="check") as pen:
        row = KeptCheck.objects.defer("text").get(account=by, pk=pk)
        pen.note(name=row.name, digest=row.digest)
        KeptCheck.objects.filter(pk=row.pk).delete()
