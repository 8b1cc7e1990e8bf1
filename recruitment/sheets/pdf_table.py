"""A table on paper, however long: each row is laid out once and drawn straight onto its page, under headings that repeat.

The library's own table keeps a style a cell and lays out anew, at every page, all that is still to come: for a list of
thousands that is most of the time it takes.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Table

from .pdf_words import BOLD, FONT, INK, clean, style, words

_LINE, _BAND = HexColor("#77726a"), HexColor("#ebe6dc")
_PADDING, _ABOVE, _BELOW = 3, 1, 2
_ALONE, _AMONG = (
    1.2,
    1.3,
)  # the height of a line alone in its row, and of one of several, in sizes of the letters
_CENTRED = {"ordinal", "day"}


def table(sheet, width, name, told=None):
    """The rows of a sheet as what is put on pages. name: of its headings within the document; told(n) hears of every n
    rows that stand on a page."""
    return _Rows(_Laid(sheet, width, name, told or (lambda n: None)))


@dataclass(frozen=True)
class _Line:
    """A row laid out: its height, and each line of its cells as (x, how far the letters stand below the top, text)."""

    height: float
    pieces: list
    bold: bool
    band: bool


class _Laid:
    """A sheet's rows as they will stand on pages of one width; `tops`: where each begins, below the first."""

    def __init__(self, sheet, width, name, told):
        self.width, self.name, self.told = width, name, told
        whole = sum(column.width for column in sheet.columns)
        self.size = min(10, max(7.5, 1.9 * width / whole))  # so many characters as the columns promise
        self.edges = [0]
        for column in sheet.columns:
            self.edges.append(self.edges[-1] + width * column.width / whole)
        self.sheet, self._measured = sheet, {}
        self.lines = [self._laid(row, cells) for row, cells in sheet.lines()]
        self.tops = [0]
        for line in self.lines:
            self.tops.append(self.tops[-1] + line.height)

    def _laid(self, row, cells):
        bold = row.look != "plain"
        font, size, pieces, most = BOLD if bold else FONT, self.size, [], 1
        for place, (column, text) in enumerate(cells):
            if not text:
                continue
            text = clean(text)
            left = self.edges[place] + _PADDING + (8 * row.level if place == 0 else 0)
            right = self.edges[place + 1] - _PADDING
            lines, centred = [text], column.kind in _CENTRED
            # No letter is wider than its size: short words need not be measured.
            if "\n" in text or (len(text) * size > right - left and self._wide(text, font) > right - left):
                lines, centred = self._broken(text, font, right - left), False
                most = max(most, len(lines))
            for k, said in enumerate(lines):
                x = left
                if centred:
                    x = (left + right - self._wide(said, font)) / 2
                elif column.kind != "text" and column.kind not in _CENTRED:
                    x = right - self._wide(said, font)
                pieces.append((x, _ABOVE + size + k * size * _AMONG, said))
        height = size * (most * _AMONG if most > 1 else _ALONE) + _ABOVE + _BELOW
        return _Line(height, pieces, bold, row.look == "part")

    def _wide(self, text, font):
        """How wide a text is; the same words come back in thousands of rows and are measured once."""
        known = self._measured.get((font, text))
        if known is None:
            known = self._measured[font, text] = stringWidth(text, font, self.size)
        return known

    def _broken(self, text, font, room):
        """A text in lines that fit; a word longer than a line is cut."""
        lines, space = [], self._wide(" ", font)
        for part in text.split("\n"):
            line, long = [], 0
            for word in part.split(" "):
                if line and long + space + self._wide(word, font) > room:
                    lines.append(" ".join(line))
                    line, long = [], 0
                while self._wide(word, font) > room and len(word) > 1:
                    cut = self._fits(word, font, room)
                    lines.append(word[:cut])
                    word = word[cut:]
                if word:
                    long += self._wide(word, font) + (space if line else 0)
                    line.append(word)
            lines.append(" ".join(line))
        return lines

    def _fits(self, word, font, room):
        """How many of a word's letters fit, one at least."""
        cut = 1
        while cut < len(word) and stringWidth(word[: cut + 1], font, self.size) <= room:
            cut += 1
        return cut

    @cached_property
    def headings(self):
        rows, spans = _headings(self.sheet, self.size)
        looks = [
            ("GRID", (0, 0), (-1, -1), 0.4, _LINE),
            ("BACKGROUND", (0, 0), (-1, -1), _BAND),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), _ABOVE),
            ("BOTTOMPADDING", (0, 0), (-1, -1), _BELOW),
            *spans,
        ]
        widths = [end - begin for begin, end in zip(self.edges, self.edges[1:], strict=False)]
        return Table(rows, colWidths=widths, style=looks)

    @cached_property
    def head(self):
        """The height of the headings."""
        return self.headings.wrap(self.width, math.inf)[1]


