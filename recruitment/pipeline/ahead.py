"""What comes next on the road of a candidacy, what may be recorded now, and why the rest may not yet. Pure but for the
reader's rights."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from committees.access import RECORD

from ..models import Stage
from ..rules import eligibility
from ..rules.dossier import Objection
from ..rules.eligibility import introducers
from ..rules.papers import FAIL, KINDS, PROBATION, WAIT, Kind, done_by
from .actions import rank
from .rights import may_record

# What the road has beside its papers: the two classes, and somebody who helps.
CLASS, MENTOR, MEMBER_CLASS = "class", "mentor", "member_class"
CHECKED = "checked"  # the letters and results of the background check
# The road in the order in which a cell walks it; what only some need stands aside (`candidacy-step` lists it).
WAY = (
    MENTOR, CLASS, "application", "declaration", "verification", "opinion_union", "opinion_home", "opinions",
    "introduction", "youth", "cell_vote", "section_appraisal", "base_vote", "submission", "resubmission", "decision",
    "received", "ceremony", "member_file", MEMBER_CLASS, "self_review", "mentor_remarks", "probation_opinions",
    "recognition_vote", "section_recognition", "base_recognition", "recognition_submission", "recognition",
)  # fmt: skip
# Steps that a person waits for: the page tells what stands against the next of them.
DECISIVE = ("cell_vote", "base_vote", "decision", "ceremony", "recognition_vote", "recognition")
ON_ADMISSION = {
    "decision": "decided", "received": "received", "ceremony": "ceremony", "recognition": "recognised",
}  # fmt: skip
# Rules that something beside a paper satisfies.
_CURED = {"mentor": MENTOR, "certificate": CLASS, "new_member_class": MEMBER_CLASS}


@dataclass(frozen=True)
class Deed:
    """Something to be recorded: what it is, the words of its button, its page, and whether the reader may."""

    code: str
    what: str
    label: str
    address: str
    mine: bool


@dataclass(frozen=True)
class Reason:
    """An Objection as a page tells it: with the page of the paper that is missing, "" where the reader may not record
    it, or no paper would cure it."""

    objection: Objection
    address: str


@dataclass(frozen=True)
class Possible:
    """A kind of paper and the Reasons against it today: [] where it may be recorded."""

    kind: Kind
    reasons: list
    address: str


@dataclass(frozen=True)
class Ahead:
    """next: the Deed that comes next, None where the road ended. missing: labels of what the present part of the road
    still wants. step: the next decisive Kind, and `reasons` what stands against it on the day `on`."""

    next: Deed | None
    missing: list
    step: Kind | None
    reasons: list
    on: date


def ahead(access, candidacy, facts, book):
    """The Ahead of a candidacy today. No query beyond access's own."""
    today = access.today
    left, step = still_to_walk(facts, today)
    before = left[: left.index(step.code)] if step else []
    return Ahead(
        next=deed(access, candidacy, left[0]) if left else None,
        missing=[label_of(code) for code in before],
        step=step,
        reasons=reasons(access, candidacy, against(facts, step.code, today, book), step.code) if step else [],
        on=today,
    )


def still_to_walk(facts, on):
    """(codes of WAY that the road still asks for on a day, the next decisive Kind among them or None)."""
    left = [code for code in WAY if wanted(facts, code, on)]
    if facts.stage in {Stage.CLOSED, Stage.OFFICIAL}:
        left = []
    return left, next((KINDS[code] for code in left if code in DECISIVE), None)


def wanted(facts, code, on):
    """Whether that part of the road is still to be walked."""
    if code == MENTOR:
        return rank(facts.stage) < rank(Stage.CELL) and not any(helper.helps(on) for helper in facts.helpers)
    if code == CLASS:
        return not facts.certificates and rank(facts.stage) < rank(Stage.CLASS)
    if code == MEMBER_CLASS:
        return not facts.new_member_certificates
    if code in ON_ADMISSION:
        return getattr(facts, ON_ADMISSION[code]) is None
    if code == "resubmission":
        back, again = facts.last("returned"), facts.last("resubmission")
        return back is not None and (again is None or again.on < back.on)
    if code == "opinion_union":
        return not facts.of("opinions") and not _made(facts, code)
    if code == "youth":
        return facts.union_member and not _made(facts, code)
    if not KINDS[code].exists(facts.levels):
        return False
    return not _made(facts, code)


