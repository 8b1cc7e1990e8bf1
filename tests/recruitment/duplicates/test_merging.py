"""Two records become one and are parted again, exactly; what stands against either is said, and nothing is written."""

from datetime import date

import pytest
from django.apps import apps

from committees import journal
from committees.editing import Overtaken
from committees.models import Entry
from recruitment import columns
from recruitment.duplicates import merging, parting
from recruitment.imports.load import load
from recruitment.imports.undo import unload
from recruitment.models import Admission, Apart, Candidacy, Certificate, Merge, Participant, Person, Stage
from recruitment.pipeline import actions
from recruitment.pipeline.actions import Refused
from tests import factories as make
from tests.recruitment.snapshots import differences, full

from .pair_world import ENTERED, HERE, NAME, THERE, build, followed, merged, person

pytestmark = pytest.mark.django_db
DECIDED = date(2015, 4, 24)


@pytest.fixture
def world():
    return build()


def everything():
    """{model: rows} of the whole register but the journal and its head."""
    found = {}
    for model in apps.get_models():
        if hasattr(model, "stamp"):
            found[model._meta.label] = list(model._base_manager.order_by("pk").values())
    return found


def refused(deed):
    """The reasons; nothing was written, no entry either."""
    before, heads = everything(), journal.heads()
    with pytest.raises(Refused) as refusal:
        deed()
    assert everything() == before and journal.heads() == heads
    return " ".join(map(str, refusal.value.reasons))


def part(world, merge, by=None):
    door = make.door(by or world.alice)
    door.tree  # noqa: B018 - as every page does
    return parting.part(door, merge, by=door.account)


def both(world):
    """A member with a certificate in one district, a dossier stopped and a class in the other."""
    kept, gone = person(citizen_id="077192000001"), person("Nguyen Thi Ngoc Anh", native_place="Đất Đỏ")
    candidacy = followed(world, HERE, kept)
    make.make_admission(world.at[HERE], DECIDED, person=kept, candidacy=candidacy)
    stopped = followed(world, THERE, gone, ENTERED, (Stage.CLOSED, date(2014, 5, 1)))
    make.make_paper(stopped, "application", date(2014, 3, 1))
    make.make_certificate(world.at[THERE], date(2014, 3, 5), person=gone)
    course = make.make_course(world.at["T-2"])
    make.make_participant(course, person=gone, cell=world.at[THERE])
    return kept, gone


def test_everything_of_both_is_one_persons_and_parted_again_is_as_it_was(world):
    kept, gone = both(world)
    older = make.make_merge(gone, full_name="Một hồ sơ gộp trước")
    before = everything()
    merge = merged(world, kept, gone)
    assert {model._meta.label for model in (Candidacy, Admission, Certificate, Participant)} == {
        model._meta.label
        for model in (Candidacy, Admission, Certificate, Participant)
        if set(model.objects.values_list("person", flat=True)) == {kept.pk}
    }
    human = Person.objects.get(pk=kept.pk)
    assert (human.full_name, human.citizen_id, human.native_place) == (NAME, "077192000001", "Đất Đỏ")
    assert Person.objects.get(pk=gone.pk).merged_into == human
    assert Person.objects.get(pk=older.gone_id).merged_into == human, "never a chain"
    entry = Entry.objects.filter(chain=Entry.WRITES).latest("number")
    assert (entry.deed, entry.about, entry.committee) == (
        "people-merge", f"recruitment.person:{kept.pk}", world.at["T"],
    )  # fmt: skip
    assert differences(columns.current(), full()) == []
    part(world, merge)
    after = everything()
    assert after == before
    assert differences(columns.current(), full()) == []
    assert journal.verify() is None


def test_merged_a_third_time_they_are_parted_in_turn(world):
    first, second, third = person(), person(), person()
    for human in (first, second, third):
        followed(world, HERE, human, ENTERED, (Stage.CLOSED, date(2014, 5, 1)))
    with journal.pen(None, "test"):
        for k, row in enumerate(Candidacy.objects.order_by("pk")):
            row.entered_on = ENTERED.replace(day=3 + k)
            row.save()
    before = everything()
    one = merged(world, first, second)
    two = merged(world, third, Person.objects.get(pk=first.pk))
    assert {row.kept.pk for row in Person.objects.select_related("merged_into")} == {third.pk}
    assert "đã sửa: 3 thông tin cá nhân" not in refused(lambda: part(world, one))
    part(world, two)
    part(world, one)
    assert everything() == before


