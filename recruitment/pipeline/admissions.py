"""Deeds on admissions: log one, correct it, cancel it (`slips` takes back one just logged). Each holds one pen and
judges anew under it, so that of two clerks with the same person exactly one writes and the other learns why."""

from dataclasses import replace
from types import SimpleNamespace

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.editing import unchanged
from committees.vietnamese import day as written

from ..models import Admission, Candidacy, Stage, Traits
from ..rules import dossier
from ..rules.eligibility import Case
from ..rules.eligibility.person import of_age
from . import admissible, admitting, followed
from .actions import judging, settling
from .admitting import Doubt, Doubtful, Impossible
from .people import learn, meant

__all__ = ["Doubt", "Doubtful", "Impossible", "admit", "cancel", "correct", "deed_on"]

# What of an admission is the road's: beside these stand the traits of the person as of its day.
FACTS = ("cell_id", "decision_number", *admissible.DAYS, *admissible.RECOGNISED, *admissible.APPROVALS)


def admit(
    access,
    snapshot,
    *,
    full_name,
    citizen_id,
    traits,
    native_place="",
    same="",
    offered=(),
    confirmed=(),
    approval="",
    by,
    **facts,
):
    """Log that a person was admitted. Returns the Admission, whose stamp is the entry.

    traits: {Traits name: value}, empty where not said. same, offered: as `people.meant` takes them. facts: cell (a
    Committee), decision_number and the admissible.DAYS.
    Of someone known the snapshot takes what was not said, and the register learns what it lacked (the citizen ID too);
    what it says otherwise stays. The candidacy the same cell is following goes along its road: what the rules object to
    in its papers is asked about, for the decision happened. approval: the document that allowed what they leave room for
    (somebody over sixty).
    Raises WhoIsIt, Impossible, Doubtful. One pen; about twenty queries.
    """
    admission = Admission(approval=approval, **_stored(facts))
    with journal.pen(by, "admit", committee=facts["cell"]) as pen:
        structure = admitting.structure_now(snapshot)
        said = SimpleNamespace(
            full_name=full_name, citizen_id=citizen_id, native_place=native_place, **traits
        )
        known, faults = meant(access, said, same, offered)
        for name in Traits.NAMES:
            setattr(admission, name, traits[name] or getattr(known, name, traits[name]))
        if known is not None:
            admission.candidacy = _followed(known, admission, structure)
            faults |= admitting.admitted_already(access, known, admission)
        faults |= admitting.faults(structure, admission)
        more = [] if faults else _by_the_rules(admission, snapshot)
        admitting.settle_doubts(access, structure, snapshot.statute, admission, faults, confirmed, pen, more)
        if approval:
            pen.note(approval=approval)
        admission.person = learn(known, said)
        admission.save()
        pen.about = _about(admission)
        if admission.candidacy is not None:
            settling.settle(admission.candidacy)
    return admission


def correct(access, snapshot, admission, *, reason="", confirmed=(), stamp, by, **said):
    """Put an admission right: said holds every fact and trait as `admit` takes them, as they shall stand.

    A reason is needed where anything changes that was said before; what was not said yet is added without. The road of
    its candidacy follows the days; another cell's candidacy takes the place of the former's.
    Raises Overtaken (`stamp`: the row the page showed), Impossible, Doubtful. One pen; about fifteen queries.
    """
    with deed_on(admission, "admission-correct", by) as pen:
        fresh = unchanged(admission, stamp)
        if fresh.cancelled_on:
            raise Impossible(
                {"": _("Quyết định này đã hủy ngày %s, không sửa được.") % written(fresh.cancelled_on)}
            )
        former = {name: getattr(fresh, name) for name in (*FACTS, *Traits.NAMES)}
        for name, value in _stored(said).items():
            setattr(fresh, name, value)
        left, structure = fresh.candidacy, admitting.structure_now(snapshot)
        before = settling.standing(left) if left is not None else ()
        if former["cell_id"] != fresh.cell_id:
            fresh.candidacy = _followed(fresh.person, fresh, structure)
        if fresh.official_on is None and fresh.recognised_on == former["recognised_on"]:
            fresh.recognised_on, fresh.recognition_number = None, ""
        faults = admitting.twice(fresh.person.admissions.exclude(pk=fresh.pk), fresh)
        faults |= admitting.faults(structure, fresh)
        if fresh.arrived_on and former["cell_id"] != fresh.cell_id:
            faults["cell"] = _("Người này về cùng chi bộ ấy. Để chuyển đi, ghi ở hồ sơ.")
        if any(value and value != getattr(fresh, name) for name, value in former.items()) and not reason:
            faults["reason"] = _("Ghi lý do: điều đã ghi trước đây được đổi.")
        if reason:
            pen.note(reason=reason)
        more = [] if faults else _by_the_rules(fresh, snapshot, known=former["decided_on"])
        admitting.settle_doubts(access, structure, snapshot.statute, fresh, faults, confirmed, pen, more)
        fresh.save()
        if left is not None:
            settling.settle(left, before)
        if fresh.candidacy is not None and fresh.candidacy != left:
            settling.settle(fresh.candidacy)
    return fresh


