"""The pages for what went wrong: what happened, what to do next, and the code that finds the log line."""

import sys

from django.db import IntegrityError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from committees import journal
from recruitment.requestlog import short_code

RETRY_SECONDS = "5"
# PostgreSQL: lock not available, cancelled, deadlock, serialisation, too many connections, shutting down.
BUSY_STATES = {"55P03", "57014", "40P01", "40001", "53300", "57P01", "57P02", "57P03"}
NO_SUCH_ROW = "23503"  # PostgreSQL: foreign key violation


def is_busy(error: BaseException | None) -> bool:
    """True where the same request may succeed a moment later, or be refused in words: locks, deadlocks, no connection to
    be had; what a form leaned on taken away by another as it was sent."""
    if isinstance(error, journal.Busy):
        return True
    if isinstance(error, IntegrityError):
        state = getattr(error.__cause__, "sqlstate", None)
        return state == NO_SUCH_ROW or "FOREIGN KEY" in str(error)
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if hasattr(cause, "sqlstate"):
        # No state at all: the server could not be reached, or the pool had no connection to give.
        return cause.sqlstate is None or cause.sqlstate in BUSY_STATES or cause.sqlstate.startswith("08")
    return "locked" in str(error) or "busy" in str(error)


def _code(request) -> str:
    return getattr(request, "code", None) or short_code()


def bad_request(request, exception=None):
    """400: Django refused the request before any view saw it. Rendered without request: its host may be false."""
    page = loader.render_to_string("400.html", {"code": _code(request)})
    return HttpResponse(page, status=400)


def denied(request, exception=None):
    """403: inside one's scope, without the right."""
    return render(request, "403.html", {"code": _code(request)}, status=403)


def csrf_failed(request, reason=""):
    """403 for a form that is too old or came from elsewhere. `reason` is Django's, for developers only."""
    return render(request, "403_csrf.html", {"code": _code(request)}, status=403)


def missing(request, exception=None):
    """404: no such page, or outside one's scope; the two look the same on purpose."""
    return render(request, "404.html", {"code": _code(request)}, status=404)


def unavailable(request):
    """503: the database is busy or away. Rendered without request, so that no context asks the database."""
    page = loader.render_to_string("503.html", {"code": _code(request)})
    return HttpResponse(page, status=503, headers={"Retry-After": RETRY_SECONDS})


def failed(request):
    """500, or 503 where the error under way is a busy database met outside a view (session, middleware)."""
    if is_busy(sys.exc_info()[1]):
        return unavailable(request)
    try:
        page = loader.render_to_string("500.html", {"code": _code(request)})
    except Exception:  # the page itself may be what is broken (static files not collected, say)
        words = _("Máy chủ gặp lỗi. Không có gì được lưu. Báo quản trị viên kèm mã %s.") % _code(request)
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(page, status=500)


class Busy:
    """Middleware: a busy database is no fault of the program, so 503 "try again", never 500. Outside views `failed` does the same."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if is_busy(exception):
            return unavailable(request)
        return None
