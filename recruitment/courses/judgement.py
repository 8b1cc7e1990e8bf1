"""What the rules of a class make of one learner: who may write the essay, who passed, with which grade. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from django.utils.translation import gettext_lazy as _

BEST = Decimal(10)
# Grades by the lowest mark that earns them, the best first (office_practice.md §0 [S4]): a mark on the border earns
# the better one.
GRADES = (
    (Decimal(9), _("Xuất sắc")),
    (Decimal(8), _("Giỏi")),
    (Decimal(7), _("Khá")),
    (Decimal(5), _("Trung bình")),
)


@dataclass(frozen=True)
class Standard:
    """What is asked of the learners of one class of so many periods. attendance, passing: Rules of the set in force on
    its last day."""

    periods: int
    attendance: object
    passing: object

    @classmethod
    def of(cls, course, statute):
        """The Standard of a Course, by the rule set of its last day."""
        rules = statute.on(course.closed_on)
        return cls(course.periods, rules["class_attendance"], rules["class_pass"])

    @property
    def needed(self):
        """The fewest periods to be attended before the essay may be written."""
        return ceil(Fraction(str(self.attendance.value)) * self.periods / 100)

    @property
    def pass_mark(self):
        return Decimal(str(self.passing.value))

    def may_write(self, learner):
        """Whether they attended enough to write the essay; not as long as nobody counted."""
        return learner.attended is not None and learner.attended >= self.needed

    def must_rewrite(self, learner):
        """Whether the first essay was not enough and the second, the last one allowed, is not marked yet."""
        marked = learner.mark is not None and learner.second_mark is None
        return marked and self.may_write(learner) and learner.mark < self.pass_mark

    def passed(self, learner):
        """Whether they completed the class: enough periods, and the last essay good enough."""
        mark = final(learner)
        return self.may_write(learner) and mark is not None and mark >= self.pass_mark


def final(learner):
    """The mark that counts: of the second essay where there is one."""
    return learner.second_mark if learner.second_mark is not None else learner.mark


def grade(mark):
    """The grade a mark earns, in words; empty below the lowest."""
    return next((str(word) for lowest, word in GRADES if mark is not None and mark >= lowest), "")
