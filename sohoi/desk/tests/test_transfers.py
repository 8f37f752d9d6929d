"""Moving from one branch to another: asked, answered, counted in both at once; nothing of her is told before."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sohoi.desk.tests.promises import statements, words
from sohoi.ledger.models import Record
from sohoi.ledger.moving import settle
from sohoi.people.models import Member, NumberRequest, Transfer
from sohoi.people.tests.acts import admit, counted, do, load_member_kinds
from sohoi.people.write import transfers
from tests.people import account

INBOX, BY_NUMBER = reverse("transfers"), reverse("transfer-by-number")
SENT = "Nếu số này có trong sổ, đề nghị đã được gửi tới chi hội đang giữ thẻ."


@pytest.fixture
def card(place, lan):
    """Chị Hòa of chị Lan's branch."""
    load_member_kinds()
    more = {"born": "12/3/1985", "phone": "0905123456", "id_number": "092185001234", "address": "Số 5 Ấp Một"}
    return admit(place.branch, "Nguyễn Thị Hòa", lan, home="Nguyễn Văn Tám", **more)


@pytest.fixture
def sau(place):
    """Chị Sáu, head of the other branch."""
    return account("sau", "Chị Sáu", (place.other, "branch-head"))


def asked(place, **more):
    """What the form of a request sends."""
    return {"id": str(uuid4()), "new": place.other.code, "day": timezone.localdate().isoformat(), "reason": "", **more}


def test_a_move_is_asked_by_one_side_answered_by_the_other_and_counted_in_both_at_once(client, place, card, lan, sau):
    client.force_login(lan)
    url, told = reverse("member-transfer", args=[card.pk]), asked(place, reason="Theo chồng")
    assert client.post(url, told)["Location"] == client.post(url, told)["Location"]
    transfer = reverse("transfer", args=[told["id"]])
    assert "đang chờ bên kia trả lời" in words(client.get(transfer))
    assert "Đang có đề nghị chuyển chị đến Chi hội Ấp Hai" in words(client.get(reverse("member", args=[card.pk])))
    accept = reverse("transfer-accept", args=[told["id"]])
    assert "không có quyền trả lời" in words(client.post(accept))
    client.force_login(sau)
    assert "1 đề nghị chuyển sinh hoạt chờ trả lời" in words(client.get("/"))
    page = client.get(transfer).content.decode()
    assert "Nguyễn Thị Hòa, sinh năm 1985" in page
    assert "Chi hội Ấp Một" in page
    page = page.replace(str(told["id"]), "")  # the request's own number may have any digits
    for hidden in ("12/3", "0905", "Số 5", "234</", "•234", "Tám"):
        assert hidden not in page
    assert client.get(reverse("member", args=[card.pk])).status_code == 404
    for _ in range(2):
        page = words(client.post(accept, follow=True))
        assert re.findall(r"Chi hội Ấp (?:Một|Hai) \d+ hội viên", page) == ["Chi hội Ấp Hai 1 hội viên"]
        assert "Chi hội Ấp Hai 1 hội viên Phường Mỹ Xuyên 1 hội viên" in page
    assert client.get(reverse("member", args=[card.pk])).status_code == 200
    assert (counted("members-moved-out"), counted("members-moved-in"), counted("registered-members")) == (1, 1, 1)
    client.force_login(lan)
    assert client.get(reverse("member", args=[card.pk])).status_code == 404
    assert "Đã đồng ý" in words(client.get(INBOX))
    ladder = words(client.get(transfer))
    assert "Chi hội Ấp Một 0 hội viên Phường Mỹ Xuyên 1 hội viên" in ladder


