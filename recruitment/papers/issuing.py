"""Issuing a paper: its bytes kept as they went out, a correction as a new paper that names the old, a withdrawal with its
reason. The only writer of `IssuedPaper` and `IssuedFile`."""

import hashlib
import io
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.vietnamese import day

from ..models import IssuedFile, IssuedPaper
from ..numbering import doubts
from ..sheets import word_apart
from ..sheets.docx import write_docx
from ..sheets.letter import write_letter
from . import case as cases
from . import faults, filling, joined, kept
from .bodies import toned
from .prepared import number_of, prepare
from .road import same_paper
from .terms import dotted

WRITERS = {IssuedFile.Form.PDF: write_letter, IssuedFile.Form.DOCX: write_docx}
_LONGEST = {"title": 200, "issuer": 160, "number": 40, "signer": 80}


class Refused(ValueError):
    """Nothing was issued. reasons: sentences that say why and what is wanted."""

    def __init__(self, *reasons):
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


def standing(candidacy):
    """{(form, subject): IssuedPaper} of what a candidacy's folder holds as issued: neither replaced nor withdrawn. One
    query."""
    rows = IssuedPaper.objects.filter(candidacy=candidacy, corrected_by=None, withdrawn_on=None)
    return {(row.form, row.subject): row for row in rows.order_by("pk")}


@dataclass(frozen=True)
class Against:
    """What stands against a paper before it is issued. faults: [papers.faults.Fault]; doubts: [numbering Doubt] about its
    number. What does not block is answered by its key."""

    faults: list
    doubts: list

    def unanswered(self, confirmed):
        """Sentences: what blocks, and what nobody answered."""
        left = faults.unanswered(self.faults, confirmed)
        return [one.said for one in left] + [one.words for one in self.doubts if one.key not in confirmed]

    def answered(self, confirmed):
        """The keys that were asked and answered, in order."""
        return sorted({one.key for one in (*self.faults, *self.doubts)} & set(confirmed))


def against(prepared, *, access=None):
    """The Against of a Prepared. access: the reader's door; without it no other person is named. Twenty-five queries."""
    snapshot, field = prepared.case.snapshot, number_of(prepared.edition.template)
    return Against(
        faults=faults.standing(
            prepared.candidacy, prepared.form, snapshot=snapshot, on=prepared.on, said=prepared.said
        ),
        doubts=doubts.doubts(
            prepared.number, issuer=prepared.issuer, committee_id=prepared.committee, on=prepared.on,
            but=prepared.candidacy, kind=field.rpartition(".")[0] or "issued", access=access,
            structure=snapshot.structure,
        ) if prepared.committee else [],
    )  # fmt: skip


