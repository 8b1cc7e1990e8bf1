"""The deeds of the road: a paper recorded, put right, taken back; the stages follow from the papers."""

from dataclasses import replace

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import unchanged

from ... import columns
from ...models import Admission, Paper, Stage
from ...rules import papers as kinds
from ...rules.papers import KINDS
from .. import admitting, evidence, followed
from .base import Refused, change_row, deed_on, seen
from .judging import against, fact_of, facts_of, order, refuse, shaken, unaltered
from .rejoining import rejoin
from .settling import settle, standing

# Phases that an admission rests on: once it was decided nothing of them goes.
_BENEATH = {kinds.SOURCE, kinds.DOSSIER, kinds.VOTES, kinds.UPWARDS}


def objections(candidacy, kind, *, on, snapshot, **said):
    """Every Objection against a step of a kind on a day, those stored on the admission too; pages ask it to say
    beforehand what is wanted. said: what `record` takes. About ten queries. Refused as `record`, where a conclusion
    is wanting."""
    return against(candidacy, fact_of(kind, on=on, snapshot=snapshot, **said), snapshot)


def record(candidacy, kind, *, on, snapshot, by, stamp=None, access=None, confirmed=(), **said):
    """Record a paper of the road (a code of `rules.papers.KINDS` stored as a paper; a way out is `leave`'s). Returns the
    Paper.

    said: number, issuer, result, approval and `said` (what only this kind says); of a vote the result is what the rules
    make of its counts. A late one may not take the ground from under a step that stands. snapshot: read before the pen
    is taken. access: of who can be asked about a number given before (confirmed: keys of Doubts that were answered);
    None: nobody. Raises Forbidden with every objection that is not approved, Refused where an answer is wanting, Doubtful,
    Overtaken where someone wrote the candidacy after entry `stamp` (None: not asked). One pen; about thirty queries.
    """
    if KINDS[kind].stored != "paper" or KINDS[kind].ends:
        raise ValueError(f"{kind} is recorded by a deed of its own.")
    fact = fact_of(kind, on=on, snapshot=snapshot, **said)
    with deed_on(candidacy, "paper-record", by, kind=kind) as pen:
        fresh = unchanged(candidacy, stamp)
        unaltered(snapshot)
        if passed := refuse(against(fresh, fact, snapshot), fact.approval):
            pen.note(confirmed=passed)
        _settle_number(access, fresh, fact, snapshot, fresh, confirmed, pen)
        if any(step.on >= on for step in fresh.steps.all()):
            _rest(fresh, None, fact, snapshot)
        paper = keep(fresh, fact, snapshot)
        settle(fresh)
    seen(candidacy, fresh)
    return paper


def keep(candidacy, fact, snapshot):
    """Store a dossier.Paper without asking whether it may be. Needs the pen held."""
    paper = Paper(candidacy=candidacy, **_stored(fact, snapshot))
    paper.save()
    return paper


def _settle_number(access, candidacy, fact, snapshot, but, confirmed, pen):
    if access is not None:
        structure = admitting.structure_now(snapshot)
        cell_id = followed.cell_on(structure, candidacy, fact.on)
        admitting.settle_number(access, structure, fact, cell_id, but=but, confirmed=confirmed, pen=pen)


