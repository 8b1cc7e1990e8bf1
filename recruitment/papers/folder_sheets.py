"""What is printed about a folder: the contents page of its one file, and the list of what lies in it, signed by who hands it
over and who takes it."""

import io
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.vietnamese import day, number

from ..sheets.binder import PDF, Part, bind, pages_in
from ..sheets.document import Document, Grid, Layout, Line, Sides
from ..sheets.letter import write_letter
from .case import Case
from .folder import ISSUED, MISSING, RECORDED, SCAN, WORD

LAYOUT = Layout(left=25, right=15, size=13, leading=0, indent=0)
SOURCES = {
    ISSUED: gettext_lazy("bản phát hành"),
    WORD: gettext_lazy("bản Word, in riêng"),
    SCAN: gettext_lazy("bản quét"),
    RECORDED: gettext_lazy("chưa có bản"),
    MISSING: gettext_lazy("còn thiếu"),
}
HELD = gettext_lazy("giữ ở cấp ủy trên")
# What lies there as: the paper itself, or a picture of it. Of what has no copy only who holds the paper can say.
KEPT_AS = {ISSUED: gettext_lazy("bản gốc"), WORD: gettext_lazy("bản gốc"), SCAN: gettext_lazy("bản sao")}


def source_of(entry):
    """What of an entry there is, in words."""
    return HELD if entry.held else SOURCES[entry.source]


def whole(file, folder, told=lambda done, total: None):
    """Write the folder as one PDF into an open file: contents, then every bound paper; how many pages it has. Damaged,
    `binder.Unbindable`. One query a paper."""
    front = _contents(folder)
    parts = [Part(_("Mục lục"), PDF, front), *(entry.part() for entry in folder.bound)]
    return bind(file, parts, _("Hồ sơ: %s") % folder.candidacy.person.full_name, told)


def _contents(folder):
    """The bytes of the contents; written anew until it knows how many pages it takes itself."""
    own = 1
    while True:
        made = paper(_contents_said(folder, own))
        if (takes := pages_in(made)) == own:
            return made
        own = takes


def paper(document):
    """A Document as the bytes of a PDF."""
    file = io.BytesIO()
    write_letter(file, document)
    return file.getvalue()


def _contents_said(folder, own):
    person, rows, page = folder.candidacy.person, [], own + 1
    for n, entry in enumerate(folder.entries, 1):
        pages = ""
        if entry.bound:
            last = page + entry.pages - 1
            pages, page = f"{page}" if last == page else f"{page}–{last}", last + 1
        rows.append((str(n), _labelled(entry), entry.number, _day(entry.on), pages, _source(entry)))
    headings = (_("TT"), _("Giấy tờ"), _("Số"), _("Ngày"), _("Trang"), _("Nguồn"))
    blocks = (
        Line(_("MỤC LỤC TẬP HỒ SƠ"), "center", bold=True, size=15),
        Line(_about(person), "center", before=4),
        Line(_counts(folder), "center", italic=True, before=4),
        Line("", "left", size=6),
        Grid(headings, tuple(rows), (1.5, 8, 3.2, 2.8, 2, 3.6)),
    )
    return Document(_("Mục lục tập hồ sơ"), blocks, LAYOUT, numbered=False)


def inventory(folder, snapshot, today):
    """The Document that lists what lies in the folder, for who hands it over and who takes it. No query."""
    case = Case(folder.candidacy, snapshot, "", today=today).dated(today)
    head = Sides(
        (
            Line((case.told("cell.above") or "").upper(), "center"),
            Line((case.told("cell.name") or "").upper(), "center", bold=True),
        ),
        (Line(_("ĐẢNG CỘNG SẢN VIỆT NAM"), "center", bold=True, rule=True), Line(_dated(case, today), "center", italic=True)),
        share=0.45,
    )  # fmt: skip
    rows = tuple(
        (str(n), _labelled(entry), ", ".join(filter(None, [entry.number, _day(entry.on)])),
         number(entry.pages) if entry.pages else "", str(KEPT_AS.get(entry.source, "")), _noted(entry))
        for n, entry in enumerate(folder.entries, 1)
    )  # fmt: skip
    headings = (_("TT"), _("Tên giấy tờ"), _("Số, ngày"), _("Số tờ"), _("Bản gốc, bản sao"), _("Ghi chú"))
    room = _("(Ký, ghi rõ họ và tên)")
    blocks = (
        head,
        Line(_("MỤC LỤC HỒ SƠ"), "center", bold=True, size=16, before=14),
        Line(_about(folder.candidacy.person), "center", before=2),
        Line("", "left", size=6),
        Grid(headings, rows, (1.5, 7, 4, 1.6, 2.6, 3.6)),
        Line(_counts(folder), "left", before=8),
        Line(_("Số tờ đếm theo bản in một mặt; ô để trống do người giao ghi khi đếm trên giấy."), "left", italic=True),
        Sides(
            (Line(_("NGƯỜI GIAO"), "center", bold=True), Line(room, "center", italic=True), Line("", "center", before=48)),
            (Line(_("NGƯỜI NHẬN"), "center", bold=True), Line(room, "center", italic=True), Line("", "center", before=48)),
            before=16,
        ),
    )  # fmt: skip
    return Document(_("Mục lục hồ sơ"), blocks, LAYOUT)


def _dated(case, today):
    place = case.told("place")
    words = _("ngày %(day)s tháng %(month)s năm %(year)s") % {
        "day": f"{today.day:02}", "month": f"{today.month:02}" if today.month < 3 else today.month, "year": today.year,
    }  # fmt: skip
    return f"{place}, {words}" if place else words


def _about(person):
    return _("%(name)s, sinh ngày %(born)s") % {"name": person.full_name, "born": day(person.born)}


def _counts(folder):
    told = {"n": number(folder.there), "all": number(len(folder.entries)), "bound": number(len(folder.bound))}
    words = _("Có %(n)s/%(all)s giấy tờ; %(bound)s giấy có bản phát hành hoặc bản quét")
    found = words % told
    if folder.missing:
        found += "; " + _("còn thiếu %s giấy") % number(folder.missing)
    if folder.hidden and not folder.corrected:
        found += "; " + _("không kể %s bản đã đính chính hoặc thu hồi") % number(folder.hidden)
    return found + "."


def _labelled(entry):
    return f"{entry.label} ({entry.form})" if entry.form else entry.label


def _day(on: date | None):
    return day(on) if on else ""


def _source(entry):
    return "; ".join(filter(None, [str(source_of(entry)), entry.void]))


def _noted(entry):
    said = {RECORDED: _("chưa có bản"), MISSING: _("còn thiếu"), WORD: _("bản Word, in riêng")}
    return "; ".join(filter(None, [HELD if entry.held else said.get(entry.source, ""), entry.void]))
