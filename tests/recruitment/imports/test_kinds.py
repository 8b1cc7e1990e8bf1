"""Every KIND through the command, from an untidy workbook: in, in again, changed, refused, taken back."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl.utils import get_column_letter

from committees import journal, tree
from committees.models import Account, Entry, Headcount, Mandate, Placement
from recruitment.imports import load as loading
from recruitment.imports.layout import headings as headings_of
from recruitment.models import (
    Admission,
    Batch,
    Candidacy,
    Certificate,
    Mentorship,
    Plan,
    Quota,
    ReportedFigure,
)

from .every_kind import A_PERSON, CASES

pytestmark = pytest.mark.django_db
kinds = pytest.mark.parametrize("kind", CASES)


def counts(ran):
    return tuple(ran.json[name] for name in ("rows", "new", "changed", "same"))


@kinds
def test_in_again_changed_and_back(kind, plan, workbook, run, register_content):
    rows, changed, _, _ = CASES[kind]
    before, head = register_content(), journal.head()
    path = workbook(kind, rows)

    dry = run("load", kind, path, "--dry-run", "--json")
    assert (dry.code, dry.err, dry.json["batch"], journal.head()) == (0, [], None, head)
    first = run("load", kind, path, "--json")
    assert (first.code, first.err) == (0, [])
    assert counts(first) == counts(dry) == (len(rows), len(rows), 0, 0)
    assert first.json["faults"] == [] and first.json["kind"] == kind
    assert sorted(first.json["unknown_columns"]) == ["Ghi chú", "STT"]
    assert register_content() != before and journal.head()[0] == head[0] + 1

    loaded, head = register_content(), journal.head()
    again = run("load", kind, workbook(kind, rows[::-1]), "--json")
    assert (again.code, counts(again), again.json["batch"]) == (0, (len(rows), 0, 0, len(rows)), None)
    assert journal.head() == head

    if changed:
        path = workbook(kind, [changed])
        dry = run("load", kind, path, "--dry-run", "--json")
        second = run("load", kind, path, "--json")
        assert counts(second) == counts(dry) == (1, 0, 1, 0), second.err
        assert register_content() != loaded
        assert run("unload", second.json["batch"], "--json").json["kept"] == []
        assert register_content() == loaded

    gone = run("unload", first.json["batch"], "--json")
    assert (gone.code, gone.err, gone.json["kept"]) == (0, [], [])
    assert gone.json["removed"] >= len(rows)
    assert register_content() == before
    assert journal.verify() is None

    twice = run("unload", first.json["batch"], "--json")
    assert (twice.code, len(twice.err), twice.out) == (2, 1, "")


@kinds
def test_every_fault_at_once_and_nothing_written(kind, plan, workbook, run, register_content):
    rows, _, faulty, headings = CASES[kind]
    before, head = register_content(), journal.head()
    ran = run("load", kind, workbook(kind, [*rows, faulty]), "--json")
    assert ran.code == 2
    assert len(ran.err) == len(ran.json["faults"]) == len(headings)
    row = 6 + len(rows)
    found = {fault["cell"]: fault for fault in ran.json["faults"]}
    names = [name for name, _ in headings_of(kind)]
    assert set(found) == {f"{get_column_letter(names.index(heading) + 2)}{row}" for heading in headings}
    for fault, line in zip(ran.json["faults"], ran.err, strict=True):
        assert fault["sheet"] == "Biểu 1" and fault["wanted"]
        assert fault["cell"] in line and fault["wanted"] in line and "tệp.xlsx" in line
    assert (register_content(), journal.head()) == (before, head)
    plain = run("load", kind, workbook(kind, [*rows, faulty]))
    assert (plain.code, plain.out, len(plain.err)) == (2, "", len(headings))


@kinds
def test_two_hundred_faults_at_most(kind, plan, workbook, run):
    faulty = CASES[kind][2]
    ran = run("load", kind, workbook(kind, [faulty] * 300), "--json")
    assert (ran.code, len(ran.json["faults"]), len(ran.err)) == (2, 200, 200)


@kinds
def test_a_missing_column_is_told_once_with_the_faults_of_the_others(kind, plan, workbook, run):
    rows, _, faulty, headings = CASES[kind]
    missing = "Mã tổ chức" if kind != "plans" else "Tên"
    left = [heading for heading in headings if heading != missing]
    ran = run("load", kind, workbook(kind, [*rows, faulty], omit=[missing]), "--json")
    assert ran.code == 2
    assert ran.json["faults"][0]["cell"] == "A5" and missing in ran.json["faults"][0]["wanted"]
    assert 1 < len(ran.json["faults"]) <= 1 + len(left)


@kinds
def test_what_breaks_in_the_middle_leaves_nothing(kind, plan, workbook, run, register_content, monkeypatch):
    before, head = register_content(), journal.head()

    def fail(*args, **kwargs):
        raise RuntimeError("the machine died")

    monkeypatch.setattr(loading, "Batch", fail)  # the rows are written by then
    with pytest.raises(RuntimeError):
        run("load", kind, workbook(kind, CASES[kind][0]))
    assert (register_content(), journal.head()) == (before, head)


# What is stored, kind by kind -----------------------------------------------------------------------


@pytest.fixture
def loaded(plan, workbook, run):
    def loaded(kind, rows=None, **options):
        ran = run("load", kind, workbook(kind, rows or CASES[kind][0], **options), "--json")
        assert ran.code == 0, ran.err
        return ran

    return loaded


def test_committees_stand_from_the_day_written_or_the_one_above(loaded):
    loaded("committees")
    stood = {
        p.committee.code: (p.since, p.until)
        for p in Placement.objects.filter(committee__code__startswith="P")
    }
    assert stood == {
        "P": (date(1997, 1, 1), None),
        "P-X": (date(2001, 5, 19), date(2025, 7, 1)),  # its last day is in it
        "P-X-1": (date(2001, 5, 19), None),
    }
    structure = tree.structure()
    last = structure.at(date(2025, 6, 30))
    assert last.stands(structure.by_code["P-X"])
    assert not structure.at(date(2025, 7, 1)).stands(structure.by_code["P-X"])


def test_quotas_are_numbers_ranges_and_rates(loaded):
    loaded("quotas")
    said = {
        (q.committee.code, q.group and q.group.code, q.effective_on): (q.low, q.high, q.rate)
        for q in Quota.objects.all()
    }
    start = date(2011, 1, 1)
    assert said == {
        ("T", None, start): (9352, None, None),
        ("T", None, date(2013, 7, 1)): (9400, None, None),
        ("T-H1", "women", start): (170, 200, None),
        ("T-H2", "women", start): (None, None, Decimal("3.5")),
    }


def test_a_percent_cell_of_excel_is_a_rate(loaded):
    loaded("quotas", [{"Mã kế hoạch": "KH", "Mã tổ chức": "T", "Chỉ tiêu": 0.07}], formats={"Chỉ tiêu": "0%"})
    assert Quota.objects.get().rate == 7


def test_plans_have_defaults_and_a_plan_before(loaded):
    loaded("plans")
    first, second = Plan.objects.get(code="KH-1"), Plan.objects.get(code="KH-2")
    assert (first.counts_by, first.counts, first.previous) == ("decision", "admissions", None)
    assert (second.counts_by, second.counts, second.previous) == ("ceremony", "trained", first)
    assert first.last_day == date(2015, 12, 31)


def test_mandates_make_accounts_that_nobody_can_sign_in_to_yet(loaded):
    loaded("mandates")
    account = Account.objects.get(username="can-bo")
    assert not account.has_usable_password()
    assert Mandate.objects.filter(account=account).count() == 2


def test_headcounts_keep_what_an_empty_cell_does_not_say(loaded):
    loaded("headcounts")
    loaded("headcounts", [{"Mã tổ chức": "T", "Ngày": "31/12/2010", "Số đảng viên": 12134}])
    assert Headcount.objects.values_list("members", "probationary").get(committee__code="T") == (12134, 40)


def test_reported_figures_take_any_words_and_a_second_source(loaded):
    loaded("reported")
    other = {**CASES["reported"][0][0], "Giá trị": 7668.0, "Nguồn": "Bài báo"}
    assert loaded("reported", [other]).json["new"] == 1
    figures = ReportedFigure.objects.filter(group=None, indicator="Kết nạp")
    assert {f.source: f.value for f in figures} == {"Báo cáo 12": 7666, "Bài báo": 7668}
    assert ReportedFigure.objects.get(group__code="students").value == 2100
    assert ReportedFigure.objects.get(indicator="Thôn chưa có nhà văn hóa").value == Decimal("12.5")


def test_a_candidate_comes_with_road_mentor_and_certificate(loaded):
    ran = loaded("candidates")
    assert ran.json["unrecognised"] == {"Nghề nghiệp": ["Thầy cúng"]}
    candidacy = Candidacy.objects.get(person__search="nguyen thi hong an")
    assert candidacy.person.citizen_id == "079190000123"  # Excel had dropped the zero
    assert candidacy.person.union_member and candidacy.stage == "dossier"
    steps = [(step.stage, step.on) for step in candidacy.steps.order_by("pk")]
    entered, certified = date(2014, 2, 1), date(2014, 8, 20)
    assert steps == [("source", entered), ("class", certified), ("dossier", certified)]
    assert Mentorship.objects.get().since == entered
    assert (Certificate.objects.get().number, Certificate.objects.get().issued_on) == ("12/CN", certified)


def test_a_changed_mentor_and_step_are_added_to_the_road(loaded):
    loaded("candidates")
    loaded("candidates", [CASES["candidates"][1]])
    candidacy = Candidacy.objects.get(person__search="nguyen thi hong an")
    assert candidacy.stage == "cell" and candidacy.steps.count() == 4
    assert [m.until is None for m in candidacy.mentorships.order_by("pk")] == [False, True]


def test_an_admission_takes_its_candidacy_along(loaded):
    loaded("candidates")
    batch = loaded("admissions", CASES["admissions"][0][:1]).json["batch"]
    candidacy = Candidacy.objects.get(person__search="nguyen thi hong an")
    admission = Admission.objects.get()
    assert (admission.candidacy, candidacy.stage) == (candidacy, "probation")
    assert admission.ceremony_on == date(2014, 6, 3) and admission.education == "12/12"
    loaded("admissions", [CASES["admissions"][1]])
    candidacy.refresh_from_db()
    assert candidacy.stage == "official"
    assert Batch.objects.get(pk=batch).made["recruitment.admission"]


def test_an_ended_cell_still_takes_its_earlier_days(loaded):
    loaded("admissions")
    assert Admission.objects.get(cell__code="T-H1-X-2").decided_on == date(2015, 12, 31)


def test_words_nobody_knows_are_told_on_stdout_and_never_refused(plan, workbook, run):
    odd = {**A_PERSON, "Ngày quyết định": "19/05/2014", "Học vấn": "học ở đình", "Nghề nghiệp": "Thầy cúng"}
    ran = run("load", "admissions", workbook("admissions", [odd]))
    assert (ran.code, ran.err) == (0, [])
    assert "học ở đình" in ran.out and "Thầy cúng" in ran.out


def test_a_load_that_founds_a_tree_is_read_by_the_inspector_of_its_top(db):
    rows = [
        {"Mã tổ chức": "Q", "Tên tổ chức đảng": "Đảng bộ tỉnh Q", "Loại": "Đảng bộ tỉnh"},
        {"Mã tổ chức": "Q-1", "Tên tổ chức đảng": "Chi bộ 1", "Loại": "Chi bộ cơ sở", "Mã cấp trên": "Q"},
    ]
    report = loading.load("committees", rows, name="q")
    entry = Entry.objects.filter(chain=Entry.WRITES).latest("number")
    assert report.new == 2
    assert entry.committee.code == "Q"
