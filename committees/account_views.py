"""Accounts and mandates: who may work where, since when and until when. The deeds ask again what each page asks."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import access as door
from . import accounts, vietnamese
from .editing import Overtaken
from .forms import AccountForm, EndForm, HolderForm, MandateForm, NewAccountForm
from .models import Mandate
from .roster import Roster

ROWS = 50


def _row(request, pk):
    """The account as the administrator may see it: 403 without the right, 404 outside the reach."""
    request.access.require(door.ACCOUNTS)
    return Roster(request.access).row(pk)


@require_safe
def account_list(request):
    """Accounts and their mandates within reach of the ACCOUNTS right."""
    access = request.access
    access.require(door.ACCOUNTS)
    form = AccountForm(request.GET or None)
    words = form.words()
    page = Paginator(Roster(access).rows(words), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "words": words,
        "rows": page,
        "pages": page.paginator.get_elided_page_range(page.number),
    }
    return render(request, "committees/accounts.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_new(request):
    """A new account with its first mandate; the answer shows the one-time code, as `account_code` does."""
    access = request.access
    access.require(door.ACCOUNTS)
    form, known = NewAccountForm(_posted(request), access=access), None
    if form.is_valid():
        said = form.cleaned_data
        try:
            account, code = accounts.create(
                said["username"], full_name=said["full_name"], by=request.user, **form.granted()
            )
        except accounts.Taken as taken:
            form.add_error("username", _("Tên này đã có người dùng. Chọn một tên khác."))
            # Who it is, only to those in whose list the account stands.
            if Roster(access).sees(list(taken.account.mandates.all())):
                known = taken.account
        except accounts.CommitteeEnds as end:
            form.ends(end.on)
        else:
            return _show_code(request, account, code)
    return render(
        request, "committees/account_new.html", {"form": form, "known": known}, status=_status(form)
    )


def _posted(request):
    """What a form is bound to: an empty answer too is an answer."""
    return request.POST if request.method == "POST" else None


def _status(form):
    return 400 if form.errors else 200


def _show_code(request, account, code):
    """The code stands on the answer itself and nowhere else: a message would leave it in a cookie."""
    context = {"account": account, "code": code, "days": accounts.CODE_DAYS}
    return render(request, "committees/code.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def account(request, pk):
    """One account within reach: its mandates, how it signs in, and what may be done with it. POST: another name."""
    row = _row(request, pk)
    form = HolderForm(_posted(request), row=row.account)
    if form.is_bound and not row.may_change:
        raise PermissionDenied
    if form.is_valid():
        said = form.cleaned_data
        try:
            accounts.rename(row.account, said["full_name"], by=request.user, stamp=said["stamp"])
        except Overtaken as other:
            form.overtaken(other.fresh)
        else:
            messages.success(request, _("Đã lưu họ và tên."))
            return redirect("committees:account", pk)
    return _page(request, row, form, status=form.status)


def _page(request, row, form=None, *, ending=None, status=200):
    """The account's page. ending: {mandate pk: the EndForm that was refused}."""
    said = ending or {}
    lines = [
        (held, said.get(held.pk) or EndForm(prefix=f"m{held.pk}", access=request.access))
        for held in row.mandates
    ]
    context = {
        "row": row,
        "account": row.account,
        "mine": row.account.pk == request.user.pk,
        "form": form or HolderForm(row=row.account),
        "running": [line for line in lines if line[0].in_force],
        "coming": [line for line in lines if not line[0].in_force and not line[0].ended],
        "ended": [held for held in row.mandates if held.ended],
        "failed": status == 400,
    }
    return render(request, "committees/account.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_new(request, pk):
    """One more mandate for an account within reach."""
    row = _row(request, pk)
    if row.account.pk == request.user.pk:
        raise PermissionDenied
    form = MandateForm(_posted(request), access=request.access)
    if form.is_valid():
        try:
            accounts.grant(row.account, by=request.user, **form.granted())
        except accounts.AlreadyHeld as held:
            form.held(held.mandate)
        except accounts.CommitteeEnds as end:
            form.ends(end.on)
        else:
            messages.success(request, _("Đã phân quyền cho %s.") % row.account)
            return redirect("committees:account", pk)
    context = {"form": form, "account": row.account}
    return render(request, "committees/mandate_new.html", context, status=_status(form))


@require_POST
def mandate_end(request, pk):
    """End a mandate: now, or after the day typed. One that ends by then anyway stays as it was."""
    access = request.access
    access.require(door.ACCOUNTS)
    mandate = get_object_or_404(Mandate.objects.select_related("account", "committee"), pk=pk)
    if not access.may(door.ACCOUNTS, mandate.committee_id):
        raise Http404
    form = EndForm(request.POST, prefix=f"m{pk}", access=access)
    if form.is_valid():
        try:
            mandate = accounts.end_mandate(mandate, by=request.user, on=form.on())
        except accounts.AlreadyEnded:
            messages.info(
                request, _("Phân quyền này kết thúc vào ngày đó hoặc sớm hơn rồi; không có gì thay đổi.")
            )
        else:
            said = _("Đã kết thúc phân quyền của %s. Có hiệu lực ngay.")
            if mandate.until > access.today:
                said = _("Phân quyền của %%s còn hiệu lực đến hết ngày %s.") % vietnamese.day(
                    form.cleaned_data["last"]
                )
            messages.success(request, said % mandate.account.username)
        return redirect("committees:account", mandate.account_id)
    return _page(request, _row(request, mandate.account_id), ending={mandate.pk: form}, status=400)


@never_cache
@require_POST
def account_code(request, pk):
    """A new one-time code."""
    row = _row(request, pk)
    if not row.may_reset:
        raise PermissionDenied
    account, code = accounts.open_account(row.account.username, by=request.user)
    return _show_code(request, account, code)


@require_POST
def account_sessions(request, pk):
    """End every session of an account within reach; of one's own, whatever the role, every other one."""
    if request.user.pk == pk:
        request.access.self_service()
        update_session_auth_hash(request, accounts.end_sessions(request.user, by=request.user))
        messages.success(request, _("Đã thoát khỏi mọi nơi khác. Anh chị vẫn làm việc tiếp ở đây."))
        return redirect("password-change")
    row = _row(request, pk)
    accounts.end_sessions(row.account, by=request.user)
    messages.success(request, _("Đã cho %s thoát khỏi mọi nơi; có hiệu lực ngay.") % row.account)
    return redirect("committees:account", pk)


@require_POST
def account_close(request, pk):
    """Close an account: nothing opens with it any more."""
    row = _row(request, pk)
    accounts.close(row.account, by=request.user)
    messages.success(request, _("Đã khóa tài khoản %s; có hiệu lực ngay.") % row.account)
    return redirect("committees:account", pk)


@require_POST
def account_reopen(request, pk):
    """Open an account that was closed; its mandates and its password are those it had."""
    row = _row(request, pk)
    accounts.reopen(row.account, by=request.user)
    messages.success(request, _("Đã mở lại tài khoản %s.") % row.account)
    return redirect("committees:account", pk)
