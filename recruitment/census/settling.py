"""The deeds of settlements: written down, covered otherwise from a day, put right, ended. What was said of a day that has
passed is kept: a change ends the row so far and begins another. Each deed takes its own pen and may raise Refused, and
Overtaken where its page was."""

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.models import Committee, Coverage, Kind, Settlement
from committees.tree import structure

from ..quotas.deeds import Refused
from . import held

HOMES = {Kind.PROVINCE.value, Kind.UPPER.value, Kind.GRASSROOTS_PARTY.value}
OWN, NONE = Coverage.State.OWN, Coverage.State.NONE


def faults(standing, *, committee_id, state, cell_id, since):
    """[(name, what is wanted)] of a coverage from a day on, judged by the Structure alone."""
    day, found, cell = since.toordinal(), [], None
    home = held.place(standing, committee_id, day)
    if home is None or home.kind not in HOMES:
        found.append(("committee", _("một đảng bộ hoạt động vào ngày %s") % vietnamese.day(since)))
    if cell_id is not None:
        cell = held.place(standing, cell_id, day)
        if cell is None or cell.kind not in Kind.cells():
            found.append(("cell", _("một chi bộ hoạt động vào ngày %s") % vietnamese.day(since)))
    if state == OWN and cell_id is None:
        found.append(("cell", _("chi bộ riêng của thôn")))
    elif state == NONE and cell_id is not None:
        found.append(("cell", _("ô trống, vì thôn chưa có chi bộ; hoặc chọn hình thức khác")))
    if not found and cell is not None:
        tree = standing.at(since)
        p, under = tree.of(committee_id), tree.of(cell_id)
        if not p <= under < tree.end[p]:
            told = standing.name_on(standing.index[committee_id], since)
            found.append(("cell", _("một chi bộ thuộc %s") % told))
    return found


def shared_already(settlement_id, cell_id, since, until=None):
    """The Settlement whose own cell it is on a day of [since, until); None. One query. Needs the pen held, so that the
    answer stays true."""
    others = Coverage.objects.filter(cell_id=cell_id, state=OWN).exclude(settlement_id=settlement_id)
    others = others.exclude(until__lte=since)
    if until is not None:
        others = others.filter(since__lt=until)
    row = others.select_related("settlement").order_by("since").first()
    return row and row.settlement


def _judge(settlement_id, said, until=None):
    """Raises Refused. Under the pen: a committee that ended while the deed waited for it bears nothing any more."""
    found = faults(
        structure(), committee_id=said["committee"].pk, state=said["state"],
        cell_id=said["cell"] and said["cell"].pk, since=said["since"],
    )  # fmt: skip
    if not found and said["state"] == OWN:
        other = shared_already(settlement_id, said["cell"].pk, said["since"], until)
        if other is not None:
            told = _("một chi bộ chưa là chi bộ riêng của thôn khác; đây là chi bộ riêng của %s (%s)")
            found.append(("cell", told % (other.name, other.code)))
    if found:
        raise Refused(*found)


def _about(settlement):
    return f"settlement:{settlement.code}"


def write_down(*, by, code, name, kind, committee, state, cell, since, document="", note=""):
    """A settlement, of the committee and covered so from the day `since` on (inclusive). Returns the Settlement."""
    with journal.pen(by, "settlement-add", about=f"settlement:{code}", committee=committee):
        if Settlement.objects.filter(code=code).exists():
            raise Refused(("code", _("một mã chưa dùng")))
        settlement = Settlement(code=code, name=name, kind=kind)
        said = {"committee": committee, "state": state, "cell": cell, "since": since}
        _judge(None, said)
        settlement.save()
        Coverage(settlement=settlement, document=document, note=note, **said).save()
    return settlement


def rename(settlement, *, by, name, kind, reason, stamp=None):
    """The name and sort as they should have been written."""
    last = last_row(settlement)
    with journal.pen(
        by, "settlement-edit", about=_about(settlement), committee=last.committee, reason=reason
    ):
        fresh = held.still(settlement, stamp)
        fresh.name, fresh.kind = name, kind
        fresh.save()
    return fresh


def last_row(settlement):
    """The newest Coverage of a settlement, its committee read with it. One query."""
    return settlement.coverage.select_related("committee", "cell").order_by("since").last()


def _fresh(row, stamp):
    """The row read anew under the pen, the settlement's newest; Refused where another came after it."""
    fresh = held.still(row, stamp)
    if Coverage.objects.filter(settlement_id=row.settlement_id, since__gt=fresh.since).exists():
        raise Refused(("", _("lần ghi mới nhất của thôn này; đã có lần ghi sau")))
    return fresh


