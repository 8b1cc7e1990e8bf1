"""Every published figure beside its recomputation and our own figure. Knows no HTTP."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby

from ..models import Claim
from .checks import HOLDING, Result, check
from .ours import Ours, Resolver
from .printed import judge
from .statements import SUM, state
from .words import CONTRADICTS, Tag, tag


@dataclass(frozen=True)
class Line:
    """One published figure, what the check found, and what this register shows in its place."""

    claim: Claim
    result: Result
    tag: Tag
    ours: Ours | None

    @property
    def formula(self):
        """As on paper, 9.701 / 9.352 = 103,73 %; empty where there is nothing to compute with."""
        return f"{self.result.statement.formula} = {self.result.text}" if self.result.text else ""

    @property
    def hint(self):
        """What the check has to say; that there is nothing to check is said by the tag already."""
        return self.result.hint if self.result.statement.terms else ""

    @property
    def ours_differs(self):
        """Whether our figure, where it answers the very number printed, does not bear it out."""
        printed = self.result.statement.printed
        if not printed or self.ours is None or self.ours.is_percent != printed.percent:
            return False
        return judge(printed, self.ours.value) not in HOLDING


@dataclass(frozen=True)
class Board:
    """All lines by article, and how many there are of each kind of finding."""

    articles: list
    counts: Counter
    contradictions: list

    @property
    def total(self):
        return self.counts.total()


def board(snapshot, opens=lambda code: True):
    """The Board of everything kept as published. One query, whatever the number of articles and figures.

    opens(code): whether the reader may open that committee's pages; elsewhere our figure stands without an address.
    """
    claims = list(
        Claim.objects.select_related("article").order_by("article__order", "article__code", "order")
    )
    results = {result.statement.code: result for result in check(_statements(claims))}
    resolver = Resolver(snapshot)
    lines = [_line(claim, results[claim.code], resolver, opens) for claim in claims]
    articles = [
        (article, list(group)) for article, group in groupby(lines, key=lambda line: line.claim.article)
    ]
    counts = Counter(line.tag.kind for line in lines)
    return Board(articles, counts, [line for line in lines if line.tag is CONTRADICTS])


def _statements(claims):
    """The claims as statements. A bare figure is a sum without terms: it lends its number to the others."""
    for claim in claims:
        yield state(claim.code, claim.operation or SUM, claim.published, claim.terms, claim.article.code)


def _line(claim, result, resolver, opens):
    ours = resolver.find(claim)
    if ours is not None and not opens(claim.committee_code):
        ours = replace(ours, address="")
    return Line(claim, result, tag(result.verdict, claim.doubtful), ours)
