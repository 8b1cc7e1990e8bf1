from committees import vietnamese
from recruitment.dashboards.structure import structure
from recruitment.management.base import Answer, code
from recruitment.quotas.progress import Unanswerable


class Command(Answer):
    help = "Breakdowns of the admissions decided from a day to a day, both inclusive (contracts: structure)."

    def add_arguments(self, parser):
        parser.add_argument("--committee", type=code, required=True, metavar="CODE")
        parser.add_argument("--from", dest="first", required=True, metavar="DATE")
        parser.add_argument("--to", dest="last", required=True, metavar="DATE")
        self.add_json(parser)

    def handle(self, *args, committee, first, last, **options):
        days = self.days(**{"from": first, "to": last})
        try:
            document = structure(self.snapshot(), committee, days["from"], days["to"])
        except Unanswerable as error:
            self.stop(error)
        self.answer(document, options["json"])

    def tell(self, document):
        self.stdout.write(f"{document['committee']}: {vietnamese.number(document['total'])} đảng viên mới")
        if document["mean_age"] is not None:
            self.stdout.write(f"Tuổi bình quân: {vietnamese.decimal(str(document['mean_age']))}")
        for name in ("groups", "age", "education", "qualification", "occupation"):
            self.stdout.write(f"{name}:")
            for row, n in document[name].items():
                self.stdout.write(f"  {row}: {vietnamese.number(n)}")
