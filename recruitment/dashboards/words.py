"""The sentences that only a dashboard says: what its units are called together, and the message to send round."""

from committees import vietnamese

from ..quotas.progress import REPORTED
from ..quotas.targets import target_words
from ..quotas.words import Words
from .units import word_for


class Headline(Words):
    """The words of a Progress and of its direct children together."""

    @property
    def unit_word(self):
        return word_for({self.found.tree.kind(child.position) for child in self.found.children})

    def message(self, admitted, *, instead="", unknown=False, veiled=False, several=None):
        """The headline for a group chat: no name of a person, no code. admitted: as it may be shown, None where `instead`
        stands for it; unknown: nobody says how many there were; veiled: neither what its units reached nor what was before
        may be told; several: the same result against every target it has."""
        node, number = self.node, vietnamese.number
        if unknown:
            return f"{node.name}: chưa có số liệu {self.verb} {self.whom}, {self.plan_name}."
        if admitted is None:
            said = f"{node.name}: {self.verb} {instead} {self.whom}, {self.plan_name}."
            return f"{said} Tính đến hết ngày {vietnamese.day(self.found.on)}."
        said = f"{node.name}: {self.verb} {number(admitted)}"
        if self.percent is not None:
            said += f"/{number(node.goal)} {self.whom}, đạt {self.percent} {self.plan_name}, {self.against}."
        else:
            said += f" {self.whom}, {self.plan_name}; {self.no_target}."
        if node.target is not None and not node.target.plain and node.goal is not None:
            said += f" Chỉ tiêu: {target_words(node.target)}."
        if several is not None:
            said += f" {several.said}."
        if self.found.assigned and not veiled:
            said += f" {self.found.met}/{self.found.assigned} {self.unit_word} đạt chỉ tiêu."
        if self.previous is not None and not veiled:
            before = self.found.previous
            reported = ", số báo cáo" if before.basis == REPORTED else ""
            said += f" So với {before.plan.name}: {self.previous} ({number(before.admitted)}{reported})."
        if node.basis == REPORTED:
            said += " Theo số báo cáo."
        return f"{said} Tính đến hết ngày {vietnamese.day(self.found.on)}, {self.by_tree}."
