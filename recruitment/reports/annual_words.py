"""What the annual report says around its tables: the head, the sentence, what must be known before any number."""

from committees.models import Kind
from committees.vietnamese import day, number, percent, percent_text

from ..models import Plan
from ..quotas.progress import REPORTED
from ..quotas.targets import base_words, target_words
from ..rules.numbers import rules

STATES = {
    "met": "đạt",
    "behind": "chưa đạt",
    "no_target": "chưa giao chỉ tiêu",
    "no_source": "không còn nguồn",
}
NO_TARGET = "chưa giao chỉ tiêu"
NOT_HELD = "chưa có trong sổ"

# "Đảng bộ huyện Đất Đỏ" is led by "Huyện ủy Đất Đỏ"; what no line fits is led by its "Đảng ủy".
_LED_BY = (
    ("Đảng bộ tỉnh ", "Tỉnh ủy "),
    ("Đảng bộ thành phố ", "Thành ủy "),
    ("Đảng bộ thị xã ", "Thị ủy "),
    ("Đảng bộ huyện ", "Huyện ủy "),
    ("Đảng bộ quận ", "Quận ủy "),
    ("Đảng bộ ", "Đảng ủy "),
)


_RECEIVERS = ("Cấp ủy cấp trên (báo cáo),", "Các tổ chức đảng trực thuộc,", "Lưu Văn phòng.")


def led_by(name):
    """The body that leads a committee: "Đảng bộ tỉnh Hà Nam" gives "Tỉnh ủy Hà Nam"; a cell stands for itself."""
    for prefix, body in _LED_BY:
        if name.startswith(prefix):
            return body + name[len(prefix) :]
    return name


def head(report):
    """(lines at the left, lines at the right, titles of the two who sign) of an Annual."""
    kind, name = report.tree.kind(report.position), led_by(report.question.name).upper()
    board = kind in {Kind.PROVINCE, Kind.UPPER}
    signer = "TRƯỞNG BAN" if board else "BÍ THƯ" if kind in Kind.cells() else "T/M ĐẢNG ỦY"
    today = report.today
    month = f"{today.month:02}" if today.month < 3 else str(today.month)
    place = f"…………, ngày {today.day:02} tháng {month} năm {today.year}"
    left = (name, "BAN TỔ CHỨC") if board else (name,)
    return left, ("ĐẢNG CỘNG SẢN VIỆT NAM", place), ("NGƯỜI LẬP BIỂU", signer)


def as_document(report):
    """What a party document has beside the head: the line of its number, to whom it goes, who signs. Numbers are given by
    the office that keeps them, never made up; a cell has no seal and no standing board."""
    kind, name = report.tree.kind(report.position), led_by(report.question.name)
    if kind in Kind.cells():
        return {"numbered": "Số      -BC/CB", "receivers": _RECEIVERS, "signed_by": ("T/M CHI BỘ", "BÍ THƯ")}
    board = kind in {Kind.PROVINCE, Kind.UPPER}
    return {
        "numbered": f"Số      -BC/{_letters(kind, name)}",
        "receivers": _RECEIVERS,
        "signed_by": ("T/M BAN THƯỜNG VỤ" if board else "T/M ĐẢNG ỦY", "BÍ THƯ"),
    }


def _letters(kind, name):
    """The letters of a body in its documents' numbers, by the rules that such numbers are checked by; dots where these leave
    it open, for the office to fill in."""
    if kind == Kind.PROVINCE:
        return "TU"
    rule = rules().of(name)
    return rule.bodies[0] if rule and (rule.mark == "S" or len(rule.bodies) == 1) else "……"


def period(report):
    return f"Từ ngày {day(report.now.first)} đến hết ngày {day(report.day)}, {report.view}"


def _capital(words):
    return words[0].upper() + words[1:]


def finding(report):
    """The period in one sentence or two."""
    return "".join(text for text, _plan in finding_pieces(report))


def finding_pieces(report):
    """The same, [(words, code of the plan of whose target they are the share, else "")]."""
    now, before, period = report.now.total, report.before.total, report.period
    when = _capital(period.words) + (f", đến hết ngày {day(report.day)}," if report.running else "")
    if now is None:
        said = f"{when}: sổ chưa có hồ sơ kết nạp nào."
    else:
        said = f"{when} kết nạp {number(now)} đảng viên"
        if before:
            said += f", bằng {percent_text(percent(now, before))} {period.compared} ({number(before)})"
        said += "."
    found = report.found
    if found is None:
        return [(f"{said} Chưa có kế hoạch nào giao chỉ tiêu cho {period.this}.", "")]
    return [(f"{said} ", ""), *_plan_said(report, found)]


