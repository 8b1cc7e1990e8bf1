"""What stands in the lines of the page of members who come and go."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from .form1 import ADMITTED, CLOSING, OPENING, ROWS, Movement

# Rows of the form that a unit and those below it are matched by: what is worked out from others matches with them.
MATCHED = [key for key, _words, depth in ROWS if depth or key in (OPENING, CLOSING)]


@dataclass(frozen=True)
class Line:
    """One row of the form. told: the number as written, or as reported (`source` says by whom)."""

    key: str
    words: str
    depth: int
    now: int | None
    ago: int | None
    percent: object
    told: str = ""
    source: str = ""
    link: str = ""


@dataclass(frozen=True)
class Unit:
    """One unit directly below. basis: whether it wrote itself, is summed from below, or wrote nothing."""

    code: str
    name: str
    basis: str
    movement: Movement
    counted: int | None
    difference: int | None
    query: str

    @property
    def values(self):
        return [(WORDS_SHORT[key], self.movement.value(key)) for key in UNIT_COLUMNS]


WORDS_SHORT = {
    OPENING: gettext_lazy("Đầu kỳ"),
    ADMITTED: gettext_lazy("Kết nạp"),
    "moved_in": gettext_lazy("Chuyển đến"),
    "restored": gettext_lazy("Phục hồi"),
    "died": gettext_lazy("Từ trần"),
    "expelled": gettext_lazy("Khai trừ"),
    "struck_off": gettext_lazy("Xóa tên"),
    "asked_out": gettext_lazy("Xin ra"),
    "moved_out": gettext_lazy("Chuyển đi"),
    CLOSING: gettext_lazy("Cuối kỳ"),
}
UNIT_COLUMNS = tuple(WORDS_SHORT)


@dataclass(frozen=True)
class Match:
    """A row of the form: the committee's own figure against the sum of the units that have one."""

    words: str
    depth: int
    own: int | None
    below: int | None
    told: int
    units: int

    @property
    def partial(self):
        """Whether some of the units below have no figure yet: what is apart then says little."""
        return 0 < self.told < self.units

    @property
    def difference(self):
        return None if None in (self.own, self.below) else self.own - self.below
