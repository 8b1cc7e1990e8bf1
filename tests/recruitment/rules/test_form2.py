"""The rows of form 2-BTCTW and the words that mean them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules import form2

VOCABULARIES = [
    (form2.education, form2.EDUCATION),
    (form2.qualification, form2.QUALIFICATION),
    (form2.occupation, form2.OCCUPATION),
]
# The rows as the form prints them (register of forms, part II).
PRINTED = {
    form2.education: ["Biết đọc, viết chữ quốc ngữ", "Tiểu học", "THCS", "THPT"],
    form2.qualification: ["CNKT, NVNV, sơ cấp", "Trung cấp", "Cao đẳng", "Đại học", "Thạc sỹ", "Tiến sỹ"],
    form2.occupation: [
        "CB, CC cơ quan Nhà nước từ cấp huyện", "CB, CC cơ quan Đảng, MTTQ, đoàn thể từ cấp huyện",
        "CB, CC, người hoạt động không chuyên trách xã, phường", "Không chuyên trách thôn, TDP",
        "Viên chức SN công lập", "Lao động SN ngoài công lập", "Doanh nghiệp: lãnh đạo, quản lý",
        "Doanh nghiệp: nhân viên, gián tiếp", "Doanh nghiệp: công nhân trực tiếp", "Nông, lâm, ngư nghiệp",
        "Sỹ quan, chiến sỹ QĐ, CA", "Sinh viên", "Học sinh", "Khác",
    ],
}  # fmt: skip
EVERYDAY = [
    (form2.occupation, "Nông dân", "Nông, lâm, ngư nghiệp"),
    (form2.occupation, "Nông - lâm - ngư nghiệp", "Nông, lâm, ngư nghiệp"),
    (form2.occupation, "CÔNG NHÂN", "Doanh nghiệp: công nhân trực tiếp"),
    (form2.occupation, "Doanh nghiệp (công nhân trực tiếp)", "Doanh nghiệp: công nhân trực tiếp"),
    (form2.occupation, "  sinh  viên ", "Sinh viên"),
    (form2.occupation, "Sĩ quan, chiến sĩ QĐ, CA", "Sỹ quan, chiến sỹ QĐ, CA"),
    (form2.occupation, "CB,CC cơ quan nhà nước từ cấp huyện", "CB, CC cơ quan Nhà nước từ cấp huyện"),
    (form2.occupation, "Bác sỹ", "Viên chức SN công lập"),
    (form2.qualification, "Bác sĩ", "Đại học"),
    (form2.qualification, "Bác sĩ chuyên khoa I", "Thạc sỹ"),
    (form2.qualification, "Kĩ sư xây dựng", "Đại học"),
    (form2.qualification, "Thạc sĩ", "Thạc sỹ"),
    (form2.qualification, "Cử nhân Luật; Thạc sĩ Kinh tế", "Thạc sỹ"),
    (form2.qualification, "Trung cấp Y", "Trung cấp"),
    (form2.education, "12/12", "THPT"),
    (form2.education, "Cấp III", "THPT"),
    (form2.education, "9/12", "THCS"),
]


@pytest.mark.parametrize(("recognise", "rows"), VOCABULARIES)
def test_every_row_and_word_means_its_own_row(recognise, rows):
    for row in PRINTED[recognise]:
        assert recognise(row) == row
    for row, others in rows.items():
        for word in (row, *others):
            for written in (word, word.upper(), unicodedata.normalize("NFD", word), f" {word}."):
                assert recognise(written) == row, written


@pytest.mark.parametrize(("recognise", "words", "row"), EVERYDAY)
def test_everyday_words(recognise, words, row):
    assert recognise(words) == row


@pytest.mark.parametrize("recognise", PRINTED)
@pytest.mark.parametrize("words", ["", "Thầy cúng", "Không rõ", "?", "13/12", "—"])
def test_other_words_are_unknown(recognise, words):
    assert recognise(words) == form2.UNKNOWN


def test_a_word_under_two_rows_stops_the_program():
    with pytest.raises(ValueError, match="means both"):
        form2.lexicon({"Kỹ sư": (), "Đại học": ("kĩ sư",)})


@given(st.text(max_size=40))
def test_anything_at_all_has_an_answer(words):
    for recognise, rows in VOCABULARIES:
        assert recognise(words) in {*rows, form2.UNKNOWN}


def test_age_bands_leave_no_gap():
    ends = list(form2.AGE_BANDS.values())
    assert [first for first, _ in ends[1:]] == [last + 1 for _, last in ends[:-1]]
    assert ends[0][0] == 18 and form2.AGE_BANDS["56-60"] == (56, 60) and form2.AGE_BANDS["60+"][0] == 61
