"""The specification of the road once more, in other words: what no dossier may ever say. Written from domain.md §1, with
its own arithmetic and its own tables, so that a mistake of `rules` is not repeated here. Pure."""

from datetime import timedelta

# What must stand, unfailed and no later, before a step.
NEEDS = {
    "declaration": ["application"],
    "verification": ["declaration"],
    "cell_vote": ["application", "declaration", "verification", "opinion_home", "opinions"],
    "base_vote": ["cell_vote"],
    "submission": ["cell_vote", "base_vote"],
    "receipt": ["submission"],
    "appraisal": ["submission"],
    "returned": ["submission"],
    "resubmission": ["returned"],
    "decision": ["cell_vote", "base_vote", "submission"],
    "received": ["decision"],
    "ceremony": ["decision", "received"],
    "self_review": ["ceremony"],
    "mentor_remarks": ["ceremony"],
    "probation_opinions": ["ceremony"],
    "recognition_vote": ["ceremony", "self_review", "mentor_remarks", "probation_opinions"],
    "base_recognition": ["recognition_vote"],
    "recognition_submission": ["recognition_vote", "base_recognition"],
    "recognition": ["recognition_vote", "base_recognition", "recognition_submission"],
}  # fmt: skip
ONCE = {
    "application",
    "declaration",
    "decision",
    "received",
    "ceremony",
    "self_review",
    "mentor_remarks",
    "recognition",
}
UP_TO_DECISION = {
    "application", "declaration", "verification", "opinion_home", "opinions", "introduction", "cell_vote", "base_vote",
    "submission", "receipt", "appraisal", "returned", "resubmission",
}  # fmt: skip
OUT = {"withdrawn", "removed", "not_passed", "struck_off", "died", "stopped"}
STAGES = (
    ("official", {"recognition"}), ("probation", {"ceremony"}), ("decided", {"decision"}), ("submitted", {"submission"}),
    ("cell", {"cell_vote"}), ("dossier", {"application", "declaration"}),
)  # fmt: skip


