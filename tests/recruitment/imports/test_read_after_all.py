"""A row that was taken for no data is read after all, because somebody who sees it says so."""

import pytest

from recruitment.models import Admission, Batch, Upload

from .test_edits import controls
from .test_pages import ADMITTED, applied, cast, text, uploaded  # noqa: F401 - a fixture


@pytest.mark.django_db
def test_a_row_passed_over_is_read_after_all_mended_loaded_or_taken_back(cast):  # noqa: F811
    alice, bob = cast["alice"], cast["bob"]
    where = uploaded(alice, "admissions", [ADMITTED, {"Họ và tên": "Tổng cộng"}])
    page = alice.get(where)
    assert page.context["page"].ready == 1 and 'name="read" value="3"' in text(page)
    digest = Upload.objects.get().digest
    assert bob.post(f"{where}edits/", {"read": "3"}).status_code == 404 and Upload.objects.get().edits == {}
    alice.post(f"{where}edits/", {"read": ["3", "2", "99", "x"]})
    assert Upload.objects.get().edits.keys() == {"3"}, "only what was passed over"
    page = alice.get(where)
    assert page.context["page"].bad_count == 1 and not page.context["page"].reading
    [told] = page.context["mended"]
    assert (told.row, told.column, told.says) == ("3", "", "Đọc dòng này")
    alice.post(f"{where}edits/", {"back": told.back})
    assert alice.get(where).context["page"].ready == 1 and Upload.objects.get().edits == {}
    alice.post(f"{where}edits/", {"read": "3"})
    page = alice.get(where)
    assert alice.get(f"{where}rows/3/").status_code == 200
    sent = {name: ADMITTED[heading] for (_, heading), (name, _) in controls(page).items()}
    alice.post(f"{where}edits/", sent)
    assert alice.get(where).context["page"].ready == 2
    assert applied(alice, where).status_code == 302 and Admission.objects.count() == 2
    assert Batch.objects.get(kind="admissions").digest == digest, "the same file is known again"
