"""The first two sheets of the report: the period in ten lines, and unit by unit."""

from fractions import Fraction

from committees.vietnamese import day

from ..quotas.progress import MET, REPORTED
from .annual_term import term_rows
from .annual_words import NOT_HELD, gap_said, no_source_said, remark, target_said
from .base import (
    MOST_DRAWN,
    ORDINAL,
    PART,
    PERCENT,
    SIGNED,
    TOTAL,
    WHOLE,
    Chart,
    Column,
    Ref,
    Row,
    Sheet,
    difference,
    ratio,
    total,
)


def summary(report):
    """The period in numbers: against the plan, against the year before, how broad. Formulas where a number follows from
    others above it."""
    against = _against_plan if report.found else _no_plan
    rows = against(report) + _against_last_year(report) + _against_last_term(report) + _breadth(report)
    columns = (
        Column("name", "Nội dung", width=44),
        Column("value", "Số", WHOLE, 12),
        Column("note", "Ghi chú", width=40),
    )
    return Sheet("tong_hop", "Tổng hợp", "Tổng hợp", columns, rows, signed=True)


def _value(key, name, value, note="", *, kind="", level=1, called=""):
    return Row(key, {"name": name, "value": value, "note": note}, level=level, kind=kind, name=called)


def _no_plan(report):
    return [Row("plan", {"name": f"I. Chưa có kế hoạch nào giao chỉ tiêu cho {report.period.this}"}, PART)]


def _against_plan(report):
    found = report.found
    admitted = report.counted(found.node)
    counted = f"đến hết ngày {day(found.day)}" + (", theo số báo cáo" if report.reported else "")
    if admitted is None:
        counted = NOT_HELD
    rows = [
        Row("plan", {"name": f"I. So với chỉ tiêu {found.plan.name}"}, PART),
        _value("target", "Chỉ tiêu", found.goal, target_said(found), called="chi_tieu"),
        _value("admitted", "Đã kết nạp từ đầu kế hoạch", admitted, counted, called="da_ket_nap"),
        _value(
            "percent",
            "Tỷ lệ hoàn thành",
            ratio(Ref("admitted"), Ref("target")),
            kind=PERCENT,
            called="ty_le",
        ),
        _value("surplus", "Vượt (+), còn thiếu (−)", difference(Ref("admitted"), Ref("target")), kind=SIGNED),
    ]
    for k, part in enumerate(report.several.others(found.plan) if report.several else ()):
        rows += _against_another(part, k)
    if found.assigned:
        told = [child for child in found.with_target if report.counted(child) is not None]
        met = sum(child.state == MET for child in told) if told else None
        rows += [
            _value("assigned", "Đơn vị trực thuộc được giao chỉ tiêu", found.assigned),
            _value("met", "Trong đó đạt chỉ tiêu", met, gap_said(told), level=2),
            _value(
                "met_share", "Tỷ lệ đơn vị đạt", ratio(Ref("met"), Ref("assigned")), kind=PERCENT, level=2
            ),
        ]
    return rows


def _against_another(part, k):
    """The same result against the target of another plan."""
    shape = "" if part.standing.target.plain else f"giao {part.target}"
    key, note = f"target_{k}", ", ".join(filter(None, [part.plan.name, part.version, shape]))
    return [
        _value(key, f"Chỉ tiêu: {part.label}", part.standing.goal, note),
        _value(
            f"percent_{k}", "Tỷ lệ theo chỉ tiêu ấy", ratio(Ref("admitted"), Ref(key)), kind=PERCENT, level=2
        ),
    ]


def _against_last_year(report):
    now, before = report.now, report.before
    return [
        Row("year", {"name": "II. Trong kỳ, theo ngày quyết định kết nạp"}, PART),
        _value(
            "now", f"Kết nạp {report.period.words}", now.total, "" if now.known else NOT_HELD, called="ket_nap_trong_nam"
        ),
        _value(
            "before", f"Cùng kỳ {report.period.before.words}", before.total, "" if before.known else NOT_HELD,
            called="cung_ky",
        ),
        _value("growth", "Kỳ này so với cùng kỳ", ratio(Ref("now"), Ref("before")), kind=PERCENT),
        _value("change", "Tăng (+), giảm (−)", difference(Ref("now"), Ref("before")), kind=SIGNED),
    ]  # fmt: skip


