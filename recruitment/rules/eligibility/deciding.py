"""From the decision to the recognition: terms in working days, the ceremony, the twelve months of probation. Pure."""

from django.utils.translation import gettext as _

from committees.vietnamese import add_months
from committees.vietnamese import day as written

from .. import deadlines
from ..papers import FAIL, PASS


def in_time(case):
    """Sixty working days from the cell's resolution; thirty more where a document extended them, never later."""
    vote = case.last("cell_vote")
    if vote is None:
        return
    due = deadlines.decision_due_on(vote.on, case.rules, case.calendar)
    latest = deadlines.decision_latest_on(vote.on, case.rules, case.calendar)
    told = {"vote": written(vote.on), "due": written(due), "latest": written(latest)}
    if case.on > latest:
        words = _("Chi bộ ra nghị quyết ngày %(vote)s; kể cả gia hạn, hạn quyết định là %(latest)s.")
        yield case.object(
            "decision_too_late", "decision_extension", words % told,
            _("Trả lại để chi bộ xét và ra nghị quyết mới; báo cáo cấp trên lý do chậm."),
        )  # fmt: skip
    elif case.on > due:
        words = _(
            "Chi bộ ra nghị quyết ngày %(vote)s; hạn quyết định là %(due)s, gia hạn được đến %(latest)s."
        )
        yield case.object(
            "decision_late", "decision", words % told, _("Ghi số văn bản gia hạn."), approvable=True
        )


def appraised(case):
    """The staff's appraisal speaks, the committee decides: a doubt is shown."""
    last = case.last("appraisal")
    if last is not None and last.result not in {PASS, ""}:
        words = (
            _("Phiếu thẩm định ngày %s: không đạt.")
            if last.result == FAIL
            else _("Phiếu thẩm định ngày %s: còn chờ.")
        )
        yield case.object(
            "appraisal_open", "order", words % written(last.on), _("Xem lại phiếu thẩm định trước khi quyết định."),
            "warn", paper="appraisal",
        )  # fmt: skip


def advised(case):
    """The section has no deciding vote: its doubt is shown to the committee that has."""
    last = case.last("section_recognition" if case.kind.phase == "probation" else "section_appraisal")
    if last is not None and last.result == FAIL:
        yield case.object(
            "section_doubts", "order", _("Đảng ủy bộ phận thẩm định ngày %s: không đạt.") % written(last.on),
            _("Xem xét ý kiến thẩm định khi biểu quyết."), "warn", paper=last.kind,
        )  # fmt: skip


def held_in_time(case):
    """Thirty working days from the day the cell received the decision; later with a superior's consent."""
    received = case.facts.received
    if received is None or case.last("ceremony_consent"):
        return
    due = deadlines.ceremony_due_on(received, case.rules, case.calendar)
    if case.on > due:
        words = _("Chi bộ nhận quyết định ngày %(received)s; lễ kết nạp phải tổ chức chậm nhất ngày %(due)s.")
        yield case.object(
            "ceremony_late", "ceremony", words % {"received": written(received), "due": written(due)},
            _("Xin cấp ủy cấp trên đồng ý bằng văn bản, rồi ghi số văn bản ấy."), approvable=True, fault=29,
        )  # fmt: skip


def probation_over(case):
    """The cell proposes recognition after the twelve months from the ceremony, and within thirty working days then."""
    ceremony = case.facts.ceremony
    if ceremony is None:
        return
    ends = deadlines.probation_ends_on(ceremony, case.rules)
    told = {"ceremony": written(ceremony), "ends": written(ends)}
    if case.on <= ends:
        words = _("Dự bị tính từ lễ kết nạp %(ceremony)s, đến hết ngày %(ends)s mới đủ 12 tháng.")
        decided = case.facts.decided
        if decided and add_months(decided, case.rules["probation"].value) < case.on:
            words = _(
                "Dự bị tính từ lễ kết nạp %(ceremony)s, không từ ngày quyết định; đến hết %(ends)s mới đủ 12 tháng."
            )
        yield case.object(
            "probation_running",
            "probation",
            words % told,
            _("Chi bộ họp xét sau ngày %(ends)s.") % told,
            fault=30,
        )
    elif case.step.kind == "recognition_vote":
        due = deadlines.recognition_due_on(ceremony, case.rules, case.calendar)
        if case.on > due:
            yield case.object(
                "recognition_late", "recognition", _("Hạn chi bộ xét công nhận là ngày %s.") % written(due),
                _("Ghi rõ lý do chậm; ngày chính thức vẫn tính từ khi đủ 12 tháng."), "warn",
            )  # fmt: skip


def official_from_the_ceremony(case):
    """Official from exactly the day on which the twelve months from the ceremony are over, by the rules of that ceremony,
    whatever day the cell met or the decision bears."""
    ceremony, official = case.facts.ceremony, case.facts.official
    if ceremony is None or official is None:
        return
    ends = deadlines.probation_ends_on(ceremony, case.book.statute.on(ceremony))
    if official != ends:
        words = _(
            "Ngày chính thức ghi %(official)s; tính từ lễ kết nạp %(ceremony)s, đủ 12 tháng là ngày %(ends)s."
        )
        told = {"official": written(official), "ceremony": written(ceremony), "ends": written(ends)}
        yield case.object(
            "official_miscounted", "probation", words % told,
            _("Sửa ngày chính thức ở bản ghi kết nạp thành %(ends)s.") % told, "order", fault=30, paper="recognition",
        )  # fmt: skip


def new_member_class(case):
    """The class for new members falls into the probation."""
    if not any(day <= case.on for day in case.facts.new_member_certificates):
        yield case.object(
            "no_new_member_class", "new_member_class", _("Chưa có giấy chứng nhận học lớp đảng viên mới."),
            _("Ghi giấy chứng nhận; chưa học thì cử đi học lớp gần nhất."), "need", fault=30,
        )  # fmt: skip


def recognised_in_time(case):
    """Thirty working days from the cell's resolution; a late recognition holds from the same day, so it is shown."""
    vote = case.last("recognition_vote")
    if vote is None:
        return
    due = deadlines.recognition_decision_due_on(vote.on, case.rules, case.calendar)
    if case.on > due:
        yield case.object(
            "recognition_decision_late", "recognition_decision",
            _("Hạn quyết định công nhận là ngày %s.") % written(due), _("Ghi rõ lý do chậm."), "warn",
        )  # fmt: skip


def filed_in_time(case):
    """The member's own file, thirty working days from the ceremony."""
    ceremony = case.facts.ceremony
    due = ceremony and deadlines.member_file_due_on(ceremony, case.rules, case.calendar)
    if due and case.on > due:
        yield case.object(
            "member_file_late", "member_file", _("Hạn nộp lý lịch đảng viên là ngày %s.") % written(due),
            _("Nhắc đảng viên mới nộp sớm ở lần sau."), "warn",
        )  # fmt: skip


def helped_on(case):
    """At the ceremony somebody is assigned to help through the probation."""
    if not any(h.helps(case.on) and not (h.unable_on and h.unable_on <= case.on) for h in case.facts.helpers):
        yield case.object(
            "no_mentor", "mentor", _("Chưa phân công đảng viên giúp đỡ đảng viên dự bị."),
            _("Chi ủy phân công ngay tại lễ kết nạp."), "warn",
        )  # fmt: skip
