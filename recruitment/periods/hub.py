"""What stands under “Báo cáo”: entries by right, each with one sentence that says what it is for."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from committees import access as door

from ..figures.gap_page import waiting


@dataclass(frozen=True)
class Entry:
    label: str
    address: str
    words: str


class Hub:
    """The entries an account may open. Queries: those that tell how many differences wait for its answer."""

    def __init__(self, access):
        self.access = access
        access.require(door.FIGURES)
        _role, self.code = access.home()

    @property
    def entries(self):
        """[Entry] in the order of the work: report, send, check, mend, take away."""
        found = []

        def add(label, words, name, *args):
            found.append(Entry(label, reverse(f"recruitment:{name}", args=args), words))

        add(
            _("Kỳ báo cáo"),
            _("Đơn vị nộp, cấp trên kiểm tra, nhận hoặc trả lại; báo cáo đã nhận thì khóa sổ."),
            "period-list",
        )
        if self.code:
            add(
                _("Báo cáo năm"),
                _("Kết quả, cơ cấu, nguồn, lớp của một tổ chức, năm hoặc kỳ bất kỳ; tải Excel hoặc PDF."),
                "report-annual",
                self.code,
            )
        add(
            _("Kiểm tra số liệu"),
            _("Đưa một bảng số hoặc dán mấy dòng vào: tỷ lệ, tổng, số văn bản có khớp không."),
            "figure-check",
        )
        add(
            _("Chênh lệch số liệu"),
            self._differing(),
            "gap-list",
        )
        add(
            _("Chất lượng dữ liệu"),
            _("Những chỗ còn thiếu hoặc mâu thuẫn trong sổ, mở ra danh sách để sửa."),
            "quality",
        )
        if self.access.holds(door.PEOPLE):
            add(
                _("Sổ sách"),
                _(
                    "Sổ cảm tình Đảng, kết nạp, văn bản đi, dự bị sắp hết hạn, sổ gốc chứng nhận; in có đánh số trang."
                ),
                "register-hub",
            )
            add(
                _("Bảng gửi cơ sở dữ liệu đảng viên"),
                _("28 cột của bảng trao đổi cho người mới kết nạp; nói trước cột nào còn trống."),
                "exchange",
            )
        add(_("Tệp đã chuẩn bị"), _("Danh sách dài được lập nền, lấy ở đây trong một tuần."), "file-list")
        add(_("Nguồn số liệu"), _("Số đã công bố, kèm nguồn và kết quả kiểm tra."), "sources")
        return found

    def _differing(self):
        """What the list of differences is for, and how many wait for an answer of the account's own units."""
        words = _(
            "Chỗ hai số khác nhau giữa các cấp, các nguồn và hồ sơ; hai bên trả lời số của mình và lý do."
        )
        mine = waiting(self.access) if self.access.holds(door.RECORD) else 0
        return f"{words} {_('%d chỗ chờ đơn vị anh chị trả lời.') % mine}" if mine else words
