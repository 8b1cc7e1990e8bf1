"""Every form comes out of the demo's dossiers, says what it said before, and never shows an empty field."""

import os
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test.utils import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.imports import papers_said
from recruitment.models import Paper, Wording
from recruitment.papers import case as cases
from recruitment.papers import catalogue, filling
from recruitment.papers.issuing import replaces
from tests import factories as make
from tests.undone import undone

from . import dossiers

GOLDEN = Path(__file__).parent / "golden"
FORMS = sorted(catalogue.forms())
FIRST, SECOND = (person[1] for person in papers_said.PEOPLE)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(module_db):
    return dossiers.build()


class Told(cases.Case):
    """Remembers what it was asked, and knows nothing of the fields in `hidden`."""

    hidden = frozenset()

    def told(self, name):
        self.asked.add(name)
        return None if name in self.hidden else super().told(name)

    def copies(self, kind):
        rows = [Told.of(one, self.hidden) for one in super().copies(kind)]
        self.inner += rows
        return rows

    @classmethod
    def of(cls, case, hidden):
        """The same case, watched."""
        one = cls(case.candidacy, case.snapshot, case.form, case.given, case.chosen, case.today)
        one.asked, one.hidden, one.inner = set(), frozenset(hidden), []
        return one


@pytest.mark.parametrize("form", FORMS)
def test_each_form_says_what_it_said(form, world):
    """A change of wording is a change of the golden text: run with GOLDEN=1 to write it anew, and read the difference."""
    text = "\n".join(dossiers.document(form).texts()) + "\n"
    path = GOLDEN / f"{form}.txt"
    if os.environ.get("GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
    assert "{" not in text and "…" not in text and "None" not in text and "...." not in text


@pytest.mark.once
@pytest.mark.parametrize("form", FORMS)
def test_no_field_is_ever_empty_silently(form, world):
    """Whatever single field is not known, the paper is refused by its name, or the form has other words for that case."""
    known = dossiers.case(form)
    whole = Told.of(known, ())
    edition = filling.edition_for(whole, form)
    shown = {}
    filling.fill(whole, edition)
    for name in sorted(set().union(whole.asked, *(one.asked for one in whole.inner))):
        try:
            shown[name] = filling.fill(Told.of(known, {name}), edition)
        except filling.Refused as refused:
            assert name in refused.missing and str(refused.missing[name]) in "\n".join(refused.faults(form))
    for name, document in shown.items():
        assert name in _hanging(edition.template) | {"position", "signer", edition.template.signer}, name
        assert all(text.strip() for text in document.texts()), name


def _hanging(template):
    """Fields that a form has other words for, where they are not known."""
    return {one.only for one in template.body + template.left} | {one.unless for one in template.body}


@pytest.mark.once
@settings(max_examples=60)
@given(form=st.sampled_from(FORMS), data=st.data())
def test_nor_are_several(form, data, world):
    known = dossiers.case(form)
    edition = filling.edition_for(known, form)
    fields = sorted({name for text in edition.template.lines() for name, _way in filling.FIELD.findall(text)})
    hidden = data.draw(st.sets(st.sampled_from(fields), min_size=1)) if fields else set()
    case = Told.of(known, hidden)
    try:
        texts = list(filling.fill(case, edition).texts())
    except filling.Refused as refused:
        assert refused.missing and set(refused.missing) <= hidden | {edition.template.on}
    else:
        assert all(text.strip() for text in texts)


def test_one_paper_for_each_introducer(world):
    with undone():
        candidacy = dossiers.case("3-KNĐ").candidacy
        said = {"introducer": "Người Thứ Hai", "together_since": "2020-01-06"}
        make.make_paper(candidacy, "introduction", date(2025, 4, 10), said=said)
        document = dossiers.document("3-KNĐ", FIRST)
    assert document.blocks.count("break") == 1
    assert sum("Người Thứ Hai" in text for text in document.texts()) == 2, "in the text and under it"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"present": 10}, "nhiều hơn tổng số"),
        ({"in_favour": 7, "against": 3}, "nhiều hơn số có mặt"),
        ({"in_favour": 5, "against": 4}, "không đủ tỷ lệ"),
    ],
)
def test_counts_that_cannot_be_refuse_the_paper(said, words, world):
    assert dossiers.document("6-KNĐ", FIRST)
    with undone():
        row = Paper.objects.get(candidacy=dossiers.case("6-KNĐ", FIRST).candidacy, kind="cell_vote")
        row.said = {**row.said, **said}
        make._saved(row)
        with pytest.raises(filling.Refused) as refused:
            dossiers.document("6-KNĐ", FIRST)
    assert not refused.value.missing and words in "\n".join(refused.value.wrong)


def test_who_was_absent_is_counted_and_asked_why(world):
    with undone():
        row = Paper.objects.get(candidacy=dossiers.case("6-KNĐ", FIRST).candidacy, kind="cell_vote")
        row.said = {**row.said, "present": 8, "in_favour": 8}
        make._saved(row)
        with pytest.raises(filling.Refused) as refused:
            dossiers.document("6-KNĐ", FIRST)
        assert list(refused.value.missing) == ["reason_absent"]
        texts = "\n".join(dossiers.document("6-KNĐ", FIRST, {"reason_absent": "đi công tác"}).texts())
    assert "có mặt: 8 đồng chí; vắng mặt: 1 đồng chí" in texts and "Lý do vắng mặt: đi công tác." in texts
    assert "tán thành 8/9 đảng viên chính thức có quyền biểu quyết, đạt 88,89" in texts, (
        "of all, not of those present"
    )


