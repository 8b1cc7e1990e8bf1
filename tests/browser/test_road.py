"""The whole road on a phone: a cell's secretary takes somebody from the list to official member through the pages, the
committee above answers from its desk, and the clock moves with them."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from recruitment.models import Admission, Candidacy, Stage

from .desk import WHO
from .reading import by_menu

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.takes_long, pytest.mark.once]
BALLOT = {"members": "9", "present": "9", "in_favour": "9", "against": "0"}
BOARD = {"members": "15", "present": "14", "in_favour": "14", "against": "0"}
AGREED = {"present": "8", "agree": "8", "disagree": "0"}


def test_from_the_list_to_official_member(secretary, clerk, clock):
    on_the_list(secretary)
    the_dossier(secretary, clock)
    lapsed_before_the_vote(secretary, clock)
    the_votes(secretary, clock)
    sent_back_and_decided(secretary, clerk, clock)
    admitted(secretary, clock)
    on_probation(secretary, clock)
    recognised(secretary, clerk, clock)

    admission = Admission.objects.get(person__full_name=WHO)
    assert (admission.decided_on, admission.ceremony_on) == (date(2026, 2, 10), date(2026, 2, 27))
    assert (admission.official_on, admission.recognised_on) == (date(2027, 2, 27), date(2027, 3, 24))


def on_the_list(secretary):
    """Recorded late: she stands on the cell's list since the autumn of 2020."""
    by_menu(secretary.page, "Quần chúng")
    secretary.page.get_by_role("link", name="Thêm quần chúng").click()
    secretary.look()
    secretary.page.locator("main details > summary").first.click()
    secretary.write(
        "Lưu và mở hồ sơ", full_name=WHO, born="12051998", sex="Nữ", entered_on="01/10/2020", education="12/12",
        occupation="Giáo viên",
    )  # fmt: skip
    secretary.told(f"Đã đưa {WHO} vào danh sách nguồn")
    candidacy = Candidacy.objects.get()
    secretary.home, secretary.candidacy = f"/people/{candidacy.person_id}/", candidacy.pk
    secretary.stands(Stage.SOURCE)

    secretary.follow("Chưa có người giúp đỡ", "Phân công người giúp đỡ")
    secretary.write("Phân công", mentor="Đỗ Thị Út", since="08/09/2025", document="05-NQ/CB")
    secretary.told("Đã phân công Đỗ Thị Út")
    secretary.no_card("Chưa có người giúp đỡ")

    # She learned five years ago; in six weeks that is too long.
    certified(secretary, "12/CN", "20/10/2020")
    secretary.stands(Stage.CLASS)
    expect(secretary.card("sắp hết hạn")).to_contain_text("20/10/2025")


def certified(secretary, number, on):
    secretary.open(secretary.home)
    secretary.page.get_by_role("link", name="Ghi chứng nhận").first.click()
    secretary.look()
    secretary.write("Ghi chứng nhận", number=number, issued_on=on)
    secretary.told(f"Đã ghi chứng nhận ngày {on}")


def the_dossier(secretary, clock):
    on = clock("06/10/2025")
    secretary.next("Đơn xin vào Đảng", on, handwritten=True, own_words=True)
    secretary.next("Lý lịch của người xin vào Đảng", on, sealed=True, names_agree=True, places_by_date=True)
    secretary.stands(Stage.DOSSIER, "Chi bộ")

    page, verification = secretary.page, f"/candidacies/{secretary.candidacy}/verification/"

    def unfolded(summary):
        secretary.open(verification)
        page.locator("main summary", has_text=summary).click()
        secretary.look(again=summary)

    for relation, full_name in (("Bản thân", ""), ("Cha đẻ", "Lý Văn Sáu")):
        unfolded("Thêm một người vào danh sách")
        secretary.write("Thêm vào danh sách", relation=relation, full_name=full_name)
        secretary.told("Đã thêm vào danh sách thẩm tra")
    unfolded("Ghi một công văn đã gửi")
    secretary.write("Ghi công văn đã gửi", to="Đảng ủy xã bên", number="7-CV/CB", sent_on=on)
    secretary.told("Đã ghi công văn; hạn trả lời 17/11/2025")

    on = clock("10/11/2025")
    secretary.open(verification)
    page.get_by_role("link", name="Ghi trả lời").click()
    secretary.look()
    secretary.write("Ghi đã trả lời", on=on, result="Đạt")
    secretary.told("Đã ghi trả lời")
    for who in ("Bản thân", "Cha đẻ: Lý Văn Sáu"):
        unfolded("Ghi kết quả")
        secretary.write("Ghi kết quả", relative=who, result="Đạt", on=on)
        secretary.told("Đã ghi kết quả thẩm tra")

    on = clock("20/11/2025")
    secretary.next("Kết luận thẩm tra lý lịch", on, number="12-KL/ĐU", issuer="Đảng ủy xã", result="Đạt")
    secretary.next("Ý kiến tổ chức chính trị – xã hội nơi làm việc", on, issuer="Công đoàn trường", **AGREED)
    secretary.next("Ý kiến chi ủy nơi cư trú", on, issuer="Chi ủy ấp bên")
    secretary.next("Tổng hợp ý kiến nhận xét", on, **AGREED)
    for introducer in ("Đỗ Thị Út", "Trần Văn Bảy"):
        secretary.next(
            "Giấy giới thiệu của đảng viên chính thức", on, introducer=introducer, together_since="01/09/2020"
        )


