"""One paper for several dossiers: a proposal whose list names everybody, issued whole into the folder of each. Its form is
filled for each candidacy by itself; what the copies say alike is the paper, their rows are its list."""

import hashlib
import io
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _

from committees.access import PEOPLE
from committees.vietnamese import name_sort_key

from ..models import IssuedFile, IssuedPaper
from ..sheets.document import Grid
from ..sheets.letter import write_letter

# Forms whose text names nobody outside the rows of its list.
FORMS = frozenset({"to-trinh-chung"})


class Apart(ValueError):
    """Copies that are no one paper; its text says in what they differ."""


def copies(issued):
    """[IssuedPaper] of every dossier in which the paper lies, itself among them: of FORMS, those of the same body, number and
    day, or with the same bytes. One query, none for another form."""
    if issued.form not in FORMS:
        return [issued]
    same = Q(form=issued.form, committee_id=issued.committee_id, number=issued.number, on=issued.on)
    digests = IssuedFile.objects.filter(issued=issued).values("digest")
    bytes_of = IssuedFile.objects.filter(issued__form__in=FORMS, digest__in=digests).values("issued")
    rows = IssuedPaper.objects.filter(same | Q(pk__in=bytes_of)).order_by("pk")
    return list(rows.select_related("candidacy__cell", "corrected_by"))


def standing(issued):
    """Those of its copies for which nothing stands yet, and which were not withdrawn. One query."""
    rows = copies(issued)
    return [row for row in rows if row.withdrawn_on is None and not hasattr(row, "corrected_by")]


def by_cell(issued):
    """{Committee: IssuedPaper} of the cells whose people the paper names, each with a copy of it there: its own with itself.
    One query at most."""
    own = issued.candidacy.cell
    found = {own: issued}
    for row in copies(issued):
        found.setdefault(row.candidacy.cell, row)
    return found


def seen(access, issued):
    """Whether the account may see everybody the paper names. One query at most."""
    return issued.form not in FORMS or all(
        access.may(PEOPLE, row.candidacy.cell_id) for row in copies(issued)
    )


def join(prepared):
    """The Document of one paper out of several Prepared of one form, its list in order of names: the same for the same
    people, in whichever order they were ticked. Apart where they differ in
    more than their rows: another number, day, sender or receiver."""
    people = sorted(
        prepared, key=lambda one: (name_sort_key(one.candidacy.person.full_name), one.candidacy.pk)
    )
    first, rows = people[0].document, []
    for one in people:
        if _alike(one.document) != _alike(first):
            told = {"name": one.candidacy.person.full_name, "other": people[0].candidacy.person.full_name}
            raise Apart(
                _(
                    "%(name)s và %(other)s không chung một tờ trình được: khác số, ngày, nơi gửi hoặc người ký."
                )
                % told
            )
        rows += [row[1:] for block in one.document.blocks if isinstance(block, Grid) for row in block.rows]
    listed = tuple((str(n), *row) for n, row in enumerate(rows, 1))
    blocks = (replace(block, rows=listed) if isinstance(block, Grid) else block for block in first.blocks)
    return replace(first, title=people[0].title, blocks=tuple(blocks))


def _alike(document):
    """What every copy says: its blocks, of the list the headings alone."""
    return [block.headings if isinstance(block, Grid) else block for block in document.blocks]


def elsewhere(prepared, document):
    """Why the paper is not the one that went out under its number already; "" where it is, or none did. Two queries."""
    first = next(iter(prepared))
    mine = {one.candidacy.pk for one in prepared}
    file = io.BytesIO()
    write_letter(file, document)
    digest = hashlib.sha256(file.getvalue()).hexdigest()
    there = _under_its_number(first)
    return _another(first) if any(pk not in mine or other != digest for pk, other in there) else ""


def another(prepared, digest):
    """Why one Prepared, whose PDF has that digest, is not the paper of its form that went out under its number already, in
    whichever dossiers; "" where it is, or none did. One query."""
    if prepared.form not in FORMS or all(other == digest for _pk, other in _under_its_number(prepared)):
        return ""
    return _another(prepared)


def _under_its_number(prepared):
    """[(candidacy, digest of the PDF)] of what stands of that form, body, number and day."""
    there = IssuedPaper.objects.filter(
        form=prepared.form, committee_id=prepared.committee, number=prepared.number, on=prepared.on,
        corrected_by=None, withdrawn_on=None,
    )  # fmt: skip
    files = IssuedFile.objects.filter(issued__in=there, form=IssuedFile.Form.PDF)
    return list(files.values_list("issued__candidacy_id", "digest"))


def _another(prepared):
    words = _(
        "%(title)s số %(number)s đã phát hành với danh sách khác. Đánh dấu đúng những người ấy ở “Phát hành nhiều văn bản”, "
        "hoặc ghi số khác."
    )
    return words % {"title": prepared.title, "number": prepared.number}
