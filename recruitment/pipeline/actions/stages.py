"""Stages: reached by hand, by what happened, stopped, taken back."""

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import unchanged

from ...models import Candidacy, Stage, Step
from .base import (
    BY_HAND,
    Refused,
    change_row,
    create_rows,
    deed_on,
    last_step,
    rank,
    road,
    seen,
)


def objections(candidacy, stage, *, on, last_step=None):
    """Every reason why the candidacy may not reach `stage` on that day; an empty list means it may.

    The order of the procedure alone; the rules in force that day join in with the rule sets.
    """
    reasons = []
    here, there = Stage(candidacy.stage), Stage(stage)
    if here is Stage.CLOSED:
        reasons.append("Hồ sơ đã dừng; mở lại bằng một lần theo dõi mới.")
    elif here is Stage.OFFICIAL:
        reasons.append("Người này đã là đảng viên chính thức; hồ sơ theo dõi đã xong.")
    elif there is not Stage.CLOSED and rank(there) <= rank(here):
        reasons.append(f"Hồ sơ đang ở bước “{here.label}”, không lùi về bước “{there.label}”.")
    if on > vietnamese.today():
        reasons.append(f"Ngày {vietnamese.day(on)} chưa đến.")
    earliest = last_step.on if last_step else candidacy.entered_on
    if on < earliest:
        reasons.append(f"Ngày {vietnamese.day(on)} trước bước gần nhất ({vietnamese.day(earliest)}).")
    return reasons


def next_by_hand(stage):
    """The next stage that someone reports by hand; None where the road goes on with an admission, or ended."""
    return next((there for there in BY_HAND if rank(there) > rank(stage) >= 0), None)


def move(candidacy, stage, *, by, on, stamp=None):
    """The candidacy reaches a later stage on that day. Refused names every objection and changes nothing; Overtaken
    where someone wrote it after entry `stamp` (None: not asked)."""
    with deed_on(candidacy, "candidacy-move", by, stage=stage):
        # Read under the pen: the page may have shown a road that someone walked on meanwhile.
        fresh = unchanged(candidacy, stamp)
        reasons = objections(fresh, stage, on=on, last_step=last_step(fresh))
        if Stage(stage) not in {*BY_HAND, *Stage.road()[: rank(fresh.stage) + 1]}:
            reasons.append(f"Bước “{Stage(stage).label}” chỉ ghi được từ quyết định kết nạp.")
        if reasons:
            raise Refused(*reasons)
        advance(fresh, stage, on=on)
    return seen(candidacy, fresh)


def close(candidacy, *, by, on, reason, stamp=None):
    """Stop following (rút, không xét); the reason stands in the journal. Refused and Overtaken as `move`."""
    if not reason.strip():
        raise Refused("Ghi lý do dừng hồ sơ.")
    with deed_on(candidacy, "candidacy-close", by, reason=reason):
        fresh = unchanged(candidacy, stamp)
        if reasons := objections(fresh, Stage.CLOSED, on=on, last_step=last_step(fresh)):
            raise Refused(*reasons)
        advance(fresh, Stage.CLOSED, on=on)
    return seen(candidacy, fresh)


def retractable(candidacy, steps):
    """Every reason why the last of `steps` may not be taken back: it is the first, or follows from an admission, or
    the cell has begun to follow the person anew. One query, for a road that was stopped."""
    if len(steps) < 2:
        return [
            _("Bước đầu tiên không rút lại được. Nếu người này không thuộc danh sách, hãy dừng theo dõi.")
        ]
    if steps[-1].stage not in {*BY_HAND, Stage.CLOSED}:
        return [_("Bước này do quyết định kết nạp ghi. Sửa ngày hoặc hủy ở lần kết nạp ấy.")]
    again = Candidacy.objects.filter(
        person_id=candidacy.person_id, cell_id=candidacy.cell_id, stage__in=Stage.open()
    )
    if steps[-1].stage == Stage.CLOSED and again.exists():
        return [_("Chi bộ đã theo dõi lại người này ở một hồ sơ khác.")]
    return []


def retract(candidacy, *, by, reason, stamp=None):
    """Take back the last step, recorded by mistake; a stop too. The step is deleted, the journal keeps it. Refused,
    and Overtaken as `move`."""
    if not reason.strip():
        raise Refused("Ghi lý do rút lại bước này.")
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
