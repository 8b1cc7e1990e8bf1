"""Each standing check finds the row made to fail it, and that row fails no other: one small world, one row a check."""

from datetime import date
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees import journal
from committees.models import Kind, Role
from committees.vietnamese import add_months, months_between
from recruitment import columns
from recruitment.models import Stage
from recruitment.pipeline.terms import months_after
from recruitment.quality.checks import ADMISSIONS, CANDIDACIES, CHECKS, COMMITTEES, of_table
from recruitment.quality.findings import Findings, everywhere
from recruitment.quality.terms import ends, older
from recruitment.quotas.question import ask
from recruitment.rules import names, statute
from recruitment.rules.eligibility.person import age_in_months
from tests import factories as make

ON = date(2026, 6, 30)
WHOLE = {
    "native_place": "Xã Lộc An", "ethnicity": "Kinh", "religion": "Không", "education": "12/12",
    "qualification": "Đại học", "occupation": "Nông dân", "born": date(1995, 3, 14),
}  # fmt: skip
NUMBERS = iter(range(10**11, 10**12))
SERIES = iter(range(12, 10**5))


def person(**but):
    return make.make_person(**{**WHOLE, "citizen_id": str(next(NUMBERS)), **but})


def candidate(cell, entered=date(2026, 5, 4), *steps, who=None, mentor="Trần Văn Bảy", **but):
    return make.make_candidacy(cell, entered, *steps, person=who or person(**but), mentor=mentor)


def admitted(cell, decided=date(2026, 3, 2), *, who=None, certified=date(2024, 5, 6), candidacy=None, **but):
    """Somebody in whose road nothing is amiss, but for what `but` says."""
    days = {"received_on": date(2026, 3, 5), "ceremony_on": date(2026, 3, 20)}
    days["decision_number"] = f"{next(SERIES)}-QĐ/HU"
    days |= {name: but.pop(name) for name in [*days, "official_on", "left_on"] if name in but}
    left = days.pop("left_on", None)
    who = who or person(**but)
    if certified:
        make.make_certificate(cell, certified, person=who)
    row = make.make_admission(cell, decided, person=who, candidacy=candidacy, **days)
    if left:
        with journal.pen(None, "test"):
            row.left_on = left
            row.save()
    return row


def after(cell, who, vote, *papers, **but):
    """An admission of a candidacy whose cell voted on a day."""
    dossier = make.make_candidacy(
        cell, date(2024, 1, 8), (Stage.PROBATION, date(2026, 3, 20)), person=who, mentor="Bảy"
    )
    make.make_review(dossier, date(2026, 6, 1))
    for kind, day in [("cell_vote", vote), *papers]:
        make.make_paper(dossier, kind, day)
    return admitted(cell, who=who, candidacy=dossier, **but)


@pytest.fixture
def cell(db):
    return make.make_province()["T-1-1-1"]


def failing(table, rows):
    """{id: the checks it fails} of these rows, as the register stood on ON."""
    snapshot = columns.current()
    findings = Findings(snapshot, ask(snapshot, "T", on=ON)[0])
    found = {row.pk: set() for row in rows}
    for check in of_table(table):
        for pk in snapshot.tables[table]["id"][findings.mask(check.code)].tolist():
            found.setdefault(pk, set()).add(check.code)
    return found


def alone(table, made):
    """Every row made for a check fails that one and no other, and there is one for each check of the table."""
    with_code = {row.pk: {code} - {""} for code, rows in made.items() for row in rows}
    assert failing(table, [row for rows in made.values() for row in rows]) == with_code
    assert set(made) - {""} == {check.code for check in of_table(table)}


def test_each_check_of_candidates_finds_its_own(cell):
    with journal.pen(None, "test"):
        twice, member, taught, lapsed, late = (person() for _ in range(5))
        make.make_certificate(cell, date(2025, 5, 6), person=taught)
        make.make_certificate(cell, date(2021, 5, 6), person=lapsed)
        overdue = candidate(cell, date(2024, 1, 8), (Stage.CELL, date(2026, 1, 8)), who=late)
        make.make_review(overdue, date(2026, 6, 1))
        make.make_paper(overdue, "cell_vote", date(2026, 1, 8))
        make.make_certificate(cell, date(2024, 5, 6), person=late)
        returning = candidate(cell, date(2021, 3, 1), who=lapsed)
        make.make_review(returning, date(2026, 6, 1))
        papers = candidate(cell)
        make.make_paper(papers, "opinions", date(2025, 5, 4))
        unreviewed = candidate(cell, date(2026, 3, 2))
        admitted(cell, who=member, certified=None)
        former = make.make_committee("T-1-1-9", Kind.CELL, cell.placements.get().parent)
        made = {
            "": [candidate(cell)],
            "candidate_birth": [candidate(cell, born=date(1995, 1, 1))],
            "candidate_age": [candidate(cell, born=date(2020, 3, 14))],
            "candidate_number": [candidate(cell, citizen_id=None)],
            "candidate_native": [candidate(cell, native_place="")],
            "candidate_ethnicity": [candidate(cell, ethnicity="Kinhh")],
            "candidate_religion": [candidate(cell, religion="Khác lạ")],
            "candidate_words": [candidate(cell, occupation="Làm ăn xa")],
            "candidate_blank": [candidate(cell, education="")],
            "two_open": [candidate(cell, who=twice), candidate(former, who=twice)],
            "open_admitted": [candidate(cell, who=member)],
            "no_mentor": [candidate(cell, mentor="")],
            "review_overdue": [unreviewed],
            "class_before_list": [candidate(cell, who=taught)],
            "certificate_lapsed": [returning],
            "papers_lapsed": [papers],
            "candidate_old": [candidate(cell, born=date(1966, 5, 14))],
            "decision_overdue": [overdue],
        }  # fmt: skip
    alone(CANDIDACIES, made)


