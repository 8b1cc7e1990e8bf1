"""One thing to be done as a card: who, when, what, why, and the button that answers it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.access import RECORD

from ..rules.statute import Rule
from .kinds import (
    CEREMONY_DUE,
    CLASS,
    DECISION,
    ENDING,
    KINDS,
    LAPSED,
    LAPSING,
    NO_MENTOR,
    OBJECTION,
    PAPERS_LAPSED,
    PAPERS_LAPSING,
    RECOGNITION,
    RETURNED,
    REVIEW,
    TRANSFER,
    UNABLE,
)
from .rights import may_record
from .stages import UNDECIDED
from .things import CEREMONY, THINGS, WAITING, way

_WHAT = {
    NO_MENTOR: gettext_lazy("Đã vào danh sách nguồn, chưa có đảng viên giúp đỡ."),
    UNABLE: gettext_lazy(
        "Người đang giúp đỡ không đủ điều kiện. Chi bộ phân công đảng viên chính thức khác."
    ),
    RETURNED: gettext_lazy("Cấp trên trả lại hồ sơ để hoàn chỉnh. Bổ sung rồi gửi lại."),
    REVIEW: gettext_lazy("Chưa có nhận xét định kỳ của đảng viên giúp đỡ."),
    LAPSED: gettext_lazy(
        "Giấy chứng nhận lớp nhận thức về Đảng đã hết hạn. Cử đi học lại trước khi chi bộ xét."
    ),
    LAPSING: gettext_lazy(
        "Giấy chứng nhận lớp nhận thức về Đảng sắp hết hạn. Chi bộ xét sau ngày này thì phải học lại."
    ),
    PAPERS_LAPSED: gettext_lazy(
        "Giấy giới thiệu hoặc ý kiến nhận xét đã quá hạn. Làm lại trước khi chi bộ xét."
    ),
    PAPERS_LAPSING: gettext_lazy(
        "Giấy giới thiệu hoặc ý kiến nhận xét sắp quá hạn. Chi bộ họp xét sau ngày này thì phải làm lại."
    ),
    DECISION: gettext_lazy("Chi bộ đã có nghị quyết, cấp có thẩm quyền chưa quyết định."),
    CEREMONY_DUE: gettext_lazy("Chi bộ đã nhận quyết định, chưa tổ chức lễ kết nạp."),
    CLASS: gettext_lazy("Đang dự bị, chưa có chứng nhận lớp đảng viên mới."),
    TRANSFER: gettext_lazy("Đã chuyển đi trong thời gian dự bị. Làm thủ tục chuyển sinh hoạt đảng."),
    ENDING: gettext_lazy("Hết 12 tháng dự bị. Chi bộ họp xét công nhận sau ngày này."),
    RECOGNITION: gettext_lazy(
        "Đã hết 12 tháng dự bị, chưa ghi công nhận chính thức. Chi bộ họp xét đến hết ngày này."
    ),
    WAITING: gettext_lazy("Hồ sơ đang chờ cấp trên quyết định. Chi bộ chưa phải làm gì."),
    CEREMONY: gettext_lazy("Đã có quyết định kết nạp, chưa ghi lễ kết nạp."),
    UNDECIDED: gettext_lazy("Hồ sơ ghi chờ lễ kết nạp, nhưng sổ chưa có quyết định kết nạp."),
}
_DEEDS = {
    RETURNED: gettext_lazy("Ghi đã gửi lại hồ sơ"),
    PAPERS_LAPSED: gettext_lazy("Ghi giấy làm lại"),
    PAPERS_LAPSING: gettext_lazy("Ghi giấy làm lại"),
    CEREMONY_DUE: gettext_lazy("Ghi lễ kết nạp"),
    RECOGNITION: gettext_lazy("Ghi nghị quyết chi bộ xét công nhận"),
    CEREMONY: gettext_lazy("Ghi lễ kết nạp"),
    UNDECIDED: gettext_lazy("Ghi quyết định kết nạp"),
}
# The paper that answers a kind; of papers that lapse the oldest is named by the page.
_PAPER = {
    RETURNED: "resubmission",
    CEREMONY_DUE: "ceremony",
    RECOGNITION: "recognition_vote",
    CEREMONY: "ceremony",
}


@dataclass(frozen=True)
class Card:
    """tone: over, due or nothing; `deed` and `address` empty where nothing is to be written; `rule` None: none."""

    name: str
    person: int
    cell: str
    tone: str
    icon: str
    when: str
    day: str
    what: str
    deed: str
    address: str
    rule: Rule | None
    brief: str


def card(access, record, *, kind, day, on, cell, rule=None, said="", paper="", elsewhere=False):
    """The Card of a candidacy or admission. day: the day number the kind goes by; on: that of today; cell: where, if
    it must be said; said: what is to be told instead of the usual words; paper: the kind of paper that answers it;
    elsewhere: whether the cell has done its part. No query if the record has its person, and its admission or
    candidacy, at hand."""
    deed, address = _deed(access, kind, record, "" if elsewhere else paper or _PAPER.get(kind, ""))
    return Card(
        record.person.full_name,
        record.person_id,
        cell,
        *_told(kind, day - on, vietnamese.day(date.fromordinal(day))),
        said or str(_WHAT[kind]),
        deed,
        address,
        rule,
        THINGS[kind].label,
    )


def _deed(access, kind, record, paper):
    """(words on the button, address) of the page where the thing is answered; ("", "") where there is none."""
    if not access.may(RECORD, record.cell_id):
        return "", ""
    back, whole = {"next": way("today")}, way("person", record.person_id)
    candidacy = (
        record.pk if KINDS.get(kind) is None or KINDS[kind].table == "candidacies" else record.candidacy_id
    )
    if kind in {NO_MENTOR, UNABLE}:
        words = _("Phân công người giúp đỡ") if kind == NO_MENTOR else _("Phân công người khác")
        return words, way("candidacy-mentor", candidacy, **back)
    if kind == REVIEW:
        return _("Ghi nhận xét"), way("candidacy-review", candidacy, **back)
    if kind in {LAPSING, LAPSED}:
        return _("Ghi chứng nhận mới"), way("candidacy-certificate", candidacy, **back)
    if kind == CLASS and candidacy:
        return _("Ghi chứng nhận lớp đảng viên mới"), way("candidacy-certificate", candidacy, **back)
    if kind == UNDECIDED:
        return _DEEDS[kind], way("admission-new", candidacy=candidacy)
    if paper and not candidacy:
        words = _("Ghi công nhận chính thức") if kind == RECOGNITION else _DEEDS[kind]
        return words, way("admission-edit", record.pk)
    if paper and may_record(access, paper, record.cell_id):
        return _DEEDS[kind], way("candidacy-record", candidacy, paper, **back)
    if kind == OBJECTION:
        return _("Xem điều kiện còn thiếu"), way("candidacy-step", candidacy)
    if kind in {ENDING, CLASS, TRANSFER, CEREMONY, DECISION, *_PAPER}:
        return _("Mở hồ sơ để chuẩn bị"), whole
    return "", ""


def _told(kind, left, on):
    """(tone, icon, when, day) of a thing whose day is `left` days away."""
    days, on = {"n": vietnamese.number(abs(left))}, {"on": on}
    if kind == NO_MENTOR:
        return "over", "alert", _("Chưa có người giúp đỡ"), _("vào nguồn %(on)s") % on
    if kind == UNABLE:
        return "over", "alert", _("Cần người giúp đỡ khác"), _("từ %(on)s") % on
    if kind == OBJECTION:
        return "over", "alert", _("Có điều kiện chưa đạt"), _("vào nguồn %(on)s") % on
    if kind == RETURNED:
        return "over", "alert", _("Bị trả lại"), _("từ %(on)s") % on
    if kind not in KINDS:
        return "", "wait", _("Chờ %(n)s ngày") % days, _("từ %(on)s") % on
    if left < 0:
        return "over", "alert", _("Quá %(n)s ngày") % days, _("hạn %(on)s") % on
    when = _("Còn %(n)s ngày") % days if left else _("Hôm nay")
    icon = "sand" if kind in {LAPSING, PAPERS_LAPSING} else "wait" if kind == DECISION else "clock"
    return ("" if kind == DECISION else "due"), icon, when, on["on"]
