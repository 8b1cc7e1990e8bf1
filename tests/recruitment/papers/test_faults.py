"""What stands against a paper before it is issued: nothing that forbids in a good dossier; each of the thirty faults before
the forms it concerns and no other; what the papers say against each other, field by field."""

import pytest

from recruitment import columns
from recruitment.papers import case as cases
from recruitment.papers import catalogue, concerns, faults
from recruitment.rules import faults as thirty

from . import dossiers

pytestmark = pytest.mark.django_db
FORMS = sorted(catalogue.forms())


@pytest.fixture(scope="module")
def world(module_db):
    return dossiers.build()


def asked(form, said=None):
    """([Fault], the Candidacy) of a form, in the dossier of the demo that has its papers."""
    told = dossiers.case(form)
    on = told.told(catalogue.forms()[form][-1].on)
    candidacy = cases.candidacy(told.candidacy.pk)
    return faults.standing(candidacy, form, snapshot=columns.current(), on=on, said=said), candidacy


def test_the_table_names_every_fault_and_only_forms_there_are():
    assert list(concerns.CONCERNS) == list(thirty.FAULTS)
    for number, concern in concerns.CONCERNS.items():
        named = set(concern.blocks) | set(concern.asks)
        assert named <= set(FORMS), number
        assert not set(concern.blocks) & set(concern.asks), number
        assert named == set(FORMS) or str(concern.elsewhere), number
    assert set(concerns.PART_OF) <= set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_forbids_a_paper_of_a_good_dossier(form, world):
    found, _candidacy = asked(form)
    assert [one for one in found if one.blocks] == []
    assert all(
        one.citation and one.mark in {"S", "M", "?"} and one.said and one.cure and one.title for one in found
    )
    assert len({one.key for one in found}) == len(found)
