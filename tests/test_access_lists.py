"""Every page that lists offers its list as a file, or the reason why not stands here: asked of the addresses of
access_matrix.txt, so that a new one cannot escape."""

import pytest

from recruitment.quotas.listing import LISTS
from recruitment.reports.catalogue import EXPORTS, FILES, LISTINGS
from tests.access_addresses import address
from tests.access_world import EXPECTED, ROLES, clients, sessions, world  # noqa: F401

# The same doors whatever the database behind them; each address is asked on the other one by tests/test_html.py.
pytestmark = [pytest.mark.takes_long, pytest.mark.once]


# Lists without a file of their own, and why.
WITHOUT = {
    "committees:act-list": "the desk of one draft: its acts leave as the workbook that is loaded",
    "recruitment:allotment-list": "targets leave from their plan, each draft as the annex of its decision",
    "recruitment:desk": "counts alone: each opens a list that leaves as a file",
    "recruitment:file-list": "these are the files",
    "recruitment:form-list": "each form leaves as its own page, filled with what never was",
    "recruitment:import-list": "loads stand in the journal, which leaves as a file; each has its workbook",
    "recruitment:period-list": "each period leaves as a file with its units",
}
# Lists by what they show, not by their name.
ALSO = {
    "recruitment:desk",
    "recruitment:queue",
    "recruitment:quality",
    "committees:tree",
    "committees:journal",
}
ONE_BY_ONE = ("-fetch", "-export", "-file", "-extract", "-sheet")


def lists():
    """[(a list's address, a role that may open it)] of the table."""
    for name, cells in EXPECTED.items():
        role = next((role for role in ROLES if cells["GET", role][0] == "200"), None)
        if role and (name in ALSO or name.endswith("-list")) and not name.endswith(ONE_BY_ONE):
            yield name, role


@pytest.mark.once
def test_every_list_leaves_as_a_file_or_says_why_not(world, clients):  # noqa: F811
    known = {LISTS[name].address for name in LISTINGS} | {page for _export, page in EXPORTS.values()}
    known.add("recruitment:queue")  # it leaves under the desk's address
    without, silent = set(), []
    for name, role in lists():
        if name not in known or name in WITHOUT:
            without.add(name)
            continue
        page = clients[role].get(address(name, world["things"]["own"])).content.decode()
        # An empty list leaves nowhere.
        rows = page.count('<tr role="row"') > 1
        if rows and "/exports/" not in page:
            silent.append(name)
    assert without == WITHOUT.keys()
    # Of these the rows are counts of units, or rule sets: what leaves is the list below, or the one set.
    assert silent == ["recruitment:cell-list", "recruitment:rule-set-list"]


@pytest.mark.once
def test_every_export_answers(world, clients):  # noqa: F811
    """Whoever may open the page of a list gets its file: one that fails fails here."""
    own = world["things"]["own"]
    asked = {
        "committee": "A-1-1",
        "course": own["course"],
        "plan": "KH",
        "queue": "to-decide",
        "set": "2025-07",
    }
    checks = {
        "admissionfaults": "admitted_number",
        "candidacyfaults": "no_mentor",
        "committeefaults": "no_type",
    }
    refused = []
    for name in FILES:
        said = asked | ({"check": checks[name]} if name in checks else {})
        answers = (
            clients[role].get(f"/exports/{name}.xlsx", said)
            for role in ("staff", "inspector", "administrator")
        )
        if not any(answer.status_code == 200 for answer in answers):
            refused.append(name)
    assert refused == []
