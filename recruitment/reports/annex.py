"""The annex of the decision by which a committee hands its target down (biểu giao chỉ tiêu, office_practice.md §1.6): one
definition for paper, workbook and screen. A draft's is marked as one."""

from committees import vietnamese
from committees.models import Kind
from committees.vietnamese import day

from ..models import Plan, Portion, is_demo
from ..quotas.balance import EVEN, Balance
from ..quotas.below import Below
from .annual_words import led_by
from .base import ORDINAL, TEXT, TOTAL, WHOLE, Column, Ref, Report, Row, Sheet, total

DRAFT = "Dự thảo, chưa ban hành: số văn bản và ngày ghi khi ban hành."
RECONSTRUCTED = "Bản trình diễn: số đảng viên và chỉ tiêu từng đơn vị được dựng lại."
# Letters in a document's number, and what it is.
_KINDS = {"-QĐ/": "Quyết định", "-KH/": "Kế hoạch", "-NQ/": "Nghị quyết", "-CV/": "Công văn"}
# Wider than this many columns of groups the table lies across the paper.
UPRIGHT = 2


class Annex:
    """A draft, or what was issued of one, as its table. Told as of the day of issue, a draft as of today. Two queries."""

    def __init__(self, snapshot, draft, *, today):
        self.snapshot, self.draft = snapshot, draft
        self.plan = snapshot.small.plans[draft.plan.code]
        self.below = Below(snapshot, self.plan, draft.committee_id, today=draft.issued_on or today)
        rows = Portion.objects.filter(allotment=draft).exclude(number=None, note="")
        self.portions = {(row.committee_id, row.group_id): row for row in rows}
        there = {group for _unit, group in self.portions}
        self.groups = [group for group in snapshot.groups if group.pk in there]

    @property
    def units(self):
        """Ids of the units that are given anything, in tree order; what is no unit any more at the end."""
        order = {unit.pk: at for at, unit in enumerate(self.below.units)}
        given = {unit for (unit, _group), row in self.portions.items() if row.number is not None}
        return sorted(given, key=lambda pk: (order.get(pk, len(order)), pk))

    def number(self, pk, group=None):
        row = self.portions.get((pk, group and group.pk))
        return row.number if row else None

    @property
    def report(self):
        draft, plan, sheet = self.draft, self.plan, self._sheet()
        given = sum(self.number(pk) or 0 for pk in self.units)
        counted = f"{vietnamese.number(len(self.units))} đơn vị, tổng cộng {vietnamese.number(given)} người."
        said = day(draft.issued_on) if draft.issued_on else "…………"
        notices = [DRAFT] if draft.issued_on is None else []
        return Report(
            name=f"bieu-giao-chi-tieu-{plan.code}-{draft.committee.code}-{draft.pk}",
            title=f"Biểu giao chỉ tiêu {_counted(plan)} {_period(plan)}",
            committee=self.below.name,
            period=f"(Kèm theo {_document(draft.document)} ngày {said})",
            finding=counted + (f" Hiệu lực từ ngày {day(draft.effective_on)}." if draft.effective_on else ""),
            sheets=[sheet],
            notices=tuple(notices + [RECONSTRUCTED] * is_demo()),
            left=(led_by(self.below.name).upper(),),
            right=("ĐẢNG CỘNG SẢN VIỆT NAM", plan.name),
            signers=("NGƯỜI LẬP BIỂU", self._signer),
        )

    @property
    def _signer(self):
        """On whose behalf the decision is signed (domain.md)."""
        structure = self.snapshot.structure
        place = structure.last_place(structure.index[self.draft.committee_id], self.below.day.toordinal())
        if place.kind in {Kind.PROVINCE, Kind.UPPER}:
            return "T/M BAN THƯỜNG VỤ"
        return "T/M CHI BỘ" if place.kind in Kind.cells() else "T/M ĐẢNG ỦY"

    def _sheet(self):
        members = {unit.pk: self.below.members.get(unit.position) for unit in self.below.units}
        days = {found.day for found in members.values() if found}
        one_day = days.pop() if len(days) == 1 else None
        columns = [Column("tt", "TT", ORDINAL, 5), Column("name", "Đơn vị", TEXT, 34)]
        if any(members.values()):
            columns.append(
                Column("members", f"Tổng số đảng viên{f' ({day(one_day)})' if one_day else ''}", WHOLE, 13)
            )
        columns.append(Column("number", "Chỉ tiêu", WHOLE, 10))
        columns += [Column(group.code, group.name, WHOLE, 9, under="Trong đó") for group in self.groups]
        columns.append(Column("note", "Ghi chú", TEXT, 24))
        rows = [
            Row(str(pk), self._cells(at, pk, members.get(pk), one_day)) for at, pk in enumerate(self.units, 1)
        ]
        if rows:
            summed = [column.key for column in columns if column.kind == WHOLE]
            cells = {key: total(Ref(row.key, key) for row in rows) for key in summed}
            rows.append(Row(":total", {"name": "Tổng cộng", **cells}, look=TOTAL))
        return Sheet(
            "chi_tieu", "Chỉ tiêu", "Chỉ tiêu giao cho từng đơn vị", tuple(columns), rows, notes=self._notes(),
            wide=len(self.groups) > UPRIGHT, empty="Phương án chưa giao số nào.", signed=True,
        )  # fmt: skip

    def _cells(self, at, pk, members, one_day):
        structure = self.snapshot.structure
        portion = self.portions.get((pk, None))
        said = [portion.note] if portion and portion.note else []
        if members and members.day != one_day:
            said.append(f"đảng viên ngày {day(members.day)}")
        if members and members.parts:
            lacking = f", {members.missing} chưa có số" if members.missing else ""
            said.append(f"đảng viên cộng từ {members.parts} đơn vị{lacking}")
        return {
            "tt": at,
            "name": structure.name_on(structure.index[pk], self.below.day),
            "members": members and members.value,
            "number": self.number(pk),
            "note": "; ".join(said),
        } | {group.code: self.number(pk, group) for group in self.groups}

    def _notes(self):
        """How the sum stands to the committee's own target, where they differ."""
        balance = Balance(self.below.goal(), sum(self.number(pk) or 0 for pk in self.units))
        if balance.goal is None or balance.state == EVEN:
            return ()
        goal = vietnamese.number(balance.goal)
        return (f"Chỉ tiêu chung của {self.below.name}: {goal}; {balance.words}. {balance.why}",)


def _counted(plan):
    return "cử học lớp nhận thức về Đảng" if plan.counts == Plan.Counts.TRAINED else "kết nạp đảng viên"


def _period(plan):
    first, last = plan.since, plan.last_day
    if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
        return f"từ {day(first)} đến {day(last)}"
    return f"năm {first.year}" if first.year == last.year else f"giai đoạn {first.year}–{last.year}"


def _document(text):
    """ "12-QĐ/TU" with the kind that its letters say; what names its kind itself stays as typed."""
    if text and not text[0].isdigit():
        return text
    kind = (
        next((kind for letters, kind in _KINDS.items() if letters in text), "Văn bản")
        if text
        else "Quyết định"
    )
    return f"{kind} số {text or '…………'}"
