"""Papers on the desk: which can be written, the paper with its links, its files, and the codes printed on it."""

import io
from datetime import date

import pytest
from django.urls import reverse
from docx import Document

from sohoi.desk.tests.promises import BODY, resolve, statements
from sohoi.ledger.write import accept
from sohoi.reports.codes import code_of
from sohoi.reports.models import FigureCode
from sohoi.reports.table import Address
from sohoi.units.models import Unit
from tests.people import account, deed, tell

APRIL = date(2024, 4, 15)
FORM = "giua-nhiem-ky"


@pytest.fixture
def promised(place, hoa, tmp_path):
    """Twenty-three groups of fifty-five."""
    tell(*[deed(place.branch, APRIL) for _ in range(23)], by=hoa)
    return resolve(tmp_path, BODY.replace("goal = 55", 'goal = 55\nsay = "thành lập {result} tổ"\nsection = "family"'))


def text(client, name, *args, status=200, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_the_papers_of_her_units_are_offered(client, place, promised, hoa):
    client.force_login(hoa)
    page = text(client, "reports")
    assert "Huyện Mỹ Xuyên" in page
    assert reverse("report", args=[FORM, place.district.code]) in page
    assert "11/5/2024" in page


def test_who_has_no_paper_is_told_whose_there_are_and_who_opens_them(client, place, promised, hoa, lan, mai):
    for who in (lan, mai):
        client.force_login(who)
        page = text(client, "reports")
        assert "Đơn vị của chị không có báo cáo riêng" in page
        assert "Báo cáo sơ kết: Huyện Mỹ Xuyên" in page
        assert "Mở được cả báo cáo: Cán bộ Hội cấp tỉnh, Hội LHPN thành phố Cần Thơ ." in page.replace("Thơ.", "Thơ .")
        assert "Chị Hoa" not in page
        assert reverse("report", args=[FORM, place.district.code]) not in page
        assert client.get(reverse("goal", args=["nq-thu"])).status_code == 200
    client.force_login(account("xa", "Chị Xa", (Unit.objects.get(code="79@2025-07-01"), "province-officer")))
    assert "Chưa có báo cáo nào viết được" in text(client, "reports")


def test_every_figure_of_the_paper_leads_to_its_records(client, place, promised, hoa):
    client.force_login(hoa)
    page = text(client, "report", FORM, place.district.code)
    assert "Bản nháp</strong>, số liệu đến 11/5/2024, theo địa giới tại thời điểm đó." in page
    assert "đạt 41,82%" in page
    link = page[page.index('<a class="figure" href="') :].split('"')[3].replace("&amp;", "&")
    behind = client.get(link).content.decode()
    assert "<strong>23</strong>: khớp với con số trên" in " ".join(behind.split())


def test_another_day_makes_another_paper_and_a_day_outside_the_term_is_said(client, place, promised, hoa):
    client.force_login(hoa)
    assert "đạt 41,82%" not in text(client, "report", FORM, place.district.code, on="2024-04-14")
    page = text(client, "report", FORM, place.district.code, on="2019-01-01", status=400)
    assert "Ngày chốt nằm ngoài nhiệm kỳ" in page


@pytest.mark.parametrize(("suffix", "first"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_files_are_handed_out_and_their_codes_kept(client, place, promised, hoa, suffix, first):
    client.force_login(hoa)
    answer = client.get(reverse("report", args=[FORM, place.district.code]), {"as": suffix})
    assert answer.status_code == 200
    assert answer.content.startswith(first)
    assert answer["Content-Disposition"] == f'attachment; filename="{FORM}-947-2024-05-11.{suffix}"'
    assert FigureCode.objects.filter(measure__code="house-groups", unit=place.district).exists()


def test_page_and_word_say_the_same_words(client, place, promised, hoa):
    client.force_login(hoa)
    paper = text(client, "report", FORM, place.district.code)
    word = client.get(reverse("report", args=[FORM, place.district.code]), {"as": "docx"})
    lines = "\n".join(line.text for line in Document(io.BytesIO(word.content)).paragraphs)
    assert "tổ, đạt 41,82%" in lines
    assert "tổ, đạt 41,82%" in paper


def test_a_code_from_paper_opens_the_same_records_for_whom_the_unit_is_hers(client, place, promised, hoa, lan):
    client.force_login(hoa)
    client.get(reverse("report", args=[FORM, place.district.code]), {"as": "pdf"})
    address = Address("house-groups", place.district.code, date(2021, 7, 1), date(2024, 5, 11), "was")
    code = code_of(address)
    opened = client.get(reverse("figure-code", args=[code]), follow=True).content.decode()
    assert "<strong>23</strong>: khớp với con số trên" in " ".join(opened.split())
    typed = client.get(reverse("reports"), {"ma": f" {code[:3].lower()}-{code[3:].lower()} "})
    assert typed.url == reverse("figure-code", args=[code])
    client.force_login(lan)
    text(client, "figure-code", code, status=404)
    assert "Không có mã" in text(client, "reports", ma=code, status=404)


def test_a_code_that_was_never_printed_opens_nothing(client, place, promised, hoa):
    client.force_login(hoa)
    text(client, "figure-code", "ABCDEFG", status=404)
    assert "Không có mã “ABCDEFG”" in text(client, "reports", ma="ABCDEFG", status=404)


def test_a_stranger_finds_nothing_and_a_paper_belongs_to_its_unit(client, place, promised, mai, thu):
    client.force_login(thu)
    text(client, "reports", status=404)
    text(client, "report", FORM, place.district.code, status=404)
    client.force_login(mai)
    text(client, "report", FORM, place.district.code, status=404)
    text(client, "report", FORM, place.heir.code, status=404)  # hers, but without a resolution


def test_a_form_or_resolution_that_is_none_is_not_found(client, place, promised, hoa):
    client.force_login(hoa)
    text(client, "report", "khong-co", place.district.code, status=404)
    text(client, "report", FORM, place.district.code, r="khong-co", status=404)
    text(client, "report", FORM, place.district.code, r=promised.code)


def test_a_sensitive_figure_has_no_link_and_no_code(client, place, promised, hoa, tmp_path):
    accept(deed(place.branch, APRIL, "house-quiet", values={"count": 99}), by=hoa)
    quiet = '\n[[criterion]]\ncode = "kin"\nlabel = "Được hỗ trợ"\nmeasure = "house-quiet"\n'
    resolve(tmp_path, BODY + quiet + 'say = "hỗ trợ {result} người"\nsection = "family"\n')
    client.force_login(hoa)
    page = text(client, "report", FORM, place.district.code)
    assert "m=house-quiet" not in page
    client.get(reverse("report", args=[FORM, place.district.code]), {"as": "xlsx"})
    assert not FigureCode.objects.filter(measure__code="house-quiet").exists()


def test_pages_take_no_more_statements_for_more_records(client, place, promised, hoa):
    client.force_login(hoa)
    urls = [reverse("reports"), reverse("report", args=[FORM, place.district.code])]
    before = [statements(client, url) for url in urls]
    for _ in range(3):
        accept(deed(place.other, APRIL), by=hoa)
    assert [statements(client, url) for url in urls] == before
