"""A rule's value as people read and write it: "60 tháng", "30 ngày làm việc", "hai phần ba". What sort a value is follows
from the value that stands: a rule never changes its sort."""

import re
import unicodedata
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese

# unit: (how it is said after the number, lowest, highest value that can be meant)
UNITS = {
    "months": (gettext_lazy("tháng"), 1, 1200),
    "working_days": (gettext_lazy("ngày làm việc"), 1, 366),
    "days": (gettext_lazy("ngày"), 1, 366),
    "years": (gettext_lazy("tuổi"), 1, 120),
    "percent": ("%", 1, 100),
    "points": (gettext_lazy("điểm"), 0, 10),
    None: ("", 1, 1000),
}
# What the stored words of a rule mean; the rules know no others.
WORDS = {
    "age_day": {
        "ignore": gettext_lazy("không xét ngày trong tháng"),
        "count": gettext_lazy("có xét ngày trong tháng"),
    },
    "schooling": {
        "primary": gettext_lazy("hoàn thành tiểu học"),
        "lower_secondary": gettext_lazy("tốt nghiệp trung học cơ sở"),
        "upper_secondary": gettext_lazy("tốt nghiệp trung học phổ thông"),
    },
    "readmission_never": {
        "dropped_out": gettext_lazy("tự bỏ sinh hoạt đảng"),
        "resigned": gettext_lazy("tự xin ra khỏi Đảng"),
        "disunity": gettext_lazy("gây mất đoàn kết nghiêm trọng"),
        "corruption": gettext_lazy("bị kết án vì tham nhũng"),
        "serious_crime": gettext_lazy("bị kết án vì tội nghiêm trọng trở lên"),
    },
}
WORDS["schooling_exception"] = WORDS["schooling"]
AGES = {"age_min", "age_max"}  # counted in months, thought of in years
SEVERAL = {"readmission_never"}  # rules whose value is any number of their words
_DIGITS = "không một hai ba bốn năm sáu bảy tám chín mười".split()
_FRACTION = re.compile(r"([0-9]{1,3}) ?/ ?([0-9]{1,3})")


def is_fraction(value):
    return isinstance(value, str) and _FRACTION.fullmatch(value) is not None


def say(rule):
    """The value in words, without a break between number and unit; "" for a bare duty."""
    value = rule.value
    if value is None:
        return ""
    if isinstance(value, int):
        unit = str(UNITS[rule.unit][0])
        if rule.code in AGES and value % 12 == 0:
            unit += _(" (%d tuổi)") % (value // 12)
        return f"{vietnamese.number(value)}{vietnamese.NBSP}{unit.replace(' ', vietnamese.NBSP)}".strip()
    if is_fraction(value):
        return _fraction_words(Fraction(value))
    known = WORDS.get(rule.code, {})
    return "; ".join(str(known.get(word, word)) for word in str(value).split())


def _fraction_words(share):
    if share == Fraction(1, 2):
        return _("quá nửa")
    if share == 1:
        return _("tất cả")
    if share.denominator < len(_DIGITS):
        return _("%(part)s phần %(whole)s") % {
            "part": _DIGITS[share.numerator], "whole": _DIGITS[share.denominator].replace("bốn", "tư"),
        }  # fmt: skip
    return f"{share.numerator}/{share.denominator}"


def typed(rule):
    """The value as it would be typed into its field."""
    if rule.value is None:
        return ""
    return str(rule.value).split() if rule.code in SEVERAL else str(rule.value)


def choices(rule):
    """[(stored word, what it means)] of a rule whose value is one of a few words; [] for other sorts."""
    if rule.code not in WORDS:
        return []
    known = dict(WORDS[rule.code])
    for word in str(rule.value).split():
        known.setdefault(word, word)
    return list(known.items())


def parser(rule):
    """A function from what was typed to the value as stored. It raises ValueError with what is wanted: a whole number
    of the unit within its bounds, or a fraction from one half to the whole."""
    return _read_fraction if is_fraction(rule.value) else _reads_number(rule.unit)


def _reads_number(unit):
    said, low, high = UNITS[unit]
    wanted = _("một số nguyên từ %(low)s đến %(high)s %(unit)s") % {
        "low": low, "high": vietnamese.number(high), "unit": said,
    }  # fmt: skip

    def read(text):
        try:
            value = vietnamese.parse_number(text.strip())
        except ValueError:
            value = None
        if value is None or not low <= value <= high:
            raise ValueError(wanted.strip())
        return value

    return read


def _read_fraction(text):
    found = _FRACTION.fullmatch(unicodedata.normalize("NFKC", text).replace("\u2044", "/").strip())
    whole = int(found[2]) if found else 0
    share = Fraction(int(found[1]), whole) if whole else None
    if share is None or not Fraction(1, 2) <= share <= 1:
        raise ValueError(_("một phân số từ 1/2 đến 1/1, ví dụ 2/3"))
    return f"{share.numerator}/{share.denominator}"


def valid(rule, value):
    """Whether `value` is of the rule's sort and within its bounds."""
    if rule.value is None:
        return value is None
    if isinstance(rule.value, int):
        _said, low, high = UNITS[rule.unit]
        return type(value) is int and low <= value <= high
    if is_fraction(rule.value):
        return is_fraction(value) and Fraction(1, 2) <= Fraction(value) <= 1
    words = str(value or "").split()
    known = {word for word, _meaning in choices(rule)}
    return bool(words) and known.issuperset(words) and (rule.code in SEVERAL or len(words) == 1)
