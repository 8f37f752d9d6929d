"""Sổ hội viên: the box and the list show each officer her own women, nobody's secrets, in Vietnamese order."""

from datetime import date

import pytest
from django.urls import reverse

from sohoi.desk.tests.promises import markup, statements, words
from sohoi.desk.views.members import PAGE
from sohoi.people.models import Household, HouseholdStatus, Member, Membership, Reading, SavedList, Standing
from sohoi.people.write.households import household_named
from tests.people import LONG_AGO, woman

LIST, FIND, SIFT = reverse("members"), reverse("members-find"), reverse("members-sift")
PAGES = ("members", "members-saved", "members-charts")
POSTS = ("members-find", "members-sift", "members-keep", "members-file")


def listed(answer):
    assert answer.status_code == 200
    return [row.card.name for row in answer.context["rows"]]


def sifted(client, **asked):
    return listed(client.post(SIFT, asked, follow=True))


def stand(card, kind, since=LONG_AGO, until=None):
    Standing.objects.create(member=card, kind=kind, during=(since, until), record="0" * 32)


def leave(card, on):
    Membership.objects.filter(member=card).update(during=(LONG_AGO, on))
    Member.objects.filter(pk=card.pk).update(active=False)


def test_the_list_stands_in_vietnamese_order_and_says_how_many(client, place, lan):
    for name in ("Trần Thị Đào", "Lê Thị Dung", "Lý Thị Ánh", "Bùi Thị Ân", "Đỗ Thị An"):
        woman(place.branch, name, 1980)
    client.force_login(lan)
    answer = client.get(LIST)
    assert listed(answer) == ["Đỗ Thị An", "Lý Thị Ánh", "Bùi Thị Ân", "Lê Thị Dung", "Trần Thị Đào"]
    assert "5 người đang sinh hoạt" in words(answer)
    assert answer["Cache-Control"] == "no-store"


def test_what_is_sensitive_stands_in_no_row_and_a_telephone_is_masked(client, place, lan):
    card = woman(place.branch, "Thạch Thị Sen", 1980, phone="0905123456", ethnicity="Khmer", party=True, id_tail="789")
    stand(card, "ordinary")
    stand(card, "core")
    client.force_login(lan)
    for page in (client.get(LIST), client.post(FIND, {"tim": "sen"}, headers={"HX-Request": "true"})):
        text = words(page)
        assert "09•• ••• 456" in text
        assert "0905123456" not in text
        assert "Khmer" not in text
    assert client.get(LIST).context["rows"][0].standing == "Hội viên, nòng cốt"


def test_another_branch_finds_none_in_box_list_counts_and_pictures(client, place, lan, mai, thu):
    hidden = woman(place.other, "Sơn Thị Kín", 1980)
    kept = SavedList.objects.create(name="Tất cả", wanted={"belongs": "all"}, by=lan)
    client.force_login(lan)
    assert listed(client.get(LIST)) == []
    assert client.post(FIND, {"tim": "kín"}).context["found"].rows == []
    assert sifted(client, belongs="all", unit=place.other.code) == []
    assert "0 người hiện nay" in words(client.get(reverse("members-saved")))
    assert client.get(reverse("members-charts")).context["ages"] == []
    assert listed(client.get(reverse("members-reopen", args=[kept.pk]), follow=True)) == []
    client.force_login(mai)
    assert listed(client.get(LIST)) == [hidden.name]
    assert sifted(client, unit=place.other.code) == [hidden.name]
    assert sifted(client, unit=place.branch.code) == []
    client.force_login(thu)
    for name in PAGES:
        assert client.get(reverse(name)).status_code == 404
    for name in POSTS:
        assert client.post(reverse(name)).status_code == 404
    assert client.get(reverse("members-reopen", args=[kept.pk])).status_code == 404


@pytest.fixture
def women(place):
    """Six women who differ in what the filters ask."""
    card = woman(place.branch, "Lê Thị An", 1960, occupation="Làm ruộng", phone="0905000111", ethnicity="Khmer")
    stand(card, "core")
    woman(place.branch, "Lê Thị Bình", 1990, birth_date=date(1990, 5, 4), schooling="12/12", party=True)
    woman(place.branch, "Lê Thị Chi", None, since=date(2024, 3, 1))
    woman(place.branch, "Lê Thị Dung", 2000, household=home(place), party=False)
    leave(woman(place.branch, "Lê Thị Em", 1985), date(2024, 6, 30))
    woman(place.other, "Lê Thị Giang", 1970)


