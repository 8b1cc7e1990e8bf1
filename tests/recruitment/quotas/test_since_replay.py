"""The past as worked out from the journal is the past as it was: random histories of every kind of deed, a snapshot kept
at the end of each day, and each of them found again from the last."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from committees import journal, reorganise
from committees.models import Reorganisation
from committees.vietnamese import day as written
from committees.vietnamese import parse_day
from recruitment import columns
from recruitment.fields import Aim
from recruitment.imports.load import load
from recruitment.imports.undo import unload
from recruitment.models import Admission, Batch, Certificate, Plan, Quota
from recruitment.quotas import deeds
from recruitment.quotas.past import past
from recruitment.quotas.progress import Unanswerable, progress
from recruitment.quotas.question import ask
from recruitment.quotas.since import since
from tests import factories as make

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
BEGINNING = date(2026, 2, 2)
DAYS = 24


class World:
    """A province whose register is written at random, a few deeds a day."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.at = make.make_province(districts=2, communes=2, cells=2)
        self.cells = [committee for code, committee in self.at.items() if code.count("-") == 3]
        self.number = self.undone = 0
        make.make_plan("KH", self.at["T"], first=FIRST, last=LAST)
        make.make_plan("BD", self.at["T"], first=FIRST, last=LAST, counts="trained")
        for code in ("T", "T-1", "T-2", "T-1-1"):
            for plan in Plan.objects.all():
                make.make_quota(plan, self.at[code], self.rng.randrange(5, 60))
        make.make_quota(Plan.objects.get(code="KH"), self.at["T-2-1"], rate=3)
        make.make_headcount(self.at["T-2-1"], date(2024, 12, 31), 467)

    def someday(self, last):
        return FIRST + timedelta(days=self.rng.randrange((last - FIRST).days + 1))

    def deeds(self, today):
        kinds = [
            self.admit, self.admit, self.admit, self.correct, self.correct, self.cancel, self.slip, self.certify,
            self.drop, self.load, self.load_again, self.unload, self.target, self.load_target, self.plan, self.load_plan, self.members,
            self.report, self.reorganise, self.reorganise, self.reorganise_back,
        ]  # fmt: skip
        for deed in self.rng.choices(kinds, k=self.rng.randrange(1, 5)):
            deed(today)

    def _row(self, model):
        rows = list(model.objects.order_by("pk"))
        return self.rng.choice(rows) if rows else None

    def admit(self, today):
        with journal.pen(None, "admit"):
            make.make_admission(self.rng.choice(self.cells), self.someday(today))

    def correct(self, today):
        row = self._row(Admission)
        if row is not None and row.cancelled_on is None:
            with journal.pen(None, "admission-correct"):
                row.decided_on = self.someday(today)
                row.ceremony_on = max(row.decided_on, self.someday(today))
                row.cell = self.rng.choice(self.cells)
                row.save()

    def cancel(self, today):
        row = self._row(Admission)
        if row is not None and row.cancelled_on is None and row.decided_on <= today:
            with journal.pen(None, "admission-cancel"):
                row.cancelled_on = today - timedelta(days=self.rng.randrange(3))
                row.save()

    def slip(self, today):
        with journal.pen(None, "admit"):
            row = make.make_admission(self.rng.choice(self.cells), self.someday(today))
        with journal.pen(None, "admission-undo"):
            row.delete()

    def certify(self, today):
        with journal.pen(None, "certificate-add"):
            make.make_certificate(self.rng.choice(self.cells), self.someday(today))

    def drop(self, today):
        row = self._row(Certificate)
        if row is not None:
            with journal.pen(None, "certificate-drop"):
                row.delete()

    def load(self, today):
        rows = [self._person(today) for _ in range(self.rng.randrange(1, 5))]
        self.last = rows
        assert not load("admissions", rows, name="tệp").faults

    def _person(self, today):
        self.number += 1
        return {
            "Họ và tên": f"Trần Văn Tệp {self.number}", "Sinh ngày": "14/03/1990", "Giới tính": "Nam",
            "Mã tổ chức": self.rng.choice(self.cells).code, "Ngày quyết định": written(self.someday(today)),
            "Số định danh cá nhân": f"0791900{self.number:05}",
        }  # fmt: skip

    def load_again(self, today):
        """The last workbook with a ceremony for each: it changes what stands."""
        rows = [
            {**row, "Ngày kết nạp": written(max(parse_day(row["Ngày quyết định"]), self.someday(today)))}
            for row in getattr(self, "last", [])
        ]
        load("admissions", rows, name="tệp lần hai")

    def unload(self, today):
        batches = list(Batch.objects.filter(undone=False).order_by("pk"))
        if batches:
            unload(self.rng.choice(batches).pk)

    def target(self, today):
        plan = self._row(Plan)
        committee = self.at[self.rng.choice(["T", "T-1", "T-2", "T-1-1", "T-1-2"])]
        day = self.someday(min(plan.last_day, today + timedelta(days=60)))
        if (
            plan.since <= day < plan.until
            and not Quota.objects.filter(plan=plan, committee=committee, effective_on=day).exists()
        ):
            deeds.set_quota(
                plan, committee, by=None, target=Aim(self.rng.randrange(5, 60)), effective_on=day, document="x",
                reason="y",
            )  # fmt: skip

    def load_target(self, today):
        row = {
            "Mã kế hoạch": "KH", "Mã tổ chức": "T-2-2", "Chỉ tiêu": self.rng.randrange(5, 60),
            "Hiệu lực từ": written(self.someday(today)),
        }  # fmt: skip
        load("quotas", [row], name="chỉ tiêu")

    def plan(self, today):
        plan = self._row(Plan)
        until = self.rng.choice([date(2026, 7, 1), date(2027, 1, 1)])
        values = self.rng.choice(
            [{"until": until}, {"counts_by": self.rng.choice(["decision", "ceremony"])}, {"name": "Tên"}]
        )
        try:
            deeds.change_plan(plan, by=None, reason="sửa", **values)
        except deeds.Refused:
            return

    def load_plan(self, today):
        row = {
            "Mã kế hoạch": "KH", "Tên": "Kế hoạch KH", "Cơ quan ban hành": "Tỉnh ủy", "Từ ngày": "01/01/2025",
            "Đến ngày": self.rng.choice(["30/06/2026", "31/12/2026"]), "Mã tổ chức": "T",
            "Ngày tính": self.rng.choice(["Quyết định", "Lễ kết nạp"]),
        }  # fmt: skip
        load("plans", [row], name="kế hoạch")

    def members(self, today):
        row = {
            "Mã tổ chức": "T-2-1", "Ngày": self.rng.choice(["31/12/2024", "30/06/2024"]),
            "Số đảng viên": self.rng.randrange(300, 900),
        }  # fmt: skip
        load("headcounts", [row], name="đảng viên")

    def report(self, today):
        row = {
            "Mã tổ chức": "T-1-2", "Từ ngày": "01/01/2025", "Đến ngày": "31/12/2026", "Chỉ tiêu báo cáo": "Kết nạp",
            "Giá trị": self.rng.randrange(5, 60), "Nguồn": "Báo cáo",
        }  # fmt: skip
        load("reported", [row], name="báo cáo")

    def reorganise(self, today):
        row = self.rng.choice([
            {"Việc": "Chuyển", "Mã tổ chức": "T-1-2", "Mã cấp trên mới": self.rng.choice(["T-1", "T-2"])},
            {"Việc": "Chuyển", "Mã tổ chức": "T-2-2", "Mã cấp trên mới": self.rng.choice(["T-1", "T-2"])},
            {"Việc": "Đổi tên", "Mã tổ chức": "T-1", "Tên mới": f"Đảng bộ số {self.rng.randrange(9)}"},
        ])  # fmt: skip
        try:
            reorganise.apply([{"Ngày": written(self.someday(today)), **row}], by=None)
        except reorganise.Refused:
            return

    def reorganise_back(self, today):
        row = self._row(Reorganisation)
        if row is not None and row.state == Reorganisation.State.APPLIED and not reorganise.prevents(row):
            reorganise.undo(row, by=None)
            self.undone += 1


