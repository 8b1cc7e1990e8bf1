"""The five books: what each is asked of, what it is for, and how its lines stand on paper."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ...courses.register import register
from .admissions import admissions
from .candidates import candidates
from .documents import documents
from .endings import endings

ORDINAL = "tt"  # the column of the place of a line, which no list has


@dataclass(frozen=True)
class Printed:
    """A column on paper. key: the list's own, or ORDINAL; width: in characters; heading: what the form says where the list
    says it otherwise; under: a heading it shares with its neighbours."""

    key: str
    width: int
    heading: str = ""
    under: str = ""


@dataclass(frozen=True)
class Part:
    """A run of pages that shows some columns of every line: a form wider than a sheet goes on in the next part, each line
    named again."""

    heading: str
    columns: tuple


@dataclass(frozen=True)
class Book:
    """listing: a function of an access and what is asked; purpose: one sentence; unit: what its lines are; parts, short: the
    printed form, and the short one of a village cell where there is one. missing: columns to be filled by hand, and why."""

    name: str
    title: str
    listing: Callable
    purpose: str
    unit: str
    parts: tuple
    short: tuple = ()
    missing: str = ""


def _columns(*pairs):
    return tuple(Printed(*pair) for pair in (("tt", 5), *pairs))


_THEN = _("Nơi sinh hoạt khi cấp chứng nhận")
_ALL = (
    Book(
        "bookcandidates", _("Sổ theo dõi quần chúng ưu tú, cảm tình Đảng"), candidates,
        _("Ai vào danh sách, ai giúp đỡ, lớp, chứng nhận, kết nạp, chuyển đi: đủ 34 cột, hoặc mẫu gọn của chi bộ thôn."),
        _("người"),
        (
            Part(_("Phần 1. Người trong danh sách"), _columns(
                ("code", 7), ("name", 19), ("phone", 11), ("sex", 6), ("born", 11), ("ethnicity", 8),
                ("native_place", 14), ("occupation", 16), ("school_class", 10), ("cell", 20), ("listed_number", 12),
                ("listed_on", 11), ("mentor", 16), ("mentored_on", 11),
            )),
            Part(_("Phần 2. Lớp bồi dưỡng, chứng nhận"), _columns(
                ("name", 19), ("course_number", 13), ("course_decided_on", 10), ("course_days", 13),
                ("certified_on", 11), ("completion", 13), ("organiser", 18),
                ("workplace_then", 14, _("Đơn vị công tác"), _THEN), ("cell_then", 18, _("Chi bộ"), _THEN),
                ("base_then", 18, _("Đảng ủy"), _THEN), ("province_then", 16, _("Tỉnh ủy"), _THEN),
                ("certificate", 10),
            )),
            Part(_("Phần 3. Kết nạp, chuyển sinh hoạt"), _columns(
                ("name", 22), ("admitted", 8), ("decided_on", 12), ("decision", 14), ("ceremony_on", 12),
                ("guide", 20), ("moved_on", 12), ("moved_to", 26), ("state", 18),
            )),
        ),
        (
            Part(_("Danh sách"), _columns(
                ("name", 22), ("born_in", 8), ("schooling", 24), ("entered_on", 12), ("mentor", 20), ("reviews", 34),
                ("note", 16),
            )),
        ),
        _("Số điện thoại, lớp học phổ thông, nơi công tác khi cấp, ngày quyết định mở lớp: sổ không giữ. Dân tộc, quê quán: "
          "chỉ xem ở trang từng người. Bản in để ô trống để ghi tay."),
    ),
    Book(
        "bookadmissions", _("Sổ kết nạp đảng viên"), admissions,
        _("Mỗi người một dòng: quyết định, ngày giao, ngày lễ, ngày hết dự bị, công nhận chính thức."),
        _("người"),
        (
            Part(_("Danh sách"), _columns(
                ("name", 20), ("born", 11), ("sex", 6), ("occupation", 15), ("cell", 20), ("decision", 13),
                ("decided_on", 11), ("received_on", 11), ("ceremony_on", 11), ("ends_on", 11), ("official_on", 11),
                ("recognition", 16), ("note", 12),
            )),
        ),
    ),
    Book(
        "bookdocuments", _("Sổ đăng ký văn bản đi"), documents,
        _("Quyết định kết nạp, công nhận và văn bản đã phát hành của một cấp ủy, theo thứ tự số; chỗ trống số cũng hiện."),
        _("dòng"),
        (
            Part(_("Văn bản"), _columns(
                ("name", 14), ("on", 11), ("about", 44), ("signer", 18), ("receivers", 22), ("copies", 6), ("note", 18),
            )),
        ),
        missing=_("Người ký, nơi nhận, số bản của quyết định chỉ ghi ngày và số: sổ không giữ. Bản in để ô trống để ghi tay."),
    ),
    Book(
        "bookendings", _("Sổ đảng viên dự bị sắp hết hạn"), endings,
        _("Ai đã đủ hoặc sắp đủ 12 tháng dự bị, hạn chi bộ xét, ai giúp đỡ, đã học lớp đảng viên mới chưa."),
        _("người"),
        (
            Part(_("Danh sách"), _columns(
                ("name", 22), ("cell", 24), ("decision", 18), ("ceremony_on", 12), ("ends_on", 12), ("new_class", 18),
                ("mentor", 20), ("due_on", 12),
            )),
        ),
    ),
    Book(
        "register", _("Sổ gốc cấp giấy chứng nhận"), register,
        _("Chứng nhận đã cấp theo lớp, có số vào sổ gốc; giữ vĩnh viễn."),
        _("chứng nhận"),
        (
            Part(_("Danh sách"), _columns(
                ("line", 9), ("name", 20), ("born", 11), ("cell", 22), ("course", 20), ("mark", 6), ("grade", 9),
                ("decision", 18), ("issued_on", 11), ("number", 10), ("received", 16),
            )),
        ),
        missing=_("Cột người nhận ký: ghi tay khi giao chứng nhận."),
    ),
)  # fmt: skip
BOOKS = {book.name: book for book in _ALL}
# What the last column of a form is for that no list has.
BY_HAND = {"note": _("Ghi chú"), "received": _("Người nhận ký")}
