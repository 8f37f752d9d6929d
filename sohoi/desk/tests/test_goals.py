"""Targets on the desk: whose resolutions are open, the tree with its words, one criterion down to its units."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from sohoi.desk.asked import review_day
from sohoi.desk.tests.promises import resolve, statements
from sohoi.goals.write import give_target
from sohoi.ledger.write import accept, confirm_month
from tests.people import deed, tell

APRIL = date(2024, 4, 15)
BODY = """
code = "nq-cay"
title = "Nghị quyết có cây chỉ tiêu"
unit = "947@2015-01-01"
term = { first = 2021-07-01, last = 2026-06-30 }
cut_off = 2024-05-11
breakthroughs = ["Chuyển đổi số trong hoạt động Hội"]
key_tasks = ["Xây dựng tổ chức Hội vững mạnh"]
ours = { cut_off = "Nguồn không ghi ngày sơ kết." }

[[group]]
code = "n1"
number = "I"
label = "Phong trào"

[[target]]
code = "1"
group = "n1"
number = "1"
label = "Tặng quà"
[[target.criterion]]
code = "1.1"
label = "Phần quà mỗi năm"
measure = "house-gifts"
goal = 10
yearly = true

[[target]]
code = "2"
group = "n1"
number = "2"
label = "Thành lập tổ"
[[target.criterion]]
code = "2.1"
label = "Tổ được thành lập"
measure = "house-groups"
goal = 55
ours = "Nguồn không in số giao."
[[target.criterion]]
code = "2.2"
label = "Tổ do chính cấp huyện lập"
measure = "house-groups"
level = "district"
goal = 2

[[target]]
code = "3"
number = "3"
label = "Việc kín"
[[target.criterion]]
code = "3.1"
label = "Người được hỗ trợ"
measure = "house-quiet"
goal = 1

