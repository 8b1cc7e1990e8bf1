"""The annual report put together: its head, its sheets, the name of its file. What writers are given."""

from .annual_forms import Answers, forms
from .annual_moves import moves
from .annual_outline import outline
from .annual_rest import classes, nominal, organisations, pipeline
from .annual_sheets import summary, units
from .annual_term import terms
from .annual_words import as_document, finding, head, notices, period
from .base import Report

# What a page may show beside the period in numbers and the units: {key of a sheet: words}.
FURTHER = {
    "de_cuong": "Đề cương báo cáo", "bieu_1": "Biểu 1-BTCTW", "bieu_2": "Biểu 2A-BTCTW", "bieu_2b": "Biểu 2B-BTCTW",
    "bieu_7": "Biểu 7-BTCTW", "nhiem_ky": "So với nhiệm kỳ trước", "tien_do": "Tiến độ hồ sơ", "lop": "Lớp",
    "chua_ket_nap": "Chưa kết nạp", "sap_xep": "Sắp xếp tổ chức",
}  # fmt: skip


def on_screen(annual, which=""):
    """The Report a page shows: the period in numbers and the units, without a query; or another of its sheets, by key,
    where the reader may see it."""
    if which:
        return _report(annual, [sheet for sheet in whole(annual, names=False).sheets if sheet.key == which])
    return _report(annual, [summary(annual), units(annual)])


def whole(annual, *, names=True):
    """The Report as a file, the list of persons only for who may see them and where `names` asks for it. Two queries; for
    who may see persons two more, and one for every thousand people on the list."""
    answers = Answers(annual)
    sheets = [
        summary(annual),
        units(annual),
        *forms(annual, answers),
        terms(annual),
        pipeline(annual),
        classes(annual),
        organisations(annual),
        moves(annual),
    ]
    if annual.people and names:
        sheets.append(nominal(annual))
    sheets.insert(2, outline(annual, sheets, answers))
    return _report(annual, sheets)


def rows(annual):
    """How many rows the Report as a file has at most, but for the few its parts always have; asked without a query."""
    people = len(annual.now.selection) if annual.people else 0
    return people + len(annual.children) + len(annual.now.organisations)


def file_name(annual):
    """Of the Report as a file, without ending."""
    return f"bao-cao-{annual.period.slug}-{annual.question.code}"


def named(report):
    """How many persons a Report names."""
    return sum(len(sheet.rows) for sheet in report.sheets if sheet.key == "danh_sach")


def _report(annual, sheets):
    left, right, signers = head(annual)
    return Report(
        name=file_name(annual),
        title=f"Báo cáo kết quả kết nạp đảng viên {annual.period.words}",
        committee=annual.question.name,
        period=period(annual),
        finding=finding(annual),
        sheets=sheets,
        notices=tuple(notices(annual)),
        left=left,
        right=right,
        signers=signers,
        **as_document(annual),
    )
