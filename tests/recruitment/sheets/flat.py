"""A workbook as LibreOffice calculates and shows it, read from its own flat XML: no library of ours writes or reads it."""

import re
import zipfile
from xml.etree import ElementTree

from .reports import _convert

_TABLE, _OFFICE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office", "text")
)


def calculated(file, folder):
    """{tab: [[(number as calculated or None, text as shown)]]} of a workbook whose formulas came without values."""
    source = folder / "flat.xlsx"
    with zipfile.ZipFile(file) as known, zipfile.ZipFile(source, "w") as bare:
        for item in known.infolist():
            bare.writestr(item, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", known.read(item)))
    _convert(source, folder / "out", "fods")
    root = ElementTree.parse(folder / "out" / "flat.fods").getroot()  # noqa: S314 - written by the line above
    return {
        table.get(f"{_TABLE}name"): [
            list(_cells(row)) for row in table.iter(f"{_TABLE}table-row") for _ in range(_times(row, "rows"))
        ]
        for table in root.iter(f"{_TABLE}table")
    }


def _times(element, what):
    """How often it is repeated; long empty tails once."""
    times = int(element.get(f"{_TABLE}number-{what}-repeated", 1))
    return times if times < 500 else 1


def _cells(row):
    for cell in row:
        if cell.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            value = cell.get(f"{_OFFICE}value")
            said = "\n".join("".join(line.itertext()) for line in cell.iter(f"{_TEXT}p"))
            for _ in range(_times(cell, "columns")):
                yield value, said
