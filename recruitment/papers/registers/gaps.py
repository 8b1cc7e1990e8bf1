"""The numbers of a body that no document here bears: told in its book, so that a missing leaf can be seen."""

from dataclasses import replace

from django.utils.translation import gettext as _

from ...models import NumberBlock
from ...numbering.written import parts
from .sent import Document

# Ids of gaps stand above those of all documents: so many for each series, which numbers of ten digits do not fill.
_IDS = 1 << 40


def skipped(committee_id):
    """{series: numbers} that a committee's clerk said were given to other documents. One query."""
    found = {}
    for block in NumberBlock.objects.filter(committee_id=committee_id):
        for n in block.skipped:
            if told := parts(f"{n}{block.suffix}"):
                found.setdefault(f"{told[1]}/{told[2]}", set()).add(n)
    return found


def with_gaps(documents, place, elsewhere):
    """Documents in order, with a line for the numbers between two of a series that none bears, and a word where two bear the
    same. place: the index of the body, whose gaps they are; elsewhere: as `skipped`."""
    found, before, series = [], None, {}
    for one in documents:
        together = before is not None and one.n is not None and one.series == before.series
        if together and one.n > before.n + 1:
            k = series.setdefault(one.series, len(series) + 1)
            found += _gaps(before.n + 1, one.n - 1, one, place, k * _IDS, elsewhere.get(one.series, set()))
        if together and one.n == before.n:
            one = replace(one, note="; ".join(filter(None, [one.note, _("trùng số với dòng trên")])))
        found.append(one)
        before = one if one.n is not None else None
    return found


def _gaps(first, last, after, place, ids, elsewhere):
    """Lines of the numbers first to last: those given to other documents apart from those nobody knows of."""
    for begin, end, known in _runs(first, last, elsewhere):
        words = _("Đã dùng cho văn bản khác") if known else _("Số không dùng, hoặc chưa ghi ở đây")
        written = str(begin) if begin == end else f"{begin}–{end}"
        yield Document(
            ids + begin, written, None, words, place, sign=after.sign, n=begin, series=after.series, last=end
        )


def _runs(first, last, known):
    """(its first, its last, whether they are known) of every run of numbers from first to last, both inclusive. However long
    the gap, only what is known is walked through."""
    at = first
    for n in sorted(n for n in known if first <= n <= last):
        if n < at:
            continue  # of a run told already
        end = n
        while end < last and end + 1 in known:
            end += 1
        if at < n:
            yield at, n - 1, False
        yield n, end, True
        at = end + 1
    if at <= last:
        yield at, last, False
