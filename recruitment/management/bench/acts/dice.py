"""Packages of acts as somebody might write them: lawful most of the time, for else no walk would come far, and now and then
whatever comes."""

from datetime import timedelta

from committees.acts import CHANGE, DISSOLVE, FOUND, HAND_OVER, MERGE, MOVE, RECEIVE, RENAME, SPLIT
from committees.models import Kind

from .world import CELLS, PAIRS

_KINDS = sorted({below for _above, below in PAIRS})
# Days from the latest act on; some are written late, of a day before it.
_JUMPS = (0, 0, 1, 1, 2, 7, 31, 90)
_LATE = (-1, -1, -2, -7, -31, -90)
_WHOLE = ("60%;40%", "50%;30%;20%", "33,3333%;66,6667%", ";", ";;", "100%", "70%;40%", "50%;")


class Dice:
    """Rows of the workbook `reorganisations` for a register as it stands. dice: a random.Random."""

    def __init__(self, world, dice):
        self.dice, self.register = dice, world.register()
        self.day = world.today + timedelta(days=dice.choice(_JUMPS if dice.random() < 0.85 else _LATE))
        self.standing = self.register.standing(self.day)
        self.gone = sorted(self.register.ids.keys() - self.standing.keys())
        self.below, self.rows, self._fresh = {}, [], len(self.register.ids)
        for code, row in self.standing.items():
            self.below.setdefault(row.parent, []).append(code)

    def package(self):
        """Its rows, in the order in which they are written."""
        recipes = (
            self._found, self._rename, self._change, self._move, self._move, self._merge, self._merge, self._merge_many,
            self._split, self._split, self._dissolve, self._abolish, self._receive, self._hand_over, self._late_heir,
            self._anything,
        )  # fmt: skip
        for _ in range(self.dice.choice((1, 1, 1, 2, 2, 3, 5))):
            self.dice.choice(recipes)()
        return self.rows

    def _write(self, what, code, **said):
        headings = {
            "kind": "Loại", "name": "Tên mới", "above": "Mã cấp trên mới", "heir": "Mã kế thừa", "share": "Tỷ lệ",
        }  # fmt: skip
        row = {
            "Ngày": self.day,
            "Việc": what,
            "Mã tổ chức": code,
            "Số quyết định": f"{len(self.rows) + 1}-QĐ",
        }
        self.rows.append(row | {headings[name]: value for name, value in said.items() if value})

    def _one(self, *kinds):
        """A committee that stands, of these kinds where there is one."""
        codes = [code for code, row in self.standing.items() if not kinds or row.kind in kinds]
        return self.dice.choice(codes or list(self.standing))

    def _alike(self, code):
        """Another of its kind, mostly."""
        others = [c for c, row in self.standing.items() if row.kind == self.standing[code].kind and c != code]
        return self.dice.choice(others) if others and self.dice.random() < 0.93 else self._one()

    def _above(self, kind):
        """One under which that kind may stand; None for the top."""
        able = [code for code, row in self.standing.items() if (row.kind, kind) in PAIRS]
        if kind == "province" or not able:
            return None
        return self.dice.choice(able) if self.dice.random() < 0.95 else self._one()

    def _new(self, kind, above, what=FOUND):
        self._fresh += 1
        code = f"N{self._fresh}"
        self._write(what, code, kind=str(Kind(kind).label), name=f"Tên {code}", above=above)
        return code

    def _found(self):
        kind = self.dice.choice(_KINDS)
        self._new(kind, self._above(kind))

    def _rename(self):
        self._write(RENAME, self._one(), name=f"Tên khác {self.dice.randrange(100)}")

    def _change(self):
        code = self._one("grassroots_cell", "cell", "grassroots_party")
        kind = self.dice.choice(_KINDS)
        self._write(CHANGE, code, kind=str(Kind(kind).label))
        if self.dice.random() < 0.8 and (above := self._above(kind)) is not None:
            self._write(MOVE, code, above=above)

    def _move(self):
        code = self._one("upper", "grassroots_party", "grassroots_cell", "section", "cell")
        self._write(MOVE, code, above=self._above(self.standing[code].kind) or self._one())

    def _merge(self):
        code = self._one()
        self._write(MERGE, code, heir=self._alike(code))

    def _merge_many(self):
        """Several into one, that is there or is founded."""
        first = self._one()
        kind = self.standing[first].kind
        heir = self._new(kind, self._above(kind)) if self.dice.random() < 0.5 else self._alike(first)
        for code in dict.fromkeys([first, self._alike(first), self._alike(first)]):
            if code != heir:
                self._write(MERGE, code, heir=heir)

    def _split(self):
        code = self._one("upper", "grassroots_party", "section", "cell", "province", "grassroots_cell")
        row, shares = self.standing[code], self.dice.choice(_WHOLE).split(";")
        heirs = [
            self._new(row.kind, row.parent) if self.dice.random() < 0.6 else self._alike(code) for _ in shares
        ]
        for heir, share in zip(heirs, shares, strict=True):
            self._write(SPLIT, code, heir=heir, share=share)
        for child in self.below.get(code, ()):
            if self.dice.random() < 0.97:
                self._write(MOVE, child, above=self.dice.choice(heirs))

    def _dissolve(self):
        code = self._one(*CELLS) if self.dice.random() < 0.6 else self._one()
        self._write(DISSOLVE, code, heir=self._alike(code) if self.dice.random() < 0.3 else None)

    def _abolish(self):
        """A whole level under one committee ends: districts under their province, sections under their party."""
        above = self._one("province", "grassroots_party")
        kind = {"province": "upper"}.get(self.standing[above].kind, "section")
        for code in self.below.get(above, ()):
            if self.standing[code].kind == kind:
                for child in self.below.get(code, ()):
                    if self.standing[child].kind == "cell" and kind == "upper":
                        self._write(MOVE, child, above=self._above("cell"))
                self._write(DISSOLVE, code)

    def _receive(self):
        if self.gone and self.dice.random() < 0.6:
            self._write(
                RECEIVE, self.dice.choice(self.gone), kind=str(Kind.CELL.label), name="Về lại",
                above=self._above("cell"),
            )  # fmt: skip
        else:
            self._new("cell", self._above("cell"), RECEIVE)

    def _hand_over(self):
        """With all below it, mostly: nobody may be left without a superior."""
        code = self._one(*CELLS) if self.dice.random() < 0.6 else self._one()
        codes = [code]
        if self.dice.random() < 0.9:
            for known in codes:
                codes += self.below.get(known, ())
        for known in codes:
            self._write(HAND_OVER, known)

    def _late_heir(self):
        """A later act names who answers for one that ended without."""
        if self.gone:
            self._write(MERGE, self.dice.choice(self.gone), heir=self._one())

    def _anything(self):
        codes = [*self.register.ids, "KHÔNG CÓ", f"N{self._fresh + 9}"]
        self._write(
            self.dice.choice((FOUND, RENAME, CHANGE, MOVE, MERGE, SPLIT, DISSOLVE, RECEIVE, HAND_OVER)),
            self.dice.choice(codes), heir=self.dice.choice(codes), above=self.dice.choice(codes), name="Tên bất kỳ",
            kind=str(Kind(self.dice.choice(_KINDS)).label), share=self.dice.choice(("", "50%", "0", "100")),
        )  # fmt: skip
        self.day += timedelta(days=self.dice.choice((0, 0, 1, 30)))
