"""Names of places that were no longer used on the day of a paper: units that ceased on 01/07/2025 (domain.md §4.2), and what
the tree's own history shows to have been called otherwise. Pure but for the structure it is given."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from committees.models import Kind
from committees.vietnamese import day as written

# From that day there are provinces and communes, no district between them, and other provinces than before.
RENAMED_ON = date(2025, 7, 1)
_GONE = {"huyện", "quận", "thị xã", "thị trấn"}
_CITIES = {"Hà Nội", "Huế", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"}
_PROVINCES = {
    "An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai",
    "Hà Tĩnh", "Hưng Yên", "Khánh Hòa", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nghệ An", "Ninh Bình",
    "Phú Thọ", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sơn La", "Tây Ninh", "Thái Nguyên", "Thanh Hóa",
    "Tuyên Quang", "Vĩnh Long",
}  # fmt: skip
_UNIT = re.compile(
    r"\b(huyện|quận|thị xã|thị trấn|thành phố|tp|tỉnh|xã|phường|đặc khu)\b\.?\s+", re.IGNORECASE
)
_WORD = re.compile(r"([^\s,;.:()“”\"]+)([ \u00a0]*)")
# The old name stands with the new one beside it.
_NOW = re.compile(r"\bnay (?:là|thuộc)\b", re.IGNORECASE)
_OLD = re.compile(r"\s*\(?\s*cũ\b", re.IGNORECASE)
_BEFORE = re.compile(r"\(\s*(?:trước|nguyên|tên cũ|cũ)\b", re.IGNORECASE)
# What a name in brackets adds: what the place was called, or what it is called now.
_WAS = re.compile(
    r"\s*\(\s*(?:trước(?: đây| kia)?|nguyên|tên cũ|cũ)(?:\s+(?:là|thuộc))?\s*:?\s+([^()]+)\)", re.IGNORECASE
)
_IS = re.compile(r"\s*\(\s*nay (?:là|thuộc)\b[^()]*\)", re.IGNORECASE)
# Units from the smallest; a city is a province's or a district's.
_LEVELS = {"xã": 1, "phường": 1, "thị trấn": 1, "đặc khu": 1, "huyện": 2, "quận": 2, "thị xã": 2, "tỉnh": 3}
_HAMLET = re.compile(r"\s*(?:thôn|ấp|bản|buôn|làng|xóm|tổ|khu phố|khóm|số|đường)\b", re.IGNORECASE)


def old_names(text, on, structure):
    """[(name of a place, the day it ceased)] of those in a text that had ceased by the day and do not stand beside what
    they are called now ("huyện Đất Đỏ cũ", "nay là …"). structure: the tree's history; None: the units alone."""
    found = []
    for unit, name, start, end in _named(text):
        since = _ceased(unit, name, on, structure)
        if since and not _explained(text, start, end):
            found.append((f"{unit} {name}", since))
    return found


def former(text):
    """A text as papers of before RENAMED_ON say it: names in brackets ("trước là …") instead of those they explain, parts
    smaller than what the brackets begin with kept; without "nay là …"."""
    text, done, end = _IS.sub("", text), [], 0
    for was in _WAS.finditer(text):
        before, old = text[end : was.start()], was[1].strip()
        first = _level(old.split(",")[0])
        lead = before[: len(before) - len(before.lstrip(", "))] if done else ""
        kept = [part.strip() for part in before.split(",") if part.strip() and _level(part) < first]
        done.append(lead + ", ".join([*kept, old]))
        end = was.end()
    return "".join([*done, text[end:]])


def _level(part):
    """How large the unit is that a part of a place names: 0 for one below the commune, the largest where nothing tells."""
    if found := _UNIT.match(part.strip()):
        unit, name = found[1].lower(), part.strip()[found.end() :]
        return _LEVELS.get(unit) or (3 if _key(name) in _keys(_CITIES) else 2)
    return 0 if _HAMLET.match(part) else 4


def words(label, found, on):
    """The sentence on a field with old names."""
    names = ", ".join(f"“{name}”" for name, _since in found)
    return _("%(label)s: %(names)s là tên không còn dùng vào ngày %(on)s (từ ngày %(since)s).") % {
        "label": label, "names": names, "on": written(on), "since": written(max(since for _name, since in found)),
    }  # fmt: skip


def _named(text):
    """(unit, name, where it begins, where it ends) of every place a text names."""
    for found in _UNIT.finditer(text):
        taken, end = [], found.end()
        while word := _WORD.match(text, end):
            if not (word[1][0].isupper() or word[1].isdecimal() or taken and word[1] in "–-"):
                break
            taken.append(word[1])
            end = word.end()
        if taken:
            unit = found[1].lower()
            yield ("thành phố" if unit == "tp" else unit), " ".join(taken), found.start(), end


def _ceased(unit, name, on, structure):
    if on >= RENAMED_ON and (
        unit in _GONE
        or unit == "thành phố" and _key(name) not in _keys(_CITIES)
        or unit == "tỉnh" and _key(name) not in _keys(_PROVINCES)
    ):  # fmt: skip
        return RENAMED_ON
    rows = _borne(structure).get((unit, _key(name)), ()) if structure is not None else ()
    ended = [until for since, until in rows if until <= on.toordinal()]
    stands = any(since <= on.toordinal() < until for since, until in rows)
    return date.fromordinal(max(ended)) if ended and not stands else None


def _explained(text, start, end):
    before = text[:start]
    within = before[before.rfind("(") :] if before.count("(") > before.count(")") else ""
    return bool(_OLD.match(text, end) or _NOW.search(text, end) or _BEFORE.match(within))


def _key(name):
    return unicodedata.normalize("NFC", name).casefold()


@lru_cache
def _keys_of(names):
    return frozenset(_key(name) for name in names)


def _keys(names):
    return _keys_of(frozenset(names))


@lru_cache(maxsize=2)
def _borne(structure):
    """{(unit, name): [(first day, first day after it)]} in which a body of the territory bore it."""
    found = {}
    for rows in structure.places:
        for place in rows:
            if place.kind in Kind.cells():
                continue
            for unit, name, _start, _end in _named(place.name):
                found.setdefault((unit, _key(name)), []).append((place.since, place.until))
    return found
