import tempfile

from recruitment.management import archive
from recruitment.management.base import Answer


class Command(Answer):
    """Checks the file first, then puts it in the place of everything, then walks the journal; what was there before
    comes back if the journal does not hold."""

    help = (
        "Puts a backup into this database, of the same kind. Refuses where there are data, unless --replace."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="give up the data that are here now")

    def handle(self, *args, file, replace, **options):
        with tempfile.TemporaryDirectory() as folder:
            try:
                manifest, payload = archive.read(file, folder)
                if not replace and archive.holds_data():
                    raise archive.Unusable(
                        "cơ sở dữ liệu này đang có dữ liệu; thêm --replace nếu muốn bỏ dữ liệu đó"
                    )
                archive.put(manifest, payload, folder)
            except archive.Unusable as problem:
                self.stderr.write(str(problem))
                raise SystemExit(2) from None
        self.stdout.write(f"Đã khôi phục bản sao lưu ngày {manifest['made_at'][:10]}; nhật ký nguyên vẹn.")
        for chain, (number, digest) in sorted(manifest["heads"].items(), reverse=True):
            self.stdout.write(f"{chain} {number} {digest}".rstrip())
