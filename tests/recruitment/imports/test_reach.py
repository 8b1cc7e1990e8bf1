"""`--as`: an account loads what its mandates allow, where they allow it, and learns nothing of the rest."""

import json

import pytest

from committees import journal, vietnamese
from committees.access import Access
from committees.models import Account, Committee, Entry, Kind
from recruitment import jobs
from recruitment.imports import beyond, running, undo
from recruitment.imports.load import load
from recruitment.imports.undo import NoSuchBatch, unload
from recruitment.models import Admission, Batch, Candidacy, FormerCell, Person, Plan, Quota
from tests import factories as make

from .test_pages import applied, text, uploaded

pytestmark = pytest.mark.django_db

PERSON = {"Họ và tên": "Lê Văn Tám", "Sinh ngày": "14/03/1990", "Giới tính": "Nam"}
PLAN = {
    "Mã kế hoạch": "K",
    "Tên": "K",
    "Cơ quan ban hành": "X",
    "Từ ngày": "01/01/2011",
    "Đến ngày": "31/12/2015",
}
ROWS = {  # KIND: a row about the committee
    "committees": lambda code: {
        "Mã tổ chức": "MOI", "Tên tổ chức đảng": "Mới", "Loại": "Đảng bộ cơ sở" if code in ("T-H1", "T-H2") else
        "Chi bộ trực thuộc", "Mã cấp trên": code,
    },
    "headcounts": lambda code: {"Mã tổ chức": code, "Ngày": "31/12/2010", "Số đảng viên": 5},
    "plans": lambda code: {**PLAN, "Mã tổ chức": code},
    "quotas": lambda code: {"Mã kế hoạch": "KH", "Mã tổ chức": code, "Chỉ tiêu": 5},
    "mandates": lambda code: {"Tên đăng nhập": "ai-do", "Mã tổ chức": code, "Vai trò": "Kiểm tra"},
    "candidates": lambda code: {**PERSON, "Mã tổ chức": code, "Ngày đưa vào nguồn": "01/02/2014"},
    "admissions": lambda code: {**PERSON, "Mã tổ chức": code, "Ngày quyết định": "19/05/2014"},
    "reported": lambda code: {
        "Mã tổ chức": code, "Từ ngày": "01/01/2010", "Đến ngày": "31/12/2010", "Chỉ tiêu báo cáo": "Kết nạp",
        "Giá trị": 5,
    },
}  # fmt: skip
CELLS = {"candidates", "admissions"}
OWN, OTHER = {"cell": "T-H1-X-1", "unit": "T-H1"}, {"cell": "T-H2-C", "unit": "T-H2"}
# What each role may load in its own committee.
MAY = {
    ("staff", "T-H1"): set(ROWS) - {"mandates"},
    ("secretary", "T-H1-X-1"): CELLS,
    ("standing", "T-H1"): {"plans", "quotas"},
    ("inspector", "T-H1"): set(),
    ("administrator", "T-H1"): {"mandates"},
}


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize(("role", "home"), MAY)
@pytest.mark.parametrize("where", ["own", "other", "above"])
def test_each_role_loads_its_own_kinds_at_home_alone(plan, give, role, home, kind, where):
    account = give("can-bo", role, home)
    place = OWN if where == "own" else OTHER
    code = "T" if where == "above" else place["cell" if kind in CELLS or home == "T-H1-X-1" else "unit"]
    if kind == "committees" and home == "T-H1-X-1":
        code = "T-H1-X"
    head = journal.head()
    report = load(kind, [ROWS[kind](code)], name="thử", actor=account)
    allowed = where == "own" and kind in MAY[role, home]
    assert (report.new == 1) == allowed, list(map(str, report.faults))
    assert bool(report.faults) != allowed
    assert (journal.head() == head) != allowed
    if allowed:
        entry = Entry.objects.get(number=journal.head()[0], chain="writes")
        assert (entry.actor, entry.deed) == (account, "load")
        done = unload(report.batch, actor=account)
        assert done.removed and done.kept == [], "what they may load they may take back"


def test_what_stands_elsewhere_reads_as_what_does_not_exist(plan, give):
    staff = give("can-bo", "staff", "T-H1")
    told = [
        load("headcounts", [ROWS["headcounts"](code)], name="thử", actor=staff).faults[0].wanted
        for code in ("T-H2", "T-H2-C", "T-H9", "T")
    ]
    assert len(set(told)) == 1 and "T-H2" not in told[0]


