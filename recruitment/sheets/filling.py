"""What the formulas of a workbook hold: the library writes them without a value."""

import re
import zipfile
from decimal import Decimal
from fractions import Fraction

from committees import vietnamese


def held(value, kind):
    """A value as the number a cell holds: a percentage is rounded, as its formula rounds."""
    if kind == "percent":
        return vietnamese.percent(value, 1).scaleb(-2)
    return Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else value


_EMPTY = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v(?:\s*/>|></v>)')


def fill(source, target, values):
    """Copy the package, writing into each sheet's formulas the values they have: the library leaves them empty."""
    with zipfile.ZipFile(source) as known, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for item in known.infolist():
            content = known.read(item)
            found = re.fullmatch(r"xl/worksheets/sheet([0-9]+)\.xml", item.filename)
            if found:
                content = _filled(content, values.get(int(found[1]), {}))
            package.writestr(item.filename, content)


def _filled(content, values):
    def filled(found):
        return b"%s<v>%s</v>" % (found[1], str(values[found[2].decode()]).encode())

    return _EMPTY.sub(filled, content)
