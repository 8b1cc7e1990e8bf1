"""Rows of every KIND, as people send them: good ones, one changed, one with faults."""

from datetime import date, datetime

A_PLAN = {
    "Mã kế hoạch": "KH-1", "Tên": "Kế hoạch 1", "Cơ quan ban hành": "Tỉnh ủy", "Từ ngày": date(2011, 1, 1),
    "Đến ngày": "31/12/2015", "Mã tổ chức": "T", "Số văn bản": "02-KH/TU",
}  # fmt: skip
A_PERSON = {
    "Họ và tên": "Nguyễn Thị Hồng Ân", "Sinh ngày": "14/03/1990", "Giới tính": "Nữ", "Mã tổ chức": "T-H1-X-1",
    "Dân tộc": "Kinh", "Tôn giáo": "Không", "Số định danh cá nhân": 79190000123, "Học vấn": "12/12",
    "Chuyên môn": "Đại học", "Nghề nghiệp": "Nông dân", "Đoàn viên": "x",
}  # fmt: skip


# KIND: rows, one changed row (or None where nothing is ever changed), a row with faults, the headings at fault.
CASES = {
    "committees": (
        [
            # The superior stands below, and the one below is older than nothing: days come from above.
            {"Mã tổ chức": "P-X-1", "Tên tổ chức đảng": "Chi bộ 1", "Loại": "chi bộ trực thuộc", "Mã cấp trên": "P-X"},
            {"Mã tổ chức": "P-X", "Tên tổ chức đảng": "Đảng bộ xã", "Loại": "Đảng bộ cơ sở", "Mã cấp trên": "P",
             "Từ ngày": date(2001, 5, 19), "Đến ngày": "30/06/2025"},
            {"Mã tổ chức": "P", "Tên tổ chức đảng": "Đảng bộ tỉnh P", "Loại": "ĐẢNG BỘ TỈNH", "Từ ngày": "1.1.1997"},
        ],
        None,
        {"Mã tổ chức": "mã có dấu cách", "Tên tổ chức đảng": None, "Loại": "Đảng bộ xóm", "Từ ngày": "31/02/2015"},
        ["Mã tổ chức", "Tên tổ chức đảng", "Loại", "Từ ngày"],
    ),
    "headcounts": (
        [
            {"Mã tổ chức": "T", "Ngày": date(2010, 12, 31), "Số đảng viên": "12.133", "Dự bị": 40},
            {"Mã tổ chức": "T-H1", "Ngày": "31/12/2010", "Số đảng viên": 500.0},
        ],
        {"Mã tổ chức": "T-H1", "Ngày": "31/12/2010", "Số đảng viên": 501},
        {"Mã tổ chức": "T-H9", "Ngày": "01/01/2999", "Số đảng viên": "9.70", "Dự bị": -1},
        ["Mã tổ chức", "Ngày", "Số đảng viên", "Dự bị"],
    ),
    "plans": (
        [
            {**A_PLAN, "Mã kế hoạch": "KH-2", "Kế hoạch trước": "KH-1", "Ngày tính": "lễ kết nạp",
             "Đếm": "Cử học nhận thức", "Từ ngày": "01/01/2016", "Đến ngày": "31/12/2020"},
            A_PLAN,
        ],
        {**A_PLAN, "Tên": "Kế hoạch 1 (điều chỉnh)"},
        {**A_PLAN, "Từ ngày": "hôm qua", "Mã tổ chức": "T-X", "Ngày tính": "Ngày trăng tròn", "Cơ quan ban hành": " "},
        ["Từ ngày", "Mã tổ chức", "Ngày tính", "Cơ quan ban hành"],
    ),
    "quotas": (
        [
            {"Mã kế hoạch": "KH", "Mã tổ chức": "T", "Chỉ tiêu": "9.352"},
            {"Mã kế hoạch": "KH", "Mã tổ chức": "T", "Chỉ tiêu": 9400, "Hiệu lực từ": "01/07/2013"},
            {"Mã kế hoạch": "KH", "Mã tổ chức": "T-H1", "Chỉ tiêu": "170 – 200", "Nhóm": "Nữ"},
            {"Mã kế hoạch": "KH", "Mã tổ chức": "T-H2", "Chỉ tiêu": "3,5%", "Nhóm": "women"},
        ],
        None,
        {"Mã kế hoạch": "KH-9", "Mã tổ chức": "T-9", "Chỉ tiêu": "nhiều", "Nhóm": "thủy thủ"},
        ["Mã kế hoạch", "Mã tổ chức", "Chỉ tiêu", "Nhóm"],
    ),
    "mandates": (
        [
            {"Tên đăng nhập": "can-bo", "Mã tổ chức": "T-H1", "Vai trò": "Cán bộ Ban Tổ chức", "Từ ngày": "01/01/2011"},
            {"Tên đăng nhập": "can-bo", "Mã tổ chức": "T-H2", "Vai trò": "Kiểm tra", "Từ ngày": "01/01/2011"},
        ],
        {"Tên đăng nhập": "can-bo", "Mã tổ chức": "T-H2", "Vai trò": "Kiểm tra", "Từ ngày": "01/01/2011",
         "Đến ngày": "31/12/2020"},
        {"Tên đăng nhập": None, "Mã tổ chức": "T-9", "Vai trò": "Thủ kho", "Từ ngày": 5},
        ["Tên đăng nhập", "Mã tổ chức", "Vai trò", "Từ ngày"],
    ),
    "candidates": (
        [
            {**A_PERSON, "Ngày đưa vào nguồn": datetime(2014, 2, 1), "Đảng viên giúp đỡ": "Lê Thị Cúc",
             "Số chứng nhận": "12/CN", "Ngày chứng nhận": "20/08/2014", "Bước": "đang lập, thẩm tra hồ sơ"},
            {**A_PERSON, "Họ và tên": "Lê Văn Tám", "Giới tính": "Nam", "Số định danh cá nhân": None,
             "Ngày đưa vào nguồn": "020314", "Đoàn viên": None, "Nghề nghiệp": "Thầy cúng"},
        ],
        {**A_PERSON, "Ngày đưa vào nguồn": "01/02/2014", "Đảng viên giúp đỡ": "Trần Văn Bảy",
         "Bước": "Chi bộ đã biểu quyết"},
        {**A_PERSON, "Giới tính": "Khác", "Mã tổ chức": "T-H1", "Ngày đưa vào nguồn": "01/02/2014",
         "Số định danh cá nhân": "12345", "Bước": "Đảng viên dự bị"},
        ["Giới tính", "Mã tổ chức", "Số định danh cá nhân", "Bước"],
    ),
    "admissions": (
        [
            {**A_PERSON, "Ngày quyết định": date(2014, 5, 19), "Số quyết định": "412-QĐ/HU", "Ngày kết nạp": "03/06/2014"},
            {**A_PERSON, "Họ và tên": "Lê Văn Tám", "Giới tính": "nam", "Số định danh cá nhân": None,
             "Mã tổ chức": "T-H1-X-2", "Ngày quyết định": "31/12/2015"},
        ],
        {**A_PERSON, "Ngày quyết định": "19/05/2014", "Ngày chính thức": "03/06/2015"},
        {**A_PERSON, "Giới tính": None, "Mã tổ chức": "T-H1-X-2", "Ngày quyết định": "01/01/2016",
         "Sinh ngày": "01/03/1998", "Ngày kết nạp": "31/12/2015"},
        ["Giới tính", "Ngày quyết định", "Sinh ngày", "Ngày kết nạp"],
    ),
    "reported": (
        [
            {"Mã tổ chức": "T", "Từ ngày": "01/01/2006", "Đến ngày": "31/12/2010", "Chỉ tiêu báo cáo": "Kết nạp",
             "Giá trị": "7.666", "Nguồn": "Báo cáo 12"},
            {"Mã tổ chức": "T", "Từ ngày": "01/01/2006", "Đến ngày": "31/12/2010", "Chỉ tiêu báo cáo": "Kết nạp",
             "Giá trị": 2100, "Nhóm": "học sinh sinh viên"},
            {"Mã tổ chức": "T", "Từ ngày": "01/01/2006", "Đến ngày": "31/12/2010",
             "Chỉ tiêu báo cáo": "Thôn chưa có nhà văn hóa", "Giá trị": "12,5"},
        ],
        {"Mã tổ chức": "T", "Từ ngày": "01/01/2006", "Đến ngày": "31/12/2010", "Chỉ tiêu báo cáo": "Kết nạp",
         "Giá trị": 7667, "Nguồn": "Báo cáo 12"},
        {"Mã tổ chức": "T9", "Từ ngày": None, "Đến ngày": "31/12/2010", "Chỉ tiêu báo cáo": " ", "Giá trị": "nhiều"},
        ["Mã tổ chức", "Từ ngày", "Chỉ tiêu báo cáo", "Giá trị"],
    ),
    "settlements": (
        [
            {"Mã thôn": "X-T1", "Tên": "Thôn Một", "Loại": "thôn", "Mã tổ chức": "T-H1-X", "Từ ngày": "01/01/2010",
             "Chi bộ": "T-H1-X-1"},
            {"Mã thôn": "X-T2", "Tên": "Bản Hai", "Loại": "Bản", "Mã tổ chức": "T-H1-X", "Từ ngày": date(2011, 1, 1),
             "Chi bộ": "T-H1-X-1", "Hình thức": "sinh hoạt ghép"},
            {"Mã thôn": "X-T2", "Tên": "Bản Hai", "Loại": "Bản", "Mã tổ chức": "T-H1-X", "Từ ngày": "01/01/2009"},
        ],
        {"Mã thôn": "X-T2", "Tên": "Bản Hai Mới", "Loại": "Bản", "Mã tổ chức": "T-H1-X", "Từ ngày": "01/01/2011",
         "Chi bộ": "T-H1-X-2"},
        {"Mã thôn": "mã có dấu cách", "Tên": None, "Loại": "Phố cổ", "Mã tổ chức": "T-9", "Từ ngày": "01/01/2999"},
        ["Mã thôn", "Tên", "Loại", "Mã tổ chức", "Từ ngày"],
    ),
    "reorganisations": (
        [
            {"Ngày": "01/07/2025", "Việc": "Thành lập", "Mã tổ chức": "T-H1-Y", "Loại": "Đảng bộ cơ sở",
             "Tên mới": "Đảng bộ xã Y", "Mã cấp trên mới": "T-H1", "Số đảng viên": 40},
            {"Ngày": date(2025, 7, 1), "Việc": "sáp nhập", "Mã tổ chức": "T-H1-X", "Mã kế thừa": "T-H1-Y",
             "Số quyết định": "1-QĐ/TU"},
            {"Ngày": datetime(2026, 1, 1), "Việc": "Chuyển ra ngoài", "Mã tổ chức": "T-H2-C"},
        ],
        None,
        {"Ngày": "31/02/2025", "Việc": "Phá", "Mã tổ chức": "mã có dấu cách", "Số đảng viên": "nhiều"},
        ["Ngày", "Việc", "Mã tổ chức", "Số đảng viên"],
    ),
}  # fmt: skip
