"""What stands under “Báo cáo”: entries by right, each with one sentence that says what it is for."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from committees import access as door
from committees.models import Role


@dataclass(frozen=True)
class Entry:
    label: str
    address: str
    words: str


def _address(name, *args):
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


class Hub:
    """The entries an account may open. No query beyond the door's own."""

    def __init__(self, access):
        self.access = access
        access.require(door.FIGURES)
        self.role, self.code = access.home()

    @property
    def entries(self):
        """[Entry] in the order of the work: report, send, check, mend, take away."""
        figures = self.access.holds(door.FIGURES)
        found = []

        def add(label, words, name, *args):
            address = _address(name, *args)
            if address:
                found.append(Entry(label, address, words))

        if figures:
            add(
                _("Kỳ báo cáo"),
                _("Đơn vị nộp, cấp trên kiểm tra, nhận hoặc trả lại; báo cáo đã nhận thì khóa lại."),
                "recruitment:period-list",
            )
        if figures and self.code and self.role != Role.ADMINISTRATOR:
            add(
                _("Báo cáo năm"),
                _("Kết quả, cơ cấu, nguồn, lớp của một tổ chức; tải Excel hoặc PDF."),
                "recruitment:report-annual",
                self.code,
            )
        if figures:
            add(
                _("Kiểm tra số liệu"),
                _("Đưa một bảng số hoặc dán mấy dòng vào: tỷ lệ, tổng, số văn bản có khớp không."),
                "recruitment:figure-check",
            )
            add(
                _("Chênh lệch số liệu"),
                _(
                    "Chỗ hai số khác nhau giữa các cấp, các nguồn và hồ sơ; hai bên trả lời số của mình và lý do."
                ),
                "recruitment:gap-list",
            )
            add(
                _("Chất lượng dữ liệu"),
                _("Những chỗ còn thiếu hoặc mâu thuẫn trong sổ, mở ra danh sách để sửa."),
                "recruitment:quality",
            )
            if self.access.holds(door.PEOPLE):
                add(
                    _("Bảng gửi cơ sở dữ liệu đảng viên"),
                    _("28 cột của bảng trao đổi cho người mới kết nạp; nói trước cột nào còn trống."),
                    "recruitment:exchange",
                )
            add(
                _("Tệp đã chuẩn bị"),
                _("Danh sách dài được lập nền, lấy ở đây trong một tuần."),
                "recruitment:file-list",
            )
            add(_("Nguồn số liệu"), _("Số đã công bố, kèm nguồn và kết quả kiểm tra."), "recruitment:sources")
        return found
