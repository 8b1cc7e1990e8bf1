"""What the figures of a workbook are called: one name each, of the sheet, the row and the column, in plain letters."""

import re

from committees.vietnamese import fold

# Kinds of a column whose values are figures.
FIGURES = {"whole", "signed", "percent", "decimal"}
_LONGEST = 250


def figure_name(sheet, row, column, taken):
    """The name of a figure by the keys of its sheet, row and column, as none of those taken: "theo_don_vi.t_1.now". Names
    differ in more than case, begin with a letter and are never an address."""
    plain = ".".join(re.sub("[^a-z0-9]+", "_", fold(part)).strip("_") or "x" for part in (sheet, row, column))
    name, k = plain[:_LONGEST], 1
    while name in taken:
        k += 1
        name = f"{plain[:_LONGEST]}_{k}"
    return name