def test_a_person_elsewhere_is_not_described(plan, give):
    number = {"Số định danh cá nhân": "079190000123"}
    load("admissions", [{**ROWS["admissions"]("T-H2-C"), **number}], name="nền")
    secretary = give("bi-thu", "secretary", "T-H1-X-1")
    row = {**ROWS["admissions"]("T-H1-X-1"), **number, "Ngày quyết định": "20/05/2014"}
    [fault] = load("admissions", [row], name="thử", actor=secretary).faults
    assert "2014" not in fault.wanted
    [fault] = load("admissions", [{**row, "Họ và tên": "Ai"}], name="thử", actor=secretary).faults
    assert "Tám" not in fault.wanted and "1990" not in fault.wanted


def test_nobody_grants_to_themself_or_beyond_their_reach(plan, give):
    give("quan-tri", "administrator", "T-H1")
    account = Account.objects.get(username="quan-tri")
    row = {"Tên đăng nhập": "quan-tri", "Mã tổ chức": "T-H1", "Vai trò": "Cán bộ ban tổ chức"}
    assert load("mandates", [row], name="thử", actor=account).faults[0].cell == "dòng 2, cột Tên đăng nhập"
    row = {"Tên đăng nhập": "ai", "Mã tổ chức": "T", "Vai trò": "Kiểm tra"}
    assert load("mandates", [row], name="thử", actor=account).faults[0].cell == "dòng 2, cột Mã tổ chức"
    assert not Account.objects.filter(username="ai").exists()


def test_a_plan_of_the_whole_register_is_not_taken_over(plan, give):
    load("plans", [PLAN], name="nền")
    staff = give("can-bo", "staff", "T-H1")
    report = load("plans", [{**PLAN, "Mã tổ chức": "T-H1"}], name="thử", actor=staff)
    assert [fault.cell for fault in report.faults] == ["dòng 2, cột Mã kế hoạch"]
    report = load("plans", [{**PLAN, "Mã kế hoạch": "KH", "Mã tổ chức": "T-H1"}], name="thử", actor=staff)
    assert [fault.cell for fault in report.faults] == ["dòng 2, cột Mã kế hoạch"]
    assert Plan.objects.get(code="K").committee is None


def test_a_batch_is_undone_within_reach_alone(plan, give):
    staff, other = give("mot", "staff", "T-H1"), give("hai", "staff", "T-H2")
    batch = load("quotas", [ROWS["quotas"]("T-H1")], name="thử", actor=staff).batch
    with pytest.raises(NoSuchBatch):
        unload(batch, actor=other)
    assert Quota.objects.count() == 1
    assert unload(batch, actor=staff).removed == 1


def test_a_committee_that_ended_is_taken_back_by_whom_it_stood_under(plan, give):
    staff = give("can-bo", "staff", "T-H1")
    row = ROWS["committees"]("T-H1-X") | {"Từ ngày": "01/01/2005", "Đến ngày": "31/12/2009"}
    done = unload(load("committees", [row], name="thử", actor=staff).batch, actor=staff)
    assert done.removed == 2 and done.kept == []


def test_the_command_asks_for_a_known_account(plan, run, workbook):
    path = workbook("headcounts", [ROWS["headcounts"]("T")])
    ran = run("load", "headcounts", path, "--as", "khong-co", "--json")
    assert (ran.code, len(ran.err), len(ran.json["faults"])) == (2, 1, 1)
    with journal.pen(None, "test"):
        Account(username="nghi", is_active=False).save()
    assert run("load", "headcounts", path, "--as", "nghi").code == 2
    assert Person.objects.count() == 0


# Beyond the reach -------------------------------------------------------------------------------------

HERS = {"Số định danh cá nhân": "079190000123"}
FOLLOWED = ROWS["candidates"]


def at(code):
    return Committee.objects.get(code=code)


def met():
    rows = Entry.objects.filter(chain=Entry.READS, deed="number-met").order_by("number")
    return [
        (entry.about, entry.committee.code, json.loads(entry.payload))
        for entry in rows.select_related("committee")
    ]


