"""Groups as arithmetic: bits equal what a person would judge row by row, a group never exceeds the whole, one admission
counts in each of its groups; a definition is told in words."""

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.tree import Structure
from committees.vietnamese import age_on, fold
from recruitment.columns import Snapshot
from recruitment.fact_tables import ADMISSIONS, TRAITS
from recruitment.facts import Table
from recruitment.models import Group, Plan
from recruitment.models import Quota as QuotaRow
from recruitment.quotas import group_terms as terms
from recruitment.quotas.progress import Standings
from recruitment.rules import form2

WORDS = {
    "ethnicity": ["", "Kinh", "KHMER", "Chăm", "châu ro"],
    "religion": ["", "Không", "Công giáo", "Phật giáo", "không tôn giáo"],
    "occupation": ["", "Nông dân", "Ngư dân", "Giáo viên", "Công nhân", "Phi công"],
    "education": ["", "12/12", "THCS", "cấp 1", "?"],
    "qualification": ["", "Đại học", "Thạc sĩ", "Trung cấp", "?"],
    "organisation_type": ["", "Doanh nghiệp FDI", "Xã", "Trường học"],
}
ROW_OF = {
    "occupation_row": ("occupation", form2.occupation), "education_row": ("education", form2.education),
    "qualification_row": ("qualification", form2.qualification),
}  # fmt: skip
FIRST, LAST = date(2015, 1, 1), date(2015, 12, 31)


def word_conditions(field):
    words = st.lists(st.sampled_from(WORDS[field][1:]), min_size=1, max_size=3, unique=True)
    return st.one_of(
        words.map(lambda chosen: terms.one_of(field, chosen)),
        words.map(lambda chosen: terms.other_than(field, chosen)),
    )


def row_conditions(name):
    return st.lists(st.sampled_from(terms.ROWS[name]), min_size=1, max_size=3, unique=True).map(
        lambda rows: terms.one_of(name, rows)
    )


ages = st.one_of(st.none(), st.integers(0, 70))
CONDITIONS = st.one_of(
    st.sampled_from(["f", "m"]).map(lambda sex: {"field": "sex", "in": [sex]}),
    st.tuples(ages, ages).map(lambda pair: terms.of_age(*pair)),
    st.sampled_from(["ethnicity", "religion", "occupation", "organisation_type"]).flatmap(word_conditions),
    st.sampled_from(sorted(terms.ROWS)).flatmap(row_conditions),
    st.booleans().map(lambda member: terms.is_("union_member", member)),
    st.sampled_from([terms.with_religion(), terms.without_religion()]),
)
PREDICATES = st.lists(CONDITIONS, min_size=1, max_size=4)
PEOPLE = st.fixed_dictionaries(
    {name: st.sampled_from(words) for name, words in WORDS.items()}
    | {
        "sex": st.sampled_from("FM"), "union_member": st.booleans(), "cell": st.sampled_from([3, 4, 5]),
        "born": st.dates(date(1940, 1, 1), date(2016, 1, 1)),
        "decided": st.dates(date(2014, 7, 1), date(2016, 6, 30)), "cancelled": st.booleans(),
    }
)  # fmt: skip


def holds(condition, person):
    """What a person would say, reading the condition and the record."""
    field = condition["field"]
    if field == "age":
        years = age_on(person["born"], person["decided"])
        return years >= 0 and condition["from"] <= years <= condition["to"]
    if field == "union_member":
        return person[field] is condition["is"]
    name, recognise = ROW_OF.get(field, (field, str))
    said = person[name]
    word = fold(recognise(said)) if said else ""
    if "in" in condition:
        return word != "" and word in condition["in"]
    return word != "" and word not in condition["not_in"]


def admissions(people, groups):
    """The fact table of these people, as the database would give them."""
    raw = {name: [person[name] for person in people] for name in TRAITS} | {
        "id": list(range(1, len(people) + 1)), "person": list(range(1, len(people) + 1)),
        "cell": [person["cell"] for person in people], "key": [f"{k:04}" for k in range(len(people))],
        "candidacy": [None] * len(people), "lacks": [0] * len(people), "number": [""] * len(people), "born": [person["born"] for person in people],
        "decided_on": [person["decided"] for person in people],
        "cancelled_on": [person["decided"] if person["cancelled"] else None for person in people],
    }  # fmt: skip
    for name in ("received_on", "ceremony_on", "official_on", "recognised_on", "left_on", "arrived_on"):
        raw[name] = [None] * len(people)
    return Table(ADMISSIONS.build(raw, groups))


@given(st.lists(PEOPLE, max_size=30), st.lists(PREDICATES, min_size=1, max_size=8))
def test_bits_are_what_a_person_would_judge_row_by_row(people, predicates):
    groups = [Group(code=f"g{k}", predicate=predicate) for k, predicate in enumerate(predicates)]
    bits = admissions(people, groups)["groups"]
    for row, person in enumerate(people):
        judged = [all(holds(condition, person) for condition in predicate) for predicate in predicates]
        assert [bool(int(bits[row]) & (1 << k)) for k in range(len(groups))] == judged


