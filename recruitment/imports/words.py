"""What offices call our columns. Sure words are read as ours wherever ours are not there; likely ones are proposed to a
person, and taken in the national sheet alone, whose every column is known."""

from ..sheets.heads import Synonyms, key

_PERSON = {
    "Họ và tên": ("họ tên", "họ và tên khai sinh", "họ tên khai sinh", "họ, chữ đệm và tên", "họ tên đảng viên"),
    "Sinh ngày": ("ngày sinh", "ngày, tháng, năm sinh", "ngày tháng năm sinh", "sinh ngày, tháng, năm"),
    "Giới tính": ("nam/nữ", "phái"),
    "Số định danh cá nhân": (
        "số căn cước", "số cccd", "cccd", "căn cước công dân", "số căn cước công dân", "mã định danh cá nhân",
        "số định danh", "số cccd/định danh cá nhân",
    ),
    "Học vấn": ("trình độ học vấn", "trình độ văn hóa", "văn hóa", "gdpt", "trình độ gdpt", "giáo dục phổ thông"),
    "Chuyên môn": ("trình độ chuyên môn", "cm", "trình độ cm", "cmnv", "chuyên môn nghiệp vụ", "chuyên môn, nghiệp vụ"),
    "Nghề nghiệp": ("nghề nghiệp hiện nay", "nghề nghiệp, chức vụ"),
    "Đảng viên giúp đỡ": ("người giúp đỡ", "đảng viên được phân công giúp đỡ", "đv giúp đỡ"),
    "Ngày chính thức": ("ngày vào đảng chính thức", "ngày công nhận chính thức"),
    "Quê quán": ("quê quán (xã, huyện, tỉnh)",),
}  # fmt: skip
_CODE = ("mã chi bộ", "mã đơn vị", "mã tổ chức đảng", "mã đảng bộ")
_LIKELY = {
    "Mã tổ chức": (
        "tổ chức đảng đang sinh hoạt", "chi bộ", "chi bộ đang sinh hoạt", "chi bộ giới thiệu", "chi bộ công nhận",
        "tên chi bộ", "tên tổ chức đảng", "tổ chức đảng", "đơn vị", "tên đơn vị", "đảng bộ", "chi bộ, đảng bộ",
    ),
    "Ngày quyết định": ("ngày qđ", "ngày ký quyết định", "quyết định kết nạp ngày", "ngày vào đảng"),
    "Ngày kết nạp": ("ngày lễ kết nạp", "ngày lễ", "ngày vào đảng"),
    "Số quyết định": ("số qđ", "quyết định số", "số qđ kết nạp"),
    "Ngày đưa vào nguồn": (
        "ngày đưa vào ds", "ngày đưa vào danh sách", "ngày công nhận", "ngày họp cb công nhận", "ngày họp chi bộ công nhận",
    ),
    "Số chứng nhận": ("số giấy chứng nhận", "số cc", "số qđ cc"),
    "Ngày chứng nhận": ("ngày cấp cc", "ngày cấp giấy chứng nhận", "ngày cấp chứng nhận"),
    "Đoàn viên": ("đoàn viên tncs", "là đoàn viên"),
    "Quê quán": ("quê quán - địa chỉ chi tiết", "quê quán (theo mô hình 2 cấp) - địa chỉ chi tiết"),
    "Số đảng viên": ("tổng số đảng viên", "đảng viên", "số lượng đảng viên"),
    "Chỉ tiêu": ("chỉ tiêu kết nạp", "chỉ tiêu giao", "ct kết nạp"),
    "Ngày": ("tính đến ngày", "đến ngày", "thời điểm"),
    "Giá trị": ("số liệu", "số lượng", "kết quả"),
    "Tên tổ chức đảng": ("tên chi bộ", "tên đơn vị", "đơn vị"),
}  # fmt: skip
_BY_SEX = {"Giới tính": {"nam": "Nam", "nu": "Nữ"}}

# Headings of the national sheet by which it is known, and of which nearly all must be there.
NATIONAL = tuple(
    map(
        key,
        (
            "Tên gọi khác", "Số thẻ Đảng", "Nơi cấp thẻ Đảng", "Ngày cấp thẻ Đảng", "Số thẻ theo Đảng quyết định 85",
            "Tổ chức Đảng đang sinh hoạt", "Ngày vào Đảng", "Ngày vào Đảng chính thức", "Số CMND cũ",
            "Số định danh cá nhân", "Họ và tên", "Sinh ngày",
        ),
    )
)  # fmt: skip
_NEARLY = 10
STATUS_HEADING = "Trạng thái hoạt động"
STATUS = key(STATUS_HEADING)
PRESENT = key("Đang sinh hoạt Đảng")


def _keys(words):
    return {heading: tuple(map(key, said)) for heading, said in words.items()}


def synonyms(kind):
    """The Synonyms of a KIND (its class)."""
    if not kind.personal:
        return Synonyms({"Mã tổ chức": tuple(map(key, _CODE))}, _keys(_LIKELY))
    return Synonyms(_keys({**_PERSON, "Mã tổ chức": _CODE}), _keys(_LIKELY), _BY_SEX)


def is_national(columns):
    """Whether a `heads.block` is the sheet of 28 or 33 columns in which members' data pass between offices."""
    there = {key(text) for texts in columns.values() for text in texts}
    return sum(name in there for name in NATIONAL) >= _NEARLY
