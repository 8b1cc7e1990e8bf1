"""A class of the district with three learners, at any point of its life. Alice keeps the district's records, Bob is
secretary of a cell in it, Charlie keeps those of another district and must not see what is theirs."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from committees import vietnamese
from committees.models import Role
from recruitment import columns
from recruitment.courses import deeds, issuing
from recruitment.courses.judgement import Standard
from recruitment.models import Certificate
from tests import factories as make


def build(*, learners=3, **about):
    """T-1 runs a class of 50 periods that began 30 days ago; candidates of T-1-1-1 stand in the source."""
    at, today = make.make_province(districts=2, cells=2), vietnamese.today()
    opened = today - timedelta(days=30)
    world = SimpleNamespace(at=at, today=today, entered=today - timedelta(days=200))
    world.alice = make.make_account("alice", Role.STAFF, at["T-1"], full_name="Lê Thị Cúc")
    world.dung = make.make_account("dung", Role.STAFF, at["T-1"], full_name="Trần Thị Dung")
    world.bob = make.make_account("bob", Role.SECRETARY, at["T-1-1-1"])
    world.charlie = make.make_account("charlie", Role.STAFF, at["T-2"])
    world.standing = make.make_account("thuong-vu", Role.STANDING, at["T"])
    world.course = make.make_course(at["T-1"], opened, opened + timedelta(days=4), name="Lớp khóa I", **about)
    world.people = [
        make.make_candidacy(at["T-1-1-1"], world.entered, full_name=f"Nguyễn Văn {name}")
        for name in ("An", "Bình", "Chi", "Dũng")[:learners]
    ]
    return world


def standard(world):
    return Standard.of(world.course, columns.current().statute)


def rows(world):
    """Participants in name order."""
    return sorted(world.course.participants.select_related("person"), key=lambda row: row.person.sort_key)


def invited(world):
    people = [(one.person, one.cell_id) for one in world.people]
    return deeds.invite(world.course, people, by=world.alice)


def attended(world, *periods):
    """The first learners attended so many periods; the others all 50."""
    told = dict(zip(rows(world), [*periods, *[50] * len(world.people)], strict=False))
    deeds.record_attendance(
        world.course, {row.pk: n for row, n in told.items()}, standard=standard(world), by=world.alice
    )


def marked(world, *marks):
    """Marks as (first, second) of the first learners; the others 7,5."""
    given = [*marks, *[(Decimal("7.5"), None)] * len(world.people)]
    told = {row.pk: mark for row, mark in zip(rows(world), given, strict=False) if mark}
    deeds.record_marks(world.course, told, standard=standard(world), by=world.alice)


def completed(world, on=None, **told):
    """Invited, attended, marked and recognised: everybody passed."""
    invited(world)
    attended(world)
    marked(world)
    decided(world, on)


def decided(world, on=None):
    on = on or world.today - timedelta(days=20)
    world.course = deeds.complete(
        world.course, number="45-QĐ/TTCT", on=on, standard=standard(world), by=world.alice
    )


def issue(world, numbers=None, *, by=None, issued_on=None, **told):
    numbers = numbers or {row.pk: (f"0{k}", f"{k}") for k, row in enumerate(rows(world), 1)}
    return issuing.issue(
        world.course, issued_on=issued_on or world.today, numbers=numbers, standard=standard(world),
        by=by or world.alice, **told,
    )  # fmt: skip


def certificates():
    """[(name, number, line, grade)] in order of name."""
    held = Certificate.objects.select_related("person").order_by("person__sort_key")
    return [(one.person.full_name, one.number, one.register_number, one.grade) for one in held]
