"""The names a form may use for what it says, each with the words by which it is asked for where it is missing. Pure."""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..rules.papers import KINDS

# What a `{name}` or `{name:way}` in a form looks like; the ways are those of `filling.WAYS`.
FIELD = re.compile(r"\{([^{}:]*)(?::([^{}:]*))?\}")
WAYS = ("long", "upper", "cap", "low")


def dotted(text):
    """Whether a text holds dots that wait for a pen: a paper is written out (office_practice.md §4, fault 5)."""
    return "…" in text or "...." in text


PERSON = {
    "name": _("Họ và tên"), "born": _("Sinh ngày"), "sex": _("Giới tính"), "ethnicity": _("Dân tộc"),
    "religion": _("Tôn giáo"), "education": _("Học vấn"), "qualification": _("Chuyên môn"),
    "occupation": _("Nghề nghiệp"), "native_place": _("Quê quán"), "citizen_id": _("Số định danh cá nhân"),
}  # fmt: skip
# The bodies along the road, by their names on the day of the paper.
BODIES = {
    "cell": _("Chi bộ"), "section": _("Đảng bộ bộ phận"), "base": _("Đảng bộ cơ sở"),
    "deciding": _("Cấp có thẩm quyền quyết định"),
}  # fmt: skip
# Of a body: the organisation, the committee that leads it, what stands above it, the committee that leads that.
OF_BODY = {
    "name": _("tên"), "body": _("cấp ủy"), "above": _("tổ chức cấp trên"), "over": _("cấp ủy cấp trên"),
}  # fmt: skip
# Whose document it is: a paper that cites it calls that body by its name on the document's own day.
WHOSE = {
    "cell_vote": "cell", "base_vote": "base", "decision": "deciding",
    "recognition_vote": "cell", "base_recognition": "base",
}  # fmt: skip
BY_WHOM = {"name": _("tổ chức ra văn bản"), "body": _("cấp ủy ra văn bản")}
_OF_PAPER = {
    "on": _("ngày"), "number": _("số"), "issuer": _("nơi ban hành"), "introducer": _("đảng viên giới thiệu"),
    "together_since": _("ngày bắt đầu cùng công tác, học tập hoặc cư trú"), "members": _("tổng số"),
    "probationers": _("số đảng viên dự bị"), "away": _("số chuyển sinh hoạt tạm thời"),
    "exempt": _("số được miễn sinh hoạt, vắng mặt"), "present": _("số có mặt"), "in_favour": _("số tán thành"),
    "in_favour_of": _("số tán thành"), "against": _("số không tán thành"), "agree": _("số đồng ý"),
    "disagree": _("số không đồng ý"), "to": _("nơi nhận"), "carried_by": _("người mang đi"),
    "missing": _("nội dung còn thiếu"), "result": _("kết luận"), "entitled": _("số có quyền biểu quyết"),
    "whole": _("tổng số đảng viên, cả dự bị"), "absent": _("số vắng mặt"), "percent": _("tỷ lệ tán thành"),
}  # fmt: skip
# Worked out of the counts of a vote.
DERIVED = ("whole", "entitled", "absent", "percent")
_CERTIFICATE = {
    "number": _("số giấy chứng nhận"), "issued_on": _("ngày cấp"), "register_number": _("số vào sổ gốc"),
    "grade": _("xếp loại"), "course": _("tên lớp"), "opened_on": _("ngày khai giảng"),
    "closed_on": _("ngày bế giảng"), "organiser": _("đơn vị mở lớp"), "place": _("địa điểm"),
}  # fmt: skip
# What no other record tells: the office writes it, for one form or for all papers of a candidacy.
WRITTEN = {
    "place": _("Địa danh ghi trước ngày"), "signer": _("Người ký"), "position": _("Chức vụ người ký"),
    "day": _("Ngày của văn bản"), "number": _("Số của văn bản"), "chair": _("Chủ trì hội nghị"),
    "chair_title": _("Chức vụ của người chủ trì"), "secretary": _("Thư ký hội nghị"),
    "reason_absent": _("Lý do vắng mặt"), "background": _("Kết luận về lý lịch"),
    "awareness": _("Nhận xét về nhận thức, phẩm chất chính trị"), "strengths": _("Ưu điểm"),
    "weaknesses": _("Khuyết điểm, hạn chế"), "ability": _("Năng lực công tác"),
    "relations": _("Quan hệ với quần chúng"), "residence": _("Nơi cư trú"), "birthplace": _("Nơi sinh"),
    "work": _("Chức vụ, đơn vị công tác"), "introducer_title": _("Chức vụ của người giới thiệu"),
    "introducer_since": _("Ngày vào Đảng của người giới thiệu"), "appraiser": _("Người thẩm định"),
    "coappraisers": _("Các đơn vị phối hợp thẩm định"), "proposal": _("Kiến nghị của người thẩm định"),
    "hour": _("Giờ bắt đầu"), "ended": _("Giờ kết thúc"), "venue": _("Địa điểm tổ chức"),
    "invited": _("Thành phần được mời"), "superior": _("Đại diện cấp ủy cấp trên"),
    "phone": _("Số điện thoại liên hệ"), "spoken": _("Ý kiến tại hội nghị"), "director": _("Giám đốc trung tâm"), "oath": _("Lời tuyên thệ"),
}  # fmt: skip
_OTHERS = {
    "mentor.name": _("Đảng viên được phân công giúp đỡ"), "mentor.names": _("Các đảng viên được phân công giúp đỡ"),
    "introduction.assigned": _("Số nghị quyết phân công chính người giới thiệu giúp đỡ"),
    "mentor.since": _("Ngày phân công giúp đỡ"),
    "mentor.document": _("Số nghị quyết phân công giúp đỡ"), "official.on": _("Ngày công nhận chính thức"),
    "probation.ends": _("Ngày hết thời gian dự bị"), "received.on": _("Ngày chi bộ nhận quyết định"),
    "ceremony.on": _("Ngày tổ chức lễ kết nạp"), "decision.on": _("Ngày quyết định kết nạp"),
    "decision.number": _("Số quyết định kết nạp"), "recognition.on": _("Ngày quyết định công nhận"),
    "recognition.number": _("Số quyết định công nhận"), "today.on": _("Ngày lập phiếu"),
    "letter.to": _("Nơi nhận công văn thẩm tra"), "letter.number": _("Số công văn thẩm tra"),
    "letter.sent_on": _("Ngày gửi công văn thẩm tra"), "letter.carried_by": _("Người mang công văn"),
    "letter.due_on": _("Hạn trả lời công văn"), "letter.relation": _("Quan hệ của người được thẩm tra"),
    "letter.relative": _("Họ tên người được thẩm tra"),
    "letter.people": _("Những người được thẩm tra (danh sách người thân, đủ họ tên)"),
}  # fmt: skip


