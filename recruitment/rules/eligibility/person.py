"""What the person must be on the day the cell considers: age, schooling, certificate, a mentor, local criteria. Pure."""

from django.utils.translation import gettext as _

from committees.vietnamese import add_months, months_between
from committees.vietnamese import day as written

from ..deadlines import certificate_lapses_on, review_due_on
from ..form2 import EDUCATION, UNKNOWN
from ..statute import Rule

# The words of the rule "schooling" as rows of form 2.
SCHOOLING = dict(zip(("literate", "primary", "lower_secondary", "upper_secondary"), EDUCATION, strict=True))
_ROWS = list(EDUCATION)


def age_in_months(born, on, by_day):
    """Age in months: of the calendar alone, or completed to the day. Source: domain.md §1.1 (the day of the month is
    named in no text seen, so the rule "age_day" says which)."""
    return months_between(born, on) if by_day else (on.year - born.year) * 12 + on.month - born.month


def _age(months):
    years, rest = divmod(months, 12)
    return _("%(years)s tuổi %(months)s tháng") % {"years": years, "months": rest}


def of_age(case):
    """From full 18 to full 60, counted in months; older only with the written consent of the provincial committee."""
    rules = case.rules
    months = age_in_months(case.facts.born, case.on, rules["age_day"].value != "ignore")
    if months < rules["age_min"].value:
        words = _("Ngày %(on)s mới %(age)s, chưa đủ %(least)s.")
        first = add_months(case.facts.born, rules["age_min"].value)
        yield case.object(
            "too_young", "age_min",
            words % {"on": written(case.on), "age": _age(months), "least": _age(rules["age_min"].value)},
            _("Chi bộ xét từ ngày %s.") % written(first), fault=26,
        )  # fmt: skip
    elif months > rules["age_max"].value:
        words = _("Ngày %(on)s đã %(age)s, quá %(most)s.")
        yield case.object(
            "too_old", "age_max",
            words % {"on": written(case.on), "age": _age(months), "most": _age(rules["age_max"].value)},
            _("Chỉ xét khi ban thường vụ cấp tỉnh đã đồng ý bằng văn bản; ghi số văn bản ấy."),
            approvable=True, fault=26,
        )  # fmt: skip


def schooled(case):
    """Lower-secondary school; less only where the exceptions hold and a document says so."""
    least, has = SCHOOLING.get(case.rules["schooling"].value, "THCS"), case.facts.education
    if has == UNKNOWN:
        yield case.object(
            "schooling_unknown", "schooling", _("Chưa rõ trình độ học vấn."),
            _("Ghi học vấn của người này (ví dụ 9/12, THPT)."), "need",
        )  # fmt: skip
    elif _ROWS.index(has) < _ROWS.index(least):
        exception = SCHOOLING.get(case.rules["schooling_exception"].value, "Tiểu học")
        rule = "schooling_exception" if _ROWS.index(has) >= _ROWS.index(exception) else "schooling"
        yield case.object(
            "schooling", rule, _("Học vấn “%(has)s”, thấp hơn %(least)s.") % {"has": has, "least": least},
            _("Chỉ xét ở vùng hoặc trường hợp được phép; ghi số văn bản đồng ý."), approvable=True,
        )  # fmt: skip


def certified(case):
    """A certificate of the awareness class that is valid on the day: 60 months, its last day included."""
    issued = [day for day in case.facts.certificates if day <= case.on]
    if not issued:
        yield case.object(
            "no_certificate", "certificate", _("Chưa có giấy chứng nhận học lớp nhận thức về Đảng."),
            _("Ghi giấy chứng nhận; chưa học thì chi bộ cử đi học."), fault=1,
        )  # fmt: skip
        return
    lapsed = certificate_lapses_on(max(issued), case.rules)
    if lapsed < case.on:
        words = _("Giấy chứng nhận ngày %(issued)s hết giá trị từ sau ngày %(lapsed)s.")
        yield case.object(
            "certificate_lapsed", "certificate", words % {"issued": written(max(issued)), "lapsed": written(lapsed)},
            _("Chi bộ cử đi học lại trước khi xét kết nạp."), fault=1,
        )  # fmt: skip


