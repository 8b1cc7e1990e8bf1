"""What a merged record said leads to the one that was kept: in workbooks, forms and lists. And the native place."""

from datetime import date

import pytest
from django.test import Client

from committees import journal
from recruitment.imports.load import load
from recruitment.models import Candidacy, Person, Stage
from recruitment.pipeline import actions
from recruitment.pipeline.actions import Refused

from .pair_world import ENTERED, HERE, NAME, THERE, build, followed, merged, person

pytestmark = pytest.mark.django_db
OLD = "Nguyễn Thị Ngọc Anh Thư"


@pytest.fixture
def world():
    return build()


@pytest.fixture
def human(world):
    """Somebody kept under NAME, recorded before as OLD under the number of an identity card."""
    kept, gone = (
        person(citizen_id="077192000001"),
        person(OLD, born=date(1992, 9, 12), citizen_id="273456789"),
    )
    followed(world, HERE, kept)
    followed(world, THERE, gone, ENTERED, (Stage.CLOSED, date(2014, 5, 1)))
    merged(world, kept, gone)
    return Person.objects.get(pk=kept.pk)


def row(**said):
    return {
        "Họ và tên": OLD, "Sinh ngày": "12/09/1992", "Giới tính": "Nữ", "Mã tổ chức": HERE,
        "Ngày đưa vào nguồn": "03/02/2014",
    } | said  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"Số định danh cá nhân": "273456789"},
        {"Số định danh cá nhân": "077192000001"},
        {"Họ và tên": NAME, "Sinh ngày": "21/09/1992", "Số định danh cá nhân": "273456789"},
    ],
)
def test_a_row_that_names_the_old_record_means_the_kept_one(world, human, said):
    before = Person.objects.values().get(pk=human.pk)
    report = load("candidates", [row(**said, **{"Nghề nghiệp": "Nông dân"})], name="tệp")
    assert not report.faults, list(map(str, report.faults))
    assert (report.new, report.changed) == (0, 1)
    after = Person.objects.values().get(pk=human.pk)
    assert {name for name in after if after[name] != before[name]} == {"occupation", "stamp"}


def test_lists_and_forms_find_the_kept_record_by_what_the_old_one_said(world, human):
    client = Client()
    client.force_login(world.alice)
    for words in (OLD, "273456789", NAME):
        assert (
            f"/people/{human.pk}/"
            in client.get("/candidacies/", {"committee": "T", "q": words}).content.decode()
        )
    typed = {
        "full_name": OLD,
        "born": "12/09/1992",
        "sex": "F",
        "cell": "T-1-1-2",
        "entered_on": "05/06/2015",
    }
    page = client.post("/candidacies/new/", typed).content.decode()
    assert f'name="same" value="{human.pk}"' in page and "Nguyễn Thị Ngọc Ánh" in page
    assert Candidacy.objects.count() == 2
    with journal.pen(None, "test"):  # whoever merged left the number out
        human.citizen_id = None
        human.save()
    chosen = {"citizen_id": "273456789", "same": human.pk, "offered": human.pk, "cell": "T-2-1-2"}
    assert client.post("/candidacies/new/", typed | chosen).status_code == 302
    assert (Person.objects.count(), Candidacy.objects.count()) == (2, 3)
    assert Person.objects.get(pk=human.pk).citizen_id is None


def test_who_edits_the_old_record_meanwhile_is_told(world, human):
    gone = Person.objects.get(merged_into=human)
    said = {name: getattr(gone, name) for name in ("full_name", "born", "sex")}
    with pytest.raises(Refused, match="vừa được gộp"):
        actions.edit_person(gone, by=world.alice, committee=world.at["T"], **said)


def test_the_native_place_is_asked_read_and_learnt(world):
    batch = [row(**{"Quê quán": "Long Điền"}), row(**{"Họ và tên": NAME})]
    assert not load("candidates", batch, name="tệp").faults
    first, second = Person.objects.order_by("pk")
    assert (first.native_place, second.native_place) == ("Long Điền", "")
    decided = {"Ngày quyết định": "24/04/2015", "Quê quán": "Đất Đỏ"}
    rows = [{k: v for k, v in one.items() if k != "Ngày đưa vào nguồn"} | decided for one in batch]
    assert not load("admissions", rows, name="tệp").faults
    first, second = Person.objects.order_by("pk")
    assert (first.native_place, second.native_place) == ("Long Điền", "Đất Đỏ"), (
        "what stands is not overwritten"
    )
    again = load("admissions", rows, name="tệp")
    assert (again.same, again.new, again.changed) == (2, 0, 0)
    client = Client()
    client.force_login(world.alice)
    typed = {
        "full_name": "Trần Văn Bảy", "born": "05/03/1990", "sex": "M", "cell": HERE, "entered_on": "05/06/2015",
        "native_place": "Châu Đức",
    }  # fmt: skip
    assert client.post("/candidacies/new/", typed).status_code == 302
    made = Person.objects.get(search="tran van bay")
    assert made.native_place == "Châu Đức"
    page = client.get(f"/people/{made.pk}/")
    assert "Châu Đức" not in page.content.decode(), "sensitive: shown when asked for"
    assert "Châu Đức" in client.post(f"/people/{made.pk}/").content.decode()
    typed = {"full_name": "Trần Văn Bảy", "born": "05/03/1990", "sex": "M", "stamp": made.stamp}
    client.post(f"/people/{made.pk}/edit/", typed | {"native_place": "Xuyên Mộc"})
    assert Person.objects.get(pk=made.pk).native_place == "Xuyên Mộc"
