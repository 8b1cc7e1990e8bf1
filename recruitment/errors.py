"""The pages for what went wrong: what happened, what to do next, and the code that finds the log line."""

import sys

from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from recruitment.busy import is_busy
from recruitment.requestlog import short_code

RETRY_SECONDS = "5"


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
