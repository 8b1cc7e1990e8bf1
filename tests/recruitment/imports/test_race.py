"""Two loads of one file at once: one writes, the other finds everything said already."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from committees import journal
from committees.models import Account
from recruitment.imports import load as loading
from recruitment.imports.load import load
from recruitment.models import Admission, Batch, Upload

ROW = {
    "Họ và tên": "Lê Văn Tám", "Sinh ngày": "14/03/1990", "Giới tính": "Nam", "Mã tổ chức": "T-H1-X-1",
    "Ngày quyết định": "19/05/2014",
}  # fmt: skip


def race(monkeypatch):
    """Both check before either writes; the reports of both."""
    both, reports, check = threading.Barrier(2, timeout=20), [], loading.check
    met = threading.local()

    def meet(*args):
        checked = check(*args)
        if not getattr(met, "once", False):
            met.once = True
            both.wait()
        return checked

    monkeypatch.setattr(loading, "check", meet)

    def run():
        try:
            reports.append(load("admissions", [ROW], name="thử"))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted((report.new, report.same) for report in reports)


@pytest.mark.django_db(transaction=True)
def test_one_writes_and_the_other_finds_it_there(register, monkeypatch):
    assert race(monkeypatch) == [(0, 1), (1, 0)]
    assert Admission.objects.count() == 1 and Batch.objects.filter(kind="admissions").count() == 1
    assert journal.verify() is None


@pytest.mark.django_db(transaction=True)
def test_control_without_the_check_under_the_pen_both_write(register, monkeypatch):
    write = loading._write

    def blind(judged, actor, version, *rest):
        """Writes what it checked, however much was written since."""
        while True:
            try:
                return write(judged, actor, journal.head(), *rest)
            except loading._Overtaken:
                continue

    monkeypatch.setattr(loading, "_write", blind)
    assert race(monkeypatch) == [(1, 0), (1, 0)]
    assert Admission.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("whose", "checks"), [("LÊ VĂN TÁM", 2), ("Lê Văn Chín", 1)])
def test_only_what_the_check_rests_on_has_it_made_anew(register, monkeypatch, whose, checks):
    """A busy office writes of other people, and looks at files of its own, while a long file is checked."""
    other = {**ROW, "Họ và tên": whose, "Mã tổ chức": "T-H2-C", "Ngày đưa vào nguồn": "01/02/2013"}
    real, made = loading.check, []

    def slow(kind, *args):
        checked = real(kind, *args)
        if kind == "admissions":
            made.append(checked)
            if len(made) == 1:
                assert load("candidates", [other], name="khác").new == 1
            with journal.pen(None, "test"):
                waiting = Upload(account=account, kind="plans", name="x", content=b"", made_at=timezone.now())
                Upload.objects.bulk_create([waiting])
        return checked

    with journal.pen(None, "test"):
        account = Account.objects.create(username="ai")
    monkeypatch.setattr(loading, "check", slow)
    assert load("admissions", [ROW], name="thử").new == 1 and len(made) == checks
    assert journal.verify() is None
