import os
import secrets
import socket
import threading
import time
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, close_old_connections, connection

from committees import accounts, journal, vietnamese
from committees.models import Account, Committee, Mandate, Role
from recruitment import jobs
from recruitment.imports import (
    bottom_up,
    census_said,
    classes,
    flows_said,
    papers_issued,
    papers_said,
    past,
    reform,
    road,
    world,
    year_ahead,
    year_beside,
)
from recruitment.management.base import Answer
from recruitment.management.commands import work
from recruitment.models import DemoMark
from recruitment.periods import demo as periods

ADMINISTRATOR = "quan-tri"
PORTS_TRIED = 50
# In this order: a step may speak of what those before it brought.
STEPS = (
    (past.play_history, "hồ sơ và kết nạp từ 2018 (họ tên giả)"),
    (road.play_road, "hồ sơ đang làm ở mọi bước"),
    (papers_said.play_papers, "lời văn trên giấy tờ, hai hồ sơ đủ mọi mẫu"),
    (classes.play_classes, "lớp đã xong, lớp đang học, lớp sắp mở"),
    (year_ahead.play_year, "chỉ tiêu năm nay đã giao, hai phương án cho năm tới"),
    (year_beside.play_beside, "chỉ tiêu bồi dưỡng và kế hoạch phấn đấu của năm nay"),
    (bottom_up.play_bottom_up, "nhóm riêng, chi bộ không còn nguồn, nguồn đã đăng ký cho năm tới"),
    (census_said.play_settlements, "thôn, ấp, khu phố và chi bộ của từng nơi (dựng lại)"),
    (flows_said.play_flows, "biến động đảng viên từng quý của một huyện (dựng lại)"),
    (papers_issued.play_issued, "giấy tờ đã phát hành của hai hồ sơ, một bản đã đính chính"),
    (periods.play_periods, "kỳ báo cáo: năm trước đã khóa sổ, một quý đang nộp (dựng lại)"),
)
# What a deed answers where somebody has changed what the demo's step leans on: refused, gone, or there already.
UNFIT = (ValueError, LookupError, ObjectDoesNotExist, IntegrityError)
LONGEST = 200


