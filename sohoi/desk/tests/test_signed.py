"""Signed papers on the desk: what a code opens, the proof of a figure, a newer version, one that was changed."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.urls import reverse

from sohoi.desk.origins import stood
from sohoi.desk.tests.promises import words
from sohoi.ledger.models import Measure, Record
from sohoi.ledger.write import accept, void
from sohoi.reports.models import Version
from sohoi.reports.read.printed import Printed
from sohoi.reports.read.verifying import paper_of
from sohoi.reports.table import Address, Cell
from sohoi.reports.write.cycle import amend, approve, submit
from sohoi.reports.write.signing import sign
from sohoi.units.models import Unit
from tests.people import account, deed
from tests.reporting import say

pytestmark = pytest.mark.django_db


def code_of(version, measure, column):
    """The code beside the first figure of a measure in a column of the table, as printed."""
    cells = [cell for cell in paper_of(version).cells if cell.code and cell.address.measure == measure]
    wanted = {"period": date(2026, 10, 1), "year": date(2026, 1, 1)}[column]
    return next(cell.code for cell in cells if cell.address.first == wanted)


def behind(client, version, measure, column="period"):
    """What the code of a figure opens."""
    return words(client.get(reverse("figure-code", args=[code_of(version, measure, column)])))


def changed(version, body):
    """Somebody who owns the database changes what was signed."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set session_replication_role = replica")
        Version.objects.filter(pk=version.pk).update(body=body)
        cursor.execute("set session_replication_role = origin")


def test_a_figure_is_proved_as_it_stood(client, signed_commune, hoa, lan, place):
    client.force_login(hoa)
    assert "1 việc dưới đây cộng lại là 30 : khớp với con số trên" in behind(client, signed_commune, "house-gifts")
    void(Record.objects.get(), "Ghi nhầm", by=lan)  # on the first open day: the signed figure is what it was
    accept(deed(place.branch, date(2026, 10, 9), "house-gift", values={"count": 9, "money": 1}), by=lan)
    page = behind(client, signed_commune, "house-gifts")
    assert "1 việc dưới đây cộng lại là 30 : khớp với con số trên" in page
    assert "1 việc dưới đây cộng lại là 30 : khớp" in behind(client, signed_commune, "house-gifts", "year")


def test_each_household_counts_once_and_a_narrowed_measure_counts_its_own(client, of_commune, place, lan, mai, hoa):
    for day in (3, 4):
        accept(deed(place.branch, date(2026, 10, day), "house-visit", household="Bà Sáu"), by=lan)
    for form, count in (("health", 2), ("saving", 3)):
        accept(deed(place.branch, date(2026, 10, 5), values={"count": count, "form": form}), by=lan)
    say(of_commune, "opinion", "Ổn định.", by=mai)
    submit(of_commune, by=mai)
    approve(of_commune, by=hoa)
    version = sign(of_commune, by=mai)
    client.force_login(hoa)
    assert "2 việc dưới đây thuộc về 1 hộ khác nhau: khớp" in behind(client, version, "house-households-visited")
    address = Address("house-groups-health", place.heir.code, date(2026, 10, 1), date(2026, 10, 31), "was")
    found = stood(Printed(version, Cell("2", 2, address=address)), Unit.objects.all())
    assert (found.sum, found.mine, found.complete) == (2, 1, True)


def test_behind_a_band_of_age_no_records_are_listed_for_years_of_birth_are_not_kept(client, signed_commune, hoa):
    Measure.objects.filter(code="house-gifts").update(age={"from": 16, "to": 30})
    client.force_login(hoa)
    page = behind(client, signed_commune, "house-gifts")
    assert "Bản đã ký không giữ năm sinh của từng hội viên" in page
    assert "việc dưới đây" not in page


def test_who_may_not_read_every_record_is_told_so(client, signed_commune, place):
    both = account("hai-chuc", "Chị Hai", (place.today, "reader"), (place.other, "branch-head"))
    client.force_login(both)
    page = behind(client, signed_commune, "house-gifts")
    assert "khớp với con số trên" not in page
    assert "Không có việc nào" not in page


def test_a_superseded_paper_says_so(client, signed_commune, of_commune, mai, hoa):
    address = reverse("figure-code", args=[signed_commune.code])
    assert "Đã có bản" not in words(client.get(address))
    amend(of_commune, "Bổ sung", by=mai)
    submit(of_commune, by=mai)
    approve(of_commune, by=hoa)
    second = sign(of_commune, by=mai)
    stranger = words(client.get(address))
    assert "Đã có bản mới hơn." in stranger
    assert second.code not in stranger
    client.force_login(hoa)
    assert "Đã có bản 2 ký ngày" in words(client.get(address))
    assert "Đã có bản 2" not in words(client.get(reverse("figure-code", args=[second.code])))


def test_a_changed_paper_is_neither_shown_nor_handed_out(client, signed_commune, of_commune, hoa):
    code = code_of(signed_commune, "house-gifts", "period")
    for body in (signed_commune.body.replace('"30"', '"31"', 1), "{}", "rác"):
        with transaction.atomic():
            changed(signed_commune, body)
            client.logout()
            told = words(client.get(reverse("figure-code", args=[code])))
            assert "không còn đúng như lúc ký" in told
            assert "khớp" not in told
            client.force_login(hoa)
            signed = reverse("signed", args=[of_commune.pk, 1])
            for url in (reverse("regular", args=[of_commune.pk]), signed, f"{signed}?as=pdf", f"{signed}?as=docx"):
                answer = client.get(url)
                assert answer.status_code == 409
                assert "không còn đúng như lúc ký: nội dung đã bị đổi" in words(answer)
            told = words(client.get(reverse("figure-code", args=[code])))
            assert "không còn đúng như lúc ký" in told
            assert "Phần quà" not in told
            transaction.set_rollback(True)


def test_a_version_is_added_up_again_when_asked(client, signed_commune, of_commune, hoa):
    client.force_login(hoa)
    address = reverse("signed", args=[of_commune.pk, 1])
    page = words(client.get(address))
    assert "Nội dung đúng như lúc ký" in page
    assert "Cộng lại từ sổ" in page
    assert "số liệu cộng lại từ sổ khi ấy khớp" in words(client.get(address, {"kiem": "1"}))
    Measure.objects.filter(code="house-gifts").update(filter={"form": "health"})
    told = client.get(address, {"kiem": "1"})
    assert "Lưu ý: Bản 1" in words(told)
    assert b"alert-danger" not in told.content


def test_checks_are_a_page_for_who_follows_the_link_and_a_part_for_the_page(client, of_commune, mai):
    client.force_login(mai)
    address = reverse("regular-checks", args=[of_commune.pk])
    whole, part = client.get(address), client.get(address, headers={"HX-Request": "true"})
    assert b"<main" in whole.content
    assert b"<main" not in part.content
    for answer in (whole, part):
        assert "Nên xem lại trước khi ký" in words(answer)
    Measure.objects.filter(code="house-gifts").update(code="house-gifts-old")
    part = client.get(address, headers={"HX-Request": "true"})
    assert (part.status_code, b"<main" in part.content) == (200, False)
    assert "không còn trong sổ" in words(part)
