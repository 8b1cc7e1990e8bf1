"""Which cell answers for a candidacy on a day: the one that followed it then, or where that had ended the heir that the
tree names. A dossier under way is never rewritten when its cell ends; whoever deals with it asks here."""

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from committees.models import Kind
from committees.vietnamese import day as written

# Its founding was undone between the page and the pen.
GONE = _lazy("Chi bộ này không còn trong sổ: đợt sắp xếp lập ra nó vừa được hoàn tác. Chọn chi bộ khác.")


def cell_on(structure, candidacy, on):
    """The id of the committee that answers for the candidacy on a day; the cell's own where nobody does. One query, none
    where its former cells were prefetched."""
    later = [row for row in candidacy.former_cells.all() if row.until > on]
    cell = min(later, key=lambda row: row.until).cell_id if later else candidacy.cell_id
    return answering(structure, cell, on)


def cells_of(structure, candidacy, today):
    """Ids of every cell a workbook or a page may name for it: the one that follows it, those that did before an act split
    them, and who answers for it today. No query where its former cells were prefetched."""
    former = {row.cell_id for row in candidacy.former_cells.all()}
    return {candidacy.cell_id, answering(structure, candidacy.cell_id, today)} | former


def answering(structure, cell_id, on):
    """The id of the committee that answers for a cell on a day: itself, its heir; itself where nobody does."""
    i = structure.heir(structure.index[cell_id], on.toordinal())
    return structure.ids[i] if i >= 0 else cell_id


def follower(snapshot, candidacy, on):
    """The index of the committee that answers for a candidacy on a day; -1 where nobody does. No query."""
    told, number, structure = snapshot.tables["former_cells"], on.toordinal(), snapshot.structure
    later = told["cell"][(told["candidacy"] == candidacy.pk) & (told["day"] > number)]  # in order of day
    return structure.heir(structure.index[int(later[0]) if len(later) else candidacy.cell_id], number)


def together(structure, cell_id, on):
    """Ids of all cells for which one committee answers on a day, that cell among them: what was merged is one cell."""
    tree = structure.at(on)
    p = tree.of(cell_id)
    return [structure.ids[i] for i in np.flatnonzero(tree.position == p)] if p >= 0 else [cell_id]


def no_cell(structure, cell_id, on):
    """Why nobody can be followed at a committee on a day, in words: it is no cell, not founded yet, or ended, and then
    who its heir is; it is not there at all. None where it stood as a cell."""
    if cell_id not in structure.index:
        return str(GONE)
    i, number = structure.index[cell_id], on.toordinal()
    place, told = structure.place_on(i, number), {"on": written(on), "name": structure.name_on(i, on)}
    if place is not None:
        if place.kind in Kind.cells():
            return None
        told["kind"] = Kind(place.kind).label
        return _("Ngày %(on)s, %(name)s là %(kind)s. Chỉ chi bộ theo dõi quần chúng.") % told
    last, heir = structure.last_day(i, number), structure.heir(i, number)
    if last is None:
        return _("Ngày %(on)s, %(name)s chưa thành lập. Xem lại ngày hoặc chi bộ.") % told
    told |= {"last": written(last), "heir": structure.name_on(heir, on) if heir >= 0 else ""}
    words = _("Ngày %(on)s: %(name)s chỉ hoạt động đến hết %(last)s.")
    if heir >= 0:
        words = _(
            "Ngày %(on)s: %(name)s chỉ hoạt động đến hết %(last)s; tổ chức kế thừa là %(heir)s. "
            "Xem lại ngày hoặc chi bộ."
        )
    return words % told
