"""Ways out of the road, and the way back in after a former membership. Pure."""

from django.utils.translation import gettext as _

from committees.vietnamese import add_months
from committees.vietnamese import day as written

from ..papers import FAIL, KINDS, LEFT_AS

# Whose no ends a candidacy.
DECIDERS = ("cell_vote", "base_vote", "section_appraisal", "appraisal", "verification")


def reasoned(case):
    """Why it ends, and where to, is written down."""
    if case.ahead:
        return
    asked = {"reason": _("lý do")} if case.step.kind != "moved" else {"to": _("nơi chuyển đến")}
    missing = [words for name, words in asked.items() if name in case.kind.fields and not _said(case, name)]
    if missing:
        yield case.object(
            "no_reason",
            "order",
            _("Chưa ghi %s.") % ", ".join(missing),
            _("Ghi ngắn gọn, đủ để người sau hiểu."),
            "need",
        )


def _said(case, name):
    return str(case.step.said.get(name) or "").strip()


def before_decided(case):
    """Who was admitted neither withdraws nor fails: the ways out are other ones then."""
    decided = case.facts.decided
    if case.step.kind in {"withdrawn", "removed", "not_passed"} and decided:
        yield case.object(
            "decided_already", "order", _("Đã có quyết định kết nạp ngày %s.") % written(decided),
            _("Hủy quyết định nếu kết nạp sai; trong thời gian dự bị thì xóa tên."), "order",
        )  # fmt: skip


def voted_down(case):
    """Not passed: somebody said no."""
    if case.step.kind == "not_passed" and not any(_no(case, paper) for paper in case.until(*DECIDERS)):
        yield case.object(
            "nobody_said_no", "order", _("Chưa có lần biểu quyết hay thẩm định nào không đạt."),
            _("Ghi kết quả biểu quyết trước, hoặc chọn cách dừng khác."), "need",
        )  # fmt: skip


def _no(case, paper):
    return case.failed(paper) if KINDS[paper.kind].is_vote else paper.result == FAIL


def in_probation(case):
    """Only a probationary member is struck off."""
    ceremony = case.facts.ceremony
    if case.step.kind == "struck_off" and not (case.behind("ceremony") or ceremony and ceremony <= case.on):
        yield case.object(
            "no_probation", "probation", _("Chỉ xóa tên trong thời gian dự bị."),
            _("Chưa làm lễ kết nạp thì rút hồ sơ hoặc hủy quyết định."), "order",
        )  # fmt: skip


LEAVING = (reasoned, before_decided, voted_down, in_probation)


def readmissible(case):
    """Whoever was a member before: out long enough, once only, never for some reasons, with the province's consent."""
    consent = case.step if case.step.kind == "readmission" else case.last("readmission")
    if consent is None:
        if case.facts.earlier:
            yield case.object(
                "no_consent", "readmission_consent",
                _("Đã từng ở trong Đảng, ra ngày %s.") % written(max(case.facts.earlier)),
                _("Ghi văn bản đồng ý của ban thường vụ cấp tỉnh."), "need", paper="readmission",
            )  # fmt: skip
        return
    if case.ahead and case.step is consent:
        return
    yield from _consented(case, consent)
    yield from _out_long_enough(case, consent)


def _consented(case, consent):
    if not consent.number:
        yield case.object(
            "consent_bare", "readmission_consent", _("Chưa ghi số văn bản đồng ý."),
            _("Ghi số văn bản của ban thường vụ cấp tỉnh."), "need", paper="readmission",
        )  # fmt: skip
    if len(case.facts.earlier) > 1:
        yield case.object(
            "readmitted_before", "readmission_consent", _("Đã được kết nạp lại một lần."),
            _("Chỉ xét kết nạp lại một lần."), paper="readmission",
        )  # fmt: skip
    why = consent.said.get("left_as") or ""
    if why in str(case.rules["readmission_never"].value).split():
        yield case.object(
            "never_again", "readmission_never", _("Không xét kết nạp lại: %s.") % str(LEFT_AS.get(why, why)).lower(),
            _("Dừng theo dõi hồ sơ này."), paper="readmission",
        )  # fmt: skip


def _out_long_enough(case, consent):
    left = max(filter(None, (consent.day("left_on"), *case.facts.earlier)), default=None)
    if left is None:
        yield case.object(
            "left_unknown", "readmission_gap", _("Chưa ghi ngày ra khỏi Đảng."), _("Ghi ngày ra khỏi Đảng trước đây."),
            "need", paper="readmission",
        )  # fmt: skip
    elif (first := add_months(left, case.rules["readmission_gap"].value)) > case.on:
        words = _("Ra khỏi Đảng ngày %(left)s, từ %(first)s mới được xét.")
        yield case.object(
            "out_too_short", "readmission_gap", words % {"left": written(left), "first": written(first)},
            _("Chờ đến ngày ấy."), paper="readmission",
        )  # fmt: skip
    expunged = consent.day("expunged_on")
    if expunged is None and consent.said.get("left_as") == "minor_crime":
        yield case.object(
            "not_expunged", "readmission_crime", _("Chưa ghi ngày được xóa án tích."), _("Ghi ngày được xóa án tích."),
            "need", paper="readmission",
        )  # fmt: skip
    elif expunged and (first := add_months(expunged, case.rules["readmission_crime"].value)) > case.on:
        words = _("Xóa án tích ngày %(expunged)s, từ %(first)s mới được xét.")
        yield case.object(
            "crime_too_recent", "readmission_crime", words % {"expunged": written(expunged), "first": written(first)},
            _("Chờ đến ngày ấy."), paper="readmission",
        )  # fmt: skip
