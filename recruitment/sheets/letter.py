"""A document to paper: A4, every Vietnamese letter, in the layout it names. Takes a `document.Document`; knows no domain.

Lines are broken once and drawn straight onto their page: the library's own paragraphs cost several times what the
drawing does, and its nested "keep together" leaves half a page empty before a signature.
"""

from dataclasses import dataclass, replace

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from .breaking import balanced, broken, wide
from .document import BREAK, WIDE, Line, Sides
from .pdf_words import BOLD, FONT, ITALIC, clean, fonts

# What follows a break lies on a page of this size; the first page stands upright.
_SIZES = {BREAK: A4, WIDE: landscape(A4)}
_FACE = {(False, False): FONT, (True, False): BOLD, (False, True): ITALIC, (True, True): "Tinos-BoldItalic"}
_ASIDE, _ABOVE, _BELOW = 4, 2, 3  # room about the words of a cell, in points
_BETWEEN = 6  # room between a table and what stands before and after it


@dataclass(frozen=True)
class _Said:
    """A line of words: where it begins, how far its letters stand below the top of its strip, the room added between two
    words, and how long the rule under it is (0: none)."""

    x: float
    below: float
    text: str
    face: str
    size: float
    gap: float = 0
    rule: float = 0


@dataclass(frozen=True)
class _Strip:
    """What is never broken across pages: its height, the room above it (none at the top of a page), its words. edges: of
    the cells of a row of a table. goes_on: the next strip stands on the same page. head: strips that come again above it
    at the top of a page."""

    height: float
    words: tuple
    before: float = 0
    edges: tuple = ()
    goes_on: bool = False
    head: tuple = ()

    def cut(self, height):
        """This strip as two, the first no higher than that."""
        above = tuple(one for one in self.words if one.below <= height)
        below = tuple(replace(one, below=one.below - height) for one in self.words if one.below > height)
        return (
            replace(self, height=height, words=above, goes_on=False),
            replace(self, height=self.height - height, words=below, before=0, head=()),
        )


def write_letter(path_or_file, document):
    """Write the document as .pdf: the same bytes for the same document. About 1 ms a page, and 10 ms for the fonts."""
    fonts()
    pages = _Pages(path_or_file, document)
    strips = []
    if document.corner:
        corner = Line(document.corner, "right", italic=True, size=11)
        strips += _line(corner, document.layout, pages.width)
    for block in document.blocks:
        if block in _SIZES:
            pages.put(strips)
            pages.turn(block)
            strips = []
            continue
        if isinstance(block, Sides) and strips:  # no signature stands alone on a page
            strips[-1] = replace(strips[-1], goes_on=True)
        strips += _strips(block, document.layout, pages.width)
    pages.put(strips)
    pages.end()


class _Pages:
    """The pages of one file, filled from above."""

    def __init__(self, path_or_file, document):
        self.layout, self.numbered = document.layout, document.numbered
        self.canvas = Canvas(path_or_file, pagesize=A4, lang="vi", invariant=1)
        self.canvas.setTitle(clean(document.title))
        self.canvas.setAuthor("")
        self.number, self.size = 0, A4
        self._begin()

    @property
    def width(self):
        """Between the margins, in points."""
        return self.size[0] - (self.layout.left + self.layout.right) * mm

    @property
    def top(self):
        return self.size[1] - self.layout.top * mm

    @property
    def _room(self):
        return self.y - self.layout.bottom * mm

    def _begin(self):
        self.number += 1
        self.y = self.top
        self.canvas.setPageSize(self.size)
        self.canvas.setLineWidth(0.5)
        self.words = self.canvas.beginText()
        self.face = None
        if self.numbered and self.number > 1:
            across, up = self.size
            number = str(self.number)
            self._say(_Said((across - wide(number, FONT, 12)) / 2, 0, number, FONT, 12), 0, up - 12 * mm)

    def end(self):
        """Close the last page and write the file."""
        self._close()
        self.canvas.save()

    def _close(self):
        self.canvas.drawText(self.words)
        self.canvas.showPage()

    def turn(self, block):
        """A new page, upright or on its side."""
        self._close()
        self.size = _SIZES[block]
        self._begin()

    def put(self, strips):
        """One after another; those that go on with the next stand on its page, where a page holds them."""
        begin = 0
        for k, strip in enumerate(strips):
            if strip.goes_on and k + 1 < len(strips):
                continue
            self._group(strips[begin : k + 1])
            begin = k + 1

    def _group(self, strips):
        whole = sum(strip.height + strip.before for strip in strips)
        if whole <= self._room or self.y == self.top:
            pass
        elif whole - strips[0].before + sum(one.height for one in strips[0].head) <= self._full:
            self._next(strips[0])
        for strip in strips:
            self._strip(strip)

    @property
    def _full(self):
        return self.top - self.layout.bottom * mm

    def _next(self, strip):
        self._close()
        self._begin()
        for one in strip.head:
            self._draw(one)

    def _strip(self, strip):
        above = 0 if self.y == self.top else strip.before
        if strip.height + above > self._room and self.y < self.top:
            self._next(strip)
            above = 0
        while strip.height > self._room + 0.01:  # higher than a page
            first, strip = strip.cut(self._room)
            self._draw(first)
            self._close()
            self._begin()
        self.y -= above
        self._draw(strip)

    def _draw(self, strip):
        left = self.layout.left * mm
        for one in strip.words:
            self._say(one, left, self.y)
        if strip.edges:
            self.canvas.grid([left + x for x in strip.edges], [self.y, self.y - strip.height])
        self.y -= strip.height

    def _say(self, one, left, top):
        if self.face != (one.face, one.size):
            self.face = one.face, one.size
            self.words.setFont(one.face, one.size)
        x, y = left + one.x, top - one.below
        self.words.setTextOrigin(x, y)
        self.words.setWordSpace(one.gap)
        self.words.textLine(one.text)
        if one.rule:
            self.canvas.line(x, y - 2, x + one.rule, y - 2)


