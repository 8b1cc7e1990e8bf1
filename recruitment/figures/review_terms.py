"""What a review asks of a report, read from review.toml: which cells say the same, what is a part of what, how far a number
may jump. Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("review.toml")
EVERY = "*"


@dataclass(frozen=True)
class Tie:
    """Two cells, each (sheet, row, column), that say the same thing; `what` it is."""

    one: tuple
    other: tuple
    what: str


@dataclass(frozen=True)
class Within:
    """Rows of a sheet whose keys begin so are parts of the row `whole`, column by column."""

    sheet: str
    rows: str
    whole: str


@dataclass(frozen=True)
class Share:
    """A column of percentages, and the columns of which each is the share."""

    sheet: str
    column: str
    part: str
    whole: str


@dataclass(frozen=True)
class Jump:
    """From how many people of difference, and how many per cent more or less, a number is asked about."""

    sheet: str
    least: int
    rise: int
    fall: int

    def holds(self, now, before):
        """Whether a number moved so far."""
        if abs(now - before) < self.least:
            return False
        share = self.rise if now > before else self.fall
        return abs(now - before) * 100 >= before * share


@dataclass(frozen=True)
class Terms:
    ties: tuple
    within: tuple
    shares: tuple
    jumps: tuple
    whole: str
    plan: tuple
    of_plan: frozenset
    headed: frozenset

    def jump(self, sheet):
        """The Jump of a sheet; None where its numbers may move as they like."""
        return next((jump for jump in self.jumps if jump.sheet in (sheet, EVERY)), None)


@cache
def terms(path=FILE):
    """The Terms of the data file. ValueError says what is wrong with it."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        level = told["level"]
        found = Terms(
            tuple(Tie(_cell(one["one"]), _cell(one["other"]), one["as"]) for one in told.get("tie", ())),
            tuple(Within(**one) for one in told.get("within", ())),
            tuple(Share(**one) for one in told.get("share", ())),
            tuple(Jump(**one) for one in told.get("jump", ())),
            level["whole"], _cell(level["plan"]), frozenset(level["of_plan"]), frozenset(level["headed"]),
        )  # fmt: skip
    except (KeyError, TypeError) as fault:
        raise ValueError(f"{path.name}: {fault}") from None
    except ValueError as fault:  # what tomllib raises too
        raise ValueError(f"{path.name}: {fault}") from None
    return found


def _cell(said):
    if len(said) != 3 or not all(isinstance(part, str) and part for part in said):
        raise ValueError(f"{said} is no [sheet, row, column]")
    return tuple(said)
