"""The house around the rooms: headers, the log line, error pages, formats, the shared table, static files."""

import logging
import re
from datetime import date
from gettext import GNUTranslations
from pathlib import Path

import django_tables2
import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, OperationalError
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.urls import include, path

from committees import journal
from committees.models import Headcount
from recruitment import errors, views

ROOT = Path(__file__).resolve().parents[2]


def _raise(error):
    raise error


def _open(request):
    request.access.public()
    return HttpResponse("ok")


class _LockNotAvailable(Exception):
    sqlstate = "55P03"


class _SyntaxError(Exception):
    sqlstate = "42601"


def _database_error(words, cause=None):
    error = OperationalError(words)
    error.__cause__ = cause
    return error


urlpatterns = [
    path("", include("recruitment.urls")),
    path("open/<str:word>/", lambda request, word: _open(request)),
    path("denied/", lambda request: _raise(PermissionDenied())),
    path("broken/", lambda request: _raise(ZeroDivisionError())),
    path("locked/", lambda request: _raise(_database_error("database is locked"))),
    path("lock-timeout/", lambda request: _raise(_database_error("lock timeout", _LockNotAvailable()))),
    path("overtaken/", lambda request: _raise(journal.Busy())),
    path("no-table/", lambda request: _raise(_database_error("no such table: x"))),
    path("wrong-sql/", lambda request: _raise(_database_error("syntax", _SyntaxError()))),
]
handler400, handler403 = errors.bad_request, errors.denied
handler404, handler500 = errors.missing, errors.failed


@pytest.fixture
def site(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


class TestHeaders:
    def test_every_page_carries_them(self, client, db):
        headers = client.get("/login/").headers
        policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
        assert (
            policy.pop("default-src") == policy.pop("frame-ancestors") == policy.pop("base-uri") == "'none'"
        )
        assert set(policy) >= {"script-src", "style-src", "font-src", "img-src", "connect-src", "form-action"}
        assert set(policy.values()) == {"'self'"}
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]

    def test_no_template_needs_more_than_that(self):
        inline = re.compile(
            r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)|https?://(?!www\.w3\.org)"
        )
        for file in (ROOT / "templates").rglob("*.*"):
            assert not inline.search(file.read_text(encoding="utf-8")), file


class TestLog:
    def test_one_line_without_query_or_values(self, site, caplog):
        with caplog.at_level(logging.INFO, "recruitment.request"):
            site.get("/open/Nguyễn-Văn-A/?q=Trần+Thị+B")
        [record] = [record for record in caplog.records if record.name == "recruitment.request"]
        line = record.getMessage()
        assert re.fullmatch(
            r"GET /open/<str:word>/ 200 \d+ms account=- code=[0-9A-F]{3}-[0-9A-F]{3}", line
        ), line

    def test_a_visitor_cannot_forge_a_line(self, site, db, caplog):
        with caplog.at_level(logging.INFO, "recruitment.request"):
            site.get("/x%0AGET%20/%20200%20%1b[31m/")
        [record] = [record for record in caplog.records if record.name == "recruitment.request"]
        line = record.getMessage()
        assert line.isprintable() and line.count(" ") == 5

    def test_it_names_the_account_that_signed_in(self, client, account, caplog):
        with caplog.at_level(logging.INFO, "recruitment.request"):
            client.post("/login/", {"username": account.username, "password": "mat-khau-thu-1"})
            client.get("/password/")
        lines = [record.getMessage() for record in caplog.records if record.name == "recruitment.request"]
        assert [f"account={account.pk} " in line for line in lines] == [True, True]


class TestErrorPages:
    """No `db` where the page must stand without one: pytest-django refuses any query there."""

    def test_404_says_what_to_do_and_carries_the_code_of_the_log(self, site, db, caplog):
        with caplog.at_level(logging.INFO, "recruitment.request"):
            answer = site.get("/nothing-here/")
        assert answer.status_code == 404
        page = answer.content.decode()
        code = re.search(r"<b>([0-9A-F]{3}-[0-9A-F]{3})</b>", page).group(1)
        assert f"code={code}" in caplog.text
        assert "Không tìm thấy trang này" in page and 'href="/"' in page

    def test_403(self, site, db):
        answer = site.get("/denied/")
        assert answer.status_code == 403
        assert "Anh chị chưa được giao quyền này" in answer.content.decode()

    def test_csrf(self, db):
        answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "a", "password": "b"})
        assert answer.status_code == 403
        assert "Biểu mẫu đã quá hạn" in answer.content.decode()

    def test_400_for_a_host_that_is_not_ours(self, site):
        answer = site.get("/login/", headers={"host": "evil.example"})
        assert answer.status_code == 400
        assert "Máy chủ không hiểu yêu cầu này" in answer.content.decode()

    def test_500_stands_without_a_database(self, site):
        answer = site.get("/broken/")
        assert answer.status_code == 500
        assert re.search(r"[0-9A-F]{3}-[0-9A-F]{3}", answer.content.decode())

    def test_500_stands_without_its_own_page(self, site, monkeypatch):
        monkeypatch.setattr(errors.loader, "render_to_string", lambda *a: _raise(ValueError("no manifest")))
        answer = site.get("/broken/")
        assert (answer.status_code, answer.headers["Content-Type"]) == (500, "text/plain; charset=utf-8")

    @pytest.mark.parametrize("address", ["/locked/", "/lock-timeout/", "/overtaken/"])
    def test_a_busy_database_is_503_and_asks_to_try_again(self, site, address):
        answer = site.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "thử lại" in answer.content.decode()

    @pytest.mark.django_db(transaction=True)
    def test_what_another_took_away_meanwhile_is_asked_for_again(self):
        with pytest.raises(IntegrityError) as met, journal.pen(None, "test"):
            Headcount(committee_id=9352, day=date(2026, 1, 1), members=1).save()
        assert errors.is_busy(met.value) and not errors.is_busy(IntegrityError("UNIQUE constraint failed"))

    def test_busy_outside_a_view_too(self, site, monkeypatch):
        monkeypatch.setattr(
            "recruitment.signin.SessionLimits.__call__",
            lambda *a: _raise(_database_error("database is locked")),
        )
        assert site.get("/healthz").status_code == 503

    @pytest.mark.parametrize("address", ["/no-table/", "/wrong-sql/"])
    def test_other_database_errors_stay_errors(self, site, address):
        assert site.get(address).status_code == 500


