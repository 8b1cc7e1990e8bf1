"""Rows to a workbook. The sheet's XML is written by hand, a block of rows at a time.

A library's writer takes ten times the processor time for the same cells; a list of 60,000 rows must not block a
worker. Templates are small and carry comments, so there the library (openpyxl) is used.
"""

import re
import unicodedata
import zipfile
from datetime import date, datetime
from decimal import Decimal
from itertools import count, islice
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from committees.vietnamese import ZONE

MOST_ROWS, LONGEST_TEXT, LONGEST_SHEET_NAME = 1_048_576, 32_767, 31
_ROWS_AT_ONCE = 500
_DEFAULT_WIDTH = 16

_NS = "http://schemas.openxmlformats.org"
_MAIN, _OFFICE = f"{_NS}/spreadsheetml/2006/main", f"{_NS}/officeDocument/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# Places in cellXfs below. 42A is Vietnamese: 9.701 whatever language the office that opens it speaks.
_TEXT, _TITLE, _HEADING, _QUOTED, _WHOLE, _DECIMAL, _DAY, _MOMENT = range(8)

_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_NS}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>
</Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_NS}/package/2006/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_NS}/package/2006/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>
</Relationships>""",
    # quotePrefix keeps "=1+1" a text even after someone opens the cell and presses Enter.
    "xl/styles.xml": f"""<styleSheet xmlns="{_MAIN}">
<numFmts count="4"><numFmt numFmtId="166" formatCode="[$-42A]#,##0"/><numFmt numFmtId="167" formatCode="[$-42A]#,##0.00"/><numFmt numFmtId="164" formatCode="dd\\/mm\\/yyyy"/><numFmt numFmtId="165" formatCode="dd\\/mm\\/yyyy hh:mm"/></numFmts>
<fonts count="3"><font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="14"/><name val="Times New Roman"/></font><font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEBE6DC"/></patternFill></fill></fills>
<borders count="2"><border/><border><left/><right/><top/><bottom style="thin"><color rgb="FF77726A"/></bottom><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="8">
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
<xf numFmtId="49" fontId="2" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="167" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf>
</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>""",
}

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SERIAL_ZERO = date(1899, 12, 30).toordinal()


def _inline(text, style):
    """Type, style and content of a text cell; characters XML cannot hold are dropped, formulas stay text."""
    text = unicodedata.normalize("NFC", ILLEGAL.sub("", text))[:LONGEST_TEXT]
    if style == _TEXT and text.startswith(_FORMULA_STARTS):
        style = _QUOTED
    text = escape(_ESCAPED.sub("_x005F_", text)).replace("\r", "_x000D_")
    return f'" t="inlineStr" s="{style}"><is><t xml:space="preserve">{text}</t></is></c>'


def _content(value):
    """What follows a cell's address: its type, style and value."""
    if value is None or value == "":
        return '"/>'
    if isinstance(value, bool):
        return f'" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int):
        return f'" s="{_WHOLE}"><v>{value}</v></c>'
    if isinstance(value, Decimal | float):
        number = Decimal(value) if isinstance(value, Decimal) else Decimal(str(value))
        return f'" s="{_DECIMAL}"><v>{number}</v></c>' if number.is_finite() else '"/>'
    if isinstance(value, datetime):
        moment = value.astimezone(ZONE) if value.tzinfo else value
        seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
        return f'" s="{_MOMENT}"><v>{moment.toordinal() - _SERIAL_ZERO + seconds / 86_400:.10f}</v></c>'
    if isinstance(value, date):
        return f'" s="{_DAY}"><v>{value.toordinal() - _SERIAL_ZERO}</v></c>'
    return _inline(str(value), _TEXT)


def sheet_name(title):
    """A title as the name of a tab: without the characters tabs refuse, 31 at most."""
    name = " ".join(re.sub(r"[\[\]:*?/\\']", " ", ILLEGAL.sub("", title)).split())
    return unicodedata.normalize("NFC", name)[:LONGEST_SHEET_NAME].strip() or "Bảng"


def write_rows(path_or_file, title, headings, rows, widths=None):
    """Write one sheet: the title, the headings, then every row of the iterable as it comes; memory stays flat.

    Values: None, text, int, Decimal or float (two decimals shown), date (dd/mm/yyyy), datetime (in Vietnam
    when aware), bool; anything else by its str. Text never becomes a formula. `widths` in characters. The
    headings stay in view and repeat on paper (A4 landscape, one page wide). ValueError past Excel's last row.
    About 2 µs a cell.
    """
    letters = [get_column_letter(place) for place in range(1, len(headings) + 1)]
    last = letters[-1]
    head = 3 if title else 1
    widths = list(widths or [])[: len(letters)] + [_DEFAULT_WIDTH] * (len(letters) - len(widths or []))
    name = sheet_name(title)
    quoted = quoteattr(name)
    printed = f"'{escape(name)}'!${head}:${head}"
    workbook = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name={quoted} sheetId="1" r:id="rId1"/></sheets>'
        f'<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">{printed}</definedName></definedNames>'
        "</workbook>"
    )
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(widths, 1)
    )
    opening = (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{head}" topLeftCell="A{head + 1}"'
        f' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{columns}</cols><sheetData>'
    )
    if title:
        opening += f'<row r="1"><c r="A1{_inline(title, _TITLE)}</row>'
    cells = "".join(
        f'<c r="{a}{head}{_inline(str(h), _HEADING)}' for a, h in zip(letters, headings, strict=True)
    )
    opening += f'<row r="{head}">{cells}</row>'
    # A4 (paper 9), as many pages long as it takes.
    page = (
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;CTrang &amp;P/&amp;N</oddFooter></headerFooter></worksheet>"
    )
    numbers = count(head + 1)
    rows = iter(rows)
    with zipfile.ZipFile(path_or_file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for part, content in {**_PARTS, "xl/workbook.xml": workbook}.items():
            package.writestr(part, _DECLARATION + content)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((_DECLARATION + opening).encode())
            while block := list(islice(rows, _ROWS_AT_ONCE)):
                sheet.write("".join(_row(row, next(numbers), letters) for row in block).encode())
            number = next(numbers) - 1
            filter_ = f'<autoFilter ref="A{head}:{last}{number}"/>' if number > head else ""
            sheet.write(f"</sheetData>{filter_}{page}".encode())


def _row(row, number, letters):
    if number > MOST_ROWS:
        raise ValueError(
            f"Bảng dài quá {MOST_ROWS} dòng, nhiều hơn một trang tính chứa được. Lọc bớt rồi tải lại."
        )
    cells = [f'<c r="{a}{number}{_content(value)}' for a, value in zip(letters, row, strict=True)]
    return f'<row r="{number}">{"".join(cells)}</row>'


def template(path_or_file, name, headings, widths=None):
    """Write an empty workbook to fill in: headings [(name, required, hint)] in row 1, `*` on the required.

    The hint is the heading's comment. Every column is text, so that an English Excel does not turn 5/6/1990
    into the 6th of May, nor the code 001 into 1.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name(name)
    for place, (heading, required, hint) in enumerate(headings, 1):
        cell = sheet.cell(1, place, f"{heading} *" if required else heading)
        cell.data_type = "s"
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if hint:
            cell.comment = Comment(hint, "", height=110, width=260)
        column = sheet.column_dimensions[get_column_letter(place)]
        column.number_format = "@"
        column.width = (widths or {}).get(heading, max(_DEFAULT_WIDTH, len(heading) + 4))
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    book.save(path_or_file)
