"""The only writer of structure: dated acts on committees, a package of them under one pen, judged at its end.

An act takes effect at the start of its day. Nothing that was is rewritten: a placement ends, another begins.
"""

from decimal import Decimal

from django.db.models import F

from . import journal, vietnamese
from .models import Committee, Kind, LawfulPair, Mandate, Placement, Succession
from .tree import read_structure

FOUND, RENAME, CHANGE, MOVE = "Thành lập", "Đổi tên", "Đổi loại", "Chuyển"
MERGE, SPLIT, DISSOLVE = "Sáp nhập", "Chia tách", "Giải thể"
RECEIVE, HAND_OVER = "Tiếp nhận từ ngoài", "Chuyển ra ngoài"
KINDS = {str(kind.label): kind.value for kind in Kind}


class Refused(ValueError):
    """The package is not carried out; `faults` names each row and what is wanted, in Vietnamese."""

    def __init__(self, faults):
        super().__init__("; ".join(faults))
        self.faults = faults


def found(rows, create):
    """Found committees. rows: [(code, parent code or None, Placement without committee and parent)], parents in any
    order. create(model, objects) inserts in bulk. Needs the pen held; the caller has judged the rows."""
    journal.require_pen()
    made = create(Committee, [Committee(code=code) for code, _, _ in sorted(rows, key=lambda row: row[0])])
    ids = {committee.code: committee.pk for committee in made}
    wanted = {above for _, above, _ in rows if above is not None} - ids.keys()
    ids |= dict(Committee.objects.filter(code__in=wanted).values_list("code", "pk"))
    for code, above, placement in rows:
        placement.committee_id, placement.parent_id = ids[code], ids.get(above)
        placement.search = vietnamese.fold(placement.name)
    create(Placement, [placement for _, _, placement in rows])


def apply(rows, *, by):
    """Carry out a package of acts given as rows of the workbook `reorganisations` {heading: value}.

    Acts are applied by day, then in order of row; after the last act of each day the tree must be lawful, else
    Refused, and nothing is written. by: the Account, or None for the machine's operator. One pen for the whole.
    """
    acts = [_Act(number, row) for number, row in enumerate(rows, start=2)]
    if faults := [fault for act in acts for fault in act.faults]:
        raise Refused(faults)
    with journal.pen(by, "reorganise", about=f"{len(acts)} acts") as pen:
        for day in sorted({act.day for act in acts}):
            package = _Package(day)
            for act in acts:
                if act.day == day:
                    package.carry_out(act)
            package.judge()
        pen.rows.clear()
        pen.note(acts=[act.row for act in acts])


class _Act:
    """One row of the workbook, read."""

    def __init__(self, number, row):
        self.number, self.faults = number, []
        self.row = {heading: value for heading, value in row.items() if value not in (None, "")}
        self.what, self.code = self.row.get("Việc", ""), self.row.get("Mã tổ chức", "")
        self.heir, self.above = self.row.get("Mã kế thừa"), self.row.get("Mã cấp trên mới")
        self.name, self.document = self.row.get("Tên mới"), self.row.get("Số quyết định", "")
        self.kind, self.day, self.share = None, None, Decimal(1)
        try:
            self.day = vietnamese.parse_day(self.row.get("Ngày", ""))
        except ValueError as problem:
            self.fault(str(problem))
        if "Loại" in self.row:
            self.kind = KINDS.get(self.row["Loại"]) or self.fault(
                f"Loại “{self.row['Loại']}” không có trong danh mục."
            )
        if "Tỷ lệ" in self.row:
            try:
                self.share = vietnamese.parse_decimal(self.row["Tỷ lệ"]) / 100
            except ValueError as problem:
                self.fault(str(problem))
        self._needs()

    def _needs(self):
        """Each act names what it needs."""
        wanted = {
            FOUND: ("kind", "name"),
            RECEIVE: ("kind", "name"),
            RENAME: ("name",),
            CHANGE: ("kind",),
            MOVE: ("above",),
            MERGE: ("heir",),
            SPLIT: ("heir",),
            DISSOLVE: (),
            HAND_OVER: (),
        }
        headings = {"kind": "Loại", "name": "Tên mới", "above": "Mã cấp trên mới", "heir": "Mã kế thừa"}
        if self.what not in wanted:
            self.fault(f"Việc “{self.what}” không có; cần một trong: {', '.join(wanted)}.")
            return
        for name in wanted[self.what]:
            if getattr(self, name) is None:
                self.fault(f"Việc {self.what} cần cột “{headings[name]}”.")

    def fault(self, text):
        self.faults.append(f"Dòng {self.number} ({self.code}): {text}")


