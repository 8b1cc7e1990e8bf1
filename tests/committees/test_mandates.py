"""Mandates given and ended (the cast is that of cast.py), and the days on which they hold."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from committees import accounts, journal, vietnamese
from committees.forms import MandateForm
from committees.models import Account, Mandate, Role
from tests.factories import make_account, make_mandate, make_province

from .cast import TODAY, TOMORROW, YESTERDAY, build, ended_by, entered, given_to, last_entry, text, to

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make_province("T", districts=2)


@pytest.fixture
def cast(at):
    return build(at)


@pytest.fixture
def alice(cast):
    return entered(cast["alice"])


def test_a_mandate_given_holds_from_its_first_day_to_its_last(cast, alice, at):
    said = {"since": vietnamese.day(TOMORROW), "last": vietnamese.day(TOMORROW)}
    assert given_to(alice, cast["bob"], **said).status_code == 302
    mandate = Mandate.objects.get(account=cast["bob"], role=Role.SECRETARY)
    assert (mandate.since, mandate.until) == (TOMORROW, TOMORROW + timedelta(days=1))
    assert last_entry().deed == "mandate-grant" and last_entry().committee == at["T-1"]


def test_nobody_gives_beyond_their_reach_or_to_themself(cast, alice):
    before = journal.heads()
    assert "Không có tổ chức đảng nào khớp" in text(given_to(alice, cast["bob"], committee="T-2"), 400)
    assert given_to(alice, cast["alice"]).status_code == 403
    assert alice.get(to("mandate-new", cast["alice"].pk)).status_code == 403
    assert given_to(alice, cast["charlie"]).status_code == 404
    assert given_to(entered(cast["bob"]), cast["dora"]).status_code == 403
    assert journal.heads() == before
    assert given_to(alice, cast["bob"]).status_code == 302


def test_the_same_role_twice_on_one_day_is_refused_with_its_days(cast, alice):
    last = TODAY + timedelta(days=30)
    assert given_to(alice, cast["bob"], last=vietnamese.day(last)).status_code == 302
    before = journal.heads()
    page = text(given_to(alice, cast["bob"], since=vietnamese.day(last)), 400)
    assert f"ngày cuối {vietnamese.day(last)}" in page and journal.heads() == before
    after = last + timedelta(days=1)
    assert given_to(alice, cast["bob"], since=vietnamese.day(after)).status_code == 302


def test_a_mandate_ended_on_its_first_day_may_be_given_again(cast, alice):
    given_to(alice, cast["bob"])
    mandate = Mandate.objects.get(account=cast["bob"], role=Role.SECRETARY)
    alice.post(to("mandate-end", mandate.pk))
    assert given_to(alice, cast["bob"]).status_code == 302
    again = Mandate.objects.get(account=cast["bob"], role=Role.SECRETARY)
    assert (again.since, again.until) == (TODAY, None)


def test_a_mandate_ends_after_the_day_typed_and_at_once_without_one(cast, alice):
    mandate = cast["bob"].mandates.get()
    assert ended_by(alice, mandate, vietnamese.day(TOMORROW)).status_code == 302
    mandate.refresh_from_db()
    assert mandate.until == TOMORROW + timedelta(days=1)
    assert ended_by(alice, mandate).status_code == 302
    mandate.refresh_from_db()
    assert mandate.until == TODAY


@pytest.mark.parametrize("typed", [YESTERDAY, "32/01/2026"])
def test_a_day_that_cannot_end_it_is_refused_beside_its_field(cast, alice, typed):
    mandate, before = cast["bob"].mandates.get(), journal.heads()
    written = typed if isinstance(typed, str) else vietnamese.day(typed)
    page = text(ended_by(alice, mandate, written), 400)
    assert written in page and "<title>Lỗi:" in page and f'id="id_m{mandate.pk}-last_error"' in page
    assert journal.heads() == before


def test_ending_never_lengthens(cast, alice):
    mandate = cast["bob"].mandates.get()
    ended_by(alice, mandate, vietnamese.day(TOMORROW))
    before = journal.heads()
    page = text(alice.post(to("mandate-end", mandate.pk),
                           {f"m{mandate.pk}-last": vietnamese.day(TODAY + timedelta(days=9))}, follow=True))  # fmt: skip
    assert "không có gì thay đổi" in page and journal.heads() == before


def test_an_administrator_does_not_end_it_in_the_past(cast):
    mandate = accounts.end_mandate(cast["bob"].mandates.get(), by=cast["alice"], on=date(2020, 1, 1))
    assert mandate.until == TODAY
    with pytest.raises(PermissionDenied):
        accounts.end_mandate(cast["charlie"].mandates.get(), by=cast["alice"], on=TODAY)


days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@given(since=days, last=st.none() | days, asked=days)
def test_what_is_typed_is_what_holds(since, last, asked):
    """A form that passes gives a mandate in force on exactly the days from the first to the last, both included; one
    that is refused had no day left, today or later."""

    class Days(MandateForm):
        role = committee = None

        def __init__(self, *args, access):
            super(MandateForm, self).__init__(*args)
            self.today = access.today

    typed = {"since": vietnamese.day(since), "last": "" if last is None else vietnamese.day(last)}
    form = Days(typed, access=SimpleNamespace(today=TODAY))
    assert form.is_valid() == (last is None or last >= max(since, TODAY))
    if form.is_valid():
        form.cleaned_data |= {"role": "staff", "committee": None}
        granted = form.granted()
        holds = granted["since"] <= asked and (granted["until"] is None or asked < granted["until"])
        assert holds == (since <= asked and (last is None or asked <= last))


@given(first=st.tuples(days, st.none() | days), second=st.tuples(days, st.none() | days))
def test_two_that_overlap_are_found_on_exactly_their_common_days(first, second):
    (a, b), (c, d) = (
        (since, until if until is None or until >= since else since) for since, until in (first, second)
    )
    if d == c:
        return  # nothing is given for no day at all
    far = date(2040, 1, 1)
    account = Account.objects.filter(username="pair").first() or make_account("pair")
    make_mandate(account, Role.STAFF, since=a, until=b)
    found = account.mandates.all().overlapping(c, d).exists()
    with journal.pen(None, "test"):
        account.mandates.all().delete()
    assert found == (max(a, c) < min(b or far, d or far))
