"""What a deed leans on at the moment of writing: read under the pen, where nobody else can change it."""

from django.utils.translation import gettext as _

from committees.editing import unchanged

from ..quotas.deeds import Refused


def place(standing, committee_id, day):
    """The Place of a committee on a day number; None where it does not stand then, or an undo took it away meanwhile."""
    i = standing.index.get(committee_id)
    return None if i is None else standing.place_on(i, day)


def still(row, stamp):
    """The row read anew, as `editing.unchanged` does; Refused where somebody dropped it after the page showed it."""
    try:
        return unchanged(row, stamp)
    except type(row).DoesNotExist:
        raise Refused(("", _("một lần ghi còn trong sổ; lần ghi này người khác đã bỏ"))) from None
