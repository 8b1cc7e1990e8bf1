"""The standing checks of the register, in one table: what is wrong, of whose rows, how to mend it, and the rule behind it.

A check of a rule names its code in the rule sets, whose citation and mark are shown. Sources of the faults: office_practice.md §1.5 (form 2) and §4 (the numbers are its rows).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..pipeline.kinds import CEREMONY_DUE, CLASS, RECOGNITION

CANDIDACIES, ADMISSIONS, COMMITTEES = "candidacies", "admissions", "committees"
# Of each table: what its checks are about, and what its rows are called beside a count.
TABLES = {
    CANDIDACIES: (_("Quần chúng đang theo dõi"), _("hồ sơ đang mở")),
    ADMISSIONS: (_("Người đã được kết nạp"), _("người")),
    COMMITTEES: (_("Tổ chức đảng"), _("tổ chức")),
}
# Younger or older than this nobody enters the register: a slip of the pen in a year.
YOUNGEST, OLDEST = 14, 100
# What the cell that follows the person must do, by the rules in force today: there it stands, and not where the person was
# admitted.
FOLLOWED = {"ceremony_missing": CEREMONY_DUE, "class_overdue": CLASS, "recognition_overdue": RECOGNITION}

_FORM = _("Biểu 2-BTCTW đếm theo cột này")
_ID = _("Đối chiếu căn cước rồi sửa ở trang cá nhân.")
_NAME = _("Sửa tên ở trang cá nhân cho đúng danh mục; tên đúng mà chưa có trong danh mục thì để nguyên.")
_CORRECT = _("Đối chiếu giấy tờ gốc rồi sửa kết nạp.")


@dataclass(frozen=True)
class Check:
    """label: what is wrong, as a heading of a list. mend: what to do, a sentence. rule: its code in a rule set; citation:
    where it is none. columns: of the list behind it, those that show the fault, beside who and where."""

    code: str
    table: str
    label: str
    mend: str
    rule: str = ""
    citation: str = ""
    columns: str = ""

    def ground(self, rule):
        """What stands as its ground. rule: today's, None where none stands behind it. A step that was taken is judged by the
        rule of its own day, which may be an older one."""
        if rule is None:
            return str(self.citation)
        if self.table == ADMISSIONS and self.code not in FOLLOWED:
            return str(_("quy định vào ngày xét; nay: %s") % rule.citation)
        return rule.citation


_ALL = (
    Check("candidate_birth", CANDIDACIES, _("Sinh ngày ghi 01/01, thường là chỉ biết năm"), _ID),
    Check("candidate_age", CANDIDACIES, _("Tuổi không thể có: dưới 14 hoặc trên 100 khi vào nguồn"), _ID),
    Check("candidate_number", CANDIDACIES, _("Chưa có số định danh cá nhân"), _ID),
    Check("candidate_native", CANDIDACIES, _("Chưa ghi quê quán"), _("Ghi ở trang cá nhân."), columns="native_place"),
    Check("candidate_ethnicity", CANDIDACIES, _("Tên dân tộc không có trong danh mục"), _NAME, citation=_FORM, columns="ethnicity"),
    Check("candidate_religion", CANDIDACIES, _("Tên tôn giáo không có trong danh mục"), _NAME, citation=_FORM, columns="religion"),
    Check("candidate_words", CANDIDACIES, _("Học vấn, chuyên môn hoặc nghề nghiệp không nhận ra"), _NAME, citation=_FORM, columns="education,qualification,occupation"),
    Check("candidate_blank", CANDIDACIES, _("Còn để trống dân tộc, tôn giáo, học vấn, chuyên môn hoặc nghề nghiệp"),
          _("Ghi nốt ở trang cá nhân."), citation=_FORM, columns="ethnicity,religion,education,qualification,occupation"),
    Check("two_open", CANDIDACIES, _("Một người có hai hồ sơ đang mở"),
          _("Giữ hồ sơ ở nơi đang sinh hoạt, dừng hồ sơ kia.")),
    Check("open_admitted", CANDIDACIES, _("Hồ sơ còn mở của người đã được kết nạp"),
          _("Ghi kết nạp vào hồ sơ này, hoặc dừng theo dõi.")),
    Check("no_mentor", CANDIDACIES, _("Chưa có người giúp đỡ"), _("Chi bộ ra nghị quyết phân công, rồi ghi vào hồ sơ."),
          rule="mentor"),
    Check("review_overdue", CANDIDACIES, _("Quá hạn nhận xét"), _("Người giúp đỡ ghi nhận xét vào hồ sơ."), rule="review"),
    Check("class_before_list", CANDIDACIES, _("Học lớp nhận thức trước ngày đưa vào nguồn"),
          _("Xem lại hai ngày; đúng như vậy thì cần văn bản cấp trên đồng ý dùng giấy chứng nhận."), rule="order", columns="entered_on,certificate"),
    Check("certificate_lapsed", CANDIDACIES, _("Chứng nhận đã hết hạn mà chi bộ chưa xét"),
          _("Cử đi học lại trước khi xét."), rule="certificate", columns="certificate"),
    Check("papers_lapsed", CANDIDACIES, _("Giấy tờ trong hồ sơ đã quá hạn mà chi bộ chưa xét"),
          _("Lập lại giấy tờ đã quá hạn."), rule="papers"),
    Check("candidate_old", CANDIDACIES, _("Đang xét mà đã quá tuổi"),
          _("Chỉ xét khi có văn bản đồng ý; không thì dừng theo dõi."), rule="age_max"),
    Check("decision_overdue", CANDIDACIES, _("Quá hạn quyết định kết nạp"), _("Hỏi cấp có thẩm quyền, hoặc ghi quyết định."),
          rule="decision"),
    Check("admitted_birth", ADMISSIONS, _("Sinh ngày ghi 01/01, thường là chỉ biết năm"), _ID),
    Check("admitted_age", ADMISSIONS, _("Tuổi không thể có: dưới 14 hoặc trên 100 khi kết nạp"), _ID),
    Check("admitted_number", ADMISSIONS, _("Chưa có số định danh cá nhân"), _ID),
    Check("admitted_native", ADMISSIONS, _("Chưa ghi quê quán"), _("Ghi ở trang cá nhân; bảng gửi cơ sở dữ liệu quốc gia cần cột này."),
          columns="native_place"),
    Check("admitted_ethnicity", ADMISSIONS, _("Tên dân tộc không có trong danh mục"), _NAME, citation=_FORM, columns="ethnicity"),
    Check("admitted_religion", ADMISSIONS, _("Tên tôn giáo không có trong danh mục"), _NAME, citation=_FORM, columns="religion"),
    Check("admitted_words", ADMISSIONS, _("Học vấn, chuyên môn hoặc nghề nghiệp không nhận ra"), _NAME, citation=_FORM, columns="education,qualification,occupation"),
    Check("admitted_blank", ADMISSIONS, _("Còn để trống dân tộc, tôn giáo, học vấn, chuyên môn hoặc nghề nghiệp"), _CORRECT,
          citation=_FORM, columns="ethnicity,religion,education,qualification,occupation"),
    Check("number_twice", ADMISSIONS, _("Số quyết định dùng hai lần trong năm năm ở một cấp ủy"),
          _("Đối chiếu sổ văn thư, sửa số ở kết nạp ghi sai."), citation=_("số văn bản liên tục trong nhiệm kỳ của cấp ủy"),
          columns="decided_on,decision_number"),
    Check("number_form", ADMISSIONS, _("Số quyết định sai cách ghi hoặc sai cơ quan ban hành"),
          _("Sửa số theo quyết định gốc; mở trang Số văn bản để xem cách ghi."),
          citation=_("05-HD/VPTW, 27/5/2026; chữ viết tắt của từng cấp ủy"), columns="decided_on,decision_number"),
    Check("decision_number", ADMISSIONS, _("Chưa ghi số quyết định"), _("Ghi số theo quyết định gốc, không tự đặt."), columns="decided_on,decision_number"),
    Check("two_admissions", ADMISSIONS, _("Một người có hai lần kết nạp còn hiệu lực"),
          _("Hủy lần ghi nhầm; kết nạp lại thì ghi ngày thôi của lần trước."), columns="decided_on,decision_number"),
    Check("too_young", ADMISSIONS, _("Chưa đủ tuổi khi kết nạp"), _CORRECT, rule="age_min", columns="decided_on"),
    Check("too_old", ADMISSIONS, _("Quá tuổi khi kết nạp, chưa ghi văn bản đồng ý"),
          _("Ghi văn bản cho phép, hoặc sửa sinh ngày."), rule="age_max", columns="decided_on"),
    Check("certificate_late", ADMISSIONS, _("Chứng nhận lớp nhận thức cấp sau quyết định"), _CORRECT, rule="certificate", columns="decided_on"),
    Check("certificate_none", ADMISSIONS, _("Kết nạp từ hồ sơ mà không có chứng nhận lớp nhận thức"),
          _("Ghi giấy chứng nhận ở trang cá nhân."), rule="certificate", columns="decided_on"),
    Check("certificate_old", ADMISSIONS, _("Chứng nhận đã hết hạn vào ngày chi bộ biểu quyết"), _CORRECT, rule="certificate", columns="decided_on"),
    Check("decision_first", ADMISSIONS, _("Quyết định trước nghị quyết của chi bộ hoặc đảng ủy"), _CORRECT, rule="order", columns="decided_on"),
    Check("committee_first", ADMISSIONS, _("Đảng ủy họp trước chi bộ"), _CORRECT, rule="order", columns="decided_on"),
    Check("decision_late", ADMISSIONS, _("Quyết định quá hạn kể từ nghị quyết của chi bộ, chưa ghi văn bản cho phép"),
          _("Ghi văn bản cho phép, hoặc sửa ngày."), rule="decision", columns="decided_on"),
    Check("ceremony_unknown", ADMISSIONS, _("Quá 30 ngày làm việc chưa ghi ngày nhận quyết định lẫn ngày lễ"),
          _("Ghi ngày chi bộ nhận quyết định và ngày lễ."), rule="ceremony", columns="decided_on"),
    Check("ceremony_missing", ADMISSIONS, _("Quá 30 ngày làm việc từ ngày nhận quyết định mà chưa làm lễ"),
          _("Tổ chức lễ, hoặc ghi văn bản cho phép làm lễ muộn."), rule="ceremony", columns="received_on,ceremony_on"),
    Check("ceremony_late", ADMISSIONS, _("Lễ kết nạp quá 30 ngày làm việc, chưa ghi văn bản cho phép"),
          _("Ghi văn bản cho phép, hoặc sửa ngày."), rule="ceremony", columns="received_on,ceremony_on"),
    Check("ceremony_first", ADMISSIONS, _("Lễ kết nạp trước ngày chi bộ nhận quyết định"), _CORRECT, rule="order", columns="received_on,ceremony_on"),
    Check("official_early", ADMISSIONS, _("Chính thức trước khi đủ 12 tháng dự bị"), _CORRECT, rule="probation", columns="ceremony_on,official_on"),
    Check("class_overdue", ADMISSIONS, _("Hết dự bị mà chưa học lớp đảng viên mới"), _("Cử đi học, rồi ghi giấy chứng nhận."),
          rule="new_member_class", columns="ceremony_on"),
    Check("recognition_overdue", ADMISSIONS, _("Quá hạn xét công nhận chính thức"),
          _("Chi bộ xét, rồi ghi quyết định công nhận hoặc xóa tên."), rule="recognition", columns="ceremony_on"),
    Check("no_secretary", COMMITTEES, _("Chi bộ chưa có tài khoản bí thư"), _("Quản trị mở tài khoản và phân quyền.")),
    Check("no_headcount", COMMITTEES, _("Không có số đảng viên nào trong 12 tháng qua"),
          _("Ghi số đảng viên, hoặc nhập tệp Số đảng viên.")),
    Check("no_type", COMMITTEES, _("Tổ chức cơ sở đảng chưa ghi loại hình"),
          _("Ghi loại hình khi sắp xếp hoặc nhập tổ chức; nhóm doanh nghiệp đếm theo loại hình.")),
    Check("no_source", COMMITTEES, _("Tổ chức cơ sở đảng không có ai trong nguồn, cũng chưa đánh dấu không còn nguồn"),
          _("Đưa quần chúng vào nguồn, hoặc đánh dấu không còn nguồn kèm nguyên nhân.")),
)  # fmt: skip
CHECKS = {check.code: check for check in _ALL}


def of_table(table):
    """[Check] of one table, in order."""
    return [check for check in _ALL if check.table == table]
