import json

from committees.journal import Busy
from committees.models import Account
from recruitment.imports.base import Fault
from recruitment.imports.kinds import KINDS
from recruitment.imports.load import Report, load_file
from recruitment.management.base import Answer, code

MOST_WORDS = 20  # unrecognised words shown of each column


class Command(Answer):
    help = "Load one workbook, all or nothing: exit 2 with every fault on stderr and nothing written."

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", help=" ".join(KINDS))
        parser.add_argument("file", metavar="FILE.xlsx")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
        parser.add_argument(
            "--as", dest="username", type=code, metavar="USERNAME", help="load within this account's rights"
        )
        self.add_json(parser)

    def handle(self, *args, kind, file, dry_run, username, **options):
        report = self._load(kind, file, dry_run, username)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        if report.faults:
            self.stop(*(f"{file}: {fault}" for fault in report.faults))
        if not options["json"]:
            self._tell(report, dry_run)

    def _load(self, kind, file, dry_run, username):
        """The report; what hinders the load before a row is read is a fault like any other."""

        def refuse(value, wanted):
            return Report(kind, 0, faults=[Fault("", "", value, wanted)])

        if kind not in KINDS:
            return refuse(kind, f"loại “{kind}”; cần một trong: {', '.join(KINDS)}")
        actor = None
        if username is not None:
            actor = Account.objects.filter(username=username, is_active=True).first()
            if actor is None:
                return refuse(username, f"--as “{username}”; cần tên một tài khoản đang dùng")
        try:
            return load_file(kind, file, actor=actor, dry_run=dry_run)
        except OSError as error:
            return refuse(file, f"không mở được ({error.strerror}); cần một tệp .xlsx đọc được")
        except Busy:
            return refuse(file, "dữ liệu đang được ghi liên tục; hãy nhập lại sau ít phút")

    def _tell(self, report, dry_run):
        done = "Không có gì mới"
        if dry_run:
            done = "Kiểm tra thử, không ghi"
        elif report.batch:
            done = f"Lô {report.batch}"
        self.stdout.write(
            f"{done}: {report.rows} dòng, {report.new} mới, {report.changed} thay đổi, {report.same} như đã có."
        )
        if report.unknown_columns:
            self.stdout.write("Cột không dùng đến: " + ", ".join(report.unknown_columns))
        if report.left:
            rows = ", ".join(str(left.number) for left in report.left[:MOST_WORDS])
            self.stdout.write(f"Dòng không phải dữ liệu (cộng, mục, người ký), không đọc: {rows}")
        if report.merged:
            some = ", ".join(report.merged[:MOST_WORDS])
            self.stdout.write(
                f"Ô gộp qua nhiều dòng (chữ và ngày đọc cho mọi dòng, số chỉ cho dòng đầu): {some}"
            )
        if report.uncomputed:
            cells = ", ".join(report.uncomputed[:MOST_WORDS])
            self.stdout.write(f"Công thức chưa có kết quả lưu trong tệp: {cells}")
        if report.twice:
            pairs = [f"dòng {row} và dòng {earlier}" for row, earlier in report.twice.items()]
            more = f" và {len(pairs) - MOST_WORDS} cặp khác" if len(pairs) > MOST_WORDS else ""
            self.stdout.write(f"Có thể một người ghi hai lần: {'; '.join(pairs[:MOST_WORDS])}{more}")
        for heading, words in report.unrecognised.items():
            some = ", ".join(f"“{word}” (dòng {row})" for word, row in list(words.items())[:MOST_WORDS])
            more = f" và {len(words) - MOST_WORDS} từ khác" if len(words) > MOST_WORDS else ""
            self.stdout.write(f"{heading}: chưa nhận ra, tính vào “chưa rõ”: {some}{more}")
