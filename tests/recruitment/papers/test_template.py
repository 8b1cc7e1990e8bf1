"""The files of the forms: what a wrong one is refused for, with its line; which edition holds on which day."""

from datetime import date

import pytest

from recruitment.papers import catalogue
from recruitment.papers.template import Unreadable, read
from recruitment.rules import statute

GOOD = """form: T-1
title: Giấy thử
edition: {edition}
mark: M
source: thử
layout: organisation
on: cell_vote.on
rules: cell_vote
---
= Giấy thử
{line}
"""
WORDS = "Chi bộ họp {cell_vote.on:long}."


def write(folder, name="t.txt", edition="2016", line=WORDS, replace=("", "")):
    path = folder / name
    path.write_text(
        GOOD.format(edition=edition, line=line).replace(*replace)
        if replace[0]
        else GOOD.format(edition=edition, line=line),
        encoding="utf-8",
    )
    return path


def test_a_good_file(tmp_path):
    template = read(write(tmp_path))
    assert (template.form, template.mark, template.rules) == ("T-1", "M", ("cell_vote",))
    assert [(one.look, one.line) for one in template.body] == [("=", 10), ("", 11)]


@pytest.mark.parametrize(
    ("line", "where", "words"),
    [
        ("Chi bộ họp {cell_vote.day}.", 11, "không có trường"),
        ("Chi bộ họp {cell_vote.on:short}.", 11, "cách viết trường"),
        ("Chi bộ họp {cell_vote.on.", 11, "ngoặc"),
        ("Chi bộ họp ngày ……", 11, "chấm để điền"),
        ("Chi bộ họp ngày ......", 11, "chấm để điền"),
        ("? cell_vote.absent Vắng mặt", 11, "hai chấm"),
        ("? cell_vote.gone: Vắng mặt", 11, "không có trường"),
        ("@signature", 11, "cần một trong"),
        ("| a | b\n| c", 12, "ô, bảng có"),
    ],
)
def test_a_wrong_line_is_named(line, where, words, tmp_path):
    with pytest.raises(Unreadable, match=f"t.txt, dòng {where}: .*{words}"):
        read(write(tmp_path, line=line))


@pytest.mark.parametrize(
    ("replace", "words"),
    [
        (("mark: M", "mark: X"), "dòng 4: không có mark “X”"),
        (("layout: organisation", "layout: house"), "dòng 6: không có layout"),
        (("on: cell_vote.on", "on: cell_vote.off"), "dòng 7: không có trường"),
        (("title: Giấy thử", "titel: Giấy thử"), "dòng 2: không có mục “titel”"),
        (("source: thử\n", ""), "thiếu mục “source”"),
        (("---\n", ""), "thiếu dòng --- "),
        (("source: thử", "form: T-2"), "dòng 5: mục “form” ghi hai lần"),
    ],
)
def test_a_wrong_key_is_named(replace, words, tmp_path):
    with pytest.raises(Unreadable, match=words):
        read(write(tmp_path, replace=replace))


def test_editions(tmp_path):
    write(tmp_path, "a.txt", "2016")
    write(tmp_path, "b.txt", "2025-07", "Theo mẫu mới, họp {cell_vote.on}.")
    book = statute.read()

    def body(day):
        return catalogue.edition("T-1", day, book, tmp_path).template.body[1].text

    assert body(date(2025, 6, 30)) == body(date(2010, 1, 1)) == WORDS
    assert body(date(2025, 7, 1)).startswith("Theo mẫu mới")
    found = catalogue.edition("T-1", date(2025, 7, 1), book, tmp_path)
    said = " ".join(found.doubts())
    assert "theo trí nhớ" in said and "38-HD/BTCTW" in said, "the rules do not say for sure which form holds"
    seen = catalogue.edition("to-trinh", date(2026, 6, 1), book)
    assert len(seen.doubts()) == 1, "its wording alone: the layout was seen"
    write(tmp_path, "c.txt", "2025-07")
    catalogue.forms.cache_clear()
    with pytest.raises(Unreadable, match="tệp thứ hai của T-1"):
        catalogue.forms(tmp_path)


@pytest.mark.parametrize(
    ("edition", "replace"), [("1999", ("", "")), ("2016", ("rules: cell_vote", "rules: cell_veto"))]
)
def test_rules_nobody_knows(edition, replace, tmp_path):
    write(tmp_path, edition=edition, replace=replace)
    with pytest.raises(Unreadable, match="t.txt: .*(không có bộ quy tắc|không có quy tắc)"):
        catalogue.forms(tmp_path)


def test_every_form_of_the_procedure_is_there():
    wanted = [f"{n}-KNĐ" for n in range(1, 17)] + [
        "4A-KNĐ",
        "5B-KNĐ",
        "5C-KNĐ",
        "9A-KNĐ",
        "CN-NTVĐ",
        "CN-ĐVM",
    ]
    assert set(wanted) <= set(catalogue.forms())
    assert all(template.source for rows in catalogue.forms().values() for template in rows)
    assert catalogue.named("6-knd") == catalogue.named(" 6-KNĐ") == "6-KNĐ"


def test_the_layout_of_the_day():
    book = statute.read()
    rows = catalogue.layouts()["office"]
    assert [one.name for one in rows] == ["36-HD/VPTW", "05-HD/VPTW"]
    new = rows[-1]
    assert (new.layout.top, new.layout.bottom, new.layout.left, new.layout.right) == (20, 20, 30, 15)
    assert (new.layout.size, new.layout.leading, new.layout.indent, new.position_bold) == (14, 19, 10, False)
    assert catalogue.edition("6-KNĐ", date(2026, 6, 1), book).printed.name.startswith("Mẫu của Ban Tổ chức")
