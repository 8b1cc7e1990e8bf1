"""Files made to harm: each refused, or read, within a second and 200 MB of a process of its own; and whatever is
changed in a workbook, the reader answers or refuses (SheetError), and never fails in another way."""

import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.sheets import heads
from recruitment.sheets.heads import Synonyms
from recruitment.sheets.package import SheetError
from recruitment.sheets.read import read_table
from tests.recruitment.sheets.books import HEAD, HEADINGS, repacked, saved, shared, sheet_xml, with_rows

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(sys.platform != "linux", reason="asks /proc what a process took"),
]
MB = 1024 * 1024
SECONDS, MEMORY = 1.0, 200 * MB
# In a process of its own: what reading costs is told apart from what the interpreter and its modules cost.
CHILD = """
import json, re, sys, time
from recruitment.sheets.package import SheetError
from recruitment.sheets.read import read_table
headings = [tuple(pair) for pair in json.loads(sys.argv[2])]
started = time.process_time()
try:
    said = f"read {len(read_table(sys.argv[1], headings).rows)}"
except SheetError as problem:
    said = str(problem)
# Not ru_maxrss: that of a process begins with its parent's.
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) * 1024
print(json.dumps({"said": said, "seconds": time.process_time() - started, "peak": peak}))
"""
ROOT = Path(__file__).resolve().parents[3]


def read_alone(path):
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), json.dumps(HEADINGS)],
        capture_output=True, text=True, timeout=60, check=True, cwd=ROOT, encoding="utf-8",
    )  # fmt: skip
    return json.loads(done.stdout)


def bomb(size):
    """A sheet that unpacks to `size` bytes, all blank."""
    return with_rows(b" " * size)


def deep():
    """A row nested in itself ten thousand times."""
    return with_rows(b'<row r="2">' + b"<c>" * 10_000 + b"</c>" * 10_000 + b"</row>")


