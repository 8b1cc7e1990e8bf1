"""Deeds on admissions: log one, correct it, cancel it (`slips` takes back one just logged). Each holds one pen and
judges anew under it, so that of two clerks with the same person exactly one writes and the other learns why."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.access import PEOPLE
from committees.editing import unchanged
from committees.models.penned import held
from committees.tree import STRUCTURAL, carries_on, read_structure
from committees.vietnamese import day as written

from ..models import Admission, Candidacy, Stage, Traits
from . import actions, admissible
from .people import learn, meant

FACTS = ("cell_id", "decision_number", *admissible.DAYS)
# What makes an admission count where and when it counts: changed only for a reason.
COUNTED = ("cell_id", "decided_on")


class Impossible(ValueError):
    """Nothing was written; `faults` {field: message} says what cannot be, in Vietnamese ("" for the whole)."""

    def __init__(self, faults):
        super().__init__(" ".join(map(str, faults.values())))
        self.faults = {field: str(message) for field, message in faults.items()}


@dataclass(frozen=True)
class Doubt:
    """Unusual but possible: asked about once. `key` changes with what it is about, so that an answer holds for no
    other value."""

    key: str
    said: str


class Doubtful(Exception):
    """Nothing was written: these `doubts` ([Doubt]) want a yes first (`confirmed`: their keys)."""

    def __init__(self, doubts):
        super().__init__()
        self.doubts = doubts


def admit(access, snapshot, *, full_name, citizen_id, traits, same="", offered=(), confirmed=(), by, **facts):
    """Log that a person was admitted. Returns the Admission, whose stamp is the entry.

    traits: {Traits name: value}, empty where not said. same, offered: as `people.meant` takes them. facts: cell (a
    Committee), decision_number and the admissible.DAYS.
    Of someone known the snapshot takes what was not said, and the register learns what it lacked (the citizen ID too);
    what it says otherwise stays. The candidacy the same cell is following goes along its road.
    Raises WhoIsIt, Impossible, Doubtful. One pen; about twenty queries.
    """
    admission = Admission(**_stored(facts))
    with journal.pen(by, "admit", committee=facts["cell"]) as pen:
        structure = _structure(snapshot)
        said = SimpleNamespace(full_name=full_name, citizen_id=citizen_id, **traits)
        known, faults = meant(access, said, same, offered)
        for name in Traits.NAMES:
            setattr(admission, name, traits[name] or getattr(known, name, traits[name]))
        if known is not None:
            admission.candidacy = _followed(known, admission.cell_id)
            faults |= _admitted_already(access, known, admission)
        faults |= _faults(structure, admission)
        _settle(access, structure, admission, faults, confirmed, pen)
        admission.person = learn(known, said)
        admission.save()
        pen.about = _about(admission)
        _walk(admission)
    return admission


def correct(access, snapshot, admission, *, reason="", confirmed=(), stamp, by, **said):
    """Put an admission right: said holds every fact and trait as `admit` takes them, as they shall stand.

    A reason is needed where the cell or the decision day changes, for then a figure does. The road of its candidacy
    follows the days; another cell's candidacy takes the place of the former's.
    Raises Overtaken (`stamp`: the row the page showed), Impossible, Doubtful. One pen; about fifteen queries.
    """
    with deed_on(admission, "admission-correct", by) as pen:
        fresh = unchanged(admission, stamp)
        if fresh.cancelled_on:
            raise Impossible(
                {"": _("Quyết định này đã hủy ngày %s, không sửa được.") % written(fresh.cancelled_on)}
            )
        former = {name: getattr(fresh, name) for name in FACTS}
        for name, value in _stored(said).items():
            setattr(fresh, name, value)
        moved = former["cell_id"] != fresh.cell_id
        left = fresh.candidacy if moved else None
        if moved:
            fresh.candidacy = _followed(fresh.person, fresh.cell_id)
        structure = _structure(snapshot)
        faults = _twice(fresh.person.admissions.exclude(pk=fresh.pk), fresh) | _faults(structure, fresh)
        if any(former[name] != getattr(fresh, name) for name in COUNTED):
            if not reason:
                faults["reason"] = _("Ghi lý do: đổi chi bộ hoặc ngày quyết định làm đổi số đã đếm.")
            pen.note(reason=reason)
        _settle(access, structure, fresh, faults, confirmed, pen)
        fresh.save()
        if left is not None:
            actions.retell(left, dict.fromkeys(_road(fresh)))
        _walk(fresh)
    return fresh


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
        candidacy = fresh.candidacy
        if candidacy is not None and candidacy.stage != Stage.CLOSED:
            actions.advance(candidacy, Stage.CLOSED, on=max(on, actions.last_step(candidacy).on))
    return fresh


def deed_on(admission, deed, by, **details):
    """The pen for a deed on an admission."""
    return journal.pen(by, deed, about=_about(admission), committee=admission.cell, **details)


def _about(admission):
    return f"recruitment.admission:{admission.pk}"


def _stored(facts):
    """What was said as the columns keep it."""
    facts = {
        name: "" if value is None and name not in admissible.DAYS else value for name, value in facts.items()
    }
    return facts | {"cell_id": facts.pop("cell").pk}


def _structure(snapshot):
    """The structure as it stands under the pen: the snapshot's own unless somebody wrote one since."""
    if snapshot.number == held.get().number - 1:
        return snapshot.structure
    kept = carries_on(snapshot, journal.head()) and not journal.written_since(snapshot.number, STRUCTURAL)
    return snapshot.structure if kept else read_structure()


