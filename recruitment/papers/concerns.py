"""Which of the thirty faults (`rules.faults`, office_practice.md §4) concern which form: the one table that says so. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .procedure import LETTERS

# Papers that are wrong where the dossier under them is: of who votes on it, sends it up, decides.
DECIDING = ("6-KNĐ", "8-KNĐ", "to-trinh", "to-trinh-chung", "to-trinh-chi-bo", "9-KNĐ", "9A-KNĐ")
# Papers that tell how it went, or what somebody found: they are made all the same, and say so.
TELLING = ("bien-ban-hop", "7-KNĐ", "phieu-tham-dinh")
# Where somebody has the whole folder before him.
GATHERING = ("6-KNĐ", "to-trinh", "to-trinh-chung", "to-trinh-chi-bo", "phieu-tham-dinh", "9-KNĐ", "9A-KNĐ")
RECOGNISING = ("13-KNĐ", "15-KNĐ", "to-trinh-cong-nhan", "to-trinh-cong-nhan-chi-bo", "16-KNĐ")
VOTING = ("6-KNĐ", "bien-ban-hop", "8-KNĐ", "13-KNĐ", "15-KNĐ")
RESTING = (
    "7-KNĐ",
    "to-trinh",
    "to-trinh-chung",
    "to-trinh-chi-bo",
    "phieu-tham-dinh",
    "9-KNĐ",
    "9A-KNĐ",
    "14-KNĐ",
    "to-trinh-cong-nhan",
    "to-trinh-cong-nhan-chi-bo",
    "16-KNĐ",
)

_MEETING = _(
    "Xét vào ngày chi bộ họp; giấy lập trước đó chưa có gì để xét, giấy lập sau khi kết nạp không dựa vào đó nữa."
)
_FOLDER = _("Chỉ người cầm cả hồ sơ mới thấy; các giấy khác không chép lại tờ ấy.")


@dataclass(frozen=True)
class Concern:
    """One fault before the forms. blocks: forms that are refused for it (as far as it forbids at all); asks: forms for
    which somebody has to say that he saw it; everywhere: what of it every form is asked, "" for nothing; elsewhere: why the
    forms not named need not be asked."""

    blocks: tuple = ()
    asks: tuple = ()
    everywhere: str = ""
    elsewhere: str = ""

    def of(self, form):
        """Whether the fault is looked for before that form."""
        return form in self.blocks or form in self.asks


CONCERNS = {
    1: Concern(DECIDING, TELLING, elsewhere=_MEETING),
    2: Concern(DECIDING, (*TELLING, "CN-NTVĐ"), elsewhere=_MEETING),
    3: Concern(DECIDING, ("2-KNĐ", *TELLING), elsewhere=_MEETING),
    4: Concern(asks=("1-KNĐ", *GATHERING), elsewhere=_FOLDER),
    5: Concern(
        asks=("1-KNĐ", *GATHERING),
        elsewhere=_("Giấy chương trình lập ra luôn viết thành lời, thiếu gì thì không lập; chỉ tờ viết tay mới sai được."),
    ),
    6: Concern(asks=("2-KNĐ", *LETTERS, *GATHERING), elsewhere=_FOLDER),
    7: Concern(DECIDING, TELLING, elsewhere=_MEETING),
    8: Concern(
        asks=GATHERING, elsewhere=_FOLDER,
        everywhere=_("Họ tên, ngày sinh, quê quán so với hồ sơ và với mọi giấy đã phát hành."),
    ),
    9: Concern(
        asks=GATHERING, elsewhere=_FOLDER,
        everywhere=_("Tên xã, huyện, tỉnh trong quê quán, nơi cư trú và lời văn so với ngày của giấy."),
    ),
    10: Concern(DECIDING, TELLING, elsewhere=_MEETING),
    11: Concern(asks=(*LETTERS, *DECIDING, *TELLING), elsewhere=_MEETING),
    12: Concern(DECIDING, TELLING, elsewhere=_MEETING),
    13: Concern(("3-KNĐ", *DECIDING), TELLING, elsewhere=_MEETING),
    14: Concern(asks=("3-KNĐ", *DECIDING, *TELLING), elsewhere=_MEETING),
    15: Concern(DECIDING, TELLING, elsewhere=_MEETING),
    16: Concern(DECIDING, TELLING, elsewhere=_MEETING),
    17: Concern(("3-KNĐ", "4-KNĐ", "4A-KNĐ", *DECIDING), TELLING, elsewhere=_MEETING),
    18: Concern(DECIDING, ("5-KNĐ", *TELLING), elsewhere=_MEETING),
    19: Concern(
        ("5-KNĐ", "5B-KNĐ", "12-KNĐ"), (*DECIDING, *TELLING, *RECOGNISING, "14-KNĐ"),
        elsewhere=_("Không dựa vào tổng hợp ý kiến."),
    ),
    20: Concern(VOTING, RESTING, elsewhere=_("Không dựa vào biểu quyết nào.")),
    21: Concern(VOTING, RESTING, elsewhere=_("Không dựa vào biểu quyết nào.")),
    22: Concern(
        asks=("bien-ban-hop", "13-KNĐ", *GATHERING), elsewhere=_FOLDER,
        everywhere=_("Số phiếu, ngày họp, chủ trì, thư ký so với biên bản và nghị quyết đã phát hành."),
    ),
    23: Concern(
        asks=("13-KNĐ", *GATHERING),
        elsewhere=_("Mỗi giấy chương trình lập ra chỉ nói về một người; chỉ nghị quyết viết ngoài mới gộp được."),
    ),
    24: Concern(("7-KNĐ", "8-KNĐ"), GATHERING, elsewhere=_("Lập trước khi cấp ủy họp, hoặc không dựa vào đó.")),
    25: Concern(DECIDING, TELLING, elsewhere=_MEETING),
    26: Concern(DECIDING, TELLING, elsewhere=_MEETING),
    27: Concern(
        asks=GATHERING, elsewhere=_MEETING,
        everywhere=_("Mẫu của giấy đã phát hành và số văn bản nhắc trong lời văn so với quy định vào ngày của giấy."),
    ),
    28: Concern(
        asks=("to-trinh", "to-trinh-chung", "phieu-tham-dinh", "9-KNĐ", "9A-KNĐ"), elsewhere=_FOLDER,
        everywhere=_("Số, chức vụ, người ký; giấy của chi bộ không nói đến con dấu."),
    ),
    29: Concern(
        ("giay-moi", "chuong-trinh-le"),
        ("bien-ban-le", "loi-tuyen-the", "bao-cao-sau-le", *RECOGNISING, "14-KNĐ"),
        elsewhere=_("Lập trước khi chi bộ nhận quyết định."),
    ),
    30: Concern(
        RECOGNISING, ("11-KNĐ", "12-KNĐ", "14-KNĐ", "CN-ĐVM"),
        elsewhere=_("Lập trước khi hết thời gian dự bị."),
    ),
}  # fmt: skip
# What is none of the thirty (`unnumbered`): a step without what it rests on, or on a vote that was lost.
BESIDE_THE_THIRTY = Concern((*DECIDING, *RECOGNISING), (*TELLING, "14-KNĐ"), elsewhere=_MEETING)
# Forms not dated by a paper of the road: what part of it they belong to, None where all of it may concern them.
PART_OF = {
    "1-KNĐ": "application", "2-KNĐ": "declaration", "10-KNĐ": "self_review", "giay-moi": "ceremony",
    "bao-cao-sau-le": "ceremony", **dict.fromkeys(LETTERS, "verification"), "CN-NTVĐ": None,
    "CN-ĐVM": None,
}  # fmt: skip
