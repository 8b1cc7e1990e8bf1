"""The rows of form 1-BTCTW and their arithmetic: opening + increase − decrease = closing. Pure."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from committees.models import Flow

OPENING, INCREASE, DECREASE, CLOSING, ADMITTED, MOVED_IN = (
    "opening", "increase", "decrease", "closing", "admitted", "moved_in",
)  # fmt: skip
# Key, words, depth. Rows of depth 0 are worked out; "trong đó" is a part of the row above it.
ROWS = (
    (OPENING, _("A. Đảng viên kỳ trước chuyển sang"), 0),
    (INCREASE, _("B. Tăng trong kỳ"), 0),
    (ADMITTED, _("Kết nạp"), 1),
    (MOVED_IN, _("Chuyển đến"), 1),
    ("from_other_province", _("Từ tỉnh khác"), 2),
    ("from_same_province", _("Trong tỉnh"), 2),
    ("restored", _("Phục hồi"), 1),
    (DECREASE, _("C. Giảm trong kỳ"), 0),
    ("died", _("Từ trần"), 1),
    ("expelled", _("Khai trừ"), 1),
    ("struck_off", _("Xóa tên"), 1),
    ("struck_off_probationary", _("Trong đó dự bị"), 2),
    ("asked_out", _("Xin ra"), 1),
    ("moved_out", _("Chuyển đi"), 1),
    (CLOSING, _("D. Đảng viên cuối kỳ"), 0),
)
WORDS = {key: words for key, words, _depth in ROWS}


@dataclass(frozen=True)
class Movement:
    """A committee's members in a period. opening None: nobody knows; flows {name of Flow: number}, None where nobody wrote
    any; admitted: by records. whole: whether the flows are all there were, as far as is known."""

    opening: int | None
    admitted: int
    flows: dict | None = field(default=None)
    whole: bool = True

    @property
    def increase(self):
        return self.flows and self.admitted + sum(self.flows[name] for name in Flow.INCREASE)

    @property
    def decrease(self):
        return self.flows and sum(self.flows[name] for name in Flow.DECREASE)

    @property
    def closing(self):
        """None where the opening or the flows are not known, or a part of the flows is missing."""
        if self.opening is None or self.flows is None or not self.whole:
            return None
        return self.opening + self.increase - self.decrease

    @property
    def moved_in(self):
        return self.flows and self.flows["from_other_province"] + self.flows["from_same_province"]

    def value(self, key):
        """The number in a row of the form; None where it is not known."""
        if key in Flow.NAMES:
            return self.flows and self.flows[key]
        return getattr(self, key)


def added(rows):
    """{name: sum} of rows of Flow; None where there are none."""
    rows = list(rows)
    return {name: sum(getattr(row, name) for row in rows) for name in Flow.NAMES} if rows else None


def summed(many):
    """{name: sum} of several such; None where none is known."""
    known = [flows for flows in many if flows is not None]
    return {name: sum(flows[name] for flows in known) for name in Flow.NAMES} if known else None
