"""The card of one woman: what it says and hides, who finds it; deeds about her by form, told once, seen at once."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sohoi.desk.tests.promises import statements, words
from sohoi.ledger.models import Entry, Kind, Record
from sohoi.people.models import Member, Membership, Standing
from sohoi.people.tests.acts import admit, counted, do, load_member_kinds
from tests.people import account

ADMIT = reverse("member-admit")


@pytest.fixture
def register(place, lan):
    """The kinds of the register are loaded; chị Hoa is a member of chị Lan's branch."""
    load_member_kinds()
    more = {"born": "12/3/1985", "phone": "0905123456", "id_number": "092185001234", "religion": "Phật giáo"}
    return admit(place.branch, "Nguyễn Thị Hòa", lan, home="Nguyễn Văn Tám", role="wife", address="Ấp Một", **more)


def newcomer(place, **more):
    """What the form of an admission sends."""
    today = timezone.localdate().isoformat()
    return {
        "id": str(uuid4()),
        "unit": place.branch.code,
        "day": today,
        "standing": "ordinary",
        "name": "Lê Thị Mới",
        **more,
    }


def sent(card, **more):
    """What the form of a deed about a card sends."""
    return {"id": str(uuid4()), "unit": card.unit.code, "day": timezone.localdate().isoformat(), **more}


def test_the_card_says_who_she_is_and_hides_what_is_sensitive(client, register, lan):
    client.force_login(lan)
    answer = client.get(reverse("member", args=[register.pk]))
    page = words(answer)
    assert answer["Cache-Control"] == "no-store"
    for known in ("Nguyễn Thị Hòa", "12/3/1985", "Chi hội Ấp Một", "Phường Mỹ Xuyên", "Hộ Nguyễn Văn Tám", "vợ chủ hộ"):
        assert known in page, known
    assert "•••••••••234" in page
    for hidden in ("092185001234", "Phật giáo", "0905123456"):
        assert hidden not in answer.content.decode()
    assert "Kết nạp hội viên" in page
    assert "Đang sinh hoạt tại Chi hội Ấp Một từ 01/3/2026" in page
    assert "Chi hội Ấp Một: 1 hội viên" in page


def addresses(card, record=None):
    """Every address of a card."""
    names = ("member", "member-photo", "member-correct", "member-home", "member-leave", "member-return",
             "member-recognise", "member-derecognise", "member-transfer")  # fmt: skip
    found = [reverse(name, args=[card.pk]) for name in names] + [reverse("household", args=[card.household_id])]
    return [*found, reverse("household-amend", args=[card.household_id]),
            *(reverse(name, args=[card.pk, record]) for name in ("member-saved", "member-undo"))]  # fmt: skip


def test_neither_the_neighbour_nor_a_stranger_finds_any_page_of_hers(client, place, register, thu):
    neighbour = account("ben", "Chị Bên", (place.other, "branch-head"))
    for who in (neighbour, thu):
        client.force_login(who)
        for url in addresses(register, register.origin):
            assert client.get(url).status_code == 404, url
            assert client.post(url, {"reason": "x", **sent(register)}).status_code in (404, 405), url
    assert Record.objects.count() == 1
    client.force_login(thu)
    for name in ("member-admit", "member-enrol", "transfers", "transfer-by-number", "transfer-units"):
        assert client.get(reverse(name)).status_code == 404


def test_the_number_of_statements_of_a_card_does_not_grow_with_its_story(client, place, register, lan):
    client.force_login(lan)
    url = reverse("member", args=[register.pk])
    few = statements(client, url)
    for kind in ("member-recognised", "member-derecognised") * 3:
        do(
            kind,
            place.branch,
            lan,
            register,
            timezone.localdate() - timedelta(days=Record.objects.count() * -1 + 20),
            **{"as": "core"},
        )
    assert statements(client, url) == few


