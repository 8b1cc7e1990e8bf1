"""A period as it is worked on the pages: opened, sent, returned, sent again, closed; and read by those who may see less."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees import journal
from committees.models import Entry
from recruitment.models import FrozenReport, ReportPeriod, Submission
from tests import factories as make

pytestmark = pytest.mark.once


@pytest.fixture
def desk(office):
    """{name: a client signed in as that account}."""

    def signed_in(account):
        client = Client()
        client.force_login(account)
        return client

    return {name: signed_in(account) for name, account in vars(office.people).items()}


def where(name, *args):
    return reverse(f"recruitment:{name}", args=args)


def text_of(response, status=200):
    assert response.status_code == status, response.content.decode()[:500]
    return response.content.decode()


def hidden(text, name):
    return re.search(rf'name="{name}" value="([^"]*)"', text)[1]


def send(client, period, code, **more):
    page = text_of(client.get(where("period-unit", period.pk, code)))
    said = {name: hidden(page, name) for name in ("seen", "shown")} | more
    return client.post(where("period-submit", period.pk, code), said)


def judge(client, period, code, **said):
    page = text_of(client.get(where("period-unit", period.pk, code)))
    return client.post(where("period-judge", period.pk, code), {"stamp": hidden(page, "stamp"), **said})


def test_the_way_of_a_report(office, desk):
    due = office.today + timedelta(days=5)
    typed = {
        "committee": "T",
        "name": "Năm 2014",
        "since": "01/01/2014",
        "last_day": "31/12/2014",
        "reach": "units",
    }
    wrong = text_of(desk["province"].post(where("period-new"), typed | {"due_on": "30/12/2014"}), 400)
    assert "Tìm thấy “30/12/2014”" in wrong and "sau ngày cuối kỳ" in wrong
    made = desk["province"].post(where("period-new"), typed | {"due_on": f"{due:%d/%m/%Y}"})
    period = ReportPeriod.objects.get()
    assert made.url == where("period", period.pk)
    assert "0/2" in text_of(desk["province"].get(made.url))

    unit = where("period-unit", period.pk, "T-1")
    make.make_admission(office.at["T-1-1-1"], date(2014, 8, 8))  # between the page and the click
    stale = {"seen": "0", "shown": "0" * 64, "notes": "Ghi chú của tôi"}
    shown = text_of(desk["district"].post(where("period-submit", period.pk, "T-1"), stale), 409)
    assert "vừa thay đổi" in shown and "Ghi chú của tôi" in shown and not Submission.objects.exists()
    assert send(desk["district"], period, "T-1", notes="Khó khăn: ít nguồn").url == unit
    assert "Rút báo cáo lại" in text_of(desk["district"].get(unit))
    assert "Còn trống. Cần lý do trả lại" in text_of(judge(desk["province"], period, "T-1", do="return"), 400)
    assert judge(desk["province"], period, "T-1", do="return", reason="Thiếu chi bộ 3").status_code == 302
    back = text_of(desk["district"].get(unit))
    assert "Thiếu chi bộ 3" in back and "Khó khăn: ít nguồn" in back  # its own words are not typed anew
    send(desk["district"], period, "T-1", notes="Đã sửa")
    judge(desk["province"], period, "T-1", do="accept")
    assert Submission.objects.get(number=2).state == "accepted"
    assert "1/2" in text_of(desk["province"].get(where("period", period.pk)))
    assert send_refused(desk["district"], period) and Submission.objects.count() == 2
    late = text_of(desk["province"].get(where("period", period.pk) + "?state=accepted"))
    assert "Tổ chức T-1" in late and ">Tổ chức T-2<" not in late
    csv = b"".join(desk["province"].get(where("period-export", period.pk, "csv")).streaming_content).decode(
        "utf-8-sig"
    )
    assert "T-1" in csv and "Đã nhận, khóa sổ" in csv and csv.count("\n") == 3


def test_a_stale_page_takes_nothing_back(office, desk):
    """What a colleague sent or corrected since the page was opened stays."""
    period = office.period(2014)
    unit, taken = where("period-unit", period.pk, "T-1"), where("period-take-back", period.pk, "T-1")
    sent = []
    for _again in range(2):
        send(desk["district"], period, "T-1")
        page = text_of(desk["district"].get(unit))
        form = re.search(rf'action="{taken}">.*?</form>', page, re.DOTALL)[0]
        sent.append({"stamp": hidden(form, "stamp")})
        if len(sent) == 1:
            assert "Đã rút báo cáo lại" in text_of(desk["district"].post(taken, sent[0], follow=True))
    for stale in (sent[0], {}):
        told = text_of(desk["district"].post(taken, stale, follow=True))
        assert "vừa thay đổi sau khi anh chị mở trang" in told
        assert [one.state for one in Submission.objects.order_by("number")] == ["withdrawn", "submitted"]
    assert "Đã rút báo cáo lại" in text_of(desk["district"].post(taken, sent[1], follow=True))
    # The same of a period put away.
    other, drop = office.period(2013), "period-drop"
    page = text_of(desk["province"].get(where("period-edit", other.pk)))
    form = re.search(rf'action="{where(drop, other.pk)}">.*?</form>', page, re.DOTALL)[0]
    said = {"stamp": hidden(form, "stamp")}
    with journal.pen(None, "test"):
        fresh = ReportPeriod.objects.get(pk=other.pk)
        fresh.document = "9-CV/TU"
        fresh.save()
    told = text_of(desk["province"].post(where(drop, other.pk), said, follow=True))
    assert "vừa được sửa" in told and ReportPeriod.objects.get(pk=other.pk).dropped_on is None
    now = hidden(text_of(desk["province"].get(where("period-edit", other.pk))), "stamp")
    assert desk["province"].post(where(drop, other.pk), {"stamp": now}).url == where("period-list")


def send_refused(client, period):
    answer = client.post(
        where("period-submit", period.pk, "T-1"), {"seen": "2", "shown": "0" * 64}, follow=True
    )
    return "Chưa nộp được" in answer.content.decode()


def test_the_bytes_that_were_sent(real_papers, office, desk):
    period = office.period(2014)
    sent = office.close(period)
    file = where("period-file", period.pk, "T-1", 1, "pdf")
    before = desk["district"].get(file).content
    assert before == bytes(FrozenReport.objects.get(submission=sent, form="pdf", whole=True).content)
    assert before.startswith(b"%PDF")
    told = Entry.objects.filter(chain="reads").latest("number")
    assert (
        told.about == f"frozen:{sent.pk}"
        and FrozenReport.objects.get(submission=sent, form="pdf", whole=True).digest in told.payload
    )
    # Years later: renamed, merged, more facts. The heir's people open it, and it is the same to the byte.
    make.make_admission(office.at["T-1-1-1"], date(2014, 8, 8))
    make.place(office.at["T-1"], "upper", office.at["T"], name="Tên khác", since=date(2016, 1, 1))
    make.end_committee(office.at["T-1"], date(2018, 1, 1), office.at["T-2"])
    assert desk["other"].get(file).content == before
    # Who may see figures only has an edition of their own, and nobody else has any.
    merged = desk["standing"].get(file).content
    assert (
        merged == bytes(FrozenReport.objects.get(submission=sent, form="pdf", whole=False).content) != before
    )
    assert desk["outside"].get(file).status_code == 404
    assert desk["standing"].post(where("period-submit", period.pk, "T-1")).status_code == 403
    assert desk["other"].get(where("period-allow", period.pk, "T-1")).status_code == 403
    # Bytes that are no longer those that were sent are not sent for them.
    row = FrozenReport.objects.get(submission=sent, form="xlsx", whole=True)
    with journal.pen(None, "test"):
        FrozenReport.objects.filter(pk=row.pk).update(content=bytes(row.content) + b"x")
    with pytest.raises(ValueError, match="digest"):
        desk["province"].get(where("period-file", period.pk, "T-1", 1, "xlsx"))


def test_what_came_late_with_the_facts_behind_it(office, desk):
    period = office.period(2014)
    office.close(period)
    page, annual = where("period-changes", period.pk, "T-1"), where("report-annual", "T-1") + "?year=2014"
    assert "Sổ nay nói đúng như báo cáo đã khóa" in text_of(desk["district"].get(page))
    assert "đúng như báo cáo đã khóa" in text_of(desk["district"].get(annual))
    late = make.make_admission(office.at["T-1-1-1"], date(2014, 5, 6), full_name="Trần Thị Đến Muộn")
    for who, names in (("district", True), ("standing", False)):
        shown = text_of(desk[who].get(page))
        assert "số kết nạp của kỳ đổi +1" in shown
        assert ("Trần Thị Đến Muộn" in shown) == names
        row = re.search(r"Kết nạp năm 2014</th>(.*?)</tr>", shown)[1]
        assert re.findall(r">([+\d]+)</td>", row) == ["23", "24", "+1"]
        assert "nay khác báo cáo đã khóa" in text_of(desk[who].get(annual))
    assert late.pk and "nay khác báo cáo đã khóa" in text_of(
        desk["district"].get(where("period-unit", period.pk, "T-1"))
    )


def test_a_cell_reports_to_whom_it_stands_under(office, desk):
    period = office.period(2014, ReportPeriod.Reach.CELLS)
    assert "Tổ chức T-1-1-1" in text_of(desk["cell"].get(where("period-list")))
    assert send(desk["cell"], period, "T-1-1-1").status_code == 302
    assert desk["cell"].post(where("period-judge", period.pk, "T-1-1-1")).status_code == 403
    assert judge(desk["district"], period, "T-1-1-1", do="accept").status_code == 302
    assert Submission.objects.get().above == office.at["T-1-1"]
    assert desk["cell"].get(where("period-unit", period.pk, "T-1-1")).status_code == 404
    # Counts of all levels open their list: ten units below, one of them closed.
    shown = text_of(desk["province"].get(where("period", period.pk)))
    assert "Mọi cấp bên dưới: 10" in shown and "?committee=T&amp;all=1&amp;state=accepted" in shown
    listed = text_of(desk["province"].get(where("period", period.pk) + "?committee=T&all=1&state=accepted"))
    assert ">Tổ chức T-1-1-1<" in listed and ">Tổ chức T-1<" not in listed


def test_a_unit_moved_away_is_a_name_and_a_state_and_judged_where_it_stands(office, desk):
    period, cell = office.period(2014, ReportPeriod.Reach.CELLS), "T-1-1-1"
    send(desk["cell"], period, cell)
    judge(desk["district"], period, cell, do="return", reason="Sai số của đồng chí Hoa")
    send(desk["cell"], period, cell)
    listed = [
        where("period", period.pk) + "?committee=T-1-1",
        where("period-export", period.pk, "csv") + "?committee=T-1-1",
    ]

    def told(who):
        pages = [desk[who].get(address) for address in listed]
        return [(b"".join(one) if one.streaming else one.content).decode() for one in pages]

    unit = where("period-unit", period.pk, cell)
    assert all("bi-thu" in text and cell in text for text in told("district"))
    make.place(office.at[cell], "cell", office.at["T-2-1"], since=office.today)
    for text in told("district"):
        assert "Tổ chức T-1-1-1" in text and "Đã nộp, chờ kiểm tra" in text
        assert "bi-thu" not in text and "Hoa" not in text and unit not in text
    assert "bi-thu" in told("province")[0] and unit in told("province")[0]
    assert desk["district"].get(unit).status_code == 404
    assert judge(desk["other"], period, cell, do="accept").status_code == 302
    assert Submission.objects.get(number=2).state == "accepted"


def test_queries_do_not_grow(office, desk):
    def count(address):
        desk["province"].get(address)
        with CaptureQueriesContext(connection) as seen:
            text_of(desk["province"].get(address))
        return len(seen)

    period = make.make_period(office.at["T"], 2014, reach="units")
    make.make_submission(period, office.at["T-1"], state="accepted")
    one = [count(where("period", period.pk)), count(where("period-list"))]
    third = make.make_committee("T-3", "upper", office.at["T"])
    for committee in (office.at["T-2"], third):
        make.make_submission(period, committee, by=office.people.other)
        make.make_allowance(period, committee)
    for year in (2013, 2012):
        make.make_period(office.at["T"], year)
    assert [count(where("period", period.pk)), count(where("period-list"))] == one
