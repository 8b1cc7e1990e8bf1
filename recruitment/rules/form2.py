"""The lines of form 2-BTCTW "Đảng viên mới kết nạp" by which persons are counted, and the everyday words that mean them.
Pure. The form itself, its rows and labels, is data: `forms/2A-BTCTW.txt`.

Source of the lines: the form's spreadsheet as used by offices (register of forms, part II; columns and rows seen in a
public copy). A word nobody recognises counts as "unknown" and is reported, never refused: a department's own words
are facts too.
"""

import re
from functools import lru_cache

from committees.vietnamese import fold

UNKNOWN = "unknown"
# The form prints no line for people without training; offices' own sheets do, and the line is needed for a sum.
UNTRAINED = "Chưa qua đào tạo"

EDUCATION = {
    "Biết đọc, viết chữ quốc ngữ": ("biết đọc biết viết", "biết chữ"),
    "Tiểu học": ("cấp 1", "cấp I", "1/12", "2/12", "3/12", "4/12", "5/12", "5/10", "4/10"),
    "THCS": (
        "trung học cơ sở", "cấp 2", "cấp II", "6/12", "7/12", "8/12", "9/12", "7/10", "bổ túc trung học cơ sở",
    ),
    "THPT": (
        "trung học phổ thông", "phổ thông trung học", "PTTH", "cấp 3", "cấp III", "12/12", "10/10", "11/12", "10/12",
        "bổ túc trung học phổ thông", "trung học",
    ),
}  # fmt: skip

QUALIFICATION = {
    UNTRAINED: ("chưa đào tạo", "không", "chưa có", "lao động phổ thông", "phổ thông"),
    "CNKT, NVNV, sơ cấp": (
        "sơ cấp", "công nhân kỹ thuật", "nhân viên nghiệp vụ", "CNKT", "NVNV", "sơ cấp nghề",
        "sơ cấp, công nhân kỹ thuật",
    ),
    "Trung cấp": ("trung học chuyên nghiệp", "TC", "trung cấp nghề", "THCN"),
    "Cao đẳng": ("CĐ", "cao đẳng nghề"),
    "Đại học": ("ĐH", "cử nhân", "kỹ sư", "bác sĩ", "dược sĩ", "kiến trúc sư"),
    "Thạc sỹ": ("ThS", "cao học", "bác sĩ chuyên khoa I", "bác sĩ chuyên khoa 1", "chuyên khoa 1", "chuyên khoa I"),
    "Tiến sỹ": (
        "TS", "bác sĩ chuyên khoa II", "bác sĩ chuyên khoa 2", "chuyên khoa 2", "chuyên khoa II", "PGS", "GS",
        "phó giáo sư", "giáo sư",
    ),
}  # fmt: skip

