"""The road as a list of papers: what may be recorded of a candidacy, in the order of the procedure. Pure.

Each kind is one deed with one small form: a day, mostly a number and an issuer, and what only it says (`fields`).
Sources: domain.md §1.2–1.8 and §2; the numbers of forms are those of the KNĐ series.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# Who does it: the cell; the section above it; the grassroots committee; the committee that decides, or its staff.
CELL, SECTION, BASE, ABOVE = "cell", "section", "base", "above"
# Phases of the road, in order.
SOURCE, DOSSIER, VOTES, UPWARDS, DECIDED, PROBATION, OUT = (
    "source", "dossier", "votes", "upwards", "decided", "probation", "out",
)  # fmt: skip
PASS, FAIL, WAIT = "pass", "fail", "wait"
# Stored on the admission; a paper too where a cell had received a decision whose ceremony another cell then held.
RECEIVED = "received"
VOTE = (
    "members",
    "probationers",
    "away",
    "exempt",
    "present",
    "in_favour",
    "against",
    "minutes_agree",
    "one_each",
)
# What only somebody who holds the paper can confirm: a tick, never a reason to refuse (office_practice.md §4).
TICKS = {
    "handwritten": _("Đơn do chính người xin vào Đảng viết tay"),
    "own_words": _("Viết thành lời, không điền vào chỗ trống của mẫu"),
    "sealed": _("Đã đóng dấu giáp lai trước khi gửi thẩm tra"),
    "names_agree": _("Họ tên, ngày sinh, quê quán khớp giữa các giấy tờ"),
    "places_by_date": _("Tên xã, huyện ghi theo ngày của giấy tờ"),
    "introducer_unfit": _("Người giới thiệu còn dự bị, bị kỷ luật, đã chuyển đi hoặc là người thân"),
    "replaces": _("Thay người giới thiệu đã chuyển đi hoặc bị kỷ luật"),
    "minutes_agree": _("Biên bản và nghị quyết ghi cùng ngày, cùng số phiếu"),
    "one_each": _("Nghị quyết ghi riêng cho từng người"),
    "signed": _("Các văn bản đủ số, chức vụ và chữ ký; chi bộ không đóng dấu"),
}
# Why somebody was out of the Party before, as the rules of readmission tell them apart.
LEFT_AS = {
    "struck_off": _("Bị xóa tên"),
    "expelled": _("Bị khai trừ"),
    "resigned_hardship": _("Xin ra khỏi Đảng vì gia đình đặc biệt khó khăn"),
    "resigned": _("Xin ra khỏi Đảng vì lý do khác"),
    "dropped_out": _("Tự bỏ sinh hoạt Đảng"),
    "disunity": _("Gây mất đoàn kết nghiêm trọng"),
    "minor_crime": _("Bị kết án về tội ít nghiêm trọng"),
    "corruption": _("Bị kết án vì tham nhũng"),
    "serious_crime": _("Bị kết án từ mức nghiêm trọng trở lên"),
}


@dataclass(frozen=True)
class Kind:
    """code: what is stored. form: the printed form's number, "" where there is none. by: whose deed it is. stage: where
    the candidacy stands once it is done and not failed; "" where it stays. needs: kinds that must stand before, judged
    where they exist for that cell. fields: what only this paper says. results: what it may conclude. many: may stand
    several times. stored: "paper", or "admission" where its day is one of the admission's own."""

    code: str
    label: str
    phase: str
    by: str = CELL
    form: str = ""
    stage: str = ""
    needs: tuple = ()
    fields: tuple = ()
    results: tuple = ()
    many: bool = False
    stored: str = "paper"

    def exists(self, levels):
        """Whether the step exists for a cell with these bodies above it, of "section" and "base" (`Facts.levels`)."""
        between = self.by == SECTION or self.by == BASE and self.is_vote
        return not between or self.by in levels

    @property
    def is_vote(self):
        return "in_favour" in self.fields

    @property
    def ends(self):
        """Whether the candidacy stops with it."""
        return self.phase == OUT


