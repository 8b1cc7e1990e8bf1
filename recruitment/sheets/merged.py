"""What merged cells mean: the file holds a value in the first of them alone, and a person reads it in all."""

import re
from bisect import bisect_left, bisect_right
from datetime import date

from . import heads

# Numbers, and texts that may be one: what one number says of several rows together is not what it says of each.
_NUMBER = re.compile(r"[\d.,%\s-]*")
_DAY = re.compile(r"\d{1,2}[.-]\d{1,2}[.-]\d{4}")


def fill(table, merged, columns, required):
    """Write what stands in cells merged down a column into the rows below the first that say anything of their own of
    what every row must have, and note the cells (`Table.merged`). columns: {heading: letters}. Numbers are not written:
    those rows are told as faulty where the number is required."""
    headings = {}
    for name, letters in columns.items():
        if len(letters) == 1:
            headings.setdefault(letters[0], []).append(name)
    spans = sorted(
        (top, left, bottom) for left, top, right, bottom in merged if left == right and left in headings
    )
    if not spans:
        return
    numbers = [row.number for row in table.rows]
    own = {
        row.number
        for row in table.rows
        if not required or any(row.cells[name] is not None for name in required)
    }
    for top, letter, bottom in spans:
        first = bisect_left(numbers, top)
        if first == len(numbers) or numbers[first] != top:
            continue
        below = [row for row in table.rows[first + 1 : bisect_right(numbers, bottom)] if row.number in own]
        for name in headings[letter]:
            value = table.rows[first].cells[name]
            if value is not None and below:
                table.merged.append(f"{letter}{top}:{letter}{bottom}")
            for row in below if _means_each(value) else ():
                if row.cells[name] is None:
                    row.cells[name] = value
    table.merged = list(dict.fromkeys(table.merged))


def _means_each(value):
    if value.__class__ is str:
        return not _NUMBER.fullmatch(value) or _DAY.fullmatch(value) is not None
    return isinstance(value, date)


def parted(arranged, merged, rows):
    """(heading, letters) of the first heading over merged columns of which more than one hold something in a row: one
    column is not what the heading names. None where there is none."""
    last = arranged.row + arranged.rows - 1
    starts = {letters[0]: name for name, letters in arranged.columns.items() if len(letters) == 1}
    for left, top, right, bottom in merged:
        if left in starts and arranged.row <= top <= last <= bottom and left != right:
            span = range(heads.column_number(left), heads.column_number(right) + 1)
            for cells in rows:
                filled = [letter for letter in heads.in_order(cells) if heads.column_number(letter) in span]
                if len(filled) > 1:
                    return starts[left], filled
    return None
