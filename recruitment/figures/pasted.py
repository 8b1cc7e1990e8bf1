"""Claims out of a pasted text: rows copied from Excel, or one claim a line as people write it: "9.701/9.352 = 103,73%",
"2.206 + 1.967 = 4.173", "443.137 trong 46.706 = 92,36%", or sentences with fractions and document numbers in them. Pure.
"""

import re
from dataclasses import dataclass

from committees.vietnamese import fold

from .prose import fractions
from .statements import DIFFERENCE, MEAN, PART, RATIO, SUM
from .workbook import (
    CODE,
    CONTENT,
    DAY,
    DOCUMENT,
    HEADINGS,
    ISSUER,
    NUMBER,
    OPERATION,
    PUBLISHED,
    TERMS,
    Claims,
    Fault,
    read_rows,
)

MOST_LINES = 500  # what one reads on a page; longer workbooks go through the command
WANTED = (
    "một phép tính như 9.701/9.352 = 103,73%, một số như 12.133, một số văn bản, hoặc các cột chép từ Excel"
)
LONGEST_LINE = (
    2_000  # characters of a line that says claims in words; a longer one is refused before it is read
)
SHORTER = f"nhiều nhất {LONGEST_LINE} chữ một dòng; ngắt đoạn văn ra từng câu"
PASTED = "Phần dán"  # the document of lines above which none is named
_N = r"-?[0-9]+(?:[.,][0-9]+)*"
# A number with the words of its unit: "9.701 đảng viên".
_TERM = re.compile(rf"(?P<n>{_N})(?: [^\d/+=%]*)?")
_NAMED = re.compile(r"(?P<code>[\w.-]{1,40}) ?: (?P<rest>.+)")
_TITLE = re.compile(r"(?:#+|văn bản ?:) ?(?P<title>.+)", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:số )?(?P<number>[0-9]{1,5} ?[-/] ?[A-ZĐ][A-Za-zĐđ]{0,3} ?[-/] ?[A-ZĐ][A-Za-zĐđ]{1,9})(?![\w/])"
    r"(?:,? ngày (?P<day>[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}))?(?:,? của (?P<issuer>[^,;.()]{2,80}))?"
)


@dataclass
class _Line:
    """A row of the text: cells {heading: text}, and where it stands."""

    number: int
    cells: dict

    def address(self, heading):
        return f"dòng {self.number}, cột “{heading}”"


def read_text(text):
    """The Claims of a pasted text. Faults name the line, and the column as the template calls it."""
    lines = [(k, line) for k, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_LINES:
        wanted = f"nhiều nhất {MOST_LINES} dòng một lần; chia phần còn lại ra kiểm riêng"
        return Claims(faults=[Fault("", f"dòng {lines[MOST_LINES][0]}", "", wanted)])
    rows, faults, headings, document = [], [], None, PASTED
    for k, line in lines:
        if "\t" in line:
            cells = [cell.strip() for cell in line.split("\t")]
            if headings is None:
                headings, named = _headings(cells)
                if named:
                    continue
            rows.append(_Line(k, dict.fromkeys((CODE,)) | dict(zip(headings, cells, strict=False))))
            continue
        line = " ".join(line.replace("–", "-").replace("−", "-").split())
        if len(line) > LONGEST_LINE:
            faults.append(Fault("", f"dòng {k}", line, SHORTER))
            continue
        if title := _TITLE.fullmatch(line):
            document = title["title"].strip()
            continue
        told = _claims(line)
        if not told:
            faults.append(Fault("", f"dòng {k}", line, WANTED))
        for at, cells in enumerate(told):
            code = f"D{k}" if len(told) == 1 else f"D{k}.{at + 1}"
            rows.append(_Line(k, {CODE: code, DOCUMENT: document, CONTENT: line} | cells))
    found = read_rows("", rows)
    found.faults = sorted(found.faults + faults, key=lambda fault: int(re.search("[0-9]+", fault.cell)[0]))
    return found


def _headings(cells):
    """(the heading of each column, whether the line says them itself): by their words, else in the template's order."""
    known = {fold(heading): heading for heading, _required in HEADINGS}
    said = [known.get(fold(cell).strip(" *:"), cell) for cell in cells]
    if sum(heading in known.values() for heading in said) >= 2:
        return said, True
    return [heading for heading, _required in HEADINGS], False


def _claims(line):
    """[the cells of a claim] that a line makes; none where nothing in it can be read. A name before it is taken off once."""
    if (named := _NAMED.fullmatch(line)) and (inner := list(_unnamed(named["rest"]))):
        name = {CODE: named["code"], CONTENT: named["rest"]} if len(inner) == 1 else {}
        return [cells | name for cells in inner]
    return list(_unnamed(line))


def _unnamed(line):
    """The cells of every claim of a line without a name before it."""
    if equation := _equation(line):
        yield equation
        return
    if _TERM.fullmatch(line) and not _NUMBER.search(line):
        yield {OPERATION: SUM, PUBLISHED: line, TERMS: ""}
        return
    for said in fractions(line):
        yield {OPERATION: RATIO, PUBLISHED: said.printed.text, TERMS: f"{said.part};{said.whole}"}
    for found in _NUMBER.finditer(line):
        yield {NUMBER: found["number"], DAY: found["day"] or "", ISSUER: (found["issuer"] or "").strip()}


def _equation(line):
    """The cells of "terms = printed", or of a part without percentage; None for anything else."""
    left, sign, right = (piece.strip() for piece in re.sub("[≈⇒→]", "=", line).rpartition("="))
    if not sign:
        return _cells(PART, re.split(r" trong(?: tổng số| số)? ", line), "") if " trong " in line else None
    for operation, between in (
        (PART, r" trong(?: tổng số| số)? "),
        (SUM, r"\+"),
        (DIFFERENCE, r" - "),
        (RATIO if "%" in right or "phần trăm" in right else MEAN, r"[/:]"),
    ):
        pieces = re.split(between, left)
        if len(pieces) > 1:
            return _cells(operation, pieces, right)
    return None


def _cells(operation, pieces, printed):
    terms = [_TERM.fullmatch(piece.strip()) for piece in pieces]
    if not all(terms) or (operation != SUM and len(terms) != 2):
        return None
    return {OPERATION: operation, TERMS: ";".join(term["n"] for term in terms), PUBLISHED: printed}
