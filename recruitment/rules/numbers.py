"""The number of a document, "12-QĐ/TU": is it written as party documents are, and is the body in it the one that issued
the document? Pure; the rules are document_numbers.toml."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

from committees.vietnamese import day, fold

FILE = Path(__file__).with_name("document_numbers.toml")
MARKS = frozenset({"S", "M", "?"})
FITS, WRONG_FORM, WRONG_TYPE, WRONG_BODY, WRONG_TIME, UNPADDED, UNKNOWN, NO_ISSUER = (
    "fits", "wrong_form", "wrong_type", "wrong_body", "wrong_time", "unpadded", "unknown_body", "no_issuer",
)  # fmt: skip
VERDICTS = {
    FITS: "số văn bản hợp lệ",
    WRONG_FORM: "sai cách ghi số",
    WRONG_TYPE: "không rõ loại",
    WRONG_BODY: "sai nơi ban hành",
    WRONG_TIME: "cơ quan sai thời kỳ",
    UNPADDED: "thiếu số 0 ở trước",
    UNKNOWN: "chưa biết cơ quan này",
    NO_ISSUER: "chưa ghi nơi ban hành",
}
_WRITTEN = re.compile(
    r"(?P<number>[0-9]{1,5})-(?P<type>[A-ZĐ][A-Za-zĐđ]{0,3})/(?P<body>[A-ZĐ][A-Za-zĐđ]{1,9})"
)
# What people write meaning the same: another order of the signs, small letters, D for Đ, spaces.
_MEANT = re.compile(r"(?P<number>[0-9]{1,5}) ?[-/] ?(?P<type>[a-z]{1,4}) ?[-/] ?(?P<body>[a-z]{2,10})")

_AFTER = {}  # what was coded in this process: {code: text}


@dataclass(frozen=True)
class Issuer:
    """Those who issue under the same letters. words: beginnings of their names, folded; mark: "S" seen in a source, "M"
    from memory, "?" open."""

    words: tuple
    bodies: tuple
    citation: str
    mark: str
    since: date = date.min
    until: date = date.max


@dataclass(frozen=True)
class Rules:
    types: dict
    issuers: tuple
    form: tuple  # citation, mark, how a number is written
    padded_since: date
    padded_below: int
    padding: tuple  # citation, mark

    @property
    def bodies(self):
        return {body for issuer in self.issuers for body in issuer.bodies}

    def of(self, issuer):
        """The Issuer of a name, by the longest words it begins with; None where none is known."""
        name = fold(issuer)
        fitting = [
            (len(words), k)
            for k, one in enumerate(self.issuers)
            for words in one.words
            if name == words or name.startswith(f"{words} ")
        ]
        return self.issuers[max(fitting)[1]] if fitting else None


@dataclass(frozen=True)
class Number:
    """A document's number as typed, and what was found. hint: what is wrong and what would be right; citation, mark: of
    the rule that says so, "" where none was needed."""

    text: str
    issuer: str
    verdict: str
    hint: str = ""
    citation: str = ""
    mark: str = ""

    @property
    def word(self):
        return VERDICTS[self.verdict]

    @property
    def confirmed(self):
        """Whether the rule it was judged by needs no official's word before it is relied on."""
        return self.mark in ("S", "")


def judge(text, issuer="", on=None):
    """The Number of a text: its form first, then its kind of document, its body against the issuer (a name as written:
    "Huyện ủy Đất Đỏ", "Chi bộ thôn 3"; "" if not known) and the day of the document (None if not known)."""
    text = " ".join(str(text).split())
    bare = re.sub(r"^(?:số|Số|SỐ)[ :.]*", "", text)
    asked = rules()
    written = _WRITTEN.fullmatch(bare)
    if not written:
        return Number(text, issuer, WRONG_FORM, _rewritten(bare, asked), asked.form[0], asked.form[1])
    number, sign, body = written["number"], written["type"], written["body"]
    if sign not in asked.types:
        meant = _spelled(sign, asked.types)
        right = f" Có phải {number}-{meant}/{body}?" if meant else ""
        return Number(text, issuer, WRONG_TYPE, f"Không có loại văn bản viết tắt “{sign}”.{right}")
    if on and on >= asked.padded_since and int(number) < asked.padded_below and not number.startswith("0"):
        right = f"Từ {day(asked.padded_since)} ghi 0{number}-{sign}/{body}."
        return Number(text, issuer, UNPADDED, right, *asked.padding)
    return _of_body(text, issuer, on, (number, sign, body), asked)


