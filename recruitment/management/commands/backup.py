from recruitment.management import archive
from recruitment.management.base import Answer


class Command(Answer):
    help = "Writes the whole database into one file, as of one instant, while others go on working."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args, file, **options):
        try:
            manifest = archive.write(file)
        except archive.Unusable as problem:
            self.stderr.write(str(problem))
            raise SystemExit(2) from None
        self.stdout.write(f"Đã sao lưu ({manifest['kind']}) vào {file}.")
        self.stdout.write("Bản sao lưu chỉ khôi phục được vào cùng loại cơ sở dữ liệu.")
        for chain, (number, digest) in sorted(manifest["heads"].items(), reverse=True):
            self.stdout.write(f"{chain} {number} {digest}".rstrip())
