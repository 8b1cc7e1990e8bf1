"""A small report for the writers' tests, with one of everything, and programs that read what was written."""

import csv
import io
import os
import re
import shutil
import subprocess
import warnings
import zipfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from recruitment.reports.base import (
    DAY,
    DECIMAL,
    ORDINAL,
    PART,
    PERCENT,
    SIGNED,
    TOTAL,
    WHOLE,
    Chart,
    Column,
    Ref,
    Report,
    Row,
    Sheet,
    difference,
    ratio,
    total,
)

OFFICE = "LibreOffice is missing: apt-get install -y --no-install-recommends libreoffice-calc-nogui"
WORDS = "LibreOffice Writer is missing: apt-get install -y --no-install-recommends libreoffice-writer-nogui"
POPPLER = "pdftotext is missing: apt-get install -y --no-install-recommends poppler-utils"
PERCENTS = ratio(Ref(column="part"), Ref(column="whole"))
COLUMNS = (
    Column("tt", "TT", ORDINAL, 5),
    Column("name", "Đơn vị", width=30),
    Column("whole", "Chỉ tiêu", WHOLE, 10, "Theo kế hoạch"),
    Column("part", "Kết nạp", WHOLE, 10, "Theo kế hoạch"),
    Column("percent", "Tỷ lệ", PERCENT, 12, "Theo kế hoạch", number="4(=2*100/3)", bars=True),
    Column("gap", "Chênh", SIGNED, 10),
    Column("on", "Ngày", DAY, 12),
)
GAP = difference(Ref(column="part"), Ref(column="whole"))


def a_sheet(pairs, **more):
    """A sheet of part/whole pairs, each with its ratio and gap, a part heading above and their sums below."""
    rows = [Row("head", {"name": "I. Các đơn vị"}, PART)]
    for k, (part, whole) in enumerate(pairs, 1):
        cells = {"tt": k, "name": f"Đảng bộ số {k}", "part": part, "whole": whole, "on": date(2015, 12, 31)}
        rows.append(Row(f"r{k}", cells | {"percent": PERCENTS, "gap": GAP}, level=1))
    every = [Ref(row=f"r{k}") for k in range(1, len(pairs) + 1)]
    sums = {"name": "Cộng", "part": total(every), "whole": total(every), "percent": PERCENTS, "gap": GAP}
    rows.append(Row("sum", sums, TOTAL, name="tong_so"))
    rows.append(Row("mean", {"name": "Tuổi bình quân", "part": Fraction(5983, 200)}, kind=DECIMAL))
    options = {"notes": ("Một dòng ghi chú.",), "signed": True, "wide": True} | more
    chart = Chart("Tỷ lệ theo đơn vị", "name", ("percent",), tuple(ref.row for ref in every), Fraction(1))
    return Sheet("don_vi", "Theo đơn vị", "Theo đơn vị", COLUMNS, rows, chart=chart, **options)


def a_report(*sheets, **more):
    said = {
        "name": "bao-cao",
        "title": "Báo cáo kết quả kết nạp đảng viên năm 2015",
        "committee": "Đảng bộ tỉnh Bà Rịa – Vũng Tàu",
        "period": "Từ ngày 01/01/2015 đến hết ngày 31/12/2015",
        "finding": "Kết nạp 9.701/9.352, đạt 103,73\N{NO-BREAK SPACE}%.",
        "notices": ("Bản trình diễn: họ tên là giả.",),
        "left": ("TỈNH ỦY BÀ RỊA – VŨNG TÀU", "BAN TỔ CHỨC"),
        "right": ("ĐẢNG CỘNG SẢN VIỆT NAM", "…………, ngày 05 tháng 02 năm 2016"),
        "signers": ("NGƯỜI LẬP BIỂU", "TRƯỞNG BAN"),
    }
    return Report(sheets=list(sheets) or [a_sheet([(9701, 9352), (3, 0), (1, 3)])], **(said | more))


def written(write, report):
    """What a writer makes of a report, as a file in memory."""
    file = io.BytesIO()
    write(file, report)
    file.seek(0)
    return file


def _program(name, missing):
    if not shutil.which(name):
        _without(missing)
    return name


def _without(missing):
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)


def recalculated(file, folder):
    """The workbook as LibreOffice calculates it: {tab: {address: value}}. Values that came with the formulas are taken
    out first, so that every one is LibreOffice's own."""
    source = folder / "bare.xlsx"
    with zipfile.ZipFile(file) as known, zipfile.ZipFile(source, "w") as bare:
        for item in known.infolist():
            bare.writestr(item, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", known.read(item)))
    _convert(source, folder / "out", "xlsx")
    with warnings.catch_warnings(action="ignore"):  # of what the library cannot read, and this does not need
        book = load_workbook(folder / "out" / "bare.xlsx", data_only=True)
    return {
        page.title: {cell.coordinate: cell.value for row in page.iter_rows() for cell in row} for page in book
    }


def shown(file, folder, tab):
    """The cells of a tab as LibreOffice shows them, in the order of rows: [[text]]."""
    source = folder / "shown.xlsx"
    source.write_bytes(file.getvalue())
    _convert(
        source,
        folder / "csv",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1",
    )
    with (folder / "csv" / f"shown-{tab}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def words_of(source):
    """The text of a Word file as LibreOffice Writer reads it."""
    office = shutil.which("soffice")
    # Debian gives Writer apart from what starts both.
    if not office or not next(Path(office).resolve().parent.glob("libswlo*"), None):
        _without(WORDS)
    _convert(source, source.parent, "txt:Text (encoded):UTF8")
    return source.with_suffix(".txt").read_text(encoding="utf-8-sig")


def _convert(source, target, form):
    office = _program("soffice", OFFICE)
    profile = (source.parent / "profile").as_uri()
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", form, "--outdir", target, source],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip


def read_pdf(file, folder, *options):
    """[text of each page] as pdftotext reads it."""
    return _told(file, folder, *options).split("\f")[:-1]


def place_of(word, file, folder):
    """[left, top, right, foot] in points of a word on a page as it is seen, from its upper left corner."""
    places = re.search(rf"<word ([^>]*)>{re.escape(word)}<", _told(file, folder, "-bbox"))
    return [float(number) for number in re.findall(r'"([\d.]+)"', places[1])]


def _told(file, folder, *options):
    program = _program("pdftotext", POPPLER)
    source = folder / "read.pdf"
    source.write_bytes(file.getvalue())
    said = subprocess.run([program, *options, source, "-"], capture_output=True, timeout=60, check=True)
    return said.stdout.decode()