def lapsed_before_the_vote(secretary, clock):
    """The vote is refused with the rule and what cures it; the certificate is renewed from the day's card."""
    on, page = clock("02/12/2025"), secretary.page
    expect(secretary.card("Giấy chứng nhận lớp nhận thức về Đảng đã hết hạn")).to_contain_text(
        "hạn 20/10/2025"
    )
    secretary.open(secretary.home)
    page.get_by_role("link", name="Ghi: Nghị quyết chi bộ đề nghị kết nạp").click()
    secretary.look()
    secretary.write("Ghi vào hồ sơ", on=on, number="9-NQ/CB", **BALLOT)
    expect(page).to_have_title(re.compile("^Lỗi:"))
    refusal = page.locator(".wrong .reasons li")
    expect(refusal).to_have_count(1)
    expect(refusal.locator(".cite")).to_contain_text("Hướng dẫn 06-HD/TW, 09/6/2025, điểm 5.4")
    expect(refusal).to_contain_text("học lại")
    expect(page.locator("#id_in_favour")).to_have_value("9")
    secretary.look(again="refused")
    assert Candidacy.objects.get().stage == Stage.DOSSIER

    clock("22/12/2025")
    secretary.follow("Giấy chứng nhận lớp nhận thức về Đảng đã hết hạn", "Ghi chứng nhận mới")
    secretary.write("Ghi chứng nhận", number="88/CN", issued_on="20/12/2025")
    secretary.told("Đã ghi chứng nhận")
    secretary.no_card("Giấy chứng nhận")


def the_votes(secretary, clock):
    on = clock("05/01/2026")
    secretary.follow("Chưa có nhận xét định kỳ", "Ghi nhận xét")
    secretary.write("Ghi nhận xét", on=on, verdict="Tiến bộ", note="Hăng hái việc chung")
    secretary.told("Đã ghi nhận xét")
    secretary.no_card("Chưa có nhận xét định kỳ")

    secretary.next("Nghị quyết chi bộ đề nghị kết nạp", on, number="1-NQ/CB", **BALLOT)
    secretary.stands(Stage.CELL, "Đảng ủy cơ sở")
    on = clock("12/01/2026")
    secretary.next(
        "Nghị quyết đảng ủy cơ sở đề nghị kết nạp", on, number="18-NQ/ĐU", issuer="Đảng ủy xã", **BOARD
    )
    secretary.next("Gửi hồ sơ lên cấp có thẩm quyền", on, to="Huyện ủy", carried_by="Đỗ Thị Út", signed=True)
    secretary.stands(Stage.SUBMITTED, "Huyện ủy")
    expect(secretary.card("Hồ sơ ở: Huyện ủy, từ 12/01/2026")).to_be_visible()


