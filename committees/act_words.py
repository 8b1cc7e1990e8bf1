"""One act of a package as a line that people read: what, with whom, and what becomes of it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import vietnamese
from .acts import CHANGE, DISSOLVE, FOUND, HAND_OVER, MERGE, MOVE, RECEIVE, RENAME, SPLIT

# Short names of the acts, for addresses.
SLUGS = {
    "found": FOUND, "rename": RENAME, "change": CHANGE, "move": MOVE, "merge": MERGE, "split": SPLIT,
    "dissolve": DISSOLVE, "receive": RECEIVE, "hand-over": HAND_OVER,
}  # fmt: skip
SLUG_OF = {what: slug for slug, what in SLUGS.items()}
_WORDS = {vietnamese.fold(what): what for what in SLUG_OF}


def act_of(row):
    """Which act a row is, by the word we write it with: a workbook may write it otherwise."""
    written = str(row.get("Việc", ""))
    return _WORDS.get(vietnamese.fold(written), written)


@dataclass(frozen=True)
class ActLine:
    """An act in a list. number counts from 1; faults: what the dry run has against it."""

    number: int
    what: str
    code: str
    name: str
    rest: str
    details: list
    slug: str
    faults: list = field(default_factory=list)

    @property
    def title(self):
        """In one piece: "Sáp nhập Đảng bộ xã A (X1) vào Đảng bộ xã B (X2)"."""
        return " ".join(filter(None, [f"{self.what} {self.name} ({self.code})", self.rest]))


class Names:
    """What committees are called in a package: those it founds by its own rows, the others as on a day."""

    def __init__(self, structure, day, rows):
        self.structure, self.day = structure, day
        self.fresh = {
            str(row["Mã tổ chức"]): str(row.get("Tên mới", ""))
            for row in rows
            if act_of(row) in (FOUND, RECEIVE) and row.get("Mã tổ chức")
        }

    def __getitem__(self, code):
        i = self.structure.by_code.get(code)
        if i is not None:
            return self.structure.name_on(i, self.day)
        return self.fresh.get(code) or code

    def of(self, code):
        """ "Đảng bộ xã B (X2)"."""
        name = self[code]
        return name if name == code else f"{name} ({code})"


def line(number, row, names, faults=()):
    """The ActLine of a row. number counts from 1."""
    code, what = str(row.get("Mã tổ chức", "")), act_of(row)
    return ActLine(
        number, what, code, names[code], _rest(what, row, names), _details(row), SLUG_OF.get(what, ""),
        list(faults),
    )  # fmt: skip


def _rest(what, row, names):
    kind, name = row.get("Loại", ""), row.get("Tên mới", "")
    heir, above = row.get("Mã kế thừa", ""), row.get("Mã cấp trên mới", "")
    told = {
        "kind": kind, "name": name, "share": _share(row.get("Tỷ lệ", "")), "heir": heir and names.of(heir),
        "above": names.of(above) if above else _("không cấp nào"),
    }  # fmt: skip
    said = {
        FOUND: _("là %(kind)s, thuộc %(above)s"),
        RECEIVE: _("là %(kind)s, thuộc %(above)s"),
        RENAME: _("thành %(name)s"),
        CHANGE: _("thành %(kind)s, tên là %(name)s") if name else _("thành %(kind)s"),
        MOVE: _("về %(above)s"),
        MERGE: _("vào %(heir)s"),
        SPLIT: _("cho %(heir)s, phần %(share)s") if told["share"] else _("cho %(heir)s"),
        DISSOLVE: _("%(heir)s kế thừa") if heir else _("cấp trên kế thừa"),
    }
    return said.get(what, "") % told


def _details(row):
    """What else the row names: members, dossiers, settlements, who takes over."""
    found = []
    if "Số đảng viên" in row:
        members = _number(row["Số đảng viên"])
        if "Dự bị" in row:
            told = {"n": members, "p": _number(row["Dự bị"])}
            found.append(_("%(n)s đảng viên, trong đó %(p)s dự bị") % told)
        else:
            found.append(_("%s đảng viên") % members)
    for heading, words in (("Hồ sơ", _("%s hồ sơ")), ("Thôn", _("%s thôn, tổ dân phố"))):
        if listed := listed_in(row, heading):
            found.append(words % vietnamese.number(len(listed)))
    if who := listed_in(row, "Người tiếp quản"):
        found.append(ngettext("người tiếp quản: %s", "người tiếp quản: %s", len(who)) % ", ".join(who))
    return found


def _number(value):
    """As written; what is no number stands as it is."""
    try:
        return vietnamese.number(vietnamese.parse_number(value))
    except ValueError:
        return str(value)


def _share(value):
    """60%, 60 and 0,6 as "60 %"."""
    try:
        share = vietnamese.parse_decimal(value)
    except ValueError:
        return str(value)
    if share <= 1 and "%" not in str(value):
        share *= 100
    return vietnamese.percent_text(share).replace(",00", "")


def listed_in(row, heading):
    """The values of a cell that lists several: "a; b" gives ["a", "b"]."""
    return [part.strip() for part in str(row.get(heading, "")).split(";") if part.strip()]
