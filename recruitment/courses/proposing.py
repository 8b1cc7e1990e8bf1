"""The paper by which a cell sends somebody to a class on awareness: kept as they are put on its list, gone as they are
taken off it untouched."""

from committees.vietnamese import today

from ..models import Candidacy, Course, Paper, Stage
from ..pipeline.actions import judging, papers

KIND = "class_proposal"


def propose(course, learners, snapshot):
    """Keep the paper for these learners of a class on awareness, dated today, or its first day where that is past.
    learners: Participants just saved. Returns [(name, why not)] of those for whom the rules do not let it stand: they
    stay on the list. Needs the pen held. A dozen queries, and two for each."""
    if course.kind != Course.Kind.AWARENESS or not learners:
        return []
    here = {(learner.person_id, learner.cell_id) for learner in learners}
    people = [person for person, _cell in here]
    found = Candidacy.objects.filter(person_id__in=people, stage__in=Stage.open()).select_related("person")
    rows = [row for row in found.order_by("pk") if (row.person_id, row.cell_id) in here]
    fact = judging.fact_of(
        KIND, on=min(today(), course.opened_on), snapshot=snapshot, number=course.opening_number
    )
    judging.unaltered(snapshot)
    told, facts = [], judging.facts_of_many(rows, snapshot, fact.on)
    for row in rows:
        against = [one.said for one in judging.objections_to(fact, facts[row.pk], snapshot) if one.forbids]
        if against:
            told.append((row.person.full_name, str(against[0])))
            continue
        papers.keep(row, fact, snapshot)
        row.save()  # the paper leads to no stage, so that its road stays as it is
    return told


def withdraw(learners):
    """Take back the papers of learners taken off, where nothing was written of either since. Needs the pen held."""
    untouched = {(learner.person_id, learner.stamp) for learner in learners}
    kept = Paper.objects.filter(kind=KIND, candidacy__person_id__in=[person for person, _stamp in untouched])
    for paper in kept.select_related("candidacy"):
        if (paper.candidacy.person_id, paper.stamp) in untouched:
            paper.delete()
            paper.candidacy.save()