[[criterion]]
code = "x"
label = "Cơ sở có từ 3 tổ"
measure = "house-groups"
shape = "share"
level = "base"
threshold = 3
"""


@pytest.fixture
def promised(place, hoa, tmp_path):
    """Twenty-three groups of the branches, one of the district itself, gifts in two years, one quiet deed."""
    gifts = [(date(2022, 5, 5), 12), (date(2023, 5, 5), 9)]
    tell(
        *[deed(place.branch, APRIL) for _ in range(20)],
        deed(place.other, date(2023, 7, 1), values={"count": 3}),
        deed(place.district, date(2022, 12, 31)),
        *[deed(place.branch, day, "house-gift", values={"count": count}) for day, count in gifts],
        deed(place.branch, APRIL, "house-quiet", values={"count": 1}),
        by=hoa,
    )
    return resolve(tmp_path, BODY)


def text(client, name, *args, status=200, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def at(text, words):
    """What stands after some words, up to the next thousand signs."""
    assert words in text
    return text[text.index(words) :][:1500]


def test_her_resolutions_are_listed_with_the_term(client, promised, hoa):
    client.force_login(hoa)
    page = text(client, "goals")
    assert reverse("goal", args=["nq-cay"]) in page
    assert "01/7/2021 – 30/6/2026" in page
    assert ">cấp trên<" not in page


def test_without_a_resolution_the_page_says_what_to_do(client, place, hoa):
    client.force_login(hoa)
    assert "nạp tệp nghị quyết" in text(client, "goals")


def test_a_resolution_from_above_is_open_for_her_own_unit_only(client, place, promised, mai):
    client.force_login(mai)
    assert ">cấp trên<" in text(client, "goals")
    page = text(client, "goal", "nq-cay", unit=place.commune.code)
    assert "Chưa giao số cho Xã Đại Tâm" in page
    text(client, "goal", "nq-cay", unit=place.district.code, status=404)
    text(client, "goal", "nq-cay", unit=place.heir.code, status=404)  # the district never bound today's ward


def test_a_stranger_finds_nothing(client, promised, thu):
    client.force_login(thu)
    for name, args in (("goals", ()), ("goal", ("nq-cay",)), ("clause", ("nq-cay", "2.1"))):
        text(client, name, *args, status=404)


def test_a_resolution_elsewhere_is_as_if_it_were_not_there(client, place, hoa, tmp_path):
    resolve(tmp_path, BODY.replace("947@2015-01-01", "TW").replace("nq-cay", "nq-tw"))
    client.force_login(hoa)
    page = text(client, "goal", "nq-tw")
    assert "Hội LHPN thành phố Cần Thơ" in page
    text(client, "goal", "nq-tw", unit=place.centre.code, status=404)


def test_the_tree_says_the_words_of_print(client, promised, hoa):
    client.force_login(hoa)
    page = text(client, "goal", "nq-cay")
    assert "Đạt, vượt <strong>0/3</strong> chỉ tiêu" in page
    assert "Tính đến 11/5/2024, theo địa giới tại thời điểm đó." in page
    assert "đạt 43,64%" in at(page, "Tổ được thành lập</a>")
    assert "đến 11/5/2024 cần 32 tổ" in page
    assert "Có phần do phần mềm đặt: xem lý do" in at(page, "Tổ được thành lập</a>")
    assert page.count("nghị quyết không in;") == 1
    assert "Nguồn không ghi ngày sơ kết." in page
    assert "1 khâu đột phá, 1 nhiệm vụ trọng tâm" in page


MORE = """
code = "nq-them"
title = "Nghị quyết có mức trần"
unit = "947@2015-01-01"
term = { first = 2021-07-01, last = 2026-06-30 }
cut_off = 2024-05-11
[[criterion]]
code = "tran"
label = "Quà không quá"
measure = "house-gifts"
goal = 3
at_most = true
[[criterion]]
code = "doi"
label = "Phụ nữ tăng"
measure = "house-women"
goal = 150
words = "difference"
change = true
[[criterion]]
code = "to"
label = "Tổ lập"
measure = "house-groups"
goal = 20
"""


def test_a_ceiling_a_change_and_what_was_exceeded_are_said(client, place, promised, mai, hoa, tmp_path):
    resolve(tmp_path, MORE)
    for day, count in ((date(2021, 6, 1), 100), (date(2024, 2, 1), 180)):
        accept(deed(place.town, day, "house-women-declared", values={"count": count}), by=mai)
    accept(deed(place.town, APRIL, "house-gift", values={"count": 4}), by=mai)
    client.force_login(hoa)
    page = text(client, "goal", "nq-them")
    assert "Trong đó 2 chỉ tiêu vượt (đạt 120%); có 1 chỉ tiêu hoàn thành trước thời hạn." in page
    assert "vượt 30 người" in at(page, "Phụ nữ tăng</a>")
    assert "tăng 80 người so với đầu nhiệm kỳ" in page
    assert "không quá 3 phần" in at(page, "Quà không quá</a>")
    assert "so với mức giao không quá 3 phần" in text(client, "clause", "nq-them", "tran")


def test_a_yearly_criterion_shows_each_year_and_its_verdict(client, promised, hoa):
    client.force_login(hoa)
    here = "".join(at(text(client, "goal", "nq-cay"), "Phần quà mỗi năm</a>").split())
    assert '12phần</a><spanclass="year-met">đạt</span>' in here
    assert '9phần</a><spanclass="year-unmet">chưađạt</span>' in here
    assert "hằng năm" not in here


def test_a_level_s_own_deeds_lead_to_those_records_alone(client, promised, hoa):
    client.force_login(hoa)
    page = text(client, "clause", "nq-cay", "2.2")
    assert "chỉ tính việc do chính cấp huyện làm" in page
    url = next(part for part in page.split('"') if part.startswith(reverse("behind"))).replace("&amp;", "&")
    assert parse_qs(urlsplit(url).query)["l"] == ["district"]
    assert "1 việc dưới đây cộng lại là <strong>1</strong>" in " ".join(client.get(url).content.decode().split())


def test_a_sensitive_criterion_has_no_page_and_no_address(client, promised, hoa):
    client.force_login(hoa)
    page = text(client, "goal", "nq-cay")
    assert "có phát sinh" in page or "chưa báo cáo" in page
    assert "/3.1/" not in page
    assert "house-quiet" not in page
    text(client, "clause", "nq-cay", "3.1", status=404)


def test_unmet_targets_come_first_on_request(client, promised, hoa, tmp_path):
    resolve(tmp_path, BODY.replace("goal = 10\n", "goal = 9\n"))
    client.force_login(hoa)
    page = text(client, "goal", "nq-cay")
    assert page.index("1. Tặng quà") < page.index("2. Thành lập tổ")
    page = text(client, "goal", "nq-cay", sort="unmet")
    assert page.index("2. Thành lập tổ") < page.index("1. Tặng quà")


def test_a_criterion_names_its_units_what_is_missing_and_who_is_silent(client, place, promised, hoa):
    client.force_login(hoa)
    page = text(client, "clause", "nq-cay", "2.1")
    assert "Còn thiếu 31 tổ so với mức giao 55 tổ." in page
    assert "9/11 đơn vị chưa báo cáo." in page
    assert f"unit={place.commune.code.replace('@', '%40')}" in page
    assert ">Thị trấn Mỹ Xuyên</a>" in page
    assert "Tại chính đơn vị" in page
    assert '<th scope="row">Tháng 4/2024</th> <td class="num">20</td> <td class="num">24</td>' in page


def test_a_unit_that_said_nothing_was_done_is_named(client, place, promised, hoa):
    for month in range(1, 13):
        for year in (2021, 2022, 2023, 2024):
            confirm_month(place.commune, date(year, month, 1), by=hoa)
    client.force_login(hoa)
    page = text(client, "clause", "nq-cay", "1.1", nam="2023")
    assert "1/11 đơn vị xác nhận là chưa có: Xã Đại Tâm." in page
    assert "Năm 2023 mới được 9 phần, dưới mức 10 phần mỗi năm." in page


def test_a_share_shows_which_units_reached_the_threshold(client, promised, hoa):
    client.force_login(hoa)
    page = "".join(text(client, "clause", "nq-cay", "x").split())
    assert "2/11" in page
    assert page.count("<td>đạt</td>") == 2


def test_goals_of_units_below_stand_in_the_table_and_can_be_chosen(client, place, promised, hoa):
    clause = promised.clauses.get(code="2.1")
    give_target(clause, place.commune, 4)
    client.force_login(hoa)
    page = text(client, "clause", "nq-cay", "2.1")
    assert '<th scope="col" class="num">Mức giao</th>' in page
    assert "đạt 75%" in page
    assert f'<option value="{place.commune.code}"' in text(client, "goal", "nq-cay")


def test_a_day_that_is_none_is_said_and_the_page_still_answers(client, promised, hoa):
    client.force_login(hoa)
    assert "Ngày “31-02-2024” không có trong lịch." in text(client, "goal", "nq-cay", on="31-02-2024", status=400)
    text(client, "goal", "nq-cay", unit="\x00", status=404)
    text(client, "clause", "nq-cay", "không có", status=404)


def test_a_unit_that_has_ended_shows_its_review_and_one_that_stands_today(place, promised):
    today = timezone.localdate()
    assert review_day(promised, today) == date(2024, 5, 11)
    promised.cut_off = None
    assert review_day(promised, today) == date(2025, 6, 30)
    promised.unit = place.today
    assert review_day(promised, today) == min(today, date(2026, 6, 30))


def test_pages_take_no_more_statements_for_more_records_and_units(client, place, promised, hoa):
    client.force_login(hoa)
    urls = [reverse("goal", args=["nq-cay"]), reverse("clause", args=["nq-cay", "2.1"]), reverse("goals")]
    before = [statements(client, url) for url in urls]
    for _ in range(3):
        accept(deed(place.other, APRIL), by=hoa)
        accept(deed(place.town, APRIL), by=hoa)
    assert [statements(client, url) for url in urls] == before
