"""Invented people for the demo: plausible Vietnamese names and lives, the same ones every time.

Pure: no ORM, no clock. Nobody here exists; the page banner, the batches and the journal say so. Names go
family – middle – given; shares of family names are those commonly given for the country, with the southern
forms (Huỳnh, Võ) and the northern ones (Hoàng, Vũ) apart.
"""

import random
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from committees.vietnamese import fold

SOUTH, NORTH = "south", "north"

FAMILIES = {
    SOUTH: "Nguyễn 37 Trần 12 Lê 10 Phạm 7 Huỳnh 5 Võ 4.5 Phan 4.5 Trương 2.4 Bùi 2.4 Đặng 2.2 Đỗ 1.9 Ngô 1.5 "
    "Hồ 1.5 Dương 1.2 Đinh 1.1 Đoàn .9 Lâm .8 Mai .8 Lý .6 Trịnh .6 Cao .5 Hà .5 Lương .5 Tạ .3 Tô .3 Thái .3",
    NORTH: "Nguyễn 38 Trần 13 Lê 10 Phạm 8 Hoàng 4.5 Vũ 4.5 Đỗ 2.6 Bùi 2.6 Đặng 2.2 Đinh 2 Phan 1.8 Ngô 1.5 "
    "Trịnh 1.3 Lại 1.2 Dương 1.1 Đào 1 Đoàn 1 Chu .6 Mai .6 Lương .6 Cao .5 Tạ .5 Hà .5 Quách .3 Lưu .3",
    "Hoa": "Trương 4 Lý 4 Lâm 4 Huỳnh 3 Trịnh 2 Quách 2 Vương 1 Tăng 1",
    "Chơ Ro": "Đào 4 Điểu 3 Dương 3 Lý 2 Văn 2 Nguyễn 2",
    "Khmer": "Thạch 4 Sơn 3 Kim 3 Danh 3 Châu 2 Lâm 1",
}
MIDDLES = {
    True: "Thị 46 Thị~Thu 3 Thị~Thanh 4 Thị~Ngọc 4 Thị~Kim 3 Thị~Mỹ 3 Thị~Hồng 4 Ngọc 6 Thanh 4 Kim 3 Thu 3 "
    "Hồng 3 Minh 3 Bích 2 Phương 2 Mỹ 2 Hoài 1 Khánh 1 Thùy 2 Quỳnh 1",
    False: "Văn 30 Hữu 6 Đức 6 Minh 7 Quốc 6 Thanh 6 Ngọc 5 Công 4 Đình 4 Xuân 4 Hoàng 4 Anh 3 Trọng 2 Thành 3 "
    "Quang 4 Duy 2 Mạnh 1.5 Tấn 2 Bá 1 Viết 1 Nhật 1 Trung 1",
}
GIVEN = {
    True: "Hương 4 Lan 3 Hoa 3 Hằng 4 Nga 3 Thủy 4 Trang 5 Linh 5 Thảo 5 Phương 4 Hạnh 3 Hà 4 Mai 3 Dung 3 "
    "Yến 3 Loan 3 Ngân 3 Nhung 3 Oanh 2 Tuyết 2 Vân 3 Thúy 2 Hiền 4 Huyền 3 Anh 4 Chi 2 My 2 Nhi 2 Trinh 2 "
    "Trâm 2 Vy 2 Xuân 2 Hồng 2 Liên 2 Phượng 2 Quyên 1.5 Tâm 2 Thơ 1 Uyên 1.5 Diễm 1 Đào 1 Cúc 1 Lệ 1 Thư 1.5",
    False: "Hùng 4 Dũng 4 Tuấn 5 Nam 4 Sơn 4 Hải 4 Long 3 Thắng 4 Cường 4 Minh 4 Hiếu 3 Trung 3 Tùng 3 Đức 3 "
    "Phong 3 Bình 3 Hòa 3 Thành 4 Quang 3 Khánh 2 Phúc 3 Tâm 2 Tài 2 Thịnh 2 Toàn 2 Vinh 2 Việt 2 Huy 4 "
    "Kiên 2 Lâm 2 Lộc 2 Mạnh 2 Nghĩa 2 Nhân 2 Phát 1 Phước 2 Quân 3 Quý 1 Sang 2 Tiến 2 Trí 2 Trọng 1 Tú 2 "
    "An 2 Bảo 2 Danh 1 Duy 2 Đạt 3 Giang 1.5 Hậu 1.5",
}
PEOPLES = {
    SOUTH: "Kinh 97.3 Hoa 1.2 Chơ~Ro .9 Khmer .3 Tày .15 Nùng .15",
    NORTH: "Kinh 99.4 Mường .3 Tày .2 Thái .1",
}
FAITHS = {
    SOUTH: "Không 87.2 Công~giáo 7.6 Phật~giáo 3.6 Cao~Đài .9 Tin~Lành .6 Phật~giáo~Hòa~Hảo .1",
    NORTH: "Không 95.5 Công~giáo 4.3 Phật~giáo .2",
}
BANDS = {
    (18, 22): 14,
    (23, 26): 26,
    (27, 30): 23,
    (31, 35): 15,
    (36, 40): 10,
    (41, 50): 9,
    (51, 60): 2.8,
    (61, 64): 0.2,
}