def _against_last_term(report):
    if report.term is None:
        return []
    told = term_rows(report.term)
    rows = [Row("term", {"name": "III. So với nhiệm kỳ trước"}, PART)]
    rows += [_value(key, words, value, note, called=key) for key, words, value, note in told]
    same = ratio(Ref("term_now"), Ref("term_same"))
    rows.insert(3, _value("term_ratio", "Nhiệm kỳ này so với cùng thời điểm", same, kind=PERCENT, level=2))
    if len(told) > 2:
        share = ratio(Ref("term_now"), Ref("term_whole"))
        rows.append(_value("term_share", "Đã bằng cả nhiệm kỳ trước", share, kind=PERCENT, level=2))
    return rows


def _breadth(report):
    organisations = report.now.organisations
    rows = [
        Row(
            "breadth",
            {"name": f"{'III' if report.term is None else 'IV'}. Tổ chức cơ sở đảng và nguồn"},
            PART,
        )
    ]
    if len(organisations):
        admitted = int(organisations.admitted.sum()) if report.now.known else None
        no_source = organisations.no_source_at(report.position)
        told = report.now.source_told
        source = no_source_said(no_source) if told else NOT_HELD
        rows += [
            _value("organisations", "Tổ chức cơ sở đảng", len(organisations)),
            _value("active", "Có kết nạp trong kỳ", admitted, "" if report.now.known else NOT_HELD, level=2),
            _value("active_share", "Tỷ lệ có kết nạp", ratio(Ref("active"), Ref("organisations")), kind=PERCENT, level=2),
            _value("no_source", "Không còn nguồn", no_source.count if told else None, source, level=2),
        ]  # fmt: skip
    road = report.now.road
    followed, note = (None, NOT_HELD) if road is None else (int(road.open.sum()), f"ngày {day(report.day)}")
    rows.append(_value("open", "Hồ sơ đang theo dõi", followed, note))
    issued = report.now.certificates(True)
    rows.append(
        _value(
            "trained", "Cấp chứng nhận nhận thức về Đảng trong kỳ",
            None if issued is None else int(issued[report.position]), NOT_HELD if issued is None else "",
        )
    )  # fmt: skip
    return rows


def units(report):
    """Each unit directly below: target, admitted under the plan, in the period and in the one before. The sum of the
    targets is no target: it stands beside the committee's own with the difference. Rows are keyed by code; those of no
    unit by a word after a colon, which no code holds."""
    plan, year = "Theo kế hoạch", "Trong kỳ"
    columns = (
        Column("tt", "TT", ORDINAL, 5),
        Column("name", "Đơn vị", width=38),
        Column("target", "Chỉ tiêu", WHOLE, 10, plan),
        Column("admitted", f"Kết nạp đến {day(report.day)}", WHOLE, 12, plan),
        Column("percent", "Tỷ lệ", PERCENT, 12, plan, bars=True),
        Column("surplus", "Vượt, thiếu", SIGNED, 10, plan),
        Column("now", report.period.short, WHOLE, 10, year),
        Column("before", f"Cùng kỳ {report.period.before.short.removeprefix('Năm ')}", WHOLE, 10, year),
        Column("growth", "So cùng kỳ", PERCENT, 12, year),
        Column("state", "Trạng thái, ghi chú", width=32),
    )
    rows = [_unit(report, k, p) for k, p in enumerate(report.children, 1)]
    own = _own(report)
    below = rows + ([own] if own else [])
    drawn = rows if 1 < len(rows) <= MOST_DRAWN else []
    whole = _whole(report)
    rows = [*below, *_totals(report, below), whole, *_gap(report, below)] if below else [whole]
    return Sheet(
        "theo_don_vi", "Theo đơn vị", "Kết quả theo đơn vị trực thuộc", columns, rows,
        notes=tuple(_notes(report)), chart=_chart(report, drawn), wide=True, signed=True,
    )  # fmt: skip


