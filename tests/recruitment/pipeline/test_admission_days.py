"""Whatever days are typed: saved and true to what an admission is, or refused at a field by name; never a broken page."""

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from committees import vietnamese
from recruitment import columns
from recruitment.models import Admission, Candidacy, Stage
from recruitment.numbering.bodies import competent
from recruitment.numbering.doubts import doubles
from recruitment.numbering.written import folded_number
from recruitment.pipeline import admissible
from recruitment.pipeline.actions import rank
from tests import factories as make

from .admission_world import NEW, build, typed

TODAY = vietnamese.today()
FOUNDED, ENDED, ENTERED = date(2010, 1, 1), date(2016, 1, 1), date(2012, 6, 1)
# Close to one another and to every bound, so that they contradict each other often and not always.
CLOSE = st.integers(0, 500).map(lambda n: date(2015, 1, 1) + timedelta(days=n))
DAY = st.one_of(
    st.none(), CLOSE, CLOSE, CLOSE,
    st.sampled_from([FOUNDED, ENDED, ENDED - timedelta(days=1), ENTERED, TODAY, TODAY + timedelta(days=1)]),
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
)  # fmt: skip
BORN = st.one_of(
    st.dates(date(1996, 6, 1), date(1998, 6, 1)),
    st.just(date(1990, 3, 14)),
    st.dates(date(1900, 1, 1), TODAY),
)
NAMES = ("decided_on", "received_on", "ceremony_on", "official_on")


def text(day):
    return None if day is None else vietnamese.day(day)


class TestDays(TestCase):
    def setUp(self):
        self.world = build()
        self.client = Client()
        self.client.force_login(self.world.alice)
        cell = self.world.at["T-1-1-1"]
        with make._pen():
            place = cell.placements.get()
            place.since, place.until = FOUNDED, ENDED
            place.save()

    @settings(max_examples=120)
    @given(days=st.tuples(DAY, DAY, DAY, DAY), born=BORN, followed=st.booleans())
    @example(days=(date(2015, 4, 24), None, None, None), born=date(1997, 4, 30), followed=True)
    @example(days=(date(2015, 4, 24), None, None, date(2015, 4, 25)), born=date(1990, 1, 1), followed=False)
    @example(days=(date(1900, 1, 1), None, None, None), born=date(1900, 1, 1), followed=False)
    def test_saved_and_true_or_refused_by_name(self, days, born, followed):
        same = {}
        if followed:
            candidacy = make.make_candidacy(self.world.at["T-1-1-1"], ENTERED, sex="F", born=born)
            same = {"full_name": candidacy.person.full_name, "same": str(candidacy.person_id)}
        said = typed(**dict(zip(NAMES, map(text, days), strict=True)), born=text(born), **same)
        response = self.client.post(NEW, said)
        if response.status_code == 400 and response.context["form"].doubts:
            assert not Admission.objects.exists()
            keys = [doubt.key for doubt, _yes in response.context["form"].doubts]
            response = self.client.post(NEW, said | {"confirmed": keys})
        if response.status_code == 400:
            form = response.context["form"]
            assert form.errors and set(form.errors) <= {*NAMES, "born"}
            assert all(len(messages) == 1 for messages in form.errors.values())
            assert not Admission.objects.exists()
            return
        assert response.status_code == 302
        self._true(Admission.objects.get(), days)

    def _true(self, admission, days):
        assert tuple(getattr(admission, name) for name in NAMES) == days
        decided, received, held, official = days
        assert FOUNDED <= decided < ENDED
        assert not admissible.clashes(admission)
        order = [day for day in (decided, received, held) if day]
        assert order == sorted(order)
        assert official is None or official > (held or decided)
        assert max(day for day in days if day) <= TODAY
        born = admission.born
        assert (decided.year - born.year) * 12 + decided.month - born.month >= 18 * 12
        for candidacy in Candidacy.objects.all():
            assert candidacy.entered_on <= decided and admission.candidacy == candidacy
            steps = list(candidacy.steps.order_by("on", "pk"))
            assert [rank(step.stage) for step in steps] == sorted(rank(step.stage) for step in steps)
            assert steps[-1].stage == candidacy.stage
            assert candidacy.stage == (
                Stage.OFFICIAL if official else Stage.PROBATION if held else Stage.DECIDED
            )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("145-QĐ/HU", "145 - QĐ/HU", True),
        ("145-QĐ/HU", "145-qd/hu", True),
        ("145-QĐ/HU", "145–QĐ/HU", True),
        ("145-QĐ/HU", "145-QĐ/TU", False),
        ("145-QĐ/HU", "1450-QĐ/HU", False),
        ("5-QĐ/HU", "05-QĐ/HU", True),
        ("05-QĐ/HU", "5-QĐ/HU", True),
        ("5-QĐ/HU", "50-QĐ/HU", False),
    ],
)
def test_the_same_number_however_it_is_written(db, one, other, same):
    """As compared, and as found among what was logged."""
    assert (folded_number(one) == folded_number(other)) == same
    at = make.make_province("T", districts=1, communes=1, cells=2)
    logged = make.make_admission(at["T-1-1-2"], date(2015, 4, 2), decision_number=other)
    structure, on = columns.current().structure, date(2015, 4, 24)
    found = doubles(structure, one, competent(structure, structure.by_code["T-1-1-1"], on), on)
    assert [use.pk for use in found] == [logged.pk] * same


@pytest.mark.django_db
def test_who_decides_for_a_cell():
    """The committee above the grassroots that day: the district, then the commune; the province where there is none."""
    at = make.make_province("T")
    at["T-9"] = make.make_committee("T-9", "grassroots_cell", at["T"])
    make.place(at["T-1-1"], "upper", at["T"], since=date(2025, 7, 1))
    from recruitment import columns

    structure = columns.current().structure

    def body(code, on):
        return structure.codes[competent(structure, structure.by_code[code], on)]

    assert body("T-1-1-1", date(2025, 6, 30)) == "T-1"
    assert body("T-1-1-1", date(2025, 7, 1)) == "T-1-1"
    assert body("T-9", date(2020, 1, 1)) == "T"
