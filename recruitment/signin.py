"""Signing in, once: how long a session lasts, the first password before all else, the lock-out, and from where."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from committees import journal
from committees.models import Account

# Session keys: seconds since the epoch.
BEGAN = "began"
SEEN = "seen"
# Writing the session at each request would make every reader a writer; five minutes are close enough to 60.
NOTE_EVERY = 5 * 60


def connect() -> None:
    """Called once by the app when it is ready."""
    user_logged_in.connect(_begin, dispatch_uid="recruitment.signin")


def _begin(sender, request, user, **kwargs):
    if hasattr(request, "session"):
        request.session[BEGAN] = request.session[SEEN] = int(time.time())


def _redirect(request, response):
    """The same redirect for a full page; htmx would otherwise put the page aimed at into its fragment."""
    return HttpResponseClientRedirect(response.url) if request.htmx else response


class SessionLimits:
    """Ends a session SESSION_COOKIE_AGE after sign-in, or SESSION_IDLE_AGE after the last request.

    Must stand below SessionMiddleware, AuthenticationMiddleware, HtmxMiddleware and MessageMiddleware.
    No query of its own; one session write in five minutes. Also keeps what was shown out of the browser's cache.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = int(time.time())
            session = request.session
            too_old = now - session.get(BEGAN, 0) >= settings.SESSION_COOKIE_AGE
            if too_old or now - session.get(SEEN, 0) >= settings.SESSION_IDLE_AGE:
                logout(request)
                messages.info(request, _("Phiên làm việc đã hết. Mời anh chị đăng nhập lại để làm tiếp."))
                return _redirect(request, redirect_to_login(request.get_full_path()))
            if now - session[SEEN] >= NOTE_EVERY:
                session[SEEN] = now
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # Office machines are shared: nothing personal may come back by the back button after signing out.
            patch_cache_control(response, private=True, no_store=True)
        return response


class PasswordFirst:
    """Leads an account that came in with a one-time code to the password page before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and request.user.must_change_password:
            page = reverse("password-change")
            if request.path not in {page, reverse("logout")}:
                return _redirect(request, HttpResponseRedirect(page))
        return self.get_response(request)


def noted(account):
    """Journal that the account was entered. On the chain of readings, so that nobody's writing waits for it; where from
    is not kept. Three queries."""
    journal.read_entry(account, "sign-in", about=f"account:{account.username}")


def refused_noted(username):
    """Journal that somebody was refused under this name. A name that no account bears is not told: people type their
    password into the wrong field. The same queries either way, so that time does not tell who has an account."""
    known = Account.objects.filter(username=username[:60]).exists()
    journal.read_entry(None, "sign-in-refused", about=f"account:{username}" if known else "")


def was_tried(request):
    """Whether name and password were compared. While locked out they are not, and whoever goes on trying shall not
    fill the journal; the failure that locks was tried, and counted (both notes are django-axes')."""
    return not getattr(request, "axes_locked_out", False) or request.axes_failures_since_start is not None


def locked(request, response=None, credentials=None):
    """429 after too many failures, whether or not such an account exists (django-axes calls this)."""
    return render(request, "locked.html", {"minutes": settings.AXES_COOLOFF_TIME.seconds // 60}, status=429)


def client_ip(request) -> str | None:
    """The visitor's address, for the lock-out. Behind a proxy the last address in X-Forwarded-For: the one our own
    proxy wrote; those before it are the visitor's word."""
    if settings.TRUST_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return request.META.get("REMOTE_ADDR") or None