_FOLLOWS = {
    "percent": ratio(Ref(column="admitted"), Ref(column="target")),
    "surplus": difference(Ref(column="admitted"), Ref(column="target")),
}
_GROWTH = {"growth": ratio(Ref(column="now"), Ref(column="before"))}


def _unit(report, k, p):
    standing = report.standing(p)
    cells = {"tt": k, "name": report.tree.name(p), "now": report.now.at(p), "before": report.before.at(p)}
    if standing is not None:
        cells |= {"target": standing.goal, "admitted": report.counted(standing)}
        cells |= {"state": remark(standing, report.plan)} | (_FOLLOWS if standing.goal is not None else {})
        if cells["admitted"] is None:
            cells["state"] = "nguồn chỉ nêu số chung" if report.reported else NOT_HELD
    return Row(report.tree.code(p), cells | _GROWTH)


def _own(report):
    """What is recorded at the committee itself or at one it succeeded that has no child here; None where nothing is."""
    found, p = report.found, report.position

    def rest(span):
        if not span.known:
            return None
        return span.at(p) - sum(span.at(child) for child in report.children)

    now, before = rest(report.now), rest(report.before)
    admitted = found.own if found and not report.reported and report.now.known else None
    if not report.children or not (now or before or admitted):
        return None
    cells = {"name": "Ghi ngay tại đây hoặc ở tổ chức đã sáp nhập vào đây", "now": now, "before": before}
    return Row(":own", cells | {"admitted": admitted} | _GROWTH)


def _totals(report, below):
    """Sums, only where they are true: what a unit reports is no part of what is recorded above it."""
    every = [Ref(row=row.key) for row in below]
    cells = {"name": "Cộng các dòng trên", "now": total(every), "before": total(every)} | _GROWTH
    if report.found:
        cells["target"] = total(every)
        reported = any(child.basis == REPORTED for child in report.found.children)
        if not reported and not report.reported:
            cells["admitted"] = total(every)
    return [Row(":sum", cells, TOTAL)]


def _whole(report):
    cells = {"name": report.question.name, "now": report.now.total, "before": report.before.total}
    found = report.found
    if found:
        cells |= {"target": found.goal, "admitted": report.counted(found.node)}
        cells["state"] = remark(found.node, found.plan) if cells["admitted"] is not None else NOT_HELD
        cells |= _FOLLOWS if found.goal is not None else {}
    return Row(":whole", cells | _GROWTH, TOTAL)


def _gap(report, below):
    found = report.found
    if not found or found.goal is None or not found.assigned:
        return []
    gap = difference(Ref(row=":whole"), Ref(row=":sum"))
    return [Row(":gap", {"name": "Chỉ tiêu chung trừ tổng chỉ tiêu các đơn vị", "target": gap}, kind=SIGNED)]


def _notes(report):
    found = report.found
    if found and found.assigned and found.goal is not None:
        yield "Chỉ tiêu chung và chỉ tiêu từng đơn vị giữ nguyên như văn bản giao; tổng các đơn vị không phải là chỉ tiêu chung."
    yield "Số trong kỳ theo ngày quyết định kết nạp, mỗi người đếm một lần tại chi bộ nơi kết nạp; cùng kỳ tính theo cùng một cây tổ chức."


def _chart(report, drawn):
    if not drawn:
        return None
    keys = tuple(row.key for row in drawn)
    if report.found and report.found.assigned:
        return Chart("Tỷ lệ hoàn thành chỉ tiêu theo đơn vị", "name", ("percent",), keys, Fraction(1))
    return Chart("Kết nạp trong kỳ theo đơn vị", "name", ("now",), keys) if report.now.known else None
