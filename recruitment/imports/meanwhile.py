"""Whether what others wrote while a file was checked could change what the check found.

In a busy office somebody writes every few seconds, and the check of a long file takes longer than that: only what it rests
on has it made anew. What is read here is read under the pen, so nothing is written after it.
"""

from django.apps import apps

from committees import journal
from committees.models import Account, Mandate, Penned
from committees.tree import STRUCTURAL, carries_on

from ..models import (
    Admission,
    Allowance,
    Batch,
    Candidacy,
    Certificate,
    DemoMark,
    Digest,
    FaultCount,
    FormerCell,
    FormText,
    FrozenReport,
    GapAnswer,
    IssuedFile,
    IssuedPaper,
    Job,
    KeptCheck,
    Layout,
    Letter,
    Mentorship,
    NumberBlock,
    Person,
    PreparedFile,
    Relative,
    ReportPeriod,
    Review,
    SavedList,
    Scan,
    ScanFile,
    Step,
    Submission,
    Upload,
    Wording,
)

# No check of any KIND reads these.
UNREAD = {
    Allowance, Batch, DemoMark, Digest, FaultCount, FormText, FrozenReport, GapAnswer, IssuedFile, IssuedPaper, Job,
    KeptCheck, Layout, Letter, NumberBlock, PreparedFile, Relative, ReportPeriod, Review, SavedList, Scan, ScanFile,
    Submission, Upload, Wording,
}  # fmt: skip
# Where a row of these names its person.
PEOPLE = {
    Person: "pk", Admission: "person_id", Candidacy: "person_id", Certificate: "person_id",
    FormerCell: "candidacy__person_id", Mentorship: "candidacy__person_id", Step: "candidacy__person_id",
}  # fmt: skip
# More people than this written about meanwhile are not gone through one by one.
MOST = 2000


def overtaken(checked, number):
    """Whether an entry later than `number` wrote what the check of `checked` (a Kind) rests on: a row taken away; for a
    KIND about persons a committee, a mandate, the account that loads, a record of somebody whom the file names; for any
    other whatever some check reads. Under the pen; one query, and one for each table of people that was written."""
    if not carries_on(checked.known.snapshot, journal.head()):
        return True
    if not checked.personal:
        return bool(journal.written_since(number, _read()))
    written = journal.written_since(number, [*PEOPLE, *STRUCTURAL, Mandate, Account])
    if Account in written and not _is_theirs(checked.known.actor, number):
        written.remove(Account)
    return any(model not in PEOPLE or _concerns(checked.people, model, number) for model in written)


def _read():
    """Every penned model but those that no check reads."""
    labels = ("committees", "recruitment")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return [model for model in models if issubclass(model, Penned) and model not in UNREAD]


def _is_theirs(actor, number):
    """Whether it is the actor's own account that was written; somebody else signs in all the time."""
    return actor is not None and Account.objects.filter(pk=actor.pk, stamp__gt=number).exists()


def _concerns(people, model, number):
    """Whether a row of the model later than `number` is about somebody whom the file names."""
    rows = model.objects.filter(stamp__gt=number)
    if model is Person:
        said = list(rows.values_list("pk", "search", "citizen_id")[: MOST + 1])
        return len(said) > MOST or any(people.names(*row) for row in said)
    said = list(rows.values_list(PEOPLE[model], flat=True)[: MOST + 1])
    return len(said) > MOST or not people.by_pk.keys().isdisjoint(said)
