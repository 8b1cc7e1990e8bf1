"""Where a file's headings are not understood, every page of it leads to the page of columns."""

from functools import wraps

from django.shortcuts import redirect

from ..sheets.read import HeadingError


def matched(view):
    """The view of an upload; led to its columns where they have to be matched first."""

    @wraps(view)
    def inner(request, pk, **options):
        try:
            return view(request, pk, **options)
        except HeadingError:
            return redirect("recruitment:import-columns", pk)

    return inner
