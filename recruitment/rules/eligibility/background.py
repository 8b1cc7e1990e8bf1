"""The check of the background and the opinions: who is verified, which letters are out, what lapsed. Of an answer only
the result is known. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from committees.vietnamese import day as written

from ..deadlines import answer_due_on, papers_lapse_on
from ..papers import KINDS, LAPSING, PASS
from .introducers import letters as introductions

# Whose background is verified (domain.md §1.2(5)); everybody else's is not.
VERIFIED = {
    "self": _lazy("Bản thân"), "father": _lazy("Cha đẻ"), "mother": _lazy("Mẹ đẻ"), "foster": _lazy("Người nuôi dưỡng"),
    "spouse": _lazy("Vợ hoặc chồng"), "spouse_father": _lazy("Cha vợ hoặc cha chồng"),
    "spouse_mother": _lazy("Mẹ vợ hoặc mẹ chồng"), "child": _lazy("Con đã thành niên"),
}  # fmt: skip


def passed(case):
    """The last conclusion of the grassroots committee says that the background passes."""
    last = case.last("verification")
    if last is None or last.result in {PASS, ""}:
        return
    words = {
        "wait": _("Kết luận thẩm tra ngày %s: còn chờ."),
        "fail": _("Kết luận thẩm tra ngày %s: không đạt."),
    }
    yield case.object(
        f"verification_{last.result}", "verification", words[last.result] % written(last.on),
        _("Chỉ xét khi có kết luận đạt; thẩm tra xong thì ghi kết luận mới."), paper="verification",
    )  # fmt: skip


def everyone(case):
    """Each relative who must be verified has a result; who declared everything as a party member need not."""
    for one in case.facts.relations:
        if one.relation in VERIFIED and not one.declared and one.result != PASS:
            words = {
                "": _("%s chưa có kết quả thẩm tra."),
                "wait": _("%s: kết quả thẩm tra còn chờ."),
                "fail": _("%s: kết quả thẩm tra không đạt."),
            }
            yield case.object(
                "relative_open", "verification", words[one.result] % _who(one),
                _("Ghi kết quả thẩm tra của người này, hoặc ghi là đảng viên đã khai đầy đủ."), "need", fault=10,
                paper="verification",
            )  # fmt: skip


def nobody_listed(case):
    """Without a list nobody can tell whether a relative was forgotten."""
    if not case.facts.relations and not case.behind("verification"):
        yield case.object(
            "relatives_unlisted", "verification", _("Chưa lập danh sách người thân phải thẩm tra."),
            _("Ghi cha mẹ, vợ chồng, cha mẹ vợ chồng và con đã thành niên, kết quả từng người."), "warn", fault=10,
            paper="verification",
        )  # fmt: skip


def nobody_else(case):
    """Grandparents, uncles and aunts are not verified."""
    for one in case.facts.relations:
        if one.relation not in VERIFIED:
            yield case.object(
                "relative_needless", "verification", _("%s không thuộc diện phải thẩm tra.") % _who(one),
                _("Bỏ người này khỏi danh sách; kết quả của họ không được dùng để loại hồ sơ."), "warn", fault=11,
                paper="verification",
            )  # fmt: skip


def answered(case):
    """Every letter sent by the day was answered by then."""
    for letter in case.facts.letters:
        out = letter.answered_on is None or letter.answered_on > case.on
        if letter.sent_on > case.on or not out:
            continue
        due = letter.due_on or answer_due_on(letter.sent_on, case.rules, case.calendar)
        told = {"to": letter.to, "sent": written(letter.sent_on), "due": written(due)}
        words = _("Công văn thẩm tra gửi %(to)s ngày %(sent)s chưa được trả lời.")
        if due < case.on:
            words = _("Công văn thẩm tra gửi %(to)s ngày %(sent)s quá hạn trả lời từ %(due)s.")
        yield case.object(
            "letter_open", "verification_answer", words % told, _("Ghi ngày trả lời, hoặc cử người đi lấy kết quả."),
            "need", fault=12, paper="verification",
        )  # fmt: skip


def concluded_last(case):
    """The conclusion is not written before the answers are in."""
    last = case.last("verification")
    if last is not None:
        yield from _early(case, last)


def _early(case, conclusion):
    late = [x for x in case.facts.letters if x.answered_on and x.sent_on <= conclusion.on < x.answered_on]
    if late and conclusion.result == PASS:
        latest = max(letter.answered_on for letter in late)
        words = _("Kết luận thẩm tra ngày %(on)s có trước kết quả trả lời ngày %(answered)s.")
        yield case.object(
            "concluded_early", "verification", words % {"on": written(conclusion.on), "answered": written(latest)},
            _("Ghi kết luận mới sau khi đã có đủ trả lời."), "order", fault=7, paper="verification",
        )  # fmt: skip


def conclusion(case):
    """The conclusion being recorded: a pass needs every answer and every relative's result."""
    if case.step.result == PASS or case.ahead:
        yield from everyone(case)
        yield from answered(case)
    if case.step.result == PASS:
        yield from _early(case, case.step)
    if not case.ahead and not case.step.result:
        yield case.object(
            "no_result",
            "verification",
            _("Chưa ghi kết luận thẩm tra."),
            _("Chọn đạt, chờ hoặc không đạt."),
            "need",
        )


