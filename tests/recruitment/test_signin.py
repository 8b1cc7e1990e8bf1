"""Who gets in, for how long, and from where: lock-out, time limits, the one-time code."""

import time_machine
from django.test import Client
from django.urls import reverse

from committees import accounts
from recruitment import signin

PASSWORD = "mat-khau-thu-1"
START = "2026-11-23 08:00:00+07:00"


def sign_in(client, account, password=PASSWORD, **extra):
    return client.post("/login/", {"username": account.username, "password": password}, **extra)


class TestLockout:
    def test_the_fifth_failure_locks_for_fifteen_minutes(self, client, account):
        with time_machine.travel(START, tick=False) as clock:
            for _ in range(4):
                assert sign_in(client, account, "sai").status_code == 200
            answer = sign_in(client, account, "sai")
            assert answer.status_code == 429
            assert "Tạm khóa đăng nhập" in answer.content.decode()
            assert sign_in(client, account).status_code == 429  # the right password does not help now
            clock.shift(15 * 60 + 1)
            assert sign_in(client, account).status_code == 302

    def test_four_failures_do_not(self, client, account):
        for _ in range(4):
            sign_in(client, account, "sai")
        assert sign_in(client, account).status_code == 302

    def test_it_binds_name_and_address_together(self, client, account):
        for _ in range(6):
            sign_in(client, account, "sai", REMOTE_ADDR="10.0.0.1")
        assert sign_in(client, account, REMOTE_ADDR="10.0.0.2").status_code == 302

    def test_behind_a_proxy_the_address_is_the_one_the_proxy_wrote(self, client, account, settings):
        settings.TRUST_PROXY = True
        for n in range(6):  # the visitor's own part of the header does not help
            sign_in(client, account, "sai", HTTP_X_FORWARDED_FOR=f"1.2.3.{n}, 10.0.0.1")
        assert sign_in(client, account, HTTP_X_FORWARDED_FOR="1.2.3.9, 10.0.0.1").status_code == 429
        assert sign_in(client, account, HTTP_X_FORWARDED_FOR="10.0.0.2").status_code == 302

    def test_without_a_proxy_the_header_is_not_believed(self, rf):
        request = rf.get("/", HTTP_X_FORWARDED_FOR="1.2.3.4", REMOTE_ADDR="10.0.0.1")
        assert signin.client_ip(request) == "10.0.0.1"


class TestSessionLimits:
    def ends_at(self, answer):
        return answer.status_code == 302 and answer.url.startswith("/login/")

    def test_an_hour_without_a_click_ends_it(self, client, account):
        with time_machine.travel(START, tick=False) as clock:
            sign_in(client, account)
            clock.shift(59 * 60)
            assert client.get("/password/").status_code == 200
            clock.shift(60 * 60)
            answer = client.get("/password/?x=1")
            assert self.ends_at(answer)
            assert "Phiên làm việc đã hết" in client.get(answer.url).content.decode()

    def test_eight_hours_end_it_however_busy(self, client, account):
        with time_machine.travel(START, tick=False) as clock:
            sign_in(client, account)
            for _ in range(14):  # 14 times 33 minutes are 7 h 42
                clock.shift(33 * 60)
                assert client.get("/password/").status_code == 200
            clock.shift(18 * 60)
            assert self.ends_at(client.get("/password/"))

    def test_a_reader_writes_the_session_once_in_five_minutes(
        self, client, account, django_assert_num_queries
    ):
        with time_machine.travel(START, tick=False) as clock:
            sign_in(client, account)
            seen = []
            for _ in range(12):
                clock.shift(60)
                client.get("/help/")
                seen.append(client.session[signin.SEEN])
            assert len(set(seen)) == 3

    def test_pages_of_someone_signed_in_are_not_kept_by_the_browser(self, client, account):
        assert not client.get("/help/").has_header("Cache-Control")
        sign_in(client, account)
        assert set(client.get("/help/").headers["Cache-Control"].split(", ")) == {"private", "no-store"}

    def test_a_fragment_is_led_away_as_a_whole_page(self, client, account):
        with time_machine.travel(START, tick=False) as clock:
            sign_in(client, account)
            clock.shift(2 * 60 * 60)
            answer = client.get("/password/", headers={"hx-request": "true"})
            assert answer.headers["HX-Redirect"].startswith("/login/")


class TestPasswordFirst:
    def test_a_one_time_code_opens_nothing_but_the_password_page(self, client, db):
        account, code = accounts.open_account("moi", by=None)
        sign_in(client, account, code)
        for address in ["/", "/glossary/", "/help/", "/nothing/"]:
            assert client.get(address).headers["Location"] == "/password/"
        assert client.get("/password/").status_code == 200
        answer = client.post(
            "/password/",
            {"old_password": code, "new_password1": PASSWORD, "new_password2": PASSWORD},
            follow=True,
        )
        assert "Đã đổi mật khẩu" in answer.content.decode()
        assert client.get("/help/").status_code == 200
        account.refresh_from_db()
        assert account.check_password(PASSWORD) and not account.must_change_password

    def test_leaving_stays_possible(self, client, db):
        account, code = accounts.open_account("moi", by=None)
        sign_in(client, account, code)
        assert client.post("/logout/").headers["Location"] == "/login/"

    def test_a_weak_password_is_refused_with_the_reason(self, client, account):
        sign_in(client, account)
        answer = client.post(
            "/password/", {"old_password": PASSWORD, "new_password1": "12345678", "new_password2": "12345678"}
        )
        page = answer.content.decode()
        assert answer.status_code == 200 and "<title>Lỗi:" in page
        assert 'href="#id_new_password2"' in page
        account.refresh_from_db()
        assert account.check_password(PASSWORD)

    def test_a_code_nobody_used_in_time_is_void(self, client, db):
        with time_machine.travel(START, tick=False) as clock:
            account, code = accounts.open_account("moi", by=None)
            clock.shift(accounts.CODE_DAYS * 86400 + 1)
            answer = sign_in(client, account, code)
            assert answer.status_code == 200
            assert "Mã dùng một lần đã quá hạn" in answer.content.decode()

    def test_other_sessions_end_when_the_password_changes(self, client, account):
        elsewhere = Client()
        sign_in(client, account)
        sign_in(elsewhere, account)
        client.post(
            "/password/",
            {"old_password": PASSWORD, "new_password1": "mat-khau-thu-2", "new_password2": "mat-khau-thu-2"},
        )
        assert client.get(reverse("password-change")).status_code == 200
        assert elsewhere.get(reverse("password-change")).status_code == 302


def test_home_tells_who_holds_nothing_whom_to_ask(client, account):
    sign_in(client, account)
    assert "Tài khoản chưa được phân quyền" in client.get("/").content.decode()


def test_next_leads_only_inside(client, account):
    answer = client.post("/login/?next=//evil.example/", {"username": account.username, "password": PASSWORD})
    assert answer.headers["Location"] == "/"