class Command(Answer):
    """Migrate, load the five provinces, open the accounts, serve. Idempotent; never in a real database."""

    help = "The demo: five provinces of published figures with synthetic people. Only where DEBUG is on."

    def add_arguments(self, parser):
        parser.add_argument("--no-serve", action="store_true", help="load only")
        parser.add_argument(
            "--port", type=int, default=8000, help="the next free one is taken if it is in use"
        )
        parser.add_argument("--reform", action="store_true", help="also play the reform of 01/07/2025")

    def handle(self, *args, port, **options):
        if not settings.DEBUG:
            self.refuse("bản trình diễn chỉ chạy khi DEBUG bật (python3 dev.py demo); máy này đang tắt DEBUG")
        if not 1 <= port <= 65535:
            self.refuse(f"--port: {port}; cần một số từ 1 đến 65535")
        if holds_real_data():
            self.refuse(
                "cơ sở dữ liệu đang có dữ liệu thật; cần một cơ sở dữ liệu trống (đặt DATABASE_URL khác)"
            )
        self.say("Chuẩn bị cơ sở dữ liệu …")
        call_command("migrate", verbosity=0, interactive=False)
        if not DemoMark.objects.exists():
            with journal.pen(None, "demo", note="Họ tên, ngày sinh trong bản trình diễn là giả."):
                DemoMark(made_on=vietnamese.today()).save()
        if not world.load_world(self.say):
            self.say("Dữ liệu đã có sẵn, không thêm gì.")
        for play, what in STEPS:
            self.play(play, f"Bản trình diễn: {what}")
        if options["reform"] and self.play(reform.play_reform, "Sắp xếp 01/07/2025: đã áp dụng") is False:
            self.say("Sắp xếp 01/07/2025: đã áp dụng từ trước")
        self.open_accounts()
        if not options["no_serve"]:
            self.serve(port)

    def play(self, step, done):
        """Play one step and say so; what the step answers. One that does not fit what has been made of the database since
        leaves it as far as it came, and says that in a line: None."""
        try:
            played = step()
        except UNFIT as why:
            told = " ".join(str(why).split())[:LONGEST]
            self.say(
                f"{done} – bỏ qua, không khớp với cơ sở dữ liệu đã thay đổi: {told or type(why).__name__}"
            )
            return None
        if played:
            self.say(done)
        return played

    def say(self, text):
        """One line of progress, at once."""
        self.stdout.write(text)
        self.stdout.flush()

    def refuse(self, why):
        self.stderr.write(why)
        raise SystemExit(2)

    def open_accounts(self):
        """Names and passwords of the demo's accounts: DEMO_PASSWORD, else one made and printed this once."""
        chosen, made = settings.DEMO_PASSWORD, None
        rows = {row["Tên đăng nhập"]: row for row in world.accounts()}
        people = {account.username: account for account in Account.objects.filter(username__in=rows)}
        unnamed = [account for account in people.values() if not account.full_name]
        if unnamed:
            with journal.pen(None, "demo-accounts", accounts=[account.username for account in unnamed]):
                for account in unnamed:
                    account.full_name = rows[account.username]["Họ tên"]
                    account.save()
        for account in people.values():
            if chosen and not account.check_password(chosen):
                accounts.set_password(account, chosen, by=None)
            elif not chosen and not account.has_usable_password():
                made = made or secrets.token_urlsafe(9)
                accounts.set_password(account, made, by=None)
        everywhere = {"account": people[ADMINISTRATOR], "committee": None, "role": Role.ADMINISTRATOR}
        if not Mandate.objects.filter(**everywhere).exists():
            accounts.grant(by=None, since=vietnamese.today(), **everywhere)
        self.say("\nTài khoản:")
        for username, row in rows.items():
            self.say(f"  {username:<14} {row['Họ tên']} – {row['Việc']}")
        if made:
            self.say(f"Mật khẩu chung (chỉ in một lần): {made}")
        else:
            self.say("Mật khẩu chung: " + ("theo DEMO_PASSWORD" if chosen else "như đã in lần đầu"))
        self.say("Họ tên, ngày sinh là giả; số liệu từng đơn vị được dựng lại từ tổng đã công bố.")

    def serve(self, port):
        free = next((p for p in range(port, min(port + PORTS_TRIED, 65536)) if is_free(p)), None)
        if free is None:
            self.refuse(f"các cổng từ {port} đều bận; chọn cổng khác bằng --port")
        self.say(f"\nMở http://127.0.0.1:{free}/  (dừng: Ctrl+C)")
        os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
        # Visitors meet the pages a department's users meet, the error pages included.
        settings.DEMO, settings.DEBUG = True, False
        threading.Thread(target=work_along, daemon=True).start()
        call_command("runserver", f"127.0.0.1:{free}", use_reloader=False, skip_checks=True)


def work_along():
    """The worker of a machine that runs this one process: what is due is run beside the server, until it ends."""
    while True:
        with suppress(journal.Busy, OperationalError):  # the register is being written: at the next round
            jobs.drain()
        close_old_connections()
        time.sleep(work.ROUND)


def holds_real_data():
    """Whether somebody works here for real: committees or accounts in a database without the demo's mark."""
    tables = set(connection.introspection.table_names())
    if DemoMark._meta.db_table in tables and DemoMark.objects.exists():
        return False
    return any(model._meta.db_table in tables and model.objects.exists() for model in (Committee, Account))


def is_free(port):
    """Whether nothing listens on this port of the machine."""
    with socket.socket() as probe:
        if (
            os.name == "posix"
        ):  # else a port just left would count as taken; on Windows the option means to share it
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
