"""A small register and the workbooks people send: written by openpyxl, as untidy as real ones."""

import json
import unicodedata
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from openpyxl import Workbook

from committees import journal
from committees.models import Account, Mandate, Role
from committees.vietnamese import parse_day
from recruitment.imports.layout import headings
from recruitment.imports.load import load

COMMITTEES = [
    # code, name, kind, above, from, until
    ("T", "Đảng bộ tỉnh T", "Đảng bộ tỉnh", None, "01/01/2000", None),
    ("T-H1", "Đảng bộ huyện Một", "Đảng bộ cấp trên trực tiếp cơ sở", "T", None, None),
    ("T-H2", "Đảng bộ huyện Hai", "Đảng bộ cấp trên trực tiếp cơ sở", "T", None, None),
    ("T-H1-X", "Đảng bộ xã X", "Đảng bộ cơ sở", "T-H1", None, None),
    ("T-H1-X-1", "Chi bộ thôn 1", "Chi bộ trực thuộc", "T-H1-X", None, None),
    ("T-H1-X-2", "Chi bộ thôn 2", "Chi bộ trực thuộc", "T-H1-X", "01/01/2005", "31/12/2015"),
    ("T-H2-C", "Chi bộ cơ quan", "Chi bộ cơ sở", "T-H2", None, None),
]


def committee_rows(rows=COMMITTEES):
    names = ("Mã tổ chức", "Tên tổ chức đảng", "Loại", "Mã cấp trên", "Từ ngày", "Đến ngày")
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.fixture
def register(db):
    """Seven committees of a province, loaded like any workbook."""
    report = load("committees", committee_rows(), name="nền")
    assert not report.faults, list(map(str, report.faults))
    return report


@pytest.fixture
def plan(register):
    row = {
        "Mã kế hoạch": "KH", "Tên": "Kế hoạch", "Cơ quan ban hành": "Tỉnh ủy", "Từ ngày": "01/01/2011",
        "Đến ngày": "31/12/2015", "Mã tổ chức": "T",
    }  # fmt: skip
    assert load("plans", [row], name="nền").new == 1


@pytest.fixture
def give(register):
    """give(username, role, code) → an account with that mandate."""

    def give(username, role, code):
        from committees.models import Committee

        with journal.pen(None, "test"):
            account = Account(username=username)
            account.set_unusable_password()
            account.save()
            committee = Committee.objects.get(code=code)
            Mandate(
                account=account, committee=committee, role=Role(role), since=parse_day("01/01/2011")
            ).save()
        return account

    return give


@pytest.fixture
def workbook(tmp_path):
    """workbook(kind, rows) → the path of a file with those rows, headings written as people write them."""

    def write(kind, rows, *, formats=None, omit=(), name="tệp.xlsx"):
        book = Workbook()
        sheet = book.active
        sheet.title = "Biểu 1"
        names = [heading for heading, _ in headings(kind) if heading not in omit]
        sheet["A1"], sheet["A3"] = "ĐẢNG BỘ TỈNH T", "DANH SÁCH NĂM 2015"
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("A3:F3")
        sheet.append([])
        untidy = ("{} (*)", "  {}  ", "{} *", "{} (ghi rõ)")
        written = [untidy[i % 4].format(name) for i, name in enumerate(names)]
        sheet.append(["STT", *(unicodedata.normalize("NFD", text.upper()) for text in written), "Ghi chú"])
        for number, row in enumerate(rows, start=1):
            sheet.append([number, *(row.get(name) for name in names), "—"])
        for column, shown in (formats or {}).items():
            for row in range(6, sheet.max_row + 1):
                sheet.cell(row, names.index(column) + 2).number_format = shown
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def run(capsys):
    """run("load", kind, path, …) → exit code, stdout, the lines of stderr, and the JSON where it was asked for."""

    def run(*arguments):
        capsys.readouterr()
        code = 0
        try:
            call_command(*map(str, arguments))
        except SystemExit as stop:
            code = stop.code
        told = capsys.readouterr()
        document = json.loads(told.out) if "--json" in arguments and told.out else None
        return SimpleNamespace(code=code, out=told.out, err=told.err.splitlines(), json=document)

    return run


def content():
    """Every row of ours, without the journal, the batches and packages (which stay, as undone) and the stamps: what a load
    and its undoing must leave equal."""
    found = {}
    for model in [
        *apps.get_app_config("committees").get_models(),
        *apps.get_app_config("recruitment").get_models(),
    ]:
        if model._meta.model_name in {"entry", "head", "batch", "reorganisation"}:
            continue
        names = [field.attname for field in model._meta.concrete_fields if field.attname != "stamp"]
        found[model._meta.label] = sorted(map(repr, model._base_manager.values_list(*names)))
    return found


@pytest.fixture
def register_content():
    return content
