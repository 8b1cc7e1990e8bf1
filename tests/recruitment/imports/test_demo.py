"""The command `demo`: what it refuses. What it leaves behind is in test_demo_played."""

import socket

import pytest
from django.core.management import call_command

from committees import accounts
from committees.models import Account, Committee
from recruitment.management.commands.demo import is_free
from recruitment.models import DemoMark

pytestmark = pytest.mark.django_db


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
