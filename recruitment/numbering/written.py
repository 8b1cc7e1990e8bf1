"""A number as people write it, and when two are the same."""

import re
from functools import lru_cache

from django.db.models import Q

from committees.vietnamese import fold

_PARTS = re.compile(r"0*([0-9]+)[-/.]?([a-z]{1,4})[-/.]([a-z]{1,10})")
# What people put between the number and the letters after it.
_BETWEEN = ("-", "/", " ", "–", ".")


@lru_cache(maxsize=4096)
def folded_number(number):
    """`145-QĐ/HU`, `145 - QĐ/HU`, `145/QĐ-HU` and `145-qd/hu` are the same number, `05-QĐ/HU` and `5-QĐ/HU` are: offices
    pad what is below 10 (05-HD/VPTW), their lists do not. "" for no number."""
    text = "".join(fold(number or "").split())
    found = _PARTS.fullmatch(text)
    return f"{found[1]}-{found[2]}/{found[3]}" if found else re.sub(r"^0+(?=[0-9])", "", text)


def parts(number):
    """(12, "qd", "hu") of 12-QĐ/HU, folded; None for what is not written as a number of a document."""
    found = _PARTS.fullmatch(folded_number(number))
    return (int(found[1]), found[2], found[3]) if found and len(found[1]) < 10 else None


def alike(field, number):
    """The condition on a text column that every other way of writing the number meets, and few others do: what is stored
    is single-spaced, so the same number begins with the same digits, or with zeros before them."""
    digits = re.match("[0-9]*", folded_number(number))[0]
    if not digits:
        return Q(**{field: number})
    condition = Q(**{f"{field}__in": [zeros + digits for zeros in ("", "0", "00")]})
    for zeros in ("", "0", "00"):
        for sign in _BETWEEN:
            condition |= Q(**{f"{field}__startswith": f"{zeros}{digits}{sign}"})
    return condition