def test_she_is_admitted_with_few_answers_told_twice_counted_once_and_seen_at_once(client, place, register, lan):
    client.force_login(lan)
    page = client.get(ADMIT).content.decode()
    assert page.index('name="name"') < page.index('name="born"') < page.index("<summary>Thêm thông tin")
    assert page.index("<summary>Thêm thông tin") < page.index('name="address"')
    assert 'name="homes"' not in page
    told = newcomer(place, born="1990")
    first, second = client.post(ADMIT, told), client.post(ADMIT, told)
    card = Member.objects.get(origin=told["id"])
    assert first["Location"] == second["Location"] == reverse("member-saved", args=[card.pk, told["id"]])
    assert counted("registered-members") == 2
    page = words(client.get(first["Location"]))
    assert "Đã lưu Kết nạp hội viên : Lê Thị Mới" in page
    assert (
        "Chi hội Ấp Một 2 hội viên Phường Mỹ Xuyên 2 hội viên Thành phố Cần Thơ 2 hội viên Cả nước 2 hội viên" in page
    )
    assert "Hội viên phát triển mới +1" in page


WRONG = (
    ({"name": ""}, "name", "Chưa điền “Họ và tên”"),
    ({"name": "1234"}, "name", "Chưa có họ tên"),
    ({"born": "31/02/1985"}, "born", "không có trong lịch"),
    ({"born": "1890"}, "born", "hơn 120 tuổi"),
    ({"born": "2999"}, "born", "sau ngày"),
    ({"phone": "123"}, "phone", "Số điện thoại chưa đúng"),
    ({"id-number": "092085001234"}, "id-number", "Chữ số thứ tư"),
    ({"id-number": "092185001234"}, "id-number", "đã có trong sổ"),
    ({"unit": "lan-2"}, "unit", "không có quyền"),
    ({"day": "2999-01-01"}, "day", "còn ở phía trước"),
)


def test_what_cannot_be_comes_back_with_a_sentence_at_its_question_and_what_was_typed(client, place, register, lan):
    client.force_login(lan)
    for change, field, sentence in WRONG:
        answer = client.post(ADMIT, newcomer(place, occupation="Làm vườn", **change))
        assert answer.status_code == 422
        assert sentence in answer.context["form"].errors[field][0]
        assert 'value="Làm vườn"' in answer.content.decode()
        assert (field == "id-number") == bool(re.search(r"<details[^>]*more[^>]*open", answer.content.decode()))
    assert Member.objects.count() == 1


def test_whether_a_man_is_asked_of_honorary_members_alone(client, place, register, lan):
    client.force_login(lan)
    client.post(ADMIT, newcomer(place, man="yes"))
    assert not Member.objects.get(name="Lê Thị Mới").man


def test_a_man_is_an_honorary_member_and_a_former_member_is_enrolled_without_being_new(client, place, register, lan):
    client.force_login(lan)
    client.post(ADMIT, newcomer(place, name="Trần Văn Danh", standing="honorary", man="yes"))
    assert Member.objects.get(name="Trần Văn Danh").man
    told = newcomer(place, name="Võ Thị Cũ", day="2020-05-01")
    page = words(client.post(reverse("member-enrol"), told, follow=True))
    assert "Võ Thị Cũ" in page
    assert Membership.objects.get(member__name="Võ Thị Cũ").during.lower == date(2020, 5, 1)
    assert (counted("new-members"), counted("registered-members")) == (2, 3)


def test_a_chair_chooses_the_branch_and_it_is_kept_when_the_form_comes_back(client, place, register, mai):
    client.force_login(mai)
    assert "Chưa chọn đơn vị" in client.post(ADMIT, newcomer(place, unit="")).context["form"].errors["unit"][0]
    answer = client.post(ADMIT, newcomer(place, name=""))
    assert re.search(r'value="lan-1"\s+checked', answer.content.decode())
    assert client.get(ADMIT, {"don-vi": "lan-2"}).context["chosen_unit"] == "lan-2"


