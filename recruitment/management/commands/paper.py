import os
from pathlib import Path

from committees import journal
from recruitment.management.base import Answer
from recruitment.models import Candidacy
from recruitment.papers import case as cases
from recruitment.papers import catalogue, filling
from recruitment.papers.terms import LABELS
from recruitment.sheets.docx import write_docx
from recruitment.sheets.letter import write_letter

from .report import WHY

WRITERS = {".docx": write_docx, ".pdf": write_letter}


class Command(Answer):
    help = "An official paper filled from the data (contracts: paper)."

    def add_arguments(self, parser):
        parser.add_argument(
            "form", metavar="FORM", help="6-KNĐ, to-trinh, …; capitals and accents do not matter"
        )
        parser.add_argument("--candidacy", required=True, metavar="ID")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".pdf or .docx")
        parser.add_argument("--set", action="append", default=[], metavar="FIELD=TEXT",
                            help="what the register does not hold, or another wording; may be repeated")  # fmt: skip

    def handle(self, *args, form, candidacy, out, **options):
        write = self._writer(out)
        form = self._form(form)
        case = cases.Case(self._candidacy(candidacy), self.snapshot(), form, self._given(options["set"]))
        try:
            edition = filling.edition_for(case, form)
            document = filling.fill(case, edition)
        except filling.Refused as refused:
            self.stop(*refused.faults(form))
        self._write(out, lambda file: write(file, document), case, form)
        for doubt in edition.doubts():
            self.stdout.write(f"{form}: {doubt}")
        self.stdout.write(f"Đã ghi {out}")

    def _writer(self, out):
        try:
            return WRITERS[out.suffix.lower()]
        except KeyError:
            self.stop(f"--out: “{out.name}”; cần tên tệp kết thúc bằng .pdf hoặc .docx")

    def _form(self, words):
        try:
            return catalogue.named(words)
        except KeyError:
            self.stop(f"FORM: không có mẫu “{words}”; cần một trong: {', '.join(catalogue.forms())}")

    def _candidacy(self, words):
        try:
            return cases.candidacy(int(words))
        except (ValueError, OverflowError, Candidacy.DoesNotExist):
            self.stop(f"--candidacy: không có hồ sơ “{words}”; cần số của một hồ sơ theo dõi")

    def _given(self, pairs):
        found = {}
        for pair in pairs:
            name, equals, text = (part.strip() for part in pair.partition("="))
            if not equals or name not in LABELS or not text:
                self.stop(
                    f"--set: “{pair}”; cần TÊN=NỘI DUNG với một tên trường của mẫu, ví dụ chair=Nguyễn Văn A"
                )
            try:
                cases.read(name, text)
            except ValueError as error:
                self.stop(f"--set {name}: {error}")
            found[name] = text
        return found

    def _write(self, out, write, case, form):
        """The file stands whole or not at all: written beside, journalled, then put in its place."""
        beside = out.with_name(f".{out.name}.{os.getpid()}")
        try:
            if out.is_dir():
                raise IsADirectoryError
            with beside.open("xb") as file:
                write(file)
            journal.read_entry(
                None, "export", about=f"paper {form}", committee=case.candidacy.cell,
                form=out.suffix.lower().lstrip("."), candidacy=case.candidacy.pk, count=1,
            )  # fmt: skip
            beside.replace(out)
        except OSError as error:
            why = next((words for kind, words in WHY.items() if isinstance(error, kind)), error.strerror)
            self.stop(f"--out: không ghi được “{out}”: {why}")
        finally:
            beside.unlink(missing_ok=True)
