"""The statute book: which set judges a day, what a correction changes and from when, what a file may not say."""

from datetime import date, timedelta

import pytest

from recruitment.rules import statute
from recruitment.rules.statute import Added, Change, Rule, RuleSet, Statute

DAY = timedelta(days=1)
BOOK = statute.read()
SETS = {one.code: one for one in BOOK.sets}


def change(rule, value, since, rule_set="2025-07", document="12-QĐ/TW"):
    return Change(rule_set, rule, value, "Điểm 1", "S", document, since)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ((2016, 7, 24), "2016"),  # before the first set: judged by it, and said so
        ((2016, 7, 25), "2016"),
        ((2021, 7, 29), "2016"),
        ((2021, 7, 30), "2021"),
        ((2025, 1, 19), "2021"),
        ((2025, 1, 20), "2025-01"),
        ((2025, 6, 30), "2025-01"),
        ((2025, 7, 1), "2025-07"),
        ((2099, 1, 1), "2025-07"),
    ],
)
def test_the_day_of_the_step_chooses_the_set(day, code):
    assert BOOK.on(date(*day)).code == code
    assert BOOK.predates(date(*day)) == (day < (2016, 7, 25))


def test_a_set_is_found_by_its_code_without_corrections():
    corrected = BOOK.with_(changes=[change("review", 6, date(2025, 7, 1))])
    assert corrected.named("2025-07")["review"].value == 3
    with pytest.raises(KeyError):
        BOOK.named("2012")


@pytest.mark.parametrize("code", sorted(SETS["2025-07"]))
def test_every_rule_of_every_set_says_where_it_stands(code):
    for one in BOOK.sets:
        rule = one[code]
        assert rule.title and rule.citation and rule.mark in statute.MARKS
        assert rule.set == one.code and rule.document == ""
        assert rule.confirmed == (rule.mark == "S")


@pytest.mark.parametrize("one", BOOK.sets, ids=lambda one: one.code)
def test_what_was_not_compared_with_its_text_is_not_said_to_be_seen(one):
    for rule in one.values():
        uncompared = "chưa đối chiếu" in rule.citation or "Chưa " in rule.citation
        assert not (uncompared and rule.confirmed), rule.code


def test_a_document_is_named_with_issuer_and_day():
    """Numbers come back: 01-HD/TW is of 2016 and of 2021."""
    named = [document for one in BOOK.sets for document in one.documents]
    assert all(number and issuer and type(day) is date for number, issuer, day, _mark in named)
    assert {day.year for number, _i, day, _m in named if number == "01-HD/TW"} == {2016, 2021}


@pytest.mark.parametrize(
    ("code", "before", "since", "words"),
    [
        ("schooling", "2016", "2021", "tương đương trở lên"),
        ("cancellation", "2021", "2016", "nơi đảng viên đang sinh hoạt"),
        ("introducer_together", "2021", "2016", "cùng sinh hoạt nơi cư trú"),
        ("over_age", "2016", "2025-07", "đồng ý trước"),
        ("verification_exempt", "2025-07", "2025-01", "con đẻ"),
    ],
)
def test_the_sets_differ_where_the_rules_did(code, before, since, words):
    """before: a set that says the words; since: one that does not."""
    said = {one: f"{SETS[one][code].title} {SETS[one][code].citation}" for one in SETS}
    assert words in said[before] and words not in said[since]


def test_rules_of_classes_are_seen_only_since_they_were_made():
    marks = {code: {SETS[one][code].mark for one in SETS if one != "2025-07"} for code in
             ("class_size", "class_attendance", "class_pass", "class_certificate")}  # fmt: skip
    assert set(map(frozenset, marks.values())) == {frozenset("?")}
    assert all(SETS["2025-07"][code].confirmed for code in marks)


def test_a_correction_holds_from_its_day():
    corrected = BOOK.with_(changes=[change("ceremony", 45, date(2026, 3, 1))])
    assert corrected.on(date(2026, 2, 28))["ceremony"].value == 30
    found = corrected.on(date(2026, 3, 1))["ceremony"]
    assert (found.value, found.citation, found.mark, found.document, found.set) == (
        45, "Điểm 1", "S", "12-QĐ/TW", "2025-07",
    )  # fmt: skip
    assert found.title == BOOK.on(date(2026, 3, 1))["ceremony"].title
    assert corrected.on(date(2026, 3, 1))["recognition"].value == 30


def test_the_later_correction_wins_and_of_one_day_the_last_given():
    day = date(2026, 3, 1)
    changes = [change("review", 4, day), change("review", 6, day + DAY), change("review", 5, day)]
    corrected = BOOK.with_(changes=changes)
    assert [corrected.on(d)["review"].value for d in (day - DAY, day, day + DAY)] == [3, 5, 6]


def test_a_correction_of_one_set_leaves_the_others():
    corrected = BOOK.with_(changes=[change("probation", 6, date(2016, 7, 25), rule_set="2021")])
    days = [date(2020, 1, 1), date(2022, 1, 1), date(2026, 1, 1)]
    assert [corrected.on(day)["probation"].value for day in days] == [12, 6, 12]


@pytest.mark.parametrize("lost", [{"rule": "no_such_rule"}, {"rule": "review", "rule_set": "1999"}])
def test_a_correction_of_what_no_file_knows_any_longer_touches_nothing(lost):
    corrected = BOOK.with_(changes=[change(value=9, since=date(2025, 7, 1), **lost)])
    assert dict(corrected.on(date(2026, 1, 1))) == dict(BOOK.on(date(2026, 1, 1)))


