"""A road on which nothing is amiss, step by step, to be spoiled one thing at a time."""

from dataclasses import replace
from datetime import date

from recruitment.rules import statute, working_days
from recruitment.rules.dossier import Asked, Facts, Helper, Paper, Relation
from recruitment.rules.papers import ORDER

BOOK = statute.Book(
    statute.read(), working_days.calendar((day, what) for day, what, _name in working_days.read())
)
MEETING = date(2026, 2, 3)


def votes(members=12, present=11, in_favour=11, against=0, **more):
    return {"members": members, "present": present, "in_favour": in_favour, "against": against} | more


def letter(name, on=date(2025, 12, 12), since="2020-01-01", **more):
    return Paper("introduction", on, said={"introducer": name, "together_since": since} | more)


ROAD = (
    Paper("listing", date(2025, 8, 1), "02-NQ/CB"),
    Paper("application", date(2025, 10, 1), said={"handwritten": True, "own_words": True}),
    Paper(
        "declaration", date(2025, 10, 5), said={"sealed": True, "names_agree": True, "places_by_date": True}
    ),
    Paper("verification", date(2025, 12, 1), "11-KL/ĐU", result="pass"),
    Paper("opinion_union", date(2025, 12, 5), said={"present": 12, "agree": 11, "disagree": 1}),
    Paper("opinion_home", date(2025, 12, 8)),
    Paper("opinions", date(2025, 12, 10), said={"present": 12, "agree": 11, "disagree": 1}),
    letter("Lê Văn An"),
    letter("Trần Thị Bình"),
    Paper("cell_vote", MEETING, "05-NQ/CB", said=votes(minutes_agree=True, one_each=True), result="pass"),
    Paper("base_vote", date(2026, 2, 24), "09-NQ/ĐU", said=votes(15, 14, 14), result="pass"),
    Paper("submission", date(2026, 2, 26), said={"to": "Ban Xây dựng Đảng", "signed": True}),
    Paper("receipt", date(2026, 2, 27)),
    Paper("appraisal", date(2026, 3, 10), result="pass"),
    Paper("decision", date(2026, 3, 20), "127-QĐ/ĐU"),
    Paper("received", date(2026, 3, 25)),
    Paper("ceremony", date(2026, 4, 10)),
    Paper("member_file", date(2026, 4, 20)),
    Paper("self_review", date(2027, 4, 9)),
    Paper("mentor_remarks", date(2027, 4, 10)),
    Paper("probation_opinions", date(2027, 4, 10), said={"present": 12, "agree": 12, "disagree": 0}),
    Paper(
        "recognition_vote", date(2027, 4, 13), said=votes(minutes_agree=True, one_each=True), result="pass"
    ),
    Paper("base_recognition", date(2027, 4, 22), said=votes(15, 14, 14), result="pass"),
    Paper("recognition_submission", date(2027, 4, 23)),
    Paper("recognition", date(2027, 5, 12)),
)
ADMISSION = {
    "decision": "decided",
    "received": "received",
    "ceremony": "ceremony",
    "recognition": "recognised",
}
READY = Facts(
    born=date(1990, 3, 14),
    entered_on=date(2025, 8, 1),
    stage="source",
    education="THPT",
    certificates=(date(2025, 9, 10),),
    new_member_certificates=(date(2026, 9, 1),),
    helpers=(Helper("Lê Văn An", date(2025, 8, 5), document="03-NQ/CB"),),
    reviews=(date(2025, 11, 5), date(2026, 1, 30)),
    relations=(
        Relation("self", result="pass"),
        Relation("father", "Nguyễn Văn Ba", result="pass"),
        Relation("mother", "Lê Thị Tư", declared=True),
        Relation("spouse", "Phạm Thị Năm", result="pass"),
    ),
    letters=(Asked("Đảng ủy xã Hòa Hội", date(2025, 10, 10), date(2025, 11, 21), date(2025, 11, 20)),),
    levels=frozenset({"base"}),
    official_members=12,
)
STAGES = {
    "application": "dossier", "cell_vote": "cell", "submission": "submitted", "decision": "decided",
    "ceremony": "probation", "recognition": "official",
}  # fmt: skip


def step(kind):
    """The step of the road of that kind, the last of several."""
    return next(paper for paper in reversed(ROAD) if paper.kind == kind)


def before(kind, **changes):
    """The Facts right before the step of that kind, with `changes` of the person."""
    papers = [paper for paper in ROAD if ORDER[paper.kind] < ORDER[kind]]
    if kind == "introduction":
        papers.append(letter("Lê Văn An"))
    stage = [STAGES[paper.kind] for paper in papers if paper.kind in STAGES]
    days = {ADMISSION[paper.kind]: paper.on for paper in papers if paper.kind in ADMISSION}
    kept = tuple(paper for paper in papers if paper.kind not in ADMISSION)
    return replace(READY, **({"papers": kept, "stage": (stage or ["source"])[-1]} | days | changes))


def without(facts, *kinds):
    return replace(facts, papers=tuple(paper for paper in facts.papers if paper.kind not in kinds))


def with_(facts, *papers):
    """These papers instead of those of their kinds."""
    return replace(without(facts, *{paper.kind for paper in papers}), papers=(
        *(p for p in facts.papers if p.kind not in {paper.kind for paper in papers}), *papers))  # fmt: skip


def also(facts, *papers):
    return replace(facts, papers=(*facts.papers, *papers))
