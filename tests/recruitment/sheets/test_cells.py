from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.sheets import cells
from recruitment.sheets.package import Piece, SheetError

SHARED = ['<f t="shared" si="0"/>', '<f t="shared" si="0"></f>']
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)


@st.composite
def cell(draw, row):
    """A cell as some program writes it, and what it says."""
    letter, style = draw(st.sampled_from(["A", "B", "GR", "XFD"])), draw(st.sampled_from(["", "0", "17"]))
    kind = draw(st.sampled_from(["", "n", "s", "b", "e", "str", "inlineStr"]))
    formula, elsewhere, value, inline, body = "", "", "", "", ""
    if kind == "inlineStr":
        inline = draw(TEXTS)
        space = draw(st.sampled_from(["", ' xml:space="preserve"']))
        body = f"<is><t{space}>{escape(inline)}</t></is>"
    else:
        if draw(st.booleans()):
            formula = draw(TEXTS)
            body = f'<f t="shared" si="0">{escape(formula)}</f>' if formula else draw(st.sampled_from(SHARED))
            elsewhere = "" if formula else "<f/>"
        value = draw(TEXTS)
        body += f"<v>{escape(value)}</v>" if value else draw(st.sampled_from(["", "<v></v>", "<v/>"]))
    attributes = (f' s="{style}"' if style else "") + (f' t="{kind}"' if kind else "")
    end = f">{body}</c>" if body else draw(st.sampled_from(["/>", " />", "></c>"]))
    return f'<c r="{letter}{row}"{attributes}{end}', (letter, style, kind, elsewhere, formula, value, inline)


@st.composite
def sheet(draw):
    written, said = [], []
    for row in draw(st.lists(st.integers(1, 999_999), max_size=4)):
        row_cells = draw(st.lists(cell(row), max_size=4))
        if not row_cells and draw(st.booleans()):
            written.append(f'<row r="{row}" spans="1:3"/>')
            continue
        written.append(f'<row r="{row}" ht="12.8" hidden="true">{"".join(xml for xml, _ in row_cells)}</row>')
        said.append((row, [meaning for _, meaning in row_cells]))
    return "".join(written), said


def piece(xml):
    return Piece(b'<worksheet xmlns="x">', xml.encode(), b"</worksheet>", b"", b"<row")


@given(sheet())
def test_both_readers_say_what_was_written(drawn):
    xml, said = drawn
    # Rows without cells may be told or not.
    for found in (cells.rows(piece(xml), 0), cells._parsed(piece(xml).tree(), 0)):
        # A formula that stands elsewhere is told as written, or as such.
        told = [
            (n, [(*cell[:3], cell[3] and "<f/>", *cell[4:]) for cell in row]) for n, _, row in found if row
        ]
        assert told == [row for row in said if row[1]]


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ('<row r="3"/><row r="4"><c r="A4"><v>1</v></c></row>', [(4, "A", "1")]),
        ('<row r="3"><c r="A3"><v>1</v></c></row><row r="9"/>', [(3, "A", "1")]),
        ('<row r="3"><c r="A3"><v>a&amp;b</v></c></row>', [(3, "A", "a&b")]),
        ('<row r="3"><!-- <c r="A3"><v>no</v></c> --><c r="A3"><v>1</v></c></row>', [(3, "A", "1")]),
        ("<row><c><v>1</v></c><c><v>2</v></c></row>", [(8, "A", "1"), (8, "B", "2")]),
        ("<row r='3'><c r='A3'><v>1</v></c></row>", [(3, "A", "1")]),
        ('<row r="3"><c r="A3" cm="1"><v>1</v></c></row>', [(3, "A", "1")]),
        ('<row r="3"><c r="A3"><v>1</v></c>\n</row>\n', [(3, "A", "1")]),
        (
            '<row r="3"><c r="A3"><v><![CDATA[<c r="B3"><v>9</v></c>]]></v></c></row>',
            [(3, "A", '<c r="B3"><v>9</v></c>')],
        ),
    ],
)
def test_odd_shapes_are_read_as_xml_means_them(xml, said):
    found = [
        (n, letter, value) for n, _, row in cells.rows(piece(xml), 7) for letter, *_, value, _ in row if value
    ]
    assert found == said


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="3"><c r="A3"><v>1</v></row>',
        '<row r="3"><c r="A3"><v>1<v></c></row>',
        '<row r="x"><c/></row>',
        "<row",
    ],
)
def test_broken_shapes_are_refused(xml):
    with pytest.raises(SheetError):
        cells.rows(piece(xml), 0)


def test_text_that_is_not_utf8_is_refused():
    broken = Piece(
        b"<worksheet>", b'<row r="1"><c r="A1"><v>\xff</v></c></row>', b"</worksheet>", b"", b"<row"
    )
    with pytest.raises(SheetError):
        cells.rows(broken, 0)
