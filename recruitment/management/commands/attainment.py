from committees import vietnamese
from recruitment.management.base import Answer, code
from recruitment.quotas.progress import Unanswerable, progress

STATES = {
    "met": "đạt",
    "behind": "chưa đạt",
    "no_target": "chưa giao chỉ tiêu",
    "no_source": "không còn nguồn",
}


class Command(Answer):
    help = "Admitted against target, for a committee and its direct children (contracts: attainment)."

    def add_arguments(self, parser):
        parser.add_argument("--plan", type=code, required=True, metavar="CODE")
        parser.add_argument("--committee", type=code, metavar="CODE")
        parser.add_argument("--on", metavar="DATE", help="the day asked, inclusive")
        parser.add_argument("--tree-on", metavar="DATE", help="the day whose tree carries the figures")
        parser.add_argument("--group", type=code, metavar="CODE")
        self.add_json(parser)

    def handle(self, *args, plan, committee, group, **options):
        days = self.days(on=options["on"], tree_on=options["tree_on"])
        try:
            found = progress(self.snapshot(), plan, committee, group=group, **days)
        except Unanswerable as error:
            self.stop(error)
        self.answer(found.as_json(), options["json"])

    def tell(self, document):
        plan, node = document["plan"], document["committee"]
        self.stdout.write(f"{node['name']} – {plan['name']}, đến hết ngày {_day(document['on'])}")
        self._line({**node, **document, "state": _state(document)})
        for child in document["children"]:
            self._line(child, "  ")
        if document["own"]:
            self.stdout.write(f"  Ghi ngay tại đây: {vietnamese.number(document['own'])}")
        self.stdout.write(f"{document['met']}/{document['assigned']} đơn vị trực thuộc đạt chỉ tiêu")
        before = document["previous"]
        if before:
            self.stdout.write(
                f"So với {before['plan']}: {vietnamese.signed(before['difference'])}"
                f" ({vietnamese.number(before['admitted'])})"
            )

    def _line(self, row, indent=""):
        parts = [f"{indent}{row['code']}  {row['name']}: {vietnamese.number(row['admitted'])}"]
        if row["target"] is not None:
            parts.append(f"/{vietnamese.number(row['target'])}")
        if row["percent"] is not None:
            parts.append(f" = {row['percent'].replace('.', ',')} %")
        parts.append(f", {STATES[row['state']]}")
        if "base" in row:
            base = row["base"]
            parts.append(
                f" ({_rate(row)} của {vietnamese.number(base['value'])} đảng viên ngày {_day(base['day'])})"
            )
        elif "why_not" in row:
            parts.append(f" ({row['why_not']})")
        if row["basis"] == "reported":
            parts.append(" (số báo cáo)")
        self.stdout.write("".join(parts))


def _rate(row):
    return f"{row['rate'].replace('.', ',')} %"


def _day(text):
    return vietnamese.day(vietnamese.parse_day(text))


def _state(document):
    """The state of the committee itself, which the document leaves to target and admitted."""
    target, admitted = document["target"], document["admitted"]
    if target is None:
        return "no_target"
    if target == 0:
        return "met" if admitted else "no_source"
    return "met" if admitted >= target else "behind"
