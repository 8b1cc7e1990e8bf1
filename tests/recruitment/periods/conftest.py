"""A province whose districts report a year: what the tests of this room stand on."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from committees import vietnamese
from committees.models import Role
from recruitment import columns
from recruitment.models import ReportPeriod
from recruitment.periods import deeds, freezing, sending
from recruitment.periods.composing import Composition
from recruitment.periods.freezing import WRITERS, pack
from recruitment.periods.owing import Owing
from tests import factories as make
from tests.recruitment import world as worlds


class Office:
    """Periods as the departments work them: each step by its own account."""

    def __init__(self, world):
        self.world, self.at = world, world.at
        at = world.at
        self.people = SimpleNamespace(
            province=make.make_account("tinh", Role.STAFF, at["T"]),
            second=make.make_account("tinh-2", Role.STAFF, at["T"]),
            district=make.make_account("huyen-1", Role.STAFF, at["T-1"]),
            other=make.make_account("huyen-2", Role.STAFF, at["T-2"]),
            cell=make.make_account("bi-thu", Role.SECRETARY, at["T-1-1-1"]),
            standing=make.make_account("thuong-vu", Role.STANDING, at["T"]),
            outside=make.make_account("ngoai", Role.STAFF, make.make_committee("X", "province")),
        )
        self.today = vietnamese.today()

    def period(self, year=2014, reach=ReportPeriod.Reach.UNITS, due_on=None, until=None, **said):
        return deeds.open_period(
            by=self.people.province, committee=self.at["T"], name=f"Năm {year}", since=date(year, 1, 1),
            until=until or date(year + 1, 1, 1), due_on=due_on or self.today + timedelta(days=5), reach=reach, **said,
        )  # fmt: skip

    def owing(self, period):
        return Owing(period, columns.current().structure)

    def duty(self, period, code):
        owing = self.owing(period)
        owing.duties  # noqa: B018
        return owing.find(self.at[code].pk)

    def state(self, period, code, today=None):
        return self.duty(period, code).state(today or self.today)

    def composed(self, period, code):
        owing = self.owing(period)
        owing.duties  # noqa: B018
        return Composition(columns.current(), owing, owing.find(self.at[code].pk), self.today)

    def submit(self, period, code="T-1", *, by=None, notes="", seen=None):
        composed = self.composed(period, code)
        return sending.submit(
            period, self.at[code], by=by or self.people.district, notes=notes,
            seen=composed.duty.last_number if seen is None else seen, prepared=composed.prepared(notes),
        )  # fmt: skip

    def close(self, period, code="T-1", **said):
        sent = self.submit(period, code, **said)
        sending.accept(sent, by=self.people.province)
        sent.refresh_from_db()
        return sent


@pytest.fixture
def real_papers():
    """Asked for by a test that wants the workbook and the paper themselves; the others need only that there are some."""


@pytest.fixture
def office(db, request, monkeypatch):
    if "real_papers" not in request.fixturenames:
        quick = {
            form: (lambda file, report: file.write(pack(report)), kind)
            for form, (_write, kind) in WRITERS.items()
        }
        monkeypatch.setattr(freezing, "WRITERS", quick)
    return Office(worlds.build())
