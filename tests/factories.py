"""Rows for tests: plain functions, each holding the pen once (or sharing the caller's), with plausible defaults."""

from contextlib import nullcontext
from datetime import date, timedelta
from hashlib import blake2b
from io import BytesIO
from itertools import count

from django.utils import timezone

from committees import access, accounts, drafting, journal, vietnamese
from committees.models import (
    Account,
    Committee,
    Coverage,
    Flow,
    Headcount,
    Kind,
    Mandate,
    Placement,
    Settlement,
    Succession,
)
from committees.models.penned import held
from committees.vietnamese import fold
from recruitment import background, jobs
from recruitment.figures.gaps import Gap
from recruitment.imports.load import read
from recruitment.models import (
    Admission,
    Allotment,
    Allowance,
    Batch,
    Candidacy,
    Certificate,
    Course,
    Criterion,
    Declaration,
    FrozenReport,
    Group,
    Job,
    Letter,
    Mentorship,
    Merge,
    Paper,
    Participant,
    Person,
    Plan,
    Portion,
    Quota,
    ReportedFigure,
    ReportPeriod,
    Review,
    Sourceless,
    Stage,
    Submission,
    Upload,
)
from recruitment.periods.freezing import freeze
from recruitment.pipeline import actions
from recruitment.reports import filing
from recruitment.reports.base import Column, Report, Row, Sheet
from recruitment.sheets.xlsx import write_rows

PASSWORD = "mat-khau-thu-1"
BORN = date(1990, 3, 14)
_names = count(1)


def _pen(deed="test"):
    return journal.pen(None, deed) if held.get() is None else nullcontext()


def _saved(row):
    with _pen():
        row.save()
    return row


def make_committee(
    code, kind=Kind.CELL, parent=None, *, name="", since=Placement.BEGINNING, until=None, organisation_type=""
):
    """A committee with one placement, [since, until) half-open."""
    with _pen():
        committee = Committee(code=code)
        committee.save()
        Placement(
            committee=committee, name=name or f"Tổ chức {code}", kind=kind, parent=parent, since=since,
            until=until, organisation_type=organisation_type,
        ).save()  # fmt: skip
    return committee


def place(committee, kind, parent, *, name="", since, until=None):
    """Another placement of a committee; the running one ends on `since`."""
    with _pen():
        for running in Placement.objects.filter(committee=committee, until=None):
            running.until = since
            running.save()
        return _saved(
            Placement(
                committee=committee,
                name=name or f"Tổ chức {committee.code}",
                kind=kind,
                parent=parent,
                since=since,
                until=until,
            )  # fmt: skip
        )


def end_committee(committee, day, heir=None):
    """The committee's last day is the one before `day`; `heir` answers for it from then on."""
    with _pen():
        for running in Placement.objects.filter(committee=committee, until=None):
            running.until = day
            running.save()
        if heir is not None:
            Succession(old=committee, heir=heir, day=day).save()


def make_province(code="T", *, districts=1, communes=1, cells=1):
    """A province of the old map: {code: Committee} with T, T-1, T-1-1 (đảng bộ cơ sở), T-1-1-1 (chi bộ) …"""
    made = {}

    def make(key, kind, parent):
        made[key] = make_committee(key, kind, parent)
        return made[key]

    with _pen():
        top = make(code, Kind.PROVINCE, None)
        for a in range(1, districts + 1):
            district = make(f"{code}-{a}", Kind.UPPER, top)
            for b in range(1, communes + 1):
                commune = make(f"{code}-{a}-{b}", Kind.GRASSROOTS_PARTY, district)
                for c in range(1, cells + 1):
                    make(f"{code}-{a}-{b}-{c}", Kind.CELL, commune)
    return made


def make_person(full_name="", *, sex="M", born=BORN, **traits):
    """A person; without a name, one that no other test person bears."""
    return _saved(
        Person(full_name=full_name or f"Nguyễn Văn Thử {next(_names)}", sex=sex, born=born, **traits)
    )