def test_a_request_is_refused_with_a_reason_or_taken_back_and_then_asked_again(client, place, card, lan, sau):
    url = reverse("member-transfer", args=[card.pk])
    client.force_login(lan)
    client.post(url, first := asked(place))
    answer = client.post(url, asked(place))
    assert "đang chờ trả lời" in words(answer)
    client.force_login(sau)
    refuse = reverse("transfer-refuse", args=[first["id"]])
    assert "Chưa nêu lý do" in words(client.post(refuse, {"reason": ""}))
    page = words(client.post(refuse, {"reason": "Chị chưa về ở đây"}, follow=True))
    assert "Đã gửi lời từ chối" in page
    assert "Nguyễn Thị Hòa" not in page
    assert client.get(reverse("transfer", args=[first["id"]])).status_code == 404
    client.force_login(lan)
    assert "Chị chưa về ở đây" in words(client.get(INBOX))
    client.post(url, second := asked(place))
    page = words(client.post(reverse("transfer-refuse", args=[second["id"]]), {"reason": "Ghi nhầm"}, follow=True))
    assert "Không chuyển : Ghi nhầm" in page
    assert Member.objects.get(pk=card.pk).unit == place.branch
    assert Record.objects.count() == 1
    client.force_login(sau)
    assert "Nguyễn Thị Hòa" not in words(client.get(INBOX))
    assert client.get(reverse("transfer", args=[second["id"]])).status_code == 404


@pytest.fixture
def moved(place, card, lan, sau):
    """The same woman, moved to the other branch, which corrected her name since."""
    admitted = Record.objects.get(pk=card.origin)
    moving = settle(transfers.ask(uuid4(), card, place.other, timezone.localdate(), "", by=lan), by=sau)
    do("member-corrected", place.other, sau, card, timezone.localdate(), name="Nguyễn Thị Tân", why="mistaken")
    return admitted, moving


def test_the_branch_that_she_left_reads_no_name_that_others_gave_her_since(client, place, moved, lan, mai):
    client.force_login(lan)
    admitted, moving = moved
    april = {"unit": place.branch.code, "kind": "house-group-founded", "day": "2026-04-15"}
    pages = [client.get(url) for url in (reverse("records"), reverse("record", args=[admitted.pk]), INBOX,
                                         reverse("transfer", args=[moving.pk]), "/")]  # fmt: skip
    pages.append(client.post(reverse("record-members"), april))
    for page in map(words, pages):
        assert "Tân" not in page
        assert "Hòa" not in page
    for page in map(words, pages[:4] + pages[5:]):
        assert "Hội viên đã chuyển đi" in page
    assert "đã chuyển đi" not in words(client.post(reverse("record-members"), {**april, "tim": "tân"}))
    client.force_login(mai)
    for url in (reverse("records"), reverse("record", args=[admitted.pk]), INBOX):
        assert "Nguyễn Thị Tân" in words(client.get(url))
    assert "Nguyễn Thị Tân" in words(client.post(reverse("record-members"), {**april, "tim": "tân"}))


def test_how_many_statements_a_list_takes_does_not_grow_with_women_who_moved(client, place, moved, lan, sau):
    client.force_login(lan)
    client.get(INBOX)
    few = statements(client, reverse("records")), statements(client, INBOX)
    for name in ("Lê Thị Một", "Lê Thị Hai", "Lê Thị Ba"):
        card = admit(place.branch, name, lan)
        settle(transfers.ask(uuid4(), card, place.other, timezone.localdate(), "", by=lan), by=sau)
    assert (statements(client, reverse("records")), statements(client, INBOX)) == few


def test_a_refusal_of_before_is_not_read_where_she_came_to(client, place, card, lan, sau, mai):
    third = account("ba", "Chị Ba", (place.other, "branch-head"))
    refused = transfers.ask(uuid4(), card, place.other, timezone.localdate(), "", by=lan)
    transfers.decline(refused, "Chị còn nợ quỹ", by=sau)
    settle(transfers.ask(uuid4(), card, place.other, timezone.localdate(), "", by=lan), by=sau)
    client.force_login(third)
    page = words(client.get(reverse("member", args=[card.pk])))
    assert "Đồng ý chuyển sinh hoạt" in page
    assert "còn nợ quỹ" not in page
    client.force_login(mai)
    assert "còn nợ quỹ" in words(client.get(reverse("member", args=[card.pk])))