def listed_before_class(case):
    """Whoever goes to the class stands on the list already; the list of a former cell counts."""
    issued = [day for day in case.facts.certificates if day <= case.on]
    listed = min(filter(None, (case.facts.first_listed, case.facts.entered_on)))
    if issued and max(issued) < listed and not case.facts.moved_here and not case.facts.earlier:
        words = _("Giấy chứng nhận ngày %(issued)s có trước ngày đưa vào nguồn %(listed)s.")
        yield case.object(
            "class_before_list", "order", words % {"issued": written(max(issued)), "listed": written(listed)},
            _("Xem lại hai ngày; nếu đúng như vậy thì ghi văn bản cấp trên đồng ý dùng giấy chứng nhận này."), "order",
            approvable=True, fault=2,
        )  # fmt: skip


def helped(case):
    """An official member is assigned, still able to help."""
    running = [helper for helper in case.facts.helpers if helper.helps(case.on)]
    unable = [h for h in running if h.unable_on and h.unable_on <= case.on]
    if not running:
        yield case.object(
            "no_mentor", "mentor", _("Chưa phân công đảng viên giúp đỡ."),
            _("Chi bộ ra nghị quyết phân công một đảng viên chính thức."), "need",
        )  # fmt: skip
    elif len(unable) == len(running):
        words = _("Người giúp đỡ %(name)s không còn đủ điều kiện từ ngày %(on)s.")
        last = unable[-1]
        yield case.object(
            "mentor_unable", "mentor", words % {"name": last.name, "on": written(last.unable_on)},
            _("Chi bộ phân công người khác."), "need",
        )  # fmt: skip


def assigned_by_document(case):
    """Each assignment that runs bears the cell's resolution: its number; its day is the assignment's own."""
    for helper in case.facts.helpers:
        if helper.helps(case.on) and not helper.document:
            words = _("Phân công %(name)s giúp đỡ từ ngày %(since)s chưa có số nghị quyết của chi bộ.")
            yield case.object(
                "assignment_bare", "mentor", words % {"name": helper.name, "since": written(helper.since)},
                _("Ghi số nghị quyết phân công."), "need", fault=15,
            )  # fmt: skip


def reviewed(case):
    """The mentor's remarks come each quarter; a gap is shown, never a reason to refuse."""
    known = [day for day in case.facts.reviews if day <= case.on]
    since = max(known, default=None) or min((h.since for h in case.facts.helpers), default=None)
    if since and review_due_on(since, case.rules) < case.on:
        yield case.object(
            "review_late", "review", _("Chưa có nhận xét của người giúp đỡ từ ngày %s.") % written(since),
            _("Người giúp đỡ ghi một nhận xét."), "warn",
        )  # fmt: skip


def criteria_met(case):
    """What the cell's committees ask beyond the rules, each with its own document as its citation."""
    for asked in case.facts.criteria:
        if asked.met:
            continue
        rule = Rule(
            "criterion", str(_("Tiêu chí riêng của cấp ủy")), None, None,
            asked.document or str(_("Tiêu chí của cấp ủy, chưa ghi số văn bản")), "S" if asked.document else "?",
        )  # fmt: skip
        words = _("Chưa đạt tiêu chí riêng: %s") if asked.met is False else _("Chưa xét tiêu chí riêng: %s")
        yield case.object(
            f"criterion_{asked.id}", rule, words % asked.text, _("Ghi kết quả xét tiêu chí này."), "need",
            paper="criterion",
        )  # fmt: skip


CHECKS = (
    of_age, schooled, certified, listed_before_class, helped, assigned_by_document, reviewed, criteria_met,
)  # fmt: skip
