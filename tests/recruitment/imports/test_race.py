"""Two loads of one file at once: one writes, the other finds everything said already."""

import threading

import pytest
from django.db import connection

from committees import journal
from recruitment.imports import load as loading
from recruitment.imports.load import load
from recruitment.models import Admission, Batch

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