_ALL = (
    Kind("listing", _("Nghị quyết đưa vào danh sách cảm tình Đảng"), SOURCE, stage="source"),
    Kind("class_proposal", _("Cử đi học lớp bồi dưỡng nhận thức"), SOURCE, many=True),
    Kind("criterion", _("Tiêu chí riêng của địa phương"), DOSSIER, fields=("criterion",), results=(PASS, FAIL), many=True),
    Kind("readmission", _("Văn bản đồng ý cho xét kết nạp lại"), DOSSIER, ABOVE,
         fields=("left_on", "left_as", "expunged_on")),
    Kind("application", _("Đơn xin vào Đảng"), DOSSIER, form="1-KNĐ", stage="dossier", fields=("handwritten", "own_words")),
    Kind("declaration", _("Lý lịch của người xin vào Đảng"), DOSSIER, form="2-KNĐ", stage="dossier",
         needs=("application",), fields=("sealed", "names_agree", "places_by_date")),
    Kind("verification", _("Kết luận thẩm tra lý lịch"), DOSSIER, BASE, needs=("declaration",),
         results=(PASS, WAIT, FAIL), many=True),
    Kind("opinion_union", _("Ý kiến tổ chức chính trị – xã hội nơi làm việc"), DOSSIER,
         fields=("present", "agree", "disagree"), many=True),
    Kind("opinion_home", _("Ý kiến chi ủy nơi cư trú"), DOSSIER, many=True),
    Kind("opinions", _("Tổng hợp ý kiến nhận xét"), DOSSIER, form="5-KNĐ", many=True,
         fields=("present", "agree", "disagree")),
    Kind("introduction", _("Giấy giới thiệu của đảng viên chính thức"), DOSSIER, form="3-KNĐ", many=True,
         fields=("introducer", "together_since", "introducer_unfit", "replaces")),
    Kind("youth", _("Nghị quyết giới thiệu của Đoàn thanh niên cơ sở"), DOSSIER, form="4-KNĐ", many=True,
         fields=("members", "in_favour_of")),
    Kind("union", _("Nghị quyết giới thiệu của Công đoàn cơ sở"), DOSSIER, form="4A-KNĐ", many=True,
         fields=("members", "in_favour_of")),
    Kind("cell_vote", _("Nghị quyết chi bộ đề nghị kết nạp"), VOTES, form="6-KNĐ", stage="cell",
         needs=("application", "declaration", "verification", "opinion_home", "opinions"), fields=VOTE, many=True),
    Kind("section_appraisal", _("Báo cáo thẩm định của đảng ủy bộ phận"), VOTES, SECTION, form="7-KNĐ",
         needs=("cell_vote",), results=(PASS, FAIL), many=True),
    Kind("base_vote", _("Nghị quyết đảng ủy cơ sở đề nghị kết nạp"), VOTES, BASE, form="8-KNĐ",
         needs=("cell_vote", "section_appraisal"), fields=("members", "present", "in_favour", "against"), many=True),
    Kind("submission", _("Gửi hồ sơ lên cấp có thẩm quyền"), UPWARDS, BASE, stage="submitted",
         needs=("cell_vote", "section_appraisal", "base_vote"), fields=("to", "carried_by", "signed"), many=True),
    Kind("receipt", _("Cấp có thẩm quyền nhận hồ sơ"), UPWARDS, ABOVE, needs=("submission",), many=True),
    Kind("appraisal", _("Phiếu thẩm định hồ sơ"), UPWARDS, ABOVE, needs=("submission",), results=(PASS, WAIT, FAIL),
         many=True),
    Kind("returned", _("Trả lại để hoàn chỉnh"), UPWARDS, ABOVE, needs=("submission",), fields=("missing",), many=True),
    Kind("resubmission", _("Gửi lại hồ sơ đã hoàn chỉnh"), UPWARDS, BASE, needs=("returned",), fields=("to", "carried_by"),
         many=True),
    Kind("decision", _("Quyết định kết nạp"), DECIDED, ABOVE, form="9-KNĐ", stage="decided",
         needs=("cell_vote", "base_vote", "submission"), stored="admission"),
    Kind(RECEIVED, _("Chi bộ nhận quyết định"), DECIDED, needs=("decision",), stored="admission"),
    Kind("ceremony_consent", _("Cấp trên đồng ý tổ chức lễ muộn"), DECIDED, ABOVE, needs=("decision",)),
    Kind("ceremony", _("Lễ kết nạp"), DECIDED, stage="probation", needs=("decision", "received"), stored="admission"),
    Kind("member_file", _("Lý lịch đảng viên"), PROBATION, form="1-HSĐV", needs=("ceremony",)),
    Kind("self_review", _("Bản tự kiểm điểm của đảng viên dự bị"), PROBATION, form="10-KNĐ", needs=("ceremony",)),
    Kind("mentor_remarks", _("Nhận xét của đảng viên được phân công giúp đỡ"), PROBATION, form="11-KNĐ",
         needs=("ceremony",)),
    Kind("probation_opinions", _("Tổng hợp ý kiến về đảng viên dự bị"), PROBATION, form="12-KNĐ", needs=("ceremony",),
         fields=("present", "agree", "disagree"), many=True),
    Kind("recognition_vote", _("Nghị quyết chi bộ đề nghị công nhận chính thức"), PROBATION, form="13-KNĐ",
         needs=("ceremony", "self_review", "mentor_remarks", "probation_opinions"), fields=VOTE, many=True),
    Kind("section_recognition", _("Báo cáo thẩm định của đảng ủy bộ phận về công nhận"), PROBATION, SECTION,
         form="14-KNĐ", needs=("recognition_vote",), results=(PASS, FAIL), many=True),
    Kind("base_recognition", _("Nghị quyết đảng ủy cơ sở đề nghị công nhận"), PROBATION, BASE, form="15-KNĐ",
         needs=("recognition_vote", "section_recognition"), fields=("members", "present", "in_favour", "against"),
         many=True),
    Kind("recognition_submission", _("Gửi hồ sơ đề nghị công nhận chính thức"), PROBATION, BASE,
         needs=("recognition_vote", "section_recognition", "base_recognition"), fields=("to", "carried_by"), many=True),
    Kind("recognition", _("Quyết định công nhận đảng viên chính thức"), PROBATION, ABOVE, form="16-KNĐ", stage="official",
         needs=("recognition_vote", "base_recognition", "recognition_submission"), stored="admission"),
    Kind("withdrawn", _("Tự rút hồ sơ"), OUT, stage="closed", fields=("reason",)),
    Kind("removed", _("Đưa ra khỏi danh sách"), OUT, stage="closed", fields=("reason",)),
    Kind("not_passed", _("Không được thông qua"), OUT, stage="closed", fields=("reason",)),
    Kind("moved", _("Chuyển đi nơi khác"), OUT, stage="closed", fields=("to", "reason")),
    Kind("struck_off", _("Xóa tên trong thời gian dự bị"), OUT, ABOVE, stage="closed", fields=("reason",)),
    Kind("died", _("Từ trần"), OUT, stage="closed", fields=()),
    Kind("stopped", _("Dừng theo dõi"), OUT, stage="closed", fields=("reason",)),
)  # fmt: skip
KINDS = {kind.code: kind for kind in _ALL}
ORDER = {kind.code: k for k, kind in enumerate(_ALL)}
# What lapses twelve months after the dossier was set up, and is made anew (domain.md §1.7).
LAPSING = ("introduction", "youth", "union", "opinions")


def choices():
    """[(code, label)] of the kinds that are stored as papers."""
    return [(kind.code, kind.label) for kind in _ALL if kind.stored == "paper"]


def done_by(code):
    """The stage by which a paper of that kind must have been made: that of the first kind from it on that leads to one;
    "" for the ways out."""
    later = _ALL[ORDER[code] :]
    return next((kind.stage for kind in later if kind.stage and kind.phase != OUT), "")
