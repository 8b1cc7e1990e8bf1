"""What a committee asks of its candidates beyond the rules: which apply where, and the deeds that add and end them."""

from datetime import timedelta

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.access import OFFICE, TREE
from committees.editing import unchanged

from ..models import Criterion
from .deeds import Refused


def seen(access):
    """[Criterion] of the committees within reach, of those above them and of their own, the committee's highest first,
    then in order of day. The committees above bind the reader's own. One query."""
    tree, spans = access.tree, access.require(TREE)
    found = []
    for criterion in Criterion.objects.select_related("committee").order_by("since", "pk"):
        p = tree.of(criterion.committee_id)
        if p >= 0 and any(first < tree.end[p] and p < end for first, end in spans):
            found.append((p, criterion))
    return [criterion for _p, criterion in sorted(found, key=lambda pair: pair[0])]


def may_change(access, criterion):
    return access.may(OFFICE, criterion.committee_id)


def add_criterion(*, by, committee, text, since, document=""):
    """From `since` on (inclusive) the committee and all below it ask this too. Returns the Criterion. Raises Refused
    where the same words are asked there already."""
    with journal.pen(by, "criterion-add", about=f"criteria:{committee.code}", committee=committee):
        running = Criterion.objects.filter(committee=committee, text=text, until=None)
        if running.exists():
            raise Refused(("text", _("một tiêu chí khác; tổ chức này đang áp dụng đúng tiêu chí ấy")))
        criterion = Criterion(committee=committee, text=text, document=document, since=since)
        criterion.save()
    return criterion


def end_criterion(criterion, *, by, last=None, stamp=None):
    """It is asked for the last time on the day `last` (inclusive); None: no longer from today on. Raises Refused, and
    Overtaken."""
    with journal.pen(
        by, "criterion-end", about=f"criteria:{criterion.committee.code}", committee=criterion.committee
    ):
        fresh = unchanged(criterion, stamp)
        if fresh.until is not None:
            raise Refused(("", _("một tiêu chí đang áp dụng; tiêu chí này đã kết thúc")))
        if last is not None and last < fresh.since:
            raise Refused(("last", _("một ngày từ %s, ngày bắt đầu áp dụng") % vietnamese.day(fresh.since)))
        fresh.until = max(fresh.since, vietnamese.today() if last is None else last + timedelta(days=1))
        fresh.save()
    return fresh
