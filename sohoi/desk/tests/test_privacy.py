"""What a page shows of a woman, what it takes to see more, her rights page; nothing of her in an address or a log."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from launcher import serving
from sohoi.people.models import Consent, DataRequest, Export, Household, HouseholdStatus, Member, Reading
from sohoi.people.registry import ERASED, FORGOTTEN
from sohoi.people.sealing import blind, seal
from sohoi.people.write.privacy import ask_for, finish
from tests.people import account, woman

NOWHERE = "00000000-0000-4000-8000-000000000001"
NUMBER, NAME = "092185001234", "Nguyễn Thị Canari"
PERSONAL = ("canari", "Canari", "0905123456", NUMBER, "Khmer", "1234567")


@pytest.fixture
def card(place):
    """A woman of chị Lan's branch of whom much is told."""
    sealed = {"id_sealed": seal(NUMBER, "id"), "id_index": blind(NUMBER), "id_tail": NUMBER[-3:]}
    more = {"religion_sealed": seal("Hồi giáo", "religion"), "address": "Ấp Năm"}
    return woman(place.branch, NAME, 1985, phone="0905123456", ethnicity="Khmer", party=True, **sealed, **more)


def see(client, who, name, *args, **data):
    client.force_login(who)
    url = reverse(name, args=args)
    return client.post(url, data) if data else client.get(url)


# ---- masks and reveals --------------------------------------------------------------------------------


def test_the_card_shows_masks_and_the_list_no_more(client, card, lan):
    page = see(client, lan, "member", card.pk).content.decode()
    assert NAME in page
    for hidden in ("0905123456", NUMBER, "Khmer", "Hồi giáo"):
        assert hidden not in page
    assert "09•• ••• 456" in page
    assert "•••••••••234" in page
    listed = see(client, lan, "members").content.decode()
    assert NAME in listed
    assert not any(hidden in listed for hidden in ("0905123456", NUMBER, "Khmer"))


def test_a_masked_answer_is_shown_once_with_a_reason_and_the_next_page_masks_it_again(client, card, lan):
    asked = see(client, lan, "member-reveal", card.pk)
    assert asked.status_code == 404
    client.force_login(lan)
    url = reverse("member-reveal", args=[card.pk])
    assert "Xem số điện thoại để làm gì" in client.get(url, {"muc": "phone"}).content.decode()
    refused = client.post(url, {"muc": "phone", "reason": ""})
    assert refused.status_code == 422
    assert "Chưa nêu lý do" in refused.content.decode()
    assert "0905123456" not in refused.content.decode()
    told = client.post(url, {"muc": "phone", "reason": "Gọi mời họp"}, headers={"HX-Request": "true"})
    assert "0905123456" in told.content.decode()
    assert "<html" not in told.content.decode()
    assert told["Cache-Control"] == "no-store"
    assert "0905123456" not in client.get(reverse("member", args=[card.pk])).content.decode()
    assert [row.column for row in Reading.objects.all()] == ["phone"]


def test_what_her_household_is_stands_masked_on_card_and_household_and_opens_with_a_reason(client, card, place, lan):
    card.household = Household.objects.create(unit=place.branch, label="Hộ mẫu", key="mau", plain="ho mau")
    card.save()
    told = {"household": card.household, "record": "0" * 32}
    HouseholdStatus.objects.create(status="hardship", grounds="Chồng ốm", during=("2024-03-01", "2025-01-01"), **told)
    HouseholdStatus.objects.create(status="near-poor", during=("2025-01-01", None), **told)
    for name, pk in (("member", card.pk), ("household", card.household.pk)):
        page = see(client, lan, name, pk).content.decode()
        assert not [said for said in ("cận nghèo", "khó khăn", "Chồng ốm") if said in page], name
        assert f"{reverse('member-reveal', args=[card.pk])}?muc=homes" in page
    url = reverse("member-reveal", args=[card.pk])
    assert "Xem diện của hộ để làm gì" in client.get(url, {"muc": "homes"}).content.decode()
    assert client.post(url, {"muc": "homes", "reason": ""}).status_code == 422
    told = client.post(url, {"muc": "homes", "reason": "Lập danh sách vay vốn"}, headers={"HX-Request": "true"})
    assert "Hộ cận nghèo từ ngày 01/01/2025; Hộ có hoàn cảnh khó khăn từ ngày 01/3/2024" in told.content.decode()
    assert "(Chồng ốm)" in told.content.decode()
    assert Reading.objects.get().column == "homes"
    assert "Hoàn cảnh của hộ" in see(client, lan, "member-rights", card.pk).content.decode()
    finish(ask_for(card, "restrict", date(2026, 3, 2), by=lan), by=lan)
    refused = client.post(url, {"muc": "homes", "reason": "Lập danh sách vay vốn"})
    assert "hạn chế" in refused.content.decode()
    assert "cận nghèo" not in refused.content.decode()


