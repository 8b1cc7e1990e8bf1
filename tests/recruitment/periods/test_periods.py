"""A period from its opening to its closing: who owes, what is frozen, what may be done when, what comes late."""

import hashlib
from datetime import date, timedelta

import pytest
from django.urls import reverse

from committees import journal
from committees.models import Entry
from recruitment.models import Admission, Allowance, FrozenReport, ReportPeriod, Submission
from recruitment.periods import deeds, sending
from recruitment.periods.composing import figures_of
from recruitment.periods.freezing import pack, unpack
from recruitment.periods.pages import Line
from recruitment.quotas.deeds import Refused
from tests import factories as make


def refused(deed, *args, **said):
    before = journal.heads()
    with pytest.raises(Refused) as problem:
        deed(*args, **said)
    assert journal.heads() == before, "what is refused writes nothing"
    return dict(problem.value.faults)


def value(report, sheet, row, column="value"):
    found = report.sheet(sheet)
    return found.value(found.row(row), found._columns[column])


def test_who_owes_is_read_off_the_tree_of_the_last_day(office):
    codes = lambda period: [duty.code for duty in office.owing(period).reached]  # noqa: E731
    assert codes(office.period(2014)) == ["T", "T-1", "T-2"]
    grassroots = office.period(2013, ReportPeriod.Reach.GRASSROOTS)
    assert codes(grassroots) == ["T", "T-1", "T-1-1", "T-1-2", "T-2", "T-2-1", "T-2-2"]
    cells = office.period(2012, ReportPeriod.Reach.CELLS)
    assert len(codes(cells)) == 11 and office.duty(cells, "T-1-1-1").above == office.at["T-1-1"].pk
    # A reorganisation since changes nothing of it; the heir's account reaches what the ended one owes.
    make.end_committee(office.at["T-2"], date(2016, 1, 1), office.at["T-1"])
    assert codes(ReportPeriod.objects.get(pk=grassroots.pk))[4] == "T-2"
    sent = office.submit(ReportPeriod.objects.get(pk=grassroots.pk), "T-2")
    assert figures_of([sent.pk], whole=True)[sent.pk].committee == "Tổ chức T-2"
    assert make.door(office.people.district).committee("T-2", "record")


def test_what_is_wanted_of_a_period(office):
    period = office.period(2014)
    asked = {"by": None, "committee": office.at["T"], "name": "Kỳ", "reach": "units"}
    days = {"since": date(2015, 1, 1), "until": date(2016, 1, 1), "due_on": date(2016, 1, 15)}
    assert (
        "mở"
        in refused(deeds.open_period, **asked, **{**days, "since": period.since, "until": period.until})[
            "since"
        ]
    )
    assert (
        "sau ngày cuối kỳ"
        in refused(deeds.open_period, **asked, **{**days, "due_on": date(2015, 12, 31)})["due_on"]
    )
    assert "năm" in refused(deeds.open_period, **asked, **{**days, "until": date(2031, 1, 1)})["last_day"]
    leaf = {**asked, "committee": office.at["T-1-1-1"]}
    assert "trực thuộc" in refused(deeds.open_period, **leaf, **days)["reach"]
    other = deeds.open_period(**asked, **days)
    office.submit(period)
    change = {"by": None, "stamp": None}
    assert "giữ như cũ" in refused(deeds.change_period, period, **change, since=date(2014, 2, 1))["since"]
    assert deeds.change_period(period, **change, name="Cả năm 2014").name == "Cả năm 2014"
    assert "chưa ai nộp" in refused(deeds.drop_period, period, by=None)[""]
    deeds.drop_period(other, by=None)
    assert "kỳ này đã bỏ" in refused(deeds.drop_period, other, by=None)[""]


