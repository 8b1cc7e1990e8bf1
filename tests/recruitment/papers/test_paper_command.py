"""`paper`: the file stands whole or not at all, bad input is one line a fault, and somebody read a person's data."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from committees.models import Entry
from tests import factories as make

from . import dossiers


@pytest.fixture
def known(db):
    dossiers.build()
    return dossiers.case("6-KNĐ").candidacy


def run(candidacy, out, *more, form="6-KNĐ"):
    """(what was said, faults, exit code)."""
    said, faults, exit_code = StringIO(), StringIO(), 0
    try:
        call_command(
            "paper", form, "--candidacy", str(candidacy), "--out", str(out), *more, stdout=said, stderr=faults
        )
    except SystemExit as stopped:
        exit_code = stopped.code
    return said.getvalue(), faults.getvalue().splitlines(), exit_code


def test_a_paper_as_pdf_and_as_word(known, tmp_path):
    said, faults, code = run(known.pk, tmp_path / "nghị quyết.PDF", form="6-knd")
    assert code == 0 and not faults
    assert "dựng lại theo trí nhớ" in said, "on screen, never on the paper"
    assert run(known.pk, tmp_path / "x.docx", "--set", "chair=Người Được Cử")[2] == 0
    assert (tmp_path / "nghị quyết.PDF").read_bytes().startswith(b"%PDF-")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nghị quyết.PDF", "x.docx"]
    entries = Entry.objects.filter(chain=Entry.READS).order_by("number")
    assert [(one.actor, one.deed, one.about, json.loads(one.payload)["candidacy"]) for one in entries] == [
        (None, "export", "paper 6-KNĐ", known.pk)
    ] * 2


def test_what_is_missing_is_named_one_a_line(known, tmp_path):
    row = known.wordings.get(form="")
    row.said = {name: text for name, text in row.said.items() if name not in {"chair", "secretary"}}
    make._saved(row)
    said, faults, code = run(known.pk, tmp_path / "x.pdf")
    assert (said, code) == ("", 2) and not list(tmp_path.iterdir())
    assert faults == [
        "6-KNĐ: thiếu “Chủ trì hội nghị” (chair)", "6-KNĐ: thiếu “Thư ký hội nghị” (secretary)",
    ]  # fmt: skip
    assert run(known.pk, tmp_path / "x.pdf", "--set", "chair=A", "--set", "secretary=B")[2] == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"form": "17-KNĐ"}, "cần một trong: 1-KNĐ"),
        ({"candidacy": 999999}, "không có hồ sơ “999999”"),
        ({"candidacy": "x"}, "không có hồ sơ “x”"),
        ({"candidacy": "9" * 40}, "không có hồ sơ"),
        ({"out": "x.doc"}, "kết thúc bằng .pdf hoặc .docx"),
        ({"out": "none/x.pdf"}, "không có thư mục này"),
        ({"given": "chair"}, "cần TÊN=NỘI DUNG"),
        ({"given": "nobody=A"}, "cần TÊN=NỘI DUNG"),
        ({"given": "cell_vote.on=hôm qua"}, "Cần ngày/tháng/năm"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_written(more, words, known, tmp_path):
    given = ("--set", more["given"]) if "given" in more else ()
    said, faults, code = run(
        more.get("candidacy", known.pk),
        tmp_path / more.get("out", "x.pdf"),
        *given,
        form=more.get("form", "6-KNĐ"),
    )
    assert (said, code, len(faults)) == ("", 2, 1) and words in faults[0]
    assert not list(tmp_path.iterdir()) and not Entry.objects.filter(chain=Entry.READS).exists()
