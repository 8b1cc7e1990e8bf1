"""Counts that do not sum, fields that papers say otherwise, names of places by day, who signs and what is cited: over what
papers say, without a register."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.models import Kind
from committees.tree import Structure
from committees.vietnamese import percent, percent_text
from recruitment.papers import agreeing, catalogue, places, signing
from recruitment.papers.agreeing import Other
from recruitment.rules import statute

SPRING, SUMMER = date(2025, 3, 3), date(2025, 8, 8)
MANY = st.integers(0, 60)


def said(kind, **parts):
    return {f"{kind}.{part}": str(value) for part, value in parts.items()}


# ---- counts


@given(MANY, MANY, MANY, MANY, MANY)
def test_counts_of_a_vote_are_found_wrong_exactly_where_they_do_not_sum(members, present, absent, yes, no):
    told = said("cell_vote", members=members, present=present, absent=absent, in_favour=yes, against=no)
    wrong = (present + absent != members) + (yes + no > present)
    found = list(agreeing.counts(told))
    assert [one.number for one in found] == [20] * wrong
    assert all(one.blocks and one.kind == "cell_vote" for one in found)


@given(st.integers(1, 60), MANY, MANY)
def test_the_share_is_of_all_who_are_entitled(entitled, yes, whole):
    right, claimed = percent_text(percent(yes, entitled)), percent_text(percent(yes, whole or 1))
    told = said("recognition_vote", entitled=entitled, members=entitled + 3, in_favour=yes, percent=claimed)
    assert [one.number for one in agreeing.counts(told)] == ([] if right == claimed else [21])


@given(MANY, MANY, MANY)
def test_opinions_are_of_those_present(present, yes, no):
    told = said("opinions", present=present, agree=yes, disagree=no)
    assert [one.number for one in agreeing.counts(told)] == ([] if yes + no == present else [19])


def test_counts_nobody_told_are_no_fault():
    assert (
        list(agreeing.counts({"cell_vote.members": "12", "cell_vote.present": "", "person.name": "A"})) == []
    )


# ---- papers against each other

MINUTES = {
    "person.name": "Nguyễn Thị Hòa", "person.born": "05/01/1990", "person.native_place": "xã A, huyện B",
    "person.occupation": "Công nhân", "cell_vote.in_favour": "11", "cell_vote.on": "03/03/2025", "chair": "Lê An",
    "introduction.on": "01/02/2025", "certificate.number": "12/A", "certificate.issued_on": "01/01/2024",
    "cell.name": "Chi bộ Một", "strengths": "chăm chỉ",
}  # fmt: skip


def against(form="6-KNĐ", other="bien-ban-hop", on=SPRING, then=SPRING, **changes):
    told = MINUTES | {name.replace("__", "."): text for name, text in changes.items()}
    paper = Other(other, "Biên bản họp chi bộ", "02-BB/CB", then, MINUTES)
    return [(one.code, one.number) for one in agreeing.with_others(form, told, on, [paper])]


def test_papers_that_say_the_same_agree():
    assert against() == against(person__name="Nguyễn thị  Hoà") == []


@pytest.mark.parametrize(("name", "text", "number"), [
    ("person__name", "Nguyễn Thị Hoa", 8), ("person__born", "05/01/1991", 8), ("person__native_place", "xã C", 8),
    ("cell_vote__in_favour", "10", 22), ("cell_vote__on", "04/03/2025", 22), ("chair", "Lê Bình", 22),
])  # fmt: skip
def test_each_field_that_lasts_is_held_against_the_others(name, text, number):
    assert against(**{name: text}) == [(f"issued_{name.replace('__', '.')}", number)]


@pytest.mark.parametrize("change", [
    {"person__occupation": "Kỹ sư"}, {"introduction__on": "09/02/2025"}, {"cell__name": "Chi bộ Hai"},
    {"strengths": "tận tụy"}, {"person__name": ""},
    {"certificate__number": "77/B", "certificate__issued_on": "01/06/2024"},
])  # fmt: skip
def test_what_changes_from_paper_to_paper_does_not_contradict(change):
    assert against(**change) == []


def test_one_certificate_has_one_day():
    assert against(certificate__issued_on="02/01/2024") == [("issued_certificate.issued_on", None)]


def test_a_native_place_is_called_by_the_day_of_the_paper():
    new = {"person__native_place": "xã A, tỉnh Phú Thọ"}
    assert against(on=SUMMER, **new) == []
    assert against(on=SUMMER, then=SUMMER, **new) == [("issued_person.native_place", 8)]


def test_only_minutes_and_resolution_share_who_presided():
    assert against(form="to-trinh", chair="Lê Bình") == []


def test_a_field_names_every_paper_that_says_it_otherwise():
    others = [Other("a", f"Giấy {n}", f"{n}-NQ/CB", SPRING, {"person.name": "B"}) for n in (1, 2)]
    (one,) = agreeing.with_others("6-KNĐ", {"person.name": "A"}, SPRING, others)
    assert "“Giấy 1” số 1-NQ/CB ngày 03/03/2025" in one.said and "2-NQ/CB" in one.said and not one.blocks


def test_a_paper_does_not_say_otherwise_than_the_register():
    told = {"person.name": "An", "decision.number": "7-QĐ/HU", "chair": "Ba", "base_vote.number": ""}
    assert list(agreeing.with_register(told, told)) == []
    changed = told | {"decision.number": "8-QĐ/HU", "chair": "Tư", "base_vote.number": "9-NQ/ĐU"}
    (one,) = agreeing.with_register(changed, told)
    assert one.code == "register_decision.number" and one.blocks and "7-QĐ/HU" in one.said


# ---- names of places


def structure():
    day, until = date(2010, 1, 1), places.RENAMED_ON
    later = date(2026, 3, 1)
    rows = [
        (1, day, None, None, Kind.PROVINCE, "Đảng bộ tỉnh X", "", ""),
        (2, day, until, 1, Kind.GRASSROOTS_PARTY, "Đảng bộ xã Cũ Kỹ", "", ""),
        (2, until, None, 1, Kind.UPPER, "Đảng bộ xã Mới", "", ""),
        (3, day, later, 1, Kind.GRASSROOTS_PARTY, "Đảng bộ xã Tân Lập", "", ""),
        (4, day, None, 1, Kind.GRASSROOTS_PARTY, "Đảng bộ xã Tân Lập", "", ""),
        (5, day, later, 1, Kind.UPPER, "Đảng bộ phường Mười", "", ""),
    ]
    return Structure([(n, f"C{n}") for n in range(1, 6)], rows, [])


@pytest.mark.parametrize(("text", "old"), [
    ("xã A, huyện B, tỉnh Phú Thọ", ["huyện B"]), ("Quận 1, TP. Hồ Chí Minh", ["quận 1"]),
    ("thị trấn Đất Đỏ", ["thị trấn Đất Đỏ"]), ("thành phố Bà Rịa, tỉnh Bà Rịa – Vũng Tàu", ["thành phố Bà Rịa", "tỉnh Bà Rịa – Vũng Tàu"]),
    ("phường Sa Pa, tỉnh Lào Cai", []), ("thành phố Huế", []), ("huyện B cũ", []), ("xã Y (trước là xã X, huyện B)", []),
    ("huyện B (nay là xã Z)", []), ("các huyện ủy, quận ủy", []), ("", []), ("xã Cũ Kỹ", ["xã Cũ Kỹ"]), ("xã Tân Lập", []), ("xã Lạ", []),
])  # fmt: skip
def test_names_of_places_that_ceased_with_the_districts(text, old):
    assert [name for name, _since in places.old_names(text, SUMMER, structure())] == old
    assert places.old_names(text, places.RENAMED_ON - timedelta(days=1), structure()) == []


OLD = "xã Phước Long Thọ, huyện Đất Đỏ, tỉnh Bà Rịa – Vũng Tàu"


@pytest.mark.parametrize(("text", "was"), [
    (f"xã Đất Đỏ, thành phố Hồ Chí Minh (trước là {OLD})", OLD), (f"{OLD} (nay là xã Đất Đỏ, TP. Hồ Chí Minh)", OLD),
    ("ấp 3, xã Đất Đỏ (trước đây là xã A, huyện B), tỉnh X", "ấp 3, xã A, huyện B, tỉnh X"),
    ("xã A, TP. Hồ Chí Minh (nguyên huyện B, tỉnh C)", "xã A, huyện B, tỉnh C"),
    ("xã A (trước là xã B), thành phố Huế (cũ: tỉnh C)", "xã B, tỉnh C"), (OLD, OLD), ("xã A (gần chợ), tỉnh X", "xã A (gần chợ), tỉnh X"), ("", ""),
])  # fmt: skip
def test_a_place_as_papers_of_before_the_renaming_say_it(text, was):
    assert places.former(text) == was


def test_a_name_the_tree_gave_up_is_old_from_that_day():
    tree = structure()
    assert places.old_names("phường Mười", date(2026, 2, 28), tree) == []
    assert places.old_names("phường Mười", date(2026, 3, 1), tree) == [("phường Mười", date(2026, 3, 1))]
    assert places.old_names("xã Tân Lập", date(2026, 3, 1), tree) == []  # another one still bears it
    assert places.old_names("huyện B", places.RENAMED_ON, None) == [("huyện B", places.RENAMED_ON)]


# ---- signing and citing

GOOD = {
    "person.name": "An",
    "signer": "Ba",
    "position": "Bí thư",
    "cell_vote.number": "07-NQ/CB",
    "strengths": "tốt",
}


def signed(form="6-KNĐ", others=(), **changes):
    told = GOOD | {name.replace("__", "."): text for name, text in changes.items()}
    return [one.code for one in signing.signed(catalogue.forms()[form][-1], told, "Chi bộ Một", others)]


def test_a_paper_bears_number_position_and_no_seal_of_a_cell():
    assert signed() == []
    assert signed(cell_vote__number="") == ["unnumbered"]
    assert signed(position="") == ["position"]
    assert signed(signer="an") == ["signs_himself"]
    assert signed(strengths="đã ký và đóng dấu") == ["cell_seal"]
    assert signed("8-KNĐ", strengths="đã ký và đóng dấu", base_vote__number="9") == []
    assert signed("1-KNĐ", position="", signer="An") == []


def test_no_form_of_a_cell_speaks_of_a_seal():
    for form, (*_earlier, template) in catalogue.forms().items():
        if template.issuer.startswith("cell."):
            assert not any(signing.SEAL.search(text) for text in template.lines()), form


def test_who_signs_holds_one_position():
    there = Other(
        "giay-moi", "Giấy mời", "", SPRING, {"signer": "Ba", "position": "Phó Bí thư"}, "Chi bộ Một"
    )
    assert signed(others=[there]) == ["two_positions"]
    assert signed(others=[Other("8", "", "", SPRING, there.said, "Đảng bộ xã Hai")]) == []
    assert signed(others=[there], signer="Tư") == []


def test_documents_of_other_rules_are_no_ground():
    book = statute.read()
    told = {"background": "theo 24-QĐ/TW và 294-QĐ/TW, công văn 12-CV/HU", "person.name": "24-QĐ/TW"}
    assert [one.said.partition("nhắc ")[2][:9] for one in signing.cited(told, book, SUMMER)] == ["24-QĐ/TW,"]
    assert ["294-QĐ/TW" in one.said for one in signing.cited(told, book, date(2023, 1, 1))] == [True]


def test_an_issued_paper_of_another_edition_is_told():
    paper = Other("6-KNĐ", "Nghị quyết", "1", SPRING, {"grounds": "Quy định 24"}, edition="2016")
    assert list(signing.outdated(paper, "2016", "Quy định 24")) == []
    assert [one.code for one in signing.outdated(paper, "2025-07", "Quy định 24")] == ["edition_6-KNĐ"]
    (one,) = signing.outdated(paper, "2016", "Quy định 294")
    assert one.number == 27 and "“Quy định 24”" in one.said and "“Quy định 294”" in one.said
    assert (
        list(signing.outdated(Other("9", "", "", SPRING, {}, edition="2016"), "2016", "Quy định 294")) == []
    )
