"""How long things hold and when they are due, as data with the place in the rules that says so. Pure.

A term counted in months ends on the same day of its last month, or on that month's last day where it has no such day:
issued 29/02/2020, a certificate lapses on 28/02/2025. That day itself still belongs to the term.
"""

from dataclasses import dataclass
from datetime import date

from committees.vietnamese import add_months

MONTHS, WORKING_DAYS = "months", "working_days"
# Days before an end from which it is shown; both that day and the end itself count. Ours, not the rule book's.
NOTICE = 90


@dataclass(frozen=True)
class Rule:
    """A term, or a duty without one (`value` None). citation: where the rules say so. mark: "S" seen in a source,
    "M" from memory, "?" open; anything but S must be confirmed by an official before it is relied on."""

    code: str
    value: int | None
    unit: str | None
    citation: str
    mark: str

    @property
    def confirmed(self):
        return self.mark == "S"


CERTIFICATE = Rule(
    "certificate",
    60,
    MONTHS,
    "Giấy chứng nhận học lớp bồi dưỡng nhận thức về Đảng có giá trị 60 tháng; hết hạn thì chi bộ cử đi học lại trước "
    "khi xét kết nạp: Hướng dẫn 06-HD/TW, điểm 5.4.",
    "S",
)
PROBATION = Rule(
    "probation",
    12,
    MONTHS,
    "Thời gian dự bị 12 tháng, tính từ ngày tổ chức lễ kết nạp; nghị quyết của chi bộ phải ghi ngày sau khi hết 12 "
    "tháng: Quy định 294-QĐ/TW, điểm 4.2.",
    "S",
)
RECOGNITION = Rule(
    "recognition",
    30,
    WORKING_DAYS,
    "Trong 30 ngày làm việc sau khi hết 12 tháng dự bị, chi bộ xét và đề nghị công nhận chính thức, hoặc đề nghị xóa "
    "tên: Quy định 294-QĐ/TW, điểm 4.2.1.",
    "S",
)
# The duty was seen in a handbook and in a paraphrase of the guidance of 2017; the article in force is open.
MENTOR = Rule(
    "mentor",
    None,
    None,
    "Chi bộ ra nghị quyết phân công đảng viên chính thức giúp đỡ quần chúng trong danh sách nguồn: Hướng dẫn "
    "09-HD/BTCTW, 05/6/2017.",
    "?",
)


def certificate_lapses_on(issued: date) -> date:
    """The last day on which a certificate of the class on awareness of the Party is valid: 60 months after its issue
    (15/01/2020 gives 15/01/2025). Source: domain.md §1.2(2), point 5.4 of 06-HD/TW [S]."""
    return add_months(issued, CERTIFICATE.value)


def probation_ends_on(ceremony: date) -> date:
    """The last day of the 12 months of probation, which count from the ceremony; the cell's resolution must be dated
    later. Source: domain.md §1.3, 294-QĐ/TW [S]."""
    return add_months(ceremony, PROBATION.value)
