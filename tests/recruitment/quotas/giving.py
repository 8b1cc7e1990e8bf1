"""Targets set by hand as the page does it: what their tests share."""

import html

from django.urls import reverse

from committees.models import Committee, Role
from tests import factories as make
from tests.recruitment import world as worlds


def accounts(world):
    """Alice sets targets in the whole province, Bob in its second district, Charlie elsewhere."""
    make.make_province("U")
    return worlds.people(world) | {
        "charlie": make.make_account("charlie", Role.STAFF, Committee.objects.get(code="U"))
    }


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def give(client, committee="T-1", target="25", *, plan="KH-2", **more):
    typed = {
        "committee": committee,
        "target": target,
        "group": "",
        "effective_on": "1/6/2015",
        "document": "09-CV",
        "reason": "Giao bổ sung",
    }
    return client.post(reverse("recruitment:quota-new", args=[plan]), typed | more)
