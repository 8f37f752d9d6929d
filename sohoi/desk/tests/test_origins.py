"""What stands behind a number: its records, and proof that they add up, for every way to add."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sohoi.desk.addresses import figure_url
from sohoi.desk.origins import origin
from sohoi.desk.tests.promises import resolve
from sohoi.figures.read import figure
from sohoi.ledger.models import Record
from sohoi.ledger.totals import fold
from sohoi.ledger.write import accept, close_month, void
from sohoi.periods import parse
from sohoi.units.models import Unit
from tests.people import account, deed, measure, tell

APRIL = date(2024, 4, 15)


@pytest.fixture
def told(place, hoa):
    """Two groups and a gift by the branch, three groups by the other, one by the district itself; one taken back."""
    tell(
        deed(place.branch, APRIL, values={"count": 2}),
        deed(place.branch, APRIL, "house-gift", values={"count": 5, "money": 1_500_000}),
        deed(place.other, date(2024, 1, 2), values={"count": 3}),
        deed(place.district, date(2024, 3, 31)),
        by=hoa,
    )
    wrong = accept(deed(place.branch, date(2024, 2, 2), values={"count": 7}), by=hoa).draft
    void(Record.objects.get(pk=wrong.id), "Ghi trùng với Ấp Hai", by=hoa)


def open_behind(client, said):
    """The page behind a figure."""
    answer = client.get(figure_url(said))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_behind_a_number_are_its_records_and_they_add_up(client, place, told, hoa):
    client.force_login(hoa)
    page = open_behind(client, figure(measure("groups"), place.district, parse("2024")))
    assert "Hội LHPN huyện Mỹ Xuyên</a>" in page
    assert "Năm 2024" in page
    assert "theo địa giới tại thời điểm đó" in page
    assert "4 việc dưới đây cộng lại là <strong>6</strong>: khớp với con số trên." in page
    assert "<s>Thành lập tổ</s>" in page
    assert "Ghi trùng với Ấp Hai" in page
    assert '<span class="small-print d-block">Xã Đại Tâm</span>' in page  # which of the communes a branch stood in


@pytest.mark.parametrize("code", ["groups-health", "households-visited", "members", "gift-money"])
def test_every_way_to_add_is_proved_by_its_list(client, place, told, hoa, code):
    accept(deed(place.branch, APRIL, values={"count": 1, "form": "health"}), by=hoa)
    for head in ("Bà A", "Bà A", "Bà B"):
        accept(deed(place.branch, APRIL, "house-visit", household=head), by=hoa)
    accept(deed(place.branch, date(2022, 1, 1), "house-admission", values={"count": 9}), by=hoa)
    accept(deed(place.other, date(2024, 1, 1), "house-leaving", values={"count": 2}), by=hoa)
    client.force_login(hoa)
    said = figure(measure(code), place.district, parse("2024"))
    assert said.value == {"groups-health": 1, "households-visited": 2, "members": 7, "gift-money": 1_500_000}[code]
    page = open_behind(client, said)
    assert "khớp với con số trên" in page
    fold()
    assert "khớp với con số trên" in open_behind(client, said)


def test_a_declared_number_says_that_only_the_newest_counts(client, place, hoa):
    for day, count in ((date(2023, 1, 1), 500), (date(2024, 1, 1), 600)):
        accept(deed(place.commune, day, "house-women-declared", values={"count": count}), by=hoa)
    client.force_login(hoa)
    page = open_behind(client, figure(measure("women"), place.district, parse("2024")))
    assert "lần khai mới nhất của mỗi đơn vị" in page
    assert page.count("Khai số phụ nữ từ 18 tuổi</a>") == 2


def test_a_ratio_leads_to_its_two_parts(client, place, hoa):
    accept(deed(place.branch, APRIL, "house-admission", values={"count": 30}), by=hoa)
    accept(deed(place.town, APRIL, "house-women-declared", values={"count": 40}), by=hoa)
    client.force_login(hoa)
    page = open_behind(client, figure(measure("rate"), place.district, parse("2024")))
    assert '<span class="figure">75%</span>' in page
    assert "m=house-members" in page
    assert "m=house-women" in page


def test_a_late_deed_is_marked_and_proved(client, place, hoa):
    close_month(place.today, date(2026, 1, 1), by=hoa)
    accept(deed(place.branch, date(2026, 1, 15)), by=hoa)
    client.force_login(hoa)
    page = open_behind(client, figure(measure("groups"), place.heir, parse("2026-02")))
    assert "Phát sinh sau kỳ chốt" in page
    assert "1 việc dưới đây cộng lại là <strong>1</strong>" in page


def test_who_only_follows_sees_the_number_and_no_record(client, place, told):
    follower = account("theo-doi", "Chị Theo", (place.today, "reader"))
    client.force_login(follower)
    page = open_behind(client, figure(measure("groups"), place.district, parse("2024")))
    assert '<span class="figure">6</span>' in page
    assert "không mở được từng việc đã ghi" in page
    assert "Chi hội Ấp Một" not in page


def test_records_beyond_her_scope_are_counted_but_not_listed(client, place, told, hoa):
    """An officer who reads in one ward only, but sees the figures of the whole city."""
    both = account("hai-chuc", "Chị Hai", (place.today, "reader"), (place.heir, "base-chair"))
    client.force_login(both)
    page = open_behind(client, figure(measure("groups"), place.district, parse("2024")))
    assert "Con số gồm 4 việc; chị đọc được 3 việc trong phạm vi của mình" in page
    assert "cộng lại là 5" in page


def test_the_list_is_paged(client, place, hoa):
    tell(*[deed(place.branch, APRIL + timedelta(days=count)) for count in range(51)], by=hoa)
    client.force_login(hoa)
    said = figure(measure("groups"), place.branch, parse("2024"))
    assert "Trang 1 trên 2" in open_behind(client, said)
    second = client.get(figure_url(said) + "&trang=2").content.decode()
    assert second.count("Thành lập tổ</a>") == 1
    assert "15/4/2024" in second  # the oldest stands last


def test_the_page_opens_with_the_figure_in_a_sentence(client, place, told, hoa, tmp_path):
    resolve(tmp_path)
    client.force_login(hoa)
    page = open_behind(client, figure(measure("groups"), place.district, parse("2021-07-01..2024-05-11")))
    words = re.sub("<[^>]+>", "", re.search(r'<p class="sentence">(.*?)</p>', page)[1])
    assert words == (
        "Đạt 10,91% = 6 tổ / 55 tổ (Nghị quyết dùng để thử, chỉ tiêu 1); tăng 2 tổ (50%) so với 4 tổ tính đến cuối quý "
        "trước, do thành lập tổ (thêm 2 tổ); cùng kỳ năm trước chưa báo cáo."
    )
    [then] = re.findall(r'<a class="figure" href="([^"]+)" aria-label="4: xem các việc đã ghi">4</a>', page)
    assert ">6</a>" not in page.split("</p>")[0], "a number does not lead to the page it stands on"
    assert '<span class="figure">4</span>' in client.get(unescape(then)).content.decode()


def test_the_sentence_is_for_no_stranger_and_costs_the_same_for_any_number_of_records(client, place, told, hoa, thu):
    address = figure_url(figure(measure("groups"), place.district, parse("2024")))

    def statements():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    client.force_login(hoa)
    few = statements()
    tell(*[deed(place.other, APRIL + timedelta(days=count)) for count in range(20)], by=hoa)
    assert statements() == few
    client.force_login(thu)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("anew", [True, False])
def test_a_household_told_anew_after_it_was_taken_back_late_is_one_on_the_page_as_in_the_figure(
    client, place, hoa, anew
):
    """By record over the whole period (decision 0006): the line that takes the first back hides no later record."""
    first = accept(deed(place.branch, date(2026, 1, 15), "house-visit", household="Bà A"), by=hoa).draft
    close_month(place.today, date(2026, 1, 1), by=hoa)
    void(Record.objects.get(pk=first.id), "Ghi nhầm ngày", by=hoa)
    if anew:
        accept(deed(place.branch, date(2026, 2, 3), "house-visit", household="Bà A"), by=hoa)
    client.force_login(hoa)
    for days, count in (("2026", anew), ("2026-01", True), ("2026-02", anew)):
        said = figure(measure("households-visited"), place.heir, parse(days))
        whole = origin(said.measure, place.heir, said.period, said.view, "", Unit.objects.all())
        assert (days, said.value or 0, whole.sum, whole.complete) == (days, int(count), int(count), True)
        if count:
            assert "khớp với con số trên" in open_behind(client, said)
