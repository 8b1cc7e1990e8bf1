"""Who introduces: two official members, or one with the Youth Union or the trade union; each of them fit. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.vietnamese import add_months, age_on, name_sort_key
from committees.vietnamese import day as written

_CURE = gettext_lazy(
    "Giữ đúng một cách: hai đảng viên chính thức, hoặc một đảng viên với Đoàn, hoặc một đảng viên với Công đoàn."
)


def in_force(papers):
    """The latest of these letters, in order of day, of each introducer. A tone makes another name: Hoa and Hòa are two
    members; where it is written, and capitals, do not."""
    return list({name_sort_key(paper.said.get("introducer", "")): paper for paper in papers}.values())


def letters(case):
    """The letter in force of each introducer up to the day; somebody who replaced another counts for both."""
    return in_force(case.until("introduction"))


def members(case):
    """How many members introduce, one who only took another's place not counted twice."""
    there = letters(case)
    return max(len(there) - sum(bool(p.said.get("replaces")) for p in there), min(len(there), 1))


def of_union_age(case):
    return age_on(case.facts.born, case.on) <= case.rules["youth_age"].value


def one_pattern(case):
    """Exactly one of the three ways; papers of two ways together contradict each other."""
    bodies = [kind for kind in ("youth", "union") if case.last(kind)]
    count = members(case)
    if len(bodies) == 2 or (bodies and count >= 2):
        yield case.object(
            "mixed_introduction", "introduction", _("Hồ sơ có cả giấy của hai cách giới thiệu khác nhau."), str(_CURE),
            fault=17, paper="introduction",
        )  # fmt: skip
    elif not bodies and count < 2 or bodies and count < 1:
        words = _("Mới có %(count)s đảng viên giới thiệu, chưa có Đoàn hoặc Công đoàn giới thiệu.")
        if bodies:
            words = _("Có nghị quyết của đoàn thể, chưa có đảng viên chính thức giới thiệu.")
        yield case.object(
            "no_introduction",
            "introduction",
            words % {"count": count},
            str(_CURE),
            "need",
            paper="introduction",
        )


def union_resolution(case):
    """A Union member of Union age is introduced by the grassroots Union's committee."""
    member, youth = case.facts.union_member, case.last("youth")
    if member and of_union_age(case) and youth is None:
        yield case.object(
            "no_youth", "introduction_youth", _("Là đoàn viên, chưa có nghị quyết giới thiệu của Đoàn thanh niên cơ sở."),
            _("Xin nghị quyết của ban chấp hành Đoàn cơ sở (mẫu 4-KNĐ); giấy của chi đoàn không thay được."), "need",
            fault=16, paper="youth",
        )  # fmt: skip
    elif youth is not None and not member:
        yield case.object(
            "youth_no_member", "introduction", _("Có nghị quyết của Đoàn nhưng hồ sơ không ghi là đoàn viên."),
            _("Sửa lại thông tin người này, hoặc dùng cách giới thiệu khác."), "warn", paper="youth",
        )  # fmt: skip
    elif youth is not None and not of_union_age(case):
        yield case.object(
            "youth_too_old", "youth_age", _("Đoàn giới thiệu người đã quá tuổi đoàn viên."),
            _("Xem lại ngày sinh, hoặc dùng cách giới thiệu khác."), "warn", paper="youth",
        )  # fmt: skip


def together(case):
    """Each introducer knows the person for twelve months on the day of the letter; not who took another's place, nor
    after a move [M]."""
    if case.facts.moved_here:
        return
    for letter in letters(case):
        yield from _together(case, letter)


def _together(case, letter):
    if letter.said.get("replaces"):
        return
    since, name = letter.day("together_since"), letter.said.get("introducer", "")
    if since is None:
        yield case.object(
            "together_unknown", "introducer_together", _("Chưa ghi %s ở cùng từ ngày nào.") % name,
            _("Ghi ngày bắt đầu cùng công tác, học tập hoặc cư trú."), "need", fault=13, paper="introduction",
        )  # fmt: skip
        return
    full = add_months(since, case.rules["introducer_together"].value)
    if full > letter.on:
        words = _("%(name)s ở cùng từ %(since)s, đến ngày giới thiệu %(on)s chưa đủ %(months)s tháng.")
        told = {
            "name": name, "since": written(since), "on": written(letter.on),
            "months": case.rules["introducer_together"].value,
        }  # fmt: skip
        yield case.object(
            "together_too_short", "introducer_together", words % told,
            _("Chọn người khác, hoặc lập lại giấy từ ngày %s.") % written(full), fault=13, paper="introduction",
        )  # fmt: skip


def fit(case):
    """An introducer said to be unfit is shown, and one who by then can no longer help, unless somebody took the place since.
    Who is probationary, disciplined, gone or kin is not looked up."""
    there, unable = letters(case), _unable(case)
    for letter in there:
        name, since = (
            letter.said.get("introducer", ""),
            unable.get(name_sort_key(letter.said.get("introducer", ""))),
        )
        if letter.said.get("introducer_unfit"):
            words = _("Người giới thiệu %(name)s được ghi là không còn phù hợp.")
        elif since and not any(other.said.get("replaces") and other.on >= since for other in there):
            words = _("Người giới thiệu %(name)s không còn đủ điều kiện giúp đỡ từ ngày %(since)s.")
        else:
            continue
        yield case.object(
            "introducer_unfit", "introducer_replaced", words % {"name": name, "since": since and written(since)},
            _("Chi bộ phân công người khác giới thiệu; người thay không phải đủ 12 tháng."), "warn", fault=14,
            paper="introduction",
        )  # fmt: skip


def _unable(case):
    """{name: since when} of those who help or helped and no longer may on the day, as last assigned."""
    last = {}
    for helper in sorted(case.facts.helpers, key=lambda helper: helper.since):
        if helper.since <= case.on:
            last[name_sort_key(helper.name)] = helper.unable_on
    return {name: on for name, on in last.items() if on and on <= case.on}


def new_letter(case):
    """The letter being recorded: its own introducer."""
    if case.ahead:
        return
    if not case.step.said.get("introducer"):
        yield case.object(
            "no_introducer", "introduction", _("Chưa ghi tên đảng viên giới thiệu."),
            _("Ghi họ và tên đảng viên chính thức."), "need",
        )  # fmt: skip
    elif not case.facts.moved_here:
        yield from _together(case, case.step)


CHECKS = (one_pattern, union_resolution, together, fit)
