"""What the demo's offices write on their papers, and two dossiers with every paper of the road, so that each form comes
out of the demo. All names and words are false; days count back from the day the demo is made."""

from datetime import timedelta

from committees import journal, vietnamese
from committees.vietnamese import add_months

from ..models import (
    Admission,
    Candidacy,
    Certificate,
    Course,
    Letter,
    Mentorship,
    Paper,
    Person,
    Relative,
    Step,
    Traits,
    Wording,
)
from ..pipeline.actions import settling
from .standing import standing

# A cell under a section, and one right under its base: which forms there are differs.
SECTION_CELL, BASE_CELL = "BRVT-K2-001-03", "BRVT-DD-008-02"
MENTOR = "Đỗ Hữu Dũng"
WORDS = {
    "signer": "Nguyễn Văn Mẫu", "chair": "Nguyễn Văn Mẫu", "chair_title": "Bí thư chi bộ", "secretary": "Trần Thị Ghi",
    "background": "lý lịch rõ ràng, đã được thẩm tra và kết luận đạt.",
    "awareness": "tin tưởng và chấp hành đường lối của Đảng, chính sách, pháp luật của Nhà nước.",
    "strengths": "có phẩm chất đạo đức tốt, hoàn thành nhiệm vụ được giao, tích cực tham gia phong trào ở cơ sở.",
    "weaknesses": "có lúc còn ngại phát biểu ý kiến trong sinh hoạt tập thể.",
    "ability": "nắm vững công việc, làm việc có kế hoạch.", "relations": "hòa nhã, được mọi người tín nhiệm.",
    "residence": "ấp Phước Trung, xã Phước Long Thọ", "birthplace": "xã Phước Long Thọ",
    "work": "công nhân, tổ sản xuất số 2", "introducer_title": "Phó Bí thư chi bộ", "introducer_since": "19/05/2012",
    "appraiser": "Lê Văn Xét", "coappraisers": "Ủy ban Kiểm tra, Ban Tuyên giáo và Dân vận",
    "proposal": "đồng ý đề nghị ban thường vụ xem xét, quyết định kết nạp.", "hour": "14 giờ 00", "ended": "15 giờ 00",
    "venue": "Hội trường cơ quan đảng ủy", "invited": "Đại diện cấp ủy cấp trên, đoàn thể nơi người vào Đảng công tác",
    "superior": "Phạm Thị Trên", "phone": "số máy của văn phòng cấp ủy", "director": "Võ Văn Lớp",
    "oath": "(Lời tuyên thệ chép từ bản chi bộ đang giữ.)",
    "spoken": "nhất trí với báo cáo của chi ủy, không có ý kiến khác.",
}  # fmt: skip
# Papers that bear a day and a number of their own: (form, days after the ceremony, number).
DATED = (("giay-moi", -7, "11-GM/CB"), ("bao-cao-sau-le", 2, "12-BC/CB"))
_VOTE = {"members": 9, "probationers": 1, "present": 9, "in_favour": 9, "against": 0}
_BOARD = {"members": 9, "present": 9, "in_favour": 8, "against": 1}
_ALL = {"present": 9, "agree": 9, "disagree": 0}
_WITH = {"introducer": MENTOR, "together_since": "2019-05-06"}
_UNION = {"members": 11, "in_favour_of": 11}
# (kind, days before or after the cell's vote, number, issuer, result, what it says), in the order of the procedure.
_PAPERS = (
    ("listing", -240, "04-NQ/CB", "", "", {}),
    ("application", -120, "", "", "", {"handwritten": True, "own_words": True}),
    ("declaration", -118, "", "", "", {"sealed": True, "names_agree": True, "places_by_date": True}),
    ("verification", -60, "12-KL/ĐU", "", "pass", {}),
    ("opinion_union", -50, "", "Công đoàn cơ sở", "", _ALL),
    ("opinion_home", -50, "", "Chi ủy nơi cư trú", "", {}),
    ("opinions", -45, "", "", "", _ALL),
    ("introduction", -40, "", "", "", _WITH),
    ("youth", -39, "05-NQ/ĐTN", "Đoàn cơ sở", "", _UNION),
    ("union", -39, "06-NQ/CĐCS", "Công đoàn cơ sở", "", _UNION),
    ("cell_vote", 0, "07-NQ/CB", "", "pass", {**_VOTE, "minutes_agree": True, "one_each": True}),
    ("section_appraisal", 4, "08-BC/ĐUBP", "", "pass", {}),
    ("base_vote", 8, "21-NQ/ĐU", "", "pass", _BOARD),
    ("submission", 12, "33-TTr/ĐU", "", "", {"to": "Ban Tổ chức cấp ủy cấp trên", "carried_by": "Trần Thị Ghi"}),
    ("receipt", 13, "", "", "", {}),
    ("appraisal", 26, "", "", "pass", {}),
    ("member_file", 80, "", "", "", {}),
    ("self_review", 440, "", "", "", {}),
    ("mentor_remarks", 441, "", "", "", {}),
    ("probation_opinions", 442, "", "", "", _ALL),
    ("recognition_vote", 450, "09-NQ/CB", "", "pass", {**_VOTE, "minutes_agree": True, "one_each": True}),
    ("section_recognition", 453, "10-BC/ĐUBP", "", "pass", {}),
    ("base_recognition", 456, "24-NQ/ĐU", "", "pass", _BOARD),
    ("recognition_submission", 460, "41-TTr/ĐU", "", "", {"to": "Ban Tổ chức cấp ủy cấp trên"}),
)  # fmt: skip
_SECTION = {"section_appraisal", "section_recognition"}
# (cell, name, sex, born, kinds this road does not have)
PEOPLE = (
    (SECTION_CELL, "Bạch Thị Diễm Kiều", "F", "2000-01-15", {"union"}),
    (BASE_CELL, "Âu Văn Thụy", "M", "1986-11-05", {"youth", *_SECTION}),
)
_SINCE = 560  # days since the cell's vote


