"""A man is spoken of as a man: on his card, in each screen of his deeds, in what is refused."""

import re
from datetime import date

import pytest
from django.urls import reverse

from sohoi.people.addressing import addressed
from sohoi.people.tests.acts import admit, do, load_member_kinds
from sohoi.refusal import Refusal

DAY = date(2026, 3, 5)
PAGES = (
    "member",
    "member-correct",
    "member-leave",
    "member-recognise",
    "member-transfer",
    "member-rights",
    "member-home",
)


@pytest.fixture
def man(place, lan, client):
    load_member_kinds()
    client.force_login(lan)
    return admit(place.branch, "Lê Văn Tám", lan, standing="honorary", man=True, born="1960")


def said(client, name, card):
    page = client.get(reverse(name, args=[card.pk])).content.decode()
    return re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("</main")]).replace("Chị Lan", "")


def test_no_screen_about_a_man_calls_him_chi(man, client):
    for name in PAGES:
        words = said(client, name, man)
        assert not re.search(r"\b[Cc]hị\b", words), (name, words)
    assert "Quyền của anh đối với dữ liệu" in said(client, "member", man)


def test_of_a_woman_the_same_screens_say_chi(place, lan, client, man):
    card = admit(place.branch, "Trần Thị Lan", lan)
    assert "Quyền của chị đối với dữ liệu" in said(client, "member", card)
    assert "Về thẻ của chị" in said(client, "member-leave", card)


def test_what_is_refused_is_said_of_him(place, lan, man):
    do("member-recognised", place.branch, lan, man, DAY, **{"as": "core"})
    with pytest.raises(Refusal, match="^Anh đã được công nhận “Hội viên nòng cốt”"):
        do("member-recognised", place.branch, lan, man, DAY, **{"as": "core"})


def test_only_the_word_itself_changes():
    assert addressed("Chị Chịnh và chị", man=True) == "Anh Chịnh và anh"
    assert addressed("Chị và chị", man=False) == "Chị và chị"