def test_sent_frozen_returned_sent_again_closed(office):
    period, at = office.period(2014), office.at
    assert office.state(period, "T-1") == "waiting" and office.state(period, "T-2") == "waiting"
    sent = office.submit(period, notes="Số đoàn viên tăng do chuyển về.")
    assert office.state(period, "T-1") == "submitted"
    assert "mới nhất" in refused(office.submit, period)[""]
    assert "mới nhất" in refused(office.submit, period, seen=0)[""]
    assert "chính anh chị nộp" in refused(sending.accept, sent, by=office.people.district)[""]
    assert "lý do" in refused(sending.give_back, sent, by=office.people.province, reason="")["reason"]
    sending.give_back(sent, by=office.people.province, reason="Thiếu chi bộ 3.")
    assert office.state(period, "T-1") == "returned"
    assert "Bị trả lại" in refused(sending.accept, sent, by=office.people.province)[""]
    again = office.submit(period)
    sending.take_back(again, by=office.people.district)
    assert (
        office.state(period, "T-1") == "returned" and "rút" in refused(sending.take_back, again, by=None)[""]
    )
    third = office.close(period)
    assert (third.number, office.state(period, "T-1")) == (3, "accepted")
    assert "khóa sổ" in refused(office.submit, period)[""]
    # What was sent lies there as sent: two editions of three forms each time, their digests in the journal.
    kept = FrozenReport.objects.filter(submission=sent)
    assert {(one.form, one.whole) for one in kept} == {
        (f, w) for f in ("xlsx", "pdf", "json") for w in (True, False)
    }
    assert all(hashlib.sha256(bytes(one.content)).hexdigest() == one.digest for one in kept)
    entries = Entry.objects.filter(chain="writes", deed="report-submit").order_by("number")
    assert len(entries) == 3 and all(one.digest in entries[0].payload for one in kept)
    assert "content" not in entries[0].payload
    report = figures_of([sent.pk], whole=True)[sent.pk]
    assert value(report, "tong_hop", "now") == 23
    assert report.sheet("ghi_chu").rows[0].cells["name"] == "Số đoàn viên tăng do chuyển về."
    assert not any(sheet.key == "danh_sach" for sheet in report.sheets)
    names = [str(one.person.full_name) for one in Admission.objects.filter(cell=at["T-1-1-1"])[:3]]
    assert not any(name in bytes(one.content).decode("utf-8", "ignore") for one in kept for name in names)


def test_the_top_tells_which_units_stand_behind_and_closes_by_itself(office):
    period = office.period(2014)
    office.close(period)
    sent = office.submit(period, "T", by=office.people.province)
    assert sent.state == Submission.State.ACCEPTED
    assert sent.behind == {"accepted": ["T-1"], "submitted": [], "lacking": ["T-2"]}
    lines = {
        row.key: row.cells["state"]
        for row in figures_of([sent.pk], whole=True)[sent.pk].sheet("don_vi_nop").rows
    }
    assert lines == {"T-1": "Đã nhận, khóa sổ", "T-2": "Chưa nộp, còn hạn"}


def test_not_before_its_last_day_is_over(office):
    today = office.today
    period = deeds.open_period(
        by=None, committee=office.at["T"], name="Năm nay", since=date(today.year, 1, 1),
        until=date(today.year + 1, 1, 1), due_on=date(today.year + 1, 1, 20), reach="units",
    )  # fmt: skip
    assert office.state(period, "T-1") == "ahead"
    assert "kỳ đã hết" in refused(office.submit, period)[""]


def test_exceptions_are_granted_dated_and_end_by_themselves(office):
    period = office.period(2014, due_on=date(2015, 1, 15))
    grant = {"by": office.people.province, "reason": "Bão lũ"}
    later = {**grant, "kind": Allowance.Kind.LATER, "last_day": office.today + timedelta(days=3)}
    assert office.state(period, "T-1") == "late" and office.state(period, "T-2") == "late"
    assert "phải báo cáo lên" in refused(deeds.allow, period, office.at["T"], **later)[""]
    assert (
        "từ hôm nay"
        in refused(deeds.allow, period, office.at["T-1"], **{**later, "last_day": date(2020, 1, 1)})[
            "last_day"
        ]
    )
    assert (
        "chưa khóa" in refused(deeds.allow, period, office.at["T-1"], **{**later, "kind": "reopen"})["kind"]
    )
    row = deeds.allow(period, office.at["T-1"], **later)
    assert (office.state(period, "T-1"), office.state(period, "T-2")) == ("waiting", "late")
    assert office.state(period, "T-1", office.today + timedelta(days=4)) == "late"
    assert "sau hạn đang có" in refused(deeds.allow, period, office.at["T-1"], **later)["last_day"]
    deeds.end_allowance(row, by=office.people.province, reason="Đã có điện lại")
    assert office.state(period, "T-1") == "late"
    assert "đã hết" in refused(deeds.end_allowance, row, by=None, reason="x")[""]
    sent = office.close(period)
    assert office.duty(period, "T-1").days_late > 0
    # What came in time by the day granted came in time, though the grant was ended since.
    row = deeds.allow(period, office.at["T-2"], **later)
    office.submit(period, "T-2")
    deeds.end_allowance(row, by=office.people.province, reason="Đã nộp")
    assert office.duty(period, "T-2").days_late == 0
    assert "đã khóa" in refused(deeds.allow, period, office.at["T-1"], **later)["kind"]
    again = {**later, "kind": Allowance.Kind.REOPEN}
    deeds.allow(period, office.at["T-1"], **again)
    assert office.state(period, "T-1") == "reopened"
    assert office.state(period, "T-1", office.today + timedelta(days=4)) == "accepted", "it ends by itself"
    second = office.close(period)
    assert (sent.number, second.number, office.state(period, "T-1")) == (1, 2, "accepted")
    assert "khóa sổ" in refused(office.submit, period)[""], "a reopening is used up by what was accepted"


