"""The page of twins: pairs side by side, merged, said to be two women, parted; and who may be hers while one types."""

import re
from datetime import date

import pytest
from django.urls import reverse

from sohoi.people.models import Link, Member, Reading
from sohoi.people.sealing import blind, seal
from sohoi.people.tests.acts import admit, counted, do, load_member_kinds
from tests.people import account, woman

NUMBER = "092185001234"


@pytest.fixture
def pair(place, lan):
    """Two cards of one woman in chị Lan's branch, written through the gate."""
    load_member_kinds()
    one = admit(place.branch, "Nguyễn Thị Hòa", lan, born="12/3/1985", phone="0905123456", ethnicity="Khmer")
    return one, admit(place.branch, "Nguyen Thi Hoa", lan, born="1985", phone="0905123456")


def open_page(client, who):
    client.force_login(who)
    return client.get(reverse("twins")).content.decode()


def test_a_pair_stands_side_by_side_with_reasons_and_what_differs_in_words(client, pair, lan):
    page = " ".join(open_page(client, lan).split())
    for said in ("Họ tên chỉ khác dấu, cùng năm sinh, một thẻ chỉ có năm", "1 cặp", "12/3/1985", "Giữ thẻ 1"):
        assert said in page
    assert re.search(r"Họ và tên <span class=\"word\">\(khác\)", page)
    assert re.search(r"Điện thoại <span class=\"word\">\(giống\)", page)
    assert "0905123456" not in page
    assert "Khmer" not in page


def test_merge_takes_one_out_of_the_count_parting_puts_her_back_twice_pressed_is_once(client, pair, lan):
    kept, twin = pair
    page = open_page(client, lan)
    key = re.search(r'name="id" value="([^"]+)"', page)[1]
    sent = {"one": kept.pk, "other": twin.pk, "kept": twin.pk, "why": "Hỏi chị rồi", "id": key}
    assert client.post(reverse("twins-merge"), sent).status_code == 302
    assert client.post(reverse("twins-merge"), sent).status_code == 404  # the merged card is no card to merge
    assert counted("registered-members") == 1
    link = Link.objects.get()
    assert (link.kept, link.twin, link.reason) == (twin, kept, "Hỏi chị rồi")
    page = open_page(client, lan)
    assert "Không có cặp thẻ nào" in page
    assert "Đã gộp trong 90 ngày qua" in page
    assert client.post(reverse("twins-cut", args=[link.pk]), {"reason": ""}).status_code == 422
    assert client.post(reverse("twins-cut", args=[link.pk]), {"reason": "Hai người"}).status_code == 302
    assert counted("registered-members") == 2
    assert Member.objects.filter(active=True).count() == 2


def test_two_women_after_all_are_not_asked_again(client, pair, lan):
    client.force_login(lan)
    client.post(reverse("twins-differ"), {"one": pair[0].pk, "other": pair[1].pk})
    assert "Không có cặp thẻ nào" in open_page(client, lan)


def test_a_card_that_has_left_is_merged_on_its_last_day(client, pair, place, lan):
    kept, twin = pair
    do("member-left", place.branch, lan, twin, date(2026, 3, 10), reason="work")
    client.force_login(lan)
    client.post(reverse("twins-merge"), {"one": kept.pk, "other": twin.pk, "kept": kept.pk})
    assert Member.objects.get(pk=twin.pk).same_as == kept
    assert counted("registered-members") == 1


@pytest.mark.parametrize("sent", [{}, {"one": "x", "other": "9" * 30}, {"one": "1\x00", "other": "²"}])
def test_a_form_that_names_no_card_is_not_found(client, pair, lan, sent):
    client.force_login(lan)
    for name in ("twins-merge", "twins-differ"):
        assert client.post(reverse(name), sent).status_code == 404


def test_a_neighbour_neither_sees_nor_merges_nor_parts(client, pair, place, lan, mai):
    there = woman(place.other, "Nguyễn Thị Hòa", 1985)
    do("member-merged", place.branch, lan, pair[1], kept=pair[0].pk)
    ba = account("ba", "Chị Ba", (place.other, "branch-head"))
    page = open_page(client, ba)
    assert "Nguyễn Thị Hòa" not in page
    for sent in ({"one": there.pk, "other": pair[0].pk, "kept": there.pk},):
        assert client.post(reverse("twins-merge"), sent).status_code == 404
        assert client.post(reverse("twins-differ"), sent).status_code == 404
    assert client.post(reverse("twins-cut", args=[Link.objects.get().pk]), {"reason": "Thử"}).status_code == 404
    assert "2 cặp" in open_page(client, mai) or "1 cặp" in open_page(client, mai)


# ---- while one types ----------------------------------------------------------------------------------


def typed(client, who, **told):
    client.force_login(who)
    sent = {key.replace("_", "-"): value for key, value in told.items()}
    return " ".join(client.post(reverse("twins-while-typing"), sent).content.decode().split())


def test_one_is_warned_while_typing_and_shown_the_card_that_is_there(client, pair, lan):
    said = typed(client, lan, name="nguyen thi hoa", born="12/3/1985", phone="")
    assert "Có thể người này đã có thẻ" in said
    assert reverse("member", args=[pair[0].pk]) in said
    assert typed(client, lan, name="", born="", phone="") == ""
    assert typed(client, lan, name="Lê Thị Khác", born="x\x00", phone="12") == ""


def test_a_number_of_another_commune_leads_to_a_transfer_and_names_nobody(client, place, lan, settings):
    woman(place.other, "Trần Thị Kín", 1985, id_index=blind(NUMBER), id_sealed=seal(NUMBER, "id"))
    said = typed(client, lan, name="Trần Thị Kín", born="1985", id_number=NUMBER)
    assert "đề nghị chuyển sinh hoạt" in said
    assert reverse("transfer-by-number") in said
    for kept in ("Kín", "Ấp Hai", NUMBER):
        assert kept not in said
    assert Reading.objects.get().column == "id_index"
    settings.NUMBER_CHECKS_A_DAY = 1
    assert "đề nghị chuyển sinh hoạt" in typed(client, lan, name="Lê Thị Khác", id_number=NUMBER)  # asked already
    assert "sẽ được kiểm tra khi lưu" in typed(client, lan, name="Lê Thị Khác", id_number="092185001235")
    assert Reading.objects.count() == 1
