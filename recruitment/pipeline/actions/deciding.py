"""From the decision of admission to recognition: days of the admission, judged as every other step of the road."""

from django.utils.translation import gettext as _

from committees import journal
from committees.editing import unchanged

from ...models import Admission, Stage, Traits
from ...rules import deadlines
from .. import admitting, followed
from .base import Refused, about, change_row, seen
from .judging import against, fact_of, refuse, unaltered
from .settling import settle


def decide(
    candidacy, *, decided_on, decision_number, access, snapshot, by, approval="", confirmed=(), stamp=None
):
    """The competent committee decided to admit the candidate. Returns the Admission, counted at the cell that answered for
    the candidacy on the decision day, with the person's traits as they stand now.

    Raises Forbidden by the rules, Impossible by days and places, Doubtful by a number given twice (confirmed: keys of
    Doubts that were answered), Overtaken where someone wrote the candidacy after entry `stamp`. One pen; about thirty
    queries."""
    with journal.pen(by, "admit", committee=candidacy.cell) as pen:
        fresh = unchanged(candidacy, stamp)
        admission = decided(
            fresh, on=decided_on, number=decision_number, access=access, snapshot=snapshot, pen=pen,
            approval=approval, confirmed=confirmed,
        )  # fmt: skip
        pen.about = f"recruitment.admission:{admission.pk}"
    seen(candidacy, fresh)
    return admission


def decided(candidacy, *, on, number, access, snapshot, pen, approval="", confirmed=()):
    """As `decide`, under a pen the caller holds, of a candidacy read under it."""
    fact = fact_of("decision", on=on, number=number, approval=approval, snapshot=snapshot)
    _judge(candidacy, fact, snapshot, pen)
    person, structure = candidacy.person, admitting.structure_now(snapshot)
    admission = Admission(
        person=person, candidacy=candidacy, cell_id=followed.cell_on(structure, candidacy, on), decided_on=on, decision_number=number or "",
        approval=fact.approval,
        **{name: getattr(person, name) for name in Traits.NAMES},
    )  # fmt: skip
    found = admitting.admitted_already(access, person, admission)
    found |= admitting.faults(structure, admission)
    admitting.settle_doubts(access, structure, snapshot.statute, admission, found, confirmed, pen)
    admission.save()
    settle(candidacy)
    return admission


def receive(candidacy, *, on, snapshot, by, approval="", stamp=None):
    """The cell received the decision: from that day the ceremony is due. Returns the Admission. Raises Forbidden,
    Refused without a decision, Overtaken."""
    return _with_pen(candidacy, "received", on, snapshot, by, stamp, approval=approval)


def hold_ceremony(candidacy, *, on, snapshot, by, approval="", stamp=None):
    """The ceremony was held: probation begins. Later than due only with the superior's consent, recorded as a paper
    (`ceremony_consent`) or named in `approval`. Returns the Admission. Raises as `receive`."""
    return _with_pen(candidacy, "ceremony", on, snapshot, by, stamp, approval=approval)


def recognise(candidacy, *, on, number="", snapshot, by, approval="", stamp=None, access=None, confirmed=()):
    """The competent committee recognised the member by a decision of the day `on`: official from exactly the end of
    the twelve months, whatever day the cell met (domain.md §1.3). Returns the Admission. access, confirmed: as
    `actions.record`. Raises as `receive`, and Doubtful."""
    said = {"approval": approval, "number": number, "access": access, "confirmed": confirmed}
    return _with_pen(candidacy, "recognition", on, snapshot, by, stamp, **said)


def _with_pen(candidacy, kind, on, snapshot, by, stamp, **said):
    with journal.pen(
        by, "admission-step", about=about(candidacy), committee=candidacy.cell, kind=kind, on=on
    ) as pen:
        fresh = unchanged(candidacy, stamp)
        admission = led_on(fresh, kind, on=on, snapshot=snapshot, pen=pen, **said)
    seen(candidacy, fresh)
    return admission


def led_on(candidacy, kind, *, on, snapshot, pen, number="", approval="", access=None, confirmed=()):
    """As `receive`, `hold_ceremony` and `recognise` (kinds "received", "ceremony", "recognition"), under a pen the
    caller holds, of a candidacy read under it."""
    fact = fact_of(kind, on=on, number=number, approval=approval, snapshot=snapshot)
    admission = Admission.objects.filter(candidacy=candidacy, cancelled_on=None).first()
    _judge(candidacy, fact, snapshot, pen)
    if admission is None:
        raise Refused(_("Chưa ghi quyết định kết nạp."))
    if access is not None:
        admitting.settle_number(
            access,
            admitting.structure_now(snapshot),
            fact,
            admission.cell_id,
            but=admission,
            confirmed=confirmed,
            pen=pen,
        )
    change_row(admission, **_written(admission, fact, snapshot))
    settle(candidacy)
    return admission


def _written(admission, fact, snapshot):
    """{name: value} of what the step writes."""
    if fact.kind == "received":
        return {"received_on": fact.on}
    if fact.kind == "ceremony":
        return {"ceremony_on": fact.on, "ceremony_approval": fact.approval}
    if admission.ceremony_on is None:
        raise Refused(_("Chưa ghi lễ kết nạp: thời gian dự bị chưa bắt đầu."))
    rules = snapshot.statute.on(admission.ceremony_on)
    official = deadlines.probation_ends_on(admission.ceremony_on, rules)
    return {"official_on": official, "recognised_on": fact.on, "recognition_number": fact.number}


def _judge(candidacy, fact, snapshot, pen):
    unaltered(snapshot)
    passed = refuse(against(candidacy, fact, snapshot), fact.approval)
    if passed:
        pen.note(confirmed=[*pen.details.get("confirmed", ()), *passed])
    if fact.approval:
        pen.note(approval=fact.approval)


def due_here(candidacy):
    """The admission in force that this candidacy leads on, None where there is none: the cell of the candidacy is the
    one that holds the ceremony and considers recognition, wherever it is counted. One query."""
    if candidacy.stage not in {Stage.DECIDED, Stage.PROBATION}:
        return None
    return Admission.objects.filter(candidacy=candidacy, cancelled_on=None, left_on=None).first()
