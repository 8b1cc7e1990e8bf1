"""Beside the demo's running year: sent to class beside admitted, one result against two targets, a rate of members."""

import pytest

from committees import journal
from recruitment import columns
from recruitment.imports import year_beside
from recruitment.models import Quota
from recruitment.quotas.progress import progress
from recruitment.quotas.several import several
from recruitment.quotas.targets import base_words
from recruitment.quotas.unit_targets import unit_targets

from .test_year_ahead import year  # noqa: F401

pytestmark = pytest.mark.django_db


def test_the_year_has_both_targets_and_what_was_undertaken_on_top(year):  # noqa: F811
    assert year_beside.play_beside()
    snapshot = columns.current()
    found = progress(snapshot, f"BRVT-{year}", "BRVT")
    assert [part.plan.kind for part in several(snapshot, found).parts] == ["assigned", "own"]
    district = progress(snapshot, f"BRVT-{year}-DV", "BRVT-DD")
    assert district.goal == 19 and "2.040 đảng viên ngày 31/12/" in base_words(district.node.target)
    (term,) = unit_targets(snapshot, "BRVT", on=found.on, today=found.on, people=True).terms
    assert len(term.beside.rows) == 15 and (
        term.beside.whole.trained.goal,
        term.beside.whole.admitted.goal,
    ) == (495, 330)
    assert all("(dựng lại)" in quota.document for quota in Quota.objects.all())


def test_once(year):  # noqa: F811
    assert year_beside.play_beside()
    before = journal.head()
    assert not year_beside.play_beside() and journal.head() == before


def test_not_without_the_year(db):
    assert not year_beside.play_beside()
