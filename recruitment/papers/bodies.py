"""Party organisations as papers call them: the committee that leads one, and the place it writes from. Pure."""

import re

# What an organisation is called → what the committee that leads it is called, longest first (domain.md §4).
_BODIES = (
    ("Đảng bộ Thành phố", "Thành ủy Thành phố"), ("Đảng bộ thành phố", "Thành ủy"), ("Đảng bộ thị xã", "Thị ủy"),
    ("Đảng bộ tỉnh", "Tỉnh ủy"), ("Đảng bộ huyện", "Huyện ủy"), ("Đảng bộ quận", "Quận ủy"), ("Đảng bộ", "Đảng ủy"),
    ("Chi bộ", "Chi ủy"),
)  # fmt: skip
# A city that bears the word in its name ("Thành phố Hồ Chí Minh") keeps it.
_PLACE = re.compile(
    r"\b(?:thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|phường|xã)\s+(.+)$|\b(Thành phố .+)$"
)
_CUT = re.compile(r"\s*[,(].*$")
# Where the tone stands in an open syllable: as one office writes, as another does.
_MOVED = {
    **{f"o{a}": f"{o}a" for o, a in zip("òóỏõọ", "àáảãạ", strict=True)},
    **{f"o{e}": f"{o}e" for o, e in zip("òóỏõọ", "èéẻẽẹ", strict=True)},
    **{f"u{y}": f"{u}y" for u, y in zip("ùúủũụ", "ỳýỷỹỵ", strict=True)},
}
_BACK = {told: written for written, told in _MOVED.items()}
_ON_FIRST, _ON_LAST = (
    re.compile("(?<![qQ])(" + "|".join(pairs) + r")\b", re.IGNORECASE) for pairs in (_BACK, _MOVED)
)


def leading(name):
    """The committee that leads an organisation: "Đảng bộ huyện Đất Đỏ" gives "Huyện ủy Đất Đỏ", "Đảng bộ xã Long Tân"
    "Đảng ủy xã Long Tân". A name of another kind is its own."""
    for organisation, body in _BODIES:
        if name.startswith(organisation + " "):
            return body + name[len(organisation) :]
    return name


def place(*names):
    """The place a paper is dated from: that in the first of the names (an organisation's own, then those above it) that
    names a territory; "" where none does. "Đảng bộ xã Long Tân" gives "Long Tân"."""
    for name in names:
        if found := _PLACE.search(_CUT.sub("", name)):
            return found[1] or found[2]
    return ""


def territory(text):
    """The territory a name ends with, its kind before it ("TỈNH BÀ RỊA – VŨNG TÀU"; of "HUYỆN ỦY ĐẤT ĐỎ" only "ĐẤT ĐỎ"),
    in whatever letters; "" where it ends with none."""
    found = _PLACE.search(text.lower())
    if not found:
        return ""
    led = re.match(r"\S+ [uủ][yỷ] ", found[0])
    return text[found.start() + (led.end() if led else 0) :]


def toned(text, *, last):
    """The text with the tone of open syllables on the last letter ("uỷ", "hoá") or on the one before ("ủy", "hóa"),
    however it was written."""
    if last:
        return _ON_FIRST.sub(lambda found: _moved(found[0], _BACK), text)
    return _ON_LAST.sub(lambda found: _moved(found[0], _MOVED), text)


def _moved(pair, pairs):
    new = pairs[pair.lower()]
    return new.upper() if pair.isupper() else new.capitalize() if pair[0].isupper() else new
