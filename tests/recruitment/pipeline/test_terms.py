"""Each term is said by one function of a single day (`rules.deadlines`); what the lists, the day's page and the queues
work out for whole tables is the same, by the rules in force on the day asked, corrected ones too."""

from datetime import date

import pytest
from django.test import Client

from committees import journal
from committees.models import Role
from recruitment import columns
from recruitment.facts import NEVER
from recruitment.models import Paper, Stage
from recruitment.pipeline import kinds
from recruitment.pipeline.queues import CELEBRATE, RECOGNISE, VOTE, Queues
from recruitment.pipeline.worklist import Worklist
from recruitment.quotas.question import ask
from recruitment.rulebook import deeds as rulebook
from recruitment.rules import deadlines
from tests import factories as make

pytestmark = pytest.mark.django_db
# Ends of months, a leap day, Tết, the eve of days off, a Saturday.
BEGAN = [
    date(2024, 2, 29),
    date(2024, 1, 31),
    date(2024, 2, 8),
    date(2024, 4, 26),
    date(2024, 8, 30),
    date(2024, 6, 1),
]
ASKED, CORRECTED = date(2025, 12, 1), date(2025, 11, 1)
LISTED = date(2018, 1, 2)


def months(term):
    return lambda day, rules, calendar: term(day, rules)


def certificate(at, day):
    made = make.make_candidacy(at, LISTED)
    make.make_certificate(at, day.replace(year=2020, day=min(day.day, 28)), person=made.person)


def paper(at, day, kind="opinions", stage=None):
    made = make.make_candidacy(at, LISTED, *([(stage, day)] if stage else []))
    with journal.pen(None, "test"):
        Paper(candidacy=made, kind=kind, on=day, result="pass" if "vote" in kind else "").save()
    return made


def vote(at, day):
    paper(at, day, "cell_vote", Stage.CELL)


def helped(at, day):
    make.make_candidacy(at, day, mentor="Lê Thị Cúc")


def received(at, day):
    make.make_admission(at, date(2024, 1, 2), received_on=day)


def held(at, day):
    make.make_admission(at, date(2024, 1, 2), ceremony_on=day)


# What begins it; the kinds of the worklist and the queue that say its end; the function; the rule that is corrected.
TERMS = [
    (paper, [kinds.PAPERS_LAPSING, kinds.PAPERS_LAPSED], None, months(deadlines.papers_lapse_on), "papers"),
    (vote, [kinds.DECISION], VOTE, deadlines.decision_due_on, "decision"),
    (helped, [kinds.REVIEW], None, months(deadlines.review_due_on), "review"),
    (received, [kinds.CEREMONY_DUE], CELEBRATE, deadlines.ceremony_due_on, "ceremony"),
    (held, [kinds.ENDING, kinds.CLASS], None, months(deadlines.probation_ends_on), "probation"),
    (held, [kinds.RECOGNITION], RECOGNISE, deadlines.recognition_due_on, "recognition"),
]


def told(on, codes, queue):
    """The days on which something is due: by the worklist, by the queue."""
    snapshot = columns.current()
    question, _progress = ask(snapshot, "T", on=on)
    work, found = Worklist(snapshot, question), set()
    for code in codes:
        found |= set(work.due(code)[work.mask(code)].tolist())
    if queue is None:
        return found - {NEVER}, None
    waiting = Queues(snapshot, question)
    rows, _since = waiting.of(queue)
    return found - {NEVER}, set(waiting.due(queue, rows).tolist())


@pytest.mark.parametrize("corrected", [False, True])
@pytest.mark.parametrize(("begin", "codes", "queue", "term", "rule"), TERMS)
def test_for_whole_tables_as_for_one_day(begin, codes, queue, term, rule, corrected):
    at = make.make_province()
    for day in BEGAN:
        begin(at["T-1-1-1"], day)
    statute = columns.current().statute
    if corrected:
        value = max(statute.on(ASKED)[rule].value - 3, 2)
        rulebook.correct_rule(
            statute, statute.on(ASKED).code, rule, by=None, value=value, citation="Điểm 1", mark="S",
            document="99-HD/TW", since=CORRECTED,
        )  # fmt: skip
    book = columns.current().book
    rules = book.statute.on(ASKED)
    wanted = {term(day, rules, book.calendar).toordinal() for day in BEGAN}
    assert len(wanted) > 3
    works, waits = told(ASKED, codes, queue)
    assert works == wanted
    assert waits in (None, wanted)


def test_a_certificate_as_for_one_day():
    at = make.make_province()
    for day in BEGAN:
        certificate(at["T-1-1-1"], day)
    rules = columns.current().statute.on(ASKED)
    issued = [day.replace(year=2020, day=min(day.day, 28)) for day in BEGAN]
    works, _ = told(ASKED, [kinds.LAPSING, kinds.LAPSED], None)
    assert works == {deadlines.certificate_lapses_on(day, rules).toordinal() for day in issued}


def test_whoever_moves_in_probation_is_told_by_when_to_transfer_as_the_worklist_says():
    at = make.make_province(cells=2)
    bob = make.make_account("bob", Role.STAFF, at["T-1"])
    begun, moved = date(2025, 2, 3), date(2025, 9, 10)
    made = make.make_candidacy(at["T-1-1-1"], LISTED, (Stage.PROBATION, begun))
    make.make_admission(
        at["T-1-1-1"], date(2025, 1, 6), ceremony_on=begun, person=made.person, candidacy=made
    )
    client = Client()
    client.force_login(bob)
    said = {"stamp": made.stamp, "on": "10/09/2025", "to_cell": "T-1-1-2"}
    page = client.post(f"/candidacies/{made.pk}/move/", said, follow=True).content.decode()
    works, _ = told(moved, [kinds.TRANSFER], None)
    (due,) = works
    assert f"Chuyển sinh hoạt đảng chậm nhất ngày {date.fromordinal(due):%d/%m/%Y}; nộp giấy" in page
    second = make.make_candidacy(at["T-1-1-1"], LISTED)
    page = client.post(f"/candidacies/{second.pk}/move/", said | {"stamp": second.stamp}, follow=True)
    assert "Chuyển sinh hoạt đảng chậm nhất" not in page.content.decode()