# Words that rules.form2 knows: rows of form 2-BTCTW, and the everyday words offices write for some of them.
STATE = "CB, CC cơ quan Nhà nước từ cấp huyện"
PARTY = "CB, CC cơ quan Đảng, MTTQ, đoàn thể từ cấp huyện"
COMMUNE = "CB, CC, người hoạt động không chuyên trách xã, phường"
HAMLET = "Không chuyên trách thôn, TDP"
PUBLIC = "Viên chức"
PRIVATE = "Lao động SN ngoài công lập"
MANAGER = "Lãnh đạo, quản lý doanh nghiệp"
CLERK = "Nhân viên doanh nghiệp"
OWNER = "Chủ doanh nghiệp tư nhân"
WORKER, FARMER, FORCES = "Công nhân", "Nông dân", "Sỹ quan, chiến sỹ QĐ, CA"
STUDENT, PUPIL, OTHER = "Sinh viên", "Học sinh", "Khác"

OCCUPATIONS = {
    "Cơ quan": {STATE: 68, PARTY: 22, PUBLIC: 10},
    "Đơn vị sự nghiệp công lập": {PUBLIC: 94, PRIVATE: 3, STUDENT: 2, PUPIL: 1},
    "Lực lượng vũ trang": {FORCES: 97, PUBLIC: 3},
    "Doanh nghiệp nhà nước": {WORKER: 62, CLERK: 30, MANAGER: 8},
    "Doanh nghiệp ngoài nhà nước": {WORKER: 55, CLERK: 30, MANAGER: 9, OWNER: 6},
    "Xã, phường, thị trấn": {
        FARMER: 42, COMMUNE: 21, HAMLET: 10, PUBLIC: 6, WORKER: 4, OTHER: 13, STUDENT: 2, OWNER: 1, PRIVATE: 1
    },
}  # fmt: skip
UNTRAINED = "Chưa qua đào tạo"
LADDER = (UNTRAINED, "Sơ cấp", "Trung cấp", "Cao đẳng", "Đại học", "Thạc sỹ", "Tiến sỹ")
QUALIFIED = {  # shares in the order of LADDER
    STATE: (0, 1, 9, 9, 72, 8.6, 0.4),
    PARTY: (0, 1, 10, 9, 73, 7, 0),
    COMMUNE: (7, 5, 42, 16, 30, 0, 0),
    HAMLET: (52, 18, 22, 5, 3, 0, 0),
    PUBLIC: (1, 4, 28, 27, 37, 2.8, 0.2),
    PRIVATE: (6, 6, 42, 26, 20, 0, 0),
    MANAGER: (0, 2, 8, 12, 73, 5, 0),
    CLERK: (3, 7, 20, 24, 45, 1, 0),
    OWNER: (20, 10, 20, 14, 36, 0, 0),
    WORKER: (24, 36, 24, 11, 5, 0, 0),
    FARMER: (64, 20, 11, 3, 2, 0, 0),
    FORCES: (10, 11, 40, 11, 27, 1, 0),
    STUDENT: (100, 0, 0, 0, 0, 0, 0),
    PUPIL: (100, 0, 0, 0, 0, 0, 0),
    OTHER: (44, 22, 20, 7, 7, 0, 0),
}
SCHOOLED = "THPT"
LESS_SCHOOLED = ("THCS", "THCS", "THCS", "THCS", "Tiểu học", "Biết đọc, viết chữ quốc ngữ")


