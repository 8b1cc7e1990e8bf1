"""Letters on paper: the fonts that draw every Vietnamese one, and text set in them."""

import unicodedata
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

_FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
FONT, BOLD, ITALIC = "Tinos", "Tinos-Bold", "Tinos-Italic"
INK = HexColor("#1b1a18")
_FACES = {
    FONT: "tinos-regular.ttf",
    BOLD: "tinos-bold.ttf",
    ITALIC: "tinos-italic.ttf",
    "Tinos-BoldItalic": "tinos-bold-italic.ttf",
}


@cache
def fonts():
    rl_config.useA85 = 0  # pages as bytes, not as text: a fifth smaller, and sooner written
    for name, file in _FACES.items():
        pdfmetrics.registerFont(TTFont(name, _FONTS / file))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=ITALIC, boldItalic="Tinos-BoldItalic")


def style(size=11, bold=False, **more):
    return ParagraphStyle(
        "", fontName=BOLD if bold else FONT, fontSize=size, leading=size * 1.3, textColor=INK, **more
    )


def clean(text):
    """Composed, without the characters that no font draws."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"})
    return unicodedata.normalize("NFC", "".join(kept))


def words(text, style):
    return Paragraph(escape(clean(text)).replace("\n", "<br/>"), style)
