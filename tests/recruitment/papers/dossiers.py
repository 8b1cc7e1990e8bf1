"""The two dossiers of the demo with every paper of the road, in a tree just as large as they need, on a fixed day."""

from datetime import date

from committees.models import Kind
from recruitment import columns
from recruitment.imports import papers_said
from recruitment.models import Candidacy
from recruitment.papers import case as cases
from recruitment.papers import catalogue, filling
from tests import factories as make

TODAY = date(2026, 11, 30)
TREE = (
    ("BRVT", Kind.PROVINCE, None, "Đảng bộ tỉnh Bà Rịa – Vũng Tàu"),
    ("BRVT-DD", Kind.UPPER, "BRVT", "Đảng bộ huyện Đất Đỏ"),
    ("BRVT-DD-008", Kind.GRASSROOTS_PARTY, "BRVT-DD", "Đảng bộ xã Phước Long Thọ"),
    (papers_said.BASE_CELL, Kind.CELL, "BRVT-DD-008", "Chi bộ ấp Phước Sơn"),
    ("BRVT-K2", Kind.UPPER, "BRVT", "Đảng bộ Khối Doanh nghiệp tỉnh"),
    ("BRVT-K2-001", Kind.GRASSROOTS_PARTY, "BRVT-K2", "Đảng bộ Công ty Thử"),
    ("BRVT-K2-001-BP", Kind.SECTION, "BRVT-K2-001", "Đảng bộ bộ phận Khối sản xuất"),
    (papers_said.SECTION_CELL, Kind.CELL, "BRVT-K2-001-BP", "Chi bộ Đội 2"),
)


def build():
    """{code: Committee}, the two dossiers in place."""
    made = {}
    for code, kind, above, name in TREE:
        made[code] = make.make_committee(code, kind, made.get(above), name=name)
    assert papers_said.play_papers(TODAY)
    return made


def case(form, name="", given=None):
    """A Case of a form: of the dossier that has its papers, or of the named person."""
    names = [name] if name else [person[1] for person in papers_said.PEOPLE]
    found = None
    for one in names:
        pk = Candidacy.objects.get(person__full_name=one).pk
        found = cases.Case(cases.candidacy(pk), columns.current(), form, given, today=TODAY)
        if found.told(catalogue.forms()[form][-1].on):
            return found
    return found


def document(form, name="", given=None):
    """The Document of a form, filled."""
    told = case(form, name, given)
    return filling.fill(told, filling.edition_for(told, form))