class _Package:
    """The acts of one day."""

    def __init__(self, day):
        self.day, self.faults = day, []
        self.ids = dict(Committee.objects.values_list("code", "pk"))
        self.standing = {row.committee_id: row for row in Placement.objects.standing_on(day)}
        self.split = {}

    def carry_out(self, act):
        deeds = {
            FOUND: self._found,
            RECEIVE: self._found,
            RENAME: self._alter,
            CHANGE: self._alter,
            MOVE: self._alter,
            MERGE: self._end,
            SPLIT: self._split,
            DISSOLVE: self._end,
            HAND_OVER: self._hand_over,
        }
        for code in (act.heir, act.above):
            if code is not None and code not in self.ids:
                self.faults.append(f"Dòng {act.number}: không có tổ chức mang mã “{code}”.")
                return
        if act.what not in (FOUND, RECEIVE) and self.standing.get(self.ids.get(act.code)) is None:
            if act.what != SPLIT or act.code not in self.split:
                self.faults.append(f"Dòng {act.number}: tổ chức “{act.code}” không hoạt động vào ngày này.")
                return
        deeds[act.what](act)

    def _found(self, act):
        if act.code in self.ids:
            self.faults.append(f"Dòng {act.number}: mã “{act.code}” đã dùng.")
            return
        committee = Committee(code=act.code)
        committee.save()
        self.ids[act.code] = committee.pk
        self._place(
            Placement(
                committee=committee,
                name=act.name,
                kind=act.kind,
                parent_id=self.ids.get(act.above),
                since=self.day,
            )
        )

    def _place(self, placement):
        placement.save()
        self.standing[placement.committee_id] = placement

    def _alter(self, act):
        """Another name, kind or superior from this day on."""
        self._replace(
            self.standing[self.ids[act.code]],
            **({"name": act.name} if act.name else {}),
            **({"kind": act.kind} if act.kind else {}),
            **({"parent_id": self.ids[act.above]} if act.above else {}),
        )

    def _replace(self, now, **values):
        if now.since < self.day:
            old, now = now, Placement(
                committee_id=now.committee_id, name=now.name, kind=now.kind, parent_id=now.parent_id,
                organisation_type=now.organisation_type, since=self.day, until=now.until,
            )  # fmt: skip
            old.until = self.day
            old.save()
        for name, value in values.items():
            setattr(now, name, value)
        self._place(now)

    def _end(self, act):
        """It ends; its heir (the one named, else the one above) answers for it, and its children go there."""
        ending = self.standing[self.ids[act.code]]
        heir = self.ids[act.heir] if act.heir else ending.parent_id
        if heir == ending.committee_id:
            self.faults.append(f"Dòng {act.number}: tổ chức không kế thừa chính nó.")
            return
        if heir is not None:
            Succession(old_id=ending.committee_id, heir_id=heir, day=self.day, document=act.document).save()
            for child in [row for row in self.standing.values() if row.parent_id == ending.committee_id]:
                self._replace(child, parent_id=heir)
        self._close(ending)

    def _split(self, act):
        """One row an heir; the first is the principal one. Children move by rows of their own."""
        old = self.ids[act.code]
        first = act.code not in self.split
        Succession(
            old_id=old,
            heir_id=self.ids[act.heir],
            day=self.day,
            share=act.share,
            principal=first,
            document=act.document,
        ).save()
        if first:
            self.split[act.code] = act.number
            self._close(self.standing[old])

    def _hand_over(self, act):
        self._close(self.standing[self.ids[act.code]])

    def _close(self, ending):
        """The committee's last day was yesterday; mandates in it end with it."""
        if ending.since >= self.day:
            self.faults.append(f"Tổ chức {ending.committee}: thành lập và kết thúc trong cùng một ngày.")
            return
        ending.until = self.day
        ending.save()
        del self.standing[ending.committee_id]
        running = Mandate.objects.in_force_on(self.day).filter(committee_id=ending.committee_id)
        running.filter(since__lt=self.day).update(until=self.day)
        running.filter(since__gte=self.day).update(until=F("since"))

    def judge(self):
        """The tree of the day must be lawful: every superior stands, every pair of kinds is lawful, no ring."""
        pairs = set(LawfulPair.objects.values_list("parent_kind", "child_kind"))
        codes = {pk: code for code, pk in self.ids.items()}
        for row in self.standing.values():
            above = self.standing.get(row.parent_id)
            if row.parent_id is not None and above is None:
                self.faults.append(
                    f"Tổ chức {codes[row.committee_id]}: cấp trên {codes[row.parent_id]} không còn hoạt động."
                )
            elif (above.kind if above else "", row.kind) not in pairs:
                under = f"dưới {Kind(above.kind).label}" if above else "trên cùng"
                self.faults.append(
                    f"Tổ chức {codes[row.committee_id]}: {Kind(row.kind).label} không được đứng {under}."
                )
        if not self.faults:
            tree = read_structure().at(self.day)
            for row in self.standing.values():
                p = tree.of(row.committee_id)
                if (tree.id(tree.up[p]) if tree.up[p] >= 0 else None) != row.parent_id:
                    self.faults.append(f"Tổ chức {codes[row.committee_id]}: cấp trên vòng lại chính nó.")
        if self.faults:
            raise Refused(self.faults[:200])
