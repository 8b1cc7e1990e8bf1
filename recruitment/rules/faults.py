"""The thirty faults that inspections find in dossiers (office_practice.md §4), each one check of what stands. Pure.

The checks are those that judge a step (`rules.eligibility`), asked here of papers already made: of each on its own day,
by the rules of its day. What no data tell is a tick somebody confirms who holds the paper.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from committees.vietnamese import day as written

from .deadlines import probation_ends_on
from .dossier import Paper
from .eligibility import background, deciding, introducers, order, person, voting
from .eligibility.case import Case
from .papers import KINDS, TICKS

# number: (what the fault is, its verdict), in the order of the list.
FAULTS = {
    1: (_lazy("Giấy chứng nhận nhận thức về Đảng quá hạn vào ngày chi bộ họp"), "block"),
    2: (_lazy("Học lớp nhận thức trước khi được đưa vào danh sách"), "order"),
    3: (_lazy("Đơn ghi ngày sau lý lịch"), "order"),
    4: (_lazy("Đơn đánh máy, không viết tay"), "tick"),
    5: (_lazy("Điền vào chỗ trống của mẫu thay vì viết thành lời"), "tick"),
    6: (_lazy("Lý lịch đóng dấu giáp lai sau khi thẩm tra"), "tick"),
    7: (_lazy("Kết luận lý lịch trước khi có kết quả thẩm tra"), "order"),
    8: (_lazy("Họ tên, ngày sinh, quê quán không khớp giữa các giấy tờ"), "tick"),
    9: (_lazy("Tên xã, huyện cũ trong giấy lập sau ngày 01/07/2025"), "tick"),
    10: (_lazy("Sót người thân phải thẩm tra"), "need"),
    11: (_lazy("Thẩm tra người không thuộc diện"), "warn"),
    12: (_lazy("Công văn thẩm tra chưa được trả lời"), "need"),
    13: (_lazy("Người giới thiệu chưa ở cùng đủ 12 tháng"), "block"),
    14: (_lazy("Người giới thiệu không phù hợp"), "warn"),
    15: (_lazy("Phân công giúp đỡ không có nghị quyết của chi bộ"), "need"),
    16: (_lazy("Đoàn viên chưa có nghị quyết của Đoàn cơ sở"), "need"),
    17: (_lazy("Lẫn hai cách giới thiệu"), "block"),
    18: (_lazy("Thiếu ý kiến nơi cư trú, hoặc đã quá 12 tháng"), "need"),
    19: (_lazy("Số người cho ý kiến khác số có mặt"), "arithmetic"),
    20: (_lazy("Số có mặt, vắng mặt, tổng số trong nghị quyết không khớp"), "arithmetic"),
    21: (_lazy("Tính tỷ lệ trên số có mặt"), "arithmetic"),
    22: (_lazy("Biên bản và nghị quyết ghi khác nhau"), "tick"),
    23: (_lazy("Một nghị quyết cho nhiều người"), "tick"),
    24: (_lazy("Cấp ủy họp trước chi bộ"), "order"),
    25: (_lazy("Giấy tờ quá 12 tháng vào ngày chi bộ họp"), "block"),
    26: (_lazy("Chưa đủ 18 tuổi hoặc quá 60 tuổi, tính theo tháng"), "block"),
    27: (_lazy("Mẫu hoặc căn cứ của quy định đã được thay"), "warn"),
    28: (_lazy("Thiếu số, dấu, chức vụ người ký; chi bộ đóng dấu"), "tick"),
    29: (_lazy("Lễ kết nạp quá 30 ngày làm việc từ ngày nhận quyết định"), "block"),
    30: (_lazy("Tính sai thời gian dự bị, hoặc thiếu lớp đảng viên mới"), "order"),
}
# Faults only an eye on the paper finds: number → (kinds of paper, the tick, the rule behind it).
LOOKED_AT = {
    4: (("application",), "handwritten", "application"),
    5: (("application",), "own_words", "application"),
    6: (("declaration",), "sealed", "verification"),
    8: (("declaration",), "names_agree", "order"),
    9: (("declaration",), "places_by_date", "order"),
    22: (("cell_vote", "recognition_vote"), "minutes_agree", "cell_vote"),
    23: (("cell_vote", "recognition_vote"), "one_each", "one_by_one"),
    28: (("submission",), "signed", "signing"),
}
# Faults of what the cell considers, judged on the day of its meeting.
AT_THE_MEETING = {
    1: (person.certified,),
    2: (person.listed_before_class,),
    7: (background.concluded_last,),
    10: (background.everyone, background.nobody_listed),
    11: (background.nobody_else,),
    12: (background.answered,),
    13: (introducers.together,),
    14: (introducers.fit,),
    15: (person.assigned_by_document,),
    16: (introducers.union_resolution,),
    17: (introducers.one_pattern,),
    18: (order.needed, background.home_opinion),
    25: (background.fresh,),
    26: (person.of_age,),
}
# Faults of single papers that stand: number → (kinds of paper, checks).
OF_PAPERS = {
    3: (("declaration",), (order.needed,)),
    19: (("opinions", "opinion_union", "probation_opinions"), (background.counted,)),
    20: (("cell_vote", "base_vote", "recognition_vote", "base_recognition"), (voting.sums,)),
    21: (("cell_vote", "base_vote", "recognition_vote", "base_recognition"), (voting.of_all,)),
    24: (("section_appraisal", "base_vote"), (order.needed,)),
}
FOUND, OK, OPEN, LOOK = "found", "ok", "open", "tick"


@dataclass(frozen=True)
class Row:
    """One line of the checklist. state: "found" (see `found`), "ok", "open" (nothing there to judge yet) or "tick" (look
    at the paper and confirm)."""

    number: int
    title: str
    verdict: str
    state: str
    found: tuple = ()


def table(facts, book, on):
    """The thirty faults as [Row], in order, each with what was found in what stands: Objections that bear its number,
    ticks not confirmed among them. on: the day the cell is likely to meet, where it has not yet."""
    case = Case(facts, Paper("cell_vote", on), book, ahead=True)
    return [_row(number, case) for number in FAULTS]


def _row(number, case):
    title, verdict = FAULTS[number]
    judged, found = _look(number, case)
    found = tuple(one for one in found if one.fault == number)
    state = OPEN if not judged else LOOK if found and verdict == "tick" else FOUND if found else OK
    return Row(number, str(title), verdict, state, found)


def _look(number, case):
    """(whether there was anything to judge, what was found)."""
    if number in LOOKED_AT:
        return _confirmed(number, case)
    if number in AT_THE_MEETING:
        return _meeting(case, AT_THE_MEETING[number])
    if number in OF_PAPERS:
        kinds, checks = OF_PAPERS[number]
        there = case.of(*kinds)
        return bool(there), [one for paper in there for look in checks for one in look(case.at(paper))]
    return {27: _edition, 29: _ceremony, 30: _probation}[number](case)


def _meeting(case, checks):
    """Checks on the day of the cell's vote, or ahead of it; nothing where the vote was never kept as a paper."""
    vote = case.last("cell_vote") or next(iter(case.of("cell_vote")), None)
    if vote is None and (case.facts.decided or case.behind("cell_vote")):
        return False, []
    there = case if vote is None else case.at(vote)
    found = [one for look in checks for one in look(there)]
    return True, [one for one in found if not (vote and vote.approval and one.approvable)]


