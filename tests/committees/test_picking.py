"""A committee chosen by a few words: found without accents, only within reach, offered where several fit."""

from datetime import date

import pytest
from django import forms

from committees.access import FIGURES, RECORD
from committees.models import Kind, Role
from committees.picking import CommitteeField
from tests import factories as make

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    cell = CommitteeField(label="Chi bộ")


def asked(account, words, *, right=RECORD, **options):
    form = Form({"cell": words})
    form.fields["cell"].within(make.door(account), right, Kind.cells(), **options)
    return form


@pytest.fixture
def world():
    at = make.make_province("T", districts=2, communes=1, cells=0)
    for code, parent, name in (
        ("T-1-1-1", "T-1-1", "Chi bộ ấp Phước Trung"),
        ("T-1-1-2", "T-1-1", "Chi bộ ấp Phước Tân"),
        ("T-2-1-1", "T-2-1", "Chi bộ ấp Phước Lộc"),
    ):
        at[code] = make.make_committee(code, Kind.CELL, at[parent], name=name)
    return at


@pytest.fixture
def alice(world):
    return make.make_account("alice", Role.STAFF, world["T-1"])


@pytest.mark.parametrize(
    "words", ["phuoc trung", "Phước  Trung", "T-1-1-1", "t-1-1-1", "Chi bộ ấp Phước Trung · T-1-1-1"]
)
def test_words_without_accents_a_code_or_the_label_find_it(alice, words):
    form = asked(alice, words)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["cell"].code == "T-1-1-1"


def test_several_that_fit_are_offered_and_none_is_taken(alice):
    form = asked(alice, "phuoc")
    assert not form.is_valid()
    assert form.fields["cell"].offers == ["Chi bộ ấp Phước Trung · T-1-1-1", "Chi bộ ấp Phước Tân · T-1-1-2"]
    assert "2 tổ chức" in form.errors["cell"][0]


def test_a_cell_that_became_a_party_committee_is_found_where_past_days_count(world, alice):
    grown = make.make_committee("T-1-2", Kind.GRASSROOTS_CELL, world["T-1"], name="Chi bộ cơ sở Trường Mới")
    place = {"name": "Đảng bộ cơ sở Trường Mới", "since": date(2020, 1, 1)}
    make.place(grown, Kind.GRASSROOTS_PARTY, world["T-1"], **place)
    for words in ("chi bo co so truong moi", "T-1-2", "Chi bộ cơ sở Trường Mới · T-1-2"):
        found = asked(alice, words, ended=True)
        assert found.is_valid() and found.cleaned_data["cell"].code == "T-1-2", words
        assert not asked(alice, words).is_valid(), "today it is no cell"


def test_what_lies_outside_the_reach_is_as_what_does_not_exist(alice):
    beyond, nothing = asked(alice, "T-2-1-1"), asked(alice, "T-9-9-9")
    assert not beyond.is_valid() and not nothing.is_valid()
    assert beyond.errors["cell"][0].replace("T-2-1-1", "") == nothing.errors["cell"][0].replace("T-9-9-9", "")


def test_a_committee_of_another_kind_is_not_offered(alice):
    assert not asked(alice, "T-1-1").is_valid()


def test_the_only_one_is_chosen_already(world):
    secretary = make.make_account("bob", Role.SECRETARY, world["T-1-1-2"])
    assert asked(secretary, "").fields["cell"].initial == "Chi bộ ấp Phước Tân · T-1-1-2"


def test_one_that_ended_only_where_it_is_asked_for(world, alice):
    make.end_committee(world["T-1-1-2"], date(2020, 1, 1), heir=world["T-1-1-1"])
    assert not asked(alice, "phuoc tan").is_valid()
    assert asked(alice, "phuoc tan", ended=True).is_valid()


def test_suggestions_stay_within_reach_and_ask_few_queries(
    client, world, alice, django_assert_max_num_queries
):
    client.force_login(alice)
    with django_assert_max_num_queries(9):
        page = client.get("/committees/suggest/", {"q": "phuoc", "right": RECORD, "cells": "1"})
    assert page.content.decode().count("<option") == 2
    assert "T-2-1-1" not in page.content.decode()


def test_who_holds_no_such_right_is_refused(client, world):
    client.force_login(make.make_account("carol", Role.STANDING, world["T-1"]))
    assert client.get("/committees/suggest/", {"q": "phuoc", "right": RECORD}).status_code == 403
    assert client.get("/committees/suggest/", {"q": "phuoc", "right": FIGURES}).status_code == 200