def issue(prepared, *, by, confirmed=(), corrects=None, reason="", copies=1, word=b""):
    """The IssuedPaper of a `Prepared`, with its PDF and its Word as they are from now on.

    confirmed: keys of what was seen and is issued all the same (`Against`). corrects: the IssuedPaper that it stands for from
    now on; reason: what was wrong there, which the paper itself says. word: the bytes of the draft's Word as a clerk
    corrected it; then it alone is kept, and must still say whom it is about, its number and day, and what it corrects. Sent
    twice by one page, the second gives what the first made.

    Refused for a sheet, a day still to come, a fault that blocks or a doubt nobody answered, a second paper of one kind that
    corrects none, one that was replaced or withdrawn already, and data that somebody changed since it was prepared. One
    pen; about fifty queries.
    """
    if before := sent_before(by):
        return before
    reason = (reason or "").strip()
    _refuse(prepared, corrects, reason)
    there = against(prepared)
    if left := there.unanswered(confirmed):
        raise Refused(*left)
    note = replaces(corrects, reason) if corrects else ""
    if word:
        files = {IssuedFile.Form.DOCX: _corrected(prepared, word, note)}
    else:
        document = prepared.noted(note) if note else prepared.document
        files = {form: _bytes(write, document) for form, write in WRITERS.items()}
    with journal.pen(
        by, "paper-issue", about=f"recruitment.candidacy:{prepared.candidacy.pk}", committee=prepared.candidacy.cell
    ) as pen:  # fmt: skip
        if before := sent_before(by):
            return before
        _refuse_second(prepared, corrects)
        digests = {form.value: hashlib.sha256(content).hexdigest() for form, content in files.items()}
        if corrects is None and (why := joined.another(prepared, digests.get(IssuedFile.Form.PDF.value))):
            raise Refused(why)
        _refuse_changed(prepared)
        issued = IssuedPaper(
            candidacy=prepared.candidacy, form=prepared.form, edition=prepared.edition.template.edition,
            title=prepared.title, subject=prepared.subject, committee_id=prepared.committee, issuer=prepared.issuer,
            number=prepared.number, on=prepared.on, signer=prepared.signer, receivers=prepared.receivers[:300],
            copies=copies, said=prepared.said, issued_at=timezone.now(), issued_by=by, corrects=corrects, reason=reason,
        )  # fmt: skip
        issued.save()
        IssuedFile.objects.bulk_create(
            IssuedFile(issued=issued, form=form, name=_name(prepared, form), content=content, digest=digests[form])
            for form, content in files.items()
        )  # fmt: skip
        pen.note(form=prepared.form, digest=digests)
        if answered := there.answered(confirmed):
            pen.note(confirmed=answered)
    return issued


def withdraw(issued, *, on, why, by):
    """The paper was issued by mistake: from the day `on` nothing stands for it, in every dossier it lies in. Its bytes stay.
    Refused without a reason, on a day before its own or still to come, and for one that was replaced or withdrawn already.
    One pen; six queries, two a dossier."""
    why = (why or "").strip()
    if not why:
        raise Refused(_("Ghi lý do thu hồi."))
    if not issued.on <= on <= vietnamese.today():
        raise Refused(_("Ngày thu hồi phải từ ngày của văn bản (%s) đến hôm nay.") % day(issued.on))
    with journal.pen(
        by, "paper-withdraw", about=f"recruitment.candidacy:{issued.candidacy_id}", committee=issued.candidacy.cell
    ) as pen:  # fmt: skip
        fresh = IssuedPaper.objects.get(pk=issued.pk)
        _refuse_ended(fresh)
        for copy in [fresh, *(row for row in joined.standing(fresh) if row.pk != fresh.pk)]:
            copy.withdrawn_on, copy.withdrawn_why = on, why[:300]
            copy.save()
        pen.note(form=fresh.form, reason=why[:300])
    return fresh


def replaces(old, reason):
    """The sentence by which a correction names what it stands for: number, day, and what was wrong."""
    title = toned(old.title, last=settings.TONE_ON_LAST)
    told = {"title": title, "number": old.number, "on": day(old.on), "reason": reason.rstrip(". ")}
    if old.number:
        return (
            _("Văn bản này thay thế %(title)s số %(number)s, ngày %(on)s; nội dung đính chính: %(reason)s.")
            % told
        )
    return _("Văn bản này thay thế %(title)s, ngày %(on)s; nội dung đính chính: %(reason)s.") % told


def _corrected(prepared, word, note):
    """The bytes kept of a Word file somebody corrected, with the note. Refused where it is none that is taken, or no longer
    says what the paper is (`kept.lost`)."""
    try:
        taken = word_apart.taken(word, note)
    except word_apart.WordError as wrong:
        raise Refused(str(wrong)) from None
    if lost := kept.lost(prepared, taken.text):
        raise Refused(
            _("Tệp Word không còn ghi %s. Giữ nguyên những điều này, chỉ sửa lời văn.") % "; ".join(lost)
        )
    return taken.content


def _bytes(write, document):
    file = io.BytesIO()
    write(file, document)
    return file.getvalue()


def _name(prepared, form):
    """Plain letters, digits and dashes, without the person's name: safe in a header and on any disk."""
    words = vietnamese.fold(f"{prepared.form} {prepared.number} {prepared.on.isoformat()}")
    return f"{re.sub('[^a-z0-9]+', '-', words).strip('-')}.{form.value}"


