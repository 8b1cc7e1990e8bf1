"""Export of the standing checks: each with how many rows fail it, here and in every unit directly below."""

from django.utils.translation import gettext as _

from ..quality.page import QualityPage
from .exports import Export, Unanswered


def quality(access, params):
    """One row a check, one column a unit. Who sees figures only is told no count of people below five, and of no unit."""
    page = QualityPage(access, params)
    if page.question is None:
        raise Unanswered
    tree = page.question.tree
    units = tree.children(page.question.position) if page.people else []
    rows = [
        [
            str(title), str(line.check.label), line.number, line.whole,
            str(line.check.mend), line.ground,
            *(int(page.rolled[line.check.code][p]) for p in units),
        ]
        for title, lines, clean, _what in page.sections
        for line in lines + clean
    ]  # fmt: skip
    headings = [_("Về"), _("Điều cần xem"), _("Số"), _("Trong số"), _("Cách sửa"), _("Căn cứ")]
    return Export(
        name="quality", title=_("Chất lượng dữ liệu"), headings=[*headings, *(tree.name(p) for p in units)], rows=rows,
        count=len(rows), conditions=[], said={}, committee=page.committee, place=page.name, on=page.question.on,
    )  # fmt: skip
