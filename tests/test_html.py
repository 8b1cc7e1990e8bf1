"""Every page is valid HTML, in every role that may open it: the strict parser of html5lib finds nothing to repair, and
what a parser does not look at is looked at here. The pages are those of tests/access_matrix.txt, so that a new one
cannot escape: whatever answers 200 to GET, the same to htmx, forms that come back refused, and the pages of errors.
"""

import re

import html5lib
import pytest

from tests.access_addresses import PARTS, address
from tests.access_world import EXPECTED, OBJECTS, ROLES, clients, sessions, taken_back, world  # noqa: F401

HTMX = {"hx-request": "true"}
# Answers that are a part of a page even without htmx, and where they are put.
PARTIAL = {"committees:suggest": "datalist"}
# What is asked so that there is something to see.
QUERIES = {"committees:suggest": "?q=to chuc"}
FORMS = {"input", "select", "textarea"}
UNSEEN = {"hidden", "submit", "button", "image", "reset"}
PRESSED = {"a", "button", "input", "select", "textarea", "summary"}
# Elements that may hold nothing but words and what runs along with them.
RUNNING = set("p h1 h2 h3 h4 span b strong small label button summary legend".split())
BLOCKS = set(
    "article aside blockquote details dl div fieldset figure footer form h1 h2 h3 h4 header main nav ol p section table "
    "ul".split()
)
NAMED_BY = ("for", "list", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "form")


def strictly(page, container=None):
    """The tree of a page, or of a part that stands in `container`. Raises html5lib's ParseError at the first fault."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
    return parser.parseFragment(page, container) if container else parser.parse(page)


def faults(page, container=None):
    """Sentences: what is wrong with the page. container: the element in which a part of a page stands."""
    try:
        root = strictly(page, container)
    except html5lib.html5parser.ParseError as problem:
        return [f"the strict parser: {problem}"]
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    found = [*unsafe(elements), *ids(elements, whole=container is None), *nesting(root)]
    if container is None:
        found += frame(root, elements)
    return found + [
        f"no label: {element.tag} {element.get('name')}"
        for element in controls(elements)
        if not labelled(element, root)
    ]


def frame(root, elements):
    """What every whole page has: a language, a title, one first heading, one main part."""
    # What is only on paper has a heading of its own, which no screen shows beside the other.
    paper = [block for block in elements if "only-print" in (block.get("class") or "").split()]
    printed = {element for block in paper for element in block.iter()}
    shown = [element.tag for element in elements if element not in printed]
    counts = {tag: shown.count(tag) for tag in ("h1", "main", "title")}
    for tag, count in counts.items():
        if count != 1 and not (tag == "title" and count > 1):  # SVG has titles of its own
            yield f"{count} {tag}"
    if root.get("lang") != "vi":
        yield "no language"
    title = root.findtext("head/title") or ""
    if not re.fullmatch(r"\s*\S.* – Phát triển đảng viên\s*", title, re.DOTALL):
        yield f"title {title!r}"
    for element in elements:
        if element.tag in {"h1", "h2", "h3", "button", "a", "th"} and not words(element):
            yield f"nothing in a {element.tag}"


def words(element):
    return "".join(element.itertext()).strip() or element.get("aria-label")


def unsafe(elements):
    """What the content policy would block in silence."""
    for element in elements:
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline {element.tag}"
        for name, value in element.items():
            if name == "style" or re.fullmatch(r"on[a-z]+", name) or value.strip().startswith("javascript:"):
                yield f"{name} of {element.tag}"


def ids(elements, *, whole):
    """Twice the same id, and names of ids that nothing bears. A part may name what stands around it."""
    borne = [element.get("id") for element in elements if element.get("id") is not None]
    yield from (f"id {name!r} twice" for name in sorted({name for name in borne if borne.count(name) > 1}))
    if not whole:
        return
    for element in elements:
        named = [name for attribute in NAMED_BY for name in (element.get(attribute) or "").split()]
        for attribute in ("href", "{http://www.w3.org/1999/xlink}href"):
            if re.fullmatch(r"#.+", element.get(attribute) or ""):
                named.append(element.get(attribute)[1:])
        yield from (f"{element.tag} names {name!r}, which is nowhere" for name in named if name not in borne)


def nesting(element, above=()):
    """Blocks inside running text, and things to press inside things to press."""
    for child in element:
        if isinstance(child.tag, str):
            if child.tag in BLOCKS and (outer := RUNNING & {*above, element.tag}):
                if not (child.tag.startswith("h") and outer <= {"summary", "legend"}):
                    yield f"{child.tag} in {sorted(outer)}"
            if child.tag in PRESSED and (outer := {"a", "button"} & {*above, element.tag}):
                yield f"{child.tag} in {sorted(outer)}"
            yield from nesting(child, (*above, element.tag))


def controls(elements):
    for element in elements:
        if element.tag in FORMS and element.get("type") not in UNSEEN:
            yield element


def labelled(control, root):
    if control.get("aria-label") or control.get("aria-labelledby"):
        return True
    around = [label for label in root.iter("label") if control in label.iter()]
    named = [
        label for label in root.iter("label") if label.get("for") and label.get("for") == control.get("id")
    ]
    return any(words(label) for label in around + named)


def asked(name, statuses=("200", "400")):
    """(method, role, whose): every request of the table that is so answered, one object a sort of answer."""
    for role in ROLES:
        for method in ("GET", "POST"):
            answers = EXPECTED[name][method, role]
            said = {}
            for k, whose in enumerate(OBJECTS if name in PARTS else ["own"]):
                said.setdefault(answers[k % len(answers)], whose)
            yield from ((method, role, whose) for status, whose in said.items() if status in statuses)


def looked_at(name, requests, things, signed_in):
    """Sentences: the faults of what these requests are answered with, as a full load and as htmx asks."""
    wrong, seen = [], set()
    for method, role, whose in requests:
        for headers in ({}, HTMX) if method == "GET" else ({},):
            where = address(name, things[whose]) + QUERIES.get(name, "")
            with taken_back(signed_in[role]):
                response = getattr(signed_in[role], method.lower())(where, headers=headers)
            page = response.content.decode() if "text/html" in response.get("Content-Type", "") else ""
            bare = re.sub(r'value="[^"]{64}"|<b>[0-9A-Z]{3}-[0-9A-Z]{3}</b>', "", page)
            if not page or bare in seen:
                continue
            seen.add(bare)
            part = PARTIAL.get(name, "div" if headers and not page.startswith("<!doctype") else None)
            wrong += [
                f"{method} {where} as {role} ({response.status_code}{', htmx' if headers else ''}): {fault}"
                for fault in faults(page, part if response.status_code == 200 else None)
            ]
    return wrong


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_page_is_valid(name, world, clients):  # noqa: F811
    wrong = looked_at(name, asked(name), world["things"], clients)
    assert not wrong, "\n".join(wrong)


def test_so_are_the_pages_that_refuse(world, clients):  # noqa: F811
    for name in ("committees:account", "committees:tree"):
        refused = list(asked(name, {"403", "404"}))
        assert len(refused) > 2
        assert looked_at(name, refused, world["things"], clients) == []


def test_every_address_that_answers_with_a_page_was_looked_at():
    """The walk is that of the table; this holds that it is not empty where there is a page."""
    shown = {name for name, cells in EXPECTED.items() if any("200" in cells["GET", role] for role in ROLES)}
    assert (
        all(any(method == "GET" for method, _role, _whose in asked(name)) for name in shown)
        and len(shown) > 15
    )


# The rules bite ----------------------------------------------------------------------------------------

PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Thử – Phát triển đảng viên</title></head>
<body><main id="m"><h1>Thử</h1>{}</main></body></html>"""


