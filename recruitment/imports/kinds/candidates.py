from recruitment.models import Candidacy, Certificate, Course, Mentorship, Stage
from recruitment.pipeline import actions

from .. import fields
from ..base import Column
from ..base import Kind as Workbook
from ..persons import NAME, TRAITS, PersonRows, traits_of

STAGES = fields.choice({stage.label: stage.value for stage in Stage.open()})


class Candidates(PersonRows, Workbook):
    """People being followed in a cell: one row a candidacy."""

    name, title = "candidates", "Quần chúng ưu tú"
    columns = (
        *NAME,
        Column("Ngày đưa vào nguồn", "entered_on", fields.past_day, True),
        *TRAITS,
        Column("Đảng viên giúp đỡ", "mentor", fields.text(80)),
        Column("Số chứng nhận", "certificate", fields.text(40)),
        Column("Ngày chứng nhận", "certified_on", fields.past_day),
        Column("Bước", "stage", STAGES),
    )

    def prepare(self, lines):
        super().prepare(lines)
        people = {pk for some in self.people.by_name.values() for pk in some}
        people |= {person.pk for person in self.people.by_id.values()}
        self.there, self.certified = {}, {}
        for candidacy in self._about(Candidacy.objects.select_related("person"), people):
            self.there.setdefault((candidacy.person_id, candidacy.cell_id), []).append(candidacy)
        for certificate in self._about(Certificate.objects.filter(kind=Course.Kind.AWARENESS), people):
            self.certified[certificate.person_id, certificate.issued_on] = certificate
        running = (
            Mentorship.objects.filter(until=None, candidacy__person__in=people)
            if len(people) < 500
            else (Mentorship.objects.filter(until=None))
        )
        self.mentored = {mentorship.candidacy_id: mentorship for mentorship in running}

    @staticmethod
    def _about(rows, people):
        people = sorted(people)
        for at in range(0, len(people), 500):
            yield from rows.filter(person_id__in=people[at : at + 500])

    def check(self, line):
        i = self.cell(line, line.entered_on, "Ngày đưa vào nguồn")
        holder = self.certain(line)
        self.recognise(line)
        if line.born >= line.entered_on:
            line.fault("Sinh ngày", "ngày trước “Ngày đưa vào nguồn”")
        if line.certificate and not line.certified_on:
            line.fault("Ngày chứng nhận", "ngày cấp của chứng nhận này")
        if line.certified_on and line.certified_on <= line.born:
            line.fault("Ngày chứng nhận", "ngày sau ngày sinh")
        if i is None or holder is False:
            return
        cell_id = self.known.structure.ids[i]
        key = line.citizen_id or (line.full_name, line.born)
        if self.twice(line, (cell_id, key, line.entered_on), "Họ và tên"):
            return
        there = self._candidacy(line, holder, cell_id)
        if there is None:
            self.fresh.append((line, holder or self._namesake(line, cell_id) or self.newcomer(line), cell_id))
            return
        changes = self._changes(line, there)
        if changes:
            self.updates.append((line, there, changes))
        else:
            self.same += 1

    def _candidacy(self, line, holder, cell_id):
        people = [holder] if holder else self.people.of(line)[1]
        for person in people:
            for candidacy in self.there.get((person.pk, cell_id), ()):
                if candidacy.entered_on == line.entered_on:
                    return candidacy
        return None

    def _namesake(self, line, cell_id):
        """Someone of that name and birth date whom this very cell already followed."""
        return next((p for p in self.people.of(line)[1] if (p.pk, cell_id) in self.there), None)

    def _changes(self, line, candidacy):
        """What the row says differently of a known candidacy. An empty cell says nothing."""
        person, changes = candidacy.person, {}
        said = {name: value for name, value in traits_of(line).items() if value not in ("", False)}
        said |= {"citizen_id": line.citizen_id} if line.citizen_id else {}
        traits = {name: value for name, value in said.items() if getattr(person, name) != value}
        if traits:
            changes["person"] = traits
        if line.certified_on and (person.pk, line.certified_on) not in self.certified:
            changes["certificate"] = True
        mentorship = self.mentored.get(candidacy.pk)
        if line.mentor and (mentorship is None or mentorship.mentor != line.mentor):
            changes["mentor"] = mentorship
        stage = line.stage
        if stage and actions.rank(stage) > actions.rank(candidacy.stage):
            changes["stage"] = stage
        return changes

    def write(self, ledger):
        self.create_people(ledger)
        rows = []
        for line, person, cell_id in self.fresh:
            stage = line.stage or (Stage.CLASS if line.certified_on else Stage.SOURCE)
            reached = max(line.entered_on, line.certified_on or line.entered_on)
            steps = [(Stage.SOURCE, line.entered_on)]
            if line.certified_on and actions.rank(stage) >= actions.rank(Stage.CLASS):
                steps.append((Stage.CLASS, reached))
            if stage not in {step for step, _ in steps}:
                steps.append((stage, reached))
            rows.append((Candidacy(person=person, cell_id=cell_id, entered_on=line.entered_on), steps))
        actions.enter_many(rows, create=ledger.create)
        made = [(line, candidacy) for (line, _, _), (candidacy, _) in zip(self.fresh, rows, strict=True)]
        mentors = [self._mentorship(line, c, line.entered_on) for line, c in made if line.mentor]
        ledger.create(Mentorship, mentors)
        wanted = {}
        for line, candidacy in made:
            if line.certified_on and (candidacy.person_id, line.certified_on) not in self.certified:
                wanted[candidacy.person_id, line.certified_on] = self._certificate(line, candidacy)
        ledger.create(Certificate, list(wanted.values()))
        ledger.new += len(made)
        for line, candidacy, changes in self.updates:
            self._update(line, candidacy, changes, ledger)
        ledger.updates += len(self.updates)

    def _update(self, line, candidacy, changes, ledger):
        if "person" in changes:
            ledger.change(candidacy.person, **changes["person"])
        if "certificate" in changes:
            ledger.create(Certificate, [self._certificate(line, candidacy)])
        if "mentor" in changes:
            today = self.known.today
            if changes["mentor"] is not None:
                ledger.change(changes["mentor"], until=max(today, changes["mentor"].since))
                ledger.create(Mentorship, [self._mentorship(line, candidacy, today)])
            else:
                ledger.create(Mentorship, [self._mentorship(line, candidacy, line.entered_on)])
        if "stage" in changes:
            actions.advance(
                candidacy, changes["stage"], on=self.known.today, create=ledger.create, change=ledger.change
            )

    @staticmethod
    def _mentorship(line, candidacy, since):
        return Mentorship(candidacy=candidacy, mentor=line.mentor, since=since)

    @staticmethod
    def _certificate(line, candidacy):
        return Certificate(
            person_id=candidacy.person_id,
            cell_id=candidacy.cell_id,
            number=line.certificate or "",
            issued_on=line.certified_on,
        )
