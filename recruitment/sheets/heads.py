"""Finding the headings of a table: in which rows they stand, and which column each of the wanted ones names.

Real files put a title above, spread a heading over two or three rows ("Ngày sinh" over "Nam" and "Nữ") and merge its
cells. What is merged is told here by what stands below it, so that a table copied without its merges reads the same.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from openpyxl.utils import column_index_from_string

from committees.vietnamese import fold

HEADING_WITHIN = 40  # rows; title lines, the office's name and the date may stand above
DEEPEST = 3  # rows over which one heading may be spread
LONGEST_HEADING = 120  # characters; what is longer is compared by its beginning
_REMEMBERED = 16_384
_SUM = re.compile(r"tong\b.*|cong|tat ca|chung")  # of the columns beside it, as compared
_NOTE = re.compile(r"\s*[(\[].*[)\]]\s*", re.DOTALL)
_YEARS = range(1900, 2101)
_LIKELIEST = 3  # rows around which headings over several rows are looked for


@dataclass(frozen=True)
class Synonyms:
    """Other words for wanted headings, {heading: words}: `sure` ones are read as the heading wherever it is not there
    itself; `likely` ones are only proposed to a person. `wholes`: {heading: {word below: value}}: two columns under one
    heading give it a value by which of them is filled ("Nam" | "Nữ" under "Ngày sinh")."""

    sure: dict = field(default_factory=dict)
    likely: dict = field(default_factory=dict)
    wholes: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Arranged:
    """How a table is read: its heading rows, the columns of each heading (the first filled one counts), and {letter:
    value} of headings told by which column is filled. said: whether a person said so."""

    row: int
    rows: int = 1
    columns: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)
    said: bool = False


@lru_cache(_REMEMBERED)
def key(heading):
    """A heading as compared: folded, without `*`, colon and trailing notes in brackets."""
    text = fold(heading[:LONGEST_HEADING]).replace("*", " ").rstrip(" :")
    while text != (shorter := re.sub(r"[(\[][^()\[\]]*[)\]][ :]*$", "", text).rstrip()):
        text = shorter
    return " ".join(text.split())


def joined(texts):
    """The texts of one column as compared."""
    return " ".join(map(key, texts))


def in_order(letters):
    """Letters of columns from left to right."""
    return sorted(letters, key=lambda letter: (len(letter), letter))


column_number = lru_cache(_REMEMBERED)(column_index_from_string)


def block(above, row, rows):
    """{letter: its texts from top to bottom} of the headings in `rows` rows from `row`; a text over several columns
    stands over each of them."""
    lines = [above.get(row + k, {}) for k in range(rows)]
    found = {letter: [] for letter in in_order({letter for line in lines for letter in line})}
    for k, line in enumerate(lines):
        over, last = None, None
        for letter in found:
            below = any(letter in lower for lower in lines[k + 1 :])
            if letter in line:
                over, last = (line[letter] if below else None), letter
                found[letter].append(_words(line[letter]))
            elif over is not None and below and column_number(letter) == column_number(last) + 1:
                last = letter
                found[letter].append(_words(over))
            else:
                over = None
    return {letter: tuple(texts) for letter, texts in found.items()}


def _words(value):
    return " ".join(str(value)[: 2 * LONGEST_HEADING].split())


def spoken(texts):
    """The texts of one column as one line: "Ngày sinh, Nam"."""
    return ", ".join(texts)


def matched(columns, headings, synonyms, *, likely=False):
    """{heading: [letters]} of wanted headings in a `block`, by their own words and sure ones; by likely ones only where
    these say nothing, and then the likeliest. A column by other words may give several headings. Several letters: it is
    not known which is meant."""
    names = {key(name): name for name, _ in headings}
    keys = {letter: _keys(columns, letter, texts) for letter, texts in columns.items()}
    found = {}
    for letter, said in keys.items():
        name = next((names[k] for k in said if k in names), None)
        if name is not None:
            found.setdefault(name, []).append(letter)
    free = columns.keys() - {letter for letters in found.values() for letter in letters}
    found = {
        name: letters + _rivals(name, letters, columns, {at: keys[at] for at in free}, synonyms)
        for name, letters in found.items()
    }
    for name, _ in headings:
        words = set(synonyms.sure.get(name, ()))
        letters = found.get(name, []) + [at for at in free if words.intersection(keys[at])]
        if letters:
            found[name] = in_order(set(letters))
    if likely:
        free -= {letter for letters in found.values() for letter in letters}
        for name, _ in headings:
            words = synonyms.likely.get(name, ())
            there = [(words.index(k), column_number(at), at) for at in free for k in keys[at] if k in words]
            if there and name not in found:
                found[name] = [min(there)[-1]]
    return found


def _rivals(name, letters, columns, others, synonyms):
    """The columns that may as well be meant by a heading that only stands below one over several columns: of what
    "Ngày quyết định" is the day there, only the heading above says."""
    texts = columns[letters[0]]
    below = len(texts) > 1 and key(name) == key(texts[-1]) and _covers(columns, texts[:1]) > 1
    if len(letters) > 1 or not below:
        return []
    words = {*synonyms.sure.get(name, ()), *synonyms.likely.get(name, ())}
    return [at for at, said in others.items() if words.intersection(said)]


def _covers(columns, upper):
    """Over how many columns the upper texts stand."""
    return sum(texts[: len(upper)] == upper for texts in columns.values())


def _keys(columns, letter, texts):
    """What a column may be called: by all its texts, by the lowest, by the highest where it covers this column alone,
    and where it is the sum of what stands under one heading by that."""
    if not texts:
        return []
    found = [joined(texts), key(texts[-1])]
    if len(texts) > 1 and _covers(columns, texts[:1]) == 1:
        found.append(key(texts[0]))
    if len(texts) > 1 and _SUM.fullmatch(found[1]):
        found.append(key(texts[-2]))
    return found


def undecided(columns, headings, synonyms, arranged):
    """{heading: [letters]} of headings for which several columns may be meant and none says that it is the one."""
    pairs = {tuple(letters) for letters in arranged.words.values()}
    found = {
        name: letters
        for name, letters in arranged.columns.items()
        if len(letters) > 1 and tuple(letters) not in pairs
    }
    for name, _ in headings:
        words = {key(name), *synonyms.sure.get(name, ())}
        under = [at for at, texts in columns.items() if any(key(text) in words for text in texts[:-1])]
        if len(under) > 1 and name not in arranged.columns and name not in arranged.words:
            found[name] = under
    return found


def told_by_column(columns, synonyms):
    """({heading: [letters]}, {heading: {letter: value}}) of pairs of columns under one heading: the first gives what
    stands in whichever is filled, the second says which it was."""
    gives, words = {}, {}
    for name, values in synonyms.wholes.items():
        under = {}
        for letter, texts in columns.items():
            if texts and key(texts[-1]) in values:
                under.setdefault(texts[:-1], {})[letter] = values[key(texts[-1])]
        for texts, letters in under.items():
            if len(set(letters.values())) == len(values):
                words.setdefault(name, letters)
                gives = {key(texts[-1]): list(letters)} if texts else {}
                break
    return gives, words


def find(above, headings, synonyms):
    """(row, rows) of the headings: the rows that name most of them, the fewest rows, the first of these; None where no
    two (of several wanted) are named."""
    counts = {row: _named(above, row, 1, headings, synonyms) for row in sorted(above)}
    places = {(row, 1): count for row, count in counts.items()}
    for row in sorted(counts, key=counts.get, reverse=True)[:_LIKELIEST]:
        for rows in range(2, DEEPEST + 1):
            for first in range(row - rows + 1, row + 1):
                if first in above and first + rows - 1 in above:
                    places[first, rows] = _named(above, first, rows, headings, synonyms)
    best = max(places, key=lambda place: (places[place], -place[1], -place[0]), default=None)
    if best is None or places[best][0] < min(2, len(headings)):
        return None
    row, rows = best
    while rows < DEEPEST and _divides(
        [above.get(row + k, {}) for k in range(rows)], above.get(row + rows, {})
    ):
        rows += 1
    return row, rows


def _divides(lines, lower):
    """Whether the row below these headings only says what the columns under one of them are: the first stands under its
    words, the others beside it under nothing. Whatever else stands there is a note in brackets."""
    titled = {letter for line in lines for letter in line}
    divided, group = set(), []
    for letter in in_order(lower):
        beside = group and letter not in titled and column_number(letter) == column_number(group[-1]) + 1
        group = [*group, letter] if beside else [letter] if letter in titled else []
        divided |= set(group) if len(group) > 1 else set()
    return bool(divided) and all(
        (isinstance(value, str) or value in _YEARS)
        and (letter in divided) is not bool(_NOTE.fullmatch(str(value)[:LONGEST_HEADING]))
        for letter, value in lower.items()
    )


def _named(above, row, rows, headings, synonyms):
    """How many of the wanted headings stand there, and how many of these by their own words."""
    columns = block(above, row, rows)
    found = arranged(columns, row, rows, headings, synonyms, likely=True)
    return len(found.columns.keys() | found.words.keys()), len(matched(columns, headings, Synonyms()))


def arranged(columns, row, rows, headings, synonyms, *, likely=False):
    """The Arranged that the headings' own words say, and other words where `synonyms` knows them."""
    found = matched(columns, headings, synonyms, likely=likely)
    gives, words = told_by_column(columns, synonyms)
    words = {name: letters for name, letters in words.items() if name not in found}
    for name, _ in headings if words else ():
        letters = gives.get(key(name)) or next(
            (gives[k] for k in synonyms.sure.get(name, ()) if k in gives), None
        )
        if letters and name not in words:
            found[name] = in_order({*found[name], *letters}) if name in found else letters
    return Arranged(row, rows, found, words)


def guess(above):
    """The row most like headings where no word is known: the one with most texts, the first of these; None without
    any."""
    counts = {row: sum(isinstance(value, str) for value in cells.values()) for row, cells in above.items()}
    return max(sorted(counts), key=counts.get) if any(counts.values()) else None
