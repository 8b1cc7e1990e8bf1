"""The kinds of things to be done (contracts: worklist): what each is called, whose it is, the rule that says so.

Facts are taken as they stood on the day asked by their true dates, never by day of entry. All bounds are inclusive:

    no_mentor            undecided, nobody assigned to help that day
    objection            undecided, and something about the person stands against the cell's considering that day
    mentor_unable        undecided, whose mentor was declared unable, or is known to be in probation in the same cell
    returned             undecided, the dossier sent back and not sent again
    review_overdue       due < on: the first review missed since the mentor began, or last reviewed
    certificate_lapsing  end - 90 days <= on <= end; certificate_lapsed: end < on; papers_lapsing and _lapsed the same
    decision_due         from the day of the cell's resolution that carried until the decision
    ceremony_due         from the day the cell received the decision until the ceremony
    class_due            from the ceremony until the certificate of the new members' class, or recognition
    transfer_due         from the day of moving in probation
    probation_ending     end - 90 days <= on <= end, end the last day of the 12 months
    recognition_due      end < on, until the decision that recognises (on that day no longer)
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

CANDIDACIES, ADMISSIONS = "candidacies", "admissions"


@dataclass(frozen=True)
class Kind:
    """label: as a state of the dossier. table: of the snapshot, whose rows it concerns. rule: its code in a rule set;
    an objection brings its own. dated: whether it falls due on a day."""

    code: str
    label: str
    table: str
    rule: str
    dated: bool = True


NO_MENTOR, OBJECTION, UNABLE, RETURNED = "no_mentor", "objection", "mentor_unable", "returned"
REVIEW, LAPSING, LAPSED = "review_overdue", "certificate_lapsing", "certificate_lapsed"
PAPERS_LAPSING, PAPERS_LAPSED = "papers_lapsing", "papers_lapsed"
DECISION, CEREMONY_DUE, CLASS, TRANSFER = "decision_due", "ceremony_due", "class_due", "transfer_due"
ENDING, RECOGNITION = "probation_ending", "recognition_due"

_ALL = (
    Kind(NO_MENTOR, _("Chưa có người giúp đỡ"), CANDIDACIES, "mentor", dated=False),
    Kind(UNABLE, _("Người giúp đỡ không đủ điều kiện"), CANDIDACIES, "mentor", dated=False),
    Kind(OBJECTION, _("Có điều kiện chưa đạt"), CANDIDACIES, "order", dated=False),
    Kind(RETURNED, _("Bị trả lại, cần bổ sung"), CANDIDACIES, "order", dated=False),
    Kind(REVIEW, _("Quá hạn nhận xét"), CANDIDACIES, "review"),
    Kind(LAPSING, _("Chứng nhận hết hạn trong 90 ngày"), CANDIDACIES, "certificate"),
    Kind(LAPSED, _("Chứng nhận đã hết hạn"), CANDIDACIES, "certificate"),
    Kind(PAPERS_LAPSING, _("Giấy tờ hết hạn trong 90 ngày"), CANDIDACIES, "papers"),
    Kind(PAPERS_LAPSED, _("Giấy tờ đã hết hạn"), CANDIDACIES, "papers"),
    Kind(DECISION, _("Chờ quyết định kết nạp, có hạn"), CANDIDACIES, "decision"),
    Kind(CEREMONY_DUE, _("Đã nhận quyết định, chưa làm lễ"), ADMISSIONS, "ceremony"),
    Kind(CLASS, _("Chưa học lớp đảng viên mới"), ADMISSIONS, "new_member_class"),
    Kind(TRANSFER, _("Chuyển sinh hoạt đảng"), ADMISSIONS, "transfer"),
    Kind(ENDING, _("Hết dự bị trong 90 ngày"), ADMISSIONS, "probation"),
    Kind(RECOGNITION, _("Đến hạn xét công nhận chính thức"), ADMISSIONS, "recognition"),
)
KINDS = {kind.code: kind for kind in _ALL}
ORDER = {code: n for n, code in enumerate(KINDS)}
OF_CANDIDATES = [kind.code for kind in _ALL if kind.table == CANDIDACIES]
OF_MEMBERS = [kind.code for kind in _ALL if kind.table == ADMISSIONS]