def home_opinion(case):
    """The opinion of the place of residence is there and no older than the other papers may be."""
    last = case.last("opinion_home")
    if last is not None and papers_lapse_on(last.on, case.rules) < case.on:
        words = _("Ý kiến nơi cư trú ngày %(on)s đã quá %(months)s tháng.")
        yield case.object(
            "home_opinion_old", "papers_again", words % _aged(case, last),
            _("Xin lại ý kiến chi ủy nơi cư trú."), "need", fault=18, paper="opinion_home",
        )  # fmt: skip


def fresh(case):
    """What lapses after twelve months is made anew before the cell considers; the background only for what changed. The
    summary of opinions and the background are of a rule of their own ("papers_again"): no source seen names them."""
    current = {p.kind: p for p in case.until(*LAPSING) if p.kind != "introduction"}
    for paper in [*introductions(case), *current.values()]:
        if (ends := papers_lapse_on(paper.on, case.rules)) < case.on:
            words = _("“%(kind)s” ngày %(on)s hết hạn từ sau ngày %(ends)s.")
            told = {"kind": KINDS[paper.kind].label, "on": written(paper.on), "ends": written(ends)}
            rule = "papers_again" if paper.kind == "opinions" else "papers"
            yield case.object(
                "paper_lapsed", rule, words % told, _("Làm lại giấy này."), fault=25, paper=paper.kind
            )
    checked = case.last("verification")
    if checked is not None and papers_lapse_on(checked.on, case.rules) < case.on:
        words = _("Thẩm tra lý lịch từ ngày %(on)s, đã quá %(months)s tháng.")
        yield case.object(
            "verification_old", "papers_again", words % _aged(case, checked),
            _("Thẩm tra bổ sung những điểm thay đổi."), "warn", fault=25, paper="verification",
        )  # fmt: skip


def _aged(case, paper):
    return {"on": written(paper.on), "months": case.rules["papers"].value}


def counted(case):
    """Of a summary of opinions: who agreed and who did not are those who were present."""
    present, agree, disagree = (case.step.count(name) for name in ("present", "agree", "disagree"))
    if None in (present, agree):
        return
    if agree + (disagree or 0) != present:
        words = _("Có mặt %(present)s, nhưng đồng ý %(agree)s và không đồng ý %(disagree)s.")
        yield case.object(
            "opinions_sum", "opinions", words % {"present": present, "agree": agree, "disagree": disagree or 0},
            _("Xem lại biên bản lấy ý kiến; hai số cộng lại phải bằng số có mặt."), "arithmetic", fault=19,
        )  # fmt: skip


def union_counted(case):
    """Of a union's resolution: not more in favour than members."""
    members, in_favour = case.step.count("members"), case.step.count("in_favour_of")
    if None not in (members, in_favour) and in_favour > members:
        words = _("Tán thành %(in_favour)s, nhiều hơn tổng số %(members)s.")
        yield case.object(
            "union_sum", "introduction", words % {"in_favour": in_favour, "members": members},
            _("Xem lại số phiếu trong nghị quyết."), "arithmetic",
        )  # fmt: skip


def _who(one):
    word = str(VERIFIED.get(one.relation, _("Người thân khác")))
    return f"{word} ({one.name})" if one.name else word


CHECKS = (
    passed, everyone, nobody_listed, nobody_else, answered, concluded_last, home_opinion, fresh,
)  # fmt: skip