class _Rows(Flowable):
    """Some rows of a table (`end` not among them) under its headings; falls in two where a page ends."""

    def __init__(self, laid, first=0, end=None):
        super().__init__()
        self.laid, self.first = laid, first
        self.end = len(laid.lines) if end is None else end

    def wrap(self, _width, _height):
        self.width = self.laid.width
        self.height = self.laid.head + self.laid.tops[self.end] - self.laid.tops[self.first]
        return self.width, self.height

    def split(self, _width, height):
        laid, first = self.laid, self.first
        end = bisect_right(laid.tops, laid.tops[first] + height - laid.head, first, self.end + 1) - 1
        while end > first and end < self.end and laid.lines[end - 1].band:
            end -= 1  # a part's heading goes where its rows go
        if end <= first:
            return []
        return [_Rows(laid, first, end), *([_Rows(laid, end, self.end)] if end < self.end else [])]

    def draw(self):
        laid, canvas = self.laid, self.canv
        self._head()
        lines = laid.lines[self.first : self.end]
        edges = [self.height - laid.head]
        canvas.setFillColor(_BAND)
        for line in lines:
            edges.append(edges[-1] - line.height)
            if line.band:
                canvas.rect(0, edges[-1], laid.width, line.height, stroke=0, fill=1)
        canvas.setLineWidth(0.4)
        canvas.setLineCap(1)
        canvas.setStrokeColor(_LINE)
        canvas.grid(laid.edges, edges)
        text, bold = canvas.beginText(), None
        text.setFillColor(INK)
        for line, top in zip(lines, edges, strict=False):
            if line.bold != bold:
                bold = line.bold
                text.setFont(BOLD if bold else FONT, laid.size)
            for x, below, said in line.pieces:
                text.setTextOrigin(x, top - below)
                text.textLine(said)
        canvas.drawText(text)
        laid.told(len(lines))

    def _head(self):
        """The headings, drawn once and shown on every page."""
        laid, canvas = self.laid, self.canv
        if not canvas.hasForm(laid.name):
            canvas.beginForm(laid.name, -1, -1, laid.width + 1, laid.head + 1)
            laid.headings.drawOn(canvas, 0, 0)
            canvas.endForm()
        canvas.saveState()
        canvas.translate(0, self.height - laid.head)
        canvas.doForm(laid.name)
        canvas.restoreState()


def _headings(sheet, size):
    """(rows, spans) of the headings: shared ones above, the form's numbers below."""
    face = style(size, bold=True, alignment=TA_CENTER)
    columns, spans, rows = sheet.columns, [], []
    shared = any(column.under for column in columns)
    names = [words(column.heading, face) for column in columns]
    if shared:
        above, place = [], 0
        while place < len(columns):
            column, end = columns[place], place
            if not column.under:
                above.append(names[place])
                names[place] = ""
                spans.append(("SPAN", (place, 0), (place, 1)))
            else:
                while end + 1 < len(columns) and columns[end + 1].under == column.under:
                    end += 1
                above += [words(column.under, face), *[""] * (end - place)]
                spans.append(("SPAN", (place, 0), (end, 0)))
            place = end + 1
        rows.append(above)
    rows.append(names)
    if any(column.number for column in columns):
        rows.append([words(column.number, face) for column in columns])
    return rows, spans
