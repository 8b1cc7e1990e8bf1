"""A form filled with people and papers that never were, so that an office sees what it looks like. Pure but for the rules
and layouts of a snapshot."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.utils.translation import gettext as _

from .terms import BODIES, BY_WHOM, LABELS, WHOSE

_BODY = {
    "cell": ("Chi bộ thôn Mẫu", "Đảng bộ xã Thử Nghiệm"), "section": ("Đảng bộ bộ phận Mẫu", "Đảng bộ xã Thử Nghiệm"),
    "base": ("Đảng bộ xã Thử Nghiệm", "Đảng bộ tỉnh Ví Dụ"), "deciding": ("Đảng bộ xã Thử Nghiệm", "Đảng bộ tỉnh Ví Dụ"),
}  # fmt: skip
_PERSON = {
    "name": "Trần Thị Thử", "born": None, "sex": "Nữ", "ethnicity": "Kinh", "religion": "Không", "education": "12/12",
    "qualification": "Đại học", "occupation": "Công nhân", "native_place": "xã Thử Nghiệm, tỉnh Ví Dụ",
    "citizen_id": "001302000000",
}  # fmt: skip
_COUNTS = {
    "members": 10, "present": 9, "absent": 1, "in_favour": 9, "in_favour_of": 9, "against": 0, "probationers": 1,
    "away": 0, "exempt": 0, "whole": 11, "entitled": 10, "agree": 9, "disagree": 0, "percent": Decimal(90),
}  # fmt: skip
_PEOPLE = {
    "introducer",
    "signer",
    "chair",
    "secretary",
    "carried_by",
    "appraiser",
    "director",
    "superior",
    "relative",
}
_WORDS = {
    "place": "Thử Nghiệm", "chair_title": "Bí thư chi bộ", "introducer_title": "Phó Bí thư chi bộ", "hour": "14 giờ 00",
    "ended": "15 giờ 30", "phone": "000 000 0000", "number": "05", "register_number": "0005", "result": "đạt",
    "grade": "Khá", "relation": "cha đẻ",
}  # fmt: skip


class Sample:
    """Stands before `filling` as a `case.Case` does. on: the day of the paper."""

    levels, chosen = frozenset({"section", "base"}), {}

    def __init__(self, snapshot, on):
        self.snapshot, self.on = snapshot, on
        self.born = on.replace(year=on.year - 24, day=1)
        self.person = SimpleNamespace(
            full_name=_PERSON["name"], born=self.born, citizen_id="", native_place=_PERSON["native_place"],
            merged=SimpleNamespace(all=list), admissions=SimpleNamespace(all=list),
        )  # fmt: skip

    def dated(self, _on, _issuer=""):
        """This case: all its papers are of one day."""
        return self

    def copies(self, _kind):
        """One of each."""
        return [self]

    standing = copies

    def paper(self, _kind):
        """No paper stands behind what is said."""

    def renamed(self):
        """Nothing was."""
        return []

    def told(self, name):
        """What a field says: something of its sort."""
        first, _dot, rest = name.partition(".")
        last = rest or first
        if first in BODIES:
            return _of_body(first, rest)
        if first in WHOSE and rest in BY_WHOM:
            return _of_body(WHOSE[first], rest)
        if first == "person":
            return self.born if rest == "born" else _PERSON[rest]
        if last in _COUNTS:
            return _COUNTS[last]
        if first == "mentor" and rest in {"name", "names"} or last in _PEOPLE:
            return "Nguyễn Văn Mẫu"
        if last in _WORDS:
            return _WORDS[last]
        if last in {"on", "day", "since", "ends"} or last.endswith(("_on", "_since")):
            return self.on - timedelta(30 if last.endswith("since") else 0)
        return None if name == "position" else _("(%s)") % str(LABELS[name]).lower()


def _of_body(body, part):
    organisation, above = _BODY[body]
    name = above if part in {"above", "over"} else organisation
    return _leading(name) if part in {"body", "over"} else name


def _leading(organisation):
    return organisation.replace("Đảng bộ", "Đảng ủy").replace("Chi bộ", "Chi ủy")
