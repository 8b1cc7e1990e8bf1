"""The columns about a person, shared by candidates and admissions, and the checks every row about a person passes."""

from committees import access
from committees.models import Kind

from .. import fields
from ..models import Person, Sex, Traits
from ..pipeline.matching import People, same_human
from ..rules import form2
from .base import Column
from .beyond import Beyond
from .doubts import Doubts

SEX = fields.choice({sex.label: sex.value for sex in Sex})

NAME = (
    Column("Họ và tên", "full_name", fields.name(80), True),
    Column("Sinh ngày", "born", fields.past_day, True),
    Column("Giới tính", "sex", SEX, True),
    Column("Mã tổ chức", "code", fields.code, True, names=True),
)
TRAITS = (
    Column("Dân tộc", "ethnicity", fields.text(40)),
    Column("Tôn giáo", "religion", fields.text(60)),
    Column("Số định danh cá nhân", "citizen_id", fields.citizen_id),
    Column("Quê quán", "native_place", fields.text(160)),
    Column("Học vấn", "education", fields.schooling),
    Column("Chuyên môn", "qualification", fields.words(120)),
    Column("Nghề nghiệp", "occupation", fields.words(120)),
    Column("Đoàn viên", "union_member", fields.tick),
)
CELLS = Kind.cells()
RECOGNISED = {"education": "Học vấn", "qualification": "Chuyên môn", "occupation": "Nghề nghiệp"}


def traits_of(line):
    """What the row says of the person, as stored."""
    said = {name: getattr(line, name) or "" for name in Traits.NAMES}
    said["union_member"] = bool(line.union_member)
    return said


def own_of(line):
    """What the row says of the person that is no trait of the day, where it says anything."""
    said = {"citizen_id": line.citizen_id, "native_place": line.native_place}
    return {name: value for name, value in said.items() if value}


def said_of(line, person):
    """What the row says of a person of the register it means: traits and the rest, but not what led to them as another
    record of theirs has it, which was merged into this one."""
    said = {**traits_of(line), **own_of(line)}
    if line.born != person.born:
        del said["born"]
    if line.citizen_id in person.other_numbers:
        said.pop("citizen_id", None)
    return said


def differing(row, said):
    """What of {name: value} differs from the row of the register. An empty cell says nothing."""
    return {
        name: value
        for name, value in said.items()
        if value not in (None, "", False) and getattr(row, name) != value
    }


class PersonRows:
    """Mixed into a Kind whose rows are about persons."""

    right, personal = access.RECORD, True
    day = heading = None  # the column of the day on which the cell must have stood: its name, its heading

    @classmethod
    def naming(cls):
        return ["Họ và tên", "Mã tổ chức"]

    def prepare(self, lines):
        read = [line for line in lines if line.whole]
        self.people = People(read)
        self.doubts = Doubts(self.people, self.known)
        self.beyond = Beyond(self.people, self.known, self.doubts, read)
        self.newcomers, self.learnt = {}, {}
        self._recognised, self._cells = set(), {}

    def check_remains(self, line):
        """The committee, the cell's day and the words can be judged without the other cells."""
        day = getattr(line, self.day)
        if line.code is not None and day is not None:
            self.cell(line, day)
        else:
            super().check_remains(line)

    def cell(self, line, day):
        """The cell's index, standing as a chi bộ on the day; None after noting a fault."""
        key = (line.code, day)
        if key in self._cells:  # only what held: each faulty row gets its own fault
            return self._cells[key]
        i = self.known.committee(line, "Mã tổ chức", line.code, self.right)
        if i is None:
            return None
        place = self.known.structure.place_on(i, day.toordinal())
        if place is None:
            line.fault(self.heading, f"một ngày chi bộ {line.code} còn hoạt động")
            return None
        if place.kind not in CELLS:
            line.fault("Mã tổ chức", f"mã của một chi bộ; {line.code} là {Kind(place.kind).label}")
            return None
        self._cells[key] = i
        return i

    def recognise(self, line):
        """Note words that no row of form 2-BTCTW recognises: counted as unknown, reported, never refused."""
        for name, heading in RECOGNISED.items():
            words = getattr(line, name)
            if words is None or (name, words) in self._recognised:
                continue
            self._recognised.add((name, words))
            if getattr(form2, name)(words) == form2.UNKNOWN:
                self.unrecognised.setdefault(heading, {})[words] = line.number

    def certain(self, line):
        """The register's holder of the row's citizen ID, else the person whom the row was said to mean, else None; False
        after noting that the ID is another person's, in the register or in an earlier row."""
        holder = self.people.by_id.get(line.citizen_id) if line.citizen_id else None
        earlier = self.newcomers.get(line.citizen_id) if line.citizen_id else None
        for other in (holder, earlier):
            if other is not None and not same_human(line, other):
                line.fault(
                    "Số định danh cá nhân",
                    "số đúng của người này: số này đã ghi cho người có họ tên hoặc ngày sinh khác",
                )
                return False
        return holder or self.doubts.chosen(line)

    def person(self, line, known):
        """The known person the row means, who may learn from it what the register lacks, or a newcomer."""
        if known is None and (line.citizen_id is None or line.citizen_id not in self.newcomers):
            self.doubts.raise_for(line)
        self.doubts.note(line)
        if known is None:
            return self.newcomer(line)
        self.learn(line, known)
        return known

    def learn(self, line, known):
        """Note what of a known person the register lacks and the row tells; whether there is anything. Nothing of somebody
        recorded elsewhere alone: what stands of them is written where they stand."""
        if known.pk in self.beyond.strangers:
            return False
        said = said_of(line, known)
        new = {name: said[name] for name in own_of(line) if name in said and not getattr(known, name)}
        if new:
            self.learnt.setdefault(known.pk, (known, {}))[1].update(new)
        return bool(new)

    def newcomer(self, line):
        """A person not yet in the register, once a file for each citizen ID."""
        key = line.citizen_id or id(line)
        if key not in self.newcomers:
            person = Person(**own_of(line), **traits_of(line))
            self.newcomers[key] = person.named(line.full_name)
        return self.newcomers[key]

    def finish(self):
        super().finish()
        self.doubts.settle()

    def write_people(self, ledger):
        ledger.create(Person, list(self.newcomers.values()))
        for person, said in self.learnt.values():
            ledger.change(person, **said)
