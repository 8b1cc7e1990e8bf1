"""The columns about a person, shared by candidates and admissions, and the checks every row about a person passes."""

from committees import access, vietnamese
from committees.models import Kind

from ..models import Person, Sex, Traits
from ..rules import form2
from . import fields
from .base import Column
from .matching import People, same_human

SEX = fields.choice({sex.label: sex.value for sex in Sex})

NAME = (
    Column("Họ và tên", "full_name", fields.text(80), True),
    Column("Sinh ngày", "born", fields.past_day, True),
    Column("Giới tính", "sex", SEX, True),
    Column("Mã tổ chức", "code", fields.code, True),
)
TRAITS = (
    Column("Dân tộc", "ethnicity", fields.text(40)),
    Column("Tôn giáo", "religion", fields.text(60)),
    Column("Số định danh cá nhân", "citizen_id", fields.citizen_id),
    Column("Học vấn", "education", fields.text(120)),
    Column("Chuyên môn", "qualification", fields.text(120)),
    Column("Nghề nghiệp", "occupation", fields.text(120)),
    Column("Đoàn viên", "union_member", fields.tick),
)
RECOGNISED = {"education": "Học vấn", "qualification": "Chuyên môn", "occupation": "Nghề nghiệp"}


def traits_of(line):
    """What the row says of the person, as stored."""
    said = {name: getattr(line, name) for name in Traits.NAMES}
    said["union_member"] = bool(line.union_member)
    return {name: "" if value is None else value for name, value in said.items()}


class PersonRows:
    """Mixed into a Kind whose rows are about persons."""

    right = access.RECORD

    def prepare(self, lines):
        self.people = People([line for line in lines if line.whole])
        self.unrecognised = {}
        self.newcomers = {}

    def cell(self, line, day, heading):
        """The cell's index, standing as a chi bộ on the day; None after noting a fault."""
        i = self.known.committee(line, "Mã tổ chức", line.code, self.right)
        if i is None:
            return None
        place = self.known.structure.place_on(i, day.toordinal())
        if place is None:
            line.fault(heading, f"một ngày chi bộ {line.code} còn hoạt động")
            return None
        if place.kind not in Kind.cells():
            line.fault("Mã tổ chức", f"mã của một chi bộ; {line.code} là {Kind(place.kind).label}")
            return None
        return i

    def recognise(self, line):
        """Note words that no row of form 2-BTCTW recognises: counted as unknown, reported, never refused."""
        for name, heading in RECOGNISED.items():
            words = getattr(line, name)
            if words and getattr(form2, name)(words) == form2.UNKNOWN:
                self.unrecognised.setdefault(heading, {}).setdefault(words, line.number)

    def certain(self, line):
        """The register's holder of the row's citizen ID, or None; False after noting that name or birth differ."""
        holder, _ = self.people.of(line)
        if holder is not None and not same_human(line, holder):
            line.fault(
                "Số định danh cá nhân",
                f"số đúng của người này: số đã ghi cho người khác, sinh ngày {vietnamese.day(holder.born)}",
            )
            return False
        return holder

    def newcomer(self, line):
        """A person not yet in the register, once a file for each citizen ID."""
        key = line.citizen_id or id(line)
        if key not in self.newcomers:
            person = Person(citizen_id=line.citizen_id, **traits_of(line))
            self.newcomers[key] = person.named(line.full_name)
        return self.newcomers[key]

    def create_people(self, ledger):
        ledger.create(Person, list(self.newcomers.values()))