def _confirmed(number, case):
    kinds, tick, rule = LOOKED_AT[number]
    there = case.of(*kinds)
    words, cure = _("Chưa xác nhận: %s."), _("Xem giấy; nếu đúng thì sửa giấy đã ghi và đánh dấu ô này.")
    return bool(there), [
        case.at(paper).object(tick, rule, words % TICKS[tick], cure, "tick", fault=number)
        for paper in there
        if not paper.said.get(tick)
    ]


def _edition(case):
    """Papers on numbered forms made under other rules than those the cell meets by."""
    vote = case.last("cell_vote")
    rules = case.book.statute.on(vote.on if vote else case.on)
    forms = [p for p in case.facts.papers if KINDS[p.kind].form and KINDS[p.kind].phase == "dossier"]
    old = sorted((p for p in forms if p.on < rules.since), key=lambda p: p.on)
    words = _("“%(kind)s” ngày %(on)s lập theo quy định trước ngày %(since)s.")
    return bool(forms), [
        case.object(
            "older_rules", rules["forms"],
            words % {"kind": KINDS[p.kind].label, "on": written(p.on), "since": written(rules.since)},
            _("Giấy đã ký vẫn dùng; giấy lập mới thì theo mẫu và căn cứ đang có hiệu lực."), "warn", fault=27,
            paper=p.kind,
        )
        for p in old
    ]  # fmt: skip


def _ceremony(case):
    facts = case.facts
    if not facts.received:
        return False, []
    found = deciding.held_in_time(case.at(Paper("ceremony", facts.ceremony or case.on)))
    return True, [one for one in found if not (facts.ceremony and facts.ceremony_approval and one.approvable)]


def _probation(case):
    """Of the vote that proposed recognition; before it, the class alone, once the twelve months are over."""
    facts, vote = case.facts, case.last("recognition_vote")
    if not facts.ceremony or facts.recognised and vote is None:
        return False, []
    if vote is None and case.on <= probation_ends_on(facts.ceremony, case.rules):
        return False, []
    there = case.at(vote or Paper("recognition_vote", case.on))
    return True, [
        *deciding.probation_over(there),
        *deciding.new_member_class(there),
        *deciding.official_from_the_ceremony(there),
    ]
