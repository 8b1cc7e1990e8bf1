"""The report in words: every number in it stands in the tables, gaps are empty lines, nothing small is told to all."""

import re
from datetime import date
from types import SimpleNamespace

import pytest

from committees import vietnamese
from committees.models import Kind
from recruitment.reports.annual_report import whole
from recruitment.reports.annual_words import as_document, led_by
from recruitment.rules.numbers import FITS, judge
from recruitment.sheets.pdf import write_pdf
from tests import factories as make
from tests.recruitment import world as worlds
from tests.recruitment.sheets.reports import read_pdf, written

from .annuals import asked, summary_of


@pytest.fixture
def world(db):
    return worlds.build()


def lines(report):
    return [row.cells["text"] for row in report.sheet("de_cuong").rows]


def after(told, heading):
    """The sentences below a heading, up to the first empty line."""
    rest = told[told.index(heading) + 1 :]
    return rest[: rest.index("")] if "" in rest else rest


def test_the_outline_says_what_the_tables_say(world):
    make.make_headcount(world.at["T"], date(2014, 12, 31), 1234)
    make.make_certificate(world.at["T-1-1-1"], date(2015, 2, 1))
    report = whole(asked())
    told, said = lines(report), summary_of(report)
    assert [line for line in told if re.match("[IV]+- ", line)] == [
        "I- ĐẶC ĐIỂM TÌNH HÌNH", "II- KẾT QUẢ THỰC HIỆN", "III- HẠN CHẾ, NGUYÊN NHÂN", "IV- PHƯƠNG HƯỚNG, NHIỆM VỤ",
    ]  # fmt: skip
    situation = after(told, "I- ĐẶC ĐIỂM TÌNH HÌNH")
    assert "có 4 tổ chức cơ sở đảng (4 đảng bộ cơ sở, 0 chi bộ cơ sở)" in situation[0]
    assert situation[1] == "Số đảng viên ngày 31/12/2014: 1.234."
    sources = after(told, "2. Tạo nguồn, bồi dưỡng nhận thức về Đảng")
    assert sources[0].startswith(f"Đang theo dõi {said['open']} hồ sơ")
    assert sources[1] == "Lớp bồi dưỡng nhận thức về Đảng: cấp 1 giấy chứng nhận."
    assert sources[2] == "Lớp đảng viên mới: chưa có trong sổ."
    admissions = after(told, "3. Kết nạp đảng viên")
    assert admissions[0] == report.finding and "nữ 3/4 = 75,00\N{NO-BREAK SPACE}%" in admissions[1]
    assert admissions[-1].startswith(
        "Từ đầu nhiệm kỳ (01/01/2014) kết nạp 27, bằng 135,00\N{NO-BREAK SPACE}%"
    )
    assert "chưa có trong sổ" in after(told, "4. Chuyển đảng viên chính thức, thẻ đảng viên")[1]
    assert "1/2 = 50,00\N{NO-BREAK SPACE}%, gồm Tổ chức T-2 (3/10)." in after(told, "1. Hạn chế")[-1]
    assert after(told, "2. Nguyên nhân") == [], "the cause is somebody's own words: an empty place"
    assert "Còn phải kết nạp 3" in after(told, "IV- PHƯƠNG HƯỚNG, NHIỆM VỤ")[0]


def test_every_share_in_words_is_right(world):
    shares = re.findall(r"([\d.]+)/([\d.]+) = ([\d,.]+)\N{NO-BREAK SPACE}%", " ".join(lines(whole(asked()))))
    assert len(shares) >= 5
    for part, of, said in shares:
        part, of = (int(n.replace(".", "")) for n in (part, of))
        assert vietnamese.decimal(vietnamese.percent(part, of)) == said


def test_small_groups_are_not_told_to_who_sees_figures_only(world):
    told = " ".join(lines(whole(asked(people=False))))
    assert "nữ dưới 5" in told and "Tuổi bình quân" not in told and "nữ 3/4" not in told


def test_a_period_of_which_nothing_is_known(world):
    told = lines(whole(asked(year=2011)))
    assert "Năm 2011: sổ chưa có hồ sơ kết nạp nào." in after(told, "3. Kết nạp đảng viên")[0]
    assert not re.search(r"\b0/\d", " ".join(told)), "unknown is no zero"
    assert after(told, "1. Hạn chế") == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("kind", "name", "letters"),
    [
        (Kind.PROVINCE, "Đảng bộ tỉnh Hà Nam", "TU"),
        (Kind.UPPER, "Đảng bộ huyện Đất Đỏ", "HU"),
        (Kind.UPPER, "Đảng bộ quận 1", "QU"),
        (Kind.UPPER, "Đảng bộ thành phố Vũng Tàu", ""),
        (Kind.UPPER, "Đảng bộ Công an tỉnh", ""),
        (Kind.GRASSROOTS_PARTY, "Đảng bộ xã Kim Bảng", "ĐU"),
        (Kind.CELL, "Chi bộ thôn 3", "CB"),
        (Kind.UPPER, "Tổ chức T-1", ""),
    ],
)
def test_our_own_number_is_none_our_check_calls_wrong(kind, name, letters):
    tree, question = SimpleNamespace(kind=lambda p: kind), SimpleNamespace(name=name)
    numbered = as_document(SimpleNamespace(tree=tree, position=0, question=question))["numbered"]
    assert numbered == f"Số      -BC/{letters or '……'}", "dots where it is not sure"
    if letters:
        assert judge(numbered.replace("     -", "12-"), led_by(name)).verdict == FITS


def test_on_paper_it_is_running_text(world, tmp_path):
    text = "\n".join(read_pdf(written(write_pdf, whole(asked())), tmp_path))
    page = " ".join(text[text.index("I- ĐẶC ĐIỂM") : text.index("PHỤ LỤC")].split())
    for line in filter(None, lines(whole(asked()))[:20]):
        assert " ".join(line.split()) in page
    assert "....." not in page, "no dots to fill in"
