"""Reported figures beside the records: which of them may stand in for what a plan counts, and how they are written."""

from datetime import timedelta

from committees import vietnamese
from committees.vietnamese import fold

from ..models import Plan

# Indicators that count people or organisations, folded: a figure of theirs is a whole number.
COUNTED = frozenset(
    (
        "ket nap", "dang vien", "dang vien du bi", "cu hoc nhan thuc", "khai tru", "xoa ten", "xin ra", "tu tran",
        "chuyen den", "chuyen di", "phuc hoi", "quan chung uu tu", "to chuc dang khong con nguon", "chi bo",
        "to chuc dang", "thon co chi bo", "thon chua co chi bo", "xom, ban, to dan pho",
    )
)  # fmt: skip

# The reported indicator that may stand in for what a plan counts.
STANDS_IN = {Plan.Counts.ADMISSIONS: "ket nap", Plan.Counts.TRAINED: "cu hoc nhan thuc"}


def says_what(figure, plan):
    """Whether a figure tells of what the plan counts."""
    return fold(figure.indicator) == STANDS_IN[plan.counts]


def counts_heads(indicator):
    """Whether an indicator, as written, counts people or organisations."""
    return fold(indicator) in COUNTED


def standing_in(figures, plan, group_id):
    """Of a committee's figures in order of entry the one that may stand in for the plan's count: of exactly its period
    and of the group (None: the whole), the last one entered, whole: nobody is admitted by halves. None without one."""
    matching = [
        figure
        for figure in figures
        if (figure.since, figure.until, figure.group_id) == (plan.since, plan.until, group_id)
        and says_what(figure, plan)
        and figure.value == int(figure.value)
    ]
    return matching[-1] if matching else None


def value_words(value):
    """A reported value as written: whole numbers without decimals."""
    return vietnamese.number(int(value)) if value == int(value) else vietnamese.decimal(value)


def period_words(figure):
    """The days a figure speaks of, both inclusive."""
    last = figure.until - timedelta(days=1)
    if figure.since == last:
        return vietnamese.day(last)
    return f"{vietnamese.day(figure.since)} – {vietnamese.day(last)}"