@cache
def _table(text):
    """Words and cumulative weights of a "word weight word weight" line; "~" stands for a blank in a word."""
    parts = text.split()
    return [word.replace("~", " ") for word in parts[::2]], list(accumulate(map(float, parts[1::2])))


def dice(*parts) -> random.Random:
    """A generator of its own for each part of the world, so that a change in one leaves the others as they were."""
    return random.Random("/".join(map(str, parts)))  # noqa: S311 - invents people, guards nothing


def draw(rng, text):
    """One word of such a line, by weight."""
    words, totals = _table(text)
    return rng.choices(words, cum_weights=totals)[0]


def _weighted(rng, shares):
    return rng.choices(list(shares), list(shares.values()))[0]


def full_name(rng, woman, region=SOUTH, people="Kinh"):
    """A full name, family name first."""
    family = draw(rng, FAMILIES[people if people in FAMILIES else region])
    return f"{family} {draw(rng, MIDDLES[woman])} {draw(rng, GIVEN[woman])}"


class Population:
    """Draws people one by one; never two whose names differ in accents at most and who share a birth date
    (a loader would have to ask who is who)."""

    def __init__(self, rng: random.Random, region: str, written=()):
        """`written`: (folded name, birth date) of people who exist already."""
        self.rng, self.region, self.seen = rng, region, set(written)

    def person(
        self, on: date, form: str, *, woman: bool, young=None, union=None, faith=None, schooled=None
    ) -> dict:
        """The personal columns of a row, as the person was on day `on`.

        `form` is the organisation's Loại hình. `young` (18–30), `union`, `faith`, `schooled` (THPT or more) are
        fixed where given, else drawn. Ages are completed years, 18 to 64.
        """
        rng, region = self.rng, self.region
        occupation = _weighted(rng, OCCUPATIONS.get(form, OCCUPATIONS["Xã, phường, thị trấn"]))
        if young is False and occupation in (STUDENT, PUPIL):
            occupation = OTHER
        age = self._age(occupation, young)
        if union is None:
            union = rng.random() < (0.965 if age <= 30 else 0.14 if age <= 35 else 0)
        if schooled is False:
            occupation, qualification = (FARMER if rng.random() < 0.7 else OTHER), UNTRAINED
        else:
            qualification = rng.choices(LADDER, QUALIFIED[occupation])[0]
        if schooled is None:
            schooled = self._schooled(qualification, occupation, age)
        if faith is None:
            faith = draw(rng, FAITHS[region])
            if form == "Lực lượng vũ trang" and rng.random() < 0.7:
                faith = "Không"
        people = draw(rng, PEOPLES[region])
        while True:
            name = full_name(rng, woman, region, people)
            born = on - timedelta(days=int(age * 365.25) + rng.randint(2, 362))
            if (fold(name), born) not in self.seen:
                break
        self.seen.add((fold(name), born))
        return {
            "Họ và tên": name,
            "Sinh ngày": born,
            "Giới tính": "Nữ" if woman else "Nam",
            "Dân tộc": people,
            "Tôn giáo": faith,
            "Học vấn": SCHOOLED if schooled else rng.choice(LESS_SCHOOLED),
            "Chuyên môn": qualification,
            "Nghề nghiệp": occupation,
            "Đoàn viên": "x" if union else "",
        }

    def _age(self, occupation, young):
        bands = BANDS
        if occupation in (STUDENT, PUPIL):
            bands = {(18, 22 if occupation == STUDENT else 18): 1}
        elif occupation == FORCES:
            bands = {(18, 22): 20, (23, 26): 36, (27, 30): 27, (31, 35): 12, (36, 45): 5}
        if young is not None:
            bands = {band: share for band, share in bands.items() if (band[0] <= 30) is young}
        return self.rng.randint(*_weighted(self.rng, bands))

    def _schooled(self, qualification, occupation, age):
        if occupation in (STUDENT, PUPIL) or qualification not in LADDER[:2]:
            return True
        return self.rng.random() < (0.86 if age <= 40 else 0.6)
