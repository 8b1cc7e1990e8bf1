"""The demo's dossiers of today: a few dozen people on the road, one or more at every step, some late, some about to be,
some that the rules stop for the common reasons. All names are false; days count back from the day the demo is made.
"""

from datetime import timedelta

from committees import journal, vietnamese
from committees.vietnamese import add_months

from ..models import (
    Admission,
    Candidacy,
    Certificate,
    Course,
    Letter,
    Mentorship,
    Paper,
    Person,
    Relative,
    Review,
    Step,
    Traits,
)
from ..pipeline.actions import settling
from .standing import standing

CELLS = ("BRVT-DD-008-01", "BRVT-DD-008-02", "BRVT-DD-008-03")
_VOTE = {"members": 9, "present": 9, "in_favour": 9, "against": 0}
_ALL = {"present": 9, "agree": 9, "disagree": 0}
_SOURCES = ("Lê Thị Cúc", "Đỗ Hữu Dũng")
# (kind, days before or after the cell's vote, result, what it says), in the order of the procedure.
_PAPERS = (
    ("listing", -240, "", {}),
    ("application", -120, "", {"handwritten": True, "own_words": True}),
    ("declaration", -118, "", {"sealed": True, "names_agree": True}),
    ("verification", -60, "pass", {}),
    ("opinion_union", -50, "", _ALL),
    ("opinion_home", -50, "", {}),
    ("opinions", -45, "", _ALL),
    ("introduction", -40, "", {"introducer": _SOURCES[0]}),
    ("introduction", -39, "", {"introducer": _SOURCES[1]}),
    ("cell_vote", 0, "pass", _VOTE),
    ("base_vote", 8, "pass", _VOTE),
    ("submission", 12, "", {"to": "Huyện ủy Đất Đỏ"}),
    ("appraisal", 26, "pass", {}),
    ("returned", 27, "", {"missing": "Thiếu ý kiến chi ủy nơi cư trú có chữ ký"}),
    ("self_review", 440, "", {}),
    ("mentor_remarks", 441, "", {}),
    ("probation_opinions", 442, "", _ALL),
    ("recognition_vote", 450, "pass", _VOTE),
    ("base_recognition", 456, "pass", _VOTE),
    ("recognition_submission", 460, "", {}),
)
# Numbers as the offices gave them; the person's place in the list stands before.
_NUMBERS = {
    "listing": "NQ/CB", "cell_vote": "NQ/CB", "base_vote": "NQ/ĐU", "submission": "TTr/ĐU", "recognition_vote": "NQ/CB",
    "base_recognition": "NQ/ĐU", "recognition_submission": "TTr/ĐU",
}  # fmt: skip
_ISSUERS = {"opinion_union": "Công đoàn cơ sở", "opinion_home": "Chi ủy nơi cư trú"}
# Days after the vote on which it was decided, received, celebrated.
_DECIDED, _RECEIVED, _HELD = 40, 45, 60
_BEFORE_VOTE = ("listing", "application", "declaration", "verification", "opinion_union", "opinion_home", "opinions",
                "introduction")  # fmt: skip
