import io

import pytest

from recruitment.sheets.package import SheetError
from recruitment.sheets.read import read_table
from tests.recruitment.sheets.books import HEAD, HEADINGS, refusal, repacked, saved, shared, with_rows


def test_too_long_and_too_wide_tables_are_refused():
    assert "200.000" in refusal(with_rows(b'<row r="200001"><c r="A200001"><v>1</v></c></row>'))
    assert "200 cột" in refusal(with_rows(b'<row r="2"><c r="GS2"><v>1</v></c></row>'))
    assert "200 cột" in refusal(with_rows(b'<row r="2"><c r="AAA2"><v>1</v></c></row>'))
    at_the_edge = b'<row r="200000"><c r="A200000"><v>1</v></c><c r="GR200000"><v>1</v></c><c r="XFD200000" s="1"/></row>'
    assert len(read_table(with_rows(at_the_edge), HEADINGS).rows) == 1


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", "rỗng"),
        (b"Ho ten;Sinh ngay\nAn;1990", ".xlsx"),
        (OLE, ".xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"PK\x03\x04 broken", "hỏng"),
        (b"PK\x05\x06" + b"\0" * 18, "không phải"),
        (b"x" * (20 * 1024 * 1024 + 1), "20 MB"),
    ],
)
def test_what_is_no_workbook_is_refused_with_advice(data, wanted):
    assert wanted in refusal(io.BytesIO(data))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("xl/vbaProject.bin", "macro"),
        ("xl/macrosheets/sheet1.xml", "macro"),
        ("xl/workbook.bin", ".xlsb"),
        ("content.xml", ".ods"),
        ("word/document.xml", "Word"),
        ("../../etc/passwd", "hỏng"),
        ("/etc/passwd", "hỏng"),
    ],
)
def test_packages_of_other_kinds_are_refused(name, wanted):
    assert wanted in refusal(repacked(saved(HEAD, ["An"]), add={name: b"x"}))


def test_a_macro_workbook_by_its_content_type_is_refused():
    kind = {
        "[Content_Types].xml": lambda xml: xml.replace(
            b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"
        )
    }
    assert "macro" in refusal(repacked(saved(HEAD), kind))


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "docProps/core.xml"]
)
@pytest.mark.parametrize("far", [b"", b"<!-- " + b"x" * 5000 + b" -->"])
def test_document_types_are_refused_wherever_they_stand(part, far):
    def poison(xml):
        return (
            b'<?xml version="1.0"?>'
            + far
            + BOMB
            + xml.removeprefix(b'<?xml version="1.0"?>').replace(b"An", b"&b;")
        )

    file = repacked(shared(saved(HEAD, ["An", "x", "y"])), {part: poison})
    if far and part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        # The head of a long part is never parsed, so the entity is merely unknown, or unused.
        try:
            assert "aaaa" not in str(read_table(file, HEADINGS).rows)
        except SheetError:
            pass
    elif far and part == "docProps/core.xml":
        assert read_table(file, HEADINGS).rows, "a part nobody parses does no harm"
    else:
        refusal(file)


def test_zip_bombs_are_refused_by_what_they_declare_and_by_what_they_hold():
    assert "nén quá nhiều" in refusal(
        repacked(saved(HEAD), add={"xl/media/a.bin": b"\0" * 129 * 1024 * 1024})
    )
    assert "nén quá nhiều" in refusal(repacked(saved(HEAD), add={"xl/media/a.bin": b"\0" * 17 * 1024 * 1024}))
    assert "nén quá nhiều" in refusal(repacked(saved(HEAD), add={f"xl/a{n}.bin": b"" for n in range(2000)}))


def test_damaged_sheets_are_refused_not_half_read():
    whole = shared(saved(HEAD, *[["An", "x", "y", n] for n in range(3000)])).read()
    assert len(read_table(io.BytesIO(whole), HEADINGS).rows) == 3000
    for change in (
        lambda xml: xml[: len(xml) // 2] + b"<row" + xml[len(xml) // 2 :],
        lambda xml: xml.replace(b'<row r="7"', b'<row r="seven"'),
        lambda xml: xml.replace(b'<c r="A9" t="s"><v>4</v>', b'<c r="A9" t="s"><v>999999</v>'),
        lambda xml: b"",
        lambda xml: xml[: len(xml) // 2],
        lambda xml: xml.replace(b"<sheetData>", b"<!--").replace(b"</sheetData>", b"-->"),
    ):
        refusal(repacked(io.BytesIO(whole), {"xl/worksheets/sheet1.xml": change}))


def test_one_long_text_in_many_cells_is_held_once():
    """A shared text of Excel's greatest length in 60.000 cells must not be copied 60.000 times (2 GB)."""
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(2, 60_000))
    long = {
        "xl/sharedStrings.xml": lambda xml: xml.replace(
            b"</sst>", b"<si><t>" + b"x" * 32767 + b"</t></si></sst>"
        )
    }
    table = read_table(repacked(shared(with_rows(cells.replace(b"<v>0<", b"<v>4<"))), long), HEADINGS)
    assert len(table.rows) == 59_998 and len(table.rows[0].cells["Họ và tên"]) == 32767
    assert len({id(row.cells["Họ và tên"]) for row in table.rows}) == 1
