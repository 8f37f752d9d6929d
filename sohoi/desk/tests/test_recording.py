"""Ghi việc: what is asked, what comes back with a sentence, what is saved once, and what it says it changed."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sohoi.desk.tests.promises import BODY, markup, resolve, told, words
from sohoi.ledger.models import Entry, Record
from sohoi.ledger.write import accept, close_month
from sohoi.people.tests.acts import load_member_kinds
from tests.people import account, deed

APRIL = date(2024, 4, 15)
FOUND = reverse("record-new", args=["house-group-founded"])


def test_kinds_stand_by_room_and_those_of_higher_levels_only_are_not_offered(client, lan, hoa):
    client.force_login(lan)
    page = words(client.get(reverse("record-start")))
    assert "Thành lập tổ" in page
    assert "Khai số phụ nữ" in page
    client.force_login(hoa)
    assert "Khai số phụ nữ" in words(client.get(reverse("record-start")))


def test_what_she_records_often_stands_first_and_sensitive_kinds_leave_no_trace(client, place, lan):
    accept(deed(place.branch, APRIL, "house-gift", values={"count": 1}), by=lan)
    accept(deed(place.branch, APRIL, "house-quiet", values={"count": 1}), by=lan)
    client.force_login(lan)
    page = words(client.get(reverse("record-start")))
    recent = page[page.index("Ghi gần đây") : page.index("Tìm loại việc")]
    assert "Trao quà" in recent
    assert "bạo lực" not in recent


def test_the_form_asks_the_count_and_the_day_first_and_knows_the_unit_of_a_branch_head(client, place, lan):
    client.force_login(lan)
    answer = client.get(FOUND)
    page = answer.content.decode()
    assert page.index('name="count"') < page.index('name="day"') < page.index('name="form"')
    assert f'<input type="hidden" name="unit" value="{place.branch.code}"' in page
    assert 'inputmode="numeric"' in page
    assert "tim-don-vi" not in page
    assert len(answer.context["form"].visible_fields()) <= 7


def test_a_deed_is_saved_and_the_page_says_what_it_changed(client, place, lan, tmp_path):
    for _ in range(23):
        accept(deed(place.other, APRIL), by=account(f"g{uuid4().hex[:8]}", "Người ghi", (place.other, "branch-head")))
    resolve(tmp_path)
    client.force_login(lan)
    answer = client.post(FOUND, told(place, form="health"), follow=True)
    page = words(answer)
    assert "Huyện Mỹ Xuyên : 24 tổ , đạt 43,64%" in page
    assert "Tổ thành lập Chi hội Ấp Một 1 tổ Thị trấn Mỹ Xuyên 1 tổ Huyện Mỹ Xuyên 24 tổ" in page
    assert "Tỉnh Sóc Trăng 24 tổ Cả nước 24 tổ Từ 01/7/2021 đến 11/5/2024" in page
    assert "Tổ rèn luyện sức khỏe Chi hội Ấp Một 1 tổ" in page
    assert page.count("%") == 1


def test_only_the_figures_she_may_open_are_links(client, place, lan):
    client.force_login(lan)
    page = client.post(FOUND, told(place), follow=True).content.decode()
    assert "u=lan-1" in page
    assert "u=94%40" not in page


def test_today_it_counts_where_the_unit_stands_today_and_not_in_the_review(client, place, lan, tmp_path):
    resolve(tmp_path)
    client.force_login(lan)
    today = timezone.localdate()
    page = words(client.post(FOUND, told(place, day=today.isoformat()), follow=True))
    assert "đạt" not in page.replace("đạt được", "")
    assert "Phường Mỹ Xuyên 1 tổ Thành phố Cần Thơ 1 tổ Cả nước 1 tổ" in page
    assert f"Năm {today.year}" in page


MORE = """
[[target.criterion]]
code = "co-so"
label = "Tổ do cơ sở thành lập"
measure = "house-groups"
goal = 4
level = "base"
[[target.criterion]]
code = "hang-nam"
label = "Tổ thành lập hằng năm"
measure = "house-groups"
goal = 2
yearly = true
"""


def test_only_the_targets_that_a_deed_counts_for_are_named(client, place, lan, tmp_path):
    resolve(tmp_path, BODY + MORE)
    client.force_login(lan)
    page = words(client.post(FOUND, told(place), follow=True))
    assert "Tổ được thành lập, chỉ tiêu 55 tổ" in page
    assert "do cơ sở" not in page
    assert "hằng năm" not in page
    page = words(client.post(FOUND, told(place, day="2023-04-15"), follow=True))
    assert "Tổ thành lập hằng năm, chỉ tiêu 2 tổ mỗi năm" in page


def test_a_double_tap_counts_once_and_both_end_on_the_same_page(client, place, lan):
    client.force_login(lan)
    sent = told(place)
    first, second = client.post(FOUND, sent), client.post(FOUND, sent)
    assert first["Location"] == second["Location"] == reverse("record-saved", args=[sent["id"]])
    assert Entry.objects.filter(record_id=sent["id"]).count() == 1


def test_an_id_that_is_taken_is_changed_so_that_a_new_deed_can_be_saved(client, place, lan):
    client.force_login(lan)
    client.post(FOUND, sent := told(place))
    answer = client.post(FOUND, {**sent, "count": "5"})
    assert answer.status_code == 422
    assert "Bấm Lưu lần nữa" in words(answer)
    fresh = str(answer.context["form"]["id"].value())
    assert client.post(FOUND, {**sent, "count": "5", "id": fresh}).status_code == 302
    assert Record.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"count": ""}, "count", "Chưa điền “Số tổ”"),
        ({"count": "-1"}, "count", "không được nhỏ hơn 1"),
        ({"count": "hai"}, "count", "phải là số nguyên"),
        ({"count": "9" * 31}, "count", "lớn quá mức"),
        ({"count": "1\x00"}, "count", "Có ký tự không lưu được"),
        ({"day": ""}, "day", "Chưa điền ngày"),
        ({"day": "2024-02-31"}, "day", "không có trong lịch"),
        ({"day": "31/02/2024"}, "day", "không có trong lịch"),
        ({"day": "2999-01-01"}, "day", "còn ở phía trước"),
        ({"day": "2017-01-01"}, "day", "chỉ ghi từ ngày 01/01/2018"),
        ({"unit": "lan-2"}, "unit", "không có quyền ghi việc cho đơn vị này"),
        ({"unit": "khong-co"}, "unit", "Không có đơn vị nào mang mã"),
    ],
)
def test_what_cannot_be_saved_comes_back_with_a_sentence_and_what_was_typed(
    client, place, lan, change, field, sentence
):
    client.force_login(lan)
    answer = client.post(FOUND, told(place, **{"form": "saving", **change}))
    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])
    page = markup(answer)
    assert re.search(r'role="alert" tabindex="-1" data-focus', page)
    assert 'value="saving"' in re.search(r'<input[^>]*value="saving"[^>]*checked', page)[0]
    assert not Record.objects.exists()


def test_a_day_is_typed_as_people_write_it_and_comes_back_so(client, place, lan):
    client.force_login(lan)
    url = reverse("record-new", args=["house-gift"])
    given = {**told(place, day="15/4/2024", count=""), "outside": "no", "handed": "4/5/2024"}
    page = markup(client.post(url, given))
    assert re.findall(r'name="(day|handed)" value="([^"]*)"', page) == [("day", "15/4/2024"), ("handed", "04/5/2024")]
    assert client.post(url, {**given, "count": "2"}).status_code == 302
    assert (Record.objects.get().day, Record.objects.get().values["handed"]) == (APRIL, "2024-05-04")
    answer = client.post(url, {**given, "count": "2", "handed": "30/2/2024", "id": str(uuid4())})
    assert "không có trong lịch" in answer.context["form"].errors["handed"][0]


def test_every_answer_that_is_missing_is_named_at_once(client, place, lan):
    client.force_login(lan)
    url = reverse("record-new", args=["house-gift"])
    answer = client.post(url, {**told(place, count="", day=""), "outside": "yes"})
    assert set(answer.context["form"].errors) == {"count", "day", "giver"}
    answer = client.post(url, {**told(place, count="2"), "outside": "no", "money": "1.500.000"}, follow=True)
    assert Record.objects.get().values == {"count": 2, "money": 1500000, "outside": False}
    assert "Tiền quà Chi hội Ấp Một 1.500.000 đồng" in words(answer)


def test_a_late_deed_and_one_sent_on_to_the_successor_say_so(client, place, lan, mai, hoa):
    close_month(place.branch, APRIL, by=hoa)
    client.force_login(lan)
    assert "ghi là phát sinh sau kỳ chốt" in words(client.post(FOUND, told(place), follow=True))
    client.force_login(mai)
    sent = told(place, unit=place.town.code, day="2026-03-01")
    page = words(client.post(FOUND, sent, follow=True))
    assert "đã kết thúc: việc này ghi cho Phường Mỹ Xuyên" in page
    assert "Hội LHPN phường Mỹ Xuyên, 01/3/2026" in page


def test_undo_takes_it_back_in_one_tap_and_says_what_is_left(client, place, lan):
    client.force_login(lan)
    client.post(FOUND, sent := told(place, count="3"))
    client.post(FOUND, told(place))
    asked = {"reason": "Ghi nhầm, hoàn tác ngay", "from": "saved"}
    for _ in range(2):
        page = words(client.post(reverse("record-void", args=[sent["id"]]), asked, follow=True))
        assert "Đã hoàn tác" in page
        assert "Chi hội Ấp Một 1 tổ" in page
    assert [e.amount for e in Entry.objects.filter(record_id=sent["id"]).order_by("pk")] == [3, -3]


def test_another_one_like_it_brings_the_answers_but_not_the_household(client, place, lan):
    url = reverse("record-new", args=["house-visit"])
    accept(visit := deed(place.branch, APRIL, "house-visit", household="Bà Năm", tags=()), by=lan)
    accept(first := deed(place.branch, APRIL, values={"count": 2, "form": "saving"}, tags=("nong-thon-moi",)), by=lan)
    client.force_login(lan)
    form = client.get(FOUND, {"giong": first.id}).context["form"]
    assert form["count"].value() == 2
    assert form["day"].value() == APRIL
    assert form["tags"].value() == ["nong-thon-moi"]
    assert form["id"].value() != first.id
    assert "Bà Năm" not in client.get(url, {"giong": visit.id}).content.decode()
    for nonsense in ("x", str(uuid4()), str(visit.id)):
        assert client.get(FOUND, {"giong": nonsense}).context["form"]["count"].value() is None


def test_another_one_like_it_is_one_of_hers_and_brings_no_masked_answer(client, place, lan, mai):
    accept(first := deed(place.branch, APRIL, values={"count": 2}), by=lan)
    client.force_login(mai)
    assert client.get(FOUND, {"giong": first.id}).context["form"]["count"].value() is None
    load_member_kinds()
    told = {"status": "near-poor"}
    accept(poor := deed(place.branch, APRIL, "household-status-given", household="Bà Tư", values=told), by=lan)
    client.force_login(lan)
    form = client.get(reverse("record-new", args=["household-status-given"]), {"giong": poor.id}).context["form"]
    assert (form["day"].value(), form["status"].value()) == (APRIL, None)


def test_a_kind_that_does_not_exist_is_not_found(client, lan):
    client.force_login(lan)
    assert client.get(reverse("record-new", args=["khong-co"])).status_code == 404


def test_a_sensitive_deed_says_nothing_of_itself_and_can_be_taken_back_for_a_day(client, place, lan, mai):
    client.force_login(lan)
    sent = told(place)
    answer = client.post(reverse("record-new", args=["house-quiet"]), sent, follow=True)
    page = words(answer)
    assert "được giữ kín" in page
    assert not re.search(r"bạo lực|Số người|Ấp Một|15/4/2024|\d+ người", page.split("Đã lưu", 2)[-1])
    for url in (reverse("records"), "/", reverse("record-start")):
        assert sent["id"] not in client.get(url).content.decode()
    assert client.get(reverse("record", args=[sent["id"]])).status_code == 404
    undo = reverse("record-void", args=[sent["id"]])
    client.force_login(mai)
    assert client.get(reverse("record-saved", args=[sent["id"]])).status_code == 404
    assert client.post(undo, {"reason": "Không phải tôi ghi"}).status_code == 404
    client.force_login(lan)
    assert "Đã hoàn tác" in words(client.post(undo, {"reason": "Ghi nhầm", "from": "saved"}, follow=True))
    Record.objects.filter(pk=sent["id"]).update(recorded_at=timezone.now() - timedelta(hours=25))
    assert client.get(reverse("record-saved", args=[sent["id"]])).status_code == 404


def test_the_page_of_a_saved_deed_is_for_her_who_told_it(client, place, lan, mai):
    accept(draft := deed(place.branch, APRIL), by=lan)
    client.force_login(mai)
    assert client.get(reverse("record-saved", args=[draft.id])).status_code == 404
