"""Where each form stands on the road. Pure; the one place that says in which order papers lie."""

from ..rules.papers import KINDS, ORDER

# {form: the kind of `rules.papers` it stands at}, forms of one kind in the order in which they are made.
AT = {
    "CN-NTVĐ": "class_proposal", "1-KNĐ": "application", "2-KNĐ": "declaration",
    "cong-van-tham-tra": "declaration", "cong-van-tham-tra-cap-tren": "declaration", "5B-KNĐ": "opinion_union", "5C-KNĐ": "opinion_home", "5-KNĐ": "opinions",
    "3-KNĐ": "introduction", "4-KNĐ": "youth", "4A-KNĐ": "union", "bien-ban-hop": "cell_vote", "6-KNĐ": "cell_vote",
    "7-KNĐ": "section_appraisal", "8-KNĐ": "base_vote", "to-trinh-chi-bo": "submission", "to-trinh": "submission", "to-trinh-chung": "submission",
    "phieu-tham-dinh": "appraisal", "9-KNĐ": "decision", "9A-KNĐ": "decision", "giay-moi": "ceremony",
    "chuong-trinh-le": "ceremony", "loi-tuyen-the": "ceremony", "bien-ban-le": "ceremony",
    "bao-cao-sau-le": "ceremony", "CN-ĐVM": "member_file", "10-KNĐ": "self_review", "11-KNĐ": "mentor_remarks",
    "12-KNĐ": "probation_opinions", "13-KNĐ": "recognition_vote", "14-KNĐ": "section_recognition",
    "15-KNĐ": "base_recognition", "to-trinh-cong-nhan": "recognition_submission",
    "to-trinh-cong-nhan-chi-bo": "recognition_submission", "16-KNĐ": "recognition",
}  # fmt: skip
# By whom the background is asked about: the grassroots committee, or the one that decides where none stands.
LETTERS = ["cong-van-tham-tra", "cong-van-tham-tra-cap-tren"]
# Forms made beside the paper that is recorded as their kind, not as it.
BESIDE = {"bien-ban-hop", *LETTERS, "CN-NTVĐ", "CN-ĐVM"}
# Things done that leave no paper of their own in the folder.
PAPERLESS = {
    "criterion",
    "receipt",
    "received",
    "ceremony",
    *(kind.code for kind in KINDS.values() if kind.ends),
}
_RANK = {form: k for k, form in enumerate(AT)}


def forms_of(kind):
    """The forms by which a recorded paper of the kind is issued."""
    return [form for form, at in AT.items() if at == kind and form not in BESIDE]


def is_of(issued, forms, ref, on):
    """Whether an issued paper is the recorded one of that day, issued by one of these forms; ref: its `IssuedPaper.subject`,
    where there may be several."""
    return issued.form in forms and issued.subject in {"", ref} and (bool(issued.subject) or issued.on == on)


def place(kind, form=""):
    """A key to sort by: papers of a kind in the order of the procedure, its forms in theirs. A kind and a form nobody
    knows lie last."""
    kind = AT.get(form, kind)
    return ORDER.get(kind, len(ORDER)), _RANK.get(form, -1)
