"""Two clicks at once on one button: the file is loaded once, and the second is told."""

import threading

import pytest
from django.db import connection

from committees import journal
from recruitment.imports import desk
from recruitment.imports import load as loading
from recruitment.models import Admission, Batch, Upload
from tests.factories import make_upload

ROW = {
    "Họ và tên": "Lê Văn Tám", "Sinh ngày": "14/03/1990", "Giới tính": "Nam", "Mã tổ chức": "T-H1-X-1",
    "Ngày quyết định": "19/05/2014",
}  # fmt: skip


def race(monkeypatch, upload, account):
    """Both clicks have checked the file before either writes; what each got."""
    both, answers, met = threading.Barrier(2, timeout=20), [], threading.local()
    real = loading.check

    def meet(*args):
        found = real(*args)
        if not getattr(met, "once", False):
            met.once = True
            both.wait()
        return found

    monkeypatch.setattr(loading, "check", meet)

    def click():
        try:
            answers.append(desk.apply(upload, by=account).batch is not None)
        except desk.Gone:
            answers.append("gone")
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(map(str, answers))


@pytest.fixture
def waiting(register, give):
    account = give("alice", "staff", "T-H1")
    return make_upload(account, "admissions", [ROW]), account


@pytest.fixture
def blind(monkeypatch):
    """A load that never looks whether somebody wrote since its check."""
    write = loading._write

    def blind(judged, actor, version, *rest):
        while True:
            try:
                return write(judged, actor, journal.head(), *rest)
            except loading._Overtaken:
                continue

    monkeypatch.setattr(loading, "_write", blind)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_load_once(waiting, monkeypatch):
    assert race(monkeypatch, *waiting) == ["True", "gone"]
    assert Admission.objects.count() == 1 and not Upload.objects.exists()
    assert journal.verify() is None


@pytest.mark.django_db(transaction=True)
def test_the_claim_alone_lets_one_through(waiting, monkeypatch, blind):
    assert race(monkeypatch, *waiting) == ["True", "gone"]
    assert Admission.objects.count() == 1 and Batch.objects.filter(kind="admissions").count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_claim_both_write(waiting, monkeypatch, blind):
    monkeypatch.setattr(desk, "_remove", lambda **which: 1)
    assert race(monkeypatch, *waiting) == ["True", "True"]
    assert Admission.objects.count() == 2
