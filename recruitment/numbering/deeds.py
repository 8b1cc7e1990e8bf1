"""Deeds on blocks of numbers: reserved, numbers of them passed over, ended."""

from django.db.models import F, Q
from django.utils.translation import gettext as _

from committees import journal
from committees.editing import unchanged
from committees.vietnamese import day as written

from ..models import NumberBlock
from .blocks import sign_of, write
from .series import MOST
from .written import parts


class Refused(ValueError):
    """Nothing was written. `faults`: {field: what stands against it}, in Vietnamese; "" for the whole."""

    def __init__(self, faults):
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def reserve(committee, *, suffix, first, last, since, note="", by):
    """Reserve the numbers `first` to `last` (both inclusive) of a committee, written before `suffix` ("-QĐ/HU"), for
    documents dated from `since` on. Returns the NumberBlock. Refused where they are no block, or another block that is
    open has some of them already. One pen; two queries."""
    with journal.pen(
        by, "number-reserve", committee=committee, kind=suffix, count=max(0, last - first + 1)
    ) as pen:
        block = NumberBlock(
            committee=committee,
            sign=sign_of(suffix),
            suffix=suffix,
            first=first,
            last=last,
            since=since,
            note=note,
        )
        if faults := _amiss(block):
            raise Refused(faults)
        block.save()
        pen.about = _about(block)
    return block


def change(block, *, skipped, ended_on=None, note="", by, stamp):
    """Say which numbers of a block other documents were given (a set of numbers within it), and from which day on none is
    taken from it; None: it goes on. Refused, Overtaken (`stamp`: of the block the page showed). One pen."""
    with journal.pen(by, "number-change", about=_about(block), committee=block.committee):
        fresh, faults = unchanged(block, stamp), {}
        strange = sorted(n for n in skipped if not fresh.first <= n <= fresh.last)
        if strange:
            told = {"n": ", ".join(map(str, strange[:5])), "first": fresh.first, "last": fresh.last}
            faults["skipped"] = _("Không có số %(n)s trong dải từ %(first)s đến %(last)s.") % told
        if ended_on is not None and ended_on < fresh.since:
            faults["ended_on"] = _("Ngày thôi dùng trước ngày %s, ngày bắt đầu dùng dải.") % written(
                fresh.since
            )
        if faults:
            raise Refused(faults)
        ended, fresh.ended_on = fresh.ended_on, ended_on
        if ended is not None and (ended_on is None or ended_on > ended) and (clash := _shared(fresh)):
            raise Refused({"ended_on": clash})
        fresh.skipped, fresh.note = sorted(skipped), note
        fresh.save()
    return fresh


def _about(block):
    return f"recruitment.numberblock:{block.pk}"


def _amiss(block):
    """{field: message} of what stands against a block that is to be reserved."""
    if not block.sign:
        return {"suffix": _("Không rõ loại văn bản trong “%s”. Ghi như -QĐ/HU hoặc -NQ/CB.") % block.suffix}
    if not 1 <= block.first <= block.last:
        return {"last": _("Số cuối phải từ số đầu trở lên, số đầu từ 1.")}
    if block.last - block.first >= MOST:
        return {"last": _("Một dải có nhiều nhất %s số.") % MOST}
    clash = _shared(block)
    return {"first": clash} if clash else {}


def _shared(block):
    """What is said where another block of the body gives some of the same numbers on a day on which this one does; "". One
    query."""
    others = NumberBlock.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=block.since) & Q(ended_on__gt=F("since")),
        committee=block.committee, first__lte=block.last, last__gte=block.first,
    ).exclude(pk=block.pk).order_by("first", "pk")  # fmt: skip
    if block.ended_on is not None:
        others = others.filter(since__lt=block.ended_on)
    series = parts(write(1, block.suffix))
    other = next((one for one in others if parts(write(1, one.suffix)) == series), None)
    if other is None:
        return ""
    told = {"first": write(other.first, other.suffix), "last": write(other.last, other.suffix)}
    words = _(
        "Dải từ %(first)s đến %(last)s đang giữ một phần các số này. Thôi dùng dải ấy trước, hoặc chọn số khác."
    )
    return words % told
