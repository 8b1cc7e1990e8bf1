"""The report in words: the outline offices write by, its numbers filled in as the sheets say them, and empty lines where
somebody's own words belong."""

from committees.models import Kind
from committees.vietnamese import day, number, percent, percent_text

from ..quotas.progress import BEHIND
from .annual_words import NOT_HELD, finding
from .base import PART, TEXT, TOTAL, Column, Row, Sheet, is_number, written

GAP = 3  # empty lines for what is written by hand
MOST_NAMED = 12
_STRUCTURE = (
    ("women", "nữ"), ("youth", "thanh niên (18–30 tuổi)"), ("youth_union", "đoàn viên"),
    ("ethnic_minority", "dân tộc thiểu số"), ("religious", "có tôn giáo"), ("workers", "công nhân"),
    ("farmers", "nông dân"), ("students", "học sinh, sinh viên"), ("business_owners", "chủ doanh nghiệp"),
)  # fmt: skip


def outline(report, sheets, answers):
    """The outline as a sheet of running text. sheets: those of the same report, whose numbers it says; answers: what the
    forms ask of it."""
    told = {sheet.key: sheet for sheet in sheets}
    rows = []

    def put(text, look="plain", level=0):
        rows.append(Row(str(len(rows)), {"text": text}, look, level))

    def part(heading, sentences, gap=GAP, look=TOTAL):
        put(heading, look)
        for sentence in filter(None, sentences):
            put(sentence, level=1)
        for _line in range(gap):
            put("")

    part("I- ĐẶC ĐIỂM TÌNH HÌNH", _situation(report, told, answers), look=PART)
    part("II- KẾT QUẢ THỰC HIỆN", (), 0, PART)
    part("1. Công tác lãnh đạo, chỉ đạo", [_plan(report)])
    part("2. Tạo nguồn, bồi dưỡng nhận thức về Đảng", _sources(report, told))
    part("3. Kết nạp đảng viên", _admissions(report, told, answers))
    part("4. Chuyển đảng viên chính thức, thẻ đảng viên", _recognition(answers))
    part("III- HẠN CHẾ, NGUYÊN NHÂN", (), 0, PART)
    part("1. Hạn chế", _shortcomings(report, told))
    part("2. Nguyên nhân", ())
    part("IV- PHƯƠNG HƯỚNG, NHIỆM VỤ", [_ahead(report)], look=PART)
    part("PHỤ LỤC", ["; ".join(f"{k}. {sheet.heading}" for k, sheet in enumerate(sheets, 1)) + "."], 0, PART)
    columns = (Column("text", "Nội dung", TEXT, 96),)
    return Sheet("de_cuong", "Đề cương báo cáo", "Đề cương báo cáo", columns, rows, prose=True)


def _cell(told, sheet, row, column):
    """A value of a sheet by its keys; None where it has no such row."""
    found = told[sheet]
    at = next((one for one in found.rows if one.key == row), None)
    return at and found.value(at, next(one for one in found.columns if one.key == column))


def _share(part, whole):
    """ "12/27 = 44,44 %"; the words that stand in place of a part that may not be told."""
    if not is_number(part) or not whole:
        return written(part, "whole") or NOT_HELD
    return f"{number(part)}/{number(whole)} = {percent_text(percent(part, whole))}"


def _situation(report, told, answers):
    organisations = report.now.organisations
    kinds = [report.tree.kind(p) for p in organisations.positions.tolist()]
    if kinds:
        parties, cells = (kinds.count(kind) for kind in (Kind.GRASSROOTS_PARTY, Kind.GRASSROOTS_CELL))
        yield (
            f"Đến hết ngày {day(report.day)}, {report.question.name} có {number(len(kinds))} tổ chức cơ sở đảng"
            f" ({number(parties)} đảng bộ cơ sở, {number(cells)} chi bộ cơ sở)."
        )
    members = answers.flows.members
    if members is None:
        yield f"Số đảng viên: {NOT_HELD}."
    else:
        yield f"Số đảng viên ngày {day(members.day)}: {number(members.members)}."
    moved = [row.cells["what"].lower() for row in told["sap_xep"].rows]
    if moved:
        said = ", ".join(f"{what} {number(moved.count(what))}" for what in dict.fromkeys(moved))
        yield f"Sắp xếp tổ chức trong kỳ: {said} (phụ lục)."


