"""What is read into the snapshot: one Spec a fact table, and how its rows become arrays."""

import json
from hashlib import blake2b

import numpy as np

from committees.vietnamese import name_sort_key

from .facts import (
    EDUCATION,
    OCCUPATION,
    QUALIFICATION,
    RESULTS,
    STAGES,
    Spec,
    ages,
    bits,
    codes,
    days,
    flaws,
    judged,
    lacks,
)
from .models import (
    Admission,
    Candidacy,
    Certificate,
    Course,
    FormerCell,
    Mentorship,
    Paper,
    Person,
    Review,
    Sex,
    Step,
)
from .rules import form2, numbers, papers

TRAITS = (
    "sex born ethnicity religion education qualification occupation union_member organisation_type".split()
)


def _keys(values):
    """Whole keys, as wide as the longest: cut ones would order long names otherwise than the database does."""
    return np.array([value.encode() for value in values], dtype="S")


def _number(key):
    """A sort key of a name as a number: 64 bits, so that two names never meet."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def named(name):
    """A name as a number that equal names share, however they were typed. Tones count: Hoa and Hòa are two people."""
    return _number(name_sort_key(name))


def _introducer(said):
    """Who a letter of introduction is from, of what the paper says as JSON; 0 for other papers."""
    return named(json.loads(said).get("introducer") or "") if said else 0


def _admissions(raw, groups):
    decided = days(raw["decided_on"])
    born = days(raw["born"])
    age = ages(born, decided)
    return {
        "id": np.array(raw["id"], np.int64),
        "person": np.array(raw["person"], np.int64),
        "cell": np.array(raw["cell"], np.int64),
        "key": _keys(raw["key"]),
        "name": judged(raw["key"], _number, np.int64),
        "candidacy": np.array([pk or 0 for pk in raw["candidacy"]], np.int64),  # 0: came in without one
        "decided": decided,
        "received": days(raw["received_on"]),
        "held": days(raw["ceremony_on"]),
        "official": days(raw["official_on"]),
        # The day the probation was over: recognised by decision, else the day said; or left without recognition.
        "recognised": days(raw["recognised_on"]),
        "left": days(raw["left_on"]),
        "cancelled": days(raw["cancelled_on"]),
        "arrived": days(raw["arrived_on"]),  # decided outside the tree; NEVER: an admission of ours
        "age": age,
        "sex": judged(raw["sex"], Sex.FEMALE.__eq__, bool),
        "education": codes(raw["education"], EDUCATION, form2.education),
        "qualification": codes(raw["qualification"], QUALIFICATION, form2.qualification),
        "occupation": codes(raw["occupation"], OCCUPATION, form2.occupation),
        "groups": bits(raw, groups, age),
        "born": born,
        "flaws": flaws(raw),
        "number": judged(raw["number"], numbers.coded, np.int64),  # of the decision
    }


def _candidacies(raw, groups):
    entered = days(raw["entered_on"])
    age = ages(days(raw["born"]), entered)
    return {
        "id": np.array(raw["id"], np.int64),
        "person": np.array(raw["person"], np.int64),
        "cell": np.array(raw["cell"], np.int64),
        "key": _keys(raw["key"]),
        "entered": entered,
        "origin": np.array([pk or 0 for pk in raw["origin"]], np.int64),  # 0: not come from another cell
        "arrived": days(raw["arrived_on"]),  # came with its cell from outside the tree; NEVER: it did not
        "born": days(raw["born"]),
        "education": codes(raw["education"], EDUCATION, form2.education),
        "groups": bits({**raw, "organisation_type": [""] * len(entered)}, groups, age),
        "flaws": flaws(raw),
    }


def _certificates(raw, groups):
    issued = days(raw["issued_on"])
    age = ages(days(raw["born"]), issued)
    return {
        "id": np.array(raw["id"], np.int64),
        "person": np.array(raw["person"], np.int64),
        "cell": np.array(raw["cell"], np.int64),
        "key": _keys(raw["key"]),
        "issued": issued,
        "arrived": days(raw["arrived_on"]),
        "awareness": judged(raw["kind"], Course.Kind.AWARENESS.__eq__, bool),
        "groups": bits({**raw, "organisation_type": [""] * len(issued)}, groups, age),
    }


def _steps(raw, groups):
    return {
        "id": np.array(raw["id"], np.int64),
        "candidacy": np.array(raw["candidacy"], np.int64),
        "day": days(raw["on"]),
        "stage": judged(raw["stage"], STAGES.__getitem__, np.int16),
    }


def _former_cells(raw, groups):
    return {
        "id": np.array(raw["id"], np.int64),
        "candidacy": np.array(raw["candidacy"], np.int64),
        "cell": np.array(raw["cell"], np.int64),
        "day": days(raw["until_on"]),
    }


def _mentorships(raw, groups):
    return {
        "id": np.array(raw["id"], np.int64),
        "candidacy": np.array(raw["candidacy"], np.int64),
        "day": days(raw["since_on"]),
        "until": days(raw["until_on"]),
        "unable": days(raw["unable_on"]),
        "name": judged(raw["mentor"], named, np.int64),
    }


def _papers(raw, groups):
    return {
        "id": np.array(raw["id"], np.int64),
        "candidacy": np.array(raw["candidacy"], np.int64),
        "day": days(raw["on"]),
        "kind": judged(raw["kind"], papers.ORDER.__getitem__, np.int16),
        "result": judged(raw["result"], RESULTS.__getitem__, np.int8),
        "introducer": judged(raw["said"], _introducer, np.int64),
    }


def _reviews(raw, groups):
    return {
        "id": np.array(raw["id"], np.int64),
        "candidacy": np.array(raw["candidacy"], np.int64),
        "day": days(raw["on"]),
    }


def _columns(table, **named):
    return {
        "id": f"{table}.id",
        "person": f"{table}.person_id",
        "cell": f"{table}.cell_id",
        "key": "p.sort_key",
        **{name: _plain(name, column) for name, column in named.items()},
    }


def _plain(name, column):
    # Dates as text: Django's converter on SQLite would cost more than the rest of a first load.
    return f"CAST({column} AS TEXT)" if name in {"born", "on"} or name.endswith("_on") else column


def _with_person(table):
    return f"{table} JOIN recruitment_person p ON p.id = {table}.person_id"


def _person_traits():
    return {name: f"p.{name}" for name in TRAITS if name != "organisation_type"}


def _by_person(table):
    """A person's new name or degree changes the order or groups of rows that were not themselves written. Two ways
    into the table, each by an index of stamps."""
    return (
        f"{table}.id IN (SELECT id FROM {table} WHERE stamp > %s"  # noqa: S608 - identifiers are this module's
        f" UNION SELECT own.id FROM {table} own JOIN recruitment_person q ON q.id = own.person_id WHERE q.stamp > %s)"
    )


ADMISSIONS = Spec(
    source=_with_person("recruitment_admission"),
    columns=_columns(
        "recruitment_admission",
        candidacy="recruitment_admission.candidacy_id",
        number="recruitment_admission.decision_number",
        lacks=lacks("recruitment_admission", "approval", "ceremony_approval", "decision_number"),
        **{
            name: f"recruitment_admission.{name}"
            for name in (
                "decided_on",
                "received_on",
                "ceremony_on",
                "official_on",
                "recognised_on",
                "left_on",
                "cancelled_on",
                "arrived_on",
                *TRAITS,
            )
        },
    ),
    order="p.sort_key, recruitment_admission.id",
    build=_admissions,
    models=(Admission, Person),
    fresh=_by_person("recruitment_admission"),
)
CANDIDACIES = Spec(
    source=_with_person("recruitment_candidacy"),
    columns=_columns(
        "recruitment_candidacy",
        entered_on="recruitment_candidacy.entered_on",
        origin="recruitment_candidacy.origin_id",
        lacks=lacks("recruitment_candidacy"),
        arrived_on="recruitment_candidacy.arrived_on",
        **_person_traits(),
    ),
    order="p.sort_key, recruitment_candidacy.id",
    build=_candidacies,
    models=(Candidacy, Person),
    fresh=_by_person("recruitment_candidacy"),
)
CERTIFICATES = Spec(
    source=_with_person("recruitment_certificate"),
    columns=_columns(
        "recruitment_certificate",
        issued_on="recruitment_certificate.issued_on",
        kind="recruitment_certificate.kind",
        arrived_on="recruitment_certificate.arrived_on",
        **_person_traits(),
    ),
    order="p.sort_key, recruitment_certificate.id",
    build=_certificates,
    models=(Certificate, Person),
    fresh=_by_person("recruitment_certificate"),
)
STEPS = Spec(
    source="recruitment_step",
    columns={"id": "id", "candidacy": "candidacy_id", "on": _plain("on", '"on"'), "stage": "stage"},
    order='candidacy_id, "on", id',
    build=_steps,
    models=(Step,),
    fresh="stamp > %s",
)
FORMER_CELLS = Spec(
    source="recruitment_formercell",
    columns={
        "id": "id",
        "candidacy": "candidacy_id",
        "cell": "cell_id",
        "until_on": _plain("until_on", "until"),
    },
    order="candidacy_id, until, id",
    build=_former_cells,
    models=(FormerCell,),
    fresh="stamp > %s",
)
MENTORSHIPS = Spec(
    source="recruitment_mentorship",
    columns={
        "id": "id",
        "candidacy": "candidacy_id",
        "since_on": _plain("since_on", "since"),
        "until_on": _plain("until_on", "until"),
        "unable_on": _plain("unable_on", "unable_on"),
        "mentor": "mentor",
    },
    order="candidacy_id, since, id",
    build=_mentorships,
    models=(Mentorship,),
    fresh="stamp > %s",
)
PAPERS = Spec(
    source="recruitment_paper",
    columns={
        "id": "id",
        "candidacy": "candidacy_id",
        "on": _plain("on", '"on"'),
        "kind": "kind",
        "result": "result",
        # Read for one kind alone: what the others say is nobody's here.
        "said": "CASE WHEN kind = 'introduction' THEN CAST(said AS TEXT) ELSE '' END",
    },
    order='candidacy_id, "on", id',
    build=_papers,
    models=(Paper,),
    fresh="stamp > %s",
)
REVIEWS = Spec(
    source="recruitment_review",
    columns={"id": "id", "candidacy": "candidacy_id", "on": _plain("on", '"on"')},
    order='candidacy_id, "on", id',
    build=_reviews,
    models=(Review,),
    fresh="stamp > %s",
)