def test_an_added_set_begins_with_what_was_in_force():
    """It takes over corrections effective by then; those of a later day stay with the set they corrected."""
    new = Added("2027", "Quy định mới", date(2027, 1, 1), "300-QĐ/TW")
    changes = [
        change("ceremony", 45, date(2026, 3, 1)),
        change("recognition", 20, date(2027, 1, 1)),
        change("transfer", 30, date(2027, 2, 1), rule_set="2027"),
    ]
    book = BOOK.with_([new], changes)
    begun = book.on(date(2027, 1, 1))
    assert book.on(date(2026, 12, 31)).code == "2025-07"
    assert (begun.code, begun.name, begun.documents[0][0]) == ("2027", "Quy định mới", "300-QĐ/TW")
    assert (begun["ceremony"].value, begun["ceremony"].document, begun["ceremony"].set) == (
        45,
        "12-QĐ/TW",
        "2027",
    )
    assert begun["recognition"].value == 30
    assert [book.on(date(2027, month, 1))["transfer"].value for month in (1, 2)] == [60, 30]
    assert book.named("2027")["transfer"].value == 60


def test_sets_are_added_in_order_of_day_whatever_order_they_come_in():
    later, earlier = (Added(str(year), "", date(year, 1, 1), f"{year}-QĐ/TW") for year in (2028, 2027))
    book = BOOK.with_([later, earlier], [change("review", 1, date(2027, 1, 1), rule_set="2027")])
    assert book.on(date(2028, 1, 1))["review"].value == 1
    before_all = BOOK.with_([Added("2011", "", date(2011, 11, 1), "45-QĐ/TW")])
    assert before_all.on(date(2012, 1, 1)).code == "2011" and not before_all.predates(date(2012, 1, 1))
    assert before_all.on(date(2012, 1, 1))["decision"].value == 60


def test_a_statute_is_not_changed_by_what_is_made_of_it():
    with pytest.raises(TypeError):
        BOOK.on(date(2026, 1, 1)).rules["review"] = None
    with pytest.raises(TypeError):
        BOOK.named("2021").rules["review"] = None
    with pytest.raises(KeyError):
        BOOK.on(date(2026, 1, 1))["no_such_rule"]


def test_a_set_is_a_mapping_of_its_rules():
    rule = Rule("a", "A", 1, None, "x", "S")
    one = Statute([RuleSet("s", "S", date(2020, 1, 1), (), {"a": rule})]).on(date(2021, 1, 1))
    assert (len(one), list(one), one["a"], "b" in one) == (1, ["a"], rule, False)


GOOD = """
code = "A"
name = "Bộ A"
since = 2020-01-01
[[document]]
number = "1-QĐ/TW"
issuer = "BCH"
day = 2020-01-01
mark = "S"
[rule.term]
title = "Thời hạn"
value = 3
unit = "months"
citation = "Điểm 1"
mark = "S"
"""


def folder(tmp_path, **files):
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_good_file_is_read(tmp_path):
    found = statute.read(folder(tmp_path, a=GOOD)).on(date(2020, 1, 1))
    assert found["term"] == Rule("term", "Thời hạn", 3, "months", "Điểm 1", "S", "A")
    assert found.documents == (("1-QĐ/TW", "BCH", date(2020, 1, 1), "S"),)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('mark = "S"\n[rule', "[rule", "a.toml: 'mark' missing"),
        ('"Điểm 1"\nmark = "S"', '"Điểm 1"\nmark = "X"', "a.toml: term wants a title, a citation and a mark"),
        ('citation = "Điểm 1"', "", "a.toml: term wants a title, a citation and a mark"),
        ('title = "Thời hạn"', 'title = ""', "a.toml: term wants a title, a citation and a mark"),
        ('unit = "months"', 'unit = "moons"', "a.toml: term wants a whole number of a known unit"),
        ("value = 3", "value = 2.5", "a.toml: term wants a whole number of a known unit"),
        ("value = 3", 'value = "3"', "a.toml: term wants a whole number of a known unit"),
        ("since = 2020-01-01", "", "a.toml: 'since' missing"),
        ("since = 2020-01-01", 'since = "2020"', "a.toml: since is no date"),
        ("[rule.term]", "[law.term]", "a.toml: 'rule' missing"),
        ("[rule.term]", "[rule.term", "a.toml: "),
    ],
)
def test_a_file_at_fault_is_named(tmp_path, right, wrong, said):
    assert right in GOOD
    with pytest.raises(ValueError) as fault:
        statute.read(folder(tmp_path, a=GOOD.replace(right, wrong)))
    assert str(fault.value).startswith(said)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("[rule.term]", "[rule.other]", "A: other missing"),
        ("value = 3", "value = 3", "two rule sets"),
        ('unit = "months"', 'unit = "days"', "B: term of another sort than in A"),
        ('value = 3\nunit = "months"', 'value = "3/4"', "B: term of another sort than in A"),
    ],
)
def test_sets_know_the_same_rules_and_each_has_its_day(tmp_path, right, wrong, said):
    second = GOOD.replace('code = "A"', 'code = "B"').replace(right, wrong)
    with pytest.raises(ValueError, match=said):
        statute.read(folder(tmp_path, a=GOOD, b=second))


def test_without_a_file_there_is_no_statute(tmp_path):
    with pytest.raises(ValueError, match="holds no rule set"):
        statute.read(tmp_path)