def test_bodies_by_their_names_on_the_day(world):
    with undone():
        make.place(
            world["BRVT-DD"], "upper", world["BRVT"], name="Đảng bộ xã Đất Đỏ mới", since=date(2025, 7, 1)
        )
        before = list(dossiers.document("9-KNĐ", SECOND).texts())
        after = list(dossiers.document("16-KNĐ", SECOND).texts())
        cited = "\n".join(dossiers.document("giay-moi", SECOND).texts())
    assert "HUYỆN ỦY ĐẤT ĐỎ" in before and "Đất Đỏ, ngày 28 tháng 6 năm 2025" in before
    assert "ĐẢNG ỦY XÃ ĐẤT ĐỎ MỚI" in after
    assert "Quyết định số 271-QĐ/ĐU, ngày 28/06/2025, của Huyện ủy Đất Đỏ." in cited, "by its name that day"


def test_the_rules_of_the_day_are_cited(world):
    early, late = (list(dossiers.document(form, SECOND).texts()) for form in ("6-KNĐ", "13-KNĐ"))
    assert any("232-QĐ/TW" in text for text in early) and not any("294-QĐ/TW" in text for text in early)
    assert any("Quy định số 294-QĐ/TW, ngày 26/05/2025 của Ban Chấp hành Trung ương" in text for text in late)
    assert not any("06-HD/TW" in text or "38-HD" in text for text in late), "not cited by a rule it stands on"


@pytest.mark.parametrize("form", ["1-KNĐ", "2-KNĐ"])
def test_a_data_sheet_is_refused_where_what_is_known_contradicts(form, world):
    with undone():
        person = dossiers.case(form, FIRST).person
        person.citizen_id = "077300001234"  # a woman born in 2000
        make._saved(person)
        assert any("077300001234" in text for text in dossiers.document(form, FIRST).texts())
        person.citizen_id = "077199001234"
        make._saved(person)
        with pytest.raises(filling.Refused, match="077199001234"):
            dossiers.document(form, FIRST)


def test_a_data_sheet_has_the_old_names_with_their_days(world):
    with undone():
        make.place(
            world["BRVT-DD-008"],
            "grassroots_party",
            world["BRVT-DD"],
            name="Đảng bộ xã Long Thọ",
            since=date(2024, 1, 1),
        )
        texts = list(dossiers.document("2-KNĐ", SECOND).texts())
    at = texts.index("Đảng bộ xã Phước Long Thọ")
    assert "31/12/2023" in texts[at + 1] and "Đảng bộ xã Long Thọ" in texts[at + 1]


def test_the_tone_is_where_the_office_puts_it(world):
    plain = list(dossiers.document("8-KNĐ", SECOND).texts())
    with override_settings(TONE_ON_LAST=True):
        moved = list(dossiers.document("8-KNĐ", SECOND).texts())
    assert "ĐẢNG ỦY XÃ PHƯỚC LONG THỌ" in plain and "ĐẢNG UỶ XÃ PHƯỚC LONG THỌ" in moved
    assert any("Âu Văn Thụy" in text for text in moved), "a name is never rewritten"
    assert not any("ủy" in text for text in moved if "Thụy" not in text and "hòa" not in text)
    with override_settings(TONE_ON_LAST=True):
        moved = [
            text
            for form in ("5-KNĐ", "phieu-tham-dinh", "cong-van-tham-tra")
            for text in dossiers.document(form, SECOND).texts()
        ]
        note = replaces(
            SimpleNamespace(title="Nghị quyết của đảng ủy", number="", on=date(2026, 1, 5)), "sai số"
        )
    assert "đảng uỷ" in note and any("Chi uỷ nơi cư trú" in text for text in moved)
    assert not any(word in text for text in moved for word in ("đảng ủy", "Đảng ủy", "hi ủy"))


@pytest.mark.parametrize(("form", "said", "label"), [
    ("9-KNĐ", {"person.native_place": "xã ……………, huyện B"}, "Quê quán"), ("9-KNĐ", {"position": "Bí thư ......"}, "Chức vụ"),
])  # fmt: skip
def test_dots_that_wait_for_a_pen_refuse_the_paper(form, said, label, world):
    dossiers.document(form, SECOND, dict.fromkeys(said, "v.v..."))
    with pytest.raises(filling.Refused) as told:
        dossiers.document(form, SECOND, said)
    assert not told.value.missing and len(told.value.wrong) == 1 and told.value.wrong[0].startswith(label)


def test_words_for_one_form_go_before_those_for_all(world):
    with undone():
        case = dossiers.case("6-KNĐ", FIRST)
        make._saved(Wording(candidacy=case.candidacy, form="6-KNĐ", said={"chair": "Người Khác"}))
        assert any("Người Khác" in text for text in dossiers.document("6-KNĐ", FIRST).texts())
        assert not any("Người Khác" in text for text in dossiers.document("13-KNĐ", FIRST).texts())


def test_cost(world, django_assert_num_queries):
    pk, snapshot = dossiers.case("16-KNĐ", FIRST).candidacy.pk, dossiers.case("16-KNĐ", FIRST).snapshot
    with django_assert_num_queries(11):
        case = cases.Case(cases.candidacy(pk), snapshot, "2-KNĐ")
        filling.fill(case, filling.edition_for(case, "2-KNĐ"))
