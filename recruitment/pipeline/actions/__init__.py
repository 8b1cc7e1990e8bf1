"""The only writer of a candidacy's stage (invariant 6), of its papers, mentors, letters and certificates, and of what is
known of the person. Deeds hold the pen; `enter_many`, `advance` and `settle` share the pen of a deed that already holds
it.

A candidacy is one thing with its papers, steps and mentors: whoever writes a part writes the candidacy too, so that its
stamp tells two editors apart whatever each of them changed.
"""

from .amending import (
    correct_certificate,
    correct_letter,
    correct_mentorship,
    correct_review,
    drop_certificate,
    drop_letter,
    drop_mentorship,
    drop_review,
)
from .base import BY_HAND, HELPED, Forbidden, Refused, about, last_step, rank, road
from .deciding import decide, due_here, hold_ceremony, receive, recognise
from .helping import assign_mentor, declare_unable, end_mentor, loads, review, running_mentorship
from .learning import add_certificate, edit_person
from .leaving import leave, move_away, ways_out
from .papers import correct, objections, record, take_back
from .settling import settle
from .stages import advance, enter_many, retract, retractable
from .verifying import add_relative, answer_letter, ask_letter, drop_relative, settle_relative

__all__ = [
    "BY_HAND", "HELPED", "Forbidden", "Refused", "about", "add_certificate", "add_relative", "advance", "answer_letter",
    "ask_letter", "assign_mentor", "correct", "correct_certificate", "correct_letter", "correct_mentorship",
    "correct_review", "decide", "declare_unable", "drop_certificate", "drop_letter", "drop_mentorship", "drop_relative",
    "drop_review", "due_here",
    "edit_person", "end_mentor", "enter_many", "hold_ceremony", "last_step", "leave", "loads", "move_away",
    "objections", "rank", "receive", "recognise", "record", "retract", "retractable", "review", "road",
    "running_mentorship", "settle", "settle_relative", "take_back", "ways_out",
]  # fmt: skip