def test_a_closed_report_stays_and_what_comes_late_stands_in_the_next(office):
    first, at = office.period(2014), office.at
    sent = office.close(first)
    before = {one.pk: bytes(one.content) for one in FrozenReport.objects.filter(submission=sent)}
    make.make_admission(at["T-1-1-1"], date(2014, 5, 6), sex="F", ethnicity="Kinh")
    gone = office.world.men[0]
    with journal.pen(None, "admission-cancel"):
        gone.cancelled_on = date(2014, 12, 1)
        gone.save()
    make.make_admission(at["T-1-1-1"], date(2014, 6, 6))
    make.place(at["T-1"], "upper", at["T"], name="Tên mới", since=date(2016, 1, 1))
    second = office.period(2015)
    report = office.composed(second, "T-1").report(True)
    told = {row.key: (row.cells.get("was"), row.cells.get("now")) for row in report.sheet("dinh_chinh").rows}
    assert told[f"{first.pk}:tong_hop:now:value"] == (23, 24)
    closed = office.close(second)
    # Once told it is not told again; what changes after that is.
    third = office.period(2016)
    assert not any(key.startswith(f"{first.pk}:tong_hop:now") for key in _told(office, third))
    make.make_admission(at["T-1-1-1"], date(2014, 7, 7))
    assert _told(office, third)[f"{first.pk}:tong_hop:now:value"] == (24, 25)
    assert _told(office, third)[f"{second.pk}:tong_hop:before:value"] == (24, 25)
    assert {one.pk: bytes(one.content) for one in FrozenReport.objects.filter(submission=sent)} == before
    assert figures_of([closed.pk], whole=True)[closed.pk].sheet("dinh_chinh")
    # Nor by another report that begins on the same day as the one that told it.
    half = office.period(2015, until=date(2015, 7, 1))
    assert _told(office, half)[f"{first.pk}:tong_hop:now:value"] == (24, 25)
    # Reopened and closed anew it says so itself: what was told of the one before it is over.
    deeds.allow(
        first, at["T-1"], by=None, kind=Allowance.Kind.REOPEN, last_day=office.today, reason="Ghi muộn"
    )
    office.close(first)
    assert not any(key.startswith(f"{first.pk}:tong_hop:now") for key in _told(office, third))


def test_the_heir_tells_what_came_late_to_a_report_of_one_that_ended(office, client):
    first, at = office.period(2014), office.at
    office.close(first)
    make.end_committee(at["T-1"], date(2016, 1, 1), at["T-2"])
    make.make_admission(at["T-1-1-1"], date(2014, 5, 6))
    key, second = f"{first.pk}@T-1:tong_hop:now:value", office.period(2016)
    assert _told(office, second, "T-2")[key] == (23, 24)
    client.force_login(office.people.other)
    shown = client.get(reverse("recruitment:period-unit", args=[second.pk, "T-2"])).content.decode()
    behind = reverse("recruitment:period-changes", args=[first.pk, "T-1"])
    assert "Năm 2014, Tổ chức T-1" in shown and behind in shown and client.get(behind).status_code == 200
    office.close(second, "T-2", by=office.people.other)
    assert key not in _told(office, office.period(2017), "T-2")


def test_another_plan_corrects_nothing(office, client):
    first, at = office.period(2014), office.at
    office.close(first)
    plan = make.make_plan("H-1", at["T-1"], first=date(2014, 1, 1), last=date(2014, 12, 31))
    make.make_quota(plan, at["T-1"], 50)
    report = office.composed(first, "T-1").report(True)
    assert value(report, "tong_hop", "target") == 50, "the register holds it against another plan by now"
    assert _told(office, office.period(2015)) == {}
    client.force_login(office.people.district)
    page = reverse("recruitment:report-annual", args=["T-1"]) + "?year=2014"
    shown = client.get(page).content.decode()
    assert "Ngoài chỉ tiêu" in shown and "nay khác" not in shown
    assert "khóa sổ" not in client.get(page + "&plan=H-1").content.decode()
    assert "Các số dưới đây đúng như" in client.get(page + "&plan=KH-2").content.decode()


