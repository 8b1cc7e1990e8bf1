"""The pages of one person: their road so far, and the deeds done there."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from committees import journal

from .. import columns
from ..models import Person
from .dossier import dossier


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request, pk):
    """A person: what was decided, and the road so far. Sensitive traits open by a deliberate click (POST), which the
    journal keeps apart."""
    request.access.self_service()
    human = get_object_or_404(Person, pk=pk)
    page = dossier(request.access, columns.current(), human)
    revealed = request.method == "POST"
    deed = "person-sensitive" if revealed else "person"
    journal.read_entry(request.user, deed, about=f"recruitment.person:{human.pk}", committee=page.committee)
    return render(request, "recruitment/pipeline/person.html", {"page": page, "revealed": revealed})
