"""Workbooks for the tests: plain, as Excel writes them, and with parts changed by hand."""

import io
import re
import time
import zipfile
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from recruitment.sheets.package import SheetError
from recruitment.sheets.read import read_table

HEADINGS = [("Họ và tên", True), ("Sinh ngày", True), ("Mã tổ chức", True), ("Giá trị", False)]


def saved(*rows, prepare=None):
    """A workbook with these rows, in memory."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if prepare:
        prepare(sheet)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
MAIN = "http://schemas.openxmlformats.org"
HEAD = [name for name, _ in HEADINGS]


def repacked(file, replace=(), add=()):
    """The workbook with parts changed by {name: function(bytes)} and others added."""
    out = io.BytesIO()
    replace = dict(replace)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, replace.pop(name)(data) if name in replace else data)
        for name, data in dict(add).items():
            new.writestr(name, data)
    assert not replace, f"no such part: {replace}"
    out.seek(0)
    return out


def shared(file):
    """The workbook as Excel writes it: the texts in a part of their own, each once."""
    texts = []

    def move(found):
        if found[2] not in texts:
            texts.append(found[2])
        return b'<c r="%s" t="s"><v>%d</v></c>' % (found[1], texts.index(found[2]))

    def rows(xml):
        return re.sub(rb'<c r="(\w+)" t="inlineStr"><is>(.*?)</is></c>', move, xml)

    def rels(xml):
        rel = f'<Relationship Id="rId99" Type="{OFFICE}/relationships/sharedStrings" Target="sharedStrings.xml"/>'
        return xml.replace(b"</Relationships>", rel.encode() + b"</Relationships>")

    file = repacked(file, {"xl/worksheets/sheet1.xml": rows, "xl/_rels/workbook.xml.rels": rels})
    items = b"".join(b"<si>%s</si>" % text for text in texts)
    xml = b'<?xml version="1.0"?><sst xmlns="%s/spreadsheetml/2006/main">%s</sst>' % (MAIN.encode(), items)
    return repacked(file, add={"xl/sharedStrings.xml": xml})


def refusal(file):
    started = time.process_time()
    with pytest.raises(SheetError) as raised:
        read_table(file, HEADINGS)
    assert time.process_time() - started < 1
    return str(raised.value)


def sheet_xml(body):
    return lambda xml: xml.partition(b"<sheetData>")[0] + b"<sheetData>" + body + b"</sheetData></worksheet>"


def with_rows(body):
    heading = "".join(
        f'<c r="{c}1" t="inlineStr"><is><t>{h}</t></is></c>' for c, h in zip("ABCD", HEAD, strict=True)
    )
    body = f'<row r="1">{heading}</row>'.encode() + body
    return repacked(saved(HEAD), {"xl/worksheets/sheet1.xml": sheet_xml(body)})


def raw(**sheets):
    """A workbook written by hand, without any library: {sheet's name: rows}, a row a list of texts, numbers and None."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    tabs = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1)
    )
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/relationships/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{MAIN}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}/spreadsheetml/2006/main" xmlns:r="{OFFICE}/relationships">'
        f"<sheets>{tabs}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{MAIN}/package/2006/relationships">{rels}</Relationships>',
    }
    for n, rows in enumerate(sheets.values(), 1):
        body = "".join(
            f'<row r="{k}">{"".join(_raw_cell(column, k, value) for column, value in enumerate(row, 1))}</row>'
            for k, row in enumerate(rows, 1)
        )
        parts[f"xl/worksheets/s{n}.xml"] = (
            f'<worksheet xmlns="{MAIN}/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    out.seek(0)
    return out


def _raw_cell(column, row, value):
    if value is None:
        return ""
    place = f"{get_column_letter(column)}{row}"
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'
