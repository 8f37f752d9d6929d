"""The register of numbers on the desk: for whoever sees the unit, by year, with the units that keep one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sohoi.reports.write.numbers import take_number

DAY = date(2026, 3, 5)


@pytest.fixture
def given(place, mai, hoa):
    """Three numbers of the ward, one of the city."""
    for about in ("Kết quả công tác Hội tháng 01", "Kết quả công tác Hội tháng 02"):
        take_number(place.heir, "BC", DAY, by=mai, for_=about, body="BTV")
    take_number(place.heir, "TB", date(2025, 12, 1), by=mai, for_="Kết luận <họp>", body="BTV")
    take_number(place.today, "KH", DAY, by=hoa, for_="Kế hoạch năm", body="BTV")


def shown(client, **asked):
    return client.get(reverse("numbers"), {"y": "2026", **asked})


def test_the_newest_stands_first_with_what_it_is_for(client, given, mai):
    client.force_login(mai)
    page = shown(client).content.decode()
    assert page.index("02/BC-BTV") < page.index("01/BC-BTV")
    for said in ("05/3/2026", "Kết quả công tác Hội tháng 02", "Báo cáo", "Chị Mai"):
        assert said in page
    assert "01/TB-BTV" not in page
    assert "KH-BTV" not in page


def test_each_year_has_its_own_register_and_words_are_only_words(client, given, mai):
    client.force_login(mai)
    page = shown(client, y="2025").content.decode()
    assert "01/TB-BTV" in page
    assert "Kết luận &lt;họp&gt;" in page
    assert shown(client, y="hai").status_code == 400


def test_who_is_above_finds_the_registers_below_and_others_find_nothing(client, given, place, lan, hoa, thu):
    client.force_login(hoa)
    assert "Phường Mỹ Xuyên" in shown(client).content.decode()
    assert "02/BC-BTV" in shown(client, unit=place.heir.code).content.decode()
    client.force_login(lan)
    assert shown(client, unit=place.heir.code).status_code == 404
    assert "chưa lấy số" in shown(client).content.decode()
    client.force_login(thu)
    assert shown(client).status_code == 404


def test_the_number_of_statements_does_not_grow_with_the_register(client, given, place, mai):
    client.force_login(mai)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert shown(client).status_code == 200
        counts.append(len(asked))
        for at in range(20):
            take_number(place.heir, "BC", DAY, by=mai, for_=f"Báo cáo {at}")
    assert counts[0] == counts[1]