def test_a_request_that_cannot_be_comes_back_with_a_sentence(client, place, card, lan):
    client.force_login(lan)
    url = reverse("member-transfer", args=[card.pk])
    for change, sentence in (
        ({"new": ""}, "Chưa chọn chi hội nhận"),
        ({"new": "khong-co"}, "Nơi nhận phải là một chi hội"),
        ({"new": place.heir.code}, "Nơi nhận phải là một chi hội"),
        ({"new": place.branch.code}, "ở chính chi hội này"),
        ({"day": "2999-01-01"}, "còn ở phía trước"),
        ({"day": "2010-01-01"}, "không hoạt động vào ngày"),
    ):
        answer = client.post(url, asked(place, reason="Theo con", **change))
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert "Theo con" in words(answer)
    assert not Transfer.objects.exists()


def test_branches_of_the_whole_country_are_found_by_their_commune(client, place, lan):
    load_member_kinds()
    client.force_login(lan)
    url = reverse("transfer-units")
    page = words(client.get(url, {"tim": "my xuyen"}))
    assert "Chi hội Ấp Hai Phường Mỹ Xuyên, Thành phố Cần Thơ" in page
    assert "Ấp Một" not in words(client.get(url, {"tim": "hai, mỹ xuyên"}))
    assert "Không tìm thấy" in words(client.get(url, {"tim": "không có xã này"}))


def test_by_number_nothing_is_learnt_whether_it_is_in_the_register_or_not(client, place, card, lan, sau):
    client.force_login(sau)
    pages = []
    for number in ("092 185 001 234", "092185009234"):
        NumberRequest.objects.all().delete()
        page = words(client.post(BY_NUMBER, asked(place, number=number), follow=True))
        pages.append(re.sub(r"\d\d:\d\d", "", page))
    assert SENT in pages[0]
    assert pages[0] == pages[1]
    NumberRequest.objects.create(pk=Transfer.objects.get().pk, new=place.other, day=timezone.localdate(), tail="234",
                                 id_index=b"0", by=sau)  # fmt: skip
    found = Transfer.objects.get()
    assert client.get(reverse("transfer", args=[found.pk])).status_code == 404
    assert client.post(reverse("transfer-accept", args=[found.pk])).status_code == 404
    client.force_login(lan)
    assert "Nguyễn Thị Hòa" in words(client.get(INBOX))
    assert "Bên xin nhận không đọc được lý do này" in words(client.get(reverse("transfer", args=[found.pk])))
    client.post(reverse("transfer-accept", args=[found.pk]))
    client.force_login(sau)
    assert client.get(reverse("member", args=[card.pk])).status_code == 200
    assert "Đã đồng ý" in words(client.get(INBOX))


def test_requests_by_number_can_be_withdrawn_alike_and_are_limited_to_thirty_a_day(client, place, card, sau, thu):
    client.force_login(sau)
    client.post(BY_NUMBER, there := asked(place, number="092185001234"))
    client.post(BY_NUMBER, nowhere := asked(place, number="092185009999"))
    for one in (there, nowhere):
        for _ in range(2):
            assert "Đã rút" in words(client.post(reverse("transfer-withdraw", args=[one["id"]]), follow=True))
    assert Transfer.objects.get().accepted is False
    client.post(BY_NUMBER, there)
    assert NumberRequest.objects.count() == 2
    for sent, sentence in (("12", "phải có 12 chữ số"), ("", "Chưa điền số định danh")):
        assert sentence in words(client.post(BY_NUMBER, asked(place, number=sent)))
    rows = [NumberRequest(pk=uuid4(), new=place.other, day=timezone.localdate(), tail="000", id_index=b"0", by=sau)
            for _ in range(transfers.NUMBERS_A_DAY - 2)]  # fmt: skip
    NumberRequest.objects.bulk_create(rows)
    assert "chỉ hỏi được 30 số" in words(client.post(BY_NUMBER, asked(place, number="092185001234")))
    client.force_login(thu)
    for url in (INBOX, BY_NUMBER, reverse("transfer", args=[there["id"]])):
        assert client.get(url).status_code == 404


