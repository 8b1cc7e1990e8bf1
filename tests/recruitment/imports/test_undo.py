"""Taking a load back: what was edited or built upon since stays, with all it needs, and is listed."""

import pytest

from committees import journal, vietnamese
from committees.models import Account, Committee, Placement
from recruitment.imports import undo
from recruitment.imports.load import load
from recruitment.imports.undo import BUILT_UPON, EDITED, PART_OF_KEPT
from recruitment.models import Admission, Batch, Candidacy, Certificate, Mentorship, Person, Plan, Step
from tests import factories as make

from .every_kind import A_PLAN, CASES

pytestmark = pytest.mark.django_db


def loaded(kind, rows=None):
    report = load(kind, rows or CASES[kind][0], name="thử")
    assert not report.faults, list(map(str, report.faults))
    return report.batch


def unload(batch):
    """Undo, and what its page would have said before is what came to be."""
    heads = journal.heads()
    said = undo.look(Batch.objects.get(pk=batch))
    assert journal.heads() == heads, "a look writes nothing"
    done = undo.unload(batch)
    if said is not None:
        assert (sum(said.going.values()), sum(said.restored.values())) == (done.removed, done.restored)
        assert said.kept == done.kept
    return done


def kept(done):
    return {(label.partition(".")[2], why) for label, _, why in done.kept}


def test_an_edited_person_stays_and_the_rest_goes(register):
    batch = loaded("admissions")
    with journal.pen(None, "test"):
        person = Person.objects.get(search="le van tam")
        person.occupation = "Công nhân"
        person.save()
    done = unload(batch)
    assert kept(done) == {("person", EDITED)}
    assert (Person.objects.count(), Admission.objects.count(), done.removed) == (1, 0, 3)


def test_a_candidacy_that_went_on_stays_whole(register):
    batch = loaded("candidates")
    candidacy = Candidacy.objects.get(person__search="nguyen thi hong an")
    make.tell_step(candidacy, "cell", vietnamese.today(), by=None)
    done = unload(batch)
    assert kept(done) == {
        ("candidacy", EDITED), ("person", BUILT_UPON), ("step", PART_OF_KEPT), ("mentorship", PART_OF_KEPT),
        ("certificate", PART_OF_KEPT),
    }  # fmt: skip
    assert [c.pk for c in Candidacy.objects.all()] == [candidacy.pk]
    assert Step.objects.count() == 4 and Mentorship.objects.count() == Certificate.objects.count() == 1
    listed = len(done.kept) + done.removed
    assert listed == sum(last - first + 1 for first, last in sum(made_by(batch).values(), []))


def made_by(batch):
    return Batch.objects.get(pk=batch).made


def test_a_step_given_by_a_batch_stays_with_a_candidacy_that_went_on(register):
    loaded("candidates")
    second = loaded("candidates", [CASES["candidates"][1]])
    candidacy = Candidacy.objects.get(person__search="nguyen thi hong an")
    make.tell_step(candidacy, "submitted", vietnamese.today(), by=None)
    done = unload(second)
    assert ("candidacy", EDITED) in kept(done)
    stages = list(candidacy.steps.order_by("pk").values_list("stage", flat=True))
    assert stages == ["source", "class", "dossier", "cell", "submitted"]


def test_committees_with_people_stay_with_their_place_and_superiors(register):
    batch = loaded("committees")
    row = {
        "Họ và tên": "Lê Văn Tám", "Sinh ngày": "14/03/1980", "Giới tính": "Nam", "Mã tổ chức": "P-X-1",
        "Ngày quyết định": "19/05/2014",
    }  # fmt: skip
    people = loaded("admissions", [row])
    done = unload(batch)
    assert done.removed == 0
    assert kept(done) == {("committee", BUILT_UPON), ("placement", PART_OF_KEPT)}
    assert Placement.objects.filter(committee__code__startswith="P").count() == 3
    # What held it up goes, but a batch is undone once.
    assert unload(people).removed == 2
    assert Committee.objects.filter(code="P-X-1").exists()


def test_plans_of_one_file_that_name_each_other_go_together(register, register_content):
    before = register_content()
    done = unload(loaded("plans"))
    assert (done.removed, done.kept) == (2, [])
    assert register_content() == before


def test_a_plan_that_a_known_plan_was_made_to_follow_goes(register, register_content):
    loaded("plans", [A_PLAN])
    before = register_content()
    earlier = {**A_PLAN, "Mã kế hoạch": "KH-0"}
    batch = loaded("plans", [{**A_PLAN, "Kế hoạch trước": "KH-0"}, earlier])
    assert Plan.objects.get(code="KH-1").previous.code == "KH-0"
    assert unload(batch).kept == []
    assert register_content() == before


def test_an_account_that_has_written_stays(register):
    batch = loaded("mandates")
    account = Account.objects.get(username="can-bo")
    load(
        "headcounts",
        [{"Mã tổ chức": "T-H1", "Ngày": "31/12/2010", "Số đảng viên": 5}],
        name="thử",
        actor=account,
    )
    done = unload(batch)
    assert kept(done) == {("account", BUILT_UPON)}
    assert Account.objects.filter(username="can-bo").exists() and not account.mandates.exists()


def test_a_load_undone_can_be_loaded_again(register, register_content):
    batch = loaded("candidates")
    once = {label: len(rows) for label, rows in register_content().items()}
    unload(batch)
    assert loaded("candidates") not in (None, batch)
    assert {label: len(rows) for label, rows in register_content().items()} == once


@pytest.mark.parametrize("number", ["0", "99999", "9" * 30, "-1", "x", "1.5"])
def test_no_such_batch(register, run, number):
    head = journal.head()
    ran = run("unload", "--json", "--", number)
    assert (ran.code, ran.out, len(ran.err)) == (2, "", 1)
    assert journal.head() == head


def test_a_load_of_which_nothing_could_go_is_tried_again_later(register):
    plans = loaded("plans", [A_PLAN])
    quotas = loaded("quotas", [{"Mã kế hoạch": "KH-1", "Mã tổ chức": "T", "Chỉ tiêu": 5}])
    first = unload(plans)
    assert (first.removed, kept(first)) == (0, {("plan", BUILT_UPON)})
    unload(quotas)
    assert unload(plans).removed == 1
    assert not Plan.objects.exists()


@pytest.mark.parametrize("kind", CASES)
def test_every_kind_is_foretold_and_leaves_the_register_as_it_was(kind, plan, register_content):
    """A load and one that changes it, taken back one after the other: equal by every value of every table."""
    rows, changed, *_ = CASES[kind]
    contents = [register_content()]
    batches = [loaded(kind)]
    if changed:
        contents.append(register_content())
        batches.append(loaded(kind, [changed]))
    while batches:
        assert unload(batches.pop()).kept == []
        assert register_content() == contents.pop()
