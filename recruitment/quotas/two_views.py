"""The two views of every figure: by the organisation as it stood on the day, and by today's. Every page offers them in the
same words under the same parameter, and says which it shows; their totals agree (invariant 2)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import vietnamese

NOW = "now"
AS_STOOD = gettext_lazy("Theo tổ chức tại thời điểm")
AS_NOW = gettext_lazy("Theo tổ chức hiện nay")


def by_tree(on, tree_on, today=None):
    """Which view a figure of the day `on` by the tree of `tree_on` is, as a sentence goes on: by a day's own words where it
    is neither (a committee's last day, or one asked for)."""
    if tree_on == on:
        return _("theo tổ chức tại thời điểm")
    if tree_on == (today or vietnamese.today()):
        return _("theo tổ chức hiện nay")
    return _("theo tổ chức ngày %s") % vietnamese.day(tree_on)


def offered(given):
    """The choices of a page; `given`: the day an address asks for otherwise, or ""."""
    choices = [("", AS_STOOD), (NOW, AS_NOW)]
    if given in {"", NOW}:
        return choices
    try:
        day = vietnamese.day(vietnamese.parse_day(given))
    except ValueError:
        day = given
    return [*choices, (given, _("Theo tổ chức ngày %s") % day)]
