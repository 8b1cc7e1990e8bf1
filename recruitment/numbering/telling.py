"""What is told of a number once it was written: it stands, and whoever wrote it may put it right at a click."""

from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .bodies import body_of
from .doubts import doubts, misspelled
from .offers import by_of
from .uses import OUTSIDE


def told(number, *, issuer="", committee_id, on, address="", name="number", doubled=True, structure, **about):
    """[sentence] for messages about a number that was written down. address: of the page that corrects it, which is offered
    with the right spelling in its field `name` where one can tell; doubled: also that another document bears it (False
    where that was asked before; then no query). about: as `doubts.doubts` takes it."""
    if doubled:
        found = doubts(number, issuer=issuer, committee_id=committee_id, on=on, structure=structure, **about)
    else:
        i = structure.index.get(committee_id, -1)
        found = misspelled(number, issuer or structure.name_on(i, on), on) if number and i >= 0 else []
    return [_linked(doubt, address, name) for doubt in found]


def told_of(structure, kind, number, on, cell_id, **said):
    """As `told`, of a paper of a kind made for a cell: whose number it is follows from the kind. None of papers that others
    wrote."""
    body = body_of(structure, cell_id, on, by_of(kind)) if number and kind not in OUTSIDE else -1
    if body < 0:
        return []
    return told(number, committee_id=structure.ids[body], on=on, structure=structure, kind=kind, **said)


def _linked(doubt, address, name):
    if not (doubt.right and address):
        return doubt.words
    link = f"{address}?{urlencode({name: doubt.right})}"
    return format_html('{} <a href="{}">{}</a>', doubt.words, link, _("Sửa thành %s") % doubt.right)
