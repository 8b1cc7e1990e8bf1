import json
from collections import Counter

from recruitment.figures.checks import check
from recruitment.figures.words import WORDS
from recruitment.figures.workbook import read_claims
from recruitment.management.base import Answer
from recruitment.sheets.package import SheetError


class Command(Answer):
    """Needs no database: a department may check an article before it has loaded anything."""

    help = (
        "Do published or reported figures hold? Exit 0 whatever the verdicts, 2 when the file cannot be read."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.xlsx")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, file, **options):
        try:
            claims = read_claims(file)
            faults = claims.faults
        except SheetError as error:
            faults = [error]
        except OSError as error:
            faults = [f"không mở được: {error.strerror}; cần một tệp .xlsx đọc được"]
        if faults:
            for fault in faults:
                self.stderr.write(f"{file}: {fault}")
            raise SystemExit(2)
        results = check(claims.statements)
        counts = Counter(result.verdict for result in results)
        if options["json"]:
            document = {
                "claims": [_as_json(result) for result in results],
                "counts": dict(counts),
                "numbers": [_number_as_json(code, number) for code, number in claims.numbers],
            }
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
            return
        for result in results:
            self.stdout.write(_as_line(result))
        for code, number in claims.numbers:
            self.stdout.write("  ".join(filter(None, (code, number.word, number.text, number.hint))))
        self.stdout.write("; ".join(f"{WORDS[verdict]}: {n}" for verdict, n in counts.items()))


def _printed(result):
    return result.statement.printed.text if result.statement.printed else ""


def _as_json(result):
    return {
        "code": result.statement.code,
        "document": result.statement.document,
        "verdict": result.verdict,
        "published": _printed(result),
        "recomputed": result.recomputed,
        "hint": result.hint,
    }


def _number_as_json(code, number):
    return {
        "code": code,
        "number": number.text,
        "issuer": number.issuer,
        "verdict": number.verdict,
        "hint": number.hint,
        "mark": number.mark,
    }


def _as_line(result):
    computed = f"{result.statement.formula} = {result.text}" if result.value is not None else "–"
    fields = (result.statement.code, WORDS[result.verdict], _printed(result) or "–", computed, result.hint)
    return "  ".join(field for field in fields if field)
