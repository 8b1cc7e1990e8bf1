import json

from django.core.management.base import BaseCommand

from committees.journal import Busy
from committees.models import Account
from recruitment.imports.kinds import KINDS
from recruitment.imports.load import load_file


class Command(BaseCommand):
    help = "Load one workbook, all or nothing: exit 2 with every fault on stderr and nothing written."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(KINDS), metavar="KIND", help=" ".join(KINDS))
        parser.add_argument("file", metavar="FILE.xlsx")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--as", dest="username", metavar="USERNAME")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, kind, file, dry_run, username, **options):
        actor = None
        if username is not None:
            actor = Account.objects.filter(username=username, is_active=True).first()
            if actor is None:
                self._stop([f"--as: “{username}”; cần tên một tài khoản đang dùng"])
        try:
            report = load_file(kind, file, actor=actor, dry_run=dry_run)
        except OSError as error:
            self._stop([f"{file}: không mở được ({error.strerror}); cần một tệp .xlsx đọc được"])
        except Busy:
            self._stop([f"{file}: dữ liệu đang được ghi liên tục; hãy nạp lại sau ít phút"])
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        if report.faults:
            self._stop([f"{file}: {fault}" for fault in report.faults])
        if not options["json"]:
            self._tell(report, dry_run)

    def _tell(self, report, dry_run):
        done = (
            "Kiểm tra thử, không ghi"
            if dry_run
            else f"Lô {report.batch}"
            if report.batch
            else "Không có gì mới"
        )
        self.stdout.write(
            f"{done}: {report.rows} dòng, {report.new} mới, {report.changed} thay đổi, {report.same} như đã có."
        )
        if report.unknown_columns:
            self.stdout.write("Cột không dùng đến: " + ", ".join(report.unknown_columns))
        for heading, words in report.unrecognised.items():
            some = ", ".join(f"“{word}” (dòng {row})" for word, row in list(words.items())[:20])
            self.stdout.write(f"{heading}: chưa nhận ra, tính vào “chưa rõ”: {some}")

    def _stop(self, faults):
        for fault in faults:
            self.stderr.write(fault)
        raise SystemExit(2)