def _of_body(text, issuer, on, parts, asked):
    number, sign, body = parts
    if not issuer:
        if body in asked.bodies:
            return Number(text, issuer, NO_ISSUER, "Ghi thêm nơi ban hành để so với cơ quan trong số.")
        return Number(text, issuer, UNKNOWN, f"Chưa biết cơ quan nào viết tắt “{body}”.", "", "?")
    rule = asked.of(issuer)
    if rule is None:
        return Number(text, issuer, UNKNOWN, f"Chưa có quy ước viết tắt cho “{issuer}”.", "", "?")
    if body not in rule.bodies:
        right = " hoặc ".join(f"{number}-{sign}/{one}" for one in rule.bodies)
        hint = f"“{body}” không phải chữ viết tắt của {issuer}; của nơi này là {right}."
        # Letters that go on from the usual ones, as ĐUCA from ĐU: an own custom, which no rule seen forbids.
        mark = "?" if body.startswith(rule.bodies) else rule.mark
        return Number(text, issuer, WRONG_BODY, hint, rule.citation, mark)
    if on and not rule.since <= on <= rule.until:
        edge = f"chỉ đến {day(rule.until)}" if on > rule.until else f"chỉ có từ {day(rule.since)}"
        hint = f"Văn bản ghi ngày {day(on)}, mà cơ quan này {edge}."
        return Number(text, issuer, WRONG_TIME, hint, rule.citation, rule.mark)
    return Number(text, issuer, FITS, "", rule.citation, rule.mark)


def _rewritten(text, asked):
    """What is wanted, and the number as it would be right where one can tell what was meant."""
    found = _MEANT.fullmatch(fold(text))
    if found:
        sign, body = _spelled(found["type"], asked.types), _spelled(found["body"], asked.bodies)
        if sign and body:
            return f"Viết là {found['number']}-{sign}/{body}."
    return f"Cần {asked.form[2]}."


def coded(text):
    """A number as one whole number of 63 bits: 31 of what stands after its digits (`after` says which), one whether a zero
    stands before, 31 of the digits. 0 for "". For a table of very many: a microsecond each."""
    if not text:
        return 0
    rest = text.lstrip("0123456789")
    digits = text[: len(text) - len(rest)]
    n = int(digits) if 0 < len(digits) < 10 else 0
    return _code(rest) << 32 | (digits[:1] == "0") << 31 | n


@lru_cache(maxsize=4096)
def _code(rest):
    code = int.from_bytes(blake2b(rest.encode(), digest_size=4).digest(), "big") >> 1 or 1
    _AFTER[code] = rest
    return code


def after(code):
    """What stands after the digits of the numbers whose `coded` begins with this code, as it was written."""
    return _AFTER[code]


def rightly(text, issuer="", on=None):
    """The number as the issuer would write it on the day; "" where it is written so, or nobody can tell. As `judge`."""
    asked, bare = rules(), re.sub(r"^(?:số|Số|SỐ)[ :.]*", "", " ".join(str(text).split()))
    written, meant = _WRITTEN.fullmatch(bare), _MEANT.fullmatch(fold(bare))
    if not (written or meant):
        return ""
    number = (written or meant)["number"]
    sign = _spelled((written or meant)["type"], asked.types)
    body = written["body"] if written else _spelled(meant["body"], asked.bodies)
    rule = asked.of(issuer) if issuer else None
    if rule is not None and not (body or "").startswith(rule.bodies):
        body = rule.bodies[0]
    if on and on >= asked.padded_since and int(number) < asked.padded_below:
        number = f"{int(number):02d}"
    right = f"{number}-{sign}/{body}" if sign and body else ""
    return right if right != bare and judge(right, issuer, on).verdict in (FITS, NO_ISSUER, UNKNOWN) else ""


def _spelled(letters, known):
    return next((one for one in known if fold(one) == fold(letters)), "")


@cache
def rules(path=FILE):
    """The Rules of the data file. ValueError says what is wrong with it."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        form, padding = told["form"], told["padding"]
        for one in (form, padding, *told["issuer"]):
            if one["mark"] not in MARKS or not one["citation"]:
                raise ValueError(f"{one} wants a citation and a mark")
        if type(padding["since"]) is not date or type(padding["below"]) is not int:
            raise ValueError(f"{padding} wants a day and a whole number")
        issuers = tuple(_issuer(one) for one in told["issuer"])
        found = Rules(
            dict(told["types"]), issuers, (form["citation"], form["mark"], form["words"]),
            padding["since"], padding["below"], (padding["citation"], padding["mark"]),
        )  # fmt: skip
    except (KeyError, TypeError) as fault:
        raise ValueError(f"{path.name}: {fault} missing or wrong") from None
    except ValueError as fault:  # what tomllib raises too
        raise ValueError(f"{path.name}: {fault}") from None
    return found


def _issuer(said):
    days = {name: said[name] for name in ("since", "until") if name in said}
    if not (said["words"] and said["bodies"]) or not all(type(value) is date for value in days.values()):
        raise ValueError(f"{said} wants words, bodies and whole days")
    words = tuple(fold(word) for word in said["words"])
    return Issuer(words, tuple(said["bodies"]), said["citation"], said["mark"], **days)