OCCUPATION = {
    "CB, CC cơ quan Nhà nước từ cấp huyện": (
        "cán bộ, công chức", "công chức", "cán bộ", "công chức nhà nước", "cán bộ, công chức cơ quan nhà nước",
    ),
    "CB, CC cơ quan Đảng, MTTQ, đoàn thể từ cấp huyện": (
        "cán bộ đoàn thể", "cán bộ đảng, đoàn thể", "cán bộ cơ quan đảng",
    ),
    "CB, CC, người hoạt động không chuyên trách xã, phường": (
        "công chức xã", "cán bộ xã", "cán bộ, công chức xã", "cán bộ phường", "công chức phường",
        "không chuyên trách xã", "không chuyên trách cấp xã",
    ),
    "Không chuyên trách thôn, TDP": (
        "trưởng thôn", "trưởng ấp", "trưởng khu phố", "tổ trưởng tổ dân phố", "không chuyên trách thôn",
        "không chuyên trách ấp", "trưởng bản", "trưởng xóm",
    ),
    "Viên chức SN công lập": (
        "viên chức", "giáo viên", "bác sĩ", "y sĩ", "điều dưỡng", "giảng viên", "viên chức sự nghiệp công lập",
        "nhân viên y tế",
    ),
    "Lao động SN ngoài công lập": ("lao động sự nghiệp ngoài công lập", "giáo viên trường tư thục"),
    "Doanh nghiệp: lãnh đạo, quản lý": (
        "chủ doanh nghiệp", "chủ doanh nghiệp tư nhân", "giám đốc doanh nghiệp", "quản lý doanh nghiệp", "giám đốc",
        "lãnh đạo, quản lý doanh nghiệp",
    ),
    "Doanh nghiệp: nhân viên, gián tiếp": ("nhân viên", "nhân viên doanh nghiệp", "nhân viên văn phòng", "kế toán"),
    "Doanh nghiệp: công nhân trực tiếp": (
        "công nhân", "công nhân, lao động", "công nhân lao động", "công nhân trực tiếp", "công nhân cao su",
        "công nhân kỹ thuật",
    ),
    "Nông, lâm, ngư nghiệp": ("nông dân", "làm ruộng", "làm nông", "ngư dân", "làm vườn", "làm rẫy", "nông nghiệp"),
    "Sỹ quan, chiến sỹ QĐ, CA": (
        "bộ đội", "công an", "quân đội", "sĩ quan", "chiến sĩ", "quân nhân", "sĩ quan, chiến sĩ",
        "quân đội, công an", "bộ đội biên phòng", "quân nhân chuyên nghiệp", "sĩ quan quân đội", "sĩ quan công an",
        "chiến sĩ nghĩa vụ", "dân quân thường trực",
    ),
    # Both in one word: nearly all who are old enough to join are students.
    "Sinh viên": ("sinh viên đại học", "sinh viên cao đẳng", "học sinh, sinh viên", "sinh viên, học sinh", "HSSV"),
    "Học sinh": ("học sinh THPT", "học sinh trung học phổ thông"),
    "Khác": (
        "lao động tự do", "lao động khác", "nội trợ", "buôn bán", "kinh doanh", "hưu trí", "tự do",
        "tiểu thương", "nghề tự do", "thợ thủ công",
    ),
}  # fmt: skip


_BETWEEN_WORDS = re.compile(r"[^\w/]+")
_I_OR_Y = re.compile(r"\b([bcdghklmnpstv]+)y\b")


def key(words):
    """Words as compared: folded, without punctuation, with one spelling of kỹ/kĩ, sỹ/sĩ, lý/lí."""
    return _I_OR_Y.sub(r"\1i", _BETWEEN_WORDS.sub(" ", fold(words)).strip())


def lexicon(rows):
    """{word as compared: row} of a vocabulary {row: other words}. ValueError where a word would mean two rows."""
    words = {}
    for row, others in rows.items():
        for word in (row, *others):
            if words.setdefault(key(word), row) != row:
                raise ValueError(f"{word!r} means both {words[key(word)]!r} and {row!r}")
    return words


_EDUCATION, _QUALIFICATION, _OCCUPATION = map(lexicon, (EDUCATION, QUALIFICATION, OCCUPATION))
_LEVELS = list(QUALIFICATION)


@lru_cache(maxsize=4096)
def education(words):
    """The form's row of schooling for words as typed ("12/12", "Cấp 3"); "unknown" if none is recognised."""
    return _EDUCATION.get(key(words), UNKNOWN) if words else UNKNOWN


@lru_cache(maxsize=4096)
def qualification(words):
    """The form's row of professional level: the highest of those named ("Cử nhân Luật; Thạc sĩ Kinh tế" is Thạc sỹ);
    "unknown" if none is recognised."""
    if not words:
        return UNKNOWN
    if whole := _QUALIFICATION.get(key(words)):
        return whole
    levels = [level for part in re.split("[,;+]", words) if (level := _level(key(part).split()))]
    return max(levels, key=_LEVELS.index, default=UNKNOWN)


def _level(words):
    """The level that the longest possible beginning of these words names: a level is often followed by its subject."""
    for length in range(len(words), 0, -1):
        level = _QUALIFICATION.get(" ".join(words[:length]))
        if level is not None and (length == len(words) or level != UNTRAINED):
            return level
    return None


@lru_cache(maxsize=4096)
def occupation(words):
    """The form's row of occupation; "unknown" if none is recognised."""
    return _OCCUPATION.get(key(words), UNKNOWN) if words else UNKNOWN


# Age bands of part II.2 in completed years on the decision day, both ends inclusive.
AGE_BANDS = {
    "18-30": (18, 30), "31-35": (31, 35), "36-40": (36, 40), "41-45": (41, 45), "46-50": (46, 50),
    "51-55": (51, 55), "56-60": (56, 60), "60+": (61, 200),
}  # fmt: skip
