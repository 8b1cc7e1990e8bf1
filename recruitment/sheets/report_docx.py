"""A report to a document that an office goes on writing in: the head of party documents, running text, tables.

Layout of Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW: A4, margins 20, 20, 30 and 15 mm, Times New Roman 14, lines of
exactly 19 points, the first of a paragraph 10 mm in. The package is written by hand: a few parts of plain XML. Takes any
object with the shape of a report and knows no domain.
"""

import unicodedata
import zipfile
from xml.sax.saxutils import escape

from .xlsx import ILLEGAL

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MM = 1440 / 25.4  # twentieths of a point
_TALL, _WIDE = (round(210 * _MM), round(297 * _MM)), (round(297 * _MM), round(210 * _MM))
_TOP, _BOTTOM, _LEFT, _RIGHT = (round(mm * _MM) for mm in (20, 20, 30, 15))
_FIRST_LINE, _LINE = round(10 * _MM), 19 * 20
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/>'
_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>
<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>
</Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
</Relationships>""",
    "word/_rels/document.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/footer" Target="footer1.xml"/>
</Relationships>""",
    "word/styles.xml": f"""<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{_FONT}<w:sz w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>""",
    "word/footer1.xml": f"""<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="24"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>""",
}
_GRID = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="77726A"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write_docx(path_or_file, report, told=None):
    """Write the report as .docx: its running text (sheets of prose) under the head, each table after it on pages laid as
    its columns need. told(n) hears of every n rows written."""
    prose = [_line(row) for sheet in report.sheets if sheet.prose for row in sheet.rows]
    sections = [([*_head(report), *prose, *_foot(report)], False)]
    for sheet in report.sheets:
        if not sheet.prose:
            sections.append((_sheet(report, sheet), sheet.wide))
        if told:
            told(len(sheet.rows))
    *before, (last, wide) = sections
    body = [part for parts, turned in before for part in (*parts, _section(turned))] + [
        *last,
        _page(wide=wide),
    ]
    document = f'<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}"><w:body>{"".join(body)}</w:body></w:document>'
    with zipfile.ZipFile(path_or_file, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in {**_PARTS, "word/document.xml": document}.items():
            package.writestr(part, _DECLARATION + content)


def _clean(text):
    return escape(unicodedata.normalize("NFC", ILLEGAL.sub("", text)))


def _run(text, size=14, *, bold=False, italic=False, underlined=False):
    looks = "<w:b/>" * bold + "<w:i/>" * italic + '<w:u w:val="single"/>' * underlined
    return f'<w:r><w:rPr>{_FONT}{looks}<w:sz w:val="{2 * size}"/></w:rPr><w:t xml:space="preserve">{_clean(text)}</w:t></w:r>'


def _paragraph(runs, *, side="both", first=0, exact=True, keep=False):
    spacing = f'<w:spacing w:before="60" w:after="60" w:line="{_LINE}" w:lineRule="exact"/>' if exact else ""
    indent = f'<w:ind w:firstLine="{first}"/>' if first else ""
    return f'<w:p><w:pPr>{"<w:keepNext/>" * keep}{spacing}{indent}<w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'


def _line(row):
    text, bold = row.cells["text"], row.look != "plain"
    return _paragraph(_run(text, bold=bold) if text else "", first=_FIRST_LINE, keep=bold)


def _cells(widths, cells):
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr>{made}</w:tr>"


def _sides(left, right):
    """Two columns without lines: of the head, and of the places to sign."""
    room = _TALL[0] - _LEFT - _RIGHT
    narrow = round(room * 0.42)  # what stands at the right is longer, and must not break
    wide = room - narrow
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{room}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{narrow}"/><w:gridCol w:w="{wide}"/></w:tblGrid>{_cells((narrow, wide), (left, right))}</w:tbl>'
    )


def _head(report):
    centred = {"side": "center", "exact": False}
    left = [
        _paragraph(_run(text, bold=k == len(report.left) - 1), **centred)
        for k, text in enumerate(report.left)
    ]
    left += (
        [_paragraph(_run("*"), **centred), _paragraph(_run(report.numbered), **centred)]
        if report.numbered
        else []
    )
    right = (
        [_paragraph(_run(report.right[0], 15, bold=True, underlined=True), **centred)] if report.right else []
    )
    right += [_paragraph(_run(text, italic=True), **centred) for text in report.right[1:]]
    title = [
        _paragraph(_run(text, 15, bold=True), side="center")
        for text in (report.title.upper(), report.committee)
    ]
    notices = [_paragraph(_run(text, italic=True), first=_FIRST_LINE) for text in report.notices]
    rule = _paragraph(_run("-----"), side="center")
    return [
        _sides("".join(left) or "<w:p/>", "".join(right) or "<w:p/>"),
        "<w:p/>",
        *title,
        _period(report),
        rule,
        *notices,
    ]


def _period(report):
    return _paragraph(_run(report.period, italic=True), side="center")


def _foot(report):
    """To whom it goes at the left, who signs at the right: the body in bold, the position not."""
    receivers = [_paragraph(_run("Nơi nhận:", underlined=True), side="left", exact=False)]
    receivers += [_paragraph(_run(f"- {text}", 12), side="left", exact=False) for text in report.receivers]
    body, *positions = report.signed_by or report.signers[-1:] or ("",)
    signs = [_paragraph(_run(body, bold=True), side="center", exact=False)]
    signs += [_paragraph(_run(text), side="center", exact=False) for text in positions]
    return ["<w:p/>", _sides("".join(receivers), "".join(signs))]


def _sheet(report, sheet):
    heading = [_paragraph(_run(sheet.heading.upper(), bold=True), side="center", keep=True), _period(report)]
    notes = [_paragraph(_run(note, 12, italic=True), side="left") for note in sheet.notes]
    if not sheet.rows:
        return [*heading, _paragraph(_run(sheet.empty), first=_FIRST_LINE), *notes]
    room = (_WIDE if sheet.wide else _TALL)[0] - _LEFT - _RIGHT
    every = sum(column.width for column in sheet.columns)
    widths = [round(room * column.width / every) for column in sheet.columns]
    size = round(min(11, max(8, 1.9 * room / 20 / every)))  # so many characters as the columns promise

    def cell(text, side, bold):
        return _paragraph(_run(text, size, bold=bold) if text else "", side=side, exact=False)

    headings = [
        cell(f"{column.under}: {column.heading}" if column.under else column.heading, "center", True)
        for column in sheet.columns
    ]
    first = _cells(widths, headings).replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1)
    lines = [
        _cells(widths, [cell(_indented(row, place, text), _side(column), row.look != "plain") for place, (column, text) in enumerate(cells)])
        for row, cells in sheet.lines()
    ]  # fmt: skip
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_GRID}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{first}{"".join(lines)}</w:tbl>'
    )
    return [*heading, table, *notes]


def _indented(row, place, text):
    return "\N{NO-BREAK SPACE}" * (3 * row.level) + text if place == 0 and row.level else text


def _side(column):
    return "left" if column.kind == "text" else "center" if column.kind in {"ordinal", "day"} else "right"


def _page(*, wide):
    width, height = _WIDE if wide else _TALL
    turned = ' w:orient="landscape"' if wide else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{_TOP}" w:right="{_RIGHT}" w:bottom="{_BOTTOM}" w:left="{_LEFT}" w:header="567" w:footer="567" w:gutter="0"/>'
        "</w:sectPr>"
    )


def _section(wide):
    """The end of pages laid so; what follows begins a new one."""
    return f"<w:p><w:pPr>{_page(wide=wide)}</w:pPr></w:p>"
