"""Every way out: withdrawn, removed, not passed, struck off, died, moved. What was decided stays counted."""

from django.utils.translation import gettext as _

from committees.editing import unchanged
from committees.vietnamese import day as written

from ...models import Admission, Candidacy, Letter, Paper, Relative, Review, Scan, ScanFile, Stage
from ...rules import papers as kinds
from ...rules.papers import KINDS, RECEIVED
from .. import admitting, followed
from .base import Refused, change_row, deed_on, last_step, rank, seen
from .judging import against, fact_of, order, refuse, unaltered
from .papers import keep
from .settling import settle
from .stages import enter_many

# Ways out of a candidacy by where it stands: of one who was decided, of a probationary member, of everybody else.
_DECIDED = {"died", "moved", "stopped"}
_PROBATION = {"struck_off", "died", "moved"}
_BEFORE = {"withdrawn", "removed", "not_passed", "died", "moved", "stopped"}
# What goes with a candidate who moves before a decision: the cell of arrival votes itself.
_CARRIED = {kinds.SOURCE, kinds.DOSSIER}
_VOTED_ANEW = {"recognition_vote", "section_recognition", "base_recognition", "recognition_submission"}


def ways_out(stage):
    """The codes of the ways out that are open at a stage; none once recognised or closed."""
    if stage in {Stage.CLOSED, Stage.OFFICIAL}:
        return set()
    return {Stage.DECIDED: _DECIDED, Stage.PROBATION: _PROBATION}.get(stage, _BEFORE)


def leave(candidacy, kind, *, on, reason="", number="", issuer="", snapshot, by, stamp=None):
    """The candidacy ends by one of the ways out (a code of `rules.papers.KINDS` of the phase "out", but "moved", which
    is `move_away`'s). Returns the Paper that says so.

    A decision that was made stays counted; its admission says when and how the probation ended. Raises Forbidden where
    the way is not open or the day lies before a step, Refused without a reason (but for a death), Overtaken. One pen."""
    if kind == "moved" or not KINDS[kind].ends:
        raise ValueError(f"{kind} is no way out of its own.")
    if kind != "died" and not reason.strip():
        raise Refused(_("Ghi lý do dừng hồ sơ."), field="reason")
    said = {"reason": reason.strip()} if "reason" in KINDS[kind].fields else {}
    fact = fact_of(kind, on=on, number=number, issuer=issuer, said=said, snapshot=snapshot)
    with deed_on(candidacy, "candidacy-close", by, reason=reason, kind=kind):
        fresh = unchanged(candidacy, stamp)
        paper = _end(fresh, fact, snapshot)
        _left(fresh, kind, on)
        settle(fresh)
    seen(candidacy, fresh)
    return paper


def move_away(candidacy, *, on, to_cell=None, to="", reason="", number="", snapshot, by, stamp=None):
    """The candidate moved on a day: to `to_cell` (a cell of the register, which goes on with the dossier), or to a place
    `to` beyond it. number: of the paper that goes along (that the person is being considered, or the introduction of
    a probationary member). Returns the Candidacy that goes on there, None where it lies beyond.

    Before a decision the papers of the dossier go along, not the votes: the cell of arrival considers anew. With a
    decision whose ceremony was not held that cell receives and holds it, and in probation it considers recognition; the
    admission stays counted where it was (domain.md §1.8, invariant 1). Raises Forbidden, Refused without a place or where
    that cell follows the person already, Overtaken. One pen; about thirty queries."""
    if (to_cell is None) == (not to.strip()):
        raise Refused(_("Ghi một nơi đến: chi bộ trong sổ, hoặc tên nơi khác."), field="to")
    with deed_on(candidacy, "candidacy-transfer", by, on=on):
        fresh = unchanged(candidacy, stamp)
        place = to.strip()
        if to_cell is not None:
            place = _arrives_at(fresh, to_cell, on, admitting.structure_now(snapshot))
        told = {"to": place, "reason": reason.strip()}
        fact = fact_of("moved", on=on, number=number, said=told, snapshot=snapshot)
        stage = fresh.stage
        _end(fresh, fact, snapshot)
        for mentorship in fresh.mentorships.filter(until=None):
            change_row(mentorship, until=max(on, mentorship.since))
        onward = None
        if to_cell is None:
            _left(fresh, "moved", on)
        else:
            onward = _go_on(fresh, to_cell, on, stage)
        settle(fresh)
        if onward is not None:
            settle(onward)
    seen(candidacy, fresh)
    return onward


