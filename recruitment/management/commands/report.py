import os
from pathlib import Path

from committees import journal, vietnamese
from committees.models import Committee
from recruitment.management.base import Answer, code
from recruitment.models import is_demo
from recruitment.quotas.progress import Unanswerable
from recruitment.reports.annual import annual
from recruitment.reports.annual_period import read_year
from recruitment.reports.annual_report import named, whole
from recruitment.sheets.book import write_book
from recruitment.sheets.pdf import write_pdf
from recruitment.sheets.report_docx import write_docx

WRITERS = {".xlsx": write_book, ".pdf": write_pdf, ".docx": write_docx}
WHY = {
    FileNotFoundError: "không có thư mục này",
    NotADirectoryError: "không có thư mục này",
    IsADirectoryError: "đó là một thư mục",
    PermissionError: "không có quyền ghi ở đây",
}


class Command(Answer):
    help = "The annual report of a committee as a workbook, on paper or as a document to go on writing in (contracts: report annual)."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=["annual"], help="which report")
        parser.add_argument("--committee", type=code, required=True, metavar="CODE")
        parser.add_argument("--year", metavar="YYYY", help="a year, or the days --from and --to instead")
        parser.add_argument("--from", dest="since", metavar="DATE", help="the period's first day")
        parser.add_argument("--to", dest="last", metavar="DATE", help="the period's last day, inclusive")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".xlsx, .pdf or .docx")
        parser.add_argument(
            "--plan", type=code, metavar="CODE", help="the plan held against, else the period's"
        )
        parser.add_argument("--tree-on", metavar="DATE", help="by the tree of that day, else of the last day")
        parser.add_argument("--on", metavar="DATE", help="a day of that period, inclusive; else its last")

    def handle(self, *args, committee, year, out, plan, **options):
        write = self._writer(out)
        today = vietnamese.today()
        period = self._period(year, options["since"], options["last"], today)
        days = period | self.days(on=options["on"], tree_on=options["tree_on"])
        try:
            found = annual(self.snapshot(), committee, plan=plan, today=today, demo=is_demo(), **days)
        except Unanswerable as error:
            self.stop(error)
        report = whole(found)
        self._write(out, lambda file: write(file, report), found, named(report))
        self.stdout.write(report.finding)
        self.stdout.write(f"Đã ghi {out}")

    def _period(self, year, since, last, today):
        """What `annual` calls the period: a year, or two days."""
        if bool(since) != bool(last) or bool(year) == bool(since):
            self.stop("--year: cần một năm, hoặc cả hai ngày --from và --to thay cho năm")
        if since:
            days = self.days(**{"from": since, "to": last})
            return {"since": days["from"], "last": days["to"]}
        try:
            return {"year": read_year(year, today)}
        except ValueError as error:
            self.stop(f"--year: {error}")

    def _writer(self, out):
        try:
            return WRITERS[out.suffix.lower()]
        except KeyError:
            self.stop(f"--out: “{out.name}”; cần tên tệp kết thúc bằng .xlsx, .pdf hoặc .docx")

    def _write(self, out, write, found, count):
        """The file stands whole or not at all: written beside, journalled, then put in its place."""
        beside = out.with_name(f".{out.name}.{os.getpid()}")
        try:
            if out.is_dir():
                raise IsADirectoryError
            with beside.open("xb") as file:
                write(file)
            self._journal(out, found, count)
            beside.replace(out)
        except OSError as error:
            why = next((words for kind, words in WHY.items() if isinstance(error, kind)), error.strerror)
            self.stop(f"--out: không ghi được “{out}”: {why}")
        finally:
            beside.unlink(missing_ok=True)

    def _journal(self, out, found, count):
        committee = Committee(id=found.tree.id(found.position), code=found.question.code)
        journal.read_entry(
            None, "export", about="annual", committee=committee, form=out.suffix.lower().lstrip("."),
            filter=found.chosen, count=count,
        )  # fmt: skip