def sent_back_and_decided(secretary, clerk, clock):
    on = clock("19/01/2026")
    clerk.open("/desk/to-appraise/")
    clerk.page.get_by_role("link", name=WHO, exact=True).click()
    clerk.look()
    clerk.open(f"/candidacies/{secretary.candidacy}/record/returned/")
    clerk.write("Ghi vào hồ sơ", on=on, number="4-CV/BTC", missing="Ý kiến chi ủy nơi cư trú chưa có chữ ký")
    clerk.told("Đã ghi: Trả lại để hoàn chỉnh")

    on = clock("26/01/2026")
    secretary.stands(Stage.SUBMITTED, "chưa có chữ ký")
    secretary.follow("chưa có chữ ký", "Ghi đã gửi lại hồ sơ")
    secretary.write("Ghi vào hồ sơ", on=on, to="Huyện ủy")
    secretary.told("Đã ghi: Gửi lại hồ sơ đã hoàn chỉnh")
    secretary.no_card("chưa có chữ ký")

    on = clock("02/02/2026")
    for kind, typed in (("receipt", {}), ("appraisal", {"number": "6-TĐ", "result": "Đạt"})):
        clerk.open(f"/candidacies/{secretary.candidacy}/record/{kind}/")
        clerk.write("Ghi vào hồ sơ", on=on, **typed)
        clerk.told("Đã ghi")
    on = clock("10/02/2026")
    clerk.open("/desk/to-decide/")
    expect(clerk.page.locator("main")).to_contain_text(WHO)
    clerk.open(f"/candidacies/{secretary.candidacy}/record/decision/")
    clerk.write("Ghi vào hồ sơ", on=on, number="31-QĐ/HU")
    clerk.told("Đã ghi")


def admitted(secretary, clock):
    secretary.stands(Stage.DECIDED)
    on = clock("13/02/2026")
    secretary.next("Chi bộ nhận quyết định", on)
    on = clock("27/02/2026")
    secretary.follow("chưa tổ chức lễ kết nạp", "Ghi lễ kết nạp")
    secretary.write("Ghi vào hồ sơ", on=on)
    secretary.told("Đã ghi: Lễ kết nạp")
    secretary.stands(Stage.PROBATION)


def on_probation(secretary, clock):
    on = clock("10/03/2026")
    secretary.next("Lý lịch đảng viên", on)
    clock("07/12/2026")
    expect(secretary.card("Hết 12 tháng dự bị")).to_contain_text("27/02/2027")
    secretary.follow("chưa có chứng nhận lớp đảng viên mới", "Ghi chứng nhận lớp đảng viên mới")
    secretary.write("Ghi chứng nhận", number="5/ĐVM", issued_on="04/12/2026")
    secretary.told("Đã ghi chứng nhận")
    secretary.no_card("lớp đảng viên mới")

    on = clock("22/02/2027")
    secretary.next("Bản tự kiểm điểm của đảng viên dự bị", on)
    secretary.next("Nhận xét của đảng viên được phân công giúp đỡ", on)
    secretary.next("Tổng hợp ý kiến về đảng viên dự bị", on, **AGREED)


def recognised(secretary, clerk, clock):
    """Too early is refused; the day after the twelve months it is the day's card that leads to the vote."""
    page, form = secretary.page, f"/candidacies/{secretary.candidacy}/record/recognition_vote/"
    secretary.open(form)
    secretary.write("Ghi vào hồ sơ", on="22/02/2027", number="3-NQ/CB", **BALLOT)
    expect(page).to_have_title(re.compile("^Lỗi:"))
    expect(page.locator(".wrong .reasons")).to_contain_text("27/02/2027")
    expect(page.locator(".wrong .reasons .cite").first).to_contain_text("294-QĐ/TW")

    on = clock("02/03/2027")
    secretary.follow("chưa ghi công nhận chính thức", "Ghi nghị quyết chi bộ xét công nhận")
    secretary.write("Ghi vào hồ sơ", on=on, number="4-NQ/CB", **BALLOT)
    secretary.told("Đã ghi: Nghị quyết chi bộ đề nghị công nhận chính thức")
    on = clock("10/03/2027")
    secretary.next(
        "Nghị quyết đảng ủy cơ sở đề nghị công nhận", on, number="20-NQ/ĐU", issuer="Đảng ủy xã", **BOARD
    )
    secretary.next("Gửi hồ sơ đề nghị công nhận chính thức", on, to="Huyện ủy")
    expect(secretary.card("Hồ sơ ở: Huyện ủy, từ 10/03/2027")).to_contain_text("Mở hồ sơ")

    on = clock("24/03/2027")
    clerk.open(f"/candidacies/{secretary.candidacy}/record/recognition/")
    clerk.write("Ghi vào hồ sơ", on=on, number="77-QĐ/HU")
    clerk.told("Đã ghi")
    secretary.open(secretary.home)
    expect(page.locator(".road > .done")).to_have_count(len(Stage.road()))
    expect(page.locator(".road > .done h3").last).to_have_text(str(Stage.OFFICIAL.label))
    secretary.look(again="official")
    secretary.no_card(WHO)
