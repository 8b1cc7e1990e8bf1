"""The book of sympathisers (sổ theo dõi quần chúng ưu tú, cảm tình Đảng; office_practice.md §1.1): everybody put on the
list, in order of the day, with the road since as it stood on the day asked."""

from functools import partial

import numpy as np
from django.utils.translation import gettext_lazy as _

from committees.vietnamese import day

from ...models import Candidacy, Course, Stage
from ...pipeline.lists import Names
from ...pipeline.stages import Road
from ...quotas.listing import Listing, in_order
from ..bodies import leading
from .conditions import CandidateConditions
from .tables import Blank, BookTable, Day, Long, Told, line

_STAGES = list(Stage)
_REVIEWS = 4  # the latest quarters a line has room for


class CandidateTable(BookTable):
    """The columns of the longest form seen, in its order; a village cell prints a few of them."""

    code = Told(_("Mã"), attrs={"td": {"class": "num"}})
    phone = Blank(_("Số điện thoại"))
    sex = Told(_("Giới tính"))
    born = Day(_("Ngày sinh"))
    ethnicity = Blank(_("Dân tộc"))
    native_place = Blank(_("Quê quán"))
    occupation = Long(_("Nghề nghiệp, chức vụ"))
    school_class = Blank(_("Đơn vị, lớp"))
    cell = Told(_("Chi bộ công nhận"), orderable=True)
    listed_number = Told(_("Số NQ công nhận cảm tình"))
    listed_on = Day(_("Ngày chi bộ công nhận, vào danh sách"))
    entered_on = Day(_("Ngày đưa vào danh sách"), orderable=True)
    mentor = Told(_("Đảng viên giúp đỡ"))
    mentored_on = Day(_("Ngày phân công giúp đỡ"))
    course_number = Told(_("Số QĐ mở lớp"))
    course_decided_on = Blank(_("Ngày QĐ mở lớp"))
    course_days = Long(_("Thời gian lớp"))
    certified_on = Day(_("Ngày cấp chứng nhận"))
    completion = Told(_("Số QĐ công nhận hoàn thành"))
    organiser = Long(_("Đơn vị cấp chứng nhận"))
    workplace_then = Blank(_("Đơn vị công tác khi cấp"))
    cell_then = Long(_("Chi bộ sinh hoạt khi cấp"))
    base_then = Long(_("Đảng ủy khi cấp"))
    province_then = Long(_("Tỉnh ủy khi cấp"))
    certificate = Told(_("Mã số chứng nhận"))
    admitted = Told(_("Kết nạp"))
    decided_on = Day(_("Ngày quyết định"))
    decision = Told(_("Số quyết định"))
    ceremony_on = Day(_("Ngày kết nạp"))
    guide = Told(_("Đảng viên hướng dẫn"))
    moved_on = Day(_("Ngày chuyển sinh hoạt"))
    moved_to = Long(_("Nơi chuyển tới"))
    state = Told(_("Trạng thái"))
    # What the notebook of a village cell says in their place.
    schooling = Long(_("Nghề nghiệp, trình độ"))
    born_in = Told(_("Năm sinh"))
    reviews = Long(_("Nhận xét từng quý"))

    shown = ("born", "cell", "entered_on", "mentor", "certified_on", "decided_on", "state")

    class Meta(BookTable.Meta):
        pass  # not inherited by itself


def candidates(access, params):
    """Listing of everybody put on the list by a day, closed ones too. 404, 403 as the door."""
    asked = params.copy()
    asked.setdefault("sort", "entered_on")
    listing = Listing("bookcandidates", access, asked, CandidateConditions)
    if not listing.question:
        return listing
    snapshot, question = listing.snapshot, listing.question
    road = Road(snapshot, question)
    every, road = road.mask, listing.filters.narrow(road)
    rows, names = road.rows, Names(snapshot, question.tree)
    listing.take(
        CandidateTable, ids=rows["id"], mask=road.mask, places=road.places, whole=every,
        fetch=partial(_lines, rows["id"], road, names),
        orders={
            "entered_on": rows["entered"], "name": np.arange(len(rows["id"])),
            "cell": question.tree.position[road.places],
        },
    )  # fmt: skip
    return listing


