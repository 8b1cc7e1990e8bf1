"""Where a dossier lies, in one sentence: the question every cell asks (office_practice.md §5). No query."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ..models import Stage
from ..rules.papers import FAIL, KINDS, ORDER, OUT, PASS

# What moves a dossier between the offices, and what the committee above says of it.
_UPWARDS = ("submission", "receipt", "appraisal", "returned", "resubmission")
_VOTES = ("cell_vote", "section_appraisal", "base_vote")
_RECOGNITION = ("recognition_vote", "section_recognition", "base_recognition", "recognition_submission")


@dataclass(frozen=True)
class Whereabouts:
    """state: "preparing", "voted", "sent", "received", "returned", "decided", "probation", "done" or "over". words: the
    sentence; since: the day it has been so; holder: who has it now, in words; carried_by: who took it there."""

    state: str
    words: str
    since: date
    holder: str
    carried_by: str = ""


def of(candidacy, facts):
    """The Whereabouts of a candidacy by its Facts as of today (`evidence.facts_of`). What was stated without papers is
    told by its stage."""
    cell = _("Chi bộ")
    if candidacy.stage == Stage.CLOSED:
        return _over(candidacy, facts, cell)
    if facts.recognised:
        return Whereabouts("done", _("Đã xong: đảng viên chính thức."), facts.recognised, cell)
    if facts.ceremony:
        return _probation(facts, cell)
    if facts.decided:
        if facts.received:
            return Whereabouts("decided", _("Quyết định đã về chi bộ, chờ lễ kết nạp."), facts.received, cell)
        return Whereabouts(
            "decided", _("Đã có quyết định kết nạp, chưa về chi bộ."), facts.decided, _("Cấp có thẩm quyền")
        )
    last = _last(facts, _UPWARDS)
    if last is not None:
        return _above(last, cell)
    last = _last(facts, _VOTES)
    if last is not None:
        return _voted(last, facts, cell)
    return _prepared(candidacy, facts, cell)


def _over(candidacy, facts, cell):
    if candidacy.departed_on:
        words = _("Đã chuyển ra ngoài cùng tổ chức; nơi ấy theo dõi tiếp.")
        return Whereabouts("over", words, candidacy.departed_on, cell)
    out = max((p for p in facts.papers if KINDS[p.kind].phase == OUT), key=lambda p: p.on, default=None)
    if out is None:
        return Whereabouts("over", _("Đã dừng theo dõi."), facts.entered_on, cell)
    to = out.said.get("to", "")
    words = _("%s.") % KINDS[out.kind].label if not to else _("Chuyển đến: %s.") % to
    return Whereabouts("over", words, out.on, to or cell)


def _probation(facts, cell):
    last = _last(facts, _RECOGNITION)
    if last is None:
        return Whereabouts(
            "probation", _("Đang trong thời gian dự bị, hồ sơ ở chi bộ."), facts.ceremony, cell
        )
    if last.kind == "recognition_submission":
        to = last.said.get("to") or _("Cấp có thẩm quyền")
        words = _("Đã gửi hồ sơ đề nghị công nhận chính thức.")
        return Whereabouts("sent", words, last.on, to, last.said.get("carried_by", ""))
    return _judged_below(last, cell, _("Đã đề nghị công nhận chính thức, hồ sơ chưa gửi lên."))


def _above(last, cell):
    """Of a dossier that was sent: by the last thing that happened to it."""
    above = last.issuer or last.said.get("to") or _("Cấp có thẩm quyền")
    if last.kind == "returned":
        missing = last.said.get("missing", "")
        words = _("Bị trả lại để hoàn chỉnh: %s.") % missing if missing else _("Bị trả lại để hoàn chỉnh.")
        return Whereabouts("returned", words, last.on, cell)
    if last.kind == "receipt":
        return Whereabouts("received", _("Cấp có thẩm quyền đã nhận, đang xem xét."), last.on, above)
    if last.kind == "appraisal":
        words = {
            PASS: _("Đã thẩm định đạt, chờ quyết định."),
            FAIL: _("Thẩm định không đạt, chờ trả lời chi bộ."),
        }.get(last.result, _("Đang để lại thẩm tra thêm."))
        return Whereabouts("received", words, last.on, above)
    words = (
        _("Đã gửi lại sau khi hoàn chỉnh.")
        if last.kind == "resubmission"
        else _("Đã gửi lên, chưa có trả lời.")
    )
    return Whereabouts("sent", words, last.on, above, last.said.get("carried_by", ""))


def _voted(last, facts, cell):
    if last.kind == "cell_vote" and last.result != FAIL and "section" in facts.levels:
        words = _("Chi bộ đã thông qua, chờ đảng ủy bộ phận thẩm định.")
        return Whereabouts("voted", words, last.on, _("Đảng ủy bộ phận"))
    if last.kind != "base_vote" and last.result != FAIL and "base" in facts.levels:
        words = _("Chờ đảng ủy cơ sở biểu quyết.")
        return Whereabouts("voted", words, last.on, _("Đảng ủy cơ sở"))
    return _judged_below(last, cell, _("Đã thông qua ở cơ sở, hồ sơ chưa gửi lên."))


def _judged_below(last, cell, passed):
    if last.result == FAIL:
        return Whereabouts(
            "preparing", _("Không được thông qua: %s.") % KINDS[last.kind].label, last.on, cell
        )
    return Whereabouts("voted", passed, last.on, cell)


def _prepared(candidacy, facts, cell):
    """Before anybody voted, or where only the stage was stated."""
    if candidacy.stage in {Stage.CELL, Stage.SUBMITTED, Stage.DECIDED, Stage.PROBATION, Stage.OFFICIAL}:
        holder = cell if candidacy.stage != Stage.SUBMITTED else _("Cấp có thẩm quyền")
        words = _("%s; chưa ghi giấy tờ.") % Stage(candidacy.stage).label
        return Whereabouts(
            "sent" if candidacy.stage == Stage.SUBMITTED else "voted", words, _day(candidacy), holder
        )
    out = [letter for letter in facts.letters if letter.answered_on is None]
    if out:
        first = min(out, key=lambda letter: letter.sent_on)
        return Whereabouts("preparing", _("Đang chờ trả lời thẩm tra lý lịch."), first.sent_on, first.to)
    begun = facts.of("application", "declaration")
    if begun or candidacy.stage == Stage.DOSSIER:
        since = begun[0].on if begun else _day(candidacy)
        return Whereabouts("preparing", _("Đang lập hồ sơ ở chi bộ."), since, cell)
    return Whereabouts("preparing", _("Trong danh sách nguồn, chưa lập hồ sơ."), _day(candidacy), cell)


def _day(candidacy):
    """The day of the last step. No query where steps were prefetched."""
    return max((step.on for step in candidacy.steps.all()), default=candidacy.entered_on)


def _last(facts, kinds):
    """The last of such papers: by day, on one day in the order of the procedure."""
    return max(
        (p for p in facts.papers if p.kind in kinds), key=lambda p: (p.on, ORDER[p.kind]), default=None
    )