def test_what_a_household_is_is_a_look_at_everybody_in_it_and_closed_while_one_of_them_is_restricted(
    client, card, place, lan
):
    home = Household.objects.create(unit=place.branch, label="Hộ mẫu", key="mau", plain="ho mau")
    HouseholdStatus.objects.create(household=home, status="poor", during=("2025-01-01", None), record="0" * 32)
    other = woman(place.branch, "Trần Thị Út", 1980)
    Member.objects.filter(pk__in=[card.pk, other.pk]).update(household=home)
    client.force_login(lan)
    url, asked = reverse("member-reveal", args=[card.pk]), {"muc": "homes", "reason": "Lập danh sách vay vốn"}
    assert "Hộ nghèo" in client.post(url, asked).content.decode()
    assert sorted(Reading.objects.values_list("member", "column")) == [(card.pk, "homes"), (other.pk, "homes")]
    finish(ask_for(other, "restrict", date(2026, 3, 2), by=lan), by=lan)
    refused = client.post(url, asked).content.decode()
    assert ("Trong hộ có người đã yêu cầu hạn chế" in refused, "Hộ nghèo" in refused) == (True, False)
    assert Reading.objects.count() == 2


def test_a_household_without_any_card_says_only_that_something_was_told(client, place, lan):
    home = Household.objects.create(unit=place.branch, label="Hộ mẫu", key="mau", plain="ho mau")
    assert "chưa ghi" in see(client, lan, "household", home.pk).content.decode()
    HouseholdStatus.objects.create(household=home, status="poor", during=("2025-01-01", None), record="0" * 32)
    page = see(client, lan, "household", home.pk).content.decode()
    assert "•••" in page
    assert "Hộ nghèo" not in page


def test_strangers_and_neighbours_find_no_page_about_her(client, card, place, thu):
    row = ask_for(card, "erase", date(2026, 3, 2), by=account("tu", "Chị Tư", (place.heir, "base-chair")))
    neighbour = account("ba", "Chị Ba", (place.other, "branch-head"))
    for who in (thu, neighbour):
        client.force_login(who)
        for name, pk, posts in (("member-reveal", card.pk, True), ("member-rights", card.pk, False),
                                ("member-consent", card.pk, True), ("member-request", card.pk, True),
                                ("member-everything", card.pk, True), ("data-request", row.pk, True),
                                ("data-request-erase", row.pk, True)):  # fmt: skip
            url = reverse(name, args=[pk])
            data = {"muc": "phone", "reason": "Xem thử", "sure": "yes", "step": "finish", "wish": "see"}
            answer = client.post(url, data) if posts else client.get(url)
            assert answer.status_code == 404, name
            assert NAME not in answer.content.decode()
    assert not Reading.objects.exists()
    assert NAME not in see(client, neighbour, "data-requests").content.decode()
    assert NAME not in see(client, neighbour, "readings").content.decode()


