"""The words of the journal: what each deed code and model is called on the page. A test holds the list complete."""

from django.utils.translation import gettext_lazy as _

DEEDS = {
    "account-close": _("Khóa tài khoản"),
    "account-open": _("Mở tài khoản hoặc cấp mã một lần"),
    "account-rename": _("Sửa họ tên của tài khoản"),
    "account-reopen": _("Mở lại tài khoản"),
    "admission-cancel": _("Hủy kết nạp"),
    "admission-correct": _("Sửa kết nạp"),
    "admission-step": _("Ghi bước sau quyết định kết nạp"),
    "admission-undo": _("Hoàn tác ghi kết nạp"),
    "admit": _("Ghi kết nạp"),
    "bench": _("Đo tốc độ"),
    "candidacy-close": _("Dừng theo dõi"),
    "candidacy-enter": _("Đưa vào nguồn"),
    "candidacy-move": _("Chuyển bước"),
    "candidacy-retract": _("Rút lại bước ghi nhầm"),
    "candidacy-transfer": _("Chuyển hồ sơ đi nơi khác"),
    "certificate-add": _("Ghi giấy chứng nhận"),
    "course-attendance": _("Ghi số tiết đã dự của lớp"),
    "course-certify": _("Cấp chứng nhận của lớp"),
    "course-certify-undo": _("Hoàn tác cấp chứng nhận"),
    "course-complete": _("Ghi quyết định công nhận hoàn thành lớp"),
    "course-edit": _("Sửa thông tin lớp"),
    "course-invite": _("Đưa người vào lớp"),
    "course-open": _("Mở lớp"),
    "course-remove": _("Bỏ học viên khỏi lớp"),
    "course-reopen": _("Bỏ quyết định công nhận hoàn thành"),
    "course-results": _("Ghi điểm thu hoạch của lớp"),
    "criterion-add": _("Thêm tiêu chí của cấp ủy"),
    "criterion-end": _("Thôi áp dụng tiêu chí"),
    "demo": _("Dựng bản trình diễn"),
    "demo-accounts": _("Mở tài khoản trình diễn"),
    "digest-set": _("Bật, tắt hoặc đổi thư việc trong ngày"),
    "export": _("Tải danh sách về tệp"),
    "holiday-add": _("Ghi ngày vào lịch"),
    "holiday-change": _("Sửa ngày trong lịch"),
    "holiday-remove": _("Bỏ ngày khỏi lịch"),
    "job-add": _("Xếp việc chạy nền"),
    "job-end": _("Xong việc chạy nền"),
    "job-fail": _("Việc chạy nền không xong"),
    "job-start": _("Nhận việc chạy nền"),
    "journal-read": _("Xem bút ký có dữ liệu cá nhân"),
    "letter-answer": _("Ghi trả lời thẩm tra"),
    "letter-ask": _("Gửi công văn thẩm tra"),
    "list": _("Mở danh sách"),
    "list-drop": _("Xóa bộ lọc đã lưu"),
    "list-keep": _("Lưu bộ lọc hoặc cột của danh sách"),
    "load": _("Nhập tệp"),
    "mandate-end": _("Kết thúc phân quyền"),
    "mandate-grant": _("Phân quyền"),
    "mentor-assign": _("Phân công người giúp đỡ"),
    "mentor-end": _("Thôi giúp đỡ"),
    "mentor-unable": _("Ghi người giúp đỡ không còn đủ điều kiện"),
    "number-met": _("Gõ trúng số định danh của người ngoài phạm vi"),
    "paper-correct": _("Sửa giấy tờ trong hồ sơ"),
    "paper-record": _("Ghi giấy tờ vào hồ sơ"),
    "paper-retract": _("Rút lại giấy tờ ghi nhầm"),
    "password-set": _("Đặt mật khẩu"),
    "person": _("Mở trang cá nhân"),
    "person-edit": _("Sửa thông tin cá nhân"),
    "person-sensitive": _("Hiện thông tin nhạy cảm"),
    "plan-add": _("Thêm kế hoạch"),
    "plan-change": _("Sửa kế hoạch"),
    "quota-set": _("Giao chỉ tiêu"),
    "quota-take-back": _("Bỏ lần giao chỉ tiêu"),
    "relative-add": _("Thêm người phải thẩm tra"),
    "relative-drop": _("Bỏ người khỏi danh sách thẩm tra"),
    "relative-settle": _("Ghi kết quả thẩm tra"),
    "reorganise": _("Sắp xếp tổ chức"),
    "review-add": _("Ghi nhận xét định kỳ"),
    "rule-correct": _("Sửa quy tắc"),
    "rule-set-add": _("Thêm bộ quy tắc"),
    "rule-set-take-back": _("Rút lại bộ quy tắc"),
    "rule-take-back": _("Rút lại lần sửa quy tắc"),
    "sessions-end": _("Thoát khỏi mọi nơi"),
    "sign-in": _("Đăng nhập"),
    "sign-in-refused": _("Đăng nhập không được"),
    "unload": _("Hoàn tác lần nhập"),
    "upload": _("Tải tệp lên để kiểm tra"),
    "upload-drop": _("Bỏ tệp đã tải lên"),
}

