"""Lists of persons that go with a proposal (danh sách trích ngang): dossiers a body is to decide on, learners a class is
proposed to take. No ethnicity, no religion, no citizen's number: who must state them writes them in by hand."""

from types import SimpleNamespace

from committees.vietnamese import day, number, percent, percent_text

from ..models import Course, Sex, is_demo
from ..pipeline import evidence
from ..pipeline.lists import Names
from ..quotas.listing import CHUNK
from ..quotas.question import ask
from ..rules import papers, votes
from .annual_words import head
from .base import DAY, ORDINAL, Column, Report, Row, Sheet

UNSAID = "Danh sách không ghi dân tộc, tôn giáo, quê quán, nơi ở; nơi nào cần thì bổ sung sau khi tải."
_BY_BODY = {"youth": "Đoàn TN cơ sở", "union": "Công đoàn cơ sở"}
_CONCLUDED = {papers.PASS: "Đạt", papers.WAIT: "Chờ", papers.FAIL: "Không đạt"}
_WHO = (
    Column("tt", "TT", ORDINAL, 5),
    Column("name", "Họ và tên", width=20),
    Column("man", "Nam", DAY, 11, under="Ngày sinh"),
    Column("woman", "Nữ", DAY, 11, under="Ngày sinh"),
    Column("occupation", "Nghề nghiệp", width=14),
    Column("education", "GDPT", width=8, under="Trình độ"),
    Column("qualification", "CM", width=11, under="Trình độ"),
    Column("youth", "Đoàn viên", width=6),
)
_ADMISSION = (
    *_WHO,
    Column("cell", "Chi bộ", width=18),
    Column("introduced", "Người, tổ chức giới thiệu", width=20),
    Column("certificate", "Chứng nhận lớp nhận thức", width=12),
    Column("cell_vote", "Chi bộ họp, tán thành", width=15),
    Column("base_vote", "Đảng ủy cơ sở họp, tán thành", width=15),
    Column("appraisal", "Thẩm định", width=12),
)
_CLASS = (*_WHO, Column("cell", "Chi bộ giới thiệu", width=32), Column("note", "Ghi chú", width=20))


def proposed(waiting):
    """The Report of one queue (`pipeline.queue_pages.Waiting`, of PROPOSED) in its order. A dozen queries for every 500."""
    question, structure = waiting.question, waiting.snapshot.structure
    called, chosen, rows = Names(waiting.snapshot, question.tree), waiting.chosen, []
    for at in range(0, len(chosen), CHUNK):
        some = chosen.fetch(chosen.indexes[at : at + CHUNK])
        told = evidence.facts_of_many(some, structure, question.on)
        for record in some:
            cells = _dossier(record, told[record.pk]) | {"cell": called.of(record, question.on)}
            rows.append(_row(record.pk, len(rows) + 1, record.person, cells))
    title = "Danh sách trích ngang đề nghị kết nạp đảng viên"
    counted = f"{number(len(rows))} người, hàng “{waiting.queue.label}” ngày {day(question.on)}."
    return _report(question, f"trich-ngang-{waiting.name}-{question.code}", title, counted, _ADMISSION, rows)


def of_class(page, snapshot):
    """The Report of the learners of a class (`courses.pages.CoursePage`), by name. Two queries besides the page's."""
    course, rows = page.course, []
    for learner in page.learners:
        rows.append(_row(learner.participant.pk, len(rows) + 1, learner.person, {"cell": learner.cell}))
    kind = "nhận thức về Đảng" if course.kind == Course.Kind.AWARENESS else "đảng viên mới"
    title = f"Danh sách trích ngang đề nghị đi học lớp bồi dưỡng {kind}"
    question, _progress = ask(snapshot, course.committee.code, on=page.on)
    said = f"{number(len(rows))} người. {course.name}, {day(course.opened_on)} – {day(course.closed_on)}."
    return _report(question, f"trich-ngang-lop-{course.pk}", title, said, _CLASS, rows)


def _report(question, name, title, finding, columns, rows):
    left, right, signers = head(
        SimpleNamespace(tree=question.tree, position=question.position, question=question, today=question.on)
    )
    sheet = Sheet(
        "trich_ngang", "Trích ngang", "Danh sách", columns, rows, notes=(UNSAID,), wide=True, signed=True,
        empty="Chưa có ai trong danh sách.",
    )  # fmt: skip
    notices = ("Bản trình diễn: họ tên, ngày sinh là giả.",) if is_demo() else ()
    period = f"Ngày {day(question.on)}"
    return Report(
        name, title, question.name, period, finding, [sheet], notices, left=left, right=right, signers=signers
    )


def _row(key, tt, person, cells):
    woman = person.sex == Sex.FEMALE
    who = {
        "tt": tt, "name": person.full_name, "woman" if woman else "man": person.born, "occupation": person.occupation,
        "education": person.education, "qualification": person.qualification, "youth": "x" if person.union_member else "",
    }  # fmt: skip
    return Row(str(key), who | cells)


def _dossier(candidacy, facts):
    """{column: words} of what its papers say. No query: the facts prefetched them."""
    certificates = candidacy.person.certificates.all()
    held = [one for one in certificates if one.kind == Course.Kind.AWARENESS]
    last = max(held, key=lambda one: one.issued_on, default=None)
    appraisal = facts.last("appraisal")
    return {
        "introduced": _introduced(facts),
        "certificate": ", ".join(filter(None, [last.number, day(last.issued_on)])) if last else "",
        "cell_vote": _vote(facts.last("cell_vote")),
        "base_vote": _vote(facts.last("base_vote")),
        "appraisal": f"{_CONCLUDED.get(appraisal.result, '')}, {day(appraisal.on)}" if appraisal else "",
    }


def _introduced(facts):
    """Who introduces them; whoever came in another's place is marked, the papers do not say in whose."""
    named = [(paper.said.get("introducer"), paper.said.get("replaces")) for paper in facts.of("introduction")]
    members = [f"{name} (thay)" if instead else name for name, instead in named if name]
    bodies = [_BY_BODY[paper.kind] for paper in facts.of(*_BY_BODY)]
    return ", ".join(dict.fromkeys([*members, *bodies]))


def _vote(paper):
    """ "01/09/2026, 9/9 (100,00 %)": of all entitled, as the rules count; the day alone where no counts were kept."""
    if paper is None:
        return ""
    members, agreed = paper.count("members"), paper.count("in_favour")
    if not members or agreed is None:
        return day(paper.on)
    whole = votes.entitled(members, paper.count("away") or 0, paper.count("exempt") or 0)
    if not whole:
        return day(paper.on)
    return f"{day(paper.on)}, {agreed}/{whole} ({percent_text(percent(agreed, whole))})"
