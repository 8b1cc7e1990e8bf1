"""What the folder holds of the papers the procedure asks for, in its order: the table of an appraisal."""

from django.utils.translation import gettext as _

from committees.vietnamese import day as written

from ..rules.papers import DOSSIER, KINDS, VOTES


def headings():
    """Of the table `rows` fills."""
    return _("TT"), _("Giấy tờ"), _("Số, ngày"), _("Có trong hồ sơ")


def rows(case):
    """[row of a table]: a paper that is there, or that the dossier lacks."""
    found = []
    for kind in KINDS.values():
        there = case.paper(kind.code)
        if kind.phase not in {DOSSIER, VOTES} or there is None and not _asked(kind, case.levels):
            continue
        number = f"{there.number}, " if there and there.number else ""
        told = f"{number}{written(there.on)}" if there else _("chưa có")
        name = f"{kind.label} ({_('mẫu')} {kind.form})" if kind.form else str(kind.label)
        found.append((str(len(found) + 1), name, told, _("Có") if there else _("Thiếu")))
    return found


def _asked(kind, levels):
    """Whether a dossier without that paper lacks it. Who introduces is a choice: only what is there is told."""
    asked = kind.form or kind.code in KINDS["cell_vote"].needs
    return asked and kind.code not in {"youth", "union"} and kind.exists(levels)
