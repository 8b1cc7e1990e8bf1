"""What every command that answers a question shares: faults one a line on stderr and exit 2, one JSON on stdout."""

import json
import re
import unicodedata
from datetime import date

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from committees.journal import Busy

from .. import columns

_ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def code(text):
    """A code as stored, however the terminal composed its letters. The `type` of every option that names one."""
    return unicodedata.normalize("NFC", text.strip())


def _day(text):
    """The ISO date, other spellings refused: 01-02-2015 would be read differently by different offices' scripts."""
    if not _ISO.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


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
        """The dates of the named options (None stays None); every one that is no ISO date is a fault of its own."""
        read, faults = {}, []
        for option, text in given.items():
            try:
                read[option] = None if text is None else _day(text)
            except ValueError:
                faults.append(
                    f"--{option.replace('_', '-')}: “{text}”; cần một ngày có thật, dạng 2015-12-31"
                )
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