def long_headings():
    """Two hundred columns of headings as long as a cell may be, over forty rows."""
    cells = "".join(
        f'<c r="{letter}{{n}}" t="s"><v>4</v></c>'
        for letter in ["A", "B", *(f"{a}{b}" for a in "ABCDEF" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    )
    rows = "".join(f'<row r="{n}">{cells.format(n=n)}</row>' for n in range(2, 40)).encode()
    text = b"<si><t>" + ("Đảng (" * 5000).encode() + b"</t></si>"
    return repacked(
        shared(with_rows(rows)),
        {"xl/sharedStrings.xml": lambda xml: xml.replace(b"</sst>", text + b"</sst>")},
    )


def entities():
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return repacked(
        saved(HEAD, ["An", "x", "y"]),
        {"xl/worksheets/sheet1.xml": lambda xml: (lol + "]>").encode() + xml.replace(b"An", b"&i;")},
    )


HOSTILE = {
    "a bomb in the sheet": (lambda: bomb(129 * MB), "nén quá nhiều"),
    "a million empty rows": (lambda: with_rows(b'<row s="1"/>' * 1_000_000), "read 0"),
    "a million rows with blanks": (
        lambda: with_rows(b"".join(b'<row r="%d"><c s="1"/></row>' % n for n in range(2, 1_000_000))), "read 0",
    ),
    "entities": (entities, "khai báo XML lạ"),
    "macros": (lambda: repacked(saved(HEAD), add={"xl/vbaProject.bin": b"x" * MB}), "macro"),
    "a path in a name": (lambda: repacked(saved(HEAD), add={"xl/../../x.xml": b"x"}), "hỏng"),
    "no workbook": (lambda: io.BytesIO(b"%PDF-1.7" + b"x" * 19 * MB), "không phải"),
    "nested": (deep, ""),
    "headings without end": (long_headings, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_costs_little(case, tmp_path):
    make, words = HOSTILE[case]
    path = tmp_path / "x.xlsx"
    path.write_bytes(make().read())
    found = read_alone(path)
    assert words in found["said"], found
    assert found["seconds"] < SECONDS and found["peak"] < MEMORY, found


REAL = {
    "openpyxl": saved(
        ["ĐẢNG BỘ"], HEAD, *[["An", "06/05/1990", "X", n / 7] for n in range(30)], ["Cộng"]
    ).read(),
    "Excel": shared(saved(HEAD, *[[f"An {n}", "06/05/1990", "X", f"=A{n}"] for n in range(30)])).read(),
}
WORDS = Synonyms(
    wholes={"Giá trị": {"nam": "Nam", "nu": "Nữ"}}, sure={"Sinh ngày": (heads.key("Ngày sinh"),)}
)


def answers(data):
    """The reader gives a table or refuses; whatever it gives, a page can show."""
    try:
        table = read_table(io.BytesIO(data), HEADINGS, synonyms=WORDS, about_people=True)
    except SheetError as problem:
        assert str(problem)
        return
    for row in table.rows:
        json.dumps(row.cells, default=str)
        assert all(row.address(name) for name in row.cells)


@settings(max_examples=40)
@given(st.sampled_from(sorted(REAL)), st.randoms(use_true_random=False), st.integers(1, 12))
def test_mutated_bytes_never_fail_otherwise(which, dice, count):
    data = bytearray(REAL[which])
    for _ in range(count):
        at = dice.randrange(len(data))
        data[at : at + dice.choice((0, 1, 1, 4))] = dice.randbytes(dice.choice((0, 1, 1, 3)))
    answers(bytes(data))


@settings(max_examples=60)
@given(st.sampled_from(sorted(REAL)), st.randoms(use_true_random=False), st.integers(1, 6))
def test_mutated_parts_never_fail_otherwise(which, dice, count):
    """The zip stays whole, so that the damage reaches the parsers."""
    with zipfile.ZipFile(io.BytesIO(REAL[which])) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]

    def change(xml):
        data = bytearray(xml)
        for _ in range(count):
            at = dice.randrange(len(data) + 1)
            kind = dice.random()
            if kind < 0.4:
                digit = bytes(
                    dice.choice(b"0123456789-eE.ABZ<>&\"' \xff\x00") for _ in range(dice.choice((1, 1, 9)))
                )
                data[at : at + 1] = digit
            elif kind < 0.7:
                del data[at : at + dice.randrange(1, 40)]
            else:
                piece = bytes(data[at : at + dice.randrange(1, 200)])
                other = dice.randrange(len(data) + 1)
                data[other:other] = piece
        return bytes(data)

    answers(repacked(io.BytesIO(REAL[which]), {dice.choice(names): change}).read())


NUMBERS = st.one_of(
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(
        ["1e400", "-1e400", "1e999999999", "0x1", "1_000", "NaN", "  5 ", "١٢", "9" * 400, "-0", "", "1,5"]
    ),
)
LETTER = st.sampled_from(["A", "B", "D", "GR", "GS", "XFD", "a", "É", "", "ZZZZ", "A1"])


@st.composite
def cell(draw):
    kind = draw(st.sampled_from(["", "n", "s", "b", "e", "str", "inlineStr", "d", "?"]))
    value = draw(
        st.one_of(
            NUMBERS, st.sampled_from(["2015-04-24", "2015-04-24T25:00", "TRUE", "#REF!", "Cộng", "(1)"])
        )
    )
    place = draw(LETTER) + draw(st.sampled_from(["2", "0", "-1", "", "99999999"]))
    style = draw(st.sampled_from(["", ' s="0"', ' s="1"', ' s="999"', ' s="x"']))
    formula = draw(st.sampled_from(["", "<f>1+1</f>", "<f/>", "<f>&bad;</f>"]))
    inline = draw(st.sampled_from(["", "<is><t>An</t></is>", "<is/>", "<is><r><t>B</t></r></is>"]))
    address = f' r="{place}"' if draw(st.booleans()) else ""
    return f'<c{address}{style} t="{kind}">{formula}<v>{value}</v>{inline}</c>'


@settings(max_examples=40)
@given(
    st.lists(st.lists(cell(), max_size=5), max_size=4), st.sampled_from(["2", "0", "-7", "x", "1048577", "1"])
)
def test_any_cells_never_fail_otherwise(rows, number):
    body = "".join(f'<row r="{number}">{"".join(cells)}</row>' for cells in rows)
    answers(with_rows(body.encode()).read())
    answers(repacked(saved(HEAD), {"xl/worksheets/sheet1.xml": sheet_xml(body.encode())}).read())


def test_the_dice_reach_tables_as_well_as_refusals():
    """Control: unchanged the workbooks are read, and a part cut in half is refused."""
    for data in REAL.values():
        assert len(read_table(io.BytesIO(data), HEADINGS, synonyms=WORDS).rows) >= 30
        cut = {"xl/worksheets/sheet1.xml": lambda xml: xml[: random.Random(1).randrange(len(xml) // 2)]}
        with pytest.raises(SheetError):
            read_table(repacked(io.BytesIO(data), cut), HEADINGS)