def test_a_page_without_fault_has_none():
    inside = '<div class="x only-print"><h1>Bản in</h1></div>'
    inside += (
        '<p>Một</p><label for="a">Tên</label><input id="a" name="a"><label>Tuổi <input name="b"></label>'
    )
    assert (
        faults(PAGE.format(inside + '<a href="#m">Lên</a><input type="hidden" name="c"><button>Lưu</button>'))
        == []
    )


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("<p><div>Một</div></p>", "the strict parser"),
        ("<b>Một", "the strict parser"),
        ("<table><div></div></table>", "the strict parser"),
        ('<p id="x" id="y">Một</p>', "the strict parser"),
        ("<a href='/'>Một <a href='/'>hai</a></a>", "the strict parser"),
        ('<p id="m">Một</p>', "id 'm' twice"),
        ("<h1>Hai</h1>", "2 h1"),
        ("<h2> </h2>", "nothing in a h2"),
        ('<input name="a">', "no label: input a"),
        ('<label for="a"></label><select id="a" name="a"></select>', "no label: select a"),
        ('<label for="b">Tên</label>', "label names 'b', which is nowhere"),
        ('<p aria-labelledby="m n">Một</p>', "p names 'n', which is nowhere"),
        ('<p style="color: red">Một</p>', "style of p"),
        ("<style>p {}</style>", "inline style"),
        ("<script>1</script>", "inline script"),
        ('<p onclick="x()">Một</p>', "onclick of p"),
        ('<a href="javascript:x()">Một</a>', "href of a"),
        ("<span><div>Một</div></span>", "div in ['span']"),
        ("<a href='/'><button>Một</button></a>", "button in ['a']"),
    ],
)
def test_each_rule_bites(inside, fault):
    assert any(found.startswith(fault) for found in faults(PAGE.format(inside))), faults(PAGE.format(inside))


def test_a_part_is_held_to_the_same():
    assert faults('<option value="A"></option>', "datalist") == []
    assert faults('<p id="a">Một</p><p id="a">hai</p>', "div") == ["id 'a' twice"]
    assert faults("<p>Một</div>", "div")