def test_she_leaves_with_a_reason_returns_and_both_are_taken_back(client, place, register, lan):
    client.force_login(lan)
    leave, back = reverse("member-leave", args=[register.pk]), reverse("member-return", args=[register.pk])
    assert "Chưa điền “Lý do”" in words(client.post(leave, sent(register)))
    told = sent(register, reason="work")
    assert client.post(leave, told)["Location"] == client.post(leave, told)["Location"]
    assert counted("registered-members") == 0
    page = words(client.get(reverse("member", args=[register.pk])))
    assert "Không còn sinh hoạt" in page
    assert "Đi làm ăn xa" in page
    assert client.get(leave).status_code == 302
    again = sent(register, standing="ordinary")
    assert client.post(back, again).status_code == 302
    assert counted("registered-members") == 1
    undo = reverse("member-undo", args=[register.pk, again["id"]])
    assert "Chưa nêu lý do" in words(client.post(undo, {"reason": " "}))
    for _ in range(2):
        assert "Đã hoàn tác" in words(client.post(undo, {"reason": "Ghi nhầm"}, follow=True))
    client.post(reverse("member-undo", args=[register.pk, told["id"]]), {"reason": "Ghi nhầm"})
    assert Member.objects.get(pk=register.pk).active
    assert counted("registered-members") == 1


def test_she_is_recognised_and_no_more_and_only_what_can_be_is_offered(client, place, register, lan):
    client.force_login(lan)
    url, other = reverse("member-recognise", args=[register.pk]), reverse("member-derecognise", args=[register.pk])
    assert client.get(other).status_code == 302
    assert client.post(url, sent(register, **{"as": "core"}, day="2026-04-01")).status_code == 302
    assert [code for code, _ in client.get(url).context["form"].fields["as"].choices] == ["regular"]
    assert "Hội viên nòng cốt từ 01/4/2026" in words(client.get(reverse("member", args=[register.pk])))
    assert client.post(other, sent(register, **{"as": "core"})).status_code == 302
    assert Standing.objects.get(kind="core").during.upper == timezone.localdate()
    assert (counted("core-members"), counted("regular-members")) == (0, 0)


def test_an_admission_is_undone_at_once_and_a_deed_about_another_card_is_not_hers(client, place, register, lan):
    client.force_login(lan)
    told = newcomer(place)
    client.post(ADMIT, told)
    card = Member.objects.get(origin=told["id"])
    assert client.get(reverse("member-saved", args=[register.pk, told["id"]])).status_code == 404
    page = words(client.post(reverse("member-undo", args=[card.pk, told["id"]]), {"reason": "Ghi nhầm"}, follow=True))
    assert "Chi hội Ấp Một 1 hội viên" in page
    assert counted("registered-members") == 1
    assert Entry.objects.filter(record_id=told["id"], n=-1).exists()


def test_kinds_of_the_register_have_their_own_screens_and_stand_in_no_list(client, register, lan):
    client.force_login(lan)
    page = client.get(reverse("record-start")).content.decode()
    assert "/ghi-viec/house-gift/" in page
    assert "/ghi-viec/member-" not in page
    assert f'href="{reverse("members")}"' in page
    assert client.get(reverse("record-new", args=["member-admitted"]))["Location"] == ADMIT
    assert client.get(reverse("record-new", args=["member-merged"]))["Location"] == reverse("members")
    higher = Kind.objects.get(code="house-gift", current=True)
    Kind.objects.filter(pk=higher.pk).update(body={**higher.body, "levels": ["base"]})
    for answer in (client.get(url := reverse("record-new", args=["house-gift"])), client.post(url, {})):
        assert answer.status_code == 404


def test_nothing_sensitive_of_the_form_is_kept_on_the_machine(client, place, register, lan):
    client.force_login(lan)
    page = client.get(ADMIT).content.decode()
    for code in ("id-number", "religion", "ethnicity", "politics", "party"):
        tags = [tag.split(">")[0] for tag in page.split("<") if f'name="{code}"' in tag]
        assert tags, code
        assert all("data-unkept" in tag for tag in tags), code
    assert not any("data-unkept" in tag.split(">")[0] for tag in page.split("<") if 'name="name"' in tag)
