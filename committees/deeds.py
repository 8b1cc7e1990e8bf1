"""The words of the journal: what each deed code and model is called on the page. A test holds the list complete."""

from django.utils.translation import gettext_lazy as _

DEEDS = {
    "account-open": _("Mở tài khoản hoặc cấp mã một lần"),
    "admission-cancel": _("Hủy kết nạp"),
    "admit": _("Ghi kết nạp"),
    "bench": _("Đo tốc độ"),
    "candidacy-close": _("Dừng theo dõi"),
    "candidacy-enter": _("Đưa vào nguồn"),
    "candidacy-move": _("Chuyển bước"),
    "demo": _("Dựng bản trình diễn"),
    "demo-accounts": _("Mở tài khoản trình diễn"),
    "journal-read": _("Xem bút ký có dữ liệu cá nhân"),
    "list": _("Mở danh sách"),
    "load": _("Nạp tệp"),
    "mandate-end": _("Kết thúc phân quyền"),
    "mandate-grant": _("Phân quyền"),
    "password-set": _("Đặt mật khẩu"),
    "person": _("Mở trang cá nhân"),
    "person-sensitive": _("Hiện thông tin nhạy cảm"),
    "reorganise": _("Sắp xếp tổ chức"),
    "unload": _("Hoàn tác lần nạp"),
}


def word(deed):
    """The deed in words; its code where it has none yet."""
    return DEEDS.get(deed, deed)
