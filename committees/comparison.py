"""Two trees side by side, only where they differ: before a reorganisation and after it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import vietnamese
from .access import TREE
from .models import Kind

# So many that go the same way are told one by one; more in one line that names the first.
SINGLY, NAMED = 5, 6
NEW, GONE, OTHER, SAME = "plus", "cross", "ne", ""


@dataclass(frozen=True)
class Line:
    """One committee in one of the trees, or several that go the same way (`names`, of which `rest` more are not named).
    sign: an icon, "" for one that is there for the path alone; words: what happens to it."""

    depth: int
    name: str
    code: str = ""
    kind: str = ""
    sign: str = SAME
    words: str = ""
    names: list = field(default_factory=list)
    rest: int = 0


@dataclass(frozen=True)
class Counts:
    """How many committees a reorganisation founds, ends, moves, renames or changes the kind of."""

    fresh: int
    ended: int
    moved: int
    renamed: int
    changed: int

    @property
    def words(self):
        told = [
            (self.fresh, _("%s tổ chức mới")), (self.ended, _("%s tổ chức kết thúc")),
            (self.moved, _("%s tổ chức đổi cấp trên")), (self.renamed, _("%s tổ chức đổi tên")),
            (self.changed, _("%s tổ chức đổi loại")),
        ]  # fmt: skip
        return ", ".join(words % vietnamese.number(n) for n, words in told if n) or _(
            "không tổ chức nào thay đổi"
        )


class Sides:
    """Compares two Structures, each on a day of its own, as far as a reorganisation changed it: `own` are the codes of its
    committees, whatever else befell others that day. access: names of superiors out of its reach are left out. Committees
    are told by code, which is theirs for ever."""

    def __init__(self, access, before, after, own):
        """before, after: (Structure, day)."""
        self.access = access
        self.was, self.will = _Side(*before), _Side(*after)
        codes = own & (self.was.at.keys() | self.will.at.keys())
        self.said = {code: said for code in codes if (said := self._told(code))}

    @property
    def changed(self):
        return self.said.keys()

    def _told(self, code):
        """(icon, words before, words after) of a committee that changes; None of one that does not."""
        old, new = self.was.at.get(code), self.will.at.get(code)
        if old is None:
            return NEW, "", self._born(code)
        if new is None:
            heir = self.will.answering(code)
            told = _("kết thúc, không có tổ chức kế thừa")
            if heir:
                told = _("kết thúc; kế thừa: %s") % self._named(self.will, heir)
            return GONE, told, ""
        before, after = [], []
        if old.above != new.above:
            before.append(_("chuyển về %s") % self._named(self.will, new.above))
            after.append(_("chuyển đến từ %s") % self._named(self.was, old.above))
        if old.place.name != new.place.name:
            before.append(_("đổi tên"))
            after.append(_("tên cũ: %s") % old.place.name)
        if old.place.kind != new.place.kind:
            before.append(_("đổi loại"))
            after.append(_("loại cũ: %s") % Kind(old.place.kind).label)
        return (OTHER, "; ".join(before), "; ".join(after)) if before else None

    def _named(self, side, code):
        """A committee in words; one out of reach stays unnamed."""
        if not code:
            return _("không cấp nào")
        i = self.access.structure.by_code.get(code)
        if i is not None and not self.access.may(TREE, self.access.structure.ids[i]):
            return _("cấp trên")
        return side.named(code)

    def _born(self, code):
        return _("lập lại") if code in self.was.structure.by_code and self.was.known(code) else _("mới")

    @property
    def counts(self):
        was, will = self.was.at, self.will.at
        both = [code for code in self.changed if code in was and code in will]
        return Counts(
            sum(code not in was for code in self.changed),
            sum(code not in will for code in self.changed),
            sum(was[code].above != will[code].above for code in both),
            sum(was[code].place.name != will[code].place.name for code in both),
            sum(was[code].place.kind != will[code].place.kind for code in both),
        )

    @property
    def before(self):
        return self._lines(self.was, 1)

    @property
    def after(self):
        return self._lines(self.will, 2)

    def _lines(self, side, which):
        """The changed committees of a side with those above them, in the order of its tree."""
        tree, shown = side.tree, set()
        for code in self.changed & side.at.keys():
            p = side.at[code].position
            while p >= 0 and p not in shown:
                shown.add(p)
                p = int(tree.up[p])
        lines, top, following = [], {}, {}
        for p in sorted(shown):
            above, code = int(tree.up[p]), tree.code(p)
            said = self.said.get(code)
            if said is None and not self.access.may(TREE, tree.id(p)):
                continue  # above what the account reaches
            depth = top[p] = top[above] + 1 if above in top else 0
            leaf = p + 1 not in shown or int(tree.up[p + 1]) != p
            if said and leaf and said[0] == OTHER:
                following.setdefault((above, said[which]), []).append((p, depth))
            icon, words = (said[0], said[which]) if said else (SAME, "")
            lines.append((p, Line(depth, tree.name(p), code, Kind(tree.kind(p)).label, icon, words)))
        return _gathered(lines, following)


def _gathered(lines, following):
    """The lines, more than SINGLY of which go the same way in the stead of the first of them."""
    gathered, left_out = {}, set()
    for (_above, words), some in following.items():
        if len(some) > SINGLY:
            gathered[some[0][0]] = [p for p, _depth in some], words
            left_out.update(p for p, _depth in some[1:])
    names, found = dict(lines), []
    for p, line in lines:
        if p in left_out:
            continue
        if p not in gathered:
            found.append(line)
            continue
        many, words = gathered[p]
        told = ngettext("%s tổ chức", "%s tổ chức", len(many)) % vietnamese.number(len(many))
        named = [f"{names[q].name} ({names[q].code})" for q in many[:NAMED]]
        found.append(Line(line.depth, told, "", "", OTHER, words, named, len(many) - len(named)))
    return found


@dataclass(frozen=True)
class _Stand:
    position: int
    place: object
    above: str  # the code of the one above it, "" at the top


class _Side:
    """One tree by codes."""

    def __init__(self, structure, day):
        self.structure, self.day = structure, day
        self.tree = tree = structure.at(day)
        self.at = {
            tree.code(p): _Stand(p, tree.place[p], tree.code(up) if up >= 0 else "")
            for p, up in enumerate(tree.up.tolist())
        }

    def known(self, code):
        """Whether it had been founded by the day."""
        return self.structure.last_place(self.structure.by_code[code], self.day.toordinal()) is not None

    def answering(self, code):
        """The code of who answers for it on the day, "" where nobody does."""
        p = int(self.tree.position[self.structure.by_code[code]])
        return self.tree.code(p) if p >= 0 else ""

    def named(self, code):
        """ "Đảng bộ xã B (X2)"."""
        i = self.structure.by_code[code]
        return f"{self.structure.name_on(i, self.day)} ({code})"
