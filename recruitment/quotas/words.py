"""What is said of a Progress in words: whom it counts, by which day, in which tree, against which target."""

from committees import vietnamese
from committees.models import Kind

from ..models import Plan
from .progress import MET, REPORTED
from .targets import target_words
from .two_views import by_tree

NBSP = vietnamese.NBSP
_WHOLE = {
    Kind.PROVINCE: "Toàn đảng bộ tỉnh",
    Kind.GRASSROOTS_CELL: "Chi bộ",
    Kind.CELL: "Chi bộ",
}


class Words:
    """What is said of a Progress. Every sentence carries its numbers as written in Vietnam."""

    def __init__(self, found):
        self.found = found
        self.plan, self.node = found.plan, found.node

    @property
    def subject(self):
        return _WHOLE.get(self.found.tree.kind(self.node.position), "Toàn đảng bộ")

    @property
    def verb(self):
        return "cử đi học nhận thức" if self.plan.counts == Plan.Counts.TRAINED else "kết nạp"

    @property
    def whom(self):
        people = "quần chúng" if self.plan.counts == Plan.Counts.TRAINED else "đảng viên"
        return f"{people} thuộc nhóm “{self.found.group.name}”" if self.found.group else people

    @property
    def plan_name(self):
        """The plan's name with "Kế hoạch 02" kept on one line."""
        first, _, rest = self.plan.name.partition(" ")
        second, space, others = rest.partition(" ")
        third, gap, last = others.partition(" ")
        return f"{first}{NBSP}{second}{NBSP if space else ''}{third}{gap}{last}" if rest else first

    @property
    def percent(self):
        return None if self.node.percent is None else vietnamese.percent_text(self.node.percent)

    @property
    def against(self):
        """Over or under the target, in words; None without a target."""
        over = self.node.surplus
        if over is None:
            return None
        if over == 0:
            return "đúng bằng chỉ tiêu"
        return f"vượt {vietnamese.number(over)}" if over > 0 else f"còn thiếu {vietnamese.number(-over)}"

    @property
    def no_target(self):
        """Why there is no percentage; None where there is one."""
        if self.node.percent is not None:
            return None
        if self.node.target is not None and self.node.target.why_not:
            return f"chỉ tiêu theo tỷ lệ, {self.node.target.why_not}"
        if self.node.goal == 0:
            return "chỉ tiêu 0" + ("" if self.node.state == MET else ": không còn nguồn")
        return "chưa giao chỉ tiêu"

    @property
    def period(self):
        return f"{vietnamese.day(self.plan.since)} đến {vietnamese.day(self.plan.last_day)}"

    @property
    def counted_by(self):
        if self.plan.counts == Plan.Counts.TRAINED:
            return "ngày cấp chứng nhận"
        by_ceremony = self.plan.counts_by == Plan.CountsBy.CEREMONY
        return "ngày lễ kết nạp" if by_ceremony else "ngày quyết định kết nạp"

    @property
    def counting(self):
        """Who is counted, where and by which days."""
        if self.plan.counts == Plan.Counts.TRAINED:
            who, but = "Mỗi chứng nhận lớp nhận thức đếm một lần, tại chi bộ của người học lúc ấy", ""
        else:
            who, but = "Mỗi người đếm một lần, tại chi bộ nơi kết nạp", "; quyết định đã hủy không tính"
        until = vietnamese.day(self.found.on)
        return f"{who}, có {self.counted_by} trong kỳ {self.period} và không quá ngày {until}{but}."

    @property
    def by_tree(self):
        return by_tree(self.found.on, self.found.tree_on)

    @property
    def basis(self):
        if self.node.basis == REPORTED:
            return "số liệu báo cáo, chưa có hồ sơ từng người"
        return "hồ sơ từng người trong sổ"

    @property
    def formula(self):
        """ "9.701 : 9.352 × 100 = 103,7318 … làm tròn 103,73 %" in its exact terms."""
        node = self.node
        if self.percent is None:
            return None
        longer = vietnamese.percent_text(vietnamese.percent(node.admitted, node.goal, 6), 6)
        return f"{vietnamese.number(node.admitted)} : {vietnamese.number(node.goal)} × 100 = {longer}, làm tròn {self.percent}"

    @property
    def target_said(self):
        """Which target: its number, document and the day from which it holds."""
        target = self.node.target
        if target is None:
            return "chưa giao chỉ tiêu"
        parts = [target_words(target)]
        if target.document:
            parts.append(target.document)
        if target.effective_on:
            parts.append(f"hiệu lực từ {vietnamese.day(target.effective_on)}")
        return ", ".join(parts)

    @property
    def previous(self):
        """ "+2.035 so với Giai đoạn 2005–2010" with both numbers; None where no figure stands before."""
        before = self.found.previous
        if before is None or (before.admitted == 0 and before.basis != REPORTED):
            return None
        return vietnamese.signed(before.difference)
