"""Targets handed down as the pages do it: what their tests share."""

import html
import re
from datetime import date

import time_machine
from django.urls import reverse

from committees import journal
from committees.models import Role
from recruitment import columns
from recruitment.models import Allotment
from recruitment.quotas.progress import progress
from tests import factories as make

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)


def at_the_desk():
    """A day of the autumn before the plan begins; the clock stands."""
    return time_machine.travel("2026-11-22T05:00:00+00:00", tick=False)


def build():
    """T with three districts of 100, 200 and 100 members; a target of 40 next year; two open candidacies in T-1."""
    with journal.pen(None, "test"):
        at = make.make_province(districts=3, communes=2)
        plan = make.make_plan("KH-27", at["T"], first=FIRST, last=LAST, name="Chỉ tiêu năm 2027")
        make.make_quota(plan, at["T"], 40)
        for k, n in ((1, 100), (2, 200), (3, 100)):
            make.make_headcount(at[f"T-{k}"], date(2025, 12, 31), n)
        for _k in range(2):
            make.make_candidacy(at["T-1-1-1"], date(2026, 3, 1))
        make.make_province("U")
    at["plan"] = plan
    return at


def accounts(world):
    """{name: Account} of who hands down, who looks on, and who is handed to."""
    return {
        "staff": make.make_account("can-bo", Role.STAFF, world["T"]),
        "standing": make.make_account("thuong-vu", Role.STANDING, world["T"]),
        "inspector": make.make_account("kiem-tra", Role.INSPECTOR, world["T"]),
        "district": make.make_account("huyen", Role.STAFF, world["T-2"]),
    }


def text(answer):
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", answer.content.decode())).split())


def at(name, *args):
    return reverse(f"recruitment:{name}", args=args)


def new(client, committee="T", **typed):
    said = {"name": "Phương án 1", "method": "members", "total": "", "least": ""} | typed
    return client.post(at("allotment-new", "KH-27", committee), said)


def the_draft(client, **typed):
    assert new(client, **typed).status_code == 302
    return Allotment.objects.latest("pk")


def page(client, draft, **asked):
    return client.get(at("allotment", draft.pk), asked)


def typed(client, draft, **numbers):
    """What the page of a draft sends, some of it changed: T_1="12" is the number of T-1, note_T_1 its note."""
    form = page(client, draft).context["form"]
    said = {"stamp": form["stamp"].value(), "name": form["name"].value()}
    said |= {name: form[name].value() or "" for name in form.fields if name not in said}
    units = {unit.code.replace("-", "_"): unit.pk for unit in form.units}
    for name, value in numbers.items():
        if name in {"name", "stamp", "do"}:
            said[name] = value
        elif name.startswith("note_"):
            said[f"note{units[name[5:]]}"] = value
        else:
            said[f"n{units[name]}"] = value
    return said


def save(client, draft, **numbers):
    return client.post(at("allotment", draft.pk), typed(client, draft, **numbers))


def numbers(draft):
    return list(
        draft.portions.filter(group=None).order_by("committee__code").values_list("number", flat=True)
    )


def issue(client, draft, **said):
    stamp = Allotment.objects.get(pk=draft.pk).stamp
    said = {
        "stamp": stamp, "document": "12-QĐ/TU", "issued_on": "22/11/2026", "effective_on": "01/01/2027", "reason": "",
    } | said  # fmt: skip
    return client.post(at("allotment-issue", draft.pk), said)


def goals(**asked):
    found = progress(columns.current(), "KH-27", "T", on=FIRST, **asked)
    return {child.code: child.goal for child in found.children}
