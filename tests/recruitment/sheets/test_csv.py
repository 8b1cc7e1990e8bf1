import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from recruitment.sheets.csv import safe_text, write_rows


def test_excel_opens_it_by_a_double_click(tmp_path):
    path = tmp_path / "a.csv"
    write_rows(path, ["Họ và tên", "Số"], [["Lý Thị Kim Oanh", 9701], ['hai\ndòng; và "ngoặc"', None]])
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfH\xe1\xbb\x8d v\xc3\xa0")
    assert data.count(b"\xef\xbb\xbf") == 1
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [["Họ và tên", "Số"], ["Lý Thị Kim Oanh", "9701"], ['hai\ndòng; và "ngoặc"', ""]]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (-5, "-5"),
        (Decimal("103.73"), "103,73"),
        (Decimal("-0.5"), "-0,5"),
        (date(2015, 4, 5), "05/04/2015"),
        (datetime(2015, 4, 23, 20, 5, tzinfo=UTC), "24/04/2015 03:05"),
        (True, "x"),
        (False, ""),
        ("-5", "'-5"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+84", "'+84"),
        ("@SUM", "'@SUM"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
    ],
)
def test_values_are_written_and_text_is_never_a_formula(value, wanted):
    file = io.BytesIO()
    write_rows(file, ["x"], [[value, "cuối"]])
    assert (
        list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""), delimiter=";"))[1][0]
        == wanted
    )


def test_headings_are_made_safe_too():
    file = io.BytesIO()
    write_rows(file, ["=x"], [])
    assert file.getvalue() == "\ufeff'=x\r\n".encode()
    assert safe_text("An") == "An"
