from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .penned import Penned, PennedQuerySet


class AccountManager(BaseUserManager.from_queryset(PennedQuerySet)):
    pass


class Account(AbstractBaseUser, Penned):
    """Someone who signs in. Holds no right of its own: rights are mandates (`committees.access`).

    Accounts are made and changed by `committees.accounts`, under the pen.
    """

    username = models.CharField(
        _("Tên đăng nhập"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    full_name = models.CharField(_("Họ và tên"), max_length=120, blank=True)
    is_active = models.BooleanField(_("Đang dùng"), default=True)
    # A one-time code was given: nothing else opens until the holder has chosen a password.
    must_change_password = models.BooleanField(default=False)
    # A one-time code that nobody used by then is void.
    code_until = models.DateTimeField(null=True, blank=True)
    # How often every session was ended at once. Part of what a session is known by, so the count alone ends them.
    sessions_ended = models.PositiveIntegerField(_("Số lần thoát khỏi mọi nơi"), default=0)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []

    class Meta(Penned.Meta):
        pass

    def __str__(self):
        return self.full_name or self.username

    def get_session_auth_hash(self):
        """What each session keeps, compared at every request by every worker: the password's, and the count."""
        return f"{super().get_session_auth_hash()}.{self.sessions_ended}"

    def get_session_auth_fallback_hash(self):
        for known in super().get_session_auth_fallback_hash():
            yield f"{known}.{self.sessions_ended}"

    def save(self, *args, **kwargs):
        # Django's own sign-in writes: the moment, and a password re-hashed by a stronger hasher.
        if set(kwargs.get("update_fields") or ()) in ({"last_login"}, {"password"}):
            return models.Model.save(self, *args, **kwargs)
        return super().save(*args, **kwargs)
