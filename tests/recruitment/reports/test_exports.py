"""Lists as files: the rows of the page and no other, for every role; real values; one entry of the reads chain each."""

import csv
import io
import json
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from committees.models import Entry, Role
from recruitment.models import Admission, Candidacy, Stage
from tests import factories as make
from tests.recruitment import world as worlds


@pytest.fixture
def world(db):
    """The small province, and Charlie's beside it: people whom nobody here may see."""
    found = worlds.build()
    other = make.make_province("C")
    make.make_admission(other["C-1-1-1"], date(2015, 2, 3), full_name="Charlie Kết Nạp")
    make.make_candidacy(other["C-1-1-1"], date(2015, 2, 3), full_name="Charlie Quần Chúng")
    return found


@pytest.fixture
def people(world):
    made = worlds.people(world)
    made["inspector"] = make.make_account("kiem-tra", Role.INSPECTOR, world.at["T-1"])
    made["administrator"] = make.make_account("quan-tri", Role.ADMINISTRATOR, world.at["T"])
    return made


def export(client, name, form="csv", **asked):
    return client.get(f"/exports/{name}.{form}", asked)


def content(answer):
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content)


def table(answer):
    """[row] of a CSV answer, the headings first."""
    return list(csv.reader(io.StringIO(content(answer).decode("utf-8-sig")), delimiter=";"))


def book(answer):
    return load_workbook(io.BytesIO(content(answer))).active


def last_read():
    entry = Entry.objects.filter(chain=Entry.READS).order_by("number").last()
    return entry and (
        entry.deed, entry.about, entry.committee.code if entry.committee else None, json.loads(entry.payload)
    )  # fmt: skip


def all_pages(client, address, **asked):
    """[id] of every row on every page of a list, and the count it says."""
    found, after, count = [], "", None
    while True:
        page = client.get(address, {**asked, "after": after}).context["page"]
        assert count in {None, page.count}
        count = page.count
        found += [record.pk for record in page.window.records]
        if page.window.after is None:
            return found, count
        after = page.window.after


REACH = {"staff": "T", "inspector": "T-1", "district": "T-2", "secretary": "T-2-1-1"}


@pytest.mark.parametrize("role", REACH)
@pytest.mark.parametrize(
    ("name", "address", "model"),
    [
        ("admissions", "recruitment:admission-list", Admission),
        ("candidacies", "recruitment:candidacy-list", Candidacy),
    ],
)
def test_list_page_export_and_figure_are_one(client, world, people, role, name, address, model):
    client.force_login(people[role])
    asked = {"plan": "KH-2"} if model is Admission else {}
    ids, count = all_pages(client, reverse(address), **asked)
    assert len(ids) == len(set(ids)) == count
    within = model.objects.filter(cell__code__startswith=REACH[role])
    if model is Admission:
        within = within.filter(cancelled_on=None)
    assert set(ids) == set(within.values_list("pk", flat=True))

    _headings, *rows = table(export(client, name, **asked))
    named = dict(model.objects.values_list("pk", "person__full_name"))
    assert [row[0] for row in rows] == [named[pk] for pk in ids]
    assert len(list(book(export(client, name, "xlsx", **asked)).values)) == count + 3

    dashboard = client.get(reverse("recruitment:dashboard", args=[REACH[role]]), {"plan": "KH-2"})
    found = dashboard.context["page"].found
    if model is Admission:
        assert found.node.admitted == count
    else:
        # The dashboard counts the road at the end of its plan; nobody has moved since.
        assert found.pipeline is None or len(ids) == sum(
            client.get(reverse(address), {"stage": stage, "committee": REACH[role]}).context["page"].count
            for stage in Stage.open()
        )
    assert not any("Charlie" in cell for row in rows for cell in row)


@pytest.mark.parametrize("name", ["admissions", "certificates", "candidacies"])
def test_who_may_not_see_people_gets_no_file_of_them(client, people, name):
    for role in ("standing", "administrator"):
        client.force_login(people[role])
        assert export(client, name).status_code == 403
        assert last_read() is None
    client.force_login(people["district"])
    assert export(client, name, committee="T-1").status_code == 404
    assert export(client, name, committee="C").status_code == 404
    client.logout()
    assert urlsplit(export(client, name).url).path == "/login/"


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("units", {"staff", "standing", "district", "secretary", "inspector"}),
        ("quotas", {"staff", "standing", "district", "secretary", "inspector"}),
        ("children", {"staff", "standing", "district", "inspector"}),
        ("plans", {"staff", "standing", "district", "secretary", "inspector"}),
        ("targets", {"staff", "standing", "district", "secretary", "inspector"}),
        ("tree", {"staff", "standing", "district", "secretary", "inspector", "administrator"}),
        ("journal", {"inspector"}),
        ("accounts", {"administrator"}),
        ("claims", {"staff", "standing", "district", "secretary", "inspector", "administrator"}),
        ("courses", {"staff", "standing", "district", "secretary", "inspector"}),
        ("duplicates", {"staff", "district", "secretary", "inspector"}),
        ("mentors", {"staff", "district", "secretary", "inspector"}),
        ("holidays", {"staff", "standing", "district", "secretary", "inspector", "administrator"}),
        ("criteria", {"staff", "standing", "district", "secretary", "inspector", "administrator"}),
    ],
)
def test_other_lists_by_the_right_of_their_page(client, people, name, allowed):
    for role, account in people.items():
        client.force_login(account)
        answer = export(client, name, **({"plan": "KH-2"} if name == "targets" else {}))
        if role in allowed:
            assert len(table(answer)) >= 1
            assert last_read()[:2] == ("export", name), role
        else:
            assert answer.status_code in {302, 403}, (role, answer)