@pytest.mark.parametrize("taken", ["kept", "gone"])
def test_the_number_not_taken_stays_and_leads_to_the_kept_record(world, taken):
    numbers = {"kept": "077192000001", "gone": "273456789"}
    kept, gone = person(citizen_id=numbers["kept"]), person(citizen_id=numbers["gone"])
    followed(world, HERE, kept)
    before = everything()
    merge = merged(world, kept, gone, values={"citizen_id": numbers[taken]})
    left = next(value for side, value in numbers.items() if side != taken)
    assert Person.objects.get(pk=kept.pk).citizen_id == numbers[taken]
    assert Person.objects.get(pk=gone.pk).citizen_id == left
    # Corrected later, the other number moves over; an undo says that it cannot be exact any more.
    human = Person.objects.get(pk=kept.pk)
    said = {name: getattr(human, name) for name in ("full_name", "born", "sex")}
    with_undone = everything()
    part(world, merge)
    assert everything() == before
    merge = merged(
        world,
        Person.objects.get(pk=kept.pk),
        Person.objects.get(pk=gone.pk),
        values={"citizen_id": numbers[taken]},
    )
    assert len(with_undone) == len(everything())
    actions.edit_person(human, by=world.alice, committee=world.at["T"], citizen_id=left, **said)
    assert Person.objects.get(pk=kept.pk).citizen_id == left
    assert "thông tin cá nhân" in refused(lambda: part(world, merge))