def play_papers(today=None):
    """Put them into the demo, once: False where somebody wrote wording already, or a cell does not stand. One pen."""
    today = today or vietnamese.today()
    cells = standing((SECTION_CELL, BASE_CELL), today)
    if Wording.objects.exists() or len(cells) < 2:
        return False
    with journal.pen(None, "demo", note="Lời văn trên giấy tờ của bản trình diễn (dựng lại)"):
        for code, name, sex, born, without in PEOPLE:
            _follow(cells[code], today - timedelta(days=_SINCE), name, sex, born, without)
        said = Candidacy.objects.filter(papers__isnull=False).distinct()
        Wording.objects.bulk_create(Wording(candidacy=one, said=WORDS) for one in said)
        held = Admission.objects.filter(candidacy__in=said, ceremony_on__isnull=False)
        Wording.objects.bulk_create(
            Wording(
                candidacy=row.candidacy,
                form=form,
                said={"day": str(row.ceremony_on + timedelta(days=after)), "number": number},
            )
            for row in held.select_related("candidacy")
            for form, after, number in DATED
        )
    return True


def _follow(cell, vote, name, sex, born, without):
    def on(days):
        return vote + timedelta(days=days)

    person = Person(
        full_name=name, sex=sex, born=born, ethnicity="Kinh", religion="Không", education="12/12",
        qualification="Đại học", occupation="Công nhân", union_member="youth" not in without,
        native_place="xã Phước Long Thọ, huyện Đất Đỏ, tỉnh Bà Rịa – Vũng Tàu",
    )  # fmt: skip
    person.save()
    candidacy = Candidacy(person=person, cell=cell, entered_on=on(-240))
    candidacy.save()
    Step(candidacy=candidacy, stage="source", on=on(-240)).save()
    Mentorship(candidacy=candidacy, mentor=MENTOR, since=on(-240), document="04-NQ/CB").save()
    _classes(person, cell, on, "A" if cell.code == SECTION_CELL else "B")
    Step(candidacy=candidacy, stage="class", on=on(-200)).save()
    father = Relative(
        candidacy=candidacy, relation="father", full_name="Phạm Văn Cội", result="pass", result_on=on(-65)
    )
    father.save()
    Letter(candidacy=candidacy, relative=father, to="Đảng ủy xã Láng Dài", number="15-CV/ĐU", sent_on=on(-110),
           carried_by=MENTOR, due_on=on(-66), answered_on=on(-65), result="pass").save()  # fmt: skip
    Paper.objects.bulk_create(
        Paper(
            candidacy=candidacy,
            kind=kind,
            on=on(days),
            number=number,
            issuer=issuer,
            result=result,
            said=said,
        )
        for kind, days, number, issuer, result, said in _PAPERS
        if kind not in without
    )
    Admission(
        person=person, candidacy=candidacy, cell=cell, decided_on=on(40), decision_number="271-QĐ/ĐU",
        received_on=on(45), ceremony_on=on(60), recognised_on=on(480), official_on=add_months(on(60), 12),
        recognition_number="302-QĐ/ĐU", **{name: getattr(person, name) for name in Traits.NAMES},
    ).save()  # fmt: skip
    settling.settle(candidacy)


def _classes(person, cell, on, part):
    """The class on awareness, before the application; that for new members, in probation."""
    told = {
        "awareness": ("lớp bồi dưỡng nhận thức về Đảng khóa 3", -207, "0214", -200),
        "new_member": ("lớp đảng viên mới khóa 2", 296, "0126", 303),
    }
    for kind, (name, opened, number, issued) in told.items():
        course, _made = Course.objects.get_or_create(
            committee=cell, kind=kind, name=name, opened_on=on(opened),
            defaults={"closed_on": on(opened + 4), "organiser": "Trung tâm Chính trị huyện Đất Đỏ"},
        )  # fmt: skip
        Certificate(
            person=person, cell=cell, course=course, kind=kind, number=f"{number}/{part}", issued_on=on(issued),
            register_number=f"{number}-{part}", grade="Khá",
        ).save()  # fmt: skip