def make_admission(
    cell, decided_on, *, person=None, full_name="", candidacy=None, organisation_type="", **facts
):
    """An admission with its snapshot of the person. facts: dates and number of the Admission, or the person's traits."""
    dates = {
        name: facts.pop(name)
        for name in (
            "decision_number",
            "received_on",
            "ceremony_on",
            "official_on",
            "cancelled_on",
            "cancel_reason",
            "arrived_on",
            "issuer",
        )
        if name in facts
    }
    with _pen():
        person = person or make_person(full_name, **facts)
        return _saved(
            Admission(
                person=person,
                cell=cell,
                candidacy=candidacy,
                decided_on=decided_on,
                organisation_type=organisation_type,
                **dates,
                **person.traits(),
            )  # fmt: skip
        )


def make_admissions(cell, n, first, *, every=1, **facts):
    """n admissions, the first decided on `first`, then one each `every` days."""
    with _pen():
        return [make_admission(cell, first + timedelta(days=every * k), **facts) for k in range(n)]


def make_candidacy(cell, entered_on, *steps, person=None, full_name="", mentor="", **traits):
    """A candidacy with its road: source on the day it was entered, then the (stage, day) given."""
    with _pen():
        person = person or make_person(full_name, **traits)
        candidacy = Candidacy(person=person, cell=cell, entered_on=entered_on)
        actions.enter_many([(candidacy, [(Stage.SOURCE, entered_on), *steps])])
        if mentor:
            Mentorship(candidacy=candidacy, mentor=mentor, since=entered_on).save()
    return candidacy


def make_paper(candidacy, kind, on, **facts):
    """A paper of the dossier as it lies there, unjudged: the stage is not touched."""
    return _saved(Paper(candidacy=candidacy, kind=kind, on=on, **facts))


def make_review(candidacy, on, **facts):
    """What a mentor noted on a day."""
    return _saved(Review(candidacy=candidacy, on=on, **facts))


def make_letter(candidacy, sent_on, to="Đảng ủy xã bên", **facts):
    """A letter of verification, due after 45 days."""
    facts.setdefault("due_on", sent_on + timedelta(days=45))
    return _saved(Letter(candidacy=candidacy, sent_on=sent_on, to=to, **facts))


def tell_step(candidacy, stage, on, *, by=None):
    """The candidacy reached a stage on a day, told without papers as a workbook tells it. Returns it as it stands."""
    with journal.pen(by, "test") if held.get() is None else nullcontext():
        fresh = Candidacy.objects.get(pk=candidacy.pk)
        actions.advance(fresh, stage, on=on)
    candidacy.stage, candidacy.stamp = fresh.stage, fresh.stamp
    return candidacy


def make_certificate(cell, issued_on, *, person=None, **facts):
    with _pen():
        return _saved(Certificate(person=person or make_person(), cell=cell, issued_on=issued_on, **facts))


def make_course(committee, opened_on=date(2012, 5, 7), closed_on=None, *, name="Lớp thử", **facts):
    """A class of five days."""
    closed_on = closed_on or opened_on + timedelta(days=4)
    return _saved(Course(committee=committee, opened_on=opened_on, closed_on=closed_on, name=name, **facts))


def make_participant(course, cell, *, person=None, full_name="", **facts):
    with _pen():
        return _saved(Participant(course=course, cell=cell, person=person or make_person(full_name), **facts))


def make_plan(code, committee=None, *, first=date(2011, 1, 1), last=date(2015, 12, 31), name="", **about):
    """A plan from `first` to `last`, both inclusive."""
    about.setdefault("issuer", "Tỉnh ủy")
    return _saved(
        Plan(
            code=code,
            name=name or f"Kế hoạch {code}",
            committee=committee,
            since=first,
            until=last + timedelta(days=1),
            **about,
        )  # fmt: skip
    )


def make_quota(
    plan, committee, low=None, *, high=None, rate=None, group=None, effective_on=None, document="", **said
):
    """A target from `effective_on` (the plan's first day by default); group by code."""
    return _saved(
        Quota(
            plan=plan,
            committee=committee,
            low=low,
            high=high,
            rate=rate,
            group=Group.objects.get(code=group) if group else None,
            effective_on=effective_on or plan.since,
            document=document,
            **said,
        )  # fmt: skip
    )