def test_each_check_of_admissions_finds_its_own(cell):
    with journal.pen(None, "test"):
        again = person()
        vote = date(2026, 1, 12)
        made = {
            "": [admitted(cell), after(cell, person(), vote), admitted(cell, ceremony_on=None),
                 admitted(cell, date(2024, 1, 8), received_on=date(2024, 1, 9), ceremony_on=date(2024, 1, 15),
                          official_on=date(2025, 1, 15), certified=date(2022, 1, 3))],
            "admitted_birth": [admitted(cell, born=date(1995, 1, 1))],
            "admitted_age": [],
            "admitted_number": [admitted(cell, citizen_id=None)],
            "admitted_native": [admitted(cell, native_place="")],
            "admitted_ethnicity": [admitted(cell, ethnicity="Châu Roo")],
            "admitted_religion": [admitted(cell, religion="Đạo lạ")],
            "admitted_words": [admitted(cell, qualification="Bằng gì đó")],
            "admitted_blank": [admitted(cell, ethnicity="")],
            "decision_number": [admitted(cell, decision_number="")],
            "number_twice": [admitted(cell, decision_number="05-QĐ/HU"),
                             admitted(cell, date(2026, 3, 3), decision_number="05-QĐ/HU")],
            "number_form": [admitted(cell, decision_number="6/QĐ")],
            "two_admissions": [admitted(cell, who=again), admitted(cell, date(2026, 3, 3), who=again, certified=None)],
            "too_young": [admitted(cell, born=date(2008, 4, 1))],
            "too_old": [admitted(cell, born=date(1966, 2, 1))],
            "certificate_late": [admitted(cell, certified=date(2026, 4, 6))],
            "certificate_none": [after(cell, person(), vote, certified=None)],
            "certificate_old": [after(cell, person(), vote, certified=date(2021, 1, 11))],
            "decision_first": [after(cell, person(), vote, ("base_vote", date(2026, 3, 3)))],
            "committee_first": [after(cell, person(), vote, ("base_vote", date(2026, 1, 11)))],
            "decision_late": [after(cell, person(), date(2025, 9, 8))],
            "ceremony_unknown": [admitted(cell, received_on=None, ceremony_on=None)],
            "ceremony_missing": [],
            "ceremony_late": [admitted(cell, ceremony_on=date(2026, 5, 20))],
            "ceremony_first": [admitted(cell, ceremony_on=date(2026, 3, 4))],
            "official_early": [admitted(cell, date(2025, 3, 3), received_on=date(2025, 3, 4),
                                        ceremony_on=date(2025, 3, 10), official_on=date(2026, 3, 9))],
            "class_overdue": [],
            "recognition_overdue": [],
        }  # fmt: skip
        # Never received any day, a decision says nothing of a ceremony that waits: received and not held is missing.
        made["ceremony_missing"] = [made[""].pop(2)]
        child = admitted(cell, born=date(2014, 4, 1))
        long = admitted(cell, date(2025, 1, 6), received_on=date(2025, 1, 7), ceremony_on=date(2025, 1, 13))
        unschooled = admitted(
            cell, date(2025, 6, 2), received_on=date(2025, 6, 3), ceremony_on=date(2025, 6, 23)
        )
        make.make_certificate(cell, date(2025, 12, 1), person=long.person, kind="new_member")
        made["recognition_overdue"], made["class_overdue"] = [long], [unschooled]
    found = failing(ADMISSIONS, [])
    # A child is too young as well: no row could fail the one without the other.
    assert found.pop(child.pk) == {"admitted_age", "too_young"}
    assert found == {row.pk: {code} for code, rows in made.items() if code for row in rows}
    assert set(made) - {""} == {check.code for check in of_table(ADMISSIONS)}


def test_a_document_that_allows_it_is_no_fault(cell):
    with journal.pen(None, "test"):
        old = admitted(cell, born=date(1966, 2, 1))
        old.approval = "15-CV/TU"
        late = admitted(cell, ceremony_on=date(2026, 5, 20))
        late.ceremony_approval = "16-CV/HU"
        gone = admitted(cell, citizen_id=None)
        gone.cancelled_on = date(2026, 4, 1)
        for row in (old, late, gone):
            row.save()
    assert failing(ADMISSIONS, [old, late, gone]) == {old.pk: set(), late.pk: set(), gone.pk: set()}


