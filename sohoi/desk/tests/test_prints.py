"""What is printed of a register: for her branches only, for a purpose that is kept, without anything sensitive."""

import io
import re
from datetime import date

import pytest
import segno
from django.urls import reverse
from docx import Document
from PIL import Image

from sohoi.people.models import DataRequest, Export, Member, Photo
from sohoi.reports.card_codes import keep
from sohoi.reports.member_list import member_list, printed
from sohoi.reports.models import CardCode
from sohoi.reports.tests.test_writers import poppler
from sohoi.reports.writers import cards
from tests.people import woman

HOSTILE = "=A1+#[*Thị*] {{B}}"
PURPOSE = "Nộp danh sách cho Hội cấp trên"
KEPT = {"phone": "0000123456", "ethnicity": "Khmer", "party": True, "id_tail": "789", "address": "Tổ 3, Ấp Một"}


@pytest.fixture
def women(place):
    """Three women of chị Lan's branch, one with a name that tries to be more than a name; one of the other branch."""
    mine = [
        woman(place.branch, "Nguyễn Thị Đào", 1985, date(2019, 3, 8), **KEPT),
        woman(place.branch, "Trần Thị Ánh", 1990),
        woman(place.branch, HOSTILE, 1971),
    ]
    return [*mine, woman(place.other, "Lê Thị Người Khác", 1980)]


def sent(client, name, unit, status=200, **more):
    """What comes back for the form."""
    answer = client.post(reverse(name), {"unit": unit.code, "purpose": PURPOSE, "as": "pdf", **more})
    assert answer.status_code == status
    return answer


def words(pdf: bytes) -> str:
    """What can be read on the pages."""
    return " ".join(poppler("pdftotext", pdf, "-layout").split())


def test_the_list_is_numbered_in_vietnamese_order_under_the_heading_of_a_paper(client, place, lan, women):
    client.force_login(lan)
    answer = sent(client, "members-print", place.branch, **{"as": "docx"})
    paper = Document(io.BytesIO(answer.content))
    rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    listed = [row for row in rows if len(row) == 6]
    assert listed[0] == ["STT", "Họ và tên", "Năm sinh", "Diện", "Địa chỉ", "Ngày vào Hội"]
    assert [row[:3] for row in listed[1:]] == [
        ["1", "Trần Thị Ánh", "1990"], ["2", "Nguyễn Thị Đào", "1985"], ["3", HOSTILE, "1971"],
    ]  # fmt: skip
    assert listed[2][4:] == ["Tổ 3, Ấp Một", "08/3/2019"]
    text = " ".join([cell for row in rows for cell in row] + [p.text for p in paper.paragraphs])
    for said in ("DANH SÁCH HỘI VIÊN", "Danh sách có 3 trên 3 hội viên", "HỘI LHPN PHƯỜNG MỸ XUYÊN", "CHI HỘI TRƯỞNG"):
        assert said in text
    assert "Người Khác" not in text


@pytest.mark.parametrize("name", ["members-print", "members-cards"])
def test_nothing_sensitive_is_on_paper_and_words_are_only_words(client, place, lan, women, name):
    client.force_login(lan)
    said = words(sent(client, name, place.branch).content)
    assert "Nguyễn Thị Đào" in said
    assert HOSTILE in said
    for secret in ("0000123456", "Khmer", "789", "Đảng viên", "Người Khác"):
        assert secret not in said


@pytest.mark.parametrize("name", ["members-print", "members-cards"])
def test_only_the_letters_of_the_house_are_used_and_all_are_in_the_file(client, place, lan, women, name):
    client.force_login(lan)
    fonts = poppler("pdffonts", sent(client, name, place.branch).content).splitlines()[2:]
    assert fonts
    assert all("Tinos" in line and "yes yes" in line for line in fonts)


@pytest.mark.parametrize("name", ["members-print", "members-cards"])
def test_who_took_it_and_what_for_is_kept_and_without_a_purpose_there_is_no_file(client, place, lan, women, name):
    client.force_login(lan)
    answer = sent(client, name, place.branch, 422, purpose="in")
    assert 'id="muc-dich-sai"' in answer.content.decode()
    assert not Export.objects.exists()
    assert sent(client, name, place.branch)["Cache-Control"] == "no-store"
    kept = Export.objects.get()
    assert (kept.by, kept.purpose, kept.rows) == (lan, PURPOSE, 3)
    assert "Chi hội Ấp Một" in kept.what


