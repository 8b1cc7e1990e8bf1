"""The order of the procedure: what must stand before, what may stand once, where a late record fits. Pure."""

from functools import cache

from django.utils.translation import gettext as _

from committees.vietnamese import day as written

from ..papers import ABOVE, DECIDED, DOSSIER, KINDS, OUT, SOURCE, UPWARDS, VOTES

# Faults of office_practice.md §4 that are a wrong order of two papers: (the later, what it needs).
FAULT = {
    ("declaration", "application"): 3, ("base_vote", "cell_vote"): 24, ("section_appraisal", "cell_vote"): 24,
    ("cell_vote", "opinion_home"): 18,
}  # fmt: skip
RULE = {
    "application": "application", "verification": "verification", "opinion_home": "opinions", "opinions": "opinions",
    "received": "ceremony", "ceremony": "probation",
}  # fmt: skip
BEFORE_DECISION = (SOURCE, DOSSIER, VOTES, UPWARDS)


@cache
def prepares(kind):
    """Kinds that need this one, directly or through others."""
    direct = {code for code, other in KINDS.items() if kind in other.needs}
    return frozenset(direct.union(*(prepares(code) for code in direct)))


def finished(case):
    """A candidacy that stopped takes nothing more; a recognised one only what was done by then."""
    facts = case.facts
    if facts.stage == "closed":
        yield case.object(
            "closed", "order", _("Hồ sơ đã dừng theo dõi."), _("Mở lại bằng một lần theo dõi mới."), "order"
        )
    elif facts.stage == "official" or facts.recognised:
        late = facts.recognised and case.on <= facts.recognised and case.kind.phase != OUT
        if not late:
            yield case.object(
                "official", "order", _("Người này đã là đảng viên chính thức; hồ sơ theo dõi đã xong."),
                _("Việc về sau ghi trong hồ sơ đảng viên."), "order",
            )  # fmt: skip


def entered(case):
    listed = case.facts.entered_on
    if case.on < listed:
        words = _("Ngày %(on)s trước ngày đưa vào nguồn (%(listed)s).")
        yield case.object(
            "before_entry", "order", words % {"on": written(case.on), "listed": written(listed)},
            _("Xem lại một trong hai ngày."), "order",
        )  # fmt: skip


def once(case):
    """What stands once, and a vote that passed, is not made again; a dossier sent back may be voted on anew."""
    kind = case.kind
    there = case.standing(kind.code)
    if there and not kind.many:
        words = _("Hồ sơ đã có “%(kind)s” ngày %(on)s.")
        yield case.object(
            "twice", "order", words % {"kind": kind.label, "on": written(there[-1].on)},
            _("Nếu ngày hay số sai thì sửa giấy đã ghi."), "order",
        )  # fmt: skip
    elif kind.is_vote:
        back = case.last("returned")
        passed = [p for p in there if p.on <= case.on and not (back and back.on >= p.on)]
        if passed:
            words = _("“%(kind)s” đã được thông qua ngày %(on)s.")
            yield case.object(
                "passed_already", "order", words % {"kind": kind.label, "on": written(passed[-1].on)},
                _("Nếu ghi sai thì sửa lần biểu quyết đã ghi."), "order",
            )  # fmt: skip


def needed(case):
    """Everything the step needs stands, has not failed and is dated on or before it."""
    for code in case.kind.needs:
        if not case.exists(code) or case.behind(code) or case.gone_up(code):
            continue
        # A vote that failed below until it went up leaves nothing to vote on in between.
        if code in {"section_appraisal", "base_vote"} and case.gone_up("cell_vote"):
            continue
        if code in {"section_recognition", "base_recognition"} and case.gone_up("recognition_vote"):
            continue
        there = case.standing(code)
        if any(paper.on <= case.on for paper in there):
            continue
        rule, fault = RULE.get(code, "order"), FAULT.get((case.kind.code, code))
        names = {"kind": case.kind.label, "need": KINDS[code].label, "on": written(case.on)}
        if there:
            words = _("“%(need)s” ghi ngày %(there)s, sau “%(kind)s” ngày %(on)s.")
            yield case.object(
                f"late_{code}", rule, words % (names | {"there": written(there[0].on)}),
                _("Xem lại hai ngày, giấy nào có trước thì ghi ngày trước."), "order", fault=fault, paper=code,
            )  # fmt: skip
        else:
            lost = case.last(code)
            words = _("“%(need)s” ngày %(lost)s không đạt.") if lost else _("Chưa có “%(need)s”.")
            yield case.object(
                f"no_{code}", rule, words % (names | {"lost": lost and written(lost.on)}),
                _("Ghi “%(need)s” trước, rồi mới đến “%(kind)s”.") % names, "need", fault=fault, paper=code,
            )  # fmt: skip


