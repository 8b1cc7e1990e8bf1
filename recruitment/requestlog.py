"""One line a request: method, route, status, milliseconds, account, code. No names, no query string."""

import logging
import secrets
import time
from urllib.parse import quote

from django.utils.functional import SimpleLazyObject

log = logging.getLogger("recruitment.request")

LONGEST_PATH = 120


def short_code() -> str:
    """A code a person can read over the phone ("4F2-7C9"): shown on error pages, written in the log line."""
    code = secrets.token_hex(3).upper()
    return f"{code[:3]}-{code[3:]}"


def place(request) -> str:
    """The route as urls.py writes it; the path, percent-encoded, where no route was found.

    A route carries no values, and quoting leaves no line break a visitor could forge a log line with.
    """
    match = getattr(request, "resolver_match", None)
    return "/" + match.route if match else quote(request.path)[:LONGEST_PATH]


def _account(request) -> int | None:
    """The id of who asked. Only where it is known already: opening the session for the log would cost a query."""
    user = getattr(request, "user", None)  # after a sign-in the account itself, before it a lazy object
    if isinstance(user, SimpleLazyObject):
        user = getattr(request, "_cached_user", None)
    return getattr(user, "pk", None)


class RequestLog:
    """Gives every request its `code` and writes its line when the answer is ready. No queries."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.code = short_code()
        started = time.perf_counter()
        response = self.get_response(request)
        elapsed = (time.perf_counter() - started) * 1000
        account = _account(request)
        log.info(
            "%s %s %d %.0fms account=%s code=%s",
            quote(request.method or "")[:10],
            place(request),
            response.status_code,
            elapsed,
            account or "-",
            request.code,
        )
        return response