def months_later(day, months):
    """The same day of a later month, or its last day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month, day=min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)


def working_day(day, count, calendar):
    """The count-th working day after a day, counted one by one."""
    while count:
        day += timedelta(days=1)
        weekend = day.weekday() in (5, 6)
        count -= day in calendar.worked or not weekend and day not in calendar.off
    return day


def carried(paper):
    """Whether a vote had two thirds of all entitled, or another paper did not fail."""
    said = paper.said
    if "in_favour" not in said:
        return paper.result != "fail"
    whole = said["members"] - said.get("away", 0) - said.get("exempt", 0)
    cell = paper.kind in {"cell_vote", "recognition_vote"}
    return 3 * said["in_favour"] >= 2 * whole > 0 and (said["members"] >= 3 or not cell)


def violations(person, papers, calendar):
    """Sentences: everything in a dossier that the specification forbids. person: born, certified (days), class_of_members
    (days), helped_from. papers: dossier.Paper of every step, those of the admission among them."""
    papers = sorted(papers, key=lambda paper: paper.on)
    yield from _order(person, papers)
    for paper in papers:
        if paper.kind == "cell_vote" and carried(paper):
            yield from _considered(person, papers, paper)
    yield from _decided(person, papers, calendar)
    yield from _probation(person, papers, calendar)


def stage(papers):
    """Where such a candidacy stands; "source" where nothing led further ("class" counts as that)."""
    if any(paper.kind in OUT for paper in papers):
        return "closed"
    there = {paper.kind for paper in papers if carried(paper)}
    return next((name for name, kinds in STAGES if there & kinds), "source")


def _gone_up(papers, kind, on):
    """Three votes at the end without two thirds, or a body below left nothing to vote on."""
    votes = [carried(p) for p in papers if p.kind == kind and p.on <= on]
    below = {"base_vote": "cell_vote", "base_recognition": "recognition_vote"}.get(kind)
    return len(votes) >= 3 and not any(votes[-3:]) or bool(below) and _gone_up(papers, below, on)


def _order(person, papers):
    for paper in papers:
        for need in NEEDS.get(paper.kind, ()):
            before = [p for p in papers if p.kind == need and p.on <= paper.on and carried(p)]
            if not before and not _gone_up(papers, need, paper.on):
                yield f"{paper.kind} {paper.on} without {need}"
    for kind in ONCE:
        if sum(paper.kind == kind for paper in papers) > 1:
            yield f"{kind} twice"
    out = [paper for paper in papers if paper.kind in OUT]
    if len(out) > 1 or out and papers[-1].on > out[0].on:
        yield "something after the way out"
    if any(paper.on < person.entered_on for paper in papers):
        yield "something before the list"


def _considered(person, papers, vote):
    """What stood when the cell voted in favour."""
    on, before = vote.on, [paper for paper in papers if paper.on <= vote.on]
    if not any(day <= on <= months_later(day, 60) for day in person.certified):
        yield f"vote {on} without a certificate in force"
    age = (on.year - person.born.year) * 12 + on.month - person.born.month
    if age < 216 or age > 720 and not vote.approval:
        yield f"vote {on} at the age of {age} months"
    checks = [paper for paper in before if paper.kind == "verification"]
    if checks and all(paper.result != "pass" for paper in checks if paper.on == checks[-1].on):
        yield f"vote {on} before the background passed"
    for kind in ("opinions", "opinion_home"):
        last = max((paper.on for paper in before if paper.kind == kind), default=None)
        if last and months_later(last, 12) < on:
            yield f"vote {on} over {kind} of {last}"
    letters = {p.said["introducer"]: p for p in before if p.kind == "introduction"}
    if len(letters) < 2:
        yield f"vote {on} with {len(letters)} introducers"
    for letter in letters.values():
        since = letter.said["together_since"]
        if months_later(type(on).fromisoformat(since), 12) > letter.on:
            yield f"vote {on}: introducer together since {since}"
        if months_later(letter.on, 12) < on:
            yield f"vote {on} over a letter of {letter.on}"
    if person.helped_from > on:
        yield f"vote {on} without a mentor"


def _decided(person, papers, calendar):
    decision = next((paper for paper in papers if paper.kind == "decision"), None)
    if decision is None:
        return
    if any(p.kind in UP_TO_DECISION and p.on > decision.on for p in papers):
        yield "the road to the decision goes on after it"
    votes = [p for p in papers if p.kind == "cell_vote" and p.on <= decision.on]
    if votes:
        late = decision.on > working_day(votes[-1].on, 60, calendar)
        if decision.on > working_day(votes[-1].on, 90, calendar) or late and not decision.approval:
            yield f"decision {decision.on} too late after {votes[-1].on}"
    moves = [p for p in papers if p.kind in {"returned", "resubmission"} and p.on <= decision.on]
    if moves and all(p.kind == "returned" for p in moves if p.on == moves[-1].on):
        yield "decided while it was sent back"


def _probation(person, papers, calendar):
    by = {paper.kind: paper for paper in papers}
    ceremony = by.get("ceremony")
    if ceremony is not None and "received" in by:
        consent = ceremony.approval or any(
            p.kind == "ceremony_consent" and p.on <= ceremony.on for p in papers
        )
        if ceremony.on > working_day(by["received"].on, 30, calendar) and not consent:
            yield f"ceremony {ceremony.on} too late"
    for paper in papers:
        if paper.kind not in {"recognition_vote", "recognition"} or ceremony is None:
            continue
        if paper.on <= months_later(ceremony.on, 12):
            yield f"{paper.kind} {paper.on} before twelve months"
        if not any(day <= paper.on for day in person.class_of_members):
            yield f"{paper.kind} {paper.on} without the class for new members"
    if "struck_off" in by and ceremony is None:
        yield "struck off without a probation"
    if "decision" in by and any(kind in by for kind in ("withdrawn", "removed", "not_passed")):
        yield "withdrawn after the decision"
    if "recognition" in by and any(kind in by for kind in OUT):
        yield "left after the recognition"
