"""Votes as the minutes count them: the sums agree, the cell may vote at all, no vote beyond the third. Pure."""

from django.utils.translation import gettext as _

from committees.vietnamese import number

from ..papers import CELL, PASS
from ..votes import CELLS, entitled, needed, too_small
from ..votes import KINDS as RULES
from .case import concluded


def counted(case):
    """The three numbers without which nothing can be told."""
    if case.ahead:
        return
    missing = [
        words
        for name, words in (
            ("members", _("tổng số người có quyền biểu quyết")),
            ("present", _("số có mặt")),
            ("in_favour", _("số tán thành")),
        )
        if case.step.count(name) is None
    ]
    if missing:
        yield case.object(
            "no_counts", RULES[case.step.kind], _("Chưa ghi %s.") % ", ".join(missing),
            _("Ghi các số theo biên bản họp."), "need",
        )  # fmt: skip


def sums(case):
    """Who was there, who was not, who agreed: the counts of one meeting do not contradict each other. Probationary
    members belong to none of them."""
    members, present, in_favour = (case.step.count(name) for name in ("members", "present", "in_favour"))
    against, away, exempt = (case.step.count(name) or 0 for name in ("against", "away", "exempt"))
    if None in (members, present, in_favour):
        return
    told = {
        "members": number(members), "present": number(present), "in_favour": number(in_favour),
        "against": number(against), "off": number(away + exempt),
    }  # fmt: skip
    said = []
    if present + away + exempt > members:
        said.append(_("Có mặt %(present)s và vắng được trừ %(off)s, nhiều hơn tổng số %(members)s."))
    elif members == away + exempt:
        said.append(_("Tổng số %(members)s, vắng được trừ %(off)s: không còn ai biểu quyết."))
    if in_favour + against > present:
        said.append(
            _("Tán thành %(in_favour)s và không tán thành %(against)s, nhiều hơn số có mặt %(present)s.")
        )
    for words in said:
        yield case.object(
            "vote_sum", RULES[case.step.kind], words % told,
            _("Xem lại biên bản; chỉ đếm người có quyền biểu quyết, không đếm đảng viên dự bị."), "arithmetic", fault=20,
        )  # fmt: skip


def of_all(case):
    """The share is of all entitled, not of those present: a claimed pass that the counts do not bear out."""
    members, in_favour = case.step.count("members"), case.step.count("in_favour")
    if None in (members, in_favour) or case.step.result != PASS or concluded(case.step, case.rules) == PASS:
        return
    try:
        voting = entitled(members, case.step.count("away") or 0, case.step.count("exempt") or 0)
        least = needed(case.step.kind, voting, case.rules, members)
    except ValueError:  # said by `sums` or `large_enough`
        return
    words = _("Tán thành %(in_favour)s trên %(voting)s; phải ít nhất %(least)s mới đạt.")
    yield case.object(
        "share_of_present", RULES[case.step.kind],
        words % {"in_favour": number(in_favour), "voting": number(voting), "least": number(least)},
        _("Tính trên tổng số người có quyền biểu quyết, không trên số có mặt."), "arithmetic", fault=21,
    )  # fmt: skip


def large_enough(case):
    """A cell of fewer official members than the rules ask for may not decide on a candidate; those away are members."""
    members = case.facts.official_members if case.ahead else case.step.count("members")
    if members is not None and too_small(case.step.kind, members, case.rules):
        least = case.rules["cell_size"].value
        words = _("Chi bộ có %(members)s đảng viên chính thức, dưới %(least)s.")
        yield case.object(
            "cell_too_small", "cell_size", words % {"members": number(members), "least": number(least)},
            _("Báo cáo cấp ủy cấp trên để được hướng dẫn; chi bộ không tự xét."),
        )  # fmt: skip


def as_known(case):
    """The minutes and the register count the cell alike; a difference is shown."""
    members, known = case.step.count("members"), case.facts.official_members
    if case.step.kind in CELLS and None not in (members, known) and members != known:
        words = _("Biên bản ghi %(members)s đảng viên chính thức, sổ đang có %(known)s.")
        yield case.object(
            "members_differ", "cell_vote", words % {"members": number(members), "known": number(known)},
            _("Xem lại số đảng viên chính thức ngày họp."), "warn", fault=20,
        )  # fmt: skip


def not_a_fourth(case):
    """After three votes without the share the matter goes up to whoever decides."""
    if case.gone_up(case.step.kind):
        times = case.rules["failed_votes"].value
        who = _("Chi bộ") if case.kind.by == CELL else _("Đảng ủy cơ sở")
        yield case.object(
            "gone_up", "failed_votes",
            _("%(who)s đã biểu quyết %(times)s lần không đủ tỷ lệ.") % {"who": who, "times": times},
            _("Báo cáo lên cấp trên để cấp có thẩm quyền xem xét, quyết định; không biểu quyết lần nữa."),
        )  # fmt: skip


CHECKS = (counted, sums, of_all, large_enough, as_known, not_a_fourth)