@pytest.fixture(params=[1, 2])
def history(request, db):
    """(the days with the snapshot as each ended, the last snapshot) of a random history."""
    kept = []
    with time_machine.travel(datetime.combine(BEGINNING, datetime.min.time(), ZONE), tick=False):
        world = World(request.param)
    for k in range(DAYS):
        today = BEGINNING + timedelta(days=3 * k)
        with time_machine.travel(
            datetime.combine(today, datetime.min.time(), ZONE) + timedelta(hours=15), tick=False
        ):
            world.deeds(today)
            kept.append((today, columns.current()))
    assert world.undone, "some acts were taken back"
    return kept, columns.current()


QUESTIONS = [
    (plan, code, on)
    for plan in ("KH", "BD")
    for code in ("T", "T-1", "T-2-1", "T-1-2")
    for on in (date(2025, 12, 31), date(2026, 3, 1), LAST)
]


def told(snapshot, plan, code, on):
    """The whole document, or why there is none; the plan before it is another question."""
    try:
        return progress(snapshot, plan, code, on=on).as_json() | {"previous": None}
    except Unanswerable as why:
        return str(why)


def test_each_day_is_found_again_from_the_last_and_the_parts_add_up(history):
    kept, last = history
    asked, kinds = 0, set()
    for today, then in kept[:-1]:
        for plan, code, on in QUESTIONS:
            known = past(last, last.small.plans[plan], since=today, tree_on=on)
            where = (today, plan, code, on)
            assert known.untold == 0 and not known.new_plan
            assert told(known.snapshot, plan, code, on) == told(then, plan, code, on), where
            asked += 1
            if asked % 3:
                continue
            question, found = ask(last, code, plan=plan, on=on)
            answer = since(last, known, question, found)
            before = progress(then, plan, code, on=on)
            assert (answer.reconciliation.then, answer.former.goal) == (before.admitted, before.goal), where
            assert answer.reconciliation.adds_up, (where, answer.reconciliation)
            assert sum(sum(counts.values()) for _at, counts in answer.units) == len(
                answer.reconciliation.shifts
            )
            kinds |= answer.reconciliation.counts.keys()
    assert asked > 400 and len(kinds) > 3