# (name, sex, born, days since the cell's vote (negative: to come), last step, what is amiss)
PEOPLE = (
    ("Nguyễn Thị Hồng Ân", "F", "1997-04-12", -200, "", ""),
    ("Trần Quốc Bảo", "M", "1995-09-03", -190, "", "no_mentor"),
    ("Phạm Ngọc Minh Châu", "F", "2001-07-27", -180, "", "no_class"),
    ("Lê Hoàng Công Danh", "M", "1993-01-19", -150, "", "unreviewed"),
    ("Đặng Hữu Đức", "M", "1989-08-19", -90, "declaration", ""),
    ("Võ Thị Giang", "F", "1996-02-08", -80, "declaration", "asked"),
    ("Hồ Thanh Hằng", "F", "1998-11-30", -70, "declaration", "late_answer"),
    ("Phạm Văn Hòa", "M", "1990-05-05", -10, "introduction", ""),
    ("Bùi Thị Mỹ Hạnh", "F", "1994-12-21", -5, "introduction", "lapsed"),
    ("Ngô Gia Khánh", "M", "1992-03-14", -5, "introduction", "lapsing"),
    ("Trịnh Thị Lan", "F", "1999-06-06", -6, "introduction", "one_introducer"),
    ("Đinh Công Lập", "M", "1991-10-10", -6, "introduction", "new_together"),
    ("Mai Thị Loan", "F", "1988-01-25", -6, "introduction", "no_home"),
    ("Lý Thành Long", "M", "2000-09-09", 290, "introduction", ""),
    ("Cao Thị Mai", "F", "1996-08-15", 4, "cell_vote", ""),
    ("Tạ Quang Minh", "M", "1987-07-07", 95, "cell_vote", ""),
    ("Dương Thị Nga", "F", "1995-05-20", 11, "base_vote", ""),
    ("Hà Văn Nam", "M", "1993-04-04", 30, "base_vote", ""),
    ("Lương Thị Nhung", "F", "1998-02-14", 18, "submission", ""),
    ("Đoàn Minh Phúc", "M", "1994-03-30", 33, "submission", ""),
    ("Vũ Thị Phượng", "F", "1990-12-01", 92, "submission", ""),
    ("Kiều Văn Quân", "M", "1996-06-18", 40, "returned", ""),
    ("Tô Thị Quyên", "F", "1992-11-11", 60, "returned", ""),
    ("Phan Thị Sen", "F", "1999-03-08", 35, "appraisal", ""),
    ("Nguyễn Hữu Sơn", "M", "1995-01-01", 52, "appraisal", ""),
    ("Lâm Thị Tâm", "F", "1991-09-23", 100, "appraisal", ""),
    ("Châu Văn Thắng", "M", "1989-04-17", 44, "decision", ""),
    ("Huỳnh Thị Thảo", "F", "1997-10-02", 58, "received", ""),
    ("Trương Văn Thịnh", "M", "1993-08-28", 110, "received", ""),
    ("Quách Thị Thu", "F", "1998-05-13", 150, "ceremony", ""),
    ("Lại Văn Tiến", "M", "1994-07-19", 400, "ceremony", ""),
    ("Thái Thị Trang", "F", "1996-01-30", 445, "mentor_remarks", ""),
    ("Tống Văn Trung", "M", "1990-02-22", 500, "ceremony", ""),
    ("Đào Thị Tuyết", "F", "1992-06-25", 470, "recognition_submission", ""),
    ("Nghiêm Văn Vinh", "M", "1991-12-12", 520, "recognition", ""),
    ("Hoàng Bảo Trâm", "F", "", -6, "introduction", "young"),
    ("Lưu Văn Phước", "M", "", -6, "introduction", "old"),
    ("Thạch Thị Sa Rinh", "F", "1990-06-11", -6, "introduction", "schooling"),
    ("Mạc Văn Tường", "M", "1993-10-05", 3, "cell_vote", "short"),
)
# Ages, in months before today, of who is too young or over sixty.
_AGED = {"young": 17 * 12 + 8, "old": 62 * 12}
# Days that a certificate of so long ago is still valid, or no longer.
_OLD = {"lapsed": -12, "lapsing": 24}
_ENDS = ("decision", "received", "ceremony")


def play_road():
    """Put the dossiers of today into the demo, once: False where papers stand already, or a cell does not. One pen."""
    today = vietnamese.today()
    cells = list(standing(CELLS, today).values())
    if Paper.objects.exists() or len(cells) < len(CELLS):
        return False
    with journal.pen(None, "demo", note="Hồ sơ đang làm của bản trình diễn"):
        for k, (name, sex, born, since, last, amiss) in enumerate(PEOPLE):
            _follow(
                cells[k % len(cells)], today - timedelta(days=since), name, sex, born, last, amiss, k, today
            )
    return True