class TestProbes:
    def test_liveness_asks_no_database(self, client):
        assert client.get("/healthz").content == b"ok\n"

    def test_ready(self, client, db):
        assert client.get("/readyz").status_code == 200

    def test_not_ready_while_a_migration_waits(self, client, db, monkeypatch):
        monkeypatch.setattr(views.MigrationExecutor, "migration_plan", lambda *a: ["one"])
        assert client.get("/readyz").status_code == 503

    def test_not_ready_without_a_database(self, client, db, monkeypatch):
        monkeypatch.setattr(views, "MigrationExecutor", lambda *a: _raise(OperationalError("away")))
        assert client.get("/readyz").status_code == 503


class TestWords:
    def test_dates_are_read_day_first(self):
        for text in ["05/04/2026", "5/4/2026", "05-04-2026", "05.04.2026", "2026-04-05"]:
            assert forms.DateField().clean(text) == date(2026, 4, 5)

    def test_years_are_not_grouped(self):
        assert (
            Template("{% load look %}{{ year }} {{ sum|number }}").render(
                Context({"year": 2026, "sum": 9701})
            )
            == "2026 9.701"
        )

    def test_our_own_catalogue_is_compiled(self):
        folder = ROOT / "recruitment" / "locale" / "vi" / "LC_MESSAGES"
        with (folder / "django.mo").open("rb") as file:
            catalogue = GNUTranslations(file)._catalog
        compiled = {key if isinstance(key, str) else key[0]: words for key, words in catalogue.items() if key}
        # Long strings are written as "" and pieces; take them together again.
        source = re.sub(r'"\n"', "", (folder / "django.po").read_text(encoding="utf-8"))
        entry = r'^msgid "(.+)"\n(?:msgid_plural ".*"\n)?msgstr(?:\[0\])? "(.*)"$'
        assert compiled == dict(re.findall(entry, source, re.MULTILINE))
        with pytest.raises(forms.ValidationError, match="Còn trống."):
            forms.CharField().clean("")

    def test_glossary_and_help_are_open_to_all(self, client, db):
        assert "Chưa giao chỉ tiêu" in client.get("/glossary/").content.decode()
        assert "Ai được xem và làm gì" in client.get("/help/").content.decode()


class _People(django_tables2.Table):
    name = django_tables2.Column(verbose_name="Họ và tên")
    cell = django_tables2.Column(verbose_name="Chi bộ", orderable=False)
    count = django_tables2.Column(verbose_name="Số", attrs={"td": {"class": "num"}, "th": {"class": "num"}})

    class Meta:
        empty_text = "Chưa có ai"


class TestTable:
    def draw(self, rows, query=""):
        request = RequestFactory().get("/list/" + query)
        table = _People(rows)
        django_tables2.RequestConfig(request, paginate={"per_page": 10}).configure(table)
        return get_template("includes/table.html").render({"table": table}, request)

    def test_rows_sort_and_pages(self):
        rows = [{"name": f"Người {n:02}", "cell": "Ấp <Hải Lạc>", "count": n} for n in range(1200)]
        html = self.draw(rows, "?q=a&sort=-count&page=2")
        assert 'class="tbl cards' in html
        assert html.count('aria-sort="descending"') == 1
        assert '<th class="' in html and 'role="rowheader"' in html and 'scope="row"' in html
        assert 'data-l="Chi bộ"' in html and 'data-l="Họ và tên"' not in html
        assert "Ấp &lt;Hải Lạc&gt;" in html
        assert "Dòng 11–20 trong 1.200" in html
        assert "Trang trước" in html and "Trang sau" in html
        assert "?q=a&amp;sort=-count&amp;page=3" in html
        assert 'aria-current="page"' in html

    def test_empty(self):
        html = self.draw([])
        assert "Chưa có ai" in html and "<table" not in html


class TestStatic:
    def test_every_file_a_stylesheet_names_is_there(self, settings, tmp_path):
        settings.STATIC_ROOT = tmp_path
        manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
        call_command("collectstatic", interactive=False, verbosity=0)
        assert list(tmp_path.glob("app.*.css"))

    def test_fonts_come_with_their_licences(self):
        for name in ["noto-sans", "tinos"]:
            text = Path(finders.find(f"fonts/LICENSE-{name}.txt")).read_text(encoding="utf-8")
            assert "SIL OPEN FONT LICENSE" in text.upper()
