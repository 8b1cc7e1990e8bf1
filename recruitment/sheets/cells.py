"""The rows and cells of a piece of a sheet's XML, as the file says them; nothing is interpreted here.

Two readers give the same answer. Excel, LibreOffice and openpyxl write cells in one plain shape, which a
regular expression takes apart three times as fast as a parser can. Whatever is not wholly of that shape (prefixes,
entities, rich text, cells without addresses) goes to the parser, a piece at a time.
"""

import re

from openpyxl.utils import get_column_letter

from .package import whole_number
from .values import text_of

_EMPTY_ROWS = re.compile(r"\s*(?:<row [^<>]*/>\s*)*")
_ROW = re.compile(r'<row r="([0-9]{1,7})"([^<>]*)>')
_HIDDEN = re.compile(r"""\shidden\s*=\s*["'](?:1|true)["']""")
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]+)")?(?: t="(\w+)")? ?'
    r"(?:/>|>(?:(<f[^<>]*/>|<f[^<>]*></f>)|<f[^<>]*>([^<&]+)</f>)?"
    r'(?:<v>([^<&]*)</v>|<v ?/>|<is><t(?: xml:space="preserve")?>([^<&]*)</t></is>)?</c>)'
)


def rows(piece, number):
    """[(row number, whether it is hidden, [(letter, style, kind, a formula told elsewhere, formula, value, inline text)])]
    of a piece, "" for what is absent. A formula shared with other cells stands in one of them: the rest only name it.

    `number` is the row before the piece: rows and cells without an address follow the one before them.
    """
    plain = None if piece.prefixed else _plain(piece.text)
    return _parsed(piece.tree(), number) if plain is None else plain


def _plain(text):
    """The rows of a piece wholly in the plain shape, else None."""
    *segments, rest = text.split("</row>")
    # Comments and CDATA may hold what only looks like cells.
    if "<!" in text or not _EMPTY_ROWS.fullmatch(rest):
        return None
    found = []
    for segment in segments:
        last = segment.rfind("<row")
        head = _ROW.match(segment, last) if last >= 0 else None
        if head is None or not _EMPTY_ROWS.fullmatch(segment, 0, last):
            return None
        cells = _CELL.findall(segment, head.end())
        if segment.count("<c") != len(cells):
            return None
        found.append((int(head[1]), _HIDDEN.search(head[2]) is not None, cells))
    return found


def _parsed(tree, number):
    """The rows of a piece by the parser."""
    space = tree.tag.partition("}")[0] + "}" if tree.tag[0] == "{" else ""
    value, formula, inline = f"{space}v", f"{space}f", f"{space}is"
    found = []
    for row in tree:
        number = whole_number(row.get("r", number + 1))
        cells = []
        for position, cell in enumerate(row, 1):
            place = cell.get("r")
            # Writers that leave addresses out leave out no cell: the position is the column.
            letter = place.rstrip("0123456789") if place else get_column_letter(min(position, 18_278))
            held = cell.find(inline)
            text = "" if held is None else text_of(held)
            computed = cell.find(formula)
            own = "" if computed is None else computed.text or ""
            elsewhere = "" if computed is None or own else "<f/>"
            said = elsewhere, own, cell.findtext(value, ""), text
            cells.append((letter, cell.get("s", ""), cell.get("t", ""), *said))
        found.append((number, row.get("hidden") in ("1", "true"), cells))
    return found