def make_group(name, *conditions, committee=None, code="", ended_on=None):
    """A group of these conditions; a department's own where a committee is named."""
    return _saved(
        Group(
            code=code or fold(name).replace(" ", "-"), name=name, predicate=list(conditions), order=1000,
            committee=committee, ended_on=ended_on,
        )
    )  # fmt: skip


def make_allotment(plan, committee, child, number, *, name="Phương án thử", method="hand"):
    """A draft of a committee that gives one unit a number."""
    with _pen():
        allotment = _saved(Allotment(plan=plan, committee=committee, name=name, method=method))
        Portion(allotment=allotment, committee=child, number=number, suggested=number).save()
    return allotment


def make_declaration(plan, candidacy, on, *, withdrawn_on=None):
    """A candidate declared for a plan on a day."""
    return _saved(Declaration(plan=plan, candidacy=candidacy, on=on, withdrawn_on=withdrawn_on))


def make_sourceless(
    committee, since, *, until=None, cause="Quần chúng đi làm ăn xa", measure="", document=""
):
    """A mark that the committee has no source, [since, until) half-open."""
    return _saved(
        Sourceless(
            committee=committee, since=since, until=until, cause=cause, measure=measure, document=document
        )
    )


def make_reported(committee, indicator, value, first, last, *, group=None, source="Báo cáo thử"):
    """A reported figure for the days from `first` to `last`, both inclusive."""
    return _saved(
        ReportedFigure(
            committee=committee,
            indicator=indicator,
            value=value,
            since=first,
            until=last + timedelta(days=1),
            group=Group.objects.get(code=group) if group else None,
            source=source,
        )  # fmt: skip
    )


def make_gap(committee, said=36, other=35, *, year=2012, indicator="Phát thẻ"):
    """Two sources that tell two numbers of one thing in a year; the key of the difference."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    make_reported(committee, indicator, other, first, last, source="Báo cáo của cấp trên")
    make_reported(committee, indicator, said, first, last, source="Báo cáo của đơn vị")
    until = date(year + 1, 1, 1)
    return Gap("sources", committee.pk, indicator, None, first, until, said, "", other, "", None).key


def make_criterion(committee, text="Xếp loại lao động tiên tiến", *, since=date(2012, 1, 1), until=None):
    return _saved(Criterion(committee=committee, text=text, since=since, until=until))


def make_reorganisation(committee, *acts, name="Đợt thử", day=date(2012, 7, 1), document="1-QĐ/TU", by=None):
    """A draft of a committee; without acts, one that gives it another name."""
    acts = acts or ({"Việc": "Đổi tên", "Mã tổ chức": committee.code, "Tên mới": "Tên khác"},)
    return drafting.draft(by=by, committee=committee, name=name, day=day, document=document, acts=acts)


def make_headcount(committee, day, members, probationary=None):
    return _saved(Headcount(committee=committee, day=day, members=members, probationary=probationary))


def make_account(username, role=None, committee=None, *, since=date(2000, 1, 1), until=None, full_name=""):
    """An account that signs in with PASSWORD, and a mandate if a role is named."""
    account, _code = accounts.open_account(username, by=None, full_name=full_name or username)
    accounts.set_password(account, PASSWORD, by=None)
    if role:
        make_mandate(account, role, committee, since=since, until=until)
    return Account.objects.get(pk=account.pk)


def make_mandate(account, role, committee=None, *, since=date(2000, 1, 1), until=None):
    """A role in a committee, [since, until) half-open; no committee: the whole register."""
    return _saved(Mandate(account=account, committee=committee, role=role, since=since, until=until))


def make_workbook(headings, rows):
    """The bytes of an .xlsx with those headings and rows (dicts)."""
    file = BytesIO()
    write_rows(file, "", headings, [[row.get(heading) for heading in headings] for row in rows])
    return file.getvalue()


def make_upload(account, kind, rows, *, name="tệp.xlsx", made_at=None):
    """A workbook of that KIND waiting on the account's desk; its columns are the keys of the first row."""
    content = make_workbook(list(rows[0]), rows)
    source = read(kind, BytesIO(content), name)
    with _pen():
        upload = Upload(
            account=account, kind=kind, name=name, digest=source.digest, content=content,
            made_at=made_at or timezone.now(),
        )  # fmt: skip
        Upload.objects.bulk_create([upload])
    return upload


