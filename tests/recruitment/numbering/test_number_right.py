"""A number doubted where its paper is issued leads to the record it is taken from, with the right spelling typed already."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from committees.models import Role
from recruitment.imports import papers_said
from tests import factories as make
from tests.factories_papers import make_block
from tests.recruitment.papers import dossiers

pytestmark = pytest.mark.django_db


def test_the_right_spelling_is_a_click_and_a_free_number_is_offered():
    made, client = dossiers.build(), Client()
    client.force_login(make.make_account("alice", Role.STAFF, made["BRVT"]))
    pk = dossiers.case("to-trinh-chi-bo").candidacy.pk

    def page(form):
        return client.get(reverse("recruitment:candidacy-paper", args=[pk, form])).content.decode()

    link = re.search(
        r'href="(/papers/\d+/correct/\?number=[^"]+)">Sửa thành (\d+-TTr/CB)', page("to-trinh-chi-bo")
    )
    assert link, "the cell's submission bears letters of a committee"
    assert f'value="{link[2]}"' in client.get(html.unescape(link[1])).content.decode()
    make_block(made[papers_said.BASE_CELL], 3, 9, suffix="-GM/CB", sign="GM")
    make_block(made[papers_said.SECTION_CELL], 3, 9, suffix="-GM/CB", sign="GM")
    assert '<option value="03-GM/CB">' in page("giay-moi")
