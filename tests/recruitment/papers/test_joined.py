"""One proposal for two dossiers: who is given its file, and that it is put right for both at once. The dossiers are the
demo's and one more in its cell."""

import io
import re
from types import SimpleNamespace

import pytest
from django.urls import reverse
from pypdf import PdfReader

from committees import journal
from committees.models import Entry, Kind, Role
from committees.vietnamese import day
from recruitment import columns
from recruitment.imports import papers_said
from recruitment.models import Candidacy, IssuedPaper
from recruitment.papers import batch, issuing
from recruitment.papers import case as cases
from tests import factories as make
from tests.factories_papers import make_scan

from . import dossiers

pytestmark = pytest.mark.once
FORM, NEAR, FAR = "to-trinh-chung", papers_said.BASE_CELL, "BRVT-DD-008-09"
MORE = (NEAR, "Lò Thị An", "F", "1990-03-04", {"youth", "section_appraisal", "section_recognition"})


@pytest.fixture
def world(db, monkeypatch, client):
    """at: {code: Committee}; alice: who keeps the province's records; one, other: the dossiers' ids; made: {id: the
    IssuedPaper there}; keys: {id: what was answered}."""
    monkeypatch.setattr(papers_said, "PEOPLE", (*papers_said.PEOPLE, MORE))
    at = dossiers.build()
    alice = make.make_account("alice", Role.STAFF, at["BRVT"])
    both = [one.pk for one in Candidacy.objects.filter(papers__kind="cell_vote", cell=at[NEAR])]
    access = make.door(alice)
    keys = {
        one.candidacy.pk: one.keys
        for one in batch.lines(both, FORM, access=access, snapshot=columns.current())
    }
    made, refused = batch.issue(both, FORM, access=access, confirmed=keys, by=alice)
    assert set(made) == set(both) and not refused
    client.force_login(alice)
    return SimpleNamespace(at=at, alice=alice, one=both[0], other=both[1], made=made, keys=keys)


def to(name, *args):
    return reverse(f"recruitment:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_it_is_given_out_where_everybody_on_it_may_be_seen(world, client):
    """The secretary of one cell has it as long as all on it are of that cell."""
    issued = world.made[world.one]
    scan = make_scan(issued.candidacy, issued=issued, form=FORM, title="Bản đã ký")
    make_scan(issued.candidacy, title="Giấy khai sinh")
    files = [to("issued-file", issued.pk, "pdf"), to("scan-file", scan.pk)]
    printed = f"{to('issuing-print')}?committee={NEAR}&form={FORM}&line={world.one}"
    whole, pages = (
        to("candidacy-folder-file", world.one),
        [to("candidacy-folder", world.one), to("issued-paper", issued.pk), to("scan", scan.pk)],
    )
    kept = "giữ ở cấp ủy trên"

    def bound():
        return len(PdfReader(io.BytesIO(b"".join(client.get(whole)))).outline)

    client.force_login(make.make_account("cell", Role.SECRETARY, world.at[NEAR]))
    assert [client.get(one).status_code for one in [*files, printed]] == [200, 200, 200]
    assert not any(kept in text(client.get(one)) for one in pages) and bound() == 4

    far = make.make_committee(FAR, Kind.CELL, world.at["BRVT-DD-008"], name="Chi bộ bên cạnh")
    with journal.pen(None, "test"):
        moved = Candidacy.objects.get(pk=world.other)
        moved.cell = far
        moved.save()
    assert [client.get(one).status_code for one in [*files, printed]] == [403, 403, 302]
    assert all(kept in text(client.get(one)) for one in pages) and bound() == 2
    assert client.post(pages[1], {"on": day(dossiers.TODAY), "why": "sai"}).status_code == 403

    client.force_login(world.alice)
    for address in [*files, whole]:
        last = journal.head(Entry.READS)[0]
        assert client.get(address).status_code == 200
        fresh = Entry.objects.filter(chain=Entry.READS, number__gt=last)
        assert sorted(fresh.values_list("committee__code", flat=True)) == sorted([NEAR, FAR]), address


def test_it_is_put_right_for_all_at_once(world, client):
    issued, access = world.made[world.one], make.door(world.alice)
    again = batch.line(cases.candidacy(world.one), FORM, access=access, snapshot=columns.current()).prepared
    with pytest.raises(issuing.Refused, match="Văn bản chung của nhiều hồ sơ"):
        issuing.issue(again, by=world.alice, corrects=issued, reason="sai", confirmed=world.keys[world.one])
    shown = client.get(to("candidacy-paper", world.one, FORM)).content.decode()
    assert "Văn bản chung của 2 hồ sơ" in shown and 'value="issue"' not in shown
    led = re.search(r'href="(/issuing/[^"]+)"', shown)[1].replace("&amp;", "&")
    assert "đã phát hành 2" in text(client.get(led))
    client.post(to("issued-paper", issued.pk), {"on": day(dossiers.TODAY), "why": "thiếu người"})
    assert not IssuedPaper.objects.filter(withdrawn_on=None).exists()
    made, refused = batch.issue(
        [world.one, world.other], FORM, access=access, confirmed=world.keys, by=world.alice
    )
    assert len(made) == 2 and not refused
