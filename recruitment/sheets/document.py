"""A document of running text as its writers (`docx`, `letter`) take it: a layout and blocks. Knows no domain."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Layout:
    """A4. Margins and the first line's indent in millimetres, letters and the line in points; leading 0: a line is as
    high as its letters ask."""

    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    size: float = 14
    leading: float = 19
    indent: float = 10

    def line(self, size):
        """How high a line of letters of that size is, in points: the layout's own for its own size, others in proportion."""
        return self.leading * size / self.size if self.leading else size * 1.25


@dataclass(frozen=True)
class Line:
    """One paragraph. align: "justify", "left", "center" or "right". size: points, 0 for the layout's own. indent: whether
    its first line stands in. before: points of room above it. rule: a thin line under its words. whole: words at its end,
    such as the name of a place, that are not broken on paper where a line holds them."""

    text: str
    align: str = "justify"
    bold: bool = False
    italic: bool = False
    size: float = 0
    indent: bool = False
    before: float = 0
    rule: bool = False
    whole: str = ""


@dataclass(frozen=True)
class Sides:
    """What stands side by side: lines at the left, lines at the right. share: of the width, the left one's."""

    left: tuple
    right: tuple
    share: float = 0.5
    before: float = 0


@dataclass(frozen=True)
class Grid:
    """A table with its headings; widths: parts of the whole. The headings come again on every page."""

    headings: tuple
    rows: tuple
    widths: tuple = ()

    @property
    def parts(self):
        """The widths as shares that sum to 1."""
        told = self.widths or (1,) * len(self.headings)
        return [one / sum(told) for one in told]


# Among the blocks: what follows begins a page, upright or lying on its side.
BREAK, WIDE = "break", "wide"


@dataclass(frozen=True)
class Document:
    """title: for the file's properties; corner: small words at the upper right of the first page, "" for none; numbered:
    whether pages after the first bear their number."""

    title: str
    blocks: tuple
    layout: Layout = field(default_factory=Layout)
    corner: str = ""
    numbered: bool = True

    def texts(self):
        """Every piece of text in the order in which it is read."""
        if self.corner:
            yield self.corner
        for block in self.blocks:
            if isinstance(block, Line):
                yield block.text
            elif isinstance(block, Sides):
                yield from (line.text for line in (*block.left, *block.right))
            elif isinstance(block, Grid):
                yield from (cell for row in (block.headings, *block.rows) for cell in row)