def test_an_unknown_list_or_form_is_nothing(client, people):
    client.force_login(people["staff"])
    assert export(client, "nothing").status_code == 404
    assert export(client, "admissions", "exe").status_code == 404


def test_a_bad_condition_leads_to_the_page_that_names_it(client, people):
    client.force_login(people["staff"])
    answer = export(client, "admissions", year="x")
    assert answer.status_code == 302 and answer.url.startswith("/admissions/?year=x")
    assert client.get(answer.url).status_code == 400


class TestContent:
    def test_days_and_numbers_are_such_and_a_formula_is_text(self, client, world, people):
        make.make_admission(
            world.at["T-2-2-1"], date(2015, 3, 4), full_name="=1+1 Nguyễn", decision_number="+05-QĐ/HU"
        )
        client.force_login(people["staff"])
        asked = {"committee": "T-2-2", "columns": "born,decided_on,decision_number"}
        sheet = book(export(client, "admissions", "xlsx", **asked))
        title, _blank, headings, row = sheet.iter_rows()
        assert [cell.value for cell in headings] == [
            "Họ và tên",
            "Sinh ngày",
            "Ngày quyết định",
            "Số quyết định",
        ]
        assert [cell.value.date() for cell in row[1:3]] == [date(1990, 3, 14), date(2015, 3, 4)]
        assert (row[0].value, row[0].data_type) == ("=1+1 Nguyễn", "s")
        assert (row[3].value, row[3].data_type) == ("+05-QĐ/HU", "s")
        said = title[0].value
        assert said.startswith("Người được kết nạp; Tổ chức T-2-2;") and said.endswith("1 dòng")
        _headings, cells = table(export(client, "admissions", **asked))
        assert cells == ["'=1+1 Nguyễn", "14/03/1990", "04/03/2015", "'+05-QĐ/HU"]

    def test_the_file_says_what_it_was_asked(self, client, people):
        client.force_login(people["staff"])
        answer = export(client, "admissions", "xlsx", committee="T-1", group="women")
        assert "Nữ" in book(answer)["A1"].value
        assert last_read() == (
            "export", "admissions", "T-1", {"form": "xlsx", "filter": {"group": "women"}, "count": 12}
        )  # fmt: skip

    def test_its_name_is_safe_and_nobody_keeps_it(self, client, world, people):
        client.force_login(people["staff"])
        answer = export(client, "admissions", committee="T-1")
        assert answer["Content-Disposition"].startswith('attachment; filename="nguoi-duoc-ket-nap-t-1-')
        assert "no-store" in answer["Cache-Control"]
        assert content(answer).startswith(b"\xef\xbb\xbf")

    def test_the_units_of_a_dashboard_with_figures_alone(self, client, people):
        """A group's small counts are merged for who sees figures only, in the file as on the page."""
        client.force_login(people["staff"])
        _headings, *rows = table(export(client, "children", plan="KH-2", group="religious"))
        assert [row[2] for row in rows] == ["3", "0"]
        client.force_login(people["standing"])
        _headings, *rows = table(export(client, "children", plan="KH-2", group="religious"))
        assert not any(row[2] == "3" and row[1] for row in rows)
        _headings, *rows = table(export(client, "children", plan="KH-2"))
        assert [row[1:6] for row in rows] == [
            ["T-1", "24", "20", "120,00", "4"], ["T-2", "3", "10", "30,00", "-7"]
        ]  # fmt: skip

    def test_accounts_and_journal_stay_within_reach(self, client, world, people):
        make.make_account("charlie", Role.STAFF, make.make_committee("D", "province"))
        client.force_login(people["administrator"])
        assert "charlie" not in {row[0] for row in table(export(client, "accounts"))}
        client.force_login(people["inspector"])
        where = {row[3] for row in table(export(client, "journal"))[1:]}
        assert all(name.startswith("Tổ chức T-1") for name in where)

    @pytest.mark.parametrize("more", [0, 2])
    @pytest.mark.parametrize("name", ["admissions", "candidacies"])
    def test_queries_do_not_grow(self, client, world, people, name, more, django_assert_num_queries):
        for k in range(1 + more):
            make.make_admission(world.at["T-2-2-1"], worlds.FIRST)
            make.make_candidacy(world.at["T-2-2-1"], worlds.FIRST, mentor=f"Lê Thị {k}")
        client.force_login(people["staff"])
        export(client, name, committee="T-2-2")
        # As the page: session, account, mandates, two heads, what is kept, the rows, the entry's four; and the classes
        # offered and the mentors.
        with django_assert_num_queries(12 + 2 * (name == "candidacies")):
            assert len(table(export(client, name, committee="T-2-2"))) == 2 + more

    def test_rows_are_read_in_pieces(self, client, world, people, monkeypatch):
        monkeypatch.setattr("recruitment.quotas.listing.CHUNK", 10)
        client.force_login(people["staff"])
        assert len(table(export(client, "admissions"))) == 28
