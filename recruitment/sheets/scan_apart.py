"""Cleans a scan in a process of its own (`apart`)."""

from dataclasses import asdict

from . import apart
from .scan_kinds import Cleaned, Limits, ScanError


def clean(files, limits, seconds=apart.SECONDS):
    """As `scan.clean`; ScanError too where it took too long or too much."""
    head = {"limits": asdict(limits), "names": [name for name, _content in files]}
    try:
        told, content = apart.ask(__name__, head, [content for _name, content in files], seconds)
    except apart.TooHeavy:
        raise ScanError(
            "Tệp quá nặng hoặc quá rắc rối để đọc. Quét lại ở độ nét thấp hơn, hoặc in lại thành PDF."
        ) from None
    if "fault" in told:
        raise ScanError(told["fault"])
    return Cleaned(content, told["kind"], told["pages"])


def _work(head, contents):
    from . import scan

    try:
        made = scan.clean(list(zip(head["names"], contents, strict=True)), Limits(**head["limits"]))
    except ScanError as fault:
        return {"fault": str(fault)}, b""
    return {"kind": made.kind, "pages": made.pages}, made.content


if __name__ == "__main__":
    apart.answer(_work)
