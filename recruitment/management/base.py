"""What every command that answers a question shares: faults one a line on stderr and exit 2, one JSON on stdout."""

import json

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from committees import vietnamese
from committees.journal import Busy

from .. import columns


class Answer(BaseCommand):
    """A command of ours. Those that read answer with a document and print it for people with `tell`."""

    def create_parser(self, *args, **options):
        parser = super().create_parser(*args, **options)
        if self._called_from_command_line:
            parser.error = self.stop  # without the pages of usage
        return parser

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except DatabaseError as error:
            # No table yet, no server, a lock that lasted: the operator's business, told in one line.
            self.stop(f"Cơ sở dữ liệu không trả lời ({str(error).splitlines()[0]}); đã chạy migrate chưa?")

    def add_json(self, parser):
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout, nothing else")

    def stop(self, *faults):
        """Bad input: each fault on its line, exit 2, nothing on stdout."""
        for fault in faults:
            self.stderr.write(str(fault))
        raise SystemExit(2)

    def days(self, **given):
        """The dates of the named options (None stays None); every one that is no date is a fault of its own."""
        read, faults = {}, []
        for option, text in given.items():
            try:
                read[option] = None if text is None else vietnamese.parse_day(text)
            except ValueError as error:
                faults.append(f"--{option.replace('_', '-')}: {error}")
        if faults:
            self.stop(*faults)
        return read

    def snapshot(self):
        try:
            return columns.current()
        except Busy:
            self.stop("Dữ liệu đang được ghi liên tục; hãy hỏi lại sau ít phút.")

    def answer(self, document, as_json):
        if as_json:
            self.stdout.write(json.dumps(document, ensure_ascii=False))
        else:
            self.tell(document)
