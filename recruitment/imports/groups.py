"""How a workbook names a group: by its code, or by its Vietnamese name."""

from committees.vietnamese import fold

from .. import fields

GROUP = fields.text(80)

# Names of contracts §2 that differ from those shown.
ALSO = {
    "nu": "women",
    "thanh nien": "youth",
    "doan vien": "youth_union",
    "dan toc thieu so": "ethnic_minority",
    "ton giao": "religious",
    "co dao": "religious",
    "nong dan": "farmers",
    "cong nhan": "workers",
    "hoc sinh sinh vien": "students",
    "hoc sinh, sinh vien": "students",
    "chu doanh nghiep": "business_owners",
    "doanh nghiep ngoai nha nuoc": "private_enterprise",
}


def group_of(known, line):
    """The Group a row names, None where it names none, False after noting a fault."""
    if line.group is None:
        return None
    word = fold(line.group)
    for group in known.small.groups:
        if word in {fold(group.code), fold(group.name)} or ALSO.get(word) == group.code:
            return group
    line.fault("Nhóm", "một trong: " + ", ".join(group.name for group in known.small.groups))
    return False
