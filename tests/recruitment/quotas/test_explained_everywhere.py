"""From any percentage of a target one click leads to its explanation, which says the same percentage: every page that
shows one is walked, in the roles that see differently."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import html5lib
import pytest
from django.urls import reverse

from committees import journal
from recruitment.figures.published import load_published
from tests import factories as make
from tests.recruitment import world as worlds

PERCENT = re.compile(r"\d[\d.]*,\d\d\N{NO-BREAK SPACE}%")
# Shares of something else than a target: of last year, of the last term, of the units that met theirs, of organisations.
OTHERS = {
    "So cùng kỳ", "Kỳ này so với cùng kỳ", "Nhiệm kỳ này so với cùng thời điểm", "Đã bằng cả nhiệm kỳ trước", "Đã bằng", "So sánh",
    "Tỷ lệ đơn vị đạt", "Tỷ lệ có kết nạp",
}  # fmt: skip
# Where a percentage is not a figure of the page: its title, a picture beside its numbers, text to copy, the arithmetic.
ELSEWHERE = {"title", "svg", "textarea", "option", "script"}
ARITHMETIC = "× 100 ="
ROLES = ("staff", "standing", "district")


@pytest.fixture
def world(db):
    """As built, with what bends the plain case: a target that was changed, targets of groups, a unit that only reports,
    one that ended into another, a plan that nothing is known of but a report."""
    world = worlds.build()
    at, plan = world.at, world.plan
    make.make_quota(plan, at["T-2"], 12, effective_on=date(2015, 6, 1), document="09-CV/TU", reason="Bổ sung")
    make.make_quota(plan, at["T-1"], 10, group="women")
    make.make_quota(plan, at["T"], 20, group="women")
    for low, since in ((4, worlds.FIRST), (2, date(2015, 6, 1))):
        make.make_quota(plan, at["T-2"], low, group="religious", effective_on=since)
    make.make_quota(world.before, at["T"], 21)
    third = make.make_committee("T-3", "upper", at["T"])
    make.make_quota(plan, third, 8)
    make.make_reported(third, "Kết nạp", 6, worlds.FIRST, worlds.LAST)
    gone = make.make_committee("T-4", "upper", at["T"])
    make.make_quota(plan, gone, 5)
    make.end_committee(gone, date(2015, 7, 1), at["T-2"])
    congress = make.make_plan("DH", at["T"], first=worlds.FIRST, last=worlds.LAST, kind="congress")
    make.make_quota(congress, at["T"], 33)
    make.make_quota(congress, at["T-2"], 7)
    term = make.make_plan("NK", at["T"], first=date(2011, 7, 1))
    for code, low in (("T", 9), ("T-1", 5), ("T-2", 4)):
        make.make_quota(term, at[code], low, per_year=True)
    classes = make.make_plan("HOC", at["T"], first=worlds.FIRST, last=worlds.LAST, counts="trained")
    for code in ("T", "T-1", "T-2"):
        make.make_quota(classes, at[code], 3)
    make.make_certificate(at["T-2-1-1"], date(2015, 2, 2))
    everywhere = make.make_plan("CHUNG", first=worlds.FIRST, last=worlds.LAST)
    make.make_quota(everywhere, at["T-2"], 6)
    nobodys = make.make_plan("NU", first=worlds.FIRST, last=worlds.LAST)
    make.make_quota(nobodys, at["T-2"], 3, group="women")
    return world


@pytest.fixture
def people(world):
    return worlds.people(world)


def pages(role):
    """The addresses at which one role meets percentages."""
    home = "T-2" if role == "district" else "T"
    dashboard = reverse("recruitment:dashboard", args=[home])
    yield dashboard
    for asked in ("on=2015-06-15", "on=2014-12-31&tree_on=now", "group=women", "plan=KH-1", "plan=CHUNG"):
        yield f"{dashboard}?{asked}"
    if home == "T":
        yield reverse("recruitment:dashboard", args=["T-4"]) + "?plan=KH-2&on=2015-08-01"
    yield reverse("recruitment:plan-list")
    yield from (reverse("recruitment:plan", args=[plan]) for plan in ("KH-2", "CHUNG", "NK"))
    if home == "T":
        yield reverse("recruitment:plan-years", args=["NK"])
    yield reverse("recruitment:unit-targets") + f"?committee={home}&on=2015-12-31"
    if role != "standing":
        yield reverse("recruitment:plan", args=["NU"])
    yield reverse("recruitment:quota-history", args=["KH-2", "T-2"])
    yield reverse("recruitment:report-annual", args=[home]) + "?year=2015"
    yield reverse("recruitment:quota-list") + f"?committee={home}&plan=KH-2"


def percentages(page):
    """[(percentage, address or None)] of what a page shows of targets."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    found = []

    def walk(element, above):
        if not isinstance(element.tag, str) or element.tag in ELSEWHERE:
            return
        here = [*above, element]
        for text, inside in [(element.text, here), *((child.tail, here) for child in element)]:
            if not text or ARITHMETIC in text or "cùng kỳ" in text or other(inside):
                continue
            link = next((e for e in reversed(inside) if e.tag == "a" and e.get("class") == "why"), None)
            if link is not None:
                assert link.get("aria-label") == f"{text}, giải thích"
            found.extend(
                (said, link.get("href") if link is not None else None) for said in PERCENT.findall(text)
            )
        for child in element:
            walk(child, here)

    walk(root, [])
    return found


