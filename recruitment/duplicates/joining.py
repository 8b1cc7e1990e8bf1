"""What becomes of the rows of two records when they are merged: which go along, which say the same twice and one of
them goes, and what stands against it. Read only; the page shows it, the deed asks again under the pen."""

from dataclasses import dataclass, field
from itertools import product

from django.utils.translation import gettext as _

from committees.models.penned import Penned
from committees.vietnamese import day as written
from committees.vietnamese import fold

from ..models import Candidacy, Mentorship, Person, Stage, Step
from ..pipeline import followed
from ..pipeline.actions import rank

# What comes with every candidacy, also one nobody did anything in yet.
_COMES_ALONG = (Step, Mentorship)
_EARLY = (Stage.SOURCE, Stage.CLASS)


@dataclass
class Joining:
    """reasons: why the two cannot be merged as they are, in words. dropped: rows that say the same as a row that stays,
    parts before their whole. filled: [(row, {field: value})] of rows that learn from those or go over to another whole.
    admitted: (admission, candidacy) where the one led to the other, or None. told: what goes, in words."""

    reasons: list = field(default_factory=list)
    dropped: list = field(default_factory=list)
    filled: list = field(default_factory=list)
    admitted: tuple | None = None
    told: list = field(default_factory=list)


def join(kept, gone, structure, today):
    """The Joining of two Sides. No query but for candidacies that clash: about a dozen for each of those."""
    found = Joining()
    _admissions(found, kept, gone, structure)
    _candidacies(found, kept, gone, structure, today)
    _certificates(found, kept, gone)
    for one, other in product(kept.participations, gone.participations):
        if one.course_id == other.course_id:
            found.reasons.append(
                _("Cả hai hồ sơ cùng có tên trong %s. Bỏ một tên khỏi lớp trước.") % one.course.name
            )
    return found


def _admissions(found, kept, gone, structure):
    if kept.member and gone.member:
        words = _(
            "Hai hồ sơ cùng có kết nạp đang tính: %(a)s và %(b)s. Mỗi người chỉ được kết nạp một lần; nếu đúng là "
            "một người, hủy hoặc hoàn tác kết nạp ghi nhầm trước."
        )
        told = {"a": _decision(structure, kept.member), "b": _decision(structure, gone.member)}
        found.reasons.append(words % told)
        return
    for one, other in product(kept.admissions, gone.admissions):
        if (one.cell_id, one.decided_on) == (other.cell_id, other.decided_on):
            words = _(
                "Hai hồ sơ cùng có %s trong sổ, một lần đã hủy. Sửa ngày hoặc chi bộ của một trong hai."
            )
            found.reasons.append(words % _decision(structure, one))


def _candidacies(found, kept, gone, structure, today):
    """Of two dossiers that a cell follows of one human being, or entered on one day, the one nobody did anything in goes;
    two with content, or in different cells, are for their offices to settle first."""
    left = {row.pk for side in (kept, gone) for row in side.candidacies}
    for one, other in product(kept.candidacies, gone.candidacies):
        if not {one.pk, other.pk} <= left:
            continue
        both_open = one.stage in Stage.open() and other.stage in Stage.open()
        together = _together(structure, one, other, today)
        once = (one.cell_id, one.entered_on) == (other.cell_id, other.entered_on)
        if not once and not both_open:
            continue
        if not once and not together:
            words = _(
                "Đang được theo dõi ở hai chi bộ: %(a)s và %(b)s. Một người theo dõi ở một nơi; chuyển hoặc dừng "
                "một hồ sơ rồi gộp."
            )
            found.reasons.append(words % {"a": _dossier(structure, one), "b": _dossier(structure, other)})
            continue
        goes = _idle(one, other)
        if goes is None:
            words = _(
                "Chi bộ theo dõi hai lần, lần nào cũng đã có giấy tờ hoặc người giúp đỡ riêng: %(a)s và %(b)s. "
                "Dừng một hồ sơ, hoặc sửa ngày đưa vào nguồn, rồi gộp."
            )
            found.reasons.append(words % {"a": _dossier(structure, one), "b": _dossier(structure, other)})
            continue
        left.discard(goes.pk)
        _drop(found, goes, other if goes is one else one, structure)
    _of_a_member(found, kept, gone, structure, today, left)