def _plan_said(report, found):
    name = found.plan.name
    if report.counted(found.node) is None:
        wanted = f"chỉ tiêu {target_words(found.node.target)}" if found.node.target else NO_TARGET
        return [(f"{name}: {wanted}.", "")]
    if found.node.target is None:
        return [(f"{name}: kết nạp {number(found.admitted)}, {NO_TARGET}.", "")]
    if found.percent is None:
        why = found.node.target.why_not or STATES[found.state]
        wanted = target_words(found.node.target)
        return [(f"{name}: kết nạp {number(found.admitted)}, chỉ tiêu {wanted}, {why}.", "")]
    fraction = f"{number(found.admitted)}/{number(found.goal)}"
    units = f"; {number(found.met)}/{number(found.assigned)} đơn vị trực thuộc đạt chỉ tiêu"
    pieces = [
        (f"{name}, đến hết ngày {day(found.day)}: {fraction}, đạt ", ""),
        (percent_text(found.percent), found.plan.code),
        (f"{units if found.assigned else ''}.", ""),
    ]
    return [*pieces, (" ", ""), *report.several.pieces, (".", "")] if report.several else pieces


def notices(report):
    """What must be known before any number, each a sentence."""
    said, found, now = [], report.found, report.now
    if report.demo:
        said.append(
            "Bản trình diễn: họ tên, ngày sinh là giả; số liệu từng đơn vị được dựng lại từ tổng đã công bố."
        )
    if report.running:
        over = "chưa kết thúc" if report.today <= report.period.last else "chưa tính hết"
        said.append(
            f"{_capital(report.period.called)} {over}: số tính đến hết ngày {day(report.day)}; {report.period.compared} là từ"
            f" {day(report.before.first)} đến {day(report.before.last)}."
        )
    if found is not None:
        said.extend(_of_plan(report, found))
    if not now.known:
        said.append(
            "Sổ không có hồ sơ kết nạp nào đến hết kỳ này: các cột theo hồ sơ để trống, không phải số 0."
        )
    elif not report.before.known:
        said.append(
            f"Sổ không có hồ sơ kết nạp nào đến hết ngày {day(report.before.last)}: cột cùng kỳ để trống, không phải số 0."
        )
    if report.by_choice:
        tree_on = day(report.question.tree_on)
        said.append(
            f"Tính theo tổ chức ngày {tree_on}: số cũ của tổ chức đã sáp nhập, chia tách tính vào tổ chức kế thừa;"
            " tổng không đổi."
        )
    elif report.question.tree_on != report.day:
        tree_on = day(report.question.tree_on)
        why = (
            "tổ chức này kết thúc"
            if report.question.tree_on < report.day
            else "tổ chức này thành lập sau kỳ báo cáo"
        )
        said.append(f"Tính theo cây tổ chức ngày {tree_on}, vì {why}.")
    if not report.people:
        said.append(
            "Bản không có thông tin cá nhân: số dưới 5 người trong cơ cấu được gộp lại, không kèm danh sách."
        )
    return said


def _of_plan(report, found):
    if found.basis == REPORTED:
        yield f"Số của {found.plan.name} là số báo cáo của đơn vị hoặc văn bản, chưa có hồ sơ từng người."
    elif any(child.basis == REPORTED for child in found.children):
        yield "Đơn vị ghi “theo số báo cáo” chưa có hồ sơ từng người; số ấy không cộng lên cấp trên."
    if found.plan.counts_by == Plan.CountsBy.CEREMONY:
        yield f"{found.plan.name} tính theo ngày lễ kết nạp; số trong kỳ và cơ cấu tính theo ngày quyết định."


def remark(standing, plan):
    """What stands beside a unit's numbers: its state, and what is unusual about its target or its number."""
    parts = [STATES[standing.state]]
    target = standing.target
    if target is not None:
        if not target.plain and target.value is not None:
            parts.append(f"chỉ tiêu {target_words(target)}")
        if target.why_not:
            parts.append(base_words(target) or target.why_not)
        if target.effective_on and target.effective_on > plan.since:
            parts.append(f"điều chỉnh {target.effective_on.month}/{target.effective_on.year}")
    if standing.basis == REPORTED:
        parts.append("theo số báo cáo")
    return "; ".join(parts)


def target_said(found):
    """Which target it is: plan, document, the day it holds from, what it was taken of."""
    target, plan = found.node.target, found.plan
    if target is None:
        return f"{plan.name}: {NO_TARGET}"
    parts = [plan.name]
    if target.document or plan.document:
        parts.append(target.document or plan.document)
    if target.effective_on:
        parts.append(f"hiệu lực từ {day(target.effective_on)}")
    if not target.plain and target.value is not None:
        parts.append(f"giao {target_words(target)}")
    if target.why_not:
        parts.append(base_words(target) or target.why_not)
    return ", ".join(parts)


def no_source_said(found):
    """By what it is known that organisations (a NoSource) have no source; "" where none has."""
    if found.figure:
        return f"số báo cáo: {found.figure.source}"
    if found.marked and found.told:
        return f"{number(found.marked)} đánh dấu trong sổ, {number(found.told)} theo số báo cáo"
    return "đánh dấu trong sổ" if found.marked else "theo số báo cáo của từng tổ chức" if found.told else ""


def gap_said(told):
    """How many of these units (Standings with a target, of which the number is known) are short, and by how many people;
    "" where none is."""
    if not told:
        return NOT_HELD
    short = [-child.surplus for child in told if child.surplus < 0]
    return f"{number(len(short))} đơn vị còn thiếu {number(sum(short))}" if short else ""
