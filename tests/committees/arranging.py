"""A reorganisation put together as its pages do it: what their tests share."""

import re
from datetime import date

from django.urls import reverse

from committees import drafting, tree
from committees.models import Reorganisation

DAY, EVE = date(2025, 7, 1), date(2025, 6, 30)
MERGE = {"Việc": "Sáp nhập", "Mã tổ chức": "T-1-1", "Mã kế thừa": "T-1-2"}


def where(name, *parts):
    return reverse(f"committees:{name}", args=parts)


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def drafted(committee, *acts, by=None, **said):
    said = {"name": "Sắp xếp xã", "day": DAY, "document": "12-QĐ/TU"} | said
    return drafting.draft(by=by, committee=committee, acts=acts, **said)


def shape(day=DAY):
    at = tree.structure().at(day)
    return {at.code(p): at.code(at.up[p]) if at.up[p] >= 0 else None for p in range(len(at))}


def fresh(record):
    return Reorganisation.objects.get(pk=record.pk)


def add(client, record, what, on="", status=302, **said):
    """Sends the form of an act as its page would."""
    address = f"{where('act-new', record.pk)}?what={what}&committee={on}"
    response = client.post(address, {"stamp": fresh(record).stamp, **said})
    assert response.status_code == status, re.findall(r'class="err".*?</div>', response.content.decode())
    return response


def applied(client, record, page=None, **said):
    page = page or text(client.get(where("reorganisation", record.pk)))
    hidden = {name: re.search(rf'name="{name}" value="(\d+)"', page).group(1) for name in ("stamp", "seen")}
    return client.post(where("reorganisation-apply", record.pk), {**hidden, "sure": "on", **said})