def _made(facts, code):
    """Whether a paper of the kind stands that did not fail, or somebody reported a stage beyond it without papers."""
    if facts.stated and rank(done_by(code)) <= rank(facts.stated):
        return True
    if code == "introduction" and not facts.union_member:
        alone = not facts.of("youth", "union")
        return len(introducers.in_force(facts.of(code))) >= (2 if alone else 1)
    last = facts.last(code)
    return last is not None and last.result not in {FAIL, WAIT}


def against(facts, code, on, book):
    """The Objections that would forbid a step of that kind on a day, as far as they are known before it is made."""
    return [one for one in eligibility.foreseen(facts, code, on, book) if one.forbids]


def reasons(access, candidacy, objections, step=""):
    """[Reason] of Objections against a step of that kind."""
    return [Reason(one, _cured_at(access, candidacy, one, step)) for one in objections]


def _cured_at(access, candidacy, objection, step):
    code = _CURED.get(objection.rule.code, objection.paper)
    if code == "verification" and objection.code != "no_verification":
        code = CHECKED
    missing = (
        objection.verdict in {"need", "block"}
        and code != step
        and (code not in KINDS or not KINDS[code].ends)
    )
    cure = deed(access, candidacy, code) if missing else None
    return cure.address if cure and cure.mine else ""


def possible(access, candidacy, facts, book):
    """[Possible] of everything the reader may record of a candidacy, in the order of the road; ways out have their own
    page."""

    def why_not(code):
        return reasons(access, candidacy, against(facts, code, access.today, book), code)

    return [
        Possible(kind, why_not(kind.code), deed(access, candidacy, kind.code).address)
        for kind in KINDS.values()
        if _concerns(facts, kind, access.today) and may_record(access, kind.code, candidacy.cell_id)
    ]


def _concerns(facts, kind, on):
    """Whether a kind of paper is worth naming: of a body that stands above the cell, of this or an earlier part of the
    road, asked of this candidate, and not made already where it is made once."""
    if kind.ends or not kind.exists(facts.levels):
        return False
    if kind.phase == PROBATION and facts.ceremony is None or kind.code == "criterion" and not facts.criteria:
        return False
    if kind.code == "readmission" and not facts.earlier:
        return False
    return wanted(facts, kind.code, on) or kind.many and kind.code != "resubmission"


def deed(access, candidacy, code):
    """The Deed of one part of the road."""
    pk = candidacy.pk
    if code == MENTOR:
        address = reverse("recruitment:candidacy-mentor", args=[pk])
    elif code in {CLASS, MEMBER_CLASS}:
        address = reverse("recruitment:candidacy-certificate", args=[pk])
    elif code == CHECKED:
        address = reverse("recruitment:candidacy-verification", args=[pk])
    else:
        address = reverse("recruitment:candidacy-record", args=[pk, code])
    may = (
        may_record(access, code, candidacy.cell_id)
        if code in KINDS
        else access.may(RECORD, candidacy.cell_id)
    )
    return Deed(code, label_of(code), _("Ghi: %s") % label_of(code), address, may)


def label_of(code):
    """The words for a part of the road."""
    if code == MENTOR:
        return _("Phân công đảng viên giúp đỡ")
    if code == CLASS:
        return _("Chứng nhận lớp bồi dưỡng nhận thức về Đảng")
    if code == MEMBER_CLASS:
        return _("Chứng nhận lớp đảng viên mới")
    if code == CHECKED:
        return _("Công văn và kết quả thẩm tra")
    return str(KINDS[code].label)
