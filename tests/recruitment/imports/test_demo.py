"""The command `demo`: what it refuses, what it leaves behind, and that a second run leaves nothing more."""

import socket
from datetime import date

import pytest
from django.core.management import call_command

from committees import accounts, journal
from committees.models import Account, Committee
from recruitment import columns
from recruitment.imports import road
from recruitment.management.commands.demo import is_free
from recruitment.models import Admission, DemoMark
from recruitment.quotas.progress import progress

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def debug(settings):
    settings.DEBUG = True
    settings.DEMO_PASSWORD = "mat-khau-thu-1"
    return settings


def refused(capsys, *options):
    with pytest.raises(SystemExit) as stop:
        call_command("demo", "--no-serve", *options)
    assert stop.value.code == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert not DemoMark.objects.exists()
    assert not Committee.objects.exists()
    return told[0]


def test_refuses_where_debug_is_off(settings, capsys):
    settings.DEBUG = False
    assert "DEBUG" in refused(capsys)


def test_refuses_a_database_somebody_works_in(debug, capsys):
    accounts.open_account("can-bo", by=None)
    assert "dữ liệu thật" in refused(capsys)
    assert Account.objects.count() == 1


def test_refuses_an_impossible_port(debug, capsys):
    assert "--port" in refused(capsys, "--port", "70000")


def test_a_port_in_use_is_not_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not is_free(taken.getsockname()[1])


def test_the_demo_stands_twice_and_survives_the_reform(debug, capsys):
    call_command("demo", "--no-serve")
    once = journal.head()
    found = progress(columns.current(), "BRVT-2010-2015", "BRVT")
    assert (found.admitted, found.goal, found.met, found.assigned) == (9701, 9352, 10, 15)
    assert str(found.percent) == "103.73"
    assert found.previous.difference == 2035
    thanh_liem = progress(columns.current(), "HN-TL-DH", "HN-TL", on=date(2023, 10, 31))
    assert str(thanh_liem.percent) == "89.83"
    assert Account.objects.get(username="thuong-vu").check_password("mat-khau-thu-1")

    call_command("demo", "--no-serve")
    assert journal.head() == once
    assert "không thêm gì" in capsys.readouterr().out

    call_command("demo", "--no-serve", "--reform")
    city = progress(columns.current(), "BRVT-2010-2015", "HCM", on=date(2015, 12, 31), tree_on=TODAY)
    assert (city.admitted, city.goal) == (9701, 9352)
    reformed = journal.head()
    call_command("demo", "--no-serve", "--reform")
    assert journal.head() == reformed
    since = Admission.objects.filter(candidacy__entered_on__year__in=range(2018, TODAY.year + 1))
    invented = since.exclude(cell__code__in=road.CELLS).count()
    assert invented > 2000
    assert Admission.objects.count() - invented == 9707 + 539 + 9  # nine of the dossiers of today are decided