def test_what_lies_elsewhere_by_now_is_not_taken_back(plan, give, client):
    """A cell moved to another district since: what the load made and changed there stays, and is told without a name."""
    staff = give("can-bo", "staff", "T-H1")
    cell = make.make_committee("T-H1-X-3", parent=at("T-H1-X"))
    names = {"T-H1-X-1": "Lê Văn Tám", "T-H1-X-3": "Ngô Văn Chín"}
    listed = [{**FOLLOWED(code), "Họ và tên": name} for code, name in names.items()]
    first = load("candidates", listed, name="thử", actor=staff).batch
    native = {"Quê quán": "Xã Láng Dài"}
    rows = [{**ROWS["admissions"](code), "Họ và tên": name, **native} for code, name in names.items()]
    batch = load("admissions", rows, name="thử", actor=staff).batch
    make.place(cell, Kind.CELL, at("T-H2"), since=vietnamese.today())
    client.force_login(staff)
    page = client.get(f"/imports/batches/{batch}/").content.decode()
    assert "nay thuộc nơi khác" in page and "Ngô Văn Chín" not in page
    said = undo.look(Batch.objects.get(pk=batch), Access(staff))
    done = unload(batch, actor=staff)
    assert (sum(said.going.values()), sum(said.restored.values())) == (done.removed, done.restored)
    assert said.kept == done.kept
    assert {(label.partition(".")[2], why) for label, _pk, why in done.kept} == {
        (label, undo.ELSEWHERE) for label in ("admission", "candidacy", "person", "step")
    }
    here, there = (Candidacy.objects.get(person__full_name=name) for name in names.values())
    assert (here.stage, here.person.native_place) == ("source", "")
    assert (there.stage, there.person.native_place) == ("decided", "Xã Láng Dài")
    assert list(Admission.objects.values_list("cell__code", flat=True)) == ["T-H1-X-3"]
    unload(first, actor=staff)
    assert list(Candidacy.objects.all()) == [there] and list(Person.objects.all()) == [there.person]


@pytest.mark.parametrize("long", [False, True])
def test_whom_a_file_asks_of_elsewhere_is_told_there_and_not_written_over(
    plan, give, client, monkeypatch, long
):
    monkeypatch.setattr(running, "LONG", 0 if long else 10)
    monkeypatch.setattr(jobs, "PLANNERS", [])
    load("candidates", [FOLLOWED("T-H2-C") | HERS], name="nền")
    her = Person.objects.get()
    client.force_login(give("can-bo", "staff", "T-H1"))
    row = FOLLOWED("T-H1-X-1") | {"Quê quán": "Xã Láng Dài"}
    about = (f"recruitment.person:{her.pk}", "T-H2-C", {})
    where = uploaded(client, "candidates", [row | HERS | {"Họ và tên": "Ai Khác"}])
    jobs.drain()
    assert client.get(where).context["page"].bad_count == 1 and met() == [about]
    where = uploaded(client, "candidates", [row | HERS])
    jobs.drain()
    assert client.get(where).context["page"].ready == 1 and met() == [about] * 2
    applied(client, where)
    jobs.drain()
    assert Candidacy.objects.filter(person=her).count() == 2 and met() == [about] * 3
    her.refresh_from_db()
    assert her.native_place == ""
    nobody = FOLLOWED("T-H1-X-1") | {"Họ và tên": "Ai Đó", "Số định danh cá nhân": "079190000999"}
    client.get(uploaded(client, "candidates", [nobody]))
    jobs.drain()
    assert len(met()) == 3, "a number that is nobody's is nobody's affair"


def test_a_file_that_asks_of_too_many_elsewhere_is_told_of_none(plan, give, client, monkeypatch):
    monkeypatch.setattr(beyond, "MOST_MET", 1)
    numbers = [{"Số định danh cá nhân": f"07919000012{k}"} for k in (3, 4, 5)]
    load("candidates", [FOLLOWED("T-H2-C") | {"Họ và tên": f"Ai {n}"} | one for n, one in zip("AB", numbers, strict=False)], name="nền")  # fmt: skip
    client.force_login(give("can-bo", "staff", "T-H1"))
    where = uploaded(client, "candidates", [FOLLOWED("T-H1-X-1") | one for one in numbers])
    answer = client.get(where)
    page = answer.context["page"]
    assert (page.bad_count, page.new, page.ready) == (0, 3, 0) and "gửi tệp lên cấp trên" in text(answer)
    assert "Cả tệp" in text(answer) and "tiêu đề trước khi nhập" not in text(answer)
    assert met() == [("import:candidates", "T-H2-C", {"count": 2})]
    assert applied(client, where).status_code == 409 and Candidacy.objects.count() == 2


def test_an_old_file_writes_nothing_over_what_another_committee_follows_by_now(plan, give):
    load("candidates", [FOLLOWED("T-H1-X-1") | HERS], name="nền")
    candidacy = Candidacy.objects.get()
    with journal.pen(None, "test"):
        FormerCell(candidacy=candidacy, cell=at("T-H1-X-1"), until=vietnamese.today()).save()
        candidacy.cell = at("T-H2-C")
        candidacy.save()
    changed = FOLLOWED("T-H1-X-1") | HERS | {"Học vấn": "12/12", "Đảng viên giúp đỡ": "Ai Đó"}
    report = load("candidates", [changed], name="thử", actor=give("can-bo", "staff", "T-H1"))
    assert (report.same, report.changed, report.faults) == (1, 0, [])
    assert met() == [(f"recruitment.person:{candidacy.person_id}", "T-H2-C", {})]
