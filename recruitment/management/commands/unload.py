from recruitment.imports.undo import NoSuchBatch, unload
from recruitment.management.base import Answer


class Command(Answer):
    help = "Undo a load; what was edited or built upon since is kept and listed."

    def add_arguments(self, parser):
        parser.add_argument("batch", metavar="BATCH", help="the number that `load` printed")
        self.add_json(parser)

    def handle(self, *args, batch, **options):
        number = str(batch)
        if not (number.isascii() and number.isdigit()):
            self.stop(f"“{batch}”; cần số của một lô nạp")
        try:
            self.done = unload(int(number))
        except NoSuchBatch as problem:
            self.stop(problem)
        self.answer(self.done.as_json(), options["json"])

    def tell(self, document):
        removed, restored = self.done.removed, self.done.restored
        self.stdout.write(f"Lô {document['batch']}: đã bỏ {removed} bản ghi, trả lại {restored}.")
        for row in document["kept"]:
            self.stdout.write(f"Giữ lại {row['model']} {row['id']}: {row['why']}.")
