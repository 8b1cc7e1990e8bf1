"""By which tree a committee is asked about, and what is said where it does not stand in it."""

from committees import vietnamese


class Unanswerable(ValueError):
    """The question has no answer; the message, in Vietnamese, says what to ask instead."""


class Ended(Unanswerable):
    """The committee asked had ended by the tree asked for; heirs: [(code, name)] of those who answer for it, the principal
    one first."""

    def __init__(self, text, heirs):
        super().__init__(text)
        self.heirs = heirs


def tree_day(snapshot, i, on):
    """The day whose tree shows committee i by default: `on`, or its last day if it no longer stood then."""
    return snapshot.structure.last_day(i, on.toordinal()) or on


def standing_position(snapshot, tree, i, day):
    """The position of committee i, which must itself stand on the day; Unanswerable names its heir and last day."""
    structure = snapshot.structure
    if tree.stands(i):
        return int(tree.position[i])
    code, last = structure.codes[i], structure.last_day(i, day.toordinal())
    if last is None:
        first = structure.first_day(i)
        raise Unanswerable(
            f"Tổ chức {code} chưa thành lập vào ngày {vietnamese.day(day)}"
            + (f" (từ ngày {vietnamese.day(first)})." if first else ".")
        )
    heir = structure.heir(i, day.toordinal())
    heirs = [heir, *sorted(tree.bearers.of(i) - {heir})] if heir >= 0 else []
    codes = [structure.codes[heir] for heir in heirs]
    said = f"kế thừa: {', '.join(codes)}" if codes else "không có tổ chức kế thừa"
    raise Ended(
        f"Tổ chức {code} không còn vào ngày {vietnamese.day(day)}: ngày cuối cùng {vietnamese.day(last)}, {said}.",
        [(code, structure.name_on(heir, day)) for code, heir in zip(codes, heirs, strict=True)],
    )
