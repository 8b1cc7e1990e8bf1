"""Twenty decisions to print against a bare canvas that is told where each line goes."""

import io
import random

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from recruitment.sheets.breaking import balanced, broken
from recruitment.sheets.document import BREAK, Document, Line, Sides
from recruitment.sheets.letter import write_letter
from recruitment.sheets.pdf_words import BOLD, FONT, fonts

from .measure import interleaved, row
from .scratch import person

DECISIONS = 20
_SAID = (
    "Căn cứ Điều lệ Đảng Cộng sản Việt Nam;",
    "Căn cứ Quy định số 294-QĐ/TW, ngày 26/05/2025 của Ban Chấp hành Trung ương;",
    "Xét Nghị quyết số {k}-NQ/ĐU, ngày 27/05/2025, của Đảng ủy Công ty Thử và Nghị quyết số {k}-NQ/CB, ngày 19/05/2025,"
    " của Chi bộ Đội 2 về việc đề nghị kết nạp đảng viên,",
    "Điều 1. Kết nạp quần chúng {name}, sinh ngày {born}, quê quán xã Phước Long Thọ, huyện Đất Đỏ, tỉnh Bà Rịa – Vũng"
    " Tàu, vào Đảng Cộng sản Việt Nam.",
    "Điều 2. Chi bộ Đội 2 tổ chức lễ kết nạp, phân công đảng viên chính thức giúp đỡ đảng viên dự bị {name} trong thời"
    " gian dự bị theo quy định của Điều lệ Đảng.",
    "Điều 3. Đảng ủy Công ty Thử; Chi bộ Đội 2; đồng chí {name} chịu trách nhiệm thi hành Quyết định này.",
)


def papers(_world):
    """Both draw the same words; the rival breaks no line and places none."""
    dice = random.Random(4)  # noqa: S311 - repeatable, no secret
    said = [_decision(k, person(dice, k)) for k in range(DECISIONS)]
    blocks = [block for k, one in enumerate(said) for block in ([BREAK, *one] if k else one)]
    document = Document("Quyết định", tuple(blocks))
    fonts()
    drawn = [_lines(one) for one in said]

    def ours():
        broken.cache_clear()  # as for people nobody wrote of yet
        balanced.cache_clear()
        write_letter(io.BytesIO(), document)

    took = interleaved(
        {
            "ours": ours,
            "canvas": lambda: _drawn(drawn),
        }
    )
    yield row("papers_over_canvas", took["ours"] / took["canvas"], "×", at_most=1.5)


def _decision(k, human):
    told = {"k": f"{k + 1:02}", "name": human.full_name, "born": human.born}
    head = Sides(
        (Line("ĐẢNG BỘ TỈNH", "center"), Line("ĐẢNG ỦY KHỐI DOANH NGHIỆP", "center", bold=True)),
        (Line("ĐẢNG CỘNG SẢN VIỆT NAM", "center", bold=True), Line("Vũng Tàu, ngày 28 tháng 6", "center")),
        0.4,
    )
    signed = Sides(
        (Line("- Như Điều 3,", "left", size=12), Line("- Lưu Đảng ủy.", "left", size=12)),
        (Line("BÍ THƯ", "center"), Line("Nguyễn Văn Mẫu", "center", bold=True, before=64)),
        before=14,
    )
    text = [Line(words.format(**told), indent=True, before=4) for words in _SAID]
    titles = Line("QUYẾT ĐỊNH", "center", bold=True, size=16), Line("kết nạp đảng viên", "center", bold=True)
    return [head, *titles, *text, signed]


def _lines(blocks):
    """[(face, size, text)] of one decision, broken beforehand."""
    found = []
    for block in blocks:
        for line in (*block.left, *block.right) if isinstance(block, Sides) else (block,):
            face, size = BOLD if line.bold else FONT, line.size or 14
            found += [(face, size, text) for text, _long in broken(line.text, face, size, 165 * 2.83)]
    return found


def _drawn(decisions):
    canvas = Canvas(io.BytesIO(), pagesize=A4)
    for lines in decisions:
        for k, (face, size, text) in enumerate(lines):
            canvas.setFont(face, size)
            canvas.drawString(85, 780 - 19 * k, text)
        canvas.showPage()
    canvas.save()
