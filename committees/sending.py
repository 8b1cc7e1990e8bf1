"""One page sent twice: pressed twice, or once more after the way back. The entry of a deed keeps the mark of the sending
it came from; whoever is overtaken by it was overtaken by nobody else.

The mark covers the account, the address and everything typed. The page's own CSRF token is part of that, and no two renderings share
one: what is typed anew into a page opened anew is another sending, however alike."""

import hashlib
from contextlib import contextmanager
from contextvars import ContextVar

from django.middleware.csrf import CSRF_TOKEN_LENGTH

_request = ContextVar("request", default=None)
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


@contextmanager
def sending(request):
    """Within it, marks are those of this request."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def mark():
    """The mark of what is being sent; None where nothing is, or no page of ours did."""
    request = _request.get()
    if request is None or request.method != "POST" or len(request.POST.get(TOKEN, "")) != CSRF_TOKEN_LENGTH:
        return None
    told = repr([request.user.pk, request.path, sorted(request.POST.lists())])
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()