def fits(case):
    """A late record stands before what needed it, unless the dossier was sent back since to have it made."""
    kind, at = case.kind.code, case.on
    there = [paper.on for paper in case.standing(kind)]
    back = [paper.on for paper in case.until("returned")]
    for later in case.told:
        if later.kind not in prepares(kind) or later.on >= at:
            continue
        # Who needs it may have had an earlier one of the kind: then this is only another.
        if any(on <= later.on for on in there) or any(on >= later.on for on in back):
            continue
        words = _("“%(kind)s” phải có trước “%(later)s” ngày %(on)s.")
        yield case.object(
            "after_its_use", "order",
            words % {"kind": case.kind.label, "later": KINDS[later.kind].label, "on": written(later.on)},
            _("Ghi đúng ngày trên giấy; nếu giấy thật sự lập sau thì việc sau phải làm lại."), "order",
            fault=FAULT.get((later.kind, kind)),
        )  # fmt: skip
        return


def placed(case):
    """A step of a body that does not stand above the cell does not exist for it."""
    if not case.exists(case.step.kind):
        yield case.object(
            "no_such_body", "order", _("Phía trên chi bộ này không có cấp làm việc ấy."),
            _("Bỏ qua bước này; nếu cơ cấu trong sổ sai thì sửa cơ cấu trước."),
        )  # fmt: skip


def before_decision(case):
    """What leads to the decision is not made after it."""
    decided = case.facts.decided
    if decided and case.on > decided and case.kind.phase in BEFORE_DECISION:
        words = _("Đã có quyết định kết nạp ngày %s; giấy này phải có trước ngày ấy.")
        yield case.object(
            "after_decision", "order", words % written(decided), _("Xem lại ngày trên giấy."), "order"
        )


def sent_back(case):
    """From the day a dossier was sent back nothing moves above until it is sent up again."""
    back, again = case.last("returned"), case.last("resubmission")
    away = back is not None and (again is None or again.on < back.on)
    kind = case.kind
    if away and kind.phase in {UPWARDS, DECIDED} and kind.by == ABOVE and kind.code != "ceremony_consent":
        yield case.object(
            "sent_back", "order", _("Hồ sơ đã trả lại để hoàn chỉnh ngày %s, chưa gửi lại.") % written(back.on),
            _("Ghi “%s” trước.") % KINDS["resubmission"].label, "order",
        )  # fmt: skip
    if kind.code == "resubmission" and back is not None and not away and not case.facts.decided:
        yield case.object(
            "sent_again", "order", _("Hồ sơ đã gửi lại ngày %s.") % written(again.on),
            _("Chỉ gửi lại sau một lần trả lại nữa."), "order",
        )  # fmt: skip


def last_of_all(case):
    """A way out is the last thing: nothing stands after it."""
    if case.kind.phase != OUT:
        return
    latest = case.told[-1] if case.told else None
    if latest is not None and latest.on > case.on:
        words = _("Ngày dừng %(on)s trước “%(kind)s” ngày %(latest)s.")
        yield case.object(
            "before_the_last", "order",
            words % {"on": written(case.on), "kind": KINDS[latest.kind].label, "latest": written(latest.on)},
            _("Xem lại một trong hai ngày."), "order",
        )  # fmt: skip


CHECKS = (finished, entered, once, needed, fits, placed, before_decision, sent_back, last_of_all)