def _refuse(prepared, corrects, reason):
    if not prepared.issues:
        raise Refused(_("%s là phiếu để chép hoặc để đọc: in ra dùng, không phát hành.") % prepared.title)
    if prepared.on > vietnamese.today():
        raise Refused(_("Ngày của văn bản, %s, chưa đến. Phát hành từ ngày đó.") % day(prepared.on))
    for name, most in _LONGEST.items():
        if len(getattr(prepared, name)) > most:
            raise Refused(_("“%(text)s…” dài quá %(most)s chữ. Ghi gọn lại.")
                          % {"text": getattr(prepared, name)[:40], "most": most})  # fmt: skip
    if corrects is None:
        return
    if not reason:
        raise Refused(_("Ghi nội dung đính chính: bản trước sai ở đâu. Câu này được in trong văn bản."))
    if dotted(reason):
        raise Refused(_("Nội dung đính chính còn dấu chấm chờ điền. Viết thành lời."))
    if len(reason) > 300:
        raise Refused(_("Nội dung đính chính dài quá 300 chữ. Ghi gọn lại."))
    same = (corrects.candidacy_id, corrects.form, corrects.subject)
    if same != (prepared.candidacy.pk, prepared.form, prepared.subject):
        raise Refused(_("Chỉ đính chính được một văn bản cùng mẫu của chính hồ sơ này."))
    if corrects.form in joined.FORMS and len(joined.standing(corrects)) > 1:
        raise Refused(
            _(
                "Văn bản chung của nhiều hồ sơ: thu hồi bản cũ, rồi phát hành lại cho mọi người ở “Phát hành nhiều văn bản”."
            )
        )


def _refuse_second(prepared, corrects):
    """Under the pen: one paper stands for each copy of a form and for all forms of one paper (`road.same_paper`), and a
    correction follows the one that stands."""
    if corrects is not None:
        _refuse_ended(IssuedPaper.objects.get(pk=corrects.pk))
        return
    there = standing(prepared.candidacy)
    if row := there.get((prepared.form, prepared.subject)):
        words = _("%(title)s đã phát hành%(number)s, ngày %(on)s. Muốn sửa thì phát hành bản đính chính.")
        raise Refused(words % _called(row))
    for (form, _subject), row in there.items():
        if form in same_paper(prepared.form):
            raise Refused(stands_instead(row))


def stands_instead(row):
    """The sentence that refuses a form while another form of the same paper (`road.same_paper`) stands."""
    words = _(
        "Hồ sơ đã có %(title)s phát hành%(number)s, ngày %(on)s, là cùng một văn bản. Thu hồi bản ấy trước."
    )
    return words % _called(row)


def _called(row):
    return {"title": row.title, "number": row.number and _(" số %s") % row.number, "on": day(row.on)}


def _refuse_ended(issued):
    if issued.withdrawn_on is not None:
        raise Refused(_("Văn bản này đã được thu hồi ngày %s.") % day(issued.withdrawn_on))
    if IssuedPaper.objects.filter(corrects=issued).exists():
        raise Refused(_("Văn bản này đã được thay bằng một bản đính chính."))


def _refuse_changed(prepared):
    """Under the pen: what it says is what stands now, whoever wrote meanwhile."""
    try:
        now = prepare(
            cases.candidacy(prepared.candidacy.pk), prepared.form, snapshot=prepared.case.snapshot,
            subject=prepared.subject, given=prepared.case.given, today=prepared.case.today,
        )  # fmt: skip
    except filling.Refused:
        now = None
    if now is None or now.said != prepared.said:
        raise Refused(_("Hồ sơ vừa được người khác sửa. Mở lại trang, xem lại bản thảo rồi phát hành."))


def sent_before(by):
    """What this very sending issued already; None."""
    entry = journal.sent_before(by) if by is not None else None
    return IssuedPaper.objects.filter(stamp=entry.number).first() if entry else None
