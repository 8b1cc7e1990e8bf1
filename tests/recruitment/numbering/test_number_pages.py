"""The pages of a body's numbers."""

from datetime import date

import pytest
from django.urls import reverse

from committees.models import Entry, Role
from recruitment import columns
from recruitment.models import NumberBlock
from recruitment.numbering import deeds
from tests import factories as make
from tests.factories_papers import make_block

pytestmark = pytest.mark.django_db
ON = date(2026, 4, 2)


@pytest.fixture
def here(client):
    """A district with decisions 08, 10, 10 again and 24, and a block of 08 to 20; An keeps its records."""
    at = make.make_province("T", communes=1, cells=2)
    make.place(at["T-1"], "upper", at["T"], name="Đảng bộ xã Long Tân", since=date(2025, 7, 1))
    for number, name in (("08", "Oanh"), ("10", "Phúc"), ("10", "Quế"), ("24", "Sen")):
        make.make_admission(at["T-1-1-1"], ON, full_name=f"Lý {name}", decision_number=f"{number}-QĐ/ĐU")
    make.make_admission(at["T-1-1-1"], ON, full_name="Lý Tâm", decision_number="mười lăm")
    at["block"] = make_block(at["T-1"], 8, 20, suffix="-QĐ/ĐU", skipped=[12], since=ON)
    client.force_login(make.make_account("an", Role.STAFF, at["T-1"]))
    return at


def get(client, name="number-book", *args, **asked):
    response = client.get(reverse(f"recruitment:{name}", args=args), asked)
    return response, " ".join(response.content.decode().split())


def test_the_book_tells_what_was_given_what_is_reserved_and_what_is_missing(client, here):
    response, page = get(client, committee="T-1", type="QĐ/ĐU")
    told = response.context["page"]
    (one,) = told.series
    assert (one.last, one.next, one.gaps, one.twice) == ("24-QĐ/ĐU", "09-QĐ/ĐU", [(21, 23)], [10])
    assert len(one.held) == 3 and one.missing == 3 and [use.number for use in told.unread] == ["mười lăm"]
    assert "10/13" in page  # of thirteen numbers two are borne, one was passed over
    assert [line.label for line in told.lines] == [
        "24-QĐ/ĐU", "21-QĐ/ĐU – 23-QĐ/ĐU", "10-QĐ/ĐU", "08-QĐ/ĐU",
    ]  # fmt: skip
    assert page.count("Lý Phúc") == page.count("Lý Quế") == 1 and "dùng hai lần" in page
    entry = Entry.objects.filter(chain=Entry.READS).latest("number")
    assert (entry.deed, entry.about) == ("list", "numbers")


def test_what_is_counted_leads_to_its_lines_and_every_page_to_the_one_above(client, here, monkeypatch):
    _response, page = get(client, committee="T-1")
    for only, labels in (("twice", ["10-QĐ/ĐU"]), ("gaps", ["21-QĐ/ĐU – 23-QĐ/ĐU"])):
        assert f"only={only}#tung-so" in page
        told = get(client, committee="T-1", type="QĐ/ĐU", only=only)[0].context["page"]
        assert [line.label for line in told.lines] == labels and told.above is told.rest is None
    monkeypatch.setattr("recruitment.numbering.page.LINES", 1)
    walked, before = [], ""
    for _page in range(4):
        response, page = get(client, committee="T-1", type="QĐ/ĐU", **({"before": before} if before else {}))
        told = response.context["page"]
        assert told.above == (None if not walked else ["", *walked][-2])
        assert ("Các số cao hơn" in page) == bool(walked)
        walked.append(before := told.rest)
    assert walked == [24, 21, 10, None]


def test_the_book_costs_the_same_for_one_number_and_for_three(client, here, django_assert_max_num_queries):
    columns.current()
    get(client, committee="T-1")
    with django_assert_max_num_queries(26):
        get(client, committee="T-1", type="QĐ/ĐU")
    for n in (15, 16, 17):
        make.make_admission(here["T-1-1-2"], ON, decision_number=f"{n}-QĐ/ĐU")
    get(client, committee="T-1")
    with django_assert_max_num_queries(26):
        get(client, committee="T-1", type="QĐ/ĐU")


