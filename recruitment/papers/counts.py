"""Counts that cannot be: asked of every paper a form speaks of, by the checks that judge it where it is recorded
(`rules.eligibility`), so that no paper says what the register would refuse."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ..rules import dossier
from ..rules.eligibility import background, voting
from ..rules.eligibility.case import Case, concluded
from ..rules.papers import FAIL, KINDS

_HEARD = {
    "present": _lazy("số người được lấy ý kiến"),
    "agree": _lazy("số đồng ý"),
    "disagree": _lazy("số không đồng ý"),
}
_CHECKS = (voting.sums, voting.of_all, background.counted, background.union_counted)


def contradictions(kind, row, book):
    """Sentences on the counts of one recorded paper."""
    fact = dossier.Paper(kind, row.on, row.number, row.issuer, row.result, row.said, row.approval)
    found = [one.said for look in _applying(kind) for one in look(Case(None, fact, book))]
    return [f"{KINDS[kind].label}: {words}" for words in found]


def _applying(kind):
    fields = KINDS[kind].fields
    if KINDS[kind].is_vote:
        return _CHECKS[:2]
    return _CHECKS[3:] if "in_favour_of" in fields else _CHECKS[2:3] if "agree" in fields else ()


def lost(kind, row, book):
    """Why no resolution comes of a vote, None where it carried: it lacked the share the rules ask for."""
    fact = dossier.Paper(kind, row.on, result=row.result, said=row.said)
    if not KINDS[kind].is_vote or concluded(fact, book.statute.on(row.on)) != FAIL:
        return None
    return _("%s: biểu quyết không đủ tỷ lệ, không ra văn bản đề nghị.") % KINDS[kind].label


def short(kind, whole, parts):
    """Sentences on a summary that counts fewer than one of those it sums up. whole: the recorded summary; parts: the records
    under it."""
    for row in parts:
        for name, words in _HEARD.items():
            one, all_ = (int(said.get(name) or 0) for said in (row.said, whole.said))
            if name in whole.said and one > all_:
                told = {"kind": KINDS[kind].label, "what": words, "all": all_, "one": one, "who": row.issuer}
                yield _("%(kind)s: %(what)s là %(all)s, ít hơn %(one)s của riêng %(who)s.") % told
