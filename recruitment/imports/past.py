"""The demo's years since 2018, written into it: the candidates of `history` with their steps, certificates, helpers,
notes and admissions, as far as they went by the day the demo is made; and what became of the lists of 2015."""

from collections import defaultdict
from datetime import date, timedelta

from committees import journal, vietnamese
from committees.models import Committee
from committees.vietnamese import add_months

from ..models import (
    Admission,
    Candidacy,
    Certificate,
    Course,
    Mentorship,
    Person,
    Review,
    Stage,
    Step,
    Traits,
)
from . import history, organisations
from .insert import insert
from .organisations import BRVT
from .people import SOUTH, Population, dice, full_name
from .recruits import Numbers, a_year_later, working_day
from .world import SEED, everybody

TERMS = (date(2015, 9, 1), date(2020, 9, 1), date(2025, 9, 1))
NOTES_KEPT = 15  # months back for which the mentors' notes of the demo stand
NOTE_FORGOTTEN = 0.06


def play_history():
    """Put the years since 2018 into the demo, once: False where they stand already, or their cells do not. One pen."""
    rows, found = organisations.brvt(SEED)
    today = vietnamese.today()
    cells = {one.code: one for one in Committee.objects.filter(code__startswith="BRVT-")}
    began = Candidacy.objects.filter(cell__in=cells.values(), entered_on__year=history.FIRST_YEAR)
    if not cells or began.exists():
        return False
    roads = history.roads(SEED, found, today)
    forms = {row["Mã tổ chức"]: row["Loại hình"] for row in rows}
    with journal.pen(None, "demo", note="Hồ sơ và kết nạp từ 2018 của bản trình diễn (họ tên giả)") as pen:
        pen.note(roads=len(roads), stopped=_stop_old_lists(cells))
        people = _people(roads)
        candidacies = _candidacies(roads, people, cells)
        insert(Step, [
            Step(candidacy=candidacy, stage=stage, on=day)
            for candidacy, road in zip(candidacies, roads, strict=True) for stage, day in road.steps
        ])  # fmt: skip
        _certificates(roads, candidacies, today)
        _helpers(roads, candidacies, today)
        _admissions(roads, candidacies, people, forms, today)
    return True


def _stop_old_lists(cells):
    """Whoever stood on a list at the end of 2015 was taken off by a review of it in the three years after: the register
    was not kept then. How many."""
    old = list(
        Candidacy.objects.filter(
            cell__in=cells.values(), stage__in=Stage.open(), entered_on__lt=date(2016, 1, 1)
        ).order_by("pk")
    )
    rng = dice(SEED, "BRVT", "reviews")
    days = [working_day(date(2016, 1, 4) + timedelta(days=rng.randrange(1000))) for _one in old]
    insert(
        Step, [Step(candidacy=one, stage=Stage.CLOSED, on=day) for one, day in zip(old, days, strict=True)]
    )
    Candidacy.objects.filter(pk__in=[one.pk for one in old]).update(stage=Stage.CLOSED)
    return len(old)


def _people(roads):
    """The Person of each road: in order, so that those of a shorter history are the first of a longer one."""
    drawn = Population(dice(SEED, "BRVT", "history"), SOUTH, written=everybody())
    rows = [drawn.person(road.entered, road.form, woman=drawn.rng.random() < 0.52) for road in roads]
    return insert(Person, [
        Person(
            born=row["Sinh ngày"], sex="F" if row["Giới tính"] == "Nữ" else "M", ethnicity=row["Dân tộc"],
            religion=row["Tôn giáo"], education=row["Học vấn"], qualification=row["Chuyên môn"],
            occupation=row["Nghề nghiệp"], union_member=bool(row["Đoàn viên"]),
        ).named(row["Họ và tên"])
        for row in rows
    ])  # fmt: skip


def _candidacies(roads, people, cells):
    return insert(Candidacy, [
        Candidacy(person=person, cell=cells[road.cell], entered_on=road.entered, stage=road.steps[-1][0])
        for road, person in zip(roads, people, strict=True)
    ])  # fmt: skip


def _certificates(roads, candidacies, today):
    """Of the class on awareness, and of the class for new members: about nine in ten are through it within the year."""
    rng, told = dice(SEED, "BRVT", "certificates"), []
    for road, candidacy in zip(roads, candidacies, strict=True):
        if day := road.day("class"):
            told.append((day, candidacy, Course.Kind.AWARENESS, "CN"))
        after = working_day((road.day("probation") or today) + timedelta(days=rng.randint(60, 400)))
        if after <= today and after - timedelta(days=360) < road.day("probation"):
            told.append((after, candidacy, Course.Kind.NEW_MEMBER, "ĐVM"))
    numbers, made = defaultdict(int), []
    for day, candidacy, kind, mark in sorted(told, key=lambda one: (one[0], one[1].pk)):
        numbers[day.year, kind] += 1
        made.append(Certificate(
            person_id=candidacy.person_id, cell_id=candidacy.cell_id, kind=kind, issued_on=day,
            number=f"{numbers[day.year, kind]:04d}/{day.year}-{mark}",
        ))  # fmt: skip
    insert(Certificate, made)


def _helpers(roads, candidacies, today):
    """A member who helps each, of the cell's own; and the notes of the last months on whoever is still helped."""
    names, helped = {}, []
    rng = dice(SEED, "BRVT", "helpers")
    for road, candidacy in zip(roads, candidacies, strict=True):
        name = names.setdefault(road.cell, full_name(dice(SEED, road.cell, "helper"), False))
        until = road.day("closed") or road.day("official")
        helped.append(Mentorship(candidacy=candidacy, mentor=name, since=road.entered, until=until))
    insert(Mentorship, helped)
    notes, first = [], add_months(today, -NOTES_KEPT)
    for mentorship in helped:
        months = range(3, 240, 3) if mentorship.until is None else ()
        for day in (add_months(mentorship.since, month) for month in months):
            if day > today:
                break
            if rng.random() >= NOTE_FORGOTTEN and day >= first:
                notes.append(Review(candidacy=mentorship.candidacy, mentorship=mentorship, on=day))
    insert(Review, notes)


def _admissions(roads, candidacies, people, forms, today):
    suffixes = {unit["Mã tổ chức"]: unit["Ký hiệu"] for unit in organisations.read(f"{BRVT}/profile.csv")}
    numbers, made = {}, []
    order = sorted(
        (k for k, road in enumerate(roads) if road.day("decided")), key=lambda k: (roads[k].day("decided"), k)
    )
    for k in order:
        road, person = roads[k], people[k]
        decided, held = road.day("decided"), road.day("probation")
        key = road.unit, max(term for term in TERMS if term <= decided)
        if key not in numbers:
            numbers[key] = Numbers(dice(SEED, *key), suffixes[road.unit], 0)
        recognised = road.day("official")
        made.append(Admission(
            person=person, candidacy=candidacies[k], cell_id=candidacies[k].cell_id, decided_on=decided,
            decision_number=numbers[key].next(decided), received_on=road.received, ceremony_on=held,
            official_on=recognised and a_year_later(held), recognised_on=recognised,
            organisation_type=forms[road.cell], **{name: getattr(person, name) for name in Traits.NAMES},
        ))  # fmt: skip
    insert(Admission, made)