@given(st.lists(PEOPLE, min_size=1, max_size=5), st.lists(PREDICATES, min_size=60, max_size=60))
def test_sixty_groups_fit(people, predicates):
    groups = [Group(code=f"g{k}", predicate=predicate) for k, predicate in enumerate(predicates)]
    bits = admissions(people, groups)["groups"]
    last = [all(holds(condition, person) for condition in predicates[-1]) for person in people]
    assert ((bits & (1 << 59)) != 0).tolist() == last


def world(people, predicates):
    """A province of two districts and three cells, ids 1 to 5, with these admissions and a target for each group."""
    groups = [
        Group(pk=k + 1, code=f"g{k}", name=f"g{k}", predicate=predicate)
        for k, predicate in enumerate(predicates)
    ]
    placements = [
        (pk, date(2000, 1, 1), None, above, kind, f"T{pk}", "", f"t{pk}")
        for pk, above, kind in ((1, None, "province"), (2, 1, "upper"), (3, 2, "cell"), (4, 2, "cell"), (5, 1, "cell"))
    ]  # fmt: skip
    structure = Structure([(pk, f"T{pk}") for pk in range(1, 6)], placements, [])
    plan = Plan(pk=1, code="KH", since=FIRST, until=LAST + timedelta(days=1))
    small = SimpleNamespace(
        groups=groups, bits={group.code: 1 << k for k, group in enumerate(groups)}, plans={"KH": plan},
        quotas={
            (1, group.pk): {1: [QuotaRow(plan=plan, committee_id=1, group=group, low=1, effective_on=FIRST)]}
            for group in groups
        }, reported={}, headcounts={}, sourceless={},
    )  # fmt: skip
    tables = {"admissions": admissions(people, groups)}
    return Snapshot(1, b"", structure, tables, small, None), plan, groups


@given(st.lists(PEOPLE, max_size=25), st.lists(PREDICATES, min_size=1, max_size=5))
def test_a_group_never_exceeds_the_whole_and_each_admission_counts_in_each_of_its_groups(people, predicates):
    snapshot, plan, groups = world(people, predicates)
    tree = snapshot.tree(LAST)
    whole = Standings(snapshot, plan, tree, LAST, LAST, None).recorded
    below = {1: {3, 4, 5}, 2: {3, 4}, 3: {3}, 4: {4}, 5: {5}}
    for group, predicate in zip(groups, predicates, strict=True):
        answer = Standings(snapshot, plan, tree, LAST, LAST, group)
        assert np.all(answer.recorded <= whole)
        for pk, cells in below.items():
            theirs = [
                person
                for person in people
                if person["cell"] in cells
                and not person["cancelled"]
                and FIRST <= person["decided"] <= LAST
                and all(holds(condition, person) for condition in predicate)
            ]
            assert answer.standing(tree.of(pk)).admitted == len(theirs)


# In words ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_groups_everybody_counts_are_told_in_words():
    assert {group.code: terms.sentence(group.predicate) for group in Group.objects.all()} == {
        "women": "nữ",
        "youth": "từ 18 đến 30 tuổi",
        "youth_union": "là đoàn viên",
        "ethnic_minority": "dân tộc khác Kinh",
        "religious": "có tôn giáo",
        "farmers": "nghề nghiệp theo biểu 2-BTCTW: Nông, lâm, ngư nghiệp",
        "workers": "nghề nghiệp theo biểu 2-BTCTW: Doanh nghiệp: công nhân trực tiếp",
        "students": "nghề nghiệp theo biểu 2-BTCTW: Học sinh hoặc Sinh viên",
        "business_owners": "nghề nghiệp ghi chủ doanh nghiệp, chủ doanh nghiệp tư nhân hoặc chủ DN",
        "private_enterprise": terms.sentence([
            terms.one_of("organisation_type", [
                "doanh nghiệp ngoài nhà nước", "doanh nghiệp tư nhân", "doanh nghiệp ngoài khu vực nhà nước",
                "DN tư nhân", "DN ngoài nhà nước", "doanh nghiệp FDI", "DN FDI", "FDI",
                "doanh nghiệp có vốn đầu tư nước ngoài", "DN có vốn đầu tư nước ngoài", "công ty tư nhân",
            ])
        ]),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ([terms.of_age(None, 30)], "không quá 30 tuổi"),
        ([terms.of_age(35, None)], "từ 35 tuổi trở lên"),
        ([terms.other_than("ethnicity", ["Kinh", "Hoa"])], "dân tộc khác Kinh hoặc Hoa"),
        ([terms.without_religion()], "không tôn giáo"),
        ([terms.other_than("religion", ["Phật giáo"])], "tôn giáo khác Phật giáo"),
        ([terms.is_("union_member", False), terms.one_of("education_row", ["THPT"])],
         "không phải đoàn viên; học vấn THPT"),
    ],
)  # fmt: skip
def test_a_departments_own_in_the_words_it_typed(conditions, said):
    assert terms.sentence(conditions) == said


@given(PREDICATES)
def test_every_definition_has_words_and_equals_itself_however_typed(predicate):
    assert terms.sentence(predicate)
    shouted = [
        dict(reversed((condition | {"said": [word.upper() for word in condition.get("said", ())]}).items()))
        for condition in reversed(predicate)
    ]
    assert terms.same(predicate, shouted)
    assert not terms.same(predicate, [*predicate, {"field": "sex", "in": ["x"]}])