def _follow(cell, vote, name, sex, born, last, amiss, k, today):
    def on(days):
        return vote + timedelta(days=days)

    entered = min(on(-240), today - timedelta(days=30))
    if amiss in _OLD:
        entered = add_months(today, -62)
    person = Person(
        full_name=name, sex=sex, born=add_months(today, -_AGED[amiss]) if amiss in _AGED else born, ethnicity="Kinh",
        education="Tiểu học" if amiss == "schooling" else "12/12", occupation="Công nhân", union_member=False,
        native_place="xã Phước Long Thọ, huyện Đất Đỏ, tỉnh Bà Rịa – Vũng Tàu",
    )  # fmt: skip
    person.save()
    candidacy = Candidacy(person=person, cell=cell, entered_on=entered)
    candidacy.save()
    Step(candidacy=candidacy, stage="source", on=entered).save()
    if amiss != "no_class":
        issued = _certificate(person, cell, today, entered, amiss)
        Step(candidacy=candidacy, stage="class", on=max(issued, entered)).save()
    _help(candidacy, entered, amiss, today)
    kinds = _until(last)
    papers = [
        Paper(
            candidacy=candidacy,
            kind=kind,
            on=max(on(days), entered),
            result="fail" if kind == "cell_vote" and amiss == "short" else result,
            said=_said(kind, said, on, amiss),
            number=f"{k + 1:02}-{_NUMBERS[kind]}" if kind in _NUMBERS else "",
            issuer=_ISSUERS.get(kind, ""),
        )
        for kind, days, result, said in _PAPERS
        if kind in kinds and on(days) <= today
    ]
    Paper.objects.bulk_create(_spoiled(papers, amiss))
    if amiss in {"asked", "late_answer"}:
        _ask(candidacy, today - timedelta(days=20 if amiss == "asked" else 75))
    _admit(candidacy, on, last, k)
    settling.settle(candidacy)


def _until(last):
    """The kinds recorded up to and with `last`, each in its turn."""
    if not last:
        return {"listing"}
    found, order = set(), list(dict.fromkeys(kind for kind, *_rest in _PAPERS))
    reached = {"decision": "appraisal", "received": "appraisal", "ceremony": "appraisal",
               "recognition": "recognition_submission"}.get(last, last)  # fmt: skip
    found = set(order[: order.index(reached) + 1])
    return found if last == "returned" else found - {"returned"}


def _said(kind, said, on, amiss):
    if kind == "cell_vote" and amiss == "short":
        return {**said, "in_favour": 5, "against": 4}
    if kind != "introduction":
        return said
    since = on(-200) if amiss == "new_together" else on(-40 - 900)
    return {**said, "together_since": since.isoformat()}


def _spoiled(papers, amiss):
    if amiss == "one_introducer":
        return papers[:-1]
    if amiss == "no_home":
        return [paper for paper in papers if paper.kind != "opinion_home"]
    return papers


def _certificate(person, cell, today, entered, amiss):
    issued = min(entered + timedelta(days=25), today - timedelta(days=3))
    if amiss in _OLD:
        issued = add_months(today, -60) + timedelta(days=_OLD[amiss])
    Certificate(person=person, cell=cell, kind=Course.Kind.AWARENESS, issued_on=issued).save()
    return issued


def _help(candidacy, entered, amiss, today):
    if amiss == "no_mentor":
        return
    helped = Mentorship(candidacy=candidacy, mentor=_SOURCES[0], since=entered, document="03-NQ/CB")
    helped.save()
    for months in range(3, 0 if amiss == "unreviewed" else 72, 3):
        if (day := add_months(entered, months)) <= today:
            Review(candidacy=candidacy, mentorship=helped, on=day).save()


def _ask(candidacy, sent):
    father = Relative(candidacy=candidacy, relation=Relative.Relation.FATHER, full_name="")
    father.save()
    Letter(candidacy=candidacy, relative=father, to="Đảng ủy xã Láng Dài", sent_on=sent).save()


def _admit(candidacy, on, last, k):
    """The admission of who got that far, with its days as far as they are known."""
    proposed = last in {"self_review", "mentor_remarks", "recognition_submission", "recognition"}
    reached = len(_ENDS) if proposed else _ENDS.index(last) + 1 if last in _ENDS else 0
    if not reached:
        return
    person = candidacy.person
    days = dict(zip(("decided_on", "received_on", "ceremony_on"), (_DECIDED, _RECEIVED, _HELD), strict=True))
    told = {name: on(day) for name, day in list(days.items())[:reached]}
    if last == "recognition":
        told |= {
            "recognised_on": on(480),
            "official_on": add_months(on(_HELD), 12),
            "recognition_number": "86-QĐ/HU",
        }
    Admission(
        person=person, candidacy=candidacy, cell=candidacy.cell, decision_number=f"{140 + k}-QĐ/HU", **told,
        **{name: getattr(person, name) for name in Traits.NAMES},
    ).save()  # fmt: skip
