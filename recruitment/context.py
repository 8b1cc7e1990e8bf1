"""What every page shows around its content: the menu by right, and whether this is the demonstration."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from committees import access as door
from recruitment import models


@dataclass(frozen=True)
class Entry:
    """One line of the menu; `current` where the page asked for stands under it."""

    label: str
    address: str
    current: bool


def _address(name, *args) -> str | None:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def menu(request) -> list[Entry]:
    """The entries the account holds a right for, anywhere. Two queries at most, those of request.access."""
    access = getattr(request, "access", None)
    entries = []

    def add(label, name, *args, also=()):
        address = _address(name, *args)
        if address:
            first = "/" + address.split("/")[1] + "/"
            entries.append(Entry(label, address, request.path.startswith((first, *also))))

    if access is not None and access.account.is_authenticated:
        _role, code = access.home()
        if code and access.holds(door.FIGURES):
            add(_("Tổng hợp"), "recruitment:dashboard", code, also=("/units/",))
        if access.holds(door.PEOPLE):
            add(_("Hồ sơ"), "recruitment:candidacy-list", also=("/people/",))
            add(_("Kết nạp"), "recruitment:admission-list")
        if access.holds(door.FIGURES):
            add(_("Chỉ tiêu"), "recruitment:quota-list", also=("/plans/",))
        if any(map(access.holds, (door.RECORD, door.TARGETS, door.STRUCTURE, door.ACCOUNTS))):
            add(_("Nhập dữ liệu"), "recruitment:import-list")
        if access.holds(door.TREE):
            add(_("Tổ chức đảng"), "committees:tree")
        if access.holds(door.JOURNAL):
            add(_("Nhật ký"), "committees:journal")
        if access.holds(door.ACCOUNTS):
            add(_("Tài khoản"), "committees:account-list")
    add(_("Nguồn số liệu"), "recruitment:sources")
    return entries


def page(request) -> dict:
    """The context processor. Lazy: a page without the frame pays nothing."""
    return {
        "menu": SimpleLazyObject(lambda: menu(request)),
        "demo": SimpleLazyObject(models.is_demo),
    }
