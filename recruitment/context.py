"""What every page shows around its content: the menu by right, and whether this is the demonstration."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from committees import access as door
from committees.models import Role
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
    """The entries the account holds a right for, its workplace first. Two queries at most, those of request.access."""
    access = getattr(request, "access", None)
    offered = []  # (label, address, beginnings of the addresses that stand under it)

    def add(label, name, *args, also=()):
        address = _address(name, *args)
        if address:
            first = "/" + address.split("/")[1] + "/"
            offered.append((label, address, (address, first, *also)))

    if access is not None and access.account.is_authenticated:
        role, code = access.home()
        _offer(access, role, code, add)
    if access is None or not access.holds(door.PEOPLE):
        add(_("Nguồn số liệu"), "recruitment:sources")
    here = [
        (max((len(b) for b in beginnings if request.path.startswith(b)), default=0), -k)
        for k, (_label, _address, beginnings) in enumerate(offered)
    ]
    current = max(here, default=(0, 0))
    return [
        Entry(label, address, current[0] > 0 and -current[1] == k)
        for k, (label, address, _beginnings) in enumerate(offered)
    ]


# Lists and pages that stand under the figures they explain.
_GROUND = (
    "/units/",
    "/sourceless/",
    "/idle/",
    "/targets/",
    "/changes/",
    "/forecast/",
    "/settlements/",
    "/flows/",
    "/small-cells/",
    "/headcounts/",
    "/discrepancies/",
)


def _offer(access, role, code, add):
    """Add the entries of an account that works under this role in the committee of this code."""
    cell = role == Role.SECRETARY
    if access.holds(door.OFFICE):
        add(_("Việc hôm nay"), "recruitment:desk", also=("/today/", "/decisions/"))
    elif cell:
        add(_("Hôm nay"), "recruitment:today")
    if access.holds(door.JOURNAL):
        add(_("Nhật ký"), "committees:journal")
    if access.holds(door.ACCOUNTS):
        add(_("Tài khoản"), "committees:account-list")
    if access.holds(door.RULES):
        add(_("Quy tắc"), "recruitment:rule-set-list", also=("/calendar/", "/forms/"))
    if access.holds(door.FIGURES) and code and not cell:
        add(_("Tổng hợp"), "recruitment:dashboard", code, also=_GROUND)
    if access.holds(door.PEOPLE):
        add(
            _("Quần chúng") if cell else _("Hồ sơ"),
            "recruitment:candidacy-list",
            also=("/people/", "/mentors/", "/duplicates/", "/merges/", "/numbers/"),
        )
        add(_("Kết nạp"), "recruitment:admission-list")
    if access.holds(door.FIGURES):
        add(_("Lớp học"), "recruitment:course-list", also=("/certificates/",))
    if access.holds(door.OFFICE):
        add(_("Ghi kết nạp"), "recruitment:admission-new")
    if access.holds(door.FIGURES) and cell and code:
        add(_("Kết quả chi bộ"), "recruitment:dashboard", code, also=_GROUND)
    if access.holds(door.FIGURES) and not cell:
        add(_("Kế hoạch"), "recruitment:plan-list", also=("/quotas/", "/groups/", "/allotments/"))
    if any(map(access.holds, (door.OFFICE, door.TARGETS, door.STRUCTURE, door.ACCOUNTS))):
        add(_("Nhập dữ liệu"), "recruitment:import-list")
    if access.holds(door.TREE) and not cell:
        add(_("Tổ chức đảng"), "committees:tree")
    if access.holds(door.STRUCTURE):
        add(_("Sắp xếp"), "committees:reorganisation-list")
    if access.holds(door.FIGURES):
        add(
            _("Báo cáo"),
            "recruitment:report-hub",
            also=("/periods/", "/allowances/", "/quality/", "/exchange/", "/files/", "/registers/"),
        )
    if cell:
        add(_("Trợ giúp"), "help")


def page(request) -> dict:
    """The context processor. Lazy: a page without the frame pays nothing."""
    return {
        "menu": SimpleLazyObject(lambda: menu(request)),
        "demo": SimpleLazyObject(models.is_demo),
    }
