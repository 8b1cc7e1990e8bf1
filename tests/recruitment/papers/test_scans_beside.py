"""What befalls a scan when what it is of, or the dossier it lies in, is taken back."""

import pytest
from django.db import connection

from recruitment import columns
from recruitment.models import Paper, Scan
from recruitment.papers import scans
from recruitment.papers.folder_scans import folder
from recruitment.pipeline import actions
from tests import factories as make
from tests.factories_papers import make_scan, picture


@pytest.fixture
def candidacy(db):
    at = make.make_province(communes=1, cells=2)
    made = make.make_candidacy(at["T-1-1-1"], make.date(2025, 8, 1))
    made.other = at["T-1-1-2"]
    return made


def test_a_paper_taken_back_leaves_its_picture_under_its_title(candidacy):
    paper = make.make_paper(candidacy, "opinion_home", make.date(2025, 10, 1))
    scan = make_scan(candidacy, paper=paper, title="Ý kiến nơi cư trú")
    gone = make_scan(candidacy, picture(9), paper=paper)
    scans.drop(gone, why="Mờ", by=None)
    actions.take_back(paper, reason="ghi nhầm", snapshot=columns.current(), by=None)
    assert not Paper.objects.exists()
    (line,) = folder(candidacy).lines
    assert (line.scan.pk, line.scan.title, line.scan.paper_id, line.of) == (
        scan.pk,
        "Ý kiến nơi cư trú",
        None,
        "",
    )
    assert scans.content(line.scan) == picture()


@pytest.fixture
def moved(candidacy):
    """What the other cell goes on with, of a dossier with a paper that goes along and one that was voted on; all scanned."""
    for shade, kind in enumerate(("application", "cell_vote"), 1):
        make_scan(
            candidacy,
            picture(shade),
            paper=make.make_paper(candidacy, kind, make.date(2025, 8, 20)),
            title=kind,
        )
    make_scan(candidacy, picture(3), title="Bằng tốt nghiệp")
    return actions.move_away(
        candidacy, on=make.date(2025, 9, 1), to_cell=candidacy.other, snapshot=columns.current(), by=None
    )


def take_back(candidacy):
    paper = candidacy.papers.get(kind="moved")
    actions.take_back(paper, reason="nhầm", snapshot=columns.current(), by=None)


def test_scans_go_along_with_the_dossier_and_go_when_the_move_never_was(candidacy, moved):
    there = scans.of(moved)
    assert [(one.title, one.paper and one.paper.candidacy_id) for one in there] == [
        ("application", moved.pk),
        ("Bằng tốt nghiệp", None),
    ]
    assert [scans.content(one) for one in there] == [picture(1), picture(3)]
    assert len(scans.of(candidacy)) == 3, "the cell of departure keeps what it sent"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE recruitment_scan SET digest = 'other' WHERE id = %s", [there[0].pk])
    there[0].refresh_from_db()
    with pytest.raises(scans.Spoilt):
        scans.content(there[0])
    take_back(candidacy)
    assert not Scan.objects.filter(candidacy_id=moved.pk).exists()
    assert [scans.content(one) for one in scans.of(candidacy)] == [picture(shade) for shade in (1, 2, 3)]


def test_a_move_is_not_taken_back_where_the_cell_of_arrival_scanned_more(candidacy, moved):
    make_scan(moved, picture(99))
    with pytest.raises(actions.Refused, match="Nơi đến đã ghi thêm"):
        take_back(candidacy)
    assert len(scans.of(moved)) == 3
