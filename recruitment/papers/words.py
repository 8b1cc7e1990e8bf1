"""What an office writes on the papers of a candidacy: read as one, kept where it belongs (`models.Wording`)."""

from dataclasses import dataclass

from committees import journal

from ..models import Wording
from ..rules.papers import KINDS, PROBATION
from .procedure import AT
from .terms import WRITTEN

# Said of the person or the cell, the same on every paper; the rest is of one form, or of one copy of it.
SHARED = frozenset({
    "background", "awareness", "strengths", "weaknesses", "ability", "relations", "residence", "birthplace", "work",
    "chair_title", "phone", "director", "oath", "coappraisers",
})  # fmt: skip
# What is thought of the person. A form of another hand than the cell's (who introduces, the unions, the place of work or of
# residence, the base, who appraises) keeps its own: typed there, it is not what the cell resolved.
_JUDGED = frozenset({"background", "awareness", "strengths", "weaknesses", "ability", "relations"})
_OTHER_HANDS = {"3-KNĐ", "4-KNĐ", "4A-KNĐ", "5B-KNĐ", "5C-KNĐ", "8-KNĐ", "phieu-tham-dinh", "11-KNĐ"}
LONG = frozenset({
    "background", "awareness", "strengths", "weaknesses", "ability", "relations", "reason_absent", "proposal", "invited",
    "spoken", "oath", "coappraisers",
})  # fmt: skip
DAYS = frozenset({"day", "introducer_since"})
MOST = {
    "number": 40,
    "signer": 80,
    "position": 120,
    "place": 80,
    "chair": 80,
    "secretary": 80,
    "appraiser": 80,
}
LONGEST = 2000


class Overtaken(Exception):
    """Somebody wrote the same words meanwhile. fresh: the Words that stand now."""

    def __init__(self, fresh):
        super().__init__()
        self.fresh = fresh


@dataclass(frozen=True)
class Words:
    """said: {field: text} that hold for a copy of a form. stamp: the entry that last wrote any of them, 0 for none."""

    said: dict
    stamp: int


def words(candidacy, form, subject=""):
    """The Words of a copy of a form. No query where the wordings were prefetched (`case.candidacy`), else one."""
    return _words(list(candidacy.wordings.all()), form, subject)


def _words(rows, form, subject):
    layers = _layers(form, subject)
    found = sorted((row for row in rows if row.form in layers), key=lambda row: layers.index(row.form))
    said = {}
    for row in found:
        said |= {name: text for name, text in row.said.items() if name in WRITTEN}
    return Words(said, max((row.stamp for row in found), default=0))


def _layers(form, subject):
    """The rows that are read for a copy of a form, each going before the one before it."""
    return list(dict.fromkeys(["", form, f"{form} {subject}".strip()]))


def write(candidacy, form, subject, said, *, by, stamp):
    """Keep {field: text} for a copy of a form, "" for what is left out: what holds for all its papers in one row, the rest,
    and what another hand or the time of probation says of them, in that copy's own. Returns whether anything was changed. Overtaken where somebody wrote any of it after entry `stamp`.
    One pen, only where something changed; six queries at most."""
    before = words(candidacy, form, subject)
    if all(before.said.get(name, "") == text for name, text in said.items()):
        return False
    with journal.pen(
        by, "paper-words", about=f"recruitment.candidacy:{candidacy.pk}", committee=candidacy.cell
    ):
        rows = list(Wording.objects.filter(candidacy=candidacy))
        now = _words(rows, form, subject)
        if now.stamp != stamp:
            raise Overtaken(now)
        _keep(candidacy, {row.form: row for row in rows}, form, subject, now, said)
    return True


def _keep(candidacy, rows, form, subject, now, said):
    own = _layers(form, subject)[-1]
    touched = set()
    for name, text in said.items():
        if now.said.get(name, "") == text:
            continue
        apart = any(name in rows[layer].said for layer in {form, own} if layer in rows)
        layer = "" if _shared(form, name) and not apart else own
        row = rows.setdefault(layer, Wording(candidacy=candidacy, form=layer))
        row.said = {**row.said, name: text}
        touched.add(layer)
    for layer in sorted(touched):
        rows[layer].save()


def _shared(form, name):
    """Whether what is typed on the form holds for every paper: not a year later, when papers of the road went out long ago."""
    if form in AT and KINDS[AT[form]].phase == PROBATION or form in _OTHER_HANDS and name in _JUDGED:
        return False
    return name in SHARED