def other(above):
    row = next((e for e in above if e.tag == "tr"), None)
    heading = "" if row is None or not len(row) else "".join(row[0].itertext()).strip()
    return heading in OTHERS or any(e.get("data-l") in OTHERS for e in above)


def opened(client, address):
    parts = urlsplit(address)
    assert parts.path == reverse("recruitment:explanation")
    return client.get(parts.path, dict(parse_qsl(parts.query)))


def lead(answer):
    root = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    texts = ["".join(root.find(".//h1").itertext())]
    return [*texts, *("".join(e.itertext()) for e in root.iter("p") if e.get("class") == "lead")]


@pytest.mark.parametrize("role", ROLES)
def test_each_opens_an_explanation_that_says_the_same(client, world, people, role):
    client.force_login(people[role])
    met, answers = set(), {}
    for page in pages(role):
        answer = client.get(page)
        assert answer.status_code == 200, page
        found = percentages(answer.content.decode())
        bare = [said for said, address in found if address is None]
        assert not bare, f"{page}: {bare} open nothing"
        for said, address in found:
            if address not in answers:
                answers[address] = opened(client, address)
                assert answers[address].status_code == 200, f"{page}: {address}"
            assert all(said in text for text in lead(answers[address])), f"{page}: {said} at {address}"
            met.add(page.partition("?")[0])
    silent = {page.partition("?")[0] for page in pages(role)} - met - {reverse("recruitment:quota-list")}
    assert not silent, "these pages showed no percentage: nothing was tested there"
    assert len(answers) > 8


def test_the_sources_page_leads_there_too(client, world, people):
    top = make.make_committee("BRVT", "province")
    plan = make.make_plan("BRVT-2010-2015", top, first=date(2011, 1, 1))
    make.make_quota(plan, top, 9352)
    make.make_reported(top, "Kết nạp", 9701, date(2011, 1, 1), date(2015, 12, 31))
    with journal.pen(None, "test"):
        load_published(Path(__file__).parents[3] / "fixtures")
    linked = [
        (said, address) for said, address in percentages(client.get("/sources/").content.decode()) if address
    ]
    assert ("103,73\N{NO-BREAK SPACE}%") in {said for said, _address in linked}
    for _said, address in linked:
        answer = client.get(address)
        assert answer.status_code == 302 and answer.url.startswith("/login/"), "a visitor signs in first"
    client.force_login(make.make_account("thuong-vu-br", "standing", top))
    for said, address in linked:
        assert said in lead(opened(client, address))[0]
    client.force_login(people["standing"])
    assert not [a for _said, a in percentages(client.get("/sources/").content.decode()) if a], (
        "beyond the reach"
    )


def test_a_percentage_without_its_link_would_be_found(client, world, people):
    """The walk itself: taken out of its link, each percentage of the dashboard is reported."""
    client.force_login(people["staff"])
    page = client.get(reverse("recruitment:dashboard", args=["T"])).content.decode()
    with_links = percentages(page)
    without = percentages(re.sub(r'<a class="why"[^>]*>(.*?)</a>', r"\1", page))
    assert with_links and [said for said, _address in with_links] == [said for said, _address in without]
    assert all(address for _said, address in with_links) and not any(address for _said, address in without)