def home(place):
    [pk] = household_named([(place.branch, "Lê Văn Tám")]).values()
    house = Household.objects.get(pk=pk)
    HouseholdStatus.objects.create(household=house, status="poor", during=(LONG_AGO, None), record="0" * 32)
    return house


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"standings": ["core", "honorary"]}, ["An"]),
        ({"age_from": str(date.today().year - 1975), "age_to": "130"}, ["An", "Giang"]),
        ({"born_from": "1990", "born_to": "1999"}, ["Bình"]),
        ({"birth": "unknown"}, ["Chi"]),
        ({"birth": "year"}, ["An", "Dung", "Giang"]),
        ({"phone": "known"}, ["An"]),
        ({"occupation": "ruộng"}, ["An"]),
        ({"schooling": "12/12", "party": "yes"}, ["Bình"]),
        ({"party": "untold"}, ["An", "Chi", "Giang"]),
        ({"ethnicity": "khmer"}, ["An"]),
        ({"home": "le van tam"}, ["Dung"]),
        ({"homes": ["poor"]}, ["Dung"]),
        ({"joined_from": "01/01/2024"}, ["Chi"]),
        ({"joined_to": "31/12/2023", "phone": "unknown"}, ["Bình", "Dung", "Giang"]),
        ({"left_from": "01/6/2024", "left_to": "30/6/2024"}, ["Em"]),
        ({"belongs": "former"}, ["Em"]),
        ({"belongs": "all", "born_to": "1985"}, ["An", "Em", "Giang"]),
    ],
)
def test_the_list_is_narrowed_by_any_combination(client, women, mai, asked, names):
    client.force_login(mai)
    assert [name.split()[-1] for name in sifted(client, **asked)] == names


def test_nothing_asked_of_people_stands_in_an_address_and_a_sensitive_filter_is_logged(client, women, mai):
    client.force_login(mai)
    answer = client.post(SIFT, {"occupation": "ruộng", "ethnicity": "Khmer", "party": "untold"})
    assert answer["Location"].startswith(f"{LIST}?loc=")
    assert len(answer["Location"]) == len(f"{LIST}?loc=") + 8
    assert [(row.by, row.member, row.column, row.reason) for row in Reading.objects.order_by("pk")] == [
        (mai, None, column, "Lọc danh sách: 1 người") for column in ("ethnicity", "party")
    ]
    client.post(SIFT, {"occupation": "ruộng"})
    assert Reading.objects.count() == 2
    assert client.get(f"{LIST}?loc=khongco1").status_code == 302


def test_what_cannot_be_read_is_said(client, women, mai):
    client.force_login(mai)
    for asked, sentence in [
        ({"age_from": "x"}, "phải là một số"), ({"joined_from": "31/02/2024"}, "không có trong lịch"),
        ({"born_from": "1990", "born_to": "1980"}, "Đổi chỗ hai ô"), ({"age_to": "999"}, "không lớn hơn 130"),
    ]:  # fmt: skip
        answer = client.post(SIFT, asked)
        assert answer.status_code == 422
        assert sentence in markup(answer)
    for asked in ({"unit": "\x00"}, {"unit": "khong-co"}, {"standings": "x"}, {"party": "\x00"}, {"home": "\x00%_\\"}):
        assert client.post(SIFT, asked, follow=True).status_code == 200


def test_an_empty_register_and_an_empty_answer_say_what_to_do(client, place, lan):
    client.force_login(lan)
    assert "chưa có hội viên nào" in words(client.get(LIST))
    woman(place.branch, "Lê Thị An", 1960)
    assert "Bỏ bớt điều kiện" in words(client.post(SIFT, {"age_to": "20"}, follow=True))
    assert "Không có hội viên nào như vậy" in words(client.post(FIND, {"tim": "xyz"}))


def test_one_row_and_thirty_take_the_same_statements_and_the_rest_is_paged(client, place, mai):
    woman(place.branch, "Lê Thị Một", 1980, phone="0905000111")
    client.force_login(mai)
    few = statements(client, LIST)
    for at in range(PAGE):
        card = woman(place.other, f"Lê Thị {'ABCDEGHIKLMNOPQRSTUVXY'[at % 22]}", 1980)
        stand(card, "ordinary")
    answer = client.get(LIST)
    assert len(listed(answer)) == PAGE
    assert statements(client, LIST) == few
    assert listed(client.get(LIST, {"trang": "2"})) == ["Lê Thị Y"]
