"""Names of ethnic groups and religions as the state lists them, and other spellings in use. Pure.

Sources: the 54 ethnic groups of Quyết định 421-TCTK/PPCĐ, 02/3/1979 [M]; religions whose organisations the state has
recognised [M]. A name that is none of them is shown for somebody to look at, never refused: words typed are facts.
"""

from functools import lru_cache

from committees.vietnamese import fold

UNKNOWN = "unknown"
ETHNICITIES = {
    "Kinh": ("Việt",), "Tày": (), "Thái": (), "Hoa": ("Hán",), "Khmer": ("Khơ me", "Khơ-me"), "Mường": (), "Nùng": (),
    "Mông": ("H'Mông", "Hmông", "Mèo"), "Dao": (), "Gia Rai": ("Gia-rai", "Jrai", "J'rai"),
    "Ngái": (), "Ê Đê": ("Ê-đê", "Êđê", "Rađê"), "Ba Na": ("Ba-na", "Bana", "Bahnar"),
    "Xơ Đăng": ("Xơ-đăng", "Xê Đăng", "Sê Đăng"), "Sán Chay": ("Cao Lan", "Sán Chỉ", "Cao Lan - Sán Chỉ"),
    "Cơ Ho": ("Cơ-ho", "K'Ho", "Kơ Ho"), "Chăm": ("Chàm",), "Sán Dìu": (), "Hrê": ("H'rê", "Hre"),
    "Mnông": ("M'Nông", "Mơ Nông"), "Ra Glai": ("Ra-glai", "Raglai", "Raglay"), "Xtiêng": ("X'Tiêng", "Stiêng", "S'tiêng"),
    "Bru Vân Kiều": ("Bru - Vân Kiều", "Bru-Vân Kiều", "Vân Kiều", "Bru"), "Thổ": (), "Giáy": (),
    "Cơ Tu": ("Cơ-tu", "Katu", "Ka Tu"), "Gié Triêng": ("Gié - Triêng", "Gié-Triêng", "Giẻ Triêng", "Giẻ-Triêng"),
    "Mạ": (), "Khơ Mú": ("Khơ-mú", "Khmú"), "Co": ("Cor",), "Tà Ôi": ("Tà-ôi", "Pa Cô", "Pa Kô"),
    "Chơ Ro": ("Chơ-ro", "Châu Ro", "Chrau"), "Kháng": (), "Xinh Mun": ("Xinh-mun",), "Hà Nhì": (), "Chu Ru": ("Chu-ru", "Churu"),
    "Lào": (), "La Chí": (), "La Ha": (), "Phù Lá": (), "La Hủ": (), "Lự": (), "Lô Lô": (), "Chứt": (),
    "Mảng": (), "Pà Thẻn": (), "Cơ Lao": ("Cơ-lao",), "Cống": (), "Bố Y": (), "Si La": (), "Pu Péo": (),
    "Brâu": (), "Ơ Đu": ("Ơ-đu",), "Rơ Măm": ("Rơ-măm",),
}  # fmt: skip
RELIGIONS = {
    "Không": ("Không có", "Không tôn giáo", "Không theo tôn giáo", "Lương"),
    "Phật giáo": ("Đạo Phật", "Phật"), "Công giáo": ("Thiên Chúa giáo", "Thiên Chúa", "Đạo Thiên Chúa", "Ki tô giáo"),
    "Tin lành": ("Đạo Tin lành",), "Cao Đài": ("Đạo Cao Đài",), "Phật giáo Hòa Hảo": ("Hòa Hảo",),
    "Hồi giáo": ("Islam", "Đạo Hồi"), "Bahá'í": ("Baha'i", "Bahai"), "Tịnh độ cư sĩ Phật hội": ("Tịnh độ cư sĩ",),
    "Cơ đốc Phục lâm": (), "Tứ Ân Hiếu Nghĩa": ("Đạo Tứ Ân Hiếu Nghĩa",), "Minh Sư đạo": ("Minh Sư",),
    "Minh Lý đạo": ("Minh Lý",), "Bà-la-môn": ("Bà la môn", "Bàlamôn", "Bà La Môn giáo"),
    "Mặc Môn": ("Mormon",), "Phật giáo Hiếu Nghĩa Tà Lơn": ("Hiếu Nghĩa Tà Lơn",), "Bửu Sơn Kỳ Hương": (),
}  # fmt: skip


def _lexicon(names):
    return {fold(word): name for name, others in names.items() for word in (name, *others)}


_ETHNICITIES, _RELIGIONS = _lexicon(ETHNICITIES), _lexicon(RELIGIONS)


@lru_cache(maxsize=4096)
def ethnicity(words):
    """The ethnic group that is meant, as the state writes it; UNKNOWN where none is."""
    return _ETHNICITIES.get(fold(words).removeprefix("dan toc ").removeprefix("nguoi "), UNKNOWN)


@lru_cache(maxsize=4096)
def religion(words):
    """The religion that is meant, "Không" for none; UNKNOWN where no name is known."""
    return _RELIGIONS.get(fold(words), UNKNOWN)