def _lines(ids, road, names, indexes):
    """The lines of these rows. Eight queries."""
    wanted = Candidacy.objects.select_related("person", "admission").prefetch_related(
        "mentorships", "papers", "reviews", "person__certificates__course"
    )
    on = road.question.on
    return [_line(one, on, names, road.stages[one.row]) for one in in_order(wanted, ids, indexes)]


def _line(record, on, names, stage):
    person, admission = record.person, _admission(record, on)
    listing, moved = _paper(record, "listing", on), _paper(record, "moved", on)
    held = admission and _by(admission.ceremony_on, on)
    helped = sorted((row for row in record.mentorships.all() if row.since <= on), key=lambda row: row.since)
    before = [row for row in helped if held is None or row.since < held]
    after = [row for row in helped if held and (row.until is None or row.until > held)]
    return line(
        record, name=person.full_name, sex=person.get_sex_display(), born=person.born, born_in=str(person.born.year),
        code=str(record.pk),
        occupation=person.occupation,
        schooling="; ".join(filter(None, [person.occupation, person.education, person.qualification])),
        cell=names.of(record, record.entered_on), listed_number=listing.number if listing else "",
        listed_on=listing.on if listing else record.entered_on, entered_on=record.entered_on,
        mentor="; ".join(row.mentor for row in before), mentored_on=before[0].since if before else None,
        **_certified(person, on, names), admitted="x" if held else "", decided_on=admission and admission.decided_on,
        decision=admission.decision_number if admission else "", ceremony_on=held,
        guide="; ".join(row.mentor for row in after), moved_on=moved and moved.on,
        moved_to=moved.said.get("to", "") if moved else "", state=_STAGES[stage].label,
        reviews=_reviews(record, on),
    )  # fmt: skip


def _admission(record, on):
    """The admission it led to by the day, where it was in force; None."""
    told = getattr(record, "admission", None)
    if told is None or told.decided_on > on or (told.cancelled_on and told.cancelled_on <= on):
        return None
    return told


def _by(when, on):
    """A day where it had come."""
    return when if when and when <= on else None


def _paper(record, kind, on):
    """The latest paper of a kind by the day; None."""
    found = [row for row in record.papers.all() if row.kind == kind and row.on <= on]
    return max(found, key=lambda row: (row.on, row.pk), default=None)


def _certified(person, on, names):
    """{column: value} of the latest awareness certificate by the day, and of where the person belonged then."""
    held = [
        one for one in person.certificates.all() if one.kind == Course.Kind.AWARENESS and one.issued_on <= on
    ]
    if not held:
        return dict.fromkeys(
            ("course_number", "course_days", "certified_on", "completion", "organiser", "cell_then", "base_then",
             "province_then", "certificate")
        )  # fmt: skip
    last = max(held, key=lambda one: one.issued_on)
    base, province = _above(names.structure, last.cell_id, last.issued_on)
    course = last.course
    return {
        "course_number": course.opening_number if course else "",
        "course_days": f"{day(course.opened_on)} – {day(course.closed_on)}" if course else "",
        "certified_on": last.issued_on,
        "completion": course.completion_number if course else "",
        "organiser": course.organiser if course else "",
        "cell_then": names.cell(last.cell_id, last.issued_on),
        "base_then": base,
        "province_then": province,
        "certificate": last.number,
    }


def _above(structure, cell_id, on):
    """(the committee directly above a cell that day, the one on top); "" where nothing stood there. No tree of that day
    is built: the days of certificates are many."""
    number, found = on.toordinal(), []
    place = structure.place_on(structure.index[cell_id], number)
    while place is not None and place.parent >= 0 and (above := structure.heir(place.parent, number)) >= 0:
        place = structure.place_on(above, number)
        found.append(place.name)
    return (leading(found[0]), leading(found[-1])) if found else ("", "")


def _reviews(record, on):
    """The latest notes by quarter: "Q3/2026 Tiến bộ"."""
    told = sorted((row for row in record.reviews.all() if row.on <= on), key=lambda row: row.on)
    return "; ".join(
        f"Q{(row.on.month + 2) // 3}/{row.on.year} {row.get_verdict_display()}" for row in told[-_REVIEWS:]
    )
