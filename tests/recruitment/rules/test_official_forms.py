"""The official forms as data: what a file must say, and which edition a period is printed by."""

from datetime import date

import pytest

from recruitment.rules import official_forms
from recruitment.rules.official_forms import FILES, edition, read

pytestmark = pytest.mark.once


def altered(folder, name, *changes, as_name=None):
    """A copy of a form's file with words changed; the path of its folder."""
    text = (FILES / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / (as_name or name)).write_text(text, encoding="utf-8")
    return folder


def test_the_forms_there_are():
    assert set(read()) == {"1-BTCTW", "2A-BTCTW", "2B-BTCTW", "7-BTCTW"}
    for editions in read().values():
        for form in editions:
            assert (
                form.document
                and form.mark == "M"
                and len(form.asked)
                == len(set(form.asked)) + (form.asked.count(("sum",)) - min(1, form.asked.count(("sum",))))
            )


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("7-BTCTW.txt", "flow:moved_in", "flow:moved", "line {at}: nothing answers “flow:moved”"),
        ("7-BTCTW.txt", "row | 0 | II |", "row | 4 | II |", "line {at}: level “4”; wanted 0 to 3"),
        ("7-BTCTW.txt", "| Cấp lại | - | S", "| Cấp lại | - | X", "line {at}: mark “X”; wanted one of S M ? +"),
        ("7-BTCTW.txt", "| Cấp lại | - | S", "| Cấp lại | S", "line {at}: 4 fields after “row”"),
        ("7-BTCTW.txt", "| Cấp lại | -", "| | -", "line {at}: a row without a label"),
        ("7-BTCTW.txt", "column | before", "column | befor", "line {at}: column “befor”; wanted one of name"),
        ("7-BTCTW.txt", "2021-12-13", "13/12/2021", "line {at}: “13/12/2021” is no day"),
        ("7-BTCTW.txt", "since  |", "sinc |", "line {at}: “sinc”; wanted form, since"),
        ("2B-BTCTW.txt", "each | 1 | religion", "each | 1 | tongiao", "line {at}: each “tongiao”; wanted one of"),
        ("2A-BTCTW.txt", "row | 1 | | THPT | line:education:THPT | S\n", "", "line 43: no row for THPT"),
        ("2A-BTCTW.txt", "line:education:THPT |", "line:education:THCS |", "line {at}: “line:education:THCS” is asked in line 46 already"),
        ("2A-BTCTW.txt", "line:age:31-35", "line:age:29-35", "ages want bands that do not overlap"),
        ("2A-BTCTW.txt", "line:education:THPT |", "line:education:Cấp ba |", "nothing answers “line:education:Cấp ba”"),
        ("2A-BTCTW.txt", "line:occupation:Học sinh |", "line:occupation:Học sinh + Khác |", "a line of occupation in two rows"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_line(tmp_path, name, old, new, words):
    altered(tmp_path, name)
    assert read(tmp_path)
    read.cache_clear()
    altered(tmp_path, name, (old, new))
    with pytest.raises(ValueError, match=name) as refused:
        read(tmp_path)
    before = (FILES / name).read_text(encoding="utf-8").partition(old)[0]
    assert words.format(at=before.count("\n") + 1) in str(refused.value)


def test_the_start_reads_them(monkeypatch):
    """A data file that is wrong stops the start of the program, not a report months later."""
    from django.apps import apps

    def fail():
        raise ValueError("7-BTCTW.txt, line 18: nothing answers “flow:moved”")

    monkeypatch.setattr(official_forms, "read", fail)
    with pytest.raises(ValueError, match="line 18"):
        apps.get_app_config("recruitment").ready()


def test_the_edition_of_a_day(tmp_path):
    altered(tmp_path, "7-BTCTW.txt")
    altered(
        tmp_path,
        "7-BTCTW.txt",
        ("2021-12-13", "2026-01-01"),
        ("11-HD/BTCTW", "20-HD/BTCTW"),
        as_name="7-later.txt",
    )
    documents = [edition("7-BTCTW", date(year, 12, 31), tmp_path).document for year in (2015, 2025, 2026)]
    assert documents == ["Hướng dẫn 11-HD/BTCTW", "Hướng dẫn 11-HD/BTCTW", "Hướng dẫn 20-HD/BTCTW"]
    altered(tmp_path, "7-BTCTW.txt", as_name="7-again.txt")
    read.cache_clear()
    with pytest.raises(ValueError, match="another edition of 7-BTCTW holds from 2021-12-13"):
        read(tmp_path)