def test_each_check_of_committees_finds_its_own(cell):
    with journal.pen(None, "test"):
        commune = cell.placements.get().parent
        whole = make.make_committee(
            "T-1-8", Kind.GRASSROOTS_CELL, commune.placements.get().parent, organisation_type="Xã"
        )
        for committee in (cell, commune, whole):
            make.make_headcount(committee, date(2025, 12, 31), 9)
        candidate(whole)
    make.make_account("bi-thu-8", Role.SECRETARY, whole)
    make.make_account("bi-thu", Role.SECRETARY, cell, until=ON)
    snapshot = columns.current()
    findings = Findings(snapshot, ask(snapshot, "T", on=ON)[0])

    def codes(code):
        return [findings.question.tree.code(p) for p in np.flatnonzero(findings.mask(code))]

    assert codes("no_secretary") == ["T-1-1-1"], "a mandate that ended that day is none"
    assert codes("no_headcount") == []
    assert codes("no_type") == codes("no_source") == ["T-1-1"]
    make.make_sourceless(commune, date(2026, 1, 1))
    snapshot = columns.current()
    findings = Findings(snapshot, ask(snapshot, "T", on=ON)[0])
    assert codes("no_source") == []
    findings = Findings(snapshot, ask(snapshot, "T", on=date(2026, 12, 31))[0])
    assert codes("no_headcount") == ["T-1-1", "T-1-1-1", "T-1-8"]
    assert {check.code for check in of_table(COMMITTEES)} == {
        "no_secretary",
        "no_headcount",
        "no_type",
        "no_source",
    }


def test_the_count_of_a_unit_is_that_of_its_rows_and_goes_with_the_heir(cell):
    with journal.pen(None, "test"):
        commune = cell.placements.get().parent
        other = make.make_committee("T-1-1-2", Kind.CELL, commune)
        candidate(cell, citizen_id=None)
        candidate(other, citizen_id=None)
        make.end_committee(other, date(2026, 6, 1), cell)
    snapshot = columns.current()
    findings = Findings(snapshot, ask(snapshot, "T", on=ON)[0])
    tree, counts = findings.question.tree, findings.rolled("candidate_number")
    assert {tree.code(p): int(counts[p]) for p in range(len(tree))} == dict.fromkeys(
        ("T", "T-1", "T-1-1", "T-1-1-1"), 2
    )
    assert everywhere(snapshot, ON)["candidate_number"] == {cell.pk: 1, other.pk: 1}


# Arithmetic -----------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(1930, 2, 3), date(2060, 12, 31))


def number(*days):
    return np.array([day.toordinal() for day in days], np.int32)


@pytest.mark.once
@given(born=DAYS, on=DAYS, by_day=st.booleans())
def test_an_age_is_judged_as_the_rules_judge_it(born, on, by_day):
    kept = statute.read()
    if by_day:
        changes = [
            statute.Change(one.code, "age_day", "count", "Thử", "S", "1-CV/TW", one.since)
            for one in kept.sets
        ]
        kept = kept.with_(changes=changes)
    if by_day and on < kept.sets[0].since:
        return  # a correction holds from its set's day on
    rules = kept.on(on)
    if on >= born:
        months = age_in_months(born, on, by_day)
        found = older(kept, number(born), number(on), "age_max")[0]
        assert (found > 0) == (months > rules["age_max"].value)
        assert (older(kept, number(born), number(on), "age_min")[0] < 0) == (months < rules["age_min"].value)
        if by_day:
            assert months == months_between(born, on)


@pytest.mark.once
@given(began=DAYS, on=DAYS)
def test_a_term_is_that_of_the_set_in_force_on_its_day(began, on):
    kept = statute.read()
    change = statute.Change(kept.sets[1].code, "certificate", 24, "Thử", "S", "1-CV/TW", kept.sets[1].since)
    kept = kept.with_(changes=[change])
    found = ends(kept, number(began), number(on), "certificate", months_after)[0]
    assert date.fromordinal(int(found)) == add_months(began, kept.on(on)["certificate"].value)


@pytest.mark.once
def test_names_are_known_in_every_spelling():
    assert len(names.ETHNICITIES) == 54
    known = partial(map, names.ethnicity)
    assert set(known(["kinh", "Dân tộc Kinh", "KINH", "Việt"])) == {"Kinh"}
    assert set(known(["Châu Ro", "Chơ-ro", "chơ ro"])) == {"Chơ Ro"} and names.ethnicity("Êđê") == "Ê Đê"
    assert names.religion("không") == "Không" and names.religion("Thiên chúa giáo") == "Công giáo"
    assert names.ethnicity("Kinhh") == names.religion("x") == names.UNKNOWN


@pytest.mark.once
def test_the_table_of_checks_is_whole():
    assert len(CHECKS) >= 20
    rules = statute.read().sets[-1]
    for check in CHECKS.values():
        assert check.label and check.mend and (not check.rule or check.rule in rules), check.code