def correct(paper, *, on, reason, snapshot, by, stamp=None, access=None, confirmed=(), **said):
    """Put a paper right; it is judged anew, as if it were recorded now, and whatever rests on it must still stand.
    stamp: of the candidacy. As `record`; Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Ghi lý do sửa."), field="reason")
    fact = fact_of(paper.kind, on=on, snapshot=snapshot, **said)
    with deed_on(paper.candidacy, "paper-correct", by, reason=reason, kind=paper.kind) as pen:
        fresh = unchanged(paper.candidacy, stamp)
        unaltered(snapshot)
        paper = _still_there(fresh, paper)
        if paper.kind == "moved" and on != paper.on and fresh.onward.exists():
            raise Refused(
                _("Hồ sơ đã nối tiếp ở nơi đến từ ngày ấy. Rút lại lần chuyển đi, rồi ghi lại."), field="on"
            )
        if passed := refuse(against(fresh, fact, snapshot, without=paper), fact.approval):
            pen.note(confirmed=passed)
        _settle_number(access, fresh, fact, snapshot, paper, confirmed, pen)
        _rest(fresh, paper, fact, snapshot)
        before = standing(fresh)
        change_row(paper, **_stored(fact, snapshot))
        settle(fresh, before)
    return paper


def take_back(paper, *, reason="", snapshot=None, by, stamp=None):
    """A paper recorded by mistake goes, with the stage it alone led to; the journal keeps both. A way out taken back
    lets the candidacy go on.

    A move to another cell taken back ends the dossier there, as long as nobody wrote there since (`rejoin`).

    Refused without a reason, unless `by` recorded it today; Forbidden where something rests on it: a later step, or an
    admission that was decided. Overtaken as `record`. Returns the Candidacy."""
    snapshot = snapshot or columns.current()
    with deed_on(paper.candidacy, "paper-retract", by, reason=reason) as pen:
        fresh = unchanged(paper.candidacy, stamp)
        unaltered(snapshot)
        paper = _still_there(fresh, paper)
        entry = journal.entry_of(paper.stamp)
        if not reason.strip() and not (entry and entry.is_todays("paper-record", by)):
            raise Refused(_("Ghi lý do rút lại."), field="reason")
        pen.note(kind=paper.kind, on=paper.on)
        _may_go(fresh, paper, snapshot)
        _rest(fresh, paper, None, snapshot)
        before = standing(fresh)
        if paper.kind == "moved":
            rejoin(fresh, paper)
        paper.delete()
        if KINDS[paper.kind].ends:
            for admission in Admission.objects.filter(candidacy=fresh).exclude(left_on=None):
                change_row(admission, left_on=None, left_as="")
        settle(fresh, before)
    return fresh


def _still_there(candidacy, paper):
    """The paper as it stands under the pen. Refused where somebody took it back meanwhile, and where it only tells what
    an admission said before a move."""
    found = candidacy.papers.filter(pk=paper.pk).first()
    if found is None:
        raise Refused(_("Giấy này đã có người rút lại."))
    if KINDS[found.kind].stored != "paper":
        raise Refused(_("Ngày này thuộc lần kết nạp trước khi chuyển đi. Rút lại lần chuyển đi để sửa."))
    return found


def _may_go(candidacy, paper, snapshot):
    """Forbidden where an admission was decided on such papers, or the way out was followed by a new road."""
    rules, fact = snapshot.statute.on(paper.on), evidence.as_fact(paper)
    admission = Admission.objects.filter(candidacy=candidacy, cancelled_on=None).first()
    if admission is not None and KINDS[paper.kind].phase in _BENEATH:
        words = _("Đã có quyết định kết nạp theo hồ sơ này.")
        refuse([order(rules, "decided", words, _("Sửa giấy này, hoặc hoàn tác quyết định trước."), fact)])
    if not KINDS[paper.kind].ends:
        return
    again = candidacy.person.candidacies.exclude(pk=candidacy.pk).filter(stage__in=Stage.open())
    cells = followed.together(snapshot.structure, candidacy.cell_id, vietnamese.today())
    if again.filter(cell_id__in=cells).exists():
        words = _("Người này đã được theo dõi lại ở một hồ sơ khác.")
        refuse([order(rules, "anew", words, _("Tiếp tục ở hồ sơ ấy."), fact)])


def _rest(candidacy, paper, fact, snapshot):
    """Forbidden where a step that stands would not once `fact` takes the place of `paper` (None: of nothing; nothing)."""
    before = facts_of(candidacy, snapshot, paper.on if paper else fact.on)
    others = list(before.papers)
    if paper is not None:
        others.remove(evidence.as_fact(paper))
    after = replace(before, papers=(*others, fact) if fact else tuple(others))
    refuse(shaken(before, after, snapshot.book))


def _stored(fact, snapshot):
    return {
        "kind": fact.kind, "on": fact.on, "number": fact.number, "issuer": fact.issuer, "result": fact.result,
        "said": fact.said, "approval": fact.approval, "rule_set": snapshot.statute.on(fact.on).code,
    }  # fmt: skip
