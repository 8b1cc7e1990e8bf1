"""Where the number of a paper is put right: at the record it is taken from, with the right spelling in its field already."""

from django.urls import reverse
from django.utils.http import urlencode

from .prepared import number_of


def answered(prepared, doubts, confirmed):
    """[(numbering Doubt, whether it was answered, the page that corrects its number or "")] of a Prepared. One query where a
    right spelling is known."""
    return [(doubt, doubt.key in confirmed, _address(prepared, doubt.right)) for doubt in doubts]


def _address(prepared, right):
    """The page that corrects the record with the number; "" for a number that stands on this page's own form."""
    kind, candidacy = number_of(prepared.edition.template).rpartition(".")[0], prepared.candidacy
    if not (right and kind):
        return ""
    if kind in {"decision", "recognition"}:
        admission = getattr(candidacy, "admission", None)
        said = f"{kind}_number", "admission-edit", admission and admission.pk
    elif kind == "letter":
        said = "number", "letter-correct", prepared.subject.rpartition(":")[2]
    else:
        row = candidacy.papers.filter(kind=kind, number=prepared.number).order_by("on", "pk").last()
        said = "number", "paper-correct", row and row.pk
    field, page, pk = said
    return f"{reverse(f'recruitment:{page}', args=[pk])}?{urlencode({field: right})}" if pk else ""
