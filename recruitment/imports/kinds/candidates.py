from committees import access, vietnamese
from recruitment.models import Admission, Candidacy, Certificate, Course, Mentorship, Stage
from recruitment.pipeline import actions, followed
from recruitment.pipeline.matching import chunks

from ... import fields
from ..base import Column
from ..base import Kind as Workbook
from ..persons import NAME, TRAITS, PersonRows, differing, said_of

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

    day, heading = "entered_on", "Ngày đưa vào nguồn"

    def prepare(self, lines):
        super().prepare(lines)
        self.there, self.certified, self.mentored = {}, {}, {}
        structure, today = self.known.structure, vietnamese.today()
        for candidacy in self.people.rows(Candidacy.objects.prefetch_related("former_cells")):
            for cell_id in followed.cells_of(structure, candidacy, today):
                self.there.setdefault((candidacy.person_id, cell_id), []).append(candidacy)
        for certificate in self.people.rows(Certificate.objects.filter(kind=Course.Kind.AWARENESS)):
            self.certified[certificate.person_id, certificate.issued_on] = certificate
        self.admitted = {}
        for admission in self.people.rows(Admission.objects.filter(cancelled_on=None)):
            self.admitted.setdefault(admission.person_id, admission)
        known = sorted({candidacy.pk for rows in self.there.values() for candidacy in rows})
        for some in chunks(known):
            for mentorship in Mentorship.objects.filter(until=None, candidacy_id__in=some):
                self.mentored[mentorship.candidacy_id] = mentorship

    def check_remains(self, line):
        super().check_remains(line)
        self.recognise(line)
        self._days(line)

    def check(self, line):
        i = self.cell(line, line.entered_on)
        holder = self.certain(line)
        self.recognise(line)
        self._days(line)
        if i is None or holder is False:
            return
        cell_id = self.known.structure.ids[i]
        who = line.citizen_id or (line.search, line.born)
        if self.twice(line, (cell_id, who), "Họ và tên"):
            return
        followed = self._followed(line, holder, cell_id)
        there = next((c for c in followed if c.entered_on == line.entered_on), None)
        running = next((c for c in followed if c.stage in Stage.open()), None)
        if there is not None:
            changes = self._changes(line, there)
            if changes:
                self.updates.append((line, there, changes))
            else:
                self.same += 1
        elif running is not None:
            day = vietnamese.day(running.entered_on)
            line.fault("Họ và tên", f"người chi bộ này chưa theo dõi: đã đưa vào nguồn ngày {day}")
        else:
            known = holder or (followed[0].person if followed else None)
            if known is not None and self._a_member(line, known):
                return
            self.fresh.append((line, self.person(line, known), cell_id))

    def _a_member(self, line, person):
        """Whether the person is admitted already, as the page that enters one has it; notes a fault if so. What lies
        outside the account's reach is not told."""
        admission = self.admitted.get(person.pk)
        if admission is None or not self.known.allowed(access.PEOPLE, admission.cell_id):
            return False
        day = vietnamese.day(admission.decided_on)
        line.fault("Họ và tên", f"người chưa kết nạp: đã có quyết định ngày {day}")
        return True

    @staticmethod
    def _days(line):
        if line.born and line.entered_on and line.born >= line.entered_on:
            line.fault("Sinh ngày", "ngày trước “Ngày đưa vào nguồn”")
        if line.certificate and not line.certified_on and not line.raw.get("Ngày chứng nhận"):
            line.fault("Ngày chứng nhận", "ngày cấp của chứng nhận này")
        if line.certified_on and line.born and line.certified_on <= line.born:
            line.fault("Ngày chứng nhận", "ngày sau ngày sinh")

    def _followed(self, line, holder, cell_id):
        """Candidacies, past and running, in this very cell of the person the row means."""
        people = [holder] if holder else self.people.of(line)[1]
        return [candidacy for p in people for candidacy in self.there.get((p.pk, cell_id), ())]

    def _changes(self, line, candidacy):
        """What the row says differently of a known candidacy. An empty cell says nothing; nor does any of what another
        committee follows by now, or holds."""
        person, changes = candidacy.person, {}
        if not self.known.allowed(self.right, candidacy.cell_id):
            return changes
        traits = differing(person, said_of(line, person))
        if traits:
            changes["person"] = traits
        if line.certified_on:
            certificate = self.certified.get((person.pk, line.certified_on))
            if certificate is None or (
                line.certificate
                and certificate.number != line.certificate
                and self.known.allowed(self.right, certificate.cell_id)
            ):
                changes["certificate"] = certificate
        mentorship = self.mentored.get(candidacy.pk)
        if line.mentor and (mentorship is None or mentorship.mentor != line.mentor):
            changes["mentor"] = mentorship
        if line.stage and actions.rank(line.stage) > actions.rank(candidacy.stage) >= 0:
            changes["stage"] = line.stage
        return changes

    def differences(self, update):
        line, candidacy, changes = update
        found = self.compared(candidacy.person, changes.get("person", {}))
        if "certificate" in changes:
            there = changes["certificate"]
            if line.certificate:
                found.append(("Số chứng nhận", there.number if there else "", line.certificate))
            if there is None:
                found.append(("Ngày chứng nhận", "", vietnamese.day(line.certified_on)))
        if "mentor" in changes:
            there = changes["mentor"]
            found.append(("Đảng viên giúp đỡ", there.mentor if there else "", line.mentor))
        if "stage" in changes:
            found.append(("Bước", candidacy.get_stage_display(), str(Stage(line.stage).label)))
        return found

    def write(self, ledger):
        self.write_people(ledger)
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
        certificates = {}
        for line, candidacy in made:
            if line.certified_on:
                key = candidacy.person_id, line.certified_on
                if key not in self.certified:
                    certificates[key] = self._certificate(line, candidacy)
        ledger.new += len(made)
        for line, candidacy, changes in self.updates:
            self._update(line, candidacy, changes, ledger, certificates)
        # At most one a person and day: two cells may follow the same person.
        ledger.create(Certificate, list(certificates.values()))
        ledger.updates += len(self.updates)

    def _update(self, line, candidacy, changes, ledger, certificates):
        if "person" in changes:
            ledger.change(candidacy.person, **changes["person"])
        if "certificate" in changes:
            if changes["certificate"] is not None:
                ledger.change(changes["certificate"], number=line.certificate)
            else:
                key = candidacy.person_id, line.certified_on
                certificates[key] = self._certificate(line, candidacy)
        if "mentor" in changes:
            since = line.entered_on
            if changes["mentor"] is not None:
                since = max(self.known.today, changes["mentor"].since)
                ledger.change(changes["mentor"], until=since)
            ledger.create(Mentorship, [self._mentorship(line, candidacy, since)])
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
