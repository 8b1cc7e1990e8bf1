from committees import vietnamese
from recruitment.management.base import Answer, code
from recruitment.pipeline.forecast import forecast
from recruitment.pipeline.latest import STEPS
from recruitment.quotas.progress import Unanswerable, progress


class Command(Answer):
    help = "Expected attainment, interval, candidacies that can still count (contracts: forecast)."

    def add_arguments(self, parser):
        parser.add_argument("--plan", type=code, required=True, metavar="CODE")
        parser.add_argument("--committee", type=code, metavar="CODE")
        parser.add_argument("--on", required=True, metavar="DATE", help="the day asked, inclusive")
        self.add_json(parser)

    def handle(self, *args, plan, committee, on, **options):
        day = self.days(on=on)["on"]
        snapshot = self.snapshot()
        try:
            found = progress(snapshot, plan, committee, on=day)
        except Unanswerable as error:
            self.stop(error)
        self.answer(forecast(snapshot, found).as_json(), options["json"])

    def tell(self, document):
        number = vietnamese.number
        said = f"{document['committee']} – {document['plan']}, đến hết ngày {_day(document['on'])}"
        target = "" if document["target"] is None else f"/{number(document['target'])}"
        self.stdout.write(f"{said}: {number(document['admitted'])}{target}")
        if document["expected"] is None:
            self.stdout.write(f"Không dự báo: {document['why_not']}")
        else:
            low, high = number(document["low"]), number(document["high"])
            self.stdout.write(f"Dự kiến cuối kỳ: {number(document['expected'])} (khoảng {low}–{high})")
        if document["chance"] is not None:
            self.stdout.write(f"Khả năng đạt chỉ tiêu: {vietnamese.percent_text(_percent(document), 0)}")
        in_time, lose = number(document["in_time"]), number(document["lose_certificate"])
        self.stdout.write(f"{in_time} hồ sơ còn kịp, {lose} mất chứng nhận trước")
        for row in document["candidacies"]:
            step, day = next(iter(row["latest"].items()))
            self.stdout.write(f"  {row['candidacy']} ({row['cell']}): {STEPS[step]} chậm nhất {_day(day)}")


def _day(text):
    return vietnamese.day(vietnamese.parse_day(text))


def _percent(document):
    return vietnamese.percent(round(document["chance"] * 1000), 1000, 0)
