"""People who came with an organisation received from outside the tree: in probation by a decision of its former committee,
or considered there already. What was decided outside is never counted here (invariant 1); the probation, the dossier and
their clocks go on."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

from django.utils.translation import gettext as _

from committees import journal, vietnamese
from committees.acts import HAND_OVER, RECEIVE
from committees.editing import unchanged
from committees.models import Kind, Reorganisation
from committees.vietnamese import day as written

from ..models import Admission, Candidacy, Certificate, Course, Mentorship, Stage, Traits
from . import admissible, admitting, enrolment, followed, slips
from .actions import Refused, about, enter_many, settle
from .admitting import Impossible
from .people import learn

DEED = "person-received"
# Where a dossier that came may stand.
STAGES = (Stage.SOURCE, Stage.CLASS, Stage.DOSSIER, Stage.CELL, Stage.SUBMITTED)


@dataclass(frozen=True)
class Came:
    """A cell that came from outside on a day, with what decided it."""

    cell: int
    day: date
    name: str
    document: str


def came(structure):
    """{cell id: Came} of the cells that are, or stood that day below, a committee received by a reorganisation in force,
    and that began or came back that day; of several times the last. One query."""
    rows = Reorganisation.objects.filter(state=Reorganisation.State.APPLIED).order_by("day", "pk")
    found = {}
    for record in rows.only("acts", "document", "name", "day"):
        for row in record.acts:
            if row.get("Việc") == RECEIVE:
                found |= _below(structure, record, row)
    return found


def departed(structure, cell_id, day):
    """By which reorganisation in force a cell, or the one that answered for it, went out of the tree on a day, in words with
    the document; "" where none says so. One query."""
    answers = followed.answering(structure, cell_id, day - timedelta(days=1))
    codes = {structure.codes[structure.index[pk]] for pk in (cell_id, answers)}
    rows = Reorganisation.objects.filter(state=Reorganisation.State.APPLIED, day__lte=day)
    for record in rows.only("acts", "document", "name"):
        for row in record.acts:
            told = row.get("Việc") == HAND_OVER and vietnamese.parse_day(row["Ngày"]) == day
            if told and str(row["Mã tổ chức"]) in codes:
                document = row.get("Số quyết định") or record.document
                return f"{record.name}, {document}" if document else record.name
    return ""


def _below(structure, record, row):
    day = vietnamese.parse_day(row["Ngày"])
    tree, i = structure.at(day), structure.by_code.get(str(row["Mã tổ chức"]))
    p = int(tree.position[i]) if i is not None else -1
    if p < 0:
        return {}
    document = row.get("Số quyết định") or record.document
    return {
        tree.id(q): Came(tree.id(q), day, tree.name(q), document)
        for q in range(p, int(tree.end[p]))
        if tree.kind(q) in Kind.cells() and tree.place[q].since == day.toordinal()
    }


def receive(
    access,
    snapshot,
    *,
    cell,
    person,
    same="",
    offered=(),
    entered_on=None,
    stage=Stage.SOURCE,
    stage_on=None,
    decided_on=None,
    decision_number="",
    issuer="",
    ceremony_on=None,
    mentor="",
    certified_on=None,
    certificate="",
    by,
):
    """Record somebody who came with a cell received from outside. Returns the Candidacy by which they are followed here.

    person, same, offered: as `enrolment.enrol`. With decided_on (before the cell came): in probation by the decision of
    `issuer`, from ceremony_on where that was held. Without: a dossier under way at `stage`, reached on stage_on; all days
    are the true ones. Raises WhoIsIt, Refused, Impossible; nothing is written then. One pen; about twenty queries.
    """  # fmt: skip
    with journal.pen(by, DEED, committee=cell) as pen:
        structure = admitting.structure_now(snapshot)
        arrival = came(structure).get(cell.pk)
        if arrival is None:
            words = _("Chi bộ này không về từ ngoài hệ thống, hoặc việc tiếp nhận đã được hoàn tác.")
            raise Refused(words, field="cell")
        said = SimpleNamespace(**person)
        cells = followed.together(structure, cell.pk, access.today)
        known = enrolment.known_here(access, said, cells, same, offered)
        entered_on = entered_on or decided_on
        admission = _decided(said, arrival, decided_on, decision_number, issuer, ceremony_on)
        _refuse_days(arrival, entered_on, decided_on, stage, stage_on, certified_on, person["born"])
        if known and Candidacy.objects.filter(person=known, cell=cell, entered_on=entered_on).exists():
            raise Refused(_("Người này đã có hồ sơ từ ngày ấy ở chi bộ này."), field="entered_on")
        if known and admission and (amiss := admitting.twice(known.admissions.all(), admission)):
            raise Impossible(amiss)
        human = learn(known, said)
        candidacy = Candidacy(person=human, cell=cell, entered_on=entered_on, arrived_on=arrival.day)
        steps = [(Stage.SOURCE, entered_on)]
        if admission is not None:  # what led to a decision made elsewhere is taken as done
            steps.append((Stage.SUBMITTED, decided_on))
        elif stage != Stage.SOURCE:
            steps.append((stage, stage_on or max(arrival.day, entered_on)))
        enter_many([(candidacy, steps)], create=_each)
        pen.about = about(candidacy)
        if mentor:
            Mentorship(candidacy=candidacy, mentor=mentor, since=entered_on).save()
        _certify(human, cell, arrival, certified_on, certificate)
        if admission is not None:
            admission.person, admission.candidacy = human, candidacy
            for name in Traits.NAMES:
                setattr(admission, name, getattr(human, name))
            admission.save()
            settle(candidacy)
    return candidacy


def drop(candidacy, *, by, stamp=None):
    """Take away somebody recorded so by mistake, as long as nothing was written of them since. Refused, Overtaken."""
    with journal.pen(by, "person-received-undo", about=about(candidacy), committee=candidacy.cell):
        fresh = unchanged(candidacy, stamp)
        entry = journal.entry_of(fresh.stamp)
        told = entry is not None and entry.deed == DEED and json.loads(entry.payload)["rows"]
        if not told or not slips.taken_back(entry, told):
            raise Refused(_("Đã ghi thêm vào hồ sơ này. Sửa ở trang của người ấy, hoặc dừng theo dõi."))


def _decided(said, arrival, decided_on, number, issuer, ceremony_on):
    """The unsaved Admission of a decision made outside; None without one."""
    if decided_on is None:
        if number or issuer or ceremony_on:
            raise Refused(_("Ghi cả ngày quyết định."), field="decided_on")
        return None
    for value, field, words in (
        (number, "decision_number", _("Ghi số quyết định kết nạp của nơi cũ.")),
        (issuer, "issuer", _("Ghi cấp đã ra quyết định, như “Đảng ủy khối Doanh nghiệp tỉnh”.")),
    ):
        if not value:
            raise Refused(words, field=field)
    admission = Admission(
        cell_id=arrival.cell, decided_on=decided_on, decision_number=number, issuer=issuer, ceremony_on=ceremony_on,
        arrived_on=arrival.day, born=said.born,
    )  # fmt: skip
    found = admissible.impossible_days(admission, vietnamese.today())
    if amiss := admitting.not_ours(admission):
        found |= dict([amiss])
    if found:
        raise Impossible(found)
    return admission


def _refuse_days(arrival, entered_on, decided_on, stage, stage_on, certified_on, born):
    if entered_on is None:
        raise Refused(_("Ghi ngày nơi cũ đưa vào nguồn."), field="entered_on")
    told = {"on": written(entered_on), "day": written(arrival.day)}
    if entered_on >= arrival.day:
        words = _("Ngày %(on)s, chi bộ đã ở đây (từ %(day)s): đưa vào nguồn như mọi người.")
        raise Refused(words % told, field="entered_on")
    if decided_on is not None and entered_on > decided_on:
        words = _("Ngày đưa vào nguồn %(on)s sau ngày quyết định %(decided)s. Xem lại một trong hai ngày.")
        raise Refused(words % {**told, "decided": written(decided_on)}, field="entered_on")
    if stage_on is not None and decided_on is None:
        if stage == Stage.SOURCE:
            raise Refused(_("Chọn bước đã tới vào ngày ấy."), field="stage")
        if not entered_on <= stage_on <= vietnamese.today():
            words = _("Ngày tới bước %(step)s cần từ ngày đưa vào nguồn %(on)s đến hôm nay.")
            raise Refused(words % {**told, "step": written(stage_on)}, field="stage_on")
    if certified_on is not None and certified_on <= born:
        raise Refused(_("Ngày chứng nhận phải sau ngày sinh."), field="certified_on")


def _certify(human, cell, arrival, on, number):
    awareness = Course.Kind.AWARENESS
    if on is None or Certificate.objects.filter(person=human, kind=awareness, issued_on=on).exists():
        return
    outside = arrival.day if on < arrival.day else None
    Certificate(person=human, cell=cell, number=number, issued_on=on, arrived_on=outside).save()


def _each(model, rows):
    """Saved one by one, so that the journal keeps what each says."""
    for row in rows:
        row.save()