def make_batch(committee, kind, *, name="tệp.xlsx", by=None):
    """A loaded batch that made nothing, of the committee."""
    with journal.pen(by, "load", committee=committee):
        return _saved(Batch(kind=kind, name=name, digest="0" * 64, rows=1))


def door(account):
    """What the account may do today, as a request would ask it."""
    return access.Access(account)


def make_merge(kept, **said):
    """Somebody who was recorded twice: a record merged into this one, with nothing of its own that moved."""
    with _pen():
        gone = make_person(merged_into=kept, **said)
        return _saved(Merge(kept=kept, gone=gone))


def make_settlement(
    code, committee, state="none", cell=None, *, name="", kind="thon", since=date(2010, 1, 1), until=None
):
    """A settlement with one row of coverage, [since, until) half-open."""
    with _pen():
        settlement = _saved(Settlement(code=code, name=name or f"Thôn {code}", kind=kind))
        Coverage(
            settlement=settlement, committee=committee, state=state, cell=cell, since=since, until=until
        ).save()
    return settlement


def make_flow(committee, since, until, **counts):
    """Members who came and went in [since, until)."""
    return _saved(Flow(committee=committee, since=since, until=until, **counts))


def make_period(committee, year=2012, *, reach="cells", name="", due_on=None):
    """A period of a year that a committee opened, whatever stands below it."""
    return _saved(
        ReportPeriod(
            committee=committee, name=name or f"Năm {year}", since=date(year, 1, 1), until=date(year + 1, 1, 1),
            due_on=due_on or date(year + 1, 1, 20), reach=reach,
        )
    )  # fmt: skip


def make_submission(period, committee, *, state="submitted", number=1, by=None, as_of=0, report=None):
    """A report that was sent, frozen with its papers; without one, a report of one line."""
    sheet = Sheet(
        "tong_hop", "Tổng hợp", "Tổng hợp", (Column("name", "Nội dung"),), [Row("one", {"name": "Một"})]
    )
    report = report or Report("bao-cao", "Báo cáo thử", committee.code, "", "Không có gì.", [sheet])
    with _pen():
        row = Submission(
            period=period, committee=committee, number=number, state=state, sent_by=by, sent_at=timezone.now(),
            as_of=as_of, judged_at=timezone.now() if state in {"accepted", "returned"} else None,
        )  # fmt: skip
        row.save()
        FrozenReport.objects.bulk_create([
            FrozenReport(submission=row, digest=one.digest, **vars(one))
            for whole in (True, False)
            for one in freeze(report, whole=whole)
        ])  # fmt: skip
    return row


def make_allowance(period, committee, *, kind="later", days=3):
    """An exception that runs from today for so many days."""
    today = vietnamese.today()
    return _saved(
        Allowance(
            period=period, committee=committee, kind=kind, since=today, last_day=today + timedelta(days=days),
            reason="Bão lũ",
        )
    )  # fmt: skip


def make_job(account, kind, args, *, due=timedelta(days=1)):
    """A job of the account that no worker takes before tomorrow."""
    key = f"{kind}:{blake2b(repr(args).encode(), digest_size=12).hexdigest()}"
    return _saved(Job(kind=kind, key=key, account=account, args=args, due_at=timezone.now() + due))


def make_file(account, name, query="", form="csv"):
    """A list as a file, made in the background for the account; its Job."""
    job = background.ask(filing.KIND, by=account, args={"name": name, "form": form, "query": query})
    jobs.run(jobs.claim())
    return job