def test_nothing_yet_is_said_and_another_body_is_found(client, here):
    _response, page = get(client, committee="T-1-1-2")
    assert "Chưa có số văn bản nào trong nhiệm kỳ này" in page
    response, _page = get(client, place="Tổ chức T-1-1-2")
    assert response.url.endswith("committee=T-1-1-2")
    assert get(client, place="không đâu")[0].status_code == 400
    assert get(client, committee="T-1", type="QĐ/ĐU", before="9" * 5000)[0].status_code == 200


def test_a_block_is_reserved_once(client, here):
    where = reverse("recruitment:number-block-new") + "?committee=T-1"
    page = client.get(where).content.decode()
    assert 'value="-QĐ/ĐU"' in page  # the letters of this body
    make.place(here["T-1-1-1"], "cell", here["T-1-1"], name="Chi bộ thôn 3", since=date(2025, 7, 1))
    cell = client.get(where + "-1-1").content.decode()
    assert 'value="-NQ/CB"' in cell  # which makes resolutions, no decisions
    said = {"first": "21", "last": "30", "suffix": "-QĐ/ĐU", "since": "02/04/2026", "note": ""}
    refusals = {
        "suffix": ("-XX/ĐU", "Không rõ loại văn bản"), "last": ("20", "Số cuối phải từ số đầu"),
        "first": ("15", "đang giữ một phần các số này"),
    }  # fmt: skip
    for name, (value, told) in refusals.items():
        response = client.post(where, said | {name: value})
        assert response.status_code == 400 and told in response.content.decode()
    assert NumberBlock.objects.count() == 1
    assert client.post(where, said).status_code == 302
    block = NumberBlock.objects.latest("pk")
    assert (block.sign, block.first, block.last, block.since) == ("QĐ", 21, 30, ON)
    assert client.post(where, said).status_code == 400
    assert Entry.objects.filter(deed="number-reserve").count() == 1


def test_numbers_are_passed_over_and_a_block_ends(client, here):
    block = here["block"]
    where = reverse("recruitment:number-block", args=[block.pk])
    assert 'value="12"' in client.get(where).content.decode()
    said = {"skipped": "9, 11-13", "ended_on": "", "note": "", "stamp": block.stamp}
    for name, value, told in (
        ("skipped", "9, 21", "Không có số 21 trong dải từ 8 đến 20"),
        ("ended_on", "01/04/2026", "trước ngày 02/04/2026"),
    ):
        response = client.post(where, said | {name: value})
        assert response.status_code == 400 and told in response.content.decode()
    assert client.post(where, said).status_code == 302
    assert get(client, committee="T-1")[0].context["page"].series[0].next == "14-QĐ/ĐU"
    late = client.post(where, said | {"skipped": "9"})  # over a version that stands no more
    assert late.status_code == 409
    block.refresh_from_db()
    assert client.post(where, said | {"ended_on": "03/04/2026", "stamp": block.stamp}).status_code == 302
    assert get(client, committee="T-1")[0].context["page"].series[0].next is None


def test_numbers_of_a_block_that_ends_later_are_not_reserved_a_second_time(here):
    """The old one gives numbers up to 09/04; and it goes on no longer once another has them."""
    old, said = here["block"], {"suffix": "-qđ/đu", "first": 20, "last": 25, "by": None}
    deeds.change(old, skipped={12}, ended_on=date(2026, 4, 10), by=None, stamp=old.stamp)
    with pytest.raises(deeds.Refused, match="08-QĐ/ĐU đến 20-QĐ/ĐU đang giữ"):
        deeds.reserve(here["T-1"], since=date(2026, 4, 9), **said)
    deeds.reserve(here["T-1"], since=date(2026, 4, 10), **said)
    old.refresh_from_db()
    with pytest.raises(deeds.Refused, match="20-qđ/đu đến 25-qđ/đu đang giữ"):
        deeds.change(old, skipped={12}, by=None, stamp=old.stamp)
