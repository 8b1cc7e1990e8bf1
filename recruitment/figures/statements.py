"""One claim of a document, read: which operation, on which terms, with what printed beside it. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from committees.vietnamese import decimal, fold, number, parse_decimal

from . import printed as figures
from .printed import Printed

RATIO, SUM, DIFFERENCE, MEAN, PART = "tỷ lệ", "tổng", "hiệu", "bình quân", "bộ phận"
OPERATIONS = (RATIO, SUM, DIFFERENCE, MEAN, PART)
_NAMES = {fold(name): name for name in OPERATIONS} | {"ti le": RATIO}
_SIGNS = {RATIO: " / ", SUM: " + ", DIFFERENCE: " − ", MEAN: " / ", PART: " / "}


class Unreadable(ValueError):
    """A field of a claim that cannot be read: `field` is operation, published or terms; `wanted` says what is."""

    def __init__(self, field, value, wanted):
        super().__init__(f"{field}: {value!r}; {wanted}")
        self.field, self.value, self.wanted = field, value, wanted


@dataclass(frozen=True)
class Statement:
    """One claim, read. `printed` is None where nothing is printed to compare with; `terms` are exact."""

    code: str
    operation: str
    printed: Printed | None
    terms: tuple[Fraction, ...]
    document: str = ""

    @property
    def is_share(self):
        """Whether the operation yields a percentage."""
        return self.operation in (RATIO, PART)

    @property
    def formula(self):
        """The computation as written on paper: "9.701 / 9.352"; empty without terms."""
        if len(self.terms) > 2 and set(self.terms) == {1}:
            return f"đếm {len(self.terms)} mục"
        return _SIGNS[self.operation].join(written(term) for term in self.terms)


def state(code, operation, published, terms, document=""):
    """The Statement in five fields as typed; `published` and `terms` may be empty. Raises Unreadable."""
    name = operation_of(operation)
    return Statement(code, name, printed_of(published), terms_of(name, terms), " ".join(document.split()))


def operation_of(value):
    """The operation named, accents and case aside; Unreadable for any other."""
    name = _NAMES.get(fold(str(value or "")))
    if name is None:
        raise Unreadable("operation", value, "một trong: " + ", ".join(OPERATIONS))
    return name


def printed_of(value):
    """The figure as printed, None for an empty one; Unreadable where no number can be read."""
    if _blank(value):
        return None
    try:
        return figures.read(value)
    except ValueError:
        raise Unreadable("published", value, figures.WANTED) from None


def terms_of(operation, value):
    """The terms, exact, () where empty; Unreadable for what is no number, or not as many as the operation takes.

    `operation` None stands for one that could not be read: then any number of terms will do.
    """
    if _blank(value):
        return ()
    pieces = [value] if isinstance(value, int | float) else str(value).split(";")
    try:
        terms = tuple(Fraction(parse_decimal(piece)) for piece in pieces)
    except ValueError:
        raise Unreadable("terms", value, "các số cách nhau bằng dấu chấm phẩy, ví dụ 9.701;9.352") from None
    if operation not in (SUM, None) and len(terms) != 2:
        raise Unreadable("terms", value, f"đúng hai số cách nhau bằng dấu chấm phẩy cho phép “{operation}”")
    return terms


def written(value):
    """A number as written: whole "9.701", otherwise with the decimals it has, at most four: "51,2222"."""
    if value.denominator == 1:
        return number(value.numerator)
    return decimal(value, 4).rstrip("0")


def compute(operation, terms, printed):
    """The exact value, shares times 100 (unless printed as "lần"); None over zero."""
    if operation == SUM:
        return sum(terms)
    first, second = terms
    if operation == DIFFERENCE:
        return first - second
    if second == 0:
        return None
    times = 100 if operation != MEAN and not (printed and printed.times) else 1
    return first * times / second


def text_of(statement, value, places=2):
    """A value of that statement as written: shares "103,73 %", whole numbers without decimals."""
    if statement.is_share and not (statement.printed and statement.printed.times):
        return f"{decimal(value, places)} %"
    return number(value.numerator) if value.denominator == 1 else decimal(value, places)


def _blank(value):
    return value is None or not str(value).strip()
