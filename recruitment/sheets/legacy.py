"""Text typed for the old 8-bit fonts (TCVN3: .VnTime; VNI: VNI-Times): what the file holds is not what people saw.

It is recognised by letters that no Vietnamese word has beside a plain one ("NguyÔn V¨n", "Nguyeãn Vaên") and refused with
the way to convert it. It is not converted here: many of its words are sound ones in both readings ("TuÊn" has only
letters of today), and only the font, which a copied cell loses, tells which was meant.
"""

import re

from .package import SheetError

# Latin-1 signs that stand for letters in those fonts and in no Vietnamese word.
_STRANGE = "¨©ª«¬®¸¶·¹»¼½¾ÆÇËÎÏÑÖ×ØÜÞßäåæçëîïðñö÷øûüþ¡¢£¤¥¦§"
_TCVN3 = re.compile(rf"[A-Za-z][{_STRANGE}µ]|[{_STRANGE}][A-Za-z]")
# A plain vowel followed by its mark, which VNI writes as a letter of its own.
_VNI = re.compile(r"[aeouyAEOUY][ùøûõïåäëüÙØÛÕÏÅÄËÜ]|[aA][âáàãêéèúÂÁÀÃÊÉÈÚ]|[eE][âáàãÂÁÀÃ]|[oO][âÂ]")
ENOUGH = 3  # different cells; a foreign name may have one such letter
SHARE = 20  # one cell with text in so many
LOOKED_AT, LONGEST = 3000, 200  # cells with accents looked at, and characters of each


def old_font(text):
    """ "TCVN3" or "VNI" where the text looks written for such a font, else None."""
    text = text[:LONGEST]
    if _VNI.search(text):
        return "VNI"
    return "TCVN3" if _TCVN3.search(text) else None


class Watch:
    """Looks at the first rows as they are read; the verdict comes at the end, because one foreign name proves nothing."""

    def __init__(self, sheet):
        self.sheet, self.texts, self.found = sheet, 0, {}

    def __call__(self, number, cells):
        if self.texts >= LOOKED_AT:
            return
        for letter, value in cells.items():
            if value.__class__ is str and not value.isascii():
                self.texts += 1
                if value not in self.found and (font := old_font(value)):
                    self.found[value] = (font, f"{letter}{number}")

    def end(self):
        """Raise SheetError where enough of what was seen is written for an old font."""
        if len(self.found) >= ENOUGH and len(self.found) * SHARE >= self.texts:
            text, (font, cell) = next(iter(self.found.items()))
            raise SheetError(_refusal(self.sheet, cell, text, font))


def refuse(sheet, lines):
    """Raise SheetError where the first rows, whose headings nobody understands, are written for an old font."""
    watch = Watch(sheet)
    for number, cells in lines:
        watch(number, cells)
    watch.end()


def _refusal(sheet, cell, text, font):
    fonts = {"TCVN3": "TCVN3 (.VnTime)", "VNI": "VNI (VNI-Times)"}
    return (
        f"Trang “{sheet}”, ô {cell}: “{text[:40]}” gõ bằng phông chữ cũ {fonts[font]}, đọc ra sẽ sai dấu. Chuyển sang Unicode: "
        "chép bảng, bấm Ctrl+Shift+F6 của UniKey, nguồn là phông cũ, đích là Unicode, dán lại, lưu, rồi nhập lại."
    )
