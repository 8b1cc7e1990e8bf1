"""One thing to be done as a card: who, when, what, why, and the button that answers it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese
from committees.access import RECORD

from ..rules.deadlines import Rule
from .stages import UNDECIDED
from .things import CEREMONY, THINGS, WAITING, way
from .worklist import ENDING, LAPSED, LAPSING, NO_MENTOR, RECOGNITION, RULES

# However many holidays lie among them, 30 working days are over after as many days.
SURELY_LATE = 60

_WHAT = {
    LAPSED: gettext_lazy(
        "Giấy chứng nhận lớp nhận thức về Đảng đã hết hạn. Cử đi học lại trước khi chi bộ xét."
    ),
    LAPSING: gettext_lazy(
        "Giấy chứng nhận lớp nhận thức về Đảng sắp hết hạn. Chi bộ xét sau ngày này thì phải học lại."
    ),
    ENDING: gettext_lazy("Hết 12 tháng dự bị. Chi bộ họp xét công nhận sau ngày này."),
    RECOGNITION: gettext_lazy(
        "Đã hết 12 tháng dự bị, chưa ghi công nhận chính thức. Chi bộ xét trong 30 ngày làm việc."
    ),
    NO_MENTOR: gettext_lazy("Đã vào danh sách nguồn, chưa có đảng viên giúp đỡ."),
    WAITING: gettext_lazy("Hồ sơ đang chờ cấp trên quyết định. Chi bộ chưa phải làm gì."),
    CEREMONY: gettext_lazy("Đã có quyết định kết nạp, chưa ghi lễ kết nạp."),
    UNDECIDED: gettext_lazy("Hồ sơ ghi chờ lễ kết nạp, nhưng sổ chưa có quyết định kết nạp."),
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


def card(access, record, *, kind, day, on, cell):
    """The Card of a candidacy or admission. day: the day number the kind goes by; on: that of today; cell: where, if
    it must be said. No query if the record has its person (and a candidacy its admission) at hand."""
    deed, address = _deed(kind, record) if access.may(RECORD, record.cell_id) else ("", "")
    told = _told(kind, day - on, vietnamese.day(date.fromordinal(day)))
    return Card(
        record.person.full_name,
        record.person_id,
        cell,
        *told,
        deed if address else "",
        address,
        RULES.get(kind),
        THINGS[kind].label,
    )


def _deed(kind, record):
    """(words on the button, address) of the page where the thing is answered."""
    back = {"next": way("today")}
    if kind == NO_MENTOR:
        return _("Phân công người giúp đỡ"), way("candidacy-mentor", record.pk, **back)
    if kind in {LAPSING, LAPSED}:
        return _("Ghi chứng nhận mới"), way("candidacy-certificate", record.pk, **back)
    if kind == RECOGNITION:
        return _("Ghi công nhận chính thức"), way("admission-edit", record.pk)
    if kind == CEREMONY and hasattr(record, "admission"):
        return _("Ghi lễ kết nạp"), way("admission-edit", record.admission.pk)
    if kind == UNDECIDED:
        return _("Ghi quyết định kết nạp"), way("admission-new", candidacy=record.pk)
    if kind in {ENDING, CEREMONY}:
        return _("Mở hồ sơ để chuẩn bị"), way("person", record.person_id)
    return "", ""


def _told(kind, left, on):
    """(tone, icon, when, day, what) of a thing whose day is `left` days away."""
    days, on, what = {"n": vietnamese.number(abs(left))}, {"on": on}, _WHAT[kind]
    if kind == RECOGNITION:
        late = is_late(-left)
        when = _("Quá hạn xét") if late else _("Đến hạn xét")
        return (
            ("over" if late else "due"),
            ("alert" if late else "clock"),
            when,
            _("hết 12 tháng %(on)s") % on,
            what,
        )
    if kind == LAPSED:
        return "over", "alert", _("Quá %(n)s ngày") % days, _("hạn %(on)s") % on, what
    if kind in {LAPSING, ENDING}:
        when = _("Còn %(n)s ngày") % days if left else _("Hôm nay")
        return "due", "clock" if kind == ENDING else "sand", when, on["on"], what
    if kind == NO_MENTOR:
        return "over", "alert", _("Chưa có người giúp đỡ"), _("vào nguồn %(on)s") % on, what
    return "", "wait", _("Chờ %(n)s ngày") % days, _("từ %(on)s") % on, what


def is_late(days):
    """Whether a recognition whose 12 months ended that many days (or an array of them) ago is surely overdue."""
    return days > SURELY_LATE
