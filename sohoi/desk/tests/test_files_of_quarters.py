"""Word files of branches dropped into a report that is made from the commune's own months: quarter, half, nine months,
year."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sohoi.desk.tests.test_files import GOOD, listed, opened, send, words
from sohoi.periods import parse
from sohoi.reports.models import SentFile
from sohoi.reports.read.files import followed, takes_files
from sohoi.reports.read.filling import filled, words_in
from sohoi.reports.regular import form_in_force
from sohoi.reports.tests.word import report as word
from sohoi.reports.write.cycle import open_report, submit
from sohoi.units.models import Level, Unit

QUARTER = parse("2026-Q3")
SHIPPED = {  # form -> what its section I is made from in a branch's file
    "quy": ("tu-tuong-1", "tu-tuong-2"), "6-thang": ("tu-tuong-1", "tu-tuong-2"),
    "9-thang": ("tu-tuong-1", "tu-tuong-2"), "nam": ("tu-tuong-1", "tu-tuong-2"),
}  # fmt: skip


@pytest.fixture
def quarter(client, forms, place, mai):
    """Chị Mai at her desk, before the report of her quarter."""
    client.force_login(mai)
    return open_report(form_in_force("house-quarter", QUARTER.last), place.heir, QUARTER, by=mai)


@pytest.mark.parametrize("code", SHIPPED)
def test_files_of_branches_follow_the_branches_form_in_every_longer_report_that_ships(code):
    form, commune = form_in_force(code, QUARTER.last), Unit(level=Level.BASE)
    way = followed(form, commune, QUARTER.last)
    assert way.form.code == "chi-hoi-thang"
    assert way.codes["tu-tuong"] == SHIPPED[code]
    assert takes_files(form, commune, QUARTER.last)
    before = form_in_force(way.form.code, QUARTER.last).since - timedelta(days=1)
    assert (followed(form, commune, before), takes_files(form, commune, before)) == (None, False)


def test_a_form_that_takes_no_words_from_below_takes_no_files():
    assert not takes_files(form_in_force("thong-ke", QUARTER.last), Unit(level=Level.PROVINCE), QUARTER.last)
    assert not takes_files(form_in_force("chi-hoi-thang", QUARTER.last), Unit(level=Level.BRANCH), QUARTER.last)


def test_a_quarter_is_merged_from_files_of_branches_with_their_source(client, quarter, place):
    assert "tệp Word" in words(client.get(reverse("regular", args=[quarter.pk])))
    send(client, quarter, {"quy-3.docx": word(*GOOD)})
    file = SentFile.objects.get()
    assert file.unit == place.other
    [line] = filled(quarter).texts["opinion"]
    assert line["text"] == "Chị em phấn khởi với đợt tặng 25 phần quà."
    assert (line["sources"][0]["name"], line["sources"][0]["file"]) == ("Chi hội Ấp Hai", "quy-3.docx")
    assert "Chi hội Ấp Hai" in listed(client, quarter)
    assert "Chị em phấn khởi" in opened(client, file)


def test_lines_that_came_from_a_file_stay_when_the_section_is_left_and_sent(client, quarter, mai):
    send(client, quarter, {"quy-3.docx": word(*GOOD)})
    submit(quarter, by=mai)
    assert words_in(quarter).unseen == {}
    assert [line["text"] for line in filled(quarter).texts["opinion"]] == ["Chị em phấn khởi với đợt tặng 25 phần quà."]


def test_a_loose_part_is_given_to_a_section_of_the_branches_form(client, quarter):
    send(client, quarter, {"quy-3.docx": word(*GOOD)})
    file = SentFile.objects.get()
    page = reverse("regular-file", args=[quarter.pk, file.pk])
    client.post(page, {"verb": "sections", "part-0": "opinion"})
    assert "Đã tặng 25 phần quà." in [line["text"] for line in filled(quarter).texts["opinion"]]


def test_the_number_of_statements_does_not_grow_with_the_files(client, quarter):
    there = [reverse("regular-files", args=[quarter.pk]), reverse("regular", args=[quarter.pk])]
    counts = []
    for more in (1, 3):
        send(client, quarter, {f"f{more}-{at}.docx": word(*GOOD) for at in range(more)})
        for page in there:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
