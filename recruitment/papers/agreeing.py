"""What papers of one dossier say against each other, and a paper against itself: over the fields as they were said, day and
number as text (`IssuedPaper.said`). Pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from committees.vietnamese import day as written
from committees.vietnamese import percent, percent_text, sort_key

from ..rules.faults import FAULTS
from ..rules.papers import KINDS
from .places import RENAMED_ON
from .terms import LABELS, WRITTEN

# What stays true of a person from paper to paper. Schooling and work change, bodies are called as of the day.
_LASTING = ("name", "born", "sex", "ethnicity", "religion", "native_place", "citizen_id")
_OF_THE_ROAD = {"received", "ceremony", "decision", "recognition", "official", "probation"}
_CLASSES = {"certificate", "new_class"}
# Minutes and resolution of one meeting, and what only these two say of it.
_ONE_MEETING = {"6-KNĐ", "bien-ban-hop"}
_OF_THE_MEETING = ("chair", "chair_title", "secretary", "reason_absent")
# Rows of the thirty faults that this is.
PERSON, MINUTES, OPINIONS, SUM, SHARE = 8, 22, 19, 20, 21
_RULES = {PERSON: "order", MINUTES: "cell_vote", OPINIONS: "opinions", SUM: "cell_vote", SHARE: "cell_vote"}


@dataclass(frozen=True)
class Found:
    """One thing found. rule: its code in a rule set; the rest as in `faults.Fault`."""

    code: str
    rule: str
    title: str
    said: str
    cure: str
    number: int | None = None
    blocks: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Other:
    """A paper that was issued and stands. said: {field: text} of all it says; edition: the code of the
    rule set its form is of."""

    form: str
    title: str
    number: str
    on: date
    said: dict
    issuer: str = ""
    edition: str = ""

    @property
    def words(self):
        """How another paper names it."""
        number = _(" số %s") % self.number if self.number else ""
        return _("“%(title)s”%(number)s ngày %(on)s") % {
            "title": self.title, "number": number, "on": written(self.on),
        }  # fmt: skip


def counts(said):
    """Found: counts of one meeting that do not sum. present and absent are all; in favour and against are not more than
    present; the share is of all who are entitled; opinions are of those present."""
    for kind in sorted({name.partition(".")[0] for name in said} & set(KINDS)):
        n = {name.partition(".")[2]: text for name, text in said.items() if name.startswith(f"{kind}.")}
        yield from _votes(kind, n) if KINDS[kind].is_vote else _opinions(kind, n)


def _votes(kind, said):
    n = _numbers(said)
    members, present, absent = n.get("members"), n.get("present"), n.get("absent")
    in_favour, against = n.get("in_favour"), n.get("against") or 0
    if None not in (members, present, absent) and present + absent != members:
        words = _("%(kind)s: có mặt %(present)s và vắng mặt %(absent)s, không bằng tổng số %(members)s.")
        yield _sum(SUM, kind, words, present=present, absent=absent, members=members)
    if None not in (in_favour, present) and in_favour + against > present:
        words = _("%(kind)s: tán thành %(yes)s và không tán thành %(no)s, nhiều hơn số có mặt %(present)s.")
        yield _sum(SUM, kind, words, yes=in_favour, no=against, present=present)
    whole = n.get("entitled", members)
    if said.get("percent") and whole and in_favour is not None:
        right = percent_text(percent(in_favour, whole))
        if sort_key(said["percent"]) != sort_key(right):
            words = _("%(kind)s: ghi %(percent)s, mà %(yes)s trên %(whole)s là %(right)s.")
            yield _sum(SHARE, kind, words, percent=said["percent"], yes=in_favour, whole=whole, right=right)


def _opinions(kind, said):
    n = _numbers(said)
    present, agree = n.get("present"), n.get("agree")
    if None not in (present, agree) and agree + (n.get("disagree") or 0) != present:
        words = _("%(kind)s: đồng ý %(yes)s và không đồng ý %(no)s, không bằng số có mặt %(present)s.")
        yield _sum(OPINIONS, kind, words, yes=agree, no=n.get("disagree") or 0, present=present)


def _numbers(said):
    return {part: int(text) for part, text in said.items() if str(text).isdecimal()}


def _sum(number, kind, words, **told):
    said = words % {"kind": KINDS[kind].label, **told}
    cure = _("Xem lại biên bản, sửa các số ở giấy đã ghi.")
    return Found(f"sum_{kind}", _RULES[number], FAULTS[number][0], said, cure, number, True, kind)


def with_register(said, told):
    """Found: fields of which the register says something else. told: {field: text} of what it says, "" where nothing."""
    for name, text in said.items():
        if "." in name and told.get(name) and text and sort_key(text) != sort_key(told[name]):
            words = _("%(label)s: giấy ghi “%(text)s”, sổ ghi “%(other)s”.")
            yield _differs(
                f"register_{name}", name, words % {"label": LABELS[name], "text": text, "other": told[name]},
                _("Sửa ở hồ sơ nếu sổ sai; giấy không nói khác sổ."), blocks=True,
            )  # fmt: skip


def by_day(told, on, today):
    """What the register tells today that a paper of the day `on` should have said: without the native place where the places
    were renamed in between."""
    renamed = on < RENAMED_ON <= today
    return {name: text for name, text in told.items() if not (renamed and name == "person.native_place")}


def of_person(against):
    """Found: what the register says of the person against itself. against: the sentences of `compare.rows`."""
    for words in against:
        cure = _("Đối chiếu căn cước rồi sửa ở trang cá nhân.")
        yield Found("person", _RULES[PERSON], FAULTS[PERSON][0], words, cure, PERSON)


def with_others(form, said, on, others):
    """Found: a field each that a standing paper says otherwise. others: [Other] of the same dossier."""
    for name, text in said.items():
        against = [one for one in others if _otherwise(name, (form, said, on), one)]
        if against:
            theirs = "; ".join(
                _("%(paper)s ghi “%(text)s”") % {"paper": one.words, "text": one.said[name]}
                for one in against
            )
            words = _("%(label)s: giấy này ghi “%(text)s”, %(others)s.")
            yield _differs(
                f"issued_{name}", name, words % {"label": LABELS[name], "text": text, "others": theirs},
                _("Giấy nào sai thì sửa ở hồ sơ và đính chính giấy ấy."),
            )  # fmt: skip


def _otherwise(name, mine, other):
    form, said, on = mine
    one, two = said[name], other.said.get(name)
    if not one or not two or sort_key(one) == sort_key(two) or not _compared(name, form, other.form):
        return False
    if name == "person.native_place":  # called by its day: the places were renamed between the two
        return (on < RENAMED_ON) == (other.on < RENAMED_ON)
    first = name.partition(".")[0]
    if first in _CLASSES:  # a later class is another certificate
        ids = (f"{first}.number", f"{first}.issued_on")
        return any(said.get(part) and said.get(part) == other.said.get(part) for part in ids)
    return True


def _compared(name, form, other):
    first, _dot, part = name.partition(".")
    if first == "person":
        return part in _LASTING
    if name in _OF_THE_MEETING:
        return {form, other} == _ONE_MEETING
    # Of what there are several, each paper is about another one.
    return (
        first in _CLASSES
        or first in _OF_THE_ROAD
        or first in KINDS
        and first not in {"introduction", "opinion_union"}
    )


def _differs(code, name, said, cure, *, blocks=False):
    first = name.partition(".")[0]
    number = PERSON if first == "person" else MINUTES if name in WRITTEN or _is_vote(first) else None
    title = FAULTS[number][0] if number else _("Ngày, số ghi trong giấy không khớp")
    return Found(
        code, _RULES.get(number, "order"), title, said, cure, number, blocks, first if first in KINDS else ""
    )


def _is_vote(first):
    return first in KINDS and KINDS[first].is_vote