def test_the_chair_reads_who_looked_why_and_which_lists_went_out(client, card, lan, mai):
    see(client, lan, "member-reveal", card.pk, muc="party", reason="Lập danh sách chi bộ")
    see(client, lan, "member-everything", card.pk, reason="Chị xin bản dữ liệu")
    client.force_login(lan)
    client.post(reverse("members-sift"), {"party": "yes"})
    page = see(client, mai, "readings").content.decode()
    for said in (
        "Không riêng thẻ nào",
        "Lọc danh sách: 1 người",
        NAME,
        "Là đảng viên",
        "Lập danh sách chi bộ",
        "Toàn bộ dữ liệu về một hội viên",
        "Chị Lan",
    ):
        assert said in page


# ---- her rights ---------------------------------------------------------------------------------------


def test_consent_and_requests_are_written_on_her_page(client, card, lan):
    assert see(client, lan, "member-consent", card.pk, purpose="photo", day="02/3/2026").status_code == 302
    assert see(client, lan, "member-request", card.pk, wish="correct", day="06/3/2026").status_code == 302
    page = see(client, lan, "member-rights", card.pk).content.decode()
    assert "Đồng ý từ 02/3/2026" in page
    assert "Quá hạn: phải xong ngày 16/3/2026" in page
    wrong = see(client, lan, "member-consent", card.pk, purpose="photo", day="31/02/2026", withdraw="yes")
    assert wrong.status_code == 422
    assert "Ngày chưa đúng" in wrong.content.decode()
    see(client, lan, "member-consent", card.pk, purpose="photo", day="03/3/2026", withdraw="yes")
    assert Consent.objects.get().withdrawn_on == date(2026, 3, 3)
    row = DataRequest.objects.get()
    for step in ("acknowledge", "extend", "finish", "finish", "vanish"):
        see(client, lan, "data-request", row.pk, step=step)
    row.refresh_from_db()
    assert (row.acknowledged_on, row.done_on) == (timezone.localdate(), timezone.localdate())


def test_she_lets_her_data_be_used_again_on_her_page(client, card, lan, thu):
    finish(ask_for(card, "restrict", date(2026, 3, 2), by=lan), by=lan)
    assert "cho dùng lại" in see(client, lan, "member-rights", card.pk).content.decode()
    client.force_login(thu)
    assert client.post(reverse("member-lift", args=[card.pk])).status_code == 404
    client.force_login(lan)
    page = client.post(reverse("member-lift", args=[card.pk]), follow=True).content.decode()
    assert "Chị cho dùng lại từ ngày" in page
    assert reverse("member-lift", args=[card.pk]) not in page
    again = client.post(reverse("member-lift", args=[card.pk]))
    assert (again.status_code, "không bị hạn chế" in again.content.decode()) == (422, True)


def test_taking_a_consent_back_says_what_went(client, card, lan):
    for purpose, said in (("sensitive", "đã được xóa"), ("membership", "Thẻ vẫn còn"), ("support", "Hoàn cảnh")):
        see(client, lan, "member-consent", card.pk, purpose=purpose, day="02/3/2026")
        client.force_login(lan)
        told = {"purpose": purpose, "day": "03/3/2026", "withdraw": "yes"}
        page = client.post(reverse("member-consent", args=[card.pk]), told, follow=True).content.decode()
        assert said in page.partition("rút lại sự đồng ý.")[2][:200]
    assert Member.objects.get(pk=card.pk).ethnicity == ""


def test_late_requests_stand_on_top_of_the_list(client, card, place, mai):
    ask_for(woman(place.other, "Trần Thị Sáu"), "see", timezone.localdate(), by=mai)
    ask_for(card, "see", timezone.localdate() - timedelta(days=30), by=mai)
    page = see(client, mai, "data-requests").content.decode()
    assert page.index(NAME) < page.index("Trần Thị Sáu")
    assert page.count("Quá hạn: phải xong") == 1