def cover(row, *, by, since, committee, state, cell, document="", note="", stamp=None):
    """Another committee, cell or form from the day `since` on; row: the newest Coverage so far, which ends then. Returns
    the new Coverage."""
    with journal.pen(by, "settlement-cover", about=_about(row.settlement), committee=committee):
        fresh = _fresh(row, stamp)
        if fresh.until is not None:
            raise Refused(("", _("một thôn chưa kết thúc")))
        if since <= fresh.since:
            told = _("ngày sau %s, ngày của lần ghi trước; ghi nhầm thì sửa lần ghi ấy")
            raise Refused(("since", told % vietnamese.day(fresh.since)))
        said = {"committee": committee, "state": state, "cell": cell, "since": since}
        _judge(row.settlement_id, said)
        fresh.until = since
        fresh.save()
        later = Coverage(settlement_id=row.settlement_id, document=document, note=note, **said)
        later.save()
    return later


def correct(row, *, by, reason, since, committee, state, cell, document="", note="", stamp=None):
    """The newest Coverage as it should have been written; an earlier day moves the end of the row before it, and never
    past that row's own beginning. Returns it."""
    with journal.pen(
        by, "settlement-correct", about=_about(row.settlement), committee=committee, reason=reason
    ):
        fresh, before = _fresh(row, stamp), _before(row)
        if before is not None and since <= before.since:
            told = _("ngày sau %s, ngày của lần ghi trước")
            raise Refused(("since", told % vietnamese.day(before.since)))
        if fresh.until is not None and since >= fresh.until:
            raise Refused(("since", _("ngày trước %s, khi thôn kết thúc") % vietnamese.day(fresh.until)))
        said = {"committee": committee, "state": state, "cell": cell, "since": since}
        _judge(row.settlement_id, said, fresh.until)
        if before is not None and before.until == fresh.since != since:
            before.until = since
            before.save()
        for name, value in {**said, "document": document, "note": note}.items():
            setattr(fresh, name, value)
        fresh.save()
    return fresh


def _before(row):
    """The Coverage just before a row; None for the first."""
    return (
        Coverage.objects.filter(settlement_id=row.settlement_id, since__lt=row.since).order_by("since").last()
    )


def take_back(row, *, by, reason, stamp=None):
    """The newest Coverage, or the end of the settlement, was a slip: what stood before goes on. The first row alone stays:
    it is corrected instead."""
    with journal.pen(
        by, "settlement-take-back", about=_about(row.settlement), committee=row.committee, reason=reason
    ):
        fresh, before = _fresh(row, stamp), _before(row)
        if fresh.until is not None:
            settlement = Settlement.objects.get(pk=row.settlement_id)
            settlement.heir, settlement.ended_by = None, ""
            settlement.save()
            fresh.until = None
            fresh.save()
            return
        if before is None:
            raise Refused(("", _("một lần ghi có lần khác trước nó; lần đầu tiên thì sửa")))
        end = before.until if before.until != fresh.since else None
        fresh.delete()
        before.until = end
        before.save()


def end(row, *, by, on, heir=None, document="", stamp=None):
    """The settlement stands no more from the day `on` on: merged into `heir` (a Settlement), or gone."""
    settlement = row.settlement
    with journal.pen(by, "settlement-end", about=_about(settlement), committee=row.committee):
        fresh = _fresh(row, stamp)
        if fresh.until is not None:
            raise Refused(("on", _("một thôn chưa kết thúc")))
        if on <= fresh.since:
            told = _("ngày sau %s, ngày của lần ghi trước")
            raise Refused(("on", told % vietnamese.day(fresh.since)))
        if heir is not None and not Coverage.objects.running_on(on).filter(settlement=heir).exists():
            raise Refused(("heir", _("một thôn còn hoạt động vào ngày %s") % vietnamese.day(on)))
        if heir is not None and heir.pk == settlement.pk:
            raise Refused(("heir", _("một thôn khác")))
        fresh.until = on
        fresh.save()
        settlement = Settlement.objects.get(pk=settlement.pk)
        settlement.heir, settlement.ended_by = heir, document
        settlement.save()


def within(access, right, settlement):
    """The door for a settlement: its newest committee's. 404, 403 as the door; returns its newest Coverage."""
    row = last_row(settlement)
    access.check(row.committee_id, right)
    return row


def named(access, right, code):
    """The Committee of a code where the account holds the right; None."""
    i = access.structure.by_code.get(code)
    if i is None or not access.may(right, access.structure.ids[i]):
        return None
    return Committee(id=access.structure.ids[i], code=code)
