"""The forecast on pages: what is said to whom, that every number opens its list, and what it costs."""

import html
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from committees.models import Entry
from recruitment.dashboards.outlook import share
from tests import factories as make
from tests.recruitment.pipeline import running_world as worlds

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def people(world):
    return worlds.people(world)


@pytest.fixture
def staff(client, people):
    client.force_login(people["staff"])
    return client


def page(client, code="T", **asked):
    return client.get(reverse("recruitment:dashboard", args=[code]), asked)


def section(answer):
    """The words and marks of the forecast; "" where there is none."""
    text = html.unescape(answer.content.decode())
    found = re.search('<section class="sect" id="du-bao">.*?</section>', text, re.DOTALL)
    return found.group() if found else ""


def listed(client, **asked):
    return client.get(reverse("recruitment:forecast-list"), asked)


class TestTheSentence:
    def test_says_where_the_plan_ends(self, staff, world):
        text = section(page(staff))
        last = f"{world.plan.last_day:%d/%m/%Y}"
        assert re.search(
            rf"<h2>Dự kiến đến {last} đạt \d+ \(khoảng \d+–\d+\), khả năng đạt chỉ tiêu \d+", text
        )
        assert "hồ sơ còn kịp" in text and "mất chứng nhận trước" in text
        for words in (
            "Dự báo này tính thế nào?",
            "Mỗi hồ sơ đang mở được thử",
            "Dựa trên",
            "Thường mất",
            "Đếm lùi từ",
        ):
            assert words in text
        assert 'role="img" aria-label="Dự kiến đến' in text and "nhịp chia đều đến 27" in text

    def test_without_a_target_there_is_no_chance(self, staff):
        text = section(page(staff, "T-1-1"))
        assert " có " in re.search("<h2>(.*?)</h2>", text).group(1) and "khả năng" not in text

    def test_too_few_is_said_and_nothing_shown(self, staff):
        text = section(page(staff, "T-2"))
        assert "Chưa dự báo được kết quả cuối kỳ" in text and "Chưa đủ dữ liệu: ở đây mới có 3 hồ sơ" in text
        assert "<figure" not in text and "hồ sơ còn kịp" in text

    @pytest.mark.parametrize(("chance", "said"), [(0, "0 %"), (0.004, "dưới 1 %"), (0.235, "24 %"), (0.999, "trên 99 %"), (1, "100 %")])  # fmt: skip
    def test_a_chance_is_never_surer_than_it_is(self, chance, said):
        assert share(chance).replace(NBSP, " ") == said


class TestWhereThereIsNone:
    def test_of_a_plan_that_is_over(self, staff, world):
        first, last = world.today - timedelta(days=500), world.today - timedelta(days=140)
        make.make_plan("KH-0", world.at["T"], first=first, last=last)
        assert section(page(staff, plan="KH-0")) == ""
        # Even of a day on which it ran.
        assert section(page(staff, plan="KH-0", on=(last - timedelta(days=90)).isoformat())) == ""

    def test_for_a_group_for_another_tree_and_for_a_day_to_come(self, staff, world):
        assert section(page(staff, group="women")) == ""
        later = world.today.isoformat()
        assert section(page(staff, on=(world.today - timedelta(days=9)).isoformat(), tree_on=later)) == ""
        assert section(page(staff, on=(world.today + timedelta(days=9)).isoformat())) == ""
        assert section(page(staff, on=(world.today - timedelta(days=9)).isoformat()))


class TestNumbersOpenTheirLists:
    @pytest.mark.parametrize("code", ["T", "T-1", "T-1-1"])
    def test_with_the_same_count(self, staff, code):
        links = re.findall(r'<a class="n" href="(/forecast/[^"]+)">([\d.]+)</a>', section(page(staff, code)))
        assert len(links) >= 4
        for address, number in links:
            assert staff.get(address).context["page"].count == int(number), address

    def test_those_who_lose_the_certificate_stand_apart(self, staff):
        found = {kind: listed(staff, still=kind).context["page"] for kind in ("in-time", "certificate")}
        assert [record.person.full_name for record in found["certificate"].window.records] == ["Lê Văn Bên 2"]
        assert "Lê Văn Bên 0" in {record.person.full_name for record in found["in-time"].window.records}
        text = html.unescape(listed(staff, still="certificate").content.decode())
        assert "Mất chứng nhận trước" in text and "Còn kịp</span>" not in text


