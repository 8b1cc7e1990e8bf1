"""The geometry of an organisation chart on sheets of A4 landscape. Pure: units in, boxes and lines out, lengths in mm.

One unit on top; below it a box for each unit of the next level, COLUMNS side by side, row under row; where a third level
is wanted, its names hang under their box. A row that does not fit begins the next sheet; a branch too long for one
sheet, and more units than anybody reads, are folded into a count. Drawn by templates/committees/chart.svg.
"""

from dataclasses import dataclass, field
from textwrap import wrap

WIDTH, HEIGHT = 277, 172  # what the margins of a landscape A4 leave, less the sheet's foot
HEADED = 152  # the first sheet bears the page's heading
LONGEST = 128  # of a branch, so that one with the unit on top fits the first sheet
COLUMNS, TRUNK, GAP, DROP = 5, 5, 4, 6
BOX = (WIDTH - TRUNK - GAP * (COLUMNS - 1)) / COLUMNS
ROOT = 130
# Height of a line and characters that surely fit into a box: of a name, of what is said below it, of a hanging name.
NAME, NAME_FITS, NAME_LINES = 4.2, 25, 3
NOTE, NOTE_FITS = 3.6, 34
HUNG, HUNG_FITS, HUNG_LINES, HUNG_GAP = 3.5, 31, 2, 0.9
PAD, INDENT = 1.6, 4
MOST_HUNG, MOST_BOXES = 24, 400


@dataclass(frozen=True)
class Unit:
    """One organisation: its name, notes below it, the units under it, and how many more there are of these."""

    name: str
    notes: tuple = ()
    below: tuple = ()
    more: int = 0


@dataclass(frozen=True)
class Text:
    x: str
    y: str
    words: str
    css: str


@dataclass
class Sheet:
    """One page: boxes (x, y, width, height), lines (x1, y1, x2, y2), texts."""

    height: str
    boxes: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    texts: list = field(default_factory=list)


def sheets(root, more_words):
    """The Sheets of a Unit and those under it. more_words(n): what stands for n folded units, e.g. "và 12 tổ chức nữa"."""
    return _Drawing(more_words).draw(root)


class _Drawing:
    def __init__(self, more_words):
        self.more_words, self.sheets = more_words, []

    def draw(self, root):
        self._turn(HEADED)
        width = ROOT
        name = _lines(root.name, int(NAME_FITS * width / BOX), 2)
        height = 2 * PAD + NAME * len(name) + NOTE * len(root.notes)
        self._box((WIDTH - width) / 2, 0, width, height, name, root.notes, centred=True)
        below = [*root.below[:MOST_BOXES]]
        if folded := len(root.below) - len(below) + root.more:
            below.append(Unit(self.more_words(folded)))
        blocks = [_Block(unit, self.more_words) for unit in below]
        rows = [blocks[k : k + COLUMNS] for k in range(0, len(blocks), COLUMNS)]
        self.sheets[-1].height = _text(height)
        if rows:
            self._line(WIDTH / 2, height, WIDTH / 2, height + DROP / 2)
        y, first = height, True
        for row in rows:
            need = DROP + max(block.height for block in row)
            if y + need > self.room:
                self._end_trunk()
                self._turn(HEIGHT)
                y, first = 0, False
            self._row(row, y, reaches=WIDTH / 2 if first else 0)
            y, first = y + need, False
            self.sheets[-1].height = _text(y)
        self._end_trunk()
        return self.sheets

    def _turn(self, room):
        self.room, self.bus, self.trunk_from = room, None, 0 if self.sheets else None
        self.sheets.append(Sheet(_text(room)))

    def _row(self, row, y, *, reaches):
        """A bus above the row, a drop to each box, and what hangs under it."""
        bus = y + DROP / 2
        lefts = [TRUNK + k * (BOX + GAP) for k in range(len(row))]
        start = TRUNK / 2 if self.trunk_from is not None or self.bus is not None else lefts[0] + BOX / 2
        self._line(min(start, TRUNK / 2), bus, max(reaches, lefts[-1] + BOX / 2), bus)
        self.trunk_from = bus if self.trunk_from is None else self.trunk_from
        self.bus = bus
        for x, block in zip(lefts, row, strict=True):
            self._line(x + BOX / 2, bus, x + BOX / 2, y + DROP)
            self._box(x, y + DROP, BOX, block.box, block.name, block.notes)
            self._hang(x, y + DROP + block.box, block)

    def _end_trunk(self):
        """What joins the rows of a sheet, on its left."""
        if self.bus is not None and self.bus > self.trunk_from:
            self._line(TRUNK / 2, self.trunk_from, TRUNK / 2, self.bus)

    def _hang(self, x, y, block):
        last = None
        for lines in block.hung:
            last = y + HUNG_GAP + HUNG / 2
            self._line(x + INDENT / 2, last, x + INDENT - 0.6, last)
            for k, words in enumerate(lines):
                self._say(x + INDENT, y + HUNG_GAP + HUNG * (k + 0.75), words, "o-hung")
            y += HUNG_GAP + HUNG * len(lines)
        if last is not None:
            self._line(x + INDENT / 2, y - block.stem, x + INDENT / 2, last)

    def _box(self, x, y, width, height, name, notes, *, centred=False):
        self.sheets[-1].boxes.append(tuple(map(_text, (x, y, width, height))))
        at, css = (x + width / 2, " o-mid") if centred else (x + PAD, "")
        for k, words in enumerate(name):
            self._say(at, y + PAD + NAME * (k + 0.78), words, f"o-name{css}")
        top = y + PAD + NAME * len(name)
        for k, words in enumerate(notes):
            self._say(at, top + NOTE * (k + 0.75), words, f"o-note{css}")

    def _line(self, *ends):
        self.sheets[-1].lines.append(tuple(map(_text, ends)))

    def _say(self, x, y, words, css):
        self.sheets[-1].texts.append(Text(_text(x), _text(y), words, css))


class _Block:
    """A box of the second level with what hangs under it, as high as it comes to be."""

    def __init__(self, unit, more_words):
        self.name = _lines(unit.name, NAME_FITS, NAME_LINES)
        self.notes = [_lines(note, NOTE_FITS, 1)[0] for note in unit.notes]
        self.box = 2 * PAD + NAME * len(self.name) + NOTE * len(self.notes)
        room = LONGEST - self.box
        shown, used = [], 0
        for below in unit.below:
            lines = _lines(below.name, HUNG_FITS, HUNG_LINES)
            used += HUNG_GAP + HUNG * len(lines)
            # One more line may be needed, for those that are folded.
            if len(shown) == MOST_HUNG or used + HUNG_GAP + HUNG > room:
                break
            shown.append(lines)
        if folded := len(unit.below) - len(shown) + unit.more:
            shown.append([more_words(folded)])
        self.hung = shown
        self.stem = sum(HUNG_GAP + HUNG * len(lines) for lines in shown)
        self.height = self.box + self.stem


def _lines(words, fits, most):
    """At most so many lines of at most so many characters; what is cut ends in an ellipsis."""
    return wrap(words, fits, max_lines=most, placeholder="…", break_on_hyphens=False) or [""]


def _text(length):
    """A length as an attribute: at most two decimals."""
    return f"{round(length, 2):g}"
