"""The numbers of a body that no document of its book bears: told there, so that a missing leaf can be seen. Numbers run through
a term, a book often through a year: what another year's document bears is no gap."""

from bisect import bisect_left, bisect_right
from dataclasses import replace

from django.utils.translation import gettext as _

from ...models import NumberBlock
from ...numbering.blocks import taken
from ...numbering.terms import term_of
from ...numbering.uses import uses_of
from ...numbering.written import parts
from .sent import Document

# Ids of gaps stand above those of all documents: so many for each series, which numbers of ten digits do not fill.
_IDS = 1 << 40


def accounted(structure, body, last, on):
    """{series: {number: what is known of it, in words}} of the numbers of a body (an index) in the term around the day `last`,
    as known on the day `on`: what a document of the term bears, what a clerk passed over or keeps in a block. A dozen
    queries."""
    found, term = {}, term_of(structure.ids[body], last)
    uses = uses_of(structure, body, term.first, min(term.last, on))
    for block in NumberBlock.objects.filter(committee_id=structure.ids[body]):
        if (told := parts(f"{block.first}{block.suffix}")) is None:
            continue
        series = found.setdefault(_series(told), {})
        if block.ended_on is None or block.ended_on > on:
            kept = set(range(block.first, block.last + 1)) - taken(uses, block.suffix)
            series.update(dict.fromkeys(kept, _("Trong dải đã giữ, chưa dùng")))
        series.update(dict.fromkeys(block.skipped, _("Đã dùng cho văn bản khác")))
    for use in uses:
        if (told := parts(use.number)) is not None:
            found.setdefault(_series(told), {})[told[0]] = _("Văn bản của năm khác trong nhiệm kỳ")
    return found


def _series(told):
    return f"{told[1]}/{told[2]}"


def with_gaps(documents, place, known):
    """Documents in order, with a line for the numbers between two of a series that none bears, and a word where two bear the
    same. place: the index of the body, whose gaps they are; known: as `accounted`."""
    found, before, series = [], None, {}
    order = {name: sorted(numbers) for name, numbers in known.items()}
    for one in documents:
        together = before is not None and one.n is not None and one.series == before.series
        if together and one.n > before.n + 1:
            k = series.setdefault(one.series, len(series) + 1)
            runs = _runs(before.n + 1, one.n - 1, known.get(one.series, {}), order.get(one.series, []))
            found += _gaps(runs, one, place, k * _IDS)
        if together and one.n == before.n:
            one = replace(one, note="; ".join(filter(None, [one.note, _("trùng số với dòng trên")])))
        found.append(one)
        before = one if one.n is not None else None
    return found


def _gaps(runs, after, place, ids):
    """Lines of numbers: those of which something is known apart from those nobody knows of."""
    for begin, end, known in runs:
        words = known or _("Số không dùng, hoặc chưa ghi ở đây")
        written = str(begin) if begin == end else f"{begin}–{end}"
        yield Document(
            ids + begin, written, None, words, place, sign=after.sign, n=begin, series=after.series, last=end
        )


def _runs(first, last, known, order):
    """[(its first, its last, what is known of it or "")] of every run of numbers from first to last, both inclusive. order: the
    numbers known, in order: however long the gap, only these are walked through."""
    found, at = [], first
    for n in order[bisect_left(order, first) : bisect_right(order, last)]:
        if at < n:
            found.append((at, n - 1, ""))
        if found and found[-1][1:] == (n - 1, known[n]):
            found[-1] = (found[-1][0], n, known[n])
        else:
            found.append((n, n, known[n]))
        at = n + 1
    if at <= last:
        found.append((at, last, ""))
    return found
