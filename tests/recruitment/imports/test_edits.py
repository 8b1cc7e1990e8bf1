"""An uploaded file mended in place: every edit laid over the file, taken back alone, and none lost to another page."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from committees import journal
from recruitment.imports import edits
from recruitment.imports.kinds import KINDS
from recruitment.imports.layout import headings
from recruitment.imports.load import Source
from recruitment.imports.telling import shown
from recruitment.models import Admission, Batch, Upload
from tests.factories import make_workbook

from .every_kind import CASES
from .test_pages import ADMITTED, applied, cast, text, uploaded  # noqa: F401 - a fixture

BAD = {**ADMITTED, "Họ và tên": "Lý Văn Tâm", "Sinh ngày": "31/02/1990"}
MISTYPED = {**ADMITTED, "Họ và tên": "Ngô Thị Lan", "Mã tổ chức": "T-H1X-1"}


def controls(page):
    """{(row number, heading): (name of the control, what it holds)} of a preview."""
    return {
        (row.number, cell.heading): (cell.name, cell.value)
        for row in page.context["rows"]
        for cell in row.cells
    }


def drops(page):
    return {row.number: row.drop for row in page.context["rows"]}


@pytest.mark.django_db
def test_wrong_cells_are_mended_on_the_page_and_the_file_loaded(cast):  # noqa: F811
    alice = cast["alice"]
    where = uploaded(alice, "admissions", [ADMITTED, BAD, MISTYPED])
    page = alice.get(where)
    (born, found), (code, near) = (controls(page)[key] for key in ((3, "Sinh ngày"), (4, "Mã tổ chức")))
    assert (found, near) == ("31/02/1990", "T-H1-X-1"), "what was probably meant stands there already"
    assert (
        alice.post(f"{where}edits/", {born: "21/02/1990", code: near, "page": "1"}).url == f"{where}?page=1"
    )
    page = alice.get(where)
    assert page.context["page"].ready == 3 and not page.context["rows"]
    told = [(edit.row, edit.heading, edit.was, edit.says) for edit in page.context["mended"]]
    assert told == [
        ("3", "Sinh ngày", "31/02/1990", "21/02/1990"),
        ("4", "Mã tổ chức", "T-H1X-1", "T-H1-X-1"),
    ]
    digest = Upload.objects.get().digest
    assert applied(alice, where).status_code == 302
    assert Admission.objects.filter(born="1990-02-21").count() == 1
    assert Batch.objects.get(kind="admissions").digest == digest, (
        "the same file is known again, mended or not"
    )
    assert journal.verify() is None


@pytest.mark.django_db
def test_an_edit_is_taken_back_alone_and_one_of_what_the_file_says_is_none(cast):  # noqa: F811
    alice = cast["alice"]
    where = uploaded(alice, "admissions", [BAD, MISTYPED])
    page = alice.get(where)
    (born, _), (code, near) = (controls(page)[key] for key in ((2, "Sinh ngày"), (3, "Mã tổ chức")))
    alice.post(f"{where}edits/", {born: "21/02/1990", code: near})
    [birth] = [edit.back for edit in alice.get(where).context["mended"] if edit.row == "2"]
    alice.post(f"{where}edits/", {"back": birth})
    assert Upload.objects.get().edits == {"3": {"Mã tổ chức": "T-H1-X-1"}}
    page = alice.get(where)
    assert list(controls(page)) == [(2, "Sinh ngày")]
    alice.post(f"{where}edits/", {controls(page)[2, "Sinh ngày"][0]: "30/02/1990"})
    page = alice.get(where)
    assert controls(page)[2, "Sinh ngày"][1] == "30/02/1990"
    alice.post(f"{where}edits/", {controls(page)[2, "Sinh ngày"][0]: "31/02/1990"})
    assert "2" not in Upload.objects.get().edits


@pytest.mark.django_db
def test_a_row_is_left_out_and_taken_in_again(cast):  # noqa: F811
    alice = cast["alice"]
    where = uploaded(alice, "admissions", [ADMITTED, BAD])
    alice.post(f"{where}edits/", {drops(alice.get(where))[3]: "drop"})
    page = alice.get(where)
    assert page.context["page"].ready == 1 and "Bỏ dòng này" in text(page)
    alice.post(f"{where}edits/", {"back": page.context["mended"][0].back})
    assert alice.get(where).context["page"].bad_count == 1 and Upload.objects.get().edits == {}


@pytest.mark.django_db
def test_two_pages_at_once_lose_nothing_of_each_other(cast):  # noqa: F811
    """Both were opened before either was sent: different cells both stand, of one cell the second is told."""
    alice = cast["alice"]
    where = uploaded(alice, "admissions", [BAD, MISTYPED])
    seen = controls(alice.get(where))
    born, code = seen[2, "Sinh ngày"], seen[3, "Mã tổ chức"]
    first = {born[0]: "21/02/1990", code[0]: "T-H1X-1"}
    second = {born[0]: born[1], code[0]: "T-H1-X-1"}
    assert alice.post(f"{where}edits/", first).status_code == 302
    assert alice.post(f"{where}edits/", second).status_code == 302
    assert alice.get(where).context["page"].ready == 2
    crossed = alice.post(f"{where}edits/", {born[0]: "22/02/1990"})
    assert crossed.status_code == 409 and "22/02/1990" in text(crossed) and "21/02/1990" in text(crossed)
    assert Upload.objects.get().edits["2"] == {"Sinh ngày": "21/02/1990"}
    old = next(edit.back for edit in alice.get(where).context["mended"] if edit.row == "2")
    changed = controls_of_row(alice, where, 2)["Sinh ngày"]
    alice.post(f"{where}edits/", {changed: "23/02/1990"})
    crossed = alice.post(f"{where}edits/", {"back": old})
    assert crossed.status_code == 409 and "23/02/1990" in text(crossed), (
        "taken back is what the button showed"
    )
    assert Upload.objects.get().edits["2"] == {"Sinh ngày": "23/02/1990"}


def controls_of_row(client, where, number):
    return {cell.heading: cell.name for cell in client.get(f"{where}rows/{number}/").context["cells"]}


@pytest.mark.django_db
def test_the_faulty_rows_mended_in_excel_go_on_with_the_same_file(cast):  # noqa: F811
    alice = cast["alice"]
    where = uploaded(alice, "admissions", [ADMITTED, BAD, MISTYPED])
    book = load_workbook(BytesIO(b"".join(alice.get(f"{where}faults.xlsx").streaming_content)))
    head, *rows = (list(row) for row in book.active.iter_rows(values_only=True))
    rows = [dict(zip(head, row, strict=True)) for row in rows]
    rows[0]["Sinh ngày"], rows[1]["Mã tổ chức"] = "21/02/1990", "T-H1-X-1"

    def send(rows):
        file = SimpleUploadedFile("sửa.xlsx", make_workbook(head, rows))
        return text(alice.post(f"{where}mended/", {"file": file}, follow=True))

    assert "không thuộc tệp đang chờ: 99" in send([rows[0] | {head[0]: 99}, rows[1]])
    assert Upload.objects.get().edits == {}
    assert "Đã đọc 2 dòng" in send(rows)
    assert Upload.objects.get().edits == {"3": {"Sinh ngày": "21/02/1990"}, "4": {"Mã tổ chức": "T-H1-X-1"}}
    changed = controls_of_row(alice, where, 3)["Sinh ngày"]
    alice.post(f"{where}edits/", {changed: "22/02/1990"})
    page = send([rows[0] | {"Sinh ngày": "31/02/1990", "Dân tộc": "Kinh"}, rows[1]])
    assert Upload.objects.get().edits["3"] == {"Sinh ngày": "22/02/1990", "Dân tộc": "Kinh"}, (
        "the workbook still has the birth date of the file: it says nothing of it"
    )
    assert "vừa được sửa ở một trang khác" not in page
    page = send([rows[0], rows[1]])
    assert "vừa được sửa ở một trang khác" in page and "21/02/1990" in page
    assert Upload.objects.get().edits["3"]["Sinh ngày"] == "22/02/1990"
    assert applied(alice, where).status_code == 302 and Batch.objects.filter(kind="admissions").count() == 1
    assert Admission.objects.count() == 3


@pytest.mark.django_db
def test_a_row_is_mended_whole_where_the_fault_stands_at_another_cell(cast):  # noqa: F811
    """Who was admitted before is another person: their number says so, in a cell that nothing was wrong with."""
    alice = cast["alice"]
    columns = {"Số định danh cá nhân": None}
    applied(alice, uploaded(alice, "admissions", [ADMITTED | {"Số định danh cá nhân": "079190000123"}]))
    where = uploaded(alice, "admissions", [{**ADMITTED, "Ngày quyết định": "20/05/2014", **columns}])
    assert list(controls(alice.get(where))) == [(2, "Họ và tên")] and "rows/2/" in text(alice.get(where))
    cells = {cell.heading: cell for cell in alice.get(f"{where}rows/2/").context["cells"]}
    assert [cell.heading for cell in cells.values()] == [heading for heading, _ in headings("admissions")]
    sent = {cell.name: cell.value for cell in cells.values()} | {
        cells["Số định danh cá nhân"].name: "079190000999"
    }
    alice.post(f"{where}edits/", sent)
    assert Upload.objects.get().edits == {"2": {"Số định danh cá nhân": "079190000999"}}
    assert alice.get(where).context["page"].ready == 1 and alice.get(f"{where}rows/9/").status_code == 404


@pytest.mark.django_db
def test_nobody_else_mends_the_file(cast):  # noqa: F811
    alice, bob = cast["alice"], cast["bob"]
    where = uploaded(alice, "admissions", [BAD])
    name = controls(alice.get(where))[2, "Sinh ngày"][0]
    head = journal.heads()
    assert [
        bob.post(f"{where}{deed}/", {name: "21/02/1990"}).status_code for deed in ("edits", "mended")
    ] == [404] * 2
    assert journal.heads() == head and alice.post(f"{where}edits/", {name: "21/02/1990"}).status_code == 302


@pytest.mark.parametrize("kind", CASES)
def test_a_cell_typed_as_the_page_shows_it_is_read_as_the_file_has_it(kind):
    """Shown and typed again, no cell of any KIND changes what is read; and a number whose zeros the spreadsheet ate stays
    the file's, since nothing was mended."""
    rows = [(k, dict.fromkeys(dict(headings(kind))) | row) for k, row in enumerate(CASES[kind][0], start=2)]
    source = Source("tệp", rows, None)
    for number, row in rows:
        for column in KINDS[kind].columns:
            value = row[column.heading]
            said = edits.as_shown(value)
            sent = [edits.Typed(str(number), column.heading, edits.mark("khác"), said)]
            assert edits.merged({}, source, sent) == ({}, [])
            if not (column.name == "citizen_id" and isinstance(value, int)):
                assert column.parse(said) == column.parse(value), column.heading


