from committees import vietnamese
from committees.vietnamese import fold
from recruitment.models import Admission, Candidacy, Stage
from recruitment.pipeline import actions

from .. import fields
from ..base import Column
from ..base import Kind as Workbook
from ..persons import NAME, TRAITS, PersonRows, traits_of

# Charter art. 1: from full 18, counted in months (domain.md §1.1, seen).
YOUNGEST_MONTHS = 18 * 12


class Admissions(PersonRows, Workbook):
    """Facts that are counted: one row a decision of admission."""

    name, title = "admissions", "Kết nạp"
    columns = (
        *NAME,
        Column("Ngày quyết định", "decided_on", fields.past_day, True),
        Column("Số quyết định", "decision_number", fields.text(40)),
        Column("Ngày kết nạp", "ceremony_on", fields.past_day),
        Column("Ngày chính thức", "official_on", fields.past_day),
        *TRAITS,
    )
    DATES = ("decision_number", "ceremony_on", "official_on")

    def prepare(self, lines):
        super().prepare(lines)
        people = {pk for some in self.people.by_name.values() for pk in some}
        people = sorted(people | {person.pk for person in self.people.by_id.values()})
        self.there, self.following = {}, {}
        for at in range(0, len(people), 500):
            some = people[at : at + 500]
            for admission in Admission.objects.filter(person_id__in=some).select_related("person"):
                self.there.setdefault(admission.person_id, []).append(admission)
            for candidacy in Candidacy.objects.filter(person_id__in=some, stage__in=Stage.open()):
                self.following[candidacy.person_id, candidacy.cell_id] = candidacy
        self._types = {}

    def check(self, line):
        i = self.cell(line, line.decided_on, "Ngày quyết định")
        holder = self.certain(line)
        self.recognise(line)
        self._days(line)
        if i is None or holder is False:
            return
        cell_id = self.known.structure.ids[i]
        who = line.citizen_id or (fold(line.full_name), line.born, cell_id, line.decided_on)
        if self.twice(line, who, "Họ và tên"):
            return
        there = self._admission(line, holder, cell_id)
        if there is None:
            earlier = self._in_force(holder)
            if earlier is not None:
                line.fault(
                    "Họ và tên",
                    f"người chưa kết nạp: đã có quyết định ngày {vietnamese.day(earlier.decided_on)}",
                )
                return
            person = holder or self._followed(line, cell_id)
            candidacy = self.following.get((person.pk, cell_id)) if person else None
            self.fresh.append(
                (line, person or self.newcomer(line), cell_id, candidacy, self._type(i, line.decided_on))
            )
            return
        said = {name: getattr(line, name) for name in self.DATES}
        said |= {name: value for name, value in traits_of(line).items() if value not in ("", False)}
        changes = {
            name: value
            for name, value in said.items()
            if value not in (None, "") and getattr(there, name) != value
        }
        if changes:
            self.updates.append((there, changes))
        else:
            self.same += 1

    @staticmethod
    def _days(line):
        decided = line.decided_on
        if vietnamese.months_between(line.born.replace(day=1), decided.replace(day=1)) < YOUNGEST_MONTHS:
            line.fault("Sinh ngày", f"ngày sinh của người đủ 18 tuổi vào {vietnamese.day(decided)}")
        if line.ceremony_on is not None and line.ceremony_on < decided:
            line.fault("Ngày kết nạp", f"ngày không trước ngày quyết định ({vietnamese.day(decided)})")
        if line.official_on is not None and line.official_on <= (line.ceremony_on or decided):
            line.fault(
                "Ngày chính thức", f"ngày sau ngày kết nạp ({vietnamese.day(line.ceremony_on or decided)})"
            )

    def _admission(self, line, holder, cell_id):
        """The same fact already in the register: same person, cell and decision day."""
        for person in [holder] if holder else self.people.of(line)[1]:
            for admission in self.there.get(person.pk, ()):
                if (admission.cell_id, admission.decided_on) == (cell_id, line.decided_on):
                    return admission
        return None

    def _in_force(self, person):
        rows = self.there.get(person.pk, ()) if person else ()
        return next((row for row in rows if row.cancelled_on is None), None)

    def _followed(self, line, cell_id):
        """Someone of that name and birth date whom this very cell follows as a candidate."""
        return next((p for p in self.people.of(line)[1] if (p.pk, cell_id) in self.following), None)

    def _type(self, i, day):
        """Loại hình of the cell that day, or of the nearest committee above that names one."""
        key = (i, day)
        if key not in self._types:
            found, structure = "", self.known.structure
            while i >= 0 and not found:
                place = structure.place_on(i, day.toordinal())
                if place is None:
                    break
                found, i = place.organisation_type, place.parent
            self._types[key] = found
        return self._types[key]

    def write(self, ledger):
        self.create_people(ledger)
        ledger.create(
            Admission,
            [
                Admission(
                    person=person, cell_id=cell_id, candidacy=candidacy, decided_on=line.decided_on,
                    decision_number=line.decision_number or "", ceremony_on=line.ceremony_on,
                    official_on=line.official_on, organisation_type=organisation_type, **traits_of(line),
                )
                for line, person, cell_id, candidacy, organisation_type in self.fresh
            ],
        )  # fmt: skip
        for line, _, _, candidacy, _ in self.fresh:
            if candidacy is not None:
                for stage, on in (
                    (Stage.DECIDED, line.decided_on), (Stage.PROBATION, line.ceremony_on), (Stage.OFFICIAL, line.official_on),
                ):  # fmt: skip
                    if on is not None:
                        actions.advance(candidacy, stage, on=on, create=ledger.create, change=ledger.change)
        ledger.new += len(self.fresh)
        for admission, changes in self.updates:
            ledger.change(admission, **changes)
        ledger.updates += len(self.updates)
