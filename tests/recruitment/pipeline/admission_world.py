"""Two districts of a province, a clerk of one of them, and what the page that logs admissions is sent."""

import re
from datetime import date
from types import SimpleNamespace

from committees.models import Role
from tests import factories as make

DECIDED = date(2015, 4, 24)
NEW = "/admissions/new/"
TYPED = {
    "full_name": "Nguyễn Thị Ngọc Ánh", "born": "21/09/1992", "sex": "F", "cell": "T-1-1-1",
    "decision_number": "145-QĐ/HU", "decided_on": "240415", "received_on": "28/04/2015", "ceremony_on": "19/5/2015",
    "do": "next",
}  # fmt: skip


def build():
    """Alice keeps district T-1, Bob is secretary of a cell there, Charlie keeps district T-2."""
    at = make.make_province("T", districts=2, communes=1, cells=2)
    return SimpleNamespace(
        at=at,
        alice=make.make_account("alice", Role.STAFF, at["T-1"]),
        bob=make.make_account("bob", Role.SECRETARY, at["T-1-1-1"]),
        charlie=make.make_account("charlie", Role.STAFF, at["T-2"]),
    )


def typed(**changes):
    """What the form sends; None leaves a field out."""
    return {name: value for name, value in (TYPED | changes).items() if value is not None}


def admitted(client, on=""):
    """How many the dashboard of T-1 says were admitted under the plan KH by a day."""
    page = client.get(f"/dashboards/T-1/?plan=KH&on={on}").content.decode()
    lead = " ".join(re.sub(r"<[^>]+>", " ", page[page.index('class="lead"') :]).split())
    return int(re.search(r"kết nạp ([0-9]+) đảng viên trên chỉ tiêu", lead)[1])