def _of_a_member(found, kept, gone, structure, today, left):
    """Somebody admitted is followed no more: the dossier that led there is named, any other must be closed first."""
    admission = kept.member or gone.member
    if admission is None or (kept.member and gone.member):
        return
    open_ones = [row for row in [*kept.open, *gone.open] if row.pk in left]
    for row in open_ones:
        if row.pk == admission.candidacy_id:
            continue
        led = admission.candidacy_id is None and _together(structure, row, admission, today)
        if led and row.entered_on <= admission.decided_on:
            found.admitted = admission, row
            words = _("%(a)s được nối với %(b)s.")
        else:
            words = _("%(b)s đã có, mà %(a)s còn mở. Dừng theo dõi hồ sơ ấy trước.")
            found.reasons.append(
                words % {"a": _dossier(structure, row), "b": _decision(structure, admission)}
            )
            continue
        found.told.append(words % {"a": _dossier(structure, row), "b": _decision(structure, admission)})


def _together(structure, one, other, today):
    """Whether one committee answers today for the cells of both rows."""
    return followed.answering(structure, one.cell_id, today) == followed.answering(
        structure, other.cell_id, today
    )


def _idle(one, other):
    """The one of two candidacies that goes: in which nobody did anything; of two such ones the one less far, then the
    one entered later. None where both have content."""
    idle = [row for row in (one, other) if _nothing_done(row)]
    helped = [row for row in (one, other) if row.mentorships.exists()]
    if len(helped) == 2 and len({fold(m.mentor) for row in helped for m in row.mentorships.all()}) > 1:
        idle = []
    return min(idle, key=lambda row: (rank(row.stage), -row.entered_on.toordinal(), -row.pk), default=None)


def _nothing_done(candidacy):
    if candidacy.stage not in _EARLY or candidacy.origin_id or candidacy.arrived_on or candidacy.departed_on:
        return False
    return not any(
        field.model._base_manager.filter(**{field.name: candidacy.pk}).exists()
        for field in references(Candidacy)
        if field.model not in _COMES_ALONG
    )


def _drop(found, candidacy, stays, structure):
    """The candidacy goes with its steps; its mentor helps on in the one that stays, unless that has one."""
    mentors = list(candidacy.mentorships.order_by("pk"))
    if stays.mentorships.exists():
        found.dropped += mentors
    else:
        found.filled += [(row, {"candidacy_id": stays.pk}) for row in mentors]
    found.dropped += [*candidacy.steps.order_by("pk"), candidacy]
    words = _("%(a)s chưa có giấy tờ nào: bỏ, vì cùng một lần theo dõi với %(b)s.")
    found.told.append(words % {"a": _dossier(structure, candidacy), "b": _dossier(structure, stays)})


def _certificates(found, kept, gone):
    for one, other in product(kept.certificates, gone.certificates):
        if (one.kind, one.issued_on) != (other.kind, other.issued_on):
            continue
        numbers = {fold(row.number) for row in (one, other) if row.number}
        if len(numbers) > 1 or one.cell_id != other.cell_id or (one.course_id and other.course_id):
            words = _(
                "Hai hồ sơ cùng có chứng nhận ngày %s, khác số, khác chi bộ hoặc cùng do lớp cấp. Sửa hoặc bỏ một "
                "chứng nhận trước."
            )
            found.reasons.append(words % written(one.issued_on))
            continue
        names = ("number", "course_id", "register_number", "grade", "arrived_on")
        learnt = {name: getattr(other, name) for name in names if not getattr(one, name)}
        found.dropped.append(other)
        if learnt := {name: value for name, value in learnt.items() if value}:
            found.filled.append((one, learnt))
        found.told.append(_("Chứng nhận ngày %s ghi hai lần: giữ một.") % written(one.issued_on))


def _dossier(structure, row):
    told = {
        "on": written(row.entered_on),
        "cell": structure.name_on(structure.index[row.cell_id], row.entered_on),
    }
    return _("hồ sơ từ %(on)s ở %(cell)s") % told


def _decision(structure, row):
    told = {
        "on": written(row.decided_on),
        "cell": structure.name_on(structure.index[row.cell_id], row.decided_on),
    }
    return _("quyết định ngày %(on)s ở %(cell)s") % told


def references(model):
    """The foreign keys of journalled rows that point at the model, those without a way back included."""
    relations = model._meta.get_fields(include_hidden=True)
    found = [
        r.field for r in relations if r.auto_created and not r.concrete and (r.one_to_many or r.one_to_one)
    ]
    return [one for one in found if issubclass(one.model, Penned)]


def of_a_person():
    """Those that point at a person and go along with a merge: all but what tells of merges themselves."""
    return [
        one
        for one in references(Person)
        if one.model._meta.label_lower not in {"recruitment.merge", "recruitment.apart"}
    ]