def _followed(human, cell_id):
    """The candidacy of that person which the cell is following, or None."""
    rows = Candidacy.objects.filter(person=human, cell_id=cell_id, stage__in=Stage.open(), admission=None)
    return rows.order_by("entered_on", "pk").last()


def _admitted_already(access, human, admission):
    """{field: message} where the person is a member already, or this very decision was logged and cancelled."""
    earlier = admissible.in_force(there := list(human.admissions.order_by("decided_on")))
    if earlier is not None:
        words = _("Người này đã được kết nạp.")
        if access.may(PEOPLE, earlier.cell_id):
            words = _("Người này đã được kết nạp theo quyết định ngày %s.") % written(earlier.decided_on)
        return {"full_name": words}
    return _twice(there, admission)


def _twice(others, admission):
    """{field: message} where one of the person's other admissions, a cancelled one too, says the same cell and day."""
    place = admission.cell_id, admission.decided_on
    if place not in {(row.cell_id, row.decided_on) for row in others}:
        return {}
    words = _("Người này đã có một quyết định ngày %s ở chi bộ này trong sổ, hoặc đang tính hoặc đã hủy.")
    return {"decided_on": words % written(admission.decided_on)}


def _faults(structure, admission):
    """{field: message} of what cannot be, one message a field."""
    faults = admissible.impossible_days(admission, vietnamese.today())
    amiss = admissible.where_it_stood(structure, structure.index[admission.cell_id], admission.decided_on)
    if amiss is not None:
        faults.setdefault(*amiss)
    candidacy = admission.candidacy
    if candidacy is not None and candidacy.entered_on > admission.decided_on:
        days = {"on": written(admission.decided_on), "entered": written(candidacy.entered_on)}
        words = _(
            "Ngày quyết định %(on)s trước ngày chi bộ đưa vào nguồn %(entered)s. Xem lại một trong hai ngày."
        )
        faults.setdefault("decided_on", words % days)
    return faults


def _settle(access, structure, admission, faults, confirmed, pen):
    """Refuse what cannot be, ask about what is unusual, note what was confirmed; give the admission its Loại hình."""
    if faults:
        raise Impossible(faults)
    doubts = list(_doubts(access, structure, admission))
    if {doubt.key for doubt in doubts} - set(confirmed):
        raise Doubtful(doubts)
    if doubts:
        pen.note(confirmed=[doubt.said for doubt in doubts])
    i = structure.index[admission.cell_id]
    admission.organisation_type = admissible.organisation_type(structure, i, admission.decided_on)


def _doubts(access, structure, admission):
    """What is unusual, each a Doubt. Whoever stands outside the reach is not named."""
    twin = admissible.same_number(structure, admission)
    if twin is not None:
        told = {
            "number": admission.decision_number,
            "name": twin.person.full_name,
            "on": written(twin.decided_on),
        }
        words = _("Số %(number)s đã dùng trong cùng nhiệm kỳ của cấp ủy này. Xem lại số văn thư đã cấp.")
        if access.may(PEOPLE, twin.cell_id):
            words = _("Số %(number)s đã dùng cho %(name)s (%(on)s). Xem lại số văn thư đã cấp.")
        yield Doubt(f"number {admissible.folded_number(admission.decision_number)}", words % told)
    whole = admissible.too_early(admission)
    if whole is not None:
        told = {"on": written(admission.official_on), "whole": written(whole)}
        words = _(
            "Ngày chính thức %(on)s chưa đủ 12 tháng dự bị, đến %(whole)s mới đủ (Điều lệ Đảng, điều 5)."
        )
        yield Doubt(f"official {admission.official_on}", words % told)
    later = admission.candidacy and _step_after(admission)
    if later:
        told = {
            "step": later.get_stage_display(),
            "on": written(later.on),
            "decided": written(admission.decided_on),
        }
        words = _(
            "Hồ sơ ghi bước “%(step)s” ngày %(on)s, sau ngày quyết định %(decided)s. Nếu vẫn lưu, bước ấy lùi về "
            "ngày quyết định."
        )
        yield Doubt(f"step {later.pk} {admission.decided_on}", words % told)


def _step_after(admission):
    """The latest step before the decision on the road that is dated after it, or None. One query."""
    earlier = [stage for stage in Stage.road() if actions.rank(stage) < actions.rank(Stage.DECIDED)]
    rows = admission.candidacy.steps.filter(stage__in=earlier, on__gt=admission.decided_on)
    return rows.order_by("on", "pk").last()


def _road(admission):
    """{stage: day} of the road an admission takes its candidacy along."""
    days = (admission.decided_on, admission.ceremony_on, admission.official_on)
    return dict(zip((Stage.DECIDED, Stage.PROBATION, Stage.OFFICIAL), days, strict=True))


def _walk(admission):
    if admission.candidacy is not None:
        actions.retell(admission.candidacy, _road(admission))