def _plan(report):
    found = report.found
    if found is None:
        return ""
    document = f", {found.plan.document}" if found.plan.document else ""
    goal = "chưa giao chỉ tiêu" if found.goal is None else f"chỉ tiêu {number(found.goal)}"
    return (
        f"{found.plan.name}{document}: {goal}; {number(found.assigned)} đơn vị trực thuộc được giao chỉ tiêu."
    )


def _sources(report, told):
    followed = _cell(told, "tong_hop", "open", "value")
    if followed is not None:
        yield f"Đang theo dõi {number(followed)} hồ sơ quần chúng vào ngày {day(report.day)}."
    for kind, words in (("awareness", "bồi dưỡng nhận thức về Đảng"), ("new_member", "đảng viên mới")):
        opened, now, before = (
            _cell(told, "lop", ":whole", f"{kind}_{what}") for what in ("courses", "now", "before")
        )
        if now is None and opened is None:
            yield f"Lớp {words}: {NOT_HELD}."
            continue
        said = [f"mở {number(opened)} lớp"] if opened is not None else []
        if now is not None:
            ago = "" if before is None else f" ({report.period.compared}: {number(before)})"
            said.append(f"cấp {number(now)} giấy chứng nhận{ago}")
        yield f"Lớp {words}: {', '.join(said)}."


def _admissions(report, told, answers):
    yield finding(report)
    total = report.now.total
    if total:
        parts = [(words, answers.figure("now", ("group", code))) for code, words in _STRUCTURE]
        said = "; ".join(f"{words} {_share(n, total)}" for words, n in parts if n)
        yield f"Cơ cấu (các nhóm trùng nhau, không cộng): {said}." if said else ""
        age = answers.figure("now", ("mean_age",))
        yield f"Tuổi bình quân: {written(age, 'decimal')}." if is_number(age) else ""
    now, same, whole = (
        _cell(told, "tong_hop", key, "value") for key in ("term_now", "term_same", "term_whole")
    )
    if now is not None:
        since = f"Từ đầu nhiệm kỳ ({day(report.term.plan.since)}) kết nạp {number(now)}"
        beside = (
            [f"{percent_text(percent(now, same))} cùng thời điểm nhiệm kỳ trước ({number(same)})"]
            if same
            else []
        )
        beside += (
            [f"{percent_text(percent(now, whole))} cả nhiệm kỳ trước ({number(whole)})"] if whole else []
        )
        yield f"{since}, bằng {' và '.join(beside)}." if beside else f"{since}."


def _recognition(answers):
    n = answers.figure("now", ("recognised",))
    yield f"Công nhận đảng viên chính thức: {NOT_HELD if n is None else written(n, 'whole')}."
    yield f"Phát, đổi, cấp lại thẻ đảng viên; tặng huy hiệu Đảng: {NOT_HELD}."


def _shortcomings(report, told):
    found = report.now.organisations
    if len(found) and report.now.known:
        idle = int((~found.admitted).sum())
        yield f"Tổ chức cơ sở đảng không kết nạp ai trong kỳ: {_share(idle, len(found))}."
        if report.now.source_told:
            yield f"Trong đó không còn nguồn: {number(found.no_source_at(report.position).count)}."
    if report.found and report.found.assigned:
        behind = [
            child
            for child in report.found.children
            if child.state == BEHIND and report.counted(child) is not None
        ]
        if behind:
            names = ", ".join(
                f"{child.name} ({number(child.admitted)}/{number(child.goal)})"
                for child in behind[:MOST_NAMED]
            )
            more = f" và {number(len(behind) - MOST_NAMED)} đơn vị nữa" if len(behind) > MOST_NAMED else ""
            yield f"Đơn vị chưa đạt chỉ tiêu: {_share(len(behind), report.found.assigned)}, gồm {names}{more}."


def _ahead(report):
    found = report.found
    if found is None or found.goal is None or report.counted(found.node) is None or found.surplus >= 0:
        return ""
    return f"Còn phải kết nạp {number(-found.surplus)} để đạt {found.plan.name} trước ngày {day(found.plan.last_day)}."
