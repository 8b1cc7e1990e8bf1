"""Acts carried out and undone in the database, with people admitted, targets given and mandates between: what is written is
what was worked out in memory, no fact is touched, an undo brings back every value, access follows the same day."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from committees import journal, reorganise, vietnamese
from committees.acts import HAND_OVER, MERGE, SPLIT, Act
from committees.planned import work_out
from recruitment.management.bench.acts import laws
from recruitment.management.bench.acts.dice import Dice
from recruitment.management.bench.acts.told import Told
from recruitment.management.bench.acts.world import PAIRS
from recruitment.models import Admission
from tests import factories as make
from tests.undone import undone

from .acts_office import FACTS, STRUCTURE, Office, applied, rows

dice = st.randoms(use_true_random=True)


def untouched(gone, told=None):
    """Every fact and target whole; of who was in probation in a committee that was handed over (its id in `gone`): that
    the person left with it is written, nothing else."""
    told = dict(told or rows(FACTS))
    names = [field.attname for field in Admission._meta.concrete_fields]
    left = {names.index(name) for name in ("left_on", "left_as", "stamp")}
    at = names.index("cell_id")
    told[Admission] = [
        tuple(value for k, value in enumerate(row) if k not in left) if row[at] in gone else row
        for row in told[Admission]
    ]
    return told


class Acts(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.around = undone()
        self.around.__enter__()
        self.office = Office()
        self.clock = patch.object(vietnamese, "today", lambda: self.office.today)
        self.clock.start()
        self.before = {}  # record: the structure before it

    def teardown(self):
        try:
            assert journal.verify() is None
        finally:
            self.clock.stop()
            self.around.__exit__(None, None, None)

    @rule(dice=dice)
    def step(self, dice):
        """Mostly a package: what was done before is what it is tried on."""
        deeds = [self.package] * 6 + [self.admit, self.give, self.undo, self.undo]
        dice.choice(deeds)(dice)

    def package(self, dice):
        written = self._taken_over(Dice(self.office, dice).package(), dice)
        if not written:
            return
        structure, facts, head = rows(STRUCTURE), rows(FACTS), journal.head()
        acts, told = [Act(number, row) for number, row in enumerate(written, start=2)], Told(self.office)
        planned = work_out(acts, self.office.register(), PAIRS)
        try:
            record = reorganise.apply(written, by=None)
        except reorganise.Refused as refused:
            assert not planned.faults or [str(fault) for fault in planned.faults] == refused.faults
            assert (rows(STRUCTURE), journal.head()) == (structure, head)
            return
        assert not planned.faults
        gone = self._handed_over(planned, told)
        assert untouched(gone) == untouched(gone, facts), "no fact and no target is written"
        self.office.today = max(self.office.today, *planned.days, planned.day)
        self.before[record.pk] = structure, facts
        self._as_worked_out(planned)
        self._lawful(planned.day)

    def _handed_over(self, planned, told):
        """Ids of the committees for which one that was handed over answered, or that ended with it."""
        handed = {code for code, what in planned.ended_by.items() if what == HAND_OVER}
        eve = planned.day - timedelta(days=1)
        return {
            pk
            for code, pk in planned.register.ids.items()
            if handed
            and (code in planned.ended_by or (code in told.rows and told.road(code, eve)[-1] in handed))
        }

    def _taken_over(self, written, dice):
        """Whoever works in what is merged or split goes on in its heir, now and then."""
        names = {account: code for account, (_role, code) in self._mandates().items()}
        for row in written:
            mine = [name for name, code in names.items() if code == row["Mã tổ chức"]]
            if mine and row["Việc"] in (MERGE, SPLIT) and dice.random() < 0.5:
                row["Người tiếp quản"] = "; ".join(mine)
        return written

    def _mandates(self):
        found = {}
        for name, account in self.office.accounts.items():
            for mandate in account.mandates.select_related("committee"):
                if mandate.committee is not None and mandate.until is None:
                    found[name] = mandate.role, mandate.committee.code
        return found

    def _as_worked_out(self, planned):
        """The database says what the register in memory said."""

        def plainly(register):
            told = {
                code: [(row.since, row.until, row.said) for row in found]
                for code, found in register.rows.items()
            }
            return told, {code: set(found) for code, found in register.heirs.items()}

        assert plainly(self.office.register()) == plainly(planned.register)

    def _lawful(self, first):
        office, told = self.office, Told(self.office)
        days = {*laws.changes_after(told, first), office.today}
        assert list(laws.broken(office, sorted(days)[-3:])) == []
        assert office.unseen() == []
        for account in office.accounts.values():
            for mandate in account.mandates.select_related("committee").exclude(committee=None):
                ends, last = mandate.until, told.rows[mandate.committee.code][-1].until
                assert ends == mandate.since or (ends or date.max) <= last, "nobody works on in what ended"

    def admit(self, dice):
        cells = laws.cells_on(Told(self.office), self.office.today)
        if cells:
            self.office.admit(dice.choice(cells))

    def give(self, dice):
        office, told = self.office, Told(self.office)
        standing = [code for code in told.rows if told.on(code, office.today) is not None]
        given = {quota.committee_id for quota in office.quotas if quota.effective_on >= office.today}
        code = dice.choice(standing)
        if office.committees[code] not in given:
            make.make_quota(office.plan, office.at()[code], dice.randrange(1, 30), effective_on=office.today)
            office.today += timedelta(days=1)

    def undo(self, dice):
        records = applied()
        if not records:
            return
        record = records[-1] if dice.random() < 0.7 else dice.choice(records)
        structure, facts, reasons = rows(STRUCTURE), rows(FACTS), reorganise.prevents(record)
        try:
            reorganise.undo(record, by=None)
        except reorganise.Refused as refused:
            assert reasons == refused.faults and rows(STRUCTURE) == structure
            return
        assert not reasons
        if record == records[-1]:
            structure, before = self.before[record.pk]
            assert rows(STRUCTURE) == structure
            now = rows(FACTS)
            assert all(set(before[model]) <= set(now[model]) for model in FACTS), "facts stand as they did"
            assert [len(now[model]) for model in FACTS] == [len(facts[model]) for model in FACTS]
        self._lawful(record.day)


@pytest.mark.django_db
def test_any_acts_and_undos():
    """Without making what fails smaller: that would take longer than the whole of the tests."""
    phases = [Phase.generate]
    examples = (
        12 if connection.vendor == "sqlite" else 4
    )  # where a statement costs more, the same is asked less often
    how = settings(max_examples=examples, stateful_step_count=8, phases=phases)
    run_state_machine_as_test(Acts, settings=how)
