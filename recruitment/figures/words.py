"""What the verdicts are called, and how a reader is shown them: shape, word and colour, always all three."""

from dataclasses import dataclass

from ..rules import numbers

WORDS = {
    "exact": "khớp",
    "rounded": "khớp (làm tròn)",
    "truncated": "khớp nếu cắt bớt",
    "wording": "số đúng, chữ không đúng",
    "sum_mismatch": "tổng không khớp",
    "part_exceeds_whole": "phần lớn hơn toàn bộ",
    "wrong_denominator": "khớp với mẫu số khác",
    "mismatch": "không khớp",
    "not_checkable": "không có gì để so",
}


@dataclass(frozen=True)
class Tag:
    """How a finding is shown: `kind` for counting, the word, the icon, the colour's class."""

    kind: str
    word: str
    icon: str
    colour: str


HOLDS = Tag("holds", "Khớp", "check", "t-met")
CONTRADICTS = Tag("contradicts", "Mâu thuẫn", "ne", "t-over")
DOUBTFUL = Tag("doubtful", "Cần làm rõ", "ask", "t-ask")
GIVEN = Tag("given", "Số gốc", "dash", "t-none")

_TAGS = {
    **dict.fromkeys(("exact", "rounded", "truncated"), HOLDS),
    **dict.fromkeys(("sum_mismatch", "part_exceeds_whole", "wrong_denominator", "mismatch"), CONTRADICTS),
    "wording": DOUBTFUL,
    "not_checkable": GIVEN,
}


def tag(verdict, doubtful=False):
    """The Tag of a verdict; what a person marked doubtful is so unless arithmetic already contradicts it."""
    found = _TAGS[verdict]
    return DOUBTFUL if doubtful and found is not CONTRADICTS else found


_NUMBER_TAGS = {
    numbers.FITS: HOLDS,
    **dict.fromkeys((numbers.WRONG_BODY, numbers.WRONG_TIME), CONTRADICTS),
    **dict.fromkeys((numbers.WRONG_FORM, numbers.WRONG_TYPE, numbers.UNPADDED), DOUBTFUL),
    **dict.fromkeys((numbers.UNKNOWN, numbers.NO_ISSUER), GIVEN),
}


def number_tag(verdict):
    """The Tag of the finding on a document's number."""
    return _NUMBER_TAGS[verdict]