def _by_the_rules(admission, snapshot, known=None):
    """Doubts where the rules object to what the days of an admission now say, and did not before: of a candidacy with
    papers everything, of anybody else an age that wants a superior's consent; not where its approving document covers
    it. known: the decision day that stood, of an admission put right. A dozen queries where there are papers."""
    if judging.altered(snapshot):
        raise Impossible({"": judging.ALTERED})
    candidacy, on = admission.candidacy, admission.decided_on
    recognised = admission.recognised_on or admission.official_on
    days = (on, admission.received_on, admission.ceremony_on, recognised)
    if candidacy is not None and candidacy.papers.exists():
        before = judging.facts_of(candidacy, snapshot, on)
        days_of = dict(zip((name for _kind, name in judging.BORNE), days, strict=True))
        approvals = {name: getattr(admission, name) for name in admissible.APPROVALS}
        after = replace(before, **days_of, **approvals)
        found = judging.shaken(before, after, snapshot.book) + judging.added(before, after, snapshot.book)
    elif on == known:
        return []
    else:
        facts = dossier.Facts(born=admission.born, entered_on=on, stage=Stage.SOURCE)
        found = [
            one
            for one in of_age(Case(facts, dossier.Paper("decision", on), snapshot.book))
            if one.approvable and not admission.approval
        ]
    told, about = {one.code: one for one in found}, " ".join(str(day) for day in days if day)
    return [Doubt(f"{code} {about}", f"{one.said} {one.cure}", one.approvable) for code, one in told.items()]


def cancel(admission, *, on, reason, stamp, by):
    """The competent committee took its decision back on a day: from that day on it no longer counts; asked for an
    earlier day it does, for it stood then. on: from the decision day to today, both inclusive.

    The candidacy behind it stops that day (domain.md §1.5: the name is struck): its road never goes back, and whoever
    is considered anew is entered anew. Raises Overtaken, Impossible. One pen; about ten queries.
    """
    with deed_on(admission, "admission-cancel", by, reason=reason):
        fresh, faults = unchanged(admission, stamp), {}
        if fresh.cancelled_on:
            faults[""] = _("Quyết định này đã hủy ngày %s.") % written(fresh.cancelled_on)
        if on > vietnamese.today():
            faults["on"] = _("Ngày hủy %s chưa đến.") % written(on)
        elif on < fresh.decided_on:
            days = {"on": written(on), "decided": written(fresh.decided_on)}
            faults["on"] = _("Ngày hủy %(on)s trước ngày quyết định %(decided)s.") % days
        if not reason:
            faults["reason"] = _("Ghi lý do hủy.")
        if faults:
            raise Impossible(faults)
        fresh.cancelled_on, fresh.cancel_reason = on, reason
        fresh.save()
        if fresh.candidacy is not None:
            settling.settle(fresh.candidacy)
    return fresh


def deed_on(admission, deed, by, **details):
    """The pen for a deed on an admission."""
    return journal.pen(by, deed, about=_about(admission), committee=admission.cell, **details)


def _about(admission):
    return f"recruitment.admission:{admission.pk}"


def _stored(facts):
    """What was said as the columns keep it."""
    facts = {
        name: "" if value is None and not name.endswith("_on") else value for name, value in facts.items()
    }
    return facts | {"cell_id": facts.pop("cell").pk}


def _followed(human, admission, structure):
    """The candidacy of that person which the cell of an admission was following on its decision day, or None."""
    rows = Candidacy.objects.filter(person=human, stage__in=Stage.open(), admission=None)
    cell, on = admission.cell_id, admission.decided_on
    mine = [
        row
        for row in rows.order_by("entered_on", "pk")
        if cell in {row.cell_id, followed.cell_on(structure, row, on)}
    ]
    return mine[-1] if mine else None