@pytest.mark.parametrize("name", ["members-print", "members-cards"])
def test_the_branch_must_be_hers(client, place, lan, thu, women, name):
    client.force_login(lan)
    sent(client, name, place.other, 404)
    assert client.get(reverse(name), {"unit": place.other.code}).status_code == 404
    assert "Chi hội Ấp Một, 3 hội viên" in " ".join(client.get(reverse(name)).content.decode().split())
    client.force_login(thu)
    sent(client, name, place.branch, 404)
    assert not Export.objects.exists()


def test_she_who_asked_that_her_data_rest_is_counted_and_not_named(client, place, lan, women):
    day = date(2026, 3, 8)
    told = {"wish": "restrict", "asked_on": day, "due_on": day, "taken_by": lan, "done_on": day, "done_by": lan}
    DataRequest.objects.create(member=women[0], **told)
    client.force_login(lan)
    said = words(sent(client, "members-print", place.branch).content)
    assert "Danh sách có 2 trên 3 hội viên của chi hội. 1 người đã yêu cầu hạn chế dùng dữ liệu" in said
    assert "Thị Đào" not in said + words(sent(client, "members-cards", place.branch).content)


def test_she_who_was_erased_is_counted_as_in_the_figures(place, women):
    day = date(2026, 3, 8)
    Member.objects.filter(pk=women[0].pk).update(erased_on=day)
    found = printed(place.branch, day)
    assert (len(found.lines), found.count, found.erased) == (2, 3, 1)
    assert (
        member_list(found, day).body[0].pieces[0]
        == "Danh sách có 2 trên 3 hội viên của chi hội. 1 người đã yêu cầu xóa dữ liệu."
    )


def test_a_chair_chooses_among_her_branches(client, place, mai, women):
    client.force_login(mai)
    page = client.get(reverse("members-print")).content.decode()
    assert "?unit=lan-1" in page
    assert "?unit=lan-2" in page


def test_the_qr_holds_an_address_that_opens_the_card_for_those_who_may(
    client, place, lan, mai, thu, women, monkeypatch
):
    seen = []
    monkeypatch.setattr(cards, "qr", lambda address: seen.append(address) or _qr(address))
    client.force_login(lan)
    sent(client, "members-cards", place.branch)
    codes = dict(CardCode.objects.values_list("code", "member_id"))
    assert sorted(seen) == sorted(f"http://testserver/the/{code}/" for code in codes)
    assert len(set(codes.values())) == 3
    for code, pk in codes.items():
        assert len(code) == 9
        address = reverse("card-code", args=[code])
        assert client.get(address)["Location"] == reverse("member", args=[pk])
        assert client.get(reverse("card-code", args=[code.lower()]))["Location"] == reverse("member", args=[pk])
    other = reverse("card-code", args=[keep([women[3]])[women[3].pk]])
    assert client.get(other).status_code == 404
    assert client.get(reverse("card-code", args=["222222222"])).status_code == 404
    client.force_login(thu)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address)["Location"].startswith(reverse("account_login"))


def picture() -> bytes:
    """A made-up portrait, wider than high, in one colour."""
    stream = io.BytesIO()
    Image.new("RGB", (480, 360), (30, 160, 90)).save(stream, "JPEG")
    return stream.getvalue()


def test_her_picture_stands_on_her_card_and_on_no_other(client, place, lan, women):
    Photo.objects.create(member=women[0], jpeg=picture())
    Photo.objects.create(member=women[3], jpeg=picture())
    client.force_login(lan)
    drawn = sent(client, "members-cards", place.branch).content
    listed = [line.split() for line in poppler("pdfimages", drawn, "-list").splitlines()[2:]]
    assert [line[3:5] for line in listed] == [["240", "320"]]


_qr = cards.qr


def test_the_dark_squares_of_the_printed_qr_are_those_of_the_address():
    address = "https://so.example.vn/the/23456789A/"
    drawn = _qr(address)
    size = segno.make_qr(address, error="m").symbol_size(border=0)[0]
    dark = [[0] * size for _ in range(size)]
    x = y = 0.0
    for sign, told in re.findall(r"([Mmh])([-\d. ]+)", re.search(r' d="([^"]+)"', drawn)[1]):
        numbers = [float(n) for n in told.split()]
        if sign == "h":
            for at in range(int(numbers[0])):
                dark[int(y)][int(x) + at] = 1
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if sign == "M" else (x + numbers[0], y + numbers[1])
    assert dark == [list(row) for row in segno.make_qr(address, error="m").matrix]


def test_a_card_keeps_its_code_and_no_query_is_asked_for_each(place, women, django_assert_num_queries):
    first = keep(women)
    with django_assert_num_queries(1):
        assert keep(women) == first
    more = [woman(place.branch, f"Phạm Thị Số {at}") for at in "ABCDEFGH"]
    with django_assert_num_queries(3):
        assert len(keep(more)) == 8