def test_everything_about_her_is_a_page_and_a_file_whose_name_says_nothing(client, card, lan):
    page = see(client, lan, "member-everything", card.pk, reason="Chị xin bản dữ liệu").content.decode()
    for said in (NAME, "0905123456", NUMBER, "Khmer", "Hồi giáo", "Giữ 5 năm sau khi thôi sinh hoạt"):
        assert said in page
    file = see(client, lan, "member-everything", card.pk, reason="Chị xin bản dữ liệu", file="json")
    told = json.loads(file.content)
    assert told["Thẻ hội viên"]["Các dòng"][0]["Số định danh"] == NUMBER
    assert file["Content-Disposition"] == 'attachment; filename="du-lieu-ca-nhan.json"'
    assert (Export.objects.count(), Reading.objects.filter(column="*").count()) == (2, 2)
    assert see(client, lan, "member-everything", card.pk, reason=" ").status_code == 422


def test_she_is_erased_from_her_page_after_one_clear_question(client, card, lan):
    row = ask_for(card, "erase", date(2026, 3, 2), by=lan)
    page = see(client, lan, "data-request-erase", row.pk).content.decode()
    assert "không lấy lại được" in page
    assert "Thôi sinh hoạt" in page
    assert see(client, lan, "data-request-erase", row.pk, sure="").status_code == 422
    assert Member.objects.get().name == NAME
    assert see(client, lan, "data-request-erase", row.pk, sure="yes").status_code == 302
    assert Member.objects.get().name == ERASED
    assert "đã được xóa theo yêu cầu" in see(client, lan, "member-rights", card.pk).content.decode()
    Member.objects.update(name=FORGOTTEN)  # as when nobody asked and her time was over
    said = see(client, lan, "member-rights", card.pk).content.decode()
    assert "đã hết hạn giữ và được xóa" in said
    assert "theo yêu cầu" not in said.partition("notice")[2].partition("</p>")[0]
    assert NAME not in see(client, lan, "members").content.decode()


# ---- addresses and logs -------------------------------------------------------------------------------


def people_pages():
    """(name, pattern) of every page of the register."""
    found = []

    def walk(patterns, before=""):
        for one in patterns:
            if hasattr(one, "url_patterns"):
                walk(one.url_patterns, before + str(one.pattern))
            elif (before + str(one.pattern)).startswith("so/"):
                found.append((one.name, one.pattern))

    walk(get_resolver().url_patterns)
    return found


def test_an_address_of_the_register_takes_numbers_and_ids_and_no_text():
    kinds = {
        re.sub(r"Converter$", "", type(kind).__name__) for _, p in people_pages() for kind in p.converters.values()
    }
    assert kinds <= {"Int", "UUID"}, kinds


def test_no_page_of_the_register_writes_anything_personal_into_an_address(client, card, lan, settings, caplog):
    settings.DEBUG = False
    client.force_login(lan)
    row = ask_for(card, "see", date(2026, 3, 2), by=lan)
    walked = 0
    for name, pattern in people_pages():
        number = row.pk if name.startswith("data-request") else card.pk
        args = {key: number if type(kind).__name__ == "IntConverter" else NOWHERE
                for key, kind in pattern.converters.items()}  # fmt: skip
        answer = client.get(reverse(name, kwargs=args), {"muc": "phone"} if name == "member-reveal" else None)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        walked += 1
        page = answer.content.decode()
        assert answer["Cache-Control"] == "no-store", name
        for address in re.findall(r'(?:href|action|formaction|src|hx-get|hx-post)="([^"]*)"', page):
            assert not any(said in address for said in PERSONAL), (name, address)
        for form in re.findall(r"<form(?![^>]*method=\"post\")[^>]*>.*?</form>", page, re.S):
            assert not re.search(r'type="(text|search|tel|number)"', form), (
                name,
                "a form that writes into the address",
            )
        assert not re.search(r'hx-get="[^"]*"[^>]*name="tim"', page), name
    assert walked >= 10
    client.post(reverse("members-find"), {"tim": NAME})
    client.post(reverse("twins-while-typing"), {"name": NAME, "phone": "0905123456"})
    assert not any(said in caplog.text for said in PERSONAL)


def test_the_web_server_keeps_no_log_of_requests():
    source = Path(serving.__file__).read_text("utf-8")
    assert "--access-logfile" not in source
    install = (Path(serving.__file__).parent.parent / "docs" / "install.md").read_text("utf-8")
    assert "--access-logfile" not in install