# What a directive of a form puts on the paper, or a line of it for several records, kept with what its fields said.
GROUNDS = "grounds"
DIRECTED = {GROUNDS: _("Căn cứ"), **{kind.code: kind.label for kind in KINDS.values() if kind.many}}


def _labels():
    found = {f"person.{name}": label for name, label in PERSON.items()} | dict(WRITTEN) | _OTHERS
    for body, label in BODIES.items():
        found |= {f"{body}.{part}": _both(label, words) for part, words in OF_BODY.items()}
    for which, label in (("certificate", _("Lớp nhận thức về Đảng")), ("new_class", _("Lớp đảng viên mới"))):
        found |= {f"{which}.{part}": _both(label, words) for part, words in _CERTIFICATE.items()}
    for kind in WHOSE:
        found |= {f"{kind}.{part}": _both(KINDS[kind].label, words) for part, words in BY_WHOM.items()}
    for kind in KINDS.values():
        if kind.stored == "paper":
            derived = DERIVED if kind.is_vote else ()
            for part in ("on", "number", "issuer", "result", *kind.fields, *derived):
                if part in _OF_PAPER:
                    found[f"{kind.code}.{part}"] = _both(kind.label, _OF_PAPER[part])
    return found


def _both(label, part):
    return format_lazy("{}: {}", label, part)


# {name a form may use: what it is called where it is missing}
LABELS = _labels()
