"""Stages without papers: as a workbook tells them, and one told by mistake taken back."""

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import unchanged
from committees.tree import structure

from ...models import Candidacy, Stage, Step
from .. import followed
from .base import (
    BY_HAND,
    Refused,
    change_row,
    create_rows,
    deed_on,
    road,
    seen,
)
from .settling import standing


def retractable(candidacy, steps):
    """Every reason why the last of `steps` may not be taken back: it is the first, or follows from an admission or a
    paper, or the cell has begun to follow the person anew. Two queries; one more for a road that was stopped."""
    if candidacy.departed_on:
        return [_("Hồ sơ chuyển ra ngoài cùng tổ chức. Hoàn tác việc sắp xếp ấy để theo dõi tiếp.")]
    if len(steps) < 2:
        return [
            _("Bước đầu tiên không rút lại được. Nếu người này không thuộc danh sách, hãy dừng theo dõi.")
        ]
    if steps[-1].stage not in {*BY_HAND, Stage.CLOSED}:
        return [_("Bước này do quyết định kết nạp ghi. Sửa ngày hoặc hủy ở lần kết nạp ấy.")]
    if steps[-1].stage in standing(candidacy):
        return [_("Bước này theo giấy tờ đã ghi. Rút lại giấy ấy.")]
    cells = followed.together(structure(), candidacy.cell_id, vietnamese.today())
    again = Candidacy.objects.filter(person_id=candidacy.person_id, cell_id__in=cells, stage__in=Stage.open())
    if steps[-1].stage == Stage.CLOSED and again.exists():
        return [_("Chi bộ đã theo dõi lại người này ở một hồ sơ khác.")]
    return []


def retract(candidacy, *, by, reason, stamp=None):
    """Take back the last step that was told without a paper, by mistake; a stop too. The step is deleted, the journal
    keeps it. Refused, Overtaken where someone wrote the candidacy after entry `stamp` (None: not asked)."""
    if not reason.strip():
        raise Refused(_("Ghi lý do rút lại bước này."), field="reason")
    with deed_on(candidacy, "candidacy-retract", by, reason=reason) as pen:
        fresh = unchanged(candidacy, stamp)
        steps = road(fresh)
        if reasons := retractable(fresh, steps):
            raise Refused(*reasons)
        pen.note(stage=steps[-1].stage, on=steps[-1].on)
        # Rows that go make the next snapshot read everything anew: rare enough.
        steps[-1].delete()
        change_row(fresh, stage=steps[-2].stage)
    return seen(candidacy, fresh)


def enter_many(rows, *, create=create_rows):
    """Enter candidacies with the road they have behind them. rows: [(unsaved Candidacy, [(stage, day), …])], steps in
    order. Needs the pen held. create(model, rows) inserts (a load passes its ledger, so that it can be undone)."""
    journal.require_pen()
    for candidacy, steps in rows:
        candidacy.stage = steps[-1][0]
    create(Candidacy, [candidacy for candidacy, _ in rows])
    create(Step, [Step(candidacy=c, stage=stage, on=on) for c, steps in rows for stage, on in steps])


def advance(candidacy, stage, *, on, create=create_rows, change=change_row):
    """Write that the candidacy reached `stage` on a day, without asking whether it may: for deeds that asked, and for
    facts that happened (an admission loaded afterwards). Needs the pen held."""
    journal.require_pen()
    change(candidacy, stage=stage)
    create(Step, [Step(candidacy=candidacy, stage=stage, on=on)])
