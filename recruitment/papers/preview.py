"""A document as a page shows it: its blocks told apart by name, so that a template can draw them. Pure."""

from ..sheets.document import BREAK, WIDE, Grid, Line, Sides

_KINDS = {Line: "line", Sides: "sides", Grid: "grid"}


def preview(document):
    """[(kind, block)]: kind "line", "sides" or "grid"; "break" where a page begins, its block None. The small words of the
    corner come first, as a line."""
    corner = [("line", Line(document.corner, "right", italic=True))] if document.corner else []
    rest = [
        ("break", None) if block in (BREAK, WIDE) else (_KINDS[type(block)], block)
        for block in document.blocks
    ]
    return corner + rest