HEADINGS = [heading for heading, _ in headings("admissions")][:3]
WORDS = st.sampled_from(["", "a", "b", "c"])
FILE = Source("tệp", [(n, dict(zip(HEADINGS, "abc", strict=True))) for n in (2, 3)], None)
SENT = st.lists(
    st.tuples(st.sampled_from(["2", "3"]), st.sampled_from([*HEADINGS, edits.ROW]), WORDS, WORDS), max_size=8
)


@given(st.lists(SENT, max_size=4))
def test_pages_in_any_order_lose_nothing_that_was_not_told(pages):
    """Whatever is sent in whatever order: a cell holds what it held, or what a page typed that had seen it so."""
    made = {}
    for page in pages:
        before, cells = made, {}
        for row, heading, seen, word in page:
            cells[row, heading] = edits.Typed(row, heading, edits.mark(seen), word)
        made, crossed = edits.merged(before, FILE, cells.values())
        told = {(cell.row, cell.heading) for cell in crossed}

        def stands(some, row, heading):
            raw = dict(FILE.rows)[int(row)]
            return some.get(row, {}).get(heading, "" if heading == edits.ROW else shown(raw[heading]))

        for row in ("2", "3"):
            for heading in (*HEADINGS, edits.ROW):
                was, now, sent = (
                    stands(before, row, heading),
                    stands(made, row, heading),
                    cells.get((row, heading)),
                )
                if now != was:
                    assert sent is not None and sent.mark == edits.mark(was) and now == sent.text
                elif sent is not None and sent.text != was and sent.mark != edits.mark(sent.text):
                    assert (row, heading) in told
        assert edits.laid(FILE, made).digest == FILE.digest
        for row, typed in made.items():
            assert all(heading not in edits.without(made, row, heading).get(row, {}) for heading in typed)
