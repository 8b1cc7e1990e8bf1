"""Whether a paper is signed and cites as its day asks: number, position, who signs, no seal of a cell; the edition of what was
issued, and documents a text names. Over what papers say; pure."""

import re

from django.utils.translation import gettext as _

from committees.vietnamese import sort_key

from ..rules.faults import FAULTS
from .agreeing import Found
from .terms import FIELD, GROUNDS, WRITTEN

SIGNED, EDITION = 28, 27
SEAL = re.compile(r"\b(?:đóng dấu|con dấu|dấu tròn|giáp lai)\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"\b\d+-[A-ZĐ]{2,4}/[A-ZĐ]{2,6}\b")


def signed(template, said, issuer, others):
    """Found: what a paper lacks to be a paper of its body. issuer: the name of who it comes from; others: [agreeing.Other]."""
    if template.layout == "sheet":
        return
    number = next(
        (n for one in template.left for n, _way in FIELD.findall(one.text) if n.endswith("number")), ""
    )
    if said.get(number) == "":
        yield _found(
            "unnumbered", _("Văn bản chưa có số."), _("Lấy số của cơ quan ban hành, rồi ghi vào đây.")
        )
    if template.position and said.get("position") == "":
        yield _found("position", _("Chưa ghi chức vụ người ký."), _("Ghi chức vụ như trên văn bản."))
    signer = said.get(template.signer or "signer", "")
    if signer and sort_key(signer) == sort_key(said.get("person.name", "")):
        yield _found("signs_himself", _("Người ký trùng tên với người được xét."), _("Xem lại tên người ký."))
    if template.issuer.startswith("cell."):
        for name in _written(said):
            if SEAL.search(said[name]):
                words = _("%s: nói đến con dấu; chi bộ không có con dấu.") % WRITTEN[name]
                yield _found("cell_seal", words, _("Bỏ phần nói về dấu; chi bộ ký, ghi rõ họ tên."))
    yield from _two_positions(template, said, signer, issuer, others)


def _two_positions(template, said, signer, issuer, others):
    mine = said.get("position", "")
    if template.signer != "signer" or not (signer and mine and issuer):
        return
    for one in others:
        theirs = one.said.get("position", "")
        same = sort_key(one.said.get("signer", "")) == sort_key(signer) and sort_key(one.issuer) == sort_key(
            issuer
        )
        if same and theirs and sort_key(theirs) != sort_key(mine):
            words = _("%(who)s ký là “%(mine)s”, %(paper)s ghi là “%(theirs)s”.")
            told = {"who": signer, "mine": mine, "paper": one.words, "theirs": theirs}
            yield _found(
                "two_positions", words % told, _("Ghi chức vụ của người ký vào ngày của giấy."), blocks=False
            )


def _found(code, said, cure, *, blocks=True):
    return Found(code, "signing", FAULTS[SIGNED][0], said, cure, SIGNED, blocks)


def cited(said, statute, on):
    """Found: documents named in the office's own words that the rules of the day do not stand on, while other rules do."""
    known = {number for rules in statute.sets for number, _issuer, _day, _mark in rules.documents}
    holds = {number for number, _issuer, _day, _mark in statute.on(on).documents}
    for name in _written(said):
        for number in dict.fromkeys(_DOCUMENT.findall(said[name])):
            if number in known - holds:
                words = _("%(label)s: nhắc %(number)s, không phải căn cứ vào ngày của giấy.")
                told = {"label": WRITTEN[name], "number": number}
                cure = _("Ghi văn bản đang có hiệu lực vào ngày của giấy.")
                yield Found(f"cites_{name}", "forms", FAULTS[EDITION][0], words % told, cure, EDITION)


def outdated(other, edition, stands_on):
    """Found: an issued paper of another edition of its form, or on other grounds, than hold on its day. edition: the code of
    the rule set whose edition that is; stands_on: its grounds as text."""
    cure = _("Đính chính bằng giấy lập theo mẫu và căn cứ đúng.")
    if other.edition != edition:
        words = _("%s phát hành theo mẫu của bộ quy định khác với bộ có hiệu lực vào ngày ấy.") % other.words
        yield Found(f"edition_{other.form}", "forms", FAULTS[EDITION][0], words, cure, EDITION)
    if other.said.get(GROUNDS, stands_on) != stands_on:
        words = _("%(paper)s ghi căn cứ “%(theirs)s”; theo quy định vào ngày ấy là “%(right)s”.")
        told = {"paper": other.words, "theirs": other.said[GROUNDS], "right": stands_on}
        yield Found(f"grounds_{other.form}", "forms", FAULTS[EDITION][0], words % told, cure, EDITION)


def _written(said):
    return [name for name in said if name in WRITTEN and said[name]]
