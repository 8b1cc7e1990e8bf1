"""What stands against an admission: what cannot be, and what is unusual and wants a yes first. Asked under the pen by
the pages that log an admission and by the decision of a candidacy alike."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.access import PEOPLE
from committees.models.penned import held
from committees.tree import STRUCTURAL, carries_on, read_structure
from committees.vietnamese import day as written

from ..models import Stage
from ..numbering import doubts as numbers
from ..numbering.bodies import body_of
from ..numbering.offers import by_of
from ..numbering.uses import OUTSIDE
from . import admissible, followed


class Impossible(ValueError):
    """Nothing was written; `faults` {field: message} says what cannot be, in Vietnamese ("" for the whole)."""

    def __init__(self, faults):
        super().__init__(" ".join(map(str, faults.values())))
        self.faults = {field: str(message) for field, message in faults.items()}


@dataclass(frozen=True)
class Doubt:
    """Unusual but possible: asked about once. `key` changes with what it is about, so that an answer holds for no
    other value. approvable: the number of an approving document answers it too."""

    key: str
    said: str
    approvable: bool = False


class Doubtful(Exception):
    """Nothing was written: these `doubts` ([Doubt]) want a yes first (`confirmed`: their keys)."""

    def __init__(self, doubts):
        super().__init__()
        self.doubts = doubts


def structure_now(snapshot):
    """The structure as it stands under the pen: the snapshot's own unless somebody wrote one since."""
    if snapshot.number == held.get().number - 1:
        return snapshot.structure
    kept = carries_on(snapshot, journal.head()) and not journal.written_since(snapshot.number, STRUCTURAL)
    return snapshot.structure if kept else read_structure()


def admitted_already(access, human, admission):
    """{field: message} where the person is a member already, or this very decision was logged and cancelled."""
    earlier = admissible.in_force(there := list(human.admissions.order_by("decided_on")))
    if earlier is not None:
        words = _("Người này đã được kết nạp.")
        if access.may(PEOPLE, earlier.cell_id):
            words = _("Người này đã được kết nạp theo quyết định ngày %s.") % written(earlier.decided_on)
        return {"full_name": words}
    return twice(there, admission)


def twice(others, admission):
    """{field: message} where one of the person's other admissions, a cancelled one too, says the same cell and day."""
    place = admission.cell_id, admission.decided_on
    if place not in {(row.cell_id, row.decided_on) for row in others}:
        return {}
    words = _("Người này đã có một quyết định ngày %s ở chi bộ này trong sổ, hoặc đang tính hoặc đã hủy.")
    return {"decided_on": words % written(admission.decided_on)}


def faults(structure, admission):
    """{field: message} of what cannot be, one message a field."""
    found = admissible.impossible_days(admission, vietnamese.today())
    found = admissible.recognised_amiss(admission, vietnamese.today()) | found
    if admission.cell_id not in structure.index:
        return found | {"cell": followed.GONE}
    amiss = admissible.where_it_stood(structure, structure.index[admission.cell_id], admission.decided_on)
    if admission.arrived_on is not None:  # decided elsewhere, before the cell stood here
        amiss = not_ours(admission)
    if amiss is not None:
        found.setdefault(*amiss)
    for name in admissible.DAYS:
        on, left = getattr(admission, name), admission.left_on
        if on and left and on > left:
            words = _("Ngày %(on)s sau ngày thôi dự bị %(left)s. Xem lại một trong hai ngày.")
            found.setdefault(name, words % {"on": written(on), "left": written(left)})
    candidacy = admission.candidacy
    if candidacy is not None and (entered := candidacy.began_on()) > admission.decided_on:
        days = {"on": written(admission.decided_on), "entered": written(entered)}
        words = _(
            "Ngày quyết định %(on)s trước ngày chi bộ đưa vào nguồn %(entered)s. Xem lại một trong hai ngày."
        )
        found.setdefault("decided_on", words % days)
    return found


def not_ours(admission):
    """(field, message) where an admission that came with its cell was decided when the cell stood here; None."""
    if admission.decided_on < admission.arrived_on:
        return None
    words = _("Quyết định từ ngày %s trở đi là của cấp ủy ở đây: ghi ở trang Ghi kết nạp.")
    return "decided_on", words % written(admission.arrived_on)


def settle_doubts(access, structure, statute, admission, found, confirmed, pen, more=()):
    """Refuse what cannot be, ask about what is unusual, note what was confirmed; give the admission its Loại hình.
    more: Doubts of the caller's."""
    if found:
        raise Impossible(found)
    doubts = [*_doubts(access, structure, statute, admission), *more]
    if {doubt.key for doubt in doubts} - set(confirmed):
        raise Doubtful(doubts)
    if doubts:
        pen.note(confirmed=[*pen.details.get("confirmed", ()), *(doubt.said for doubt in doubts)])
    i = structure.index[admission.cell_id]
    admission.organisation_type = admissible.organisation_type(structure, i, admission.decided_on)


def _doubts(access, structure, statute, admission):
    """What is unusual, each a Doubt. Whoever stands outside the reach is not named."""
    if not admission.arrived_on:  # else decided outside the tree, with a number of another's
        yield from numbered_twice(access, structure, admission, "decision")
    early = admissible.too_early(admission, statute)
    if early is not None:
        whole, rule = early
        told = {"on": written(admission.official_on), "whole": written(whole), "cite": rule.citation}
        words = _("Ngày chính thức %(on)s chưa đủ thời gian dự bị, đến %(whole)s mới đủ (%(cite)s).")
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


def numbered_twice(access, structure, admission, kind):
    """[Doubt] where another document of the committee that decides bears the number of a decision (kind "decision",
    "recognition"). Nine queries."""
    number, on = {
        "decision": (admission.decision_number, admission.decided_on),
        "recognition": (admission.recognition_number, admission.recognised_on),
    }[kind]
    return given_twice(access, structure, number, on, kind, admission.cell_id, but=admission)


def given_twice(access, structure, number, on, kind, cell_id, *, but):
    """[Doubt] where another document of the body that makes papers of a kind for a cell bears the number. but: the record
    that bears it, or the candidacy. Nine queries, none without a number."""
    body = body_of(structure, cell_id, on, by_of(kind)) if number else -1
    others = numbers.doubles(structure, number, body, on, but=but, kind=kind) if body >= 0 else []
    doubts = [numbers.double(number, others[0], access)] if others else []
    return [Doubt(doubt.key, doubt.words) for doubt in doubts]


def settle_number(access, structure, fact, cell_id, *, but, confirmed, pen):
    """Ask about the number of a paper (a dossier.Paper) that another document bears already, note what was confirmed.
    Asked under the pen, so that of two clerks who take one number the second is told. access None: nobody is there to be
    asked."""
    if access is None or fact.kind in OUTSIDE:
        return
    doubts = given_twice(access, structure, fact.number, fact.on, fact.kind, cell_id, but=but)
    if {doubt.key for doubt in doubts} - set(confirmed):
        raise Doubtful(doubts)
    if doubts:
        pen.note(confirmed=[*pen.details.get("confirmed", ()), *(doubt.said for doubt in doubts)])


def _step_after(admission):
    """The latest step before the decision on the road that is dated after it, or None; of somebody who moved here since
    the decision all are. One query."""
    if admission.candidacy.entered_on > admission.decided_on:
        return None
    road = Stage.road()
    earlier = road[: road.index(Stage.DECIDED)]
    rows = admission.candidacy.steps.filter(stage__in=earlier, on__gt=admission.decided_on)
    return rows.order_by("on", "pk").last()