AGAINST = {
    "two admissions in force": (
        lambda world, one, other: [
            make.make_admission(world.at[HERE], DECIDED, person=one),
            make.make_admission(world.at[THERE], DECIDED, person=other),
        ],
        "Mỗi người chỉ được kết nạp một lần",
    ),
    "followed in two cells": (
        lambda world, one, other: [followed(world, HERE, one), followed(world, THERE, other)],
        "theo dõi ở hai chi bộ: hồ sơ từ 03/02/2014 ở Tổ chức T-",
    ),
    "papers in both": (
        lambda world, one, other: [
            make.make_paper(followed(world, HERE, human, day), "application", date(2014, 3, 1))
            for human, day in ((one, ENTERED), (other, date(2014, 2, 4)))
        ],
        "Chi bộ theo dõi hai lần",
    ),
    "a member followed elsewhere": (
        lambda world, one, other: [
            make.make_admission(world.at[HERE], DECIDED, person=one), followed(world, THERE, other),
        ],
        "Dừng theo dõi hồ sơ ấy trước",
    ),
    "two certificates of a day": (
        lambda world, one, other: [
            make.make_certificate(world.at[HERE], ENTERED, person=one, number="12/CN"),
            make.make_certificate(world.at[HERE], ENTERED, person=other, number="13/CN"),
        ],
        "cùng có chứng nhận ngày 03/02/2014",
    ),
    "twice in a class": (
        lambda world, one, other: [
            make.make_participant(course, person=human, cell=world.at[HERE])
            for course in [make.make_course(world.at["T-1"])]
            for human in (one, other)
        ],
        "Bỏ một tên khỏi lớp trước",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", AGAINST)
def test_what_would_not_be_one_persons_life_is_refused(world, case):
    arrange, words = AGAINST[case]
    one, other = person(), person()
    arrange(world, one, other)
    for kept, gone in ((one, other), (other, one)):
        assert words in refused(lambda kept=kept, gone=gone: merged(world, kept, gone))


def test_a_dossier_entered_twice_is_one_and_the_empty_one_comes_back_when_parted(world):
    kept, gone = person(), person()
    whole = followed(world, HERE, gone)
    make.make_paper(whole, "application", date(2014, 3, 1))
    followed(world, HERE, kept, mentor="Trần Văn Bảy")
    before = everything()
    merge = merged(world, kept, gone)
    assert Candidacy.objects.get() == whole and whole.mentorships.get().mentor == "Trần Văn Bảy"
    assert differences(columns.current(), full()) == []
    part(world, merge)
    assert everything() == before
    assert differences(columns.current(), full()) == []


def test_the_dossier_that_led_to_an_admission_written_apart_is_named(world):
    kept, gone = person(), person()
    admission = make.make_admission(world.at[HERE], DECIDED, person=kept, ceremony_on=date(2015, 5, 19))
    followed(world, HERE, gone, ENTERED, (Stage.CLASS, date(2014, 6, 1)))
    before = everything()
    merge = merged(world, kept, gone)
    candidacy = Candidacy.objects.get()
    assert Admission.objects.get() == admission and candidacy.admission == admission
    assert candidacy.stage == Stage.PROBATION
    part(world, merge)
    assert everything() == before


def test_a_certificate_told_twice_is_kept_once_with_what_either_says(world):
    kept, gone = person(), person()
    make.make_certificate(world.at[HERE], ENTERED, person=kept, number="")
    make.make_certificate(world.at[HERE], ENTERED, person=gone, number="12/CN")
    before = everything()
    merge = merged(world, kept, gone)
    assert Certificate.objects.get().number == "12/CN"
    part(world, merge)
    assert everything() == before


def test_an_undo_names_what_was_written_since(world):
    kept, gone = both(world)
    merge = merged(world, kept, gone)
    stopped = Candidacy.objects.get(cell=world.at[THERE])
    with journal.pen(None, "test"):
        stopped.save()
    make.make_certificate(world.at[HERE], date(2016, 1, 1), person=kept)
    words = refused(lambda: part(world, merge))
    assert "đã sửa: 1 hồ sơ theo dõi" in words and "đã ghi thêm cho người này: 1 chứng nhận" in words


def test_a_load_is_undone_whole_after_a_merge_was(world):
    """Stamps go back too: the load still knows its rows. Rows that name the record gone mean the one that was kept."""
    row = {
        "Họ và tên": NAME, "Sinh ngày": "21/09/1992", "Giới tính": "Nữ", "Mã tổ chức": HERE,
        "Ngày đưa vào nguồn": "03/02/2014", "Quê quán": "Long Điền",
    }  # fmt: skip
    twin = row | {"Họ và tên": "Nguyễn Thị Ngọc Anh Đào"}
    empty, batches = everything(), [load("candidates", [one], name="thử").batch for one in (row, twin)]
    one, other = Person.objects.order_by("pk")
    assert one.native_place == "Long Điền"
    merge = merged(world, one, other)
    report = load("candidates", [row, twin], name="lại", dry_run=True)
    assert not report.faults or "một dòng trước" in str(report.faults[0]), list(map(str, report.faults))
    part(world, merge)
    for batch in batches:
        assert not unload(batch).kept
    after = everything()
    assert {label: rows for label, rows in after.items() if label != "recruitment.Batch"} == {
        label: rows for label, rows in empty.items() if label != "recruitment.Batch"
    }


def test_told_apart_they_are_not_merged_until_the_mark_goes(world):
    one, other = person(), person()
    for human, code in ((one, HERE), (other, THERE)):
        followed(world, code, human, ENTERED, (Stage.CLOSED, date(2014, 5, 1)))
    door = make.door(world.alice)
    door.tree  # noqa: B018 - as every page does
    merging.tell_apart(door, other, one, by=world.alice)
    merging.tell_apart(door, one, other, by=world.alice)
    assert Apart.objects.count() == 1
    assert "không phải một người" in refused(lambda: merged(world, one, other))
    merging.take_back(door, other, one, by=world.alice)
    assert merged(world, one, other) == Merge.objects.get()


def test_a_page_of_before_is_told(world):
    kept, gone = both(world)
    stamps = {"stamp": kept.stamp, "other_stamp": gone.stamp}
    with journal.pen(None, "test"):
        gone.occupation = "Giáo viên"
        gone.save()
    before = everything()
    with pytest.raises(Overtaken):
        merged(world, kept, gone, **stamps)
    assert everything() == before
    merge = merged(world, kept, gone)
    with pytest.raises(Overtaken):
        merged(world, gone, kept)
    part(world, merge)
    assert "đã được hoàn tác" in refused(lambda: part(world, merge))
