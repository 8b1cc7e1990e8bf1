"""A group's definition: what a form says of it, as the conditions the snapshot reads, and those as a sentence. Pure."""

import json

from committees.vietnamese import fold

from ..rules import form2

OLDEST = 120
NO_RELIGION = ["khong", "khong ton giao"]
# Words not filled in are no answer: "other than Kinh" leaves them out.
BLANK = ""
ROWS = {
    "occupation_row": list(form2.OCCUPATION),
    "education_row": list(form2.EDUCATION),
    "qualification_row": list(form2.QUALIFICATION),
}
# Words of the groups that every department has, whose conditions keep no words as typed.
_WRITTEN = {
    "kinh": "Kinh",
    "chu doanh nghiep": "chủ doanh nghiệp",
    "chu doanh nghiep tu nhan": "chủ doanh nghiệp tư nhân",
    "chu dn": "chủ DN",
    "doanh nghiep ngoai nha nuoc": "doanh nghiệp ngoài nhà nước",
    "doanh nghiep tu nhan": "doanh nghiệp tư nhân",
    "doanh nghiep ngoai khu vuc nha nuoc": "doanh nghiệp ngoài khu vực nhà nước",
    "dn tu nhan": "DN tư nhân",
    "dn ngoai nha nuoc": "DN ngoài nhà nước",
    "doanh nghiep fdi": "doanh nghiệp FDI",
    "dn fdi": "DN FDI",
    "fdi": "FDI",
    "doanh nghiep co von dau tu nuoc ngoai": "doanh nghiệp có vốn đầu tư nước ngoài",
    "dn co von dau tu nuoc ngoai": "DN có vốn đầu tư nước ngoài",
    "cong ty tu nhan": "công ty tư nhân",
}
_ROWS_BY_WORD = {fold(row): row for rows in ROWS.values() for row in rows}


def one_of(field, words):
    """Whose field says one of these words; the words as typed are kept beside."""
    return {"field": field, "in": [fold(word) for word in words], "said": list(words)}


def other_than(field, words):
    """Whose field says something, and none of these words."""
    return {"field": field, "not_in": [BLANK, *(fold(word) for word in words)], "said": list(words)}


def of_age(first, last):
    """Of completed years from first to last, both inclusive; None: no bound. An age not known is none."""
    return {"field": "age", "from": first or 0, "to": OLDEST if last is None else last}


def is_(field, value):
    return {"field": field, "is": value}


def with_religion():
    return {"field": "religion", "not_in": [BLANK, *NO_RELIGION]}


def without_religion():
    """Who said so: a blank tells nothing."""
    return {"field": "religion", "in": NO_RELIGION}


def same(one, other):
    """Whether two definitions mean the same people, however their words were typed."""

    def plain(predicate):
        # A database may keep the keys of a document in an order of its own.
        return sorted(
            json.dumps(
                {k: sorted(v) if isinstance(v, list) else v for k, v in condition.items() if k != "said"},
                sort_keys=True,
            )
            for condition in predicate
        )

    return plain(one) == plain(other)


def sentence(predicate):
    """The conditions as one reads them, all of which must hold: "nữ; từ 18 đến 30 tuổi; dân tộc khác Kinh"."""
    return "; ".join(_part(condition) for condition in predicate)


def _part(condition):
    return _PARTS[condition["field"]](condition)


def _words(condition):
    """The words a condition names, as typed, as the form's rows, or as everybody's groups write them."""
    if "said" in condition:
        return _either(condition["said"])
    found = condition["in"] if "in" in condition else condition["not_in"]
    return _either([_ROWS_BY_WORD.get(word) or _WRITTEN.get(word, word) for word in found if word])


def _either(words):
    *others, last = words
    return f"{', '.join(others)} hoặc {last}" if others else last


def _sex(condition):
    return "nữ" if condition["in"] == ["f"] else "nam"


def _age(condition):
    first, last = condition.get("from", 0), condition.get("to", OLDEST)
    if last >= OLDEST:
        return f"từ {first} tuổi trở lên"
    return f"từ {first} đến {last} tuổi" if first else f"không quá {last} tuổi"


def _named(what):
    """Parts of a field of words: "dân tộc Khmer hoặc Chăm", "dân tộc khác Kinh"."""

    def part(condition):
        return f"{what} khác {_words(condition)}" if "not_in" in condition else f"{what} {_words(condition)}"

    return part


def _religion(condition):
    if "not_in" in condition and set(condition["not_in"]) <= {BLANK, *NO_RELIGION}:
        return "có tôn giáo"
    if "in" in condition and set(condition["in"]) <= set(NO_RELIGION):
        return "không tôn giáo"
    return _named("tôn giáo")(condition)


def _union(condition):
    return "là đoàn viên" if condition["is"] else "không phải đoàn viên"


_PARTS = {
    "sex": _sex,
    "age": _age,
    "ethnicity": _named("dân tộc"),
    "religion": _religion,
    "occupation": _named("nghề nghiệp ghi"),
    "occupation_row": _named("nghề nghiệp theo biểu 2-BTCTW:"),
    "education_row": _named("học vấn"),
    "qualification_row": _named("chuyên môn"),
    "union_member": _union,
    "organisation_type": _named("kết nạp ở loại hình"),
}
