"""How a workbook names a group: by its code, or by its Vietnamese name."""

from committees.vietnamese import fold

from .. import fields
from ..quotas.groups import ALSO, concerning, group_fault

GROUP = fields.text(80)


def group_of(known, line):
    """The Group a row names for its committee, None where it names none, False after noting a fault. Only groups that
    concern the committee: another department's are as unknown as those there are not."""
    if line.group is None:
        return None
    if line.code in known.structure.by_code:
        concerned = concerning(known.snapshot, line.code, known.today)
    else:
        concerned = [group for group in known.small.groups if group.committee_id is None]
    found = _named(fold(line.group), concerned)
    if len(found) == 1:
        return found[0]
    if found:
        wanted = "mã của nhóm; cùng tên này có " + ", ".join(group.code for group in found)
    else:
        wanted = "một trong: " + ", ".join(group.name for group in concerned if group.offered_on(known.today))
    line.fault("Nhóm", wanted)
    return False


def _named(word, groups):
    """[Group] that a folded word means: the one of that code, else those of that name."""
    by_code = [group for group in groups if word == fold(group.code)]
    return by_code or [group for group in groups if word == fold(group.name) or ALSO.get(word) == group.code]


def ended(known, line, i, group):
    """Whether a new figure of the committee (an index) may not name a group any more; notes a fault if so."""
    if wanted := group_fault(known.structure, i, group, known.today):
        line.fault("Nhóm", wanted)
    return wanted is not None
