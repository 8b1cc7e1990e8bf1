from committees import vietnamese
from recruitment.management.base import Answer, code
from recruitment.pipeline.kinds import KINDS
from recruitment.pipeline.worklist import Worklist
from recruitment.quotas.progress import Unanswerable
from recruitment.quotas.question import ask


class Command(Answer):
    help = "What is due, overdue or about to lapse, with the rule that says so (contracts: worklist)."

    def add_arguments(self, parser):
        parser.add_argument("--committee", type=code, required=True, metavar="CODE")
        parser.add_argument("--on", required=True, metavar="DATE", help="the day asked, inclusive")
        self.add_json(parser)

    def handle(self, *args, committee, on, **options):
        day = self.days(on=on)["on"]
        snapshot = self.snapshot()
        try:
            question, _progress = ask(snapshot, committee, on=day)
        except Unanswerable as error:
            self.stop(error)
        items = [item.as_json() for item in Worklist(snapshot, question).items()]
        document = {"committee": question.code, "on": day.isoformat(), "items": items}
        self.answer(document, options["json"])

    def tell(self, document):
        items = document["items"]
        self.stdout.write(
            f"{document['committee']}, ngày {_day(document['on'])}: {vietnamese.number(len(items))} việc"
        )
        for item in items:
            self.stdout.write(
                f"{_when(item)}  {item['person']} ({item['cell']}): {KINDS[item['kind']].label}"
            )


def _day(text):
    return vietnamese.day(vietnamese.parse_day(text))


def _when(item):
    if item["due"] is None:
        return "không ghi hạn"
    left = item["days_left"]
    if left < 0:
        return f"{_day(item['due'])} (quá {vietnamese.number(-left)} ngày)"
    return f"{_day(item['due'])} (còn {vietnamese.number(left)} ngày)"
