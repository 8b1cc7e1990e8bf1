"""What befalls a scan when what it is of, or the dossier it lies in, is taken back."""

import pytest

from recruitment import columns
from recruitment.models import Paper
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


def test_a_move_is_not_taken_back_where_the_cell_of_arrival_has_scanned(candidacy):
    there = actions.move_away(
        candidacy, on=make.date(2025, 9, 1), to_cell=candidacy.other, snapshot=columns.current(), by=None
    )
    moved = candidacy.papers.get(kind="moved")
    make_scan(there)
    with pytest.raises(actions.Refused, match="Nơi đến đã ghi thêm"):
        actions.take_back(moved, reason="nhầm", snapshot=columns.current(), by=None)
    assert scans.of(there)
