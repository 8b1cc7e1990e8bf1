"""The empty workbook of each KIND: its headings, and beside each what may stand under it."""

from ..sheets.xlsx import template
from .kinds import KINDS

REQUIRED = "Bắt buộc."
BY_NAME = " Hoặc tên tổ chức, thêm cấp trên nếu có tổ chức khác cùng tên: Chi bộ thôn 1, Đảng bộ xã X."
# Something no cell may hold, except where any words may.
NONSENSE = "\N{REPLACEMENT CHARACTER} ?"
# What the reader of the cell does not say by itself.
NOTES = {
    "Mã cấp trên": "Mã của tổ chức cấp trên, có sẵn hoặc ghi ở dòng khác của tệp này.",
    "Mã kế thừa": "Mã của tổ chức kế thừa.",
    "Nhóm": "Để trống nếu tính mọi người; hoặc tên nhóm: Nữ, Thanh niên, Đoàn viên, Dân tộc thiểu số, Tôn giáo…",
    "Hiệu lực từ": "Để trống nếu từ ngày đầu của kế hoạch. Mỗi lần điều chỉnh ghi một dòng mới.",
    "Ngày lấy số đảng viên": "Chỉ cho tỷ lệ. Để trống nếu là ngày đầu của kế hoạch.",
    "Lý do": "Của lần điều chỉnh, ví dụ: giao bổ sung 2013–2015.",
    "Kế hoạch nhiệm kỳ": "Mã kế hoạch của cả nhiệm kỳ mà năm này là một phần.",
    "Học vấn": "Ghi như trong hồ sơ, ví dụ THPT hoặc 12/12.",
    "Chuyên môn": "Ghi như trong hồ sơ, ví dụ Trung cấp, Đại học.",
    "Nghề nghiệp": "Ghi như trong hồ sơ, ví dụ Nông dân, Công nhân, Viên chức.",
    "Đến ngày": "Ngày cuối cùng, tính cả ngày đó.",
    "Chỉ tiêu báo cáo": "Ví dụ: Kết nạp, Đảng viên, Cử học nhận thức, Khai trừ, Xóa tên.",
    "Mã thôn": "Mã do anh chị đặt, dùng mãi; mỗi lần đổi chi bộ ghi thêm một dòng có “Từ ngày” mới.",
    "Chi bộ": "Mã chi bộ của thôn, hoặc chi bộ mà thôn sinh hoạt ghép. Để trống nếu chưa có.",
    "Hình thức": "Để trống: có “Chi bộ” là chi bộ riêng, không có là chưa có chi bộ.",
    "Nguồn": "Văn bản hoặc báo cáo ghi số liệu này.",
}


def note(column):
    """What the comment of a heading says: whether a row must have it, and what the reader of its cells asks for, in the
    very words of the fault."""
    try:
        column.parse(NONSENSE)
        wanted = ""
    except ValueError as problem:
        wanted = f"Cần {problem}."
    if column.names:
        wanted += BY_NAME
    said = (REQUIRED if column.required else "", wanted, NOTES.get(column.heading, ""))
    return " ".join(filter(None, said))


def write_blank(file, kind):
    """Write the empty workbook of a KIND: headings in row 1, `*` and a comment on them, every column text."""
    kind = KINDS[kind]
    template(file, kind.title, [(column.heading, column.required, note(column)) for column in kind.columns])