def test_what_was_returned_since_stands_for_nothing(office, client):
    period, at = office.period(2014), office.at
    first = office.close(period)
    make.make_admission(at["T-1-1-1"], date(2014, 5, 6))
    again = {"by": office.people.province, "reason": "Ghi muộn", "last_day": office.today}
    grant = deeds.allow(period, at["T-1"], kind=Allowance.Kind.REOPEN, **again)

    def above():
        """What the level above has of the unit: its line, whether it stands behind, what the check compares."""
        made = office.composed(period, "T")
        line = made.report(True).sheet("don_vi_nop").row("T-1").cells
        others = {str(one.other) for one in made.doubts if one.kind == "child" and one.column == "now"}
        return line["state"], line["accepted"], made.behind["accepted"], others

    reopened = "Được mở lại, chưa nộp lại; còn bản đã nhận", office.today, ["T-1"], {"23"}
    assert above() == reopened
    sent = office.submit(period)
    sending.give_back(sent, by=office.people.province, reason="Chưa đúng")
    assert above() == ("Bị trả lại; còn bản đã nhận", *reopened[1:])
    deeds.end_allowance(grant, by=office.people.province, reason="Thôi")
    assert above() == ("Đã nhận, khóa sổ", *reopened[1:])
    assert Line(office.duty(period, "T-1"), office.today).latest == first
    client.force_login(office.people.district)
    page = client.get(reverse("recruitment:period-unit", args=[period.pk, "T-1"])).context["page"]
    assert page.sent == first and value(page.report, "tong_hop", "now") == 23


def _told(office, period, code="T-1"):
    sheets = {sheet.key: sheet for sheet in office.composed(period, code).report(True).sheets}
    rows = sheets["dinh_chinh"].rows if "dinh_chinh" in sheets else []
    return {row.key: (row.cells.get("was"), row.cells.get("now")) for row in rows}


def test_a_report_packed_is_the_report(office):
    report = office.composed(office.period(2015), "T").report(True, "Một\n\nHai")
    again = unpack(pack(report))
    assert pack(again) == pack(report)
    for one, other in zip(report.sheets, again.sheets, strict=True):
        assert [cells for _row, cells in one.lines()] != [] or not one.rows
        texts = lambda sheet: [[text for _column, text in cells] for _row, cells in sheet.lines()]  # noqa: E731
        assert texts(one) == texts(other)


def test_the_check_holds_a_report_against_what_was_sent(office):
    first, second = office.period(2014), office.period(2015)
    office.close(first)
    assert not [one for one in office.composed(second, "T-1").doubts if one.kind == "last_year"]
    assert not [one for one in office.composed(first, "T").doubts if one.kind == "child"]
    make.make_admission(office.at["T-1-1-1"], date(2014, 5, 6))
    told = {
        (one.kind, one.sheet, one.row): (one.said, one.other) for one in office.composed(second, "T-1").doubts
    }
    assert told["last_year", "tong_hop", "before"] == (24, 23)
    said = [one for one in office.composed(first, "T").doubts if one.kind == "child" and one.row == "T-1"]
    assert said and {str(said[0].said), str(said[0].other)} == {"24", "23"}
    sent = office.submit(second)
    assert any(one["kind"] == "last_year" for one in Submission.objects.get(pk=sent.pk).doubts)


def test_a_reorganisation_entered_late_takes_nothing_off_the_list(office, client):
    """A reform of July is entered in November, after the ended unit's report of the year was closed."""
    period = office.period(2014)
    sent = office.close(period)
    make.end_committee(office.at["T-1"], date(2014, 7, 1), office.at["T-2"])
    assert [duty.code for duty in office.owing(period).reached] == ["T", "T-2"]
    duty = office.duty(period, "T-1")
    assert (duty.name, duty.above, duty.standing.pk) == ("Tổ chức T-1", office.at["T"].pk, sent.pk)
    assert [one.code for one in office.owing(period).units(office.duty(period, "T"))] == ["T-2", "T-1"]
    sending_again = office.composed(period, "T").behind
    assert sending_again["accepted"] == ["T-1"]
    for account in (office.people.province, office.people.other):
        client.force_login(account)
        for name, *more in (("period-unit",), ("period-report", 1), ("period-file", 1, "xlsx")):
            address = reverse(f"recruitment:{name}", args=[period.pk, "T-1", *more])
            assert client.get(address).status_code == 200, address
    # Who opened a period and ended before its last day: its units are those it had to the end.
    top = office.period(2015)
    make.end_committee(office.at["T"], date(2015, 3, 1), office.at["T-2"])
    assert [duty.code for duty in office.owing(top).reached] == ["T", "T-2"]
