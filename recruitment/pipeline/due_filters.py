"""What a list may be asked about terms: which kind of thing, due when; and the mask that answers."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from .kinds import KINDS
from .worklist import IN_TIME, LATER, OVERDUE, TERMS

SOON = "soon"
TERM_CHOICES = [
    ("", _("Mọi thời hạn")),
    (OVERDUE, _("Quá hạn")),
    (IN_TIME, _("Chưa quá hạn")),
    ("30", _("Trong 30 ngày")),
    ("60", _("Từ 31 đến 60 ngày")),
    ("90", _("Từ 61 đến 90 ngày")),
    (LATER, _("Sau 90 ngày")),
]


def kind_choices(codes):
    """The kinds of one of the two lists, after those that stand for several."""
    kinds = [(code, KINDS[code].label) for code in codes]
    return [("", _("Mọi hồ sơ")), (SOON, _("Quá hạn hoặc trong 90 ngày")), *kinds]


def due_mask(of, kind, term):
    """The mask of a kind, or of all that fall due by the end of 90 days, within a term if one is asked. of:
    `Worklist.candidacies` or `.admissions`."""
    if kind == SOON:
        return np.logical_or.reduce([of(None, wanted) for wanted in ([term] if term else [OVERDUE, *TERMS])])
    return of(kind, term)