# What an entry's free details are called; a name missing here is shown as it stands.
DETAILS = {
    "accounts": _("Tài khoản"),
    "acts": _("Việc sắp xếp"),
    "approval": _("Văn bản cho phép"),
    "batch": _("Lần nhập"),
    "changed": _("Dòng sửa"),
    "confirmed": _("Vẫn lưu sau khi xem lại"),
    "count": _("Số dòng"),
    "digest": _("Dấu nhận dạng tệp"),
    "file": _("Tệp"),
    "filter": _("Điều kiện lọc"),
    "form": _("Loại tệp tải về"),
    "kept": _("Dòng giữ lại"),
    "kind": _("Loại tệp"),
    "lines": _("Dòng trong tệp"),
    "name": _("Tên"),
    "new": _("Dòng thêm"),
    "note": _("Ghi chú"),
    "old": _("Giá trị trước"),
    "on": _("Ngày"),
    "reason": _("Lý do"),
    "removed": _("Dòng bỏ đi"),
    "restored": _("Dòng trả lại"),
    "same": _("Dòng giữ nguyên"),
    "stage": _("Bước"),
}

# What an entry is about: the word before the colon; what follows is a number, an account's name or a KIND.
ABOUT = {
    "account": _("tài khoản"),
    "batch": _("tệp"),
    "calendar": _("lịch ngày làm việc năm"),
    "criteria": _("tiêu chí của"),
    "digest": _("thư việc trong ngày"),
    "import": _("bản xem trước của tệp"),
    "job": _("việc chạy nền"),
    "journal": _("bút ký"),
    "plan": _("kế hoạch"),
    "rule": _("quy tắc"),
    "rules": _("bộ quy tắc"),
    "recruitment.admission": _("kết nạp số"),
    "recruitment.candidacy": _("hồ sơ số"),
    "recruitment.course": _("lớp số"),
    "recruitment.person": _("người số"),
    "accounts": _("danh sách tài khoản"),
    "annual": _("báo cáo năm"),
    "admissions": _("danh sách kết nạp"),
    "candidacies": _("danh sách hồ sơ"),
    "certificates": _("danh sách chứng nhận"),
    "children": _("bảng đơn vị trực thuộc"),
    "claims": _("nguồn số liệu"),
    "plans": _("danh sách kế hoạch"),
    "quotas": _("danh sách chỉ tiêu"),
    "register": _("sổ gốc chứng nhận"),
    "targets": _("chỉ tiêu của một kế hoạch"),
    "tree": _("cây tổ chức"),
    "units": _("danh sách tổ chức cơ sở đảng"),
    "worklist": _("việc trong ngày"),
}
KINDS = {
    "admissions": _("kết nạp"),
    "candidates": _("quần chúng ưu tú"),
    "committees": _("tổ chức đảng"),
    "headcounts": _("số đảng viên"),
    "mandates": _("phân quyền"),
    "plans": _("kế hoạch"),
    "quotas": _("chỉ tiêu"),
    "reported": _("số liệu báo cáo"),
}


def concerned(about):
    """What an entry is about, in words: "batch:quotas" is "tệp chỉ tiêu"; as it stands where no word is known."""
    what, _colon, which = about.partition(":")
    if what not in ABOUT:
        return about
    return f"{ABOUT[what]} {KINDS.get(which, which)}".strip()


def doer(entry):
    """Who did it: an account, the operator of the machine, or somebody who was not let in."""
    if entry.actor_id:
        return entry.actor.username
    return _("Người chưa đăng nhập") if entry.deed == "sign-in-refused" else _("Người vận hành máy")


def word(deed):
    """The deed in words; its code where it has none yet."""
    return DEEDS.get(deed, deed)
