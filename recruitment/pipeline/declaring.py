"""The deed of a cell that declares its candidates for a plan by name, before targets are set. What is taken back keeps its
row with the day."""

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.tree import read_structure

from ..models import Candidacy, Declaration, Plan, Stage
from ..quotas.deeds import Refused
from . import followed


def declare(plan, cell, *, by, on, ticked=(), unticked=()):
    """The cell expects to admit the candidacies `ticked` under the plan, said on the day `on`, and no longer those
    `unticked` (ids). Returns (how many are declared anew, how many were taken back). Raises Refused: nothing is written
    unless all of it holds. Cost: 3 queries, the pen's, and one a row.
    """
    ticked, unticked = set(ticked), set(unticked)
    with journal.pen(by, "declare", about=f"plan:{plan.code}", committee=cell) as pen:
        plan = Plan.objects.get(pk=plan.pk)
        found = Candidacy.objects.in_bulk(ticked | unticked)
        rows = {
            row.candidacy_id: row
            for row in Declaration.objects.filter(plan=plan, candidacy__in=ticked | unticked)
        }
        if faults := _faults(plan, cell, on, ticked, unticked, found, rows):
            raise Refused(*faults)
        made = [
            _declared(plan, found[pk], rows.get(pk), on) for pk in sorted(ticked) if not _runs(rows.get(pk))
        ]
        gone = [rows[pk] for pk in sorted(unticked) if _runs(rows.get(pk))]
        if not made and not gone:
            raise Refused(("", _("ít nhất một thay đổi; các ô đang như đã lưu")))
        for row in gone:
            row.withdrawn_on = on
        for row in made + gone:
            row.save()
        pen.note(new=len(made), removed=len(gone), on=on)
    return len(made), len(gone)


def _runs(row):
    return row is not None and row.withdrawn_on is None


def _declared(plan, candidacy, row, on):
    """The row of a candidacy declared on a day: its own from before, if it was once taken back."""
    if row is None:
        return Declaration(plan=plan, candidacy=candidacy, on=on)
    row.on, row.withdrawn_on = on, None
    return row


def _faults(plan, cell, on, ticked, unticked, found, rows):
    if plan.counts != Plan.Counts.ADMISSIONS:
        return [("", _("một kế hoạch kết nạp; kế hoạch này đếm việc khác"))]
    if plan.last_day < vietnamese.today():
        return [
            ("", _("một kế hoạch chưa kết thúc; kế hoạch này hết ngày %s") % vietnamese.day(plan.last_day))
        ]
    if on > vietnamese.today():
        return [("on", _("ngày không sau hôm nay (%s)") % vietnamese.day(vietnamese.today()))]
    strange = {pk: one.cell_id for pk, one in found.items() if one.cell_id != cell.pk}
    if strange:  # of a cell that ended, its heir declares
        structure, today = read_structure(), vietnamese.today()
        strange = {pk for pk, at in strange.items() if followed.answering(structure, at, today) != cell.pk}
    if (ticked | unticked) - (found.keys() - strange):
        return [("", _("những hồ sơ của chính chi bộ này"))]
    if [pk for pk in ticked if found[pk].stage not in Stage.open()]:
        return [
            (
                "",
                _("những hồ sơ đang mở; có hồ sơ đã dừng hoặc đã kết nạp, mở lại trang để xem danh sách mới"),
            )
        ]
    entered = max((found[pk].entered_on for pk in ticked), default=on)
    said = max((rows[pk].on for pk in unticked if pk in rows), default=on)
    if on < max(entered, said):
        told = _("ngày từ %s: có người vào nguồn, hoặc đã đăng ký, vào ngày ấy")
        return [("on", told % vietnamese.day(max(entered, said)))]
    return []
