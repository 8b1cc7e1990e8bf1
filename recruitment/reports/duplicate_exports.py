"""The export of pairs of records that may be one human being: the rows of their page."""

from django.utils import timezone
from django.utils.translation import gettext as _

from committees.access import PEOPLE

from ..duplicates.pages import TABS, DuplicatePage
from .exports import Export, home

CHUNK = 200


def duplicates(access, params):
    """Pairs under the same tab (`shown`) and committee as the page, all of them."""
    page = DuplicatePage(access, params)

    def rows():
        for at in range(0, len(page.found), CHUNK):
            for row in page.told(page.found[at : at + CHUNK]):
                one, other = row.one, row.other
                why = [str(row.pair.words), *row.against] if row.pair else []
                yield [
                    one.person.full_name, one.person.born, "; ".join(one.lines), other.person.full_name,
                    other.person.born, "; ".join(other.lines), "; ".join(why), row.writer,
                    row.entry and timezone.localdate(row.entry.at),
                ]  # fmt: skip

    headings = [
        _("Hồ sơ thứ nhất"), _("Sinh ngày"), _("Đã ghi"), _("Hồ sơ thứ hai"), _("Sinh ngày (hồ sơ thứ hai)"),
        _("Đã ghi (hồ sơ thứ hai)"), _("Vì sao"), _("Ai ghi"), _("Ngày ghi"),
    ]  # fmt: skip
    return Export(
        name="duplicates", title=_("Hồ sơ có thể trùng"), headings=headings, rows=rows(), count=page.count,
        conditions=[TABS[page.shown]], said={"shown": page.shown}, place=page.name,
        committee=page.seen.committee or home(access, PEOPLE),
    )  # fmt: skip