def test_a_refusal_tells_who_asked_by_number_nothing_and_is_taken_back_like_a_number_nobody_has(
    client, place, card, lan, sau
):
    client.force_login(sau)
    client.post(BY_NUMBER, told := asked(place, number="092185001234"))
    client.get(INBOX)  # what was said of the sending is said once
    before = words(client.get(INBOX))
    client.force_login(lan)
    client.post(reverse("transfer-refuse", args=[told["id"]]), {"reason": "Chị ở lại"})
    client.force_login(sau)
    assert words(client.get(INBOX)) == before
    assert client.get(reverse("transfer", args=[told["id"]])).status_code == 404
    for _ in range(2):
        assert "Đã rút" in words(client.post(reverse("transfer-withdraw", args=[told["id"]]), follow=True))
    assert Transfer.objects.get().answer == "Chị ở lại"


def test_a_chair_of_both_branches_moves_a_woman_by_herself(client, place, card, mai):
    client.force_login(mai)
    told = asked(place)
    client.post(reverse("member-transfer", args=[card.pk]), told)
    page = words(client.post(reverse("transfer-accept", args=[told["id"]]), follow=True))
    assert "Phường Mỹ Xuyên 1 hội viên" in page
    assert Member.objects.get(pk=card.pk).unit == place.other


def test_a_move_that_cannot_be_taken_back_has_no_button_and_says_what_to_do_instead(
    client, place, card, mai, monkeypatch
):
    client.force_login(mai)
    told = asked(place)
    client.post(reverse("member-transfer", args=[card.pk]), told)
    client.post(reverse("transfer-accept", args=[told["id"]]))
    page, button = reverse("transfer", args=[told["id"]]), reverse("transfer-undo", args=[told["id"]])
    assert button in client.get(page).content.decode()
    monkeypatch.setattr("sohoi.desk.views.transfers.can_be_unsettled", lambda transfer: False)
    shown = client.get(page)
    assert button not in shown.content.decode()
    assert "từ khi phần mềm chưa hủy được việc chuyển" in words(shown)


def test_the_page_of_one_sides_deed_offers_to_take_the_whole_move_back(client, place, card, lan, mai):
    client.force_login(mai)
    told = asked(place)
    client.post(reverse("member-transfer", args=[card.pk]), told)
    client.post(reverse("transfer-accept", args=[told["id"]]))
    undo = reverse("transfer-undo", args=[told["id"]])
    out, into = (Record.objects.get(kind__code=f"member-moved-{way}") for way in ("out", "in"))
    sides = [reverse("record", args=[one.pk]) for one in (out, into)]
    for page in sides:
        shown = client.get(page).content.decode()
        assert undo in shown
        assert f"{page}huy/" not in shown
        assert f">{told['id']}<" not in shown
    assert told["id"] not in words(client.get(reverse("records")))
    client.force_login(lan)
    mine = client.get(sides[0])
    assert undo not in mine.content.decode()
    assert "nhờ Hội cấp trên của cả hai hủy" in words(mine)
    client.force_login(mai)
    assert "Đã hủy lần chuyển này" in words(client.post(undo, {"reason": "Chuyển nhầm"}, follow=True))
    assert all(undo not in client.get(page).content.decode() for page in sides)


def test_a_move_that_was_taken_back_says_so_wherever_it_is_told(client, place, card, lan, mai, sau, thu):
    client.force_login(mai)
    told = asked(place)
    client.post(reverse("member-transfer", args=[card.pk]), told)
    client.post(reverse("transfer-accept", args=[told["id"]]))
    page, undo = reverse("transfer", args=[told["id"]]), reverse("transfer-undo", args=[told["id"]])
    story = client.get(reverse("member", args=[card.pk])).content.decode()
    assert story.count(f'href="{page}"') == 2  # from each side's deed one comes to the move to take it back
    for who, code in ((thu, 404), (lan, 422), (sau, 422)):
        client.force_login(who)
        assert client.post(undo, {"reason": "Chuyển nhầm"}).status_code == code
    client.force_login(mai)
    assert client.post(undo, {"reason": " "}).status_code == 422
    assert "Đã hủy lần chuyển này" in words(client.post(undo, {"reason": "Chuyển nhầm"}, follow=True))
    assert Member.objects.get(pk=card.pk).unit == place.branch
    assert "Đã đồng ý, rồi hủy lần chuyển" in words(client.get(reverse("transfers")))
    assert words(client.get(reverse("member", args=[card.pk]))).count("Đã hủy lần chuyển (Chị Mai)") == 1
