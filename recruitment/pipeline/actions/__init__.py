"""The only writer of a candidacy's stage (invariant 6), of its mentors and certificates, and of what is known of the
person. Deeds hold the pen; `enter_many`, `advance` and `retell` share the pen of a deed that already holds it.

A candidacy is one thing with its steps and mentors: whoever writes a part writes the candidacy too, so that its stamp
tells two editors apart whatever each of them changed.
"""

from .base import BY_HAND, HELPED, Forbidden, Refused, about, last_step, rank, road
from .helping import assign_mentor, end_mentor, running_mentorship
from .learning import add_certificate, edit_person
from .papers import correct, record, take_back
from .stages import advance, close, enter_many, move, next_by_hand, objections, retell, retract, retractable

__all__ = [
    "BY_HAND", "HELPED", "Forbidden", "Refused", "about", "add_certificate", "advance", "assign_mentor", "close", "correct",
    "edit_person", "end_mentor", "enter_many", "last_step", "move", "next_by_hand", "objections", "rank", "record",
    "retell", "retract", "retractable", "road", "running_mentorship", "take_back",
]  # fmt: skip
