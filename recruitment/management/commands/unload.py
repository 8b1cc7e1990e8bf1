import json

from django.core.management.base import BaseCommand

from recruitment.imports.undo import NoSuchBatch, unload


class Command(BaseCommand):
    help = "Undo a load; what was edited or built upon since is kept and listed."

    def add_arguments(self, parser):
        parser.add_argument("batch", type=int, metavar="BATCH")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, batch, **options):
        try:
            done = unload(batch)
        except NoSuchBatch as problem:
            self.stderr.write(str(problem))
            raise SystemExit(2) from None
        if options["json"]:
            self.stdout.write(json.dumps(done.as_json(), ensure_ascii=False))
            return
        self.stdout.write(f"Lô {batch}: đã bỏ {done.removed} bản ghi, trả lại {done.restored}.")
        for label, pk, why in done.kept:
            self.stdout.write(f"Giữ lại {label} {pk}: {why}.")