class TestWhoSeesWhat:
    def test_figures_alone_name_nobody_and_lead_to_nobody(self, client, people):
        client.force_login(people["standing"])
        for code in ("T", "T-1", "T-2-1-1"):
            text = section(page(client, code))
            assert "hồ sơ còn kịp" in text and "/forecast/" not in text and "Bên" not in text
        assert "<b>dưới 5</b> mất chứng nhận trước" in section(page(client))
        assert listed(client).status_code == 403

    def test_a_secretary_sees_the_cells_own_by_name(self, client, people, world):
        client.force_login(people["secretary"])
        before = Entry.objects.filter(chain=Entry.READS).count()
        text = section(page(client, "T-2-1-1"))
        assert "Hồ sơ của chi bộ còn kịp" in text and "khả năng" not in text and "<figure" not in text
        names = re.findall(r"Lê Văn Bên \d", text)
        assert names[0] == "Lê Văn Bên 2" and set(names) == {f"Lê Văn Bên {k}" for k in range(3)}
        assert "Lập, thẩm tra hồ sơ" in text
        entry = Entry.objects.filter(chain=Entry.READS).latest("number")
        assert Entry.objects.filter(chain=Entry.READS).count() == before + 1
        assert (entry.about, entry.committee_id) == ("forecast", world.at["T-2-1-1"].pk)

    def test_outside_is_404(self, client, people):
        client.force_login(people["secretary"])
        assert listed(client, committee="T-1-1-1").status_code == 404


class TestQueries:
    @pytest.mark.parametrize("more", [0, 3])
    def test_five_for_the_dashboard(self, client, more, django_assert_num_queries):
        client.force_login(worlds.people(worlds.build(more=more))["staff"])
        page(client)
        with django_assert_num_queries(5):
            assert section(page(client))

    @pytest.mark.parametrize("kind", ["certificate", "in-time"])
    def test_the_same_for_a_list_of_one_and_of_many(self, staff, kind, django_assert_num_queries):
        listed(staff, still=kind)
        with django_assert_num_queries(12):
            answer = listed(staff, still=kind)
        assert (answer.context["page"].count == 1) == (kind == "certificate")


class TestTheList:
    def test_the_most_pressing_first_and_as_a_file(self, staff):
        records = listed(staff).context["page"].window.records
        answer = staff.get(reverse("recruitment:list-export", args=["forecast", "xlsx"]))
        rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
        head = next(k for k, row in enumerate(rows) if row[0] == "Họ và tên")
        days = [row[rows[head].index("Chậm nhất")] for row in rows[head + 1 :]]
        assert days == sorted(days)
        assert [row[0] for row in rows[head + 1 :]][: len(records)] == [
            one.person.full_name for one in records
        ]
        csv = staff.get(
            reverse("recruitment:list-export", args=["forecast", "csv"]), {"still": "certificate"}
        )
        assert "Lê Văn Bên 2" in b"".join(csv.streaming_content).decode()

    def test_says_why_it_is_empty(self, staff, world):
        last = world.today - timedelta(days=140)
        make.make_plan("KH-0", world.at["T"], first=world.today - timedelta(days=500), last=last)
        assert "Kế hoạch này đã đến ngày cuối" in listed(staff, plan="KH-0").content.decode()
        assert (
            "Không có hồ sơ nào như vậy"
            in listed(staff, committee="T-1", still="certificate").content.decode()
        )
        assert "Không có lựa chọn" in listed(staff, still="x").content.decode()

    def test_says_that_too_little_is_known(self, client):
        other = make.make_committee("U", "province")
        today = worlds.vietnamese.today()
        make.make_plan("U-KH", other, first=today - timedelta(days=9), last=today + timedelta(days=90))
        client.force_login(make.make_account("u", "staff", other))
        text = listed(client).content.decode()
        assert "Chưa tính được ngày chậm nhất" in text and "Chưa đủ dữ liệu" in text

    def test_without_any_plan(self, client):
        other = make.make_committee("U", "province")
        client.force_login(make.make_account("u", "staff", other))
        assert "Chưa có kế hoạch nào" in listed(client).content.decode()

    def test_search_and_stage_narrow_it(self, staff):
        assert listed(staff, q="le van ben").context["page"].count == 3
        assert listed(staff, stage="submitted").context["page"].count > 0
        assert {one.stage for one in listed(staff, stage="class").context["page"].window.records} == {"class"}