def _end(candidacy, fact, snapshot):
    """Judge a way out and store it."""
    unaltered(snapshot)
    found, last = against(candidacy, fact, snapshot), last_step(candidacy).on
    if not found and fact.kind not in ways_out(candidacy.stage):
        words = _("Hồ sơ đang ở bước “%(stage)s”, không kết thúc bằng “%(way)s”.") % {
            "stage": Stage(candidacy.stage).label, "way": KINDS[fact.kind].label,
        }  # fmt: skip
        found.append(order(snapshot.statute.on(fact.on), "way", words, _("Chọn cách kết thúc khác."), fact))
    if not found and fact.on < last:
        words = _("Ngày %(on)s trước bước gần nhất (%(last)s).") % {
            "on": written(fact.on),
            "last": written(last),
        }
        found.append(
            order(snapshot.statute.on(fact.on), "before_last", words, _("Xem lại một trong hai ngày."), fact)
        )
    refuse(found)
    return keep(candidacy, fact, snapshot)


def _left(candidacy, kind, on):
    """The admission of a candidacy that ended without recognition says so; it stays counted."""
    for admission in Admission.objects.filter(candidacy=candidacy, cancelled_on=None):
        change_row(admission, left_on=on, left_as=kind)


def _arrives_at(candidacy, cell, on, structure):
    """What the cell was called that day. Refused where it is the one that follows the candidacy, where it did not stand
    then, or follows the person already."""
    if cell.pk in {candidacy.cell_id, followed.cell_on(structure, candidacy, on)}:
        raise Refused(_("Đây là chi bộ hiện nay. Chọn chi bộ nơi đến."), field="to_cell")
    if words := followed.no_cell(structure, cell.pk, on):
        raise Refused(words, field="to_cell")
    cells = followed.together(structure, cell.pk, on)
    there = Candidacy.objects.filter(person_id=candidacy.person_id, cell_id__in=cells)
    if there.filter(stage__in=Stage.open()).exists() or there.filter(entered_on=on).exists():
        raise Refused(_("Chi bộ ấy đã theo dõi người này."), field="to_cell")
    return structure.name_on(structure.index[cell.pk], on)


def _go_on(candidacy, cell, on, stage):
    """The candidacy that the cell of arrival goes on with, from that day: its dossier, and the admission if decided."""
    onward = Candidacy(person_id=candidacy.person_id, cell=cell, entered_on=on, origin=candidacy)
    enter_many([(onward, [(Stage.SOURCE, on)])], create=_each)
    decided = rank(stage) >= rank(Stage.DECIDED)
    copies = {}
    for paper in candidacy.papers.order_by("on", "pk"):
        phase = KINDS[paper.kind].phase
        if (paper.kind not in _VOTED_ANEW and phase != kinds.OUT) if decided else phase in _CARRIED:
            copies[paper.pk] = _copy(paper, onward, Paper)
    _carry_background(candidacy, onward)
    _carry_scans(candidacy, onward, copies)
    for admission in Admission.objects.filter(candidacy=candidacy, cancelled_on=None):
        _handed_on(admission, candidacy, onward)
    return onward


def _handed_on(admission, candidacy, onward):
    """The admission goes along. Before the ceremony its clock begins anew when the cell of arrival receives the decision;
    that the cell of departure had received it stays told there, as a paper."""
    if admission.ceremony_on:
        change_row(admission, candidacy=onward)
        return
    if admission.received_on:
        Paper(candidacy=candidacy, kind=RECEIVED, on=admission.received_on).save()
    change_row(admission, candidacy=onward, received_on=None)


def _carry_background(candidacy, onward):
    """Reviews, relatives and letters go along."""
    for review in candidacy.reviews.order_by("on"):
        _copy(review, onward, Review)
    relatives = {}
    for relative in candidacy.relatives.order_by("pk"):
        relatives[relative.pk] = _copy(relative, onward, Relative)
    for letter in candidacy.letters.order_by("pk"):
        _copy(letter, onward, Letter, relative=relatives.get(letter.relative_id))


def _carry_scans(candidacy, onward, copies):
    """The pictures of papers that go along, and of what the register has no paper for; copies: {id: the Paper there}. One
    at a time: each may be large."""
    for scan in candidacy.scans.filter(dropped_at=None).order_by("pk"):
        if scan.paper_id is None or scan.paper_id in copies:
            made = _copy(scan, onward, Scan, paper=copies.get(scan.paper_id), issued=None)
            ScanFile.objects.bulk_create([ScanFile(scan=made, content=scan.file.content)])


def _copy(row, candidacy, model, **changes):
    left_out = {"id", "stamp", "candidacy_id", *(f"{name}_id" for name in changes)}
    values = {
        f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields if f.attname not in left_out
    }
    made = model(candidacy=candidacy, **values, **changes)
    made.save()
    return made


def _each(model, rows):
    """Saved one by one, so that the journal keeps what each says."""
    for row in rows:
        row.save()
