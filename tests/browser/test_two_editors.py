"""Two people change the same record in two browsers: the second sees both versions side by side, loses nothing of what
was typed, and saves again."""

import re

import pytest
from playwright.sync_api import expect

from .reading import headings, text_of

pytestmark = pytest.mark.django_db(transaction=True)


def both_versions(page):
    """{what: (mine, theirs)} as the page sets them side by side."""
    rows = page.locator(".ask table tbody tr").all()
    return {
        text_of(row.locator("th")): tuple(text_of(cell) for cell in row.locator("td").all()) for row in rows
    }


@pytest.fixture
def editors(enter, world):
    """(page of a clerk of the district, page of a clerk of the province), opened at the same address."""

    def open_both(address, size):
        first = enter(world.people["district"], start=address)
        second = enter(world.people["staff"], size, start=address, refused=[409])
        return first, second

    return open_both


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_person_changed_by_two(editors, check_page, world, size):
    person = world.few[0].person
    first, second = editors(f"/people/{person.pk}/edit/", size)
    with first as one, second as two:
        one.fill("#id_occupation", "Giáo viên")
        two.fill("#id_occupation", "Công nhân")
        two.fill("#id_qualification", "Đại học")
        one.get_by_role("button", name="Lưu thông tin").click()
        expect(headings(one)).to_have_text(person.full_name)

        two.get_by_role("button", name="Lưu thông tin").click()
        expect(two).to_have_title(re.compile("^Lỗi:"))
        asked = two.get_by_role("alert")
        expect(asked).to_contain_text(re.compile(r"huyen đã sửa bản ghi này lúc \d\d:\d\d"))
        check_page(two)
        assert both_versions(two) == {
            "Nghề nghiệp": ("Công nhân", "Giáo viên"),
            "Chuyên môn": ("Đại học", "–"),
        }
        expect(two.locator("#id_occupation")).to_have_value("Công nhân")
        expect(two.locator("#id_qualification")).to_have_value("Đại học")
        person.refresh_from_db()
        assert (person.occupation, person.qualification) == ("Giáo viên", ""), "nothing saved yet"

        two.get_by_role("button", name="Lưu thông tin").click()
        expect(headings(two)).to_have_text(person.full_name)
        check_page(two)
        one.reload()
        expect(one.locator("main")).to_contain_text("Công nhân")
    person.refresh_from_db()
    assert (person.occupation, person.qualification) == ("Công nhân", "Đại học")


def test_an_admission_corrected_by_two(editors, check_page, world):
    admission = world.few[1]
    first, second = editors(f"/admissions/{admission.pk}/edit/", "desktop")
    with first as one, second as two:
        one.fill("#id_decision_number", "12-QĐ/HU")
        two.fill("#id_ceremony_on", "19/05/2015")
        one.get_by_role("button", name="Lưu chỗ đã sửa").click()
        expect(one.locator(".notice")).to_contain_text("Đã sửa lần kết nạp")

        two.get_by_role("button", name="Lưu chỗ đã sửa").click()
        expect(two.get_by_role("alert")).to_contain_text("huyen đã sửa bản ghi này")
        check_page(two)
        assert both_versions(two) == {
            "Số quyết định": ("–", "12-QĐ/HU"),
            "Ngày lễ kết nạp": ("19/05/2015", "–"),
        }

        # Nothing is lost of either: theirs is taken over by hand, then saved with one's own.
        two.fill("#id_decision_number", "12-QĐ/HU")
        two.get_by_role("button", name="Lưu chỗ đã sửa").click()
        expect(two.locator(".notice")).to_contain_text("Đã sửa lần kết nạp")
        check_page(two)
    admission.refresh_from_db()
    assert (admission.decision_number, admission.ceremony_on.isoformat()) == ("12-QĐ/HU", "2015-05-19")
