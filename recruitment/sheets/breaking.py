"""Where a paragraph breaks in a width, and how wide its lines are. Knows fonts and words, no page."""

from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth

_EM = 1000  # words are measured once, at this size


@lru_cache(maxsize=20_000)
def _measured(word, face):
    return stringWidth(word, face, _EM)


def wide(text, face, size):
    """How wide a text is, in points."""
    if " " not in text:
        return _measured(text, face) * size / _EM
    words = text.split(" ")
    return (
        (sum([_measured(word, face) for word in words]) + _measured(" ", face) * (len(words) - 1))
        * size
        / _EM
    )


@lru_cache(maxsize=4_000)
def broken(text, face, size, width, first=0, whole=""):
    """((a line, its width), …) of a text in lines no wider than `width` points; first: by how much the first stands in.
    whole: words at the end that stay on one line where that line holds them. A word longer than a line is cut."""
    lines, words, long = [], [], 0
    space, room = _measured(" ", face) * size / _EM, width - first
    for word in _words(text, face, size, width, whole):
        here = wide(word, face, size)
        if words and long + space + here > room:
            lines.append((" ".join(words), long))
            words, long, room = [], 0, width
        if here > room:
            *ended, word = _cut(word, face, size, room)
            lines += [(piece, wide(piece, face, size)) for piece in ended]
            here, room = wide(word, face, size), width
        long += here + (space if words else 0)
        words.append(word)
    return (*lines, (" ".join(words), long))


@lru_cache(maxsize=4_000)
def balanced(text, face, size, width, whole=""):
    """As `broken`, the lines about as long as each other, broken before `whole` where that takes no line more: a heading of
    two lines leaves no word alone."""
    lines = broken(text, face, size, width, whole=whole)
    low, high, fewest = 0, width, len(lines)
    if whole and text != whole and (held := wide(whole, face, size)) <= width:
        before = broken(text[: -len(whole)].rstrip(" "), face, size, width)
        if len(before) < fewest:
            return (*before, (whole, held))
        low = held
    while fewest > 1 and high - low > 1:
        middle = (low + high) / 2
        tried = broken.__wrapped__(text, face, size, middle, whole=whole)
        if len(tried) > fewest or max(long for _line, long in tried) > middle or _cuts(tried, text):
            low = middle
        else:
            high, lines = middle, tried
    return lines


def _cuts(lines, text):
    return " ".join(line for line, _long in lines) != text


def _words(text, face, size, width, whole):
    if whole and text.endswith(whole) and wide(whole, face, size) <= width:
        before = text[: -len(whole)].rstrip(" ")
        return [*(before.split(" ") if before else ()), whole]
    return text.split(" ")


def _cut(word, face, size, width):
    """A word in pieces that each fit a line, one letter at least."""
    piece = ""
    for letter in word:
        if piece and stringWidth(piece + letter, face, size) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece
