from committees import access, vietnamese
from committees.vietnamese import day as written
from recruitment.models import Admission, Candidacy, Stage, Step
from recruitment.pipeline import actions, admissible, followed
from recruitment.pipeline.matching import chunks

from ... import fields
from ..base import Column
from ..base import Kind as Workbook
from ..persons import NAME, TRAITS, PersonRows, differing, traits_of

_DECIDED = actions.rank(Stage.DECIDED)
# A day that contradicts another: its heading and what is wanted there.
CLASHES = {
    ("born", "decided_on"): ("Sinh ngày", "ngày sinh của người đủ 18 tuổi vào {}"),
    ("ceremony_on", "decided_on"): ("Ngày kết nạp", "ngày không trước ngày quyết định ({})"),
    ("official_on", "decided_on"): ("Ngày chính thức", "ngày sau ngày kết nạp ({})"),
    ("official_on", "ceremony_on"): ("Ngày chính thức", "ngày sau ngày kết nạp ({})"),
}


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
    day, heading = "decided_on", "Ngày quyết định"
    # The road an admission takes its candidacy along, and the day of each step.
    ROAD = ((Stage.DECIDED, "decided_on"), (Stage.PROBATION, "ceremony_on"), (Stage.OFFICIAL, "official_on"))

    def prepare(self, lines):
        super().prepare(lines)
        self.there, self.following = {}, {}
        for admission in self.people.rows(Admission.objects.select_related("candidacy")):
            self.there.setdefault(admission.person_id, []).append(admission)
        structure, today = self.known.structure, vietnamese.today()
        rows = Candidacy.objects.filter(stage__in=Stage.open(), admission=None)
        for candidacy in self.people.rows(rows.prefetch_related("former_cells")):
            for cell_id in followed.cells_of(structure, candidacy, today):
                self.following[candidacy.person_id, cell_id] = candidacy
        self._types, self._taken = {}, set()

    def check_remains(self, line):
        super().check_remains(line)
        self.recognise(line)
        self._days(line)

    def check(self, line):
        i = self.cell(line, line.decided_on)
        holder = self.certain(line)
        self.recognise(line)
        self._days(line)
        if i is None or holder is False:
            return
        cell_id = self.known.structure.ids[i]
        if self.twice(line, line.citizen_id or (line.search, line.born, cell_id), "Họ và tên"):
            return
        there = self._admission(line, holder, cell_id)
        if there is not None:
            self._compare(line, there)
            return
        person = holder or self._followed(line, cell_id)
        earlier = self._in_force(person) or self._namesake_in_force(line, cell_id)
        if earlier is not None:
            line.fault("Họ và tên", self._wanted(line, earlier))
        elif person is not None and person.pk in self._taken:
            line.fault("Họ và tên", "mỗi người một dòng: một dòng trước đã nói về người này")
        else:
            if person is not None:
                self._taken.add(person.pk)
            self.fresh.append((line, self.person(line, person), cell_id, self._type(i, line.decided_on)))

    def numbered(self):
        """[(row number, number, cell id, day)] of the decisions that are new (`numbered.told`)."""
        return [
            (line.number, line.decision_number or "", cell_id, line.decided_on)
            for line, _person, cell_id, _type in self.fresh
        ]

    @staticmethod
    def _days(line):
        for name, other in admissible.clashes(line):
            heading, wanted = CLASHES[name, other]
            line.fault(heading, wanted.format(written(getattr(line, other))))

    def _admission(self, line, holder, cell_id):
        """The same fact already in the register: same person, cell and decision day."""
        for person in [holder] if holder else self.people.of(line)[1]:
            for admission in self.there.get(person.pk, ()):
                if (admission.cell_id, admission.decided_on) == (cell_id, line.decided_on):
                    return admission
        return None

    def _compare(self, line, there):
        """What the row says differently of a known admission: of its days and its snapshot of the person. What the
        register lacks of the person (the ID, the native place) goes there."""
        changes = differing(there, {name: getattr(line, name) for name in self.DATES} | traits_of(line))
        held, official = line.ceremony_on or there.ceremony_on, line.official_on or there.official_on
        if held and official and official <= held:
            line.fault("Ngày chính thức", f"ngày sau ngày kết nạp ({written(held)})")
        if self.learn(line, there.person) or changes:
            self.updates.append((there, changes))
        else:
            self.same += 1

    def differences(self, update):
        admission, changes = update
        found = self.compared(admission, changes)
        _person, learnt = self.learnt.get(admission.person_id, (None, {}))
        headings = {column.name: column.heading for column in self.columns}
        return found + [(headings[name], "", value) for name, value in learnt.items()]

    def _in_force(self, person):
        return admissible.in_force(self.there.get(person.pk, ())) if person else None

    def _namesake_in_force(self, line, cell_id):
        """An admission of someone of that name and birth date in this very cell: the same person, unless the row's
        citizen ID says otherwise."""
        if line.citizen_id:
            return None
        found = (self._in_force(person) for person in self.people.of(line)[1])
        return next((row for row in found if row is not None and row.cell_id == cell_id), None)

    def _wanted(self, line, earlier):
        """What to say of someone admitted already, without telling what lies outside the account's reach."""
        wanted = "người chưa kết nạp"
        if self.known.allowed(access.PEOPLE, earlier.cell_id):
            wanted += f": đã có quyết định ngày {written(earlier.decided_on)}"
        return wanted if line.citizen_id else f"{wanted}; nếu là người khác, ghi “Số định danh cá nhân”"

    def _followed(self, line, cell_id):
        """Someone of that name and birth date whom this very cell follows as a candidate."""
        return next((p for p in self.people.of(line)[1] if (p.pk, cell_id) in self.following), None)

    def _candidacy(self, line, person, cell_id):
        """The candidacy that led to this admission: of the same cell, entered by then."""
        candidacy = self.following.get((person.pk, cell_id)) if person.pk else None
        if candidacy is None or candidacy.entered_on > line.decided_on:
            return None
        then = followed.cell_on(self.known.structure, candidacy, line.decided_on)
        return candidacy if cell_id in {candidacy.cell_id, then} else None

    def _type(self, i, day):
        """Loại hình of the cell that day; many rows share both."""
        key = (i, day)
        if key not in self._types:
            self._types[key] = admissible.organisation_type(self.known.structure, i, day)
        return self._types[key]

    def write(self, ledger):
        made = []
        for line, person, cell_id, organisation_type in self.fresh:
            made.append(
                Admission(
                    person=person, cell_id=cell_id, candidacy=self._candidacy(line, person, cell_id),
                    decided_on=line.decided_on, decision_number=line.decision_number or "",
                    ceremony_on=line.ceremony_on, official_on=line.official_on,
                    organisation_type=organisation_type, **traits_of(line),
                )
            )  # fmt: skip
        self.write_people(ledger)
        for admission in made:
            admission.person_id = admission.person.pk
        ledger.create(Admission, made)
        self._keep_roads_in_order(made, ledger)
        for admission in made:
            self._advance(admission, ledger)
        ledger.new += len(made)
        for admission, changes in self.updates:
            if changes:
                ledger.change(admission, **changes)
                self._advance(admission, ledger)
        ledger.updates += len(self.updates)

    @staticmethod
    def _keep_roads_in_order(made, ledger):
        """A step before the decision that is dated after it was reached by then, as `actions.settle` has it."""
        decided = {row.candidacy.pk: row.decided_on for row in made if row.candidacy is not None}
        for some in chunks(list(decided)):
            for step in Step.objects.filter(candidacy_id__in=some):
                if step.on > decided[step.candidacy_id] and 0 <= actions.rank(step.stage) < _DECIDED:
                    ledger.change(step, on=decided[step.candidacy_id])

    def _advance(self, admission, ledger):
        """The candidacy behind an admission goes as far as its days say."""
        candidacy = admission.candidacy
        if candidacy is None:
            return
        for stage, name in self.ROAD:
            on = getattr(admission, name)
            if on is not None and actions.rank(stage) > actions.rank(candidacy.stage):
                actions.advance(candidacy, stage, on=on, create=ledger.create, change=ledger.change)