def _strips(block, layout, width):
    if isinstance(block, Line):
        return _line(block, layout, width)
    if isinstance(block, Sides):
        return [_sides(block, layout, width)]
    return _grid(block, layout, width)


def _said(line, layout, width):
    """([_Said], the height of a line): a paragraph, its lines below each other."""
    size, face = line.size or layout.size, _FACE[line.bold, line.italic]
    high = layout.line(size)
    first = layout.indent * mm if line.indent else 0
    text = clean(line.text)
    told = (
        balanced(text, face, size, width, line.whole)
        if line.align == "center"
        else broken(text, face, size, width, first)
    )
    found = []
    for k, (words, long) in enumerate(told):
        stands, gap = 0 if k else first, 0
        if line.align == "center":
            stands = (width - long) / 2
        elif line.align == "right":
            stands = width - long
        elif line.align == "justify" and k + 1 < len(told) and " " in words:
            gap = (width - stands - long) / words.count(" ")
        below = k * high + high / 2 + size * 0.35  # letters in the middle of their line
        found.append(_Said(stands, below, words, face, size, gap, long if line.rule else 0))
    return found, high


def _line(line, layout, width):
    """A strip a line; the first two and the last two keep together, and a heading stays with what it heads."""
    said, high = _said(line, layout, width)
    last = len(said) - 1
    return [
        _Strip(
            high, (replace(one, below=one.below - k * high),), 0 if k else line.before,
            goes_on=k < last and k in {0, last - 1} or k == last and line.align == "center",
        )
        for k, one in enumerate(said)
    ]  # fmt: skip


def _column(lines, layout, left, width, above=0):
    """(what stands in a column, its height)."""
    found, down = [], above
    for k, line in enumerate(lines):
        said, high = _said(line, layout, width)
        down += line.before if k else 0
        found += [replace(one, x=one.x + left, below=one.below + down) for one in said]
        down += high * len(said)
    return found, down


def _sides(block, layout, width):
    middle = width * block.share
    left, one = _column(block.left, layout, 2, middle - 4)
    right, other = _column(block.right, layout, middle + 2, width - middle - 4)
    return _Strip(max(one, other), (*left, *right), block.before)


def _grid(block, layout, width):
    size = layout.size - 2
    parts = _fitted(block, size, width)
    edges = [0]
    for part in parts:
        edges.append(edges[-1] + part)

    def row(cells, heading):
        words, high = [], 0
        for k, text in enumerate(cells):
            line = Line(text, "center" if heading else "left", bold=heading, size=size)
            said, down = _column((line,), layout, edges[k] + _ASIDE, parts[k] - 2 * _ASIDE, _ABOVE)
            words, high = words + said, max(high, down)
        return _Strip(high + _BELOW, tuple(words), edges=tuple(edges))

    head = row(block.headings, True)
    rows = [replace(row(cells, False), head=(head,)) for cells in block.rows]
    after = _Strip(_BETWEEN, ())
    rows[-1:] = [replace(one, goes_on=True) for one in rows[-1:]]  # to what keeps it apart from a signature
    return [replace(head, before=_BETWEEN, goes_on=True), *rows, after]


def _fitted(block, size, width):
    """The widths of the columns in points: as the table says, but none narrower than its longest word, as far as that
    goes."""
    asked = [width * part for part in block.parts]
    least = [
        max(
            wide(word, BOLD if k == 0 else FONT, size)
            for k, row in enumerate((block.headings, *block.rows))
            for word in clean(row[column]).split(" ")
        )
        + 2 * _ASIDE
        + 0.1
        for column in range(len(asked))
    ]
    lacking = sum(max(low - have, 0) for low, have in zip(least, asked, strict=True))
    spare = sum(max(have - low, 0) for low, have in zip(least, asked, strict=True))
    if not lacking or spare < lacking:
        return asked
    return [
        low if have < low else have - (have - low) * lacking / spare
        for low, have in zip(least, asked, strict=True)
    ]
