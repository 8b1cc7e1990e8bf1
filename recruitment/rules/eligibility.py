"""Whether a step may be taken: every reason against it at once, each with its citation and its cure. Pure."""

from committees.vietnamese import day as written

from .dossier import Objection
from .papers import KINDS


def objections(facts, step, on, book):
    """Every Objection against a step of a candidacy on a day; an empty list means it may be taken.

    facts: dossier.Facts as they stand before the step. step: the dossier.Paper to be recorded (a kind stored on the
    admission too), with what it says. on: the day of the step, by which the rule set is chosen. book: statute.Book.
    """
    rules, kind = book.statute.on(on), KINDS[step.kind]
    found = []
    if facts.stage == "closed":
        found.append(
            Objection(
                "closed", "Hồ sơ đã dừng theo dõi.", "Mở lại bằng một lần theo dõi mới.", rules["order"], "order",
                paper=kind.code,
            )
        )  # fmt: skip
    if on < facts.entered_on:
        found.append(
            Objection(
                "before_entry",
                f"Ngày {written(on)} trước ngày đưa vào nguồn ({written(facts.entered_on)}).",
                "Xem lại một trong hai ngày.", rules["order"], "order", paper=kind.code,
            )
        )  # fmt: skip
    return found
